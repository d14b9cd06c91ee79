"""The learned part of the matcher as one value: what it knows of words, and a weight for each feature and intent.

Built from labeled lines, or read back from what `dump` gave. numpy is imported when weights are first needed.
"""

from __future__ import annotations

import sys
from array import array
from base64 import b64decode, b64encode
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from math import log, log2, sqrt
from typing import TYPE_CHECKING, Any

from advisor.understanding.features import BLOCK_WEIGHTS, BLOCKS, STEMS, Concepts, FeatureSpace, Place
from advisor.understanding.intent_words import is_placeholder, stem_of
from advisor.understanding.soft_spelling import SoftSpelling

if TYPE_CHECKING:
    from advisor.understanding.line_scores import LineScores

FORMAT = 2
DAMAGED = "the saved intent weights are damaged or of another version; build them again"
STEPS, ZERO = 28, 63  # characters 35 (#) to 91 ([): all of them are themselves in JSON
# A word of the pack that no example has: no slip, and on the subject, but no sign that the examples cover the question.
_KNOWN_TO_PACK = 0.5
_NEAR_IN_MEANING = 0.9  # a word that no example has, of a group that examples have
_FINE = 1 << 24  # how finely the values of a vector are counted in whole numbers
_WITHOUT_NUMPY = 12  # lines that are scored before numpy is worth its import (some 80 ms)
_MOST_SPELLED = 12
"""Unknown words of one line that are looked up, at about 0.1 ms each; a line with more is noise, or another language."""


class Model:
    """Words, features and weights for a list of intents.

    Weights are kept as whole numbers from -28 to 28 with one scale a feature, one printable character each: a quarter of
    the size, read from JSON at once, the same accuracy, and a saved model ranks exactly as the one it was saved from.
    """

    def __init__(self, intents: Sequence[str], space: FeatureSpace, counts: Mapping[str, int], vocabulary: Iterable[str],
                 lines: int, rare: bytes, scales: bytes, weights: bytes) -> None:
        self.intents = tuple(intents)
        self.space = space
        self.counts = dict(counts)
        self.vocabulary = frozenset(vocabulary)
        self.lines = lines
        self._rare, self._scales, self._weights = rare, scales, weights
        self._asked = 0
        if len(rare) != 4 * space.size or len(scales) != 4 * space.size or len(weights) != space.size * len(self.intents):
            raise ValueError(DAMAGED)

    @classmethod
    def learned(cls, lines: Sequence[Sequence[str]], labels: Sequence[int], intents: Sequence[str],
                vocabulary: Iterable[str] = (), groups: Concepts | None = None) -> Model:
        """Learns from lines of words; `labels[n]` is the number in `intents` of line n's intent. `groups`: see Concepts."""
        from advisor.understanding import learning

        space = FeatureSpace.of(lines, groups)
        sums = learning.sums_of([space.ids_of(line) for line in lines], None, space.size)
        rare = learning.rarity(sums, space.size)
        vectors = learning.vectors_of(sums, rare, learning.block_numbers(space))
        weights = learning.learn(vectors, labels, [" ".join(line) for line in lines], space.size, len(intents))
        scales, whole = learning.whole_numbers(weights, STEPS, ZERO)
        counts = Counter(word for line in lines for word in line)
        vocabulary = {*vocabulary, *(word for members in (groups or {}).values() for word in members)}
        return cls(intents, space, counts, vocabulary, len(lines), rare.astype("<f4").tobytes(), scales.tobytes(), whole.tobytes())

    # ---- words

    @cached_property
    def _spelling(self) -> SoftSpelling:
        return SoftSpelling({**dict.fromkeys(self.vocabulary, 1), **self.counts}, self.space.seen_beside)

    def is_known(self, word: str) -> bool:
        """Whether a word is left as typed: the examples or the vocabulary have it, or it has no letters to misspell."""
        return (word in self.counts or word in self.vocabulary or is_placeholder(word) or word.isdigit()
                or self.space.knows(word))

    def cut(self, words: Sequence[str]) -> list[str]:
        """The words, with glued unknown ones cut in two."""
        found: list[str] = []
        for word in words:
            found.extend([word] if self.is_known(word) else self._spelling.cut(word))
        return found

    def spelled(self, words: Sequence[str]) -> list[Place]:
        """The words, unknown ones spread over what they may stand for."""
        found: list[Place] = []
        left = _MOST_SPELLED
        for at, word in enumerate(words):
            if self.is_known(word) or left == 0:
                found.append(((word, 1.0),))
                continue
            left -= 1
            before = words[at - 1] if at else ""
            after = words[at + 1] if at + 1 < len(words) else ""
            found.append(self._spelling.likely(word, before, after))
        return found

    def known_share(self, places: Iterable[Place]) -> float:
        """How much of a line is known, 0..1: rare words weigh more, numbers and placeholders nothing."""
        rare = self._rarities
        stems = self.space.ids[STEMS]
        unknown_weight = log(1 + self.lines) + 1
        known = total = 0.0
        for place in places:
            for word, share in place:
                if word.isdigit():
                    continue
                number = stems.get(stem_of(word))
                if number is not None:
                    weight = rare[number]
                    known += share * weight
                elif is_placeholder(word):
                    continue
                else:
                    weight = unknown_weight
                    near = _NEAR_IN_MEANING if self.space.means(word) else _KNOWN_TO_PACK if word in self.vocabulary else 0.0
                    known += share * weight * near
                total += share * weight
        return known / total if total else 0.0

    # ---- weights

    @cached_property
    def _rarities(self) -> array[float]:
        return _numbers(self._rare)

    @cached_property
    def _scale_numbers(self) -> array[float]:
        return _numbers(self._scales)

    @cached_property
    def _quick(self) -> LineScores:
        from advisor.understanding.line_scores import LineScores

        return LineScores(self.space, self._weights, self._scales, self._rare, ZERO, _FINE)

    def vector(self, places: Sequence[Place]) -> dict[int, float]:
        """The vector of a line, by feature: amounts damped, times rarity; each block to length 1 and weighted; the whole to
        length 1. Empty when nothing of the line is known. The same arithmetic as `learning.vectors_of`, for one line.
        """
        counts = self.space.counts(places)
        amounts: dict[int, float] = {}
        for number, amount in zip(counts.ids, counts.amounts, strict=True):
            amounts[number] = amounts.get(number, 0.0) + amount
        starts, rare = self.space.starts, self._rarities
        kinds = {number: bisect_right(starts, number) - 1 for number in amounts}
        energy = [0.0] * len(BLOCKS)
        for number, amount in amounts.items():
            amounts[number] = log2(1 + amount) * rare[number]
            energy[kinds[number]] += amounts[number] ** 2
        share = [weight / sqrt(sum_) if sum_ else 0.0 for weight, sum_ in zip(BLOCK_WEIGHTS, energy, strict=True)]
        whole = sqrt(sum(weight**2 for weight, sum_ in zip(BLOCK_WEIGHTS, energy, strict=True) if sum_)) or 1.0
        return {number: value * share[kinds[number]] / whole for number, value in amounts.items()}

    def scores(self, places: Sequence[Place]) -> list[float] | None:
        """A score for each intent, in the order of `intents`; about 1 or more is a good match, 0 says nothing. None when
        nothing of the line is known.

        The sums are of whole numbers, so that they are the same with numpy and without: importing it takes longer than
        answering a single question.
        """
        self._asked += 1
        if "numpy" in sys.modules or self._asked > _WITHOUT_NUMPY:
            return self._quick.of(places)
        vector, scales = self.vector(places), self._scale_numbers
        if not vector:
            return None
        worth = [(number, round(value * scales[number] * _FINE)) for number, value in vector.items()]
        totals = [0] * len(self.intents)
        width = len(self.intents)
        for number, whole in worth:
            for place, step in enumerate(self._weights[number * width : (number + 1) * width]):
                if step != ZERO:
                    totals[place] += whole * (step - ZERO)
        return [total / _FINE for total in totals]

    def contributions(self, places: Sequence[Place], intent: int) -> list[float]:
        """What each place of a line adds to an intent's score; they sum to the score."""
        counts, width, scales = self.space.counts(places), len(self.intents), self._scale_numbers
        worth = {number: value * scales[number] * (self._weights[number * width + intent] - ZERO)
                 for number, value in self.vector(places).items()}
        amounts: Counter[int] = Counter()
        for number, amount in zip(counts.ids, counts.amounts, strict=True):
            amounts[number] += amount  # type: ignore[assignment]
        added = [0.0] * len(places)
        for number, amount, ends in zip(counts.ids, counts.amounts, counts.places, strict=True):
            for place in ends:
                added[place] += worth[number] * amount / amounts[number] / 2
        return added

    # ---- keeping

    def dump(self) -> dict[str, Any]:
        """Everything as strings and numbers for JSON."""
        words = sorted(self.counts)
        return {
            "format": FORMAT, "intents": list(self.intents), "lines": self.lines,
            "features": ["\n".join(block) for block in self.space.names],
            "words": "\n".join(words), "counts": [self.counts[word] for word in words],
            "vocabulary": "\n".join(sorted(self.vocabulary)),
            "concepts": [" ".join((stem, *names)) for stem, names in sorted(self.space.concepts.items())],
            "rare": _text(self._rare), "scales": _text(self._scales), "weights": self._weights.decode("ascii"),
        }

    @classmethod
    def load(cls, data: Mapping[str, Any]) -> Model:
        """The model that `dump` gave; ValueError when it is damaged or of another version."""
        try:
            words, counts = _list(data["words"]), data["counts"]
            concepts = {stem: tuple(names) for stem, *names in (str(line).split(" ") for line in data["concepts"])}
            names = [_list(block) for block in data["features"]]
            if len(names) != len(BLOCKS):
                raise ValueError(DAMAGED)
            space = FeatureSpace(names, concepts)
            if data["format"] != FORMAT or not all(isinstance(count, int) for count in counts):
                raise ValueError(DAMAGED)
            return cls([str(intent) for intent in data["intents"]], space, dict(zip(words, counts, strict=True)),
                       _list(data["vocabulary"]), int(data["lines"]),
                       b64decode(data["rare"]), b64decode(data["scales"]), data["weights"].encode("ascii"))
        except (KeyError, TypeError, AttributeError, ValueError) as wrong:
            raise ValueError(DAMAGED) from wrong


def _numbers(data: bytes) -> array[float]:
    numbers = array("f")
    numbers.frombytes(data)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def _text(data: bytes) -> str:
    return b64encode(data).decode("ascii")


def _list(joined: str) -> list[str]:
    return joined.split("\n") if joined else []
