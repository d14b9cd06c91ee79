"""What the matcher sees of a line: stems, neighboring stems, stems with a gap between, groups of letters, and concepts.

Every place of a line is a mixture of words (see soft_spelling); a feature's amount is the product of the shares it was
made of. `FeatureSpace` numbers the features that the examples have; anything else in a line has no weight and is left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec import Struct

from advisor.understanding.intent_words import is_placeholder, stem_of
from advisor.understanding.soft_spelling import Share

Place = tuple[Share, ...]
"""One place of a line: the words it may be, with their shares."""

Concepts = Mapping[str, Sequence[str]]
"""Groups of words that mean about the same, by name; an unseen word of a group counts like those of the examples."""

BLOCKS = ("stems", "pairs", "gaps", "letters", "concepts")
# How much each block weighs once it has length 1; chosen on validation lines of three public sets.
# That of the concepts was chosen on held-out examples of the pack.
BLOCK_WEIGHTS = (1.3, 0.7, 0.7, 1.0, 0.75)
STEMS, PAIRS, GAPS, LETTERS, CONCEPTS = range(5)
# How far apart two stems of a "gap" stand: beside each other (in any position), or with one between.
GAP_SIZES = (1, 2)
_START, _END = "^", "$"
# Above so many lines a pair of words that only one of them has teaches little and costs most of the space; below, every
# pair counts (ten examples an intent). On this pack's held-out examples leaving them out costs half a point and halves the space.
_MANY_LINES, _FEWEST = 5000, 2
_SHORTEST_GROUP, _LONGEST_GROUP = 2, 4


def letter_groups(word: str) -> list[str]:
    """Groups of 2 to 4 letters with the word's edges marked; a placeholder is one group of its own."""
    if is_placeholder(word):
        return [word]
    edged = f"<{word}>"
    return [edged[start:start + size]
            for size in range(_SHORTEST_GROUP, _LONGEST_GROUP + 1)
            for start in range(len(edged) - size + 1)]


class Counts(Struct):
    """The features of one line: ids, their amounts, and the two places (often the same) that each came from."""

    ids: list[int]
    amounts: list[float]
    places: list[tuple[int, int]]


class FeatureSpace:
    """Numbers the features of the examples. `names[block]` is sorted; ids run through the blocks in order."""

    def __init__(self, names: Sequence[Sequence[str]], concepts: Mapping[str, Sequence[str]] | None = None) -> None:
        self.ids: tuple[dict[str, int], ...] = ()
        self.starts: list[int] = []
        size = 0
        ids: list[dict[str, int]] = []
        for block in names:
            self.starts.append(size)
            ids.append(dict(zip(block, range(size, size + len(block)), strict=True)))
            size += len(block)
        self.ids = tuple(ids)
        self.size = size
        self._letters: dict[str, tuple[int, ...]] = {}
        self.concepts = dict(concepts or {})   # stem -> the groups that hold it
        known = self.ids[CONCEPTS]
        self._concept_ids = {stem: tuple(known[name] for name in groups if name in known) for stem, groups in self.concepts.items()}

    @property
    def names(self) -> tuple[tuple[str, ...], ...]:
        """The features of each block, in the order of their numbers."""
        return tuple(tuple(block) for block in self.ids)

    # Kept as one text a block: split and numbered again it is there in a third of the time that tens of thousands of texts take.
    def __getstate__(self) -> tuple[list[str], dict[str, Sequence[str]]]:
        return ["\n".join(block) for block in self.ids], self.concepts

    def __setstate__(self, state: tuple[list[str], dict[str, Sequence[str]]]) -> None:
        blocks, concepts = state
        FeatureSpace.__init__(self, [block.split("\n") if block else [] for block in blocks], concepts)

    @classmethod
    def of(cls, lines: Sequence[Sequence[str]], groups: Concepts | None = None) -> FeatureSpace:
        """The space of these lines of words. With many lines, what stands in one line only is left out of pairs and gaps."""
        pairs: Counter[str] = Counter()
        gaps: Counter[str] = Counter()
        words: set[str] = set()
        for line in lines:
            words.update(line)
            stems = [_START, *map(stem_of, line), _END]
            pairs.update(set(map(_joined, stems, stems[1:])))
            gaps.update({pair for apart in GAP_SIZES for pair in map(_joined, stems[1:-1], stems[1 + apart:-1])})
        letters = {group for word in words for group in letter_groups(word)}
        fewest = _FEWEST if len(lines) > _MANY_LINES else 1
        often = [sorted(name for name, lines_with in found.items() if lines_with >= fewest) for found in (pairs, gaps)]
        stems_known = {stem_of(word) for word in words}
        concepts: dict[str, list[str]] = {}
        for name, members in (groups or {}).items():
            for stem in sorted({stem_of(word) for word in members}):
                concepts.setdefault(stem, []).append(name)
        used = {name for stem in stems_known for name in concepts.get(stem, ())}
        return cls([sorted(stems_known), *often, sorted(letters), sorted(used)], concepts)

    def means(self, word: str) -> bool:
        """Whether the word has a group that words of the examples have too."""
        return bool(self._concept_ids.get(stem_of(word)))

    def seen_beside(self, before: str, after: str) -> bool:
        """Whether the examples have `before` right before `after`, endings aside."""
        return _joined(stem_of(before), stem_of(after)) in self.ids[PAIRS]

    def knows(self, word: str) -> bool:
        """Whether the examples have the word in some form."""
        return stem_of(word) in self.ids[STEMS]

    def counts(self, line: Sequence[Place]) -> Counts:
        """The features of a line that the space knows."""
        found = Counts([], [], [])
        stems = [stem_shares(place) for place in line]
        for at, place in enumerate(line):
            for stem, share in stems[at]:
                self._add(found, STEMS, stem, share, at, at)
                for number in self._concept_ids.get(stem, ()):
                    found.ids.append(number)
                    found.amounts.append(share)
                    found.places.append((at, at))
            for word, share in place:
                groups = self._letter_ids(word)
                found.ids.extend(groups)
                found.amounts.extend([share] * len(groups))
                found.places.extend([(at, at)] * len(groups))
        self.add_pairs(found, stems)
        return found

    def add_pairs(self, found: Counts, stems: Sequence[Place]) -> None:
        """Adds the features of a line of stems that are made of two, and of its first and its last."""
        if stems:
            last = len(stems) - 1
            for stem, share in stems[0]:
                self._add(found, PAIRS, _joined(_START, stem), share, 0, 0)
            for stem, share in stems[last]:
                self._add(found, PAIRS, _joined(stem, _END), share, last, last)
        for apart in GAP_SIZES:
            blocks = (PAIRS, GAPS) if apart == 1 else (GAPS,)
            for at, (here, there) in enumerate(zip(stems, stems[apart:], strict=False)):
                for stem, share in here:
                    for other, other_share in there:
                        pair = _joined(stem, other)
                        for block in blocks:
                            self._add(found, block, pair, share * other_share, at, at + apart)

    def word_ids(self, word: str) -> list[int]:
        """The features of one word by itself: its stem, its groups, its letters."""
        stem = stem_of(word)
        stems = [self.ids[STEMS][stem]] if stem in self.ids[STEMS] else []
        return [*stems, *self._concept_ids.get(stem, ()), *self._letter_ids(word)]

    def ids_of(self, line: Sequence[str]) -> list[int]:
        """The features of a line that the space was made of, each as often as it occurs: `counts` for known words, faster."""
        stems_ids, pairs_ids, gaps_ids, *_ = self.ids
        stems = [stem_of(word) for word in line]
        found = [stems_ids[stem] for stem in stems]
        for stem in stems:
            found.extend(self._concept_ids.get(stem, ()))
        for word in line:
            found.extend(self._letter_ids(word))
        edged = [_START, *stems, _END]
        found.extend(pairs_ids[pair] for pair in map(_joined, edged, edged[1:]) if pair in pairs_ids)
        for apart in GAP_SIZES:
            found.extend(gaps_ids[pair] for pair in map(_joined, stems, stems[apart:]) if pair in gaps_ids)
        return found

    def _add(self, found: Counts, block: int, name: str, amount: float, one: int, other: int) -> None:
        number = self.ids[block].get(name)
        if number is not None:
            found.ids.append(number)
            found.amounts.append(amount)
            found.places.append((one, other))

    def _letter_ids(self, word: str) -> tuple[int, ...]:
        groups = self._letters.get(word)
        if groups is None:
            ids = self.ids[LETTERS]
            groups = tuple(ids[group] for group in letter_groups(word) if group in ids)
            # Remembering only known words keeps this as small as the pack.
            if self.knows(word):
                self._letters[word] = groups
        return groups


def _joined(one: str, other: str) -> str:
    return f"{one} {other}"


def stem_shares(place: Place) -> Place:
    """The stems that a place may have, with their shares."""
    if len(place) == 1:
        return ((stem_of(place[0][0]), place[0][1]),)
    shares: Counter[str] = Counter()
    for word, share in place:
        shares[stem_of(word)] += share  # type: ignore[assignment]
    return tuple(shares.items())
