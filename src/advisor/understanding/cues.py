"""Cues in a line: the words that say what the student thinks of a topic. All of them come from the pack."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from typing import Literal

from msgspec import Struct, field

from advisor.knowledge.profile import Stance
from advisor.knowledge.stances import Check, Stances
from advisor.understanding.tokens import Token, stem, words_of

Side = Literal["pre", "post", "end", "mark"]
Kind = Stance | Literal["unsure", "soft", "both", "past", "what_if", "choice", "fact"]
#: Adverbs and negators that may stand between two words of a cue.
SKIPS = 2


class Cue(Struct, frozen=True):
    """A cue found at tokens `first` to `last`. `flips` counts negators inside it; `no_comma` cues end at a comma."""

    kind: Kind
    side: Side
    first: int
    last: int
    flips: int = 0
    no_comma: bool = False
    places: tuple[int, ...] = ()

    @property
    def stance(self) -> Stance:
        """The stance of a cue that has one."""
        return self.kind  # type: ignore[return-value]


class _Node(Struct):
    following: dict[str, _Node] = field(default_factory=dict)
    ends: list[tuple[Kind, Side, bool]] = field(default_factory=list)


#: One form stands for both: "is my thing", "are my thing".
_SAME = {"are": "is", "were": "was"}


def word_key(word: str) -> str:
    """How a cue's word is compared: participles as they stand ("interested" is not "interesting"), the rest by stem."""
    word = _SAME.get(word, word)
    return f"={word}" if len(word) > 4 and word.endswith(("ed", "ing")) else stem(word)


def _keys_of(token: Token) -> tuple[str, str]:
    """How a token may stand in a cue; the two are never equal."""
    return _SAME.get(token.stem, token.stem.lower()), f"={token.raw}"


def stems_of(words: Iterable[str]) -> frozenset[str]:
    """Stems of single words of the pack."""
    return frozenset(stemmed for word in words for stemmed, _ in words_of(word))


def spelled_out(cues: Iterable[str], groups: Mapping[str, Sequence[str]]) -> list[str]:
    """Cues with each group in braces replaced by each of its words: "{be} dull" gives "is dull", "seems dull"."""
    out: list[str] = []
    for cue in cues:
        if "{" not in cue:
            out.append(cue)
            continue
        choices = [groups[word[1:-1]] if word.startswith("{") else (word,) for word in cue.split()]
        out.extend(" ".join(words) for words in product(*choices))
    return out


class CueFinder:
    """Finds cues and marks, the longest at each place."""

    __slots__ = ("_adverbs", "_checks", "_negators", "_root", "stems", "words")

    def __init__(self, stances: Stances) -> None:
        self._root = _Node()
        self._adverbs = stems_of(stances.adverbs)
        self._negators = stems_of(stances.negators)
        self.words: set[str] = set()
        no_comma = {self._keys(cue) for cue in stances.no_comma}
        for stance, cues in stances.cues.items():
            for side, listed in (("pre", cues.pre), ("post", cues.post), ("end", cues.end)):
                self._add(spelled_out(listed, stances.groups), stance, side, no_comma)  # type: ignore[arg-type]
        marks: tuple[tuple[Kind, tuple[str, ...]], ...] = (
            ("unsure", stances.unsure), ("soft", stances.soft), ("both", stances.both), ("past", stances.past.marks),
            ("what_if", stances.what_if), ("choice", stances.questions.choice), ("fact", stances.questions.facts))
        for kind, listed in marks:
            self._add(listed, kind, "mark", no_comma)
        self.stems = {stem(word) for word in self.words}
        self._checks = {self._keys(check.cue): self._compiled(check) for check in stances.checks}

    @staticmethod
    def _keys(cue: str) -> tuple[str, ...]:
        return tuple(word_key(raw) for _, raw in words_of(cue))

    @staticmethod
    def _compiled(check: Check) -> tuple[frozenset[str], frozenset[str], bool, bool]:
        return stems_of(check.after), stems_of(check.not_before), check.between_topics, check.at_start

    def _add(self, cues: Iterable[str], kind: Kind, side: Side, no_comma: set[tuple[str, ...]]) -> None:
        for cue in cues:
            node = self._root
            keys = self._keys(cue)
            self.words.update(raw for _, raw in words_of(cue))
            for key in keys:
                node = node.following.setdefault(key, _Node())
            end = (kind, side, keys in no_comma)
            if end not in node.ends:
                node.ends.append(end)

    def find(self, line: Sequence[Token], topic_places: Sequence[frozenset[int]]) -> list[Cue]:
        """All cues of a line in order. A cue that lies inside a topic of several words is none.

        `topic_places`: the tokens of each topic found.
        """
        several = [(min(places), max(places)) for places in topic_places if len(places) > 1]
        named = frozenset().union(*topic_places)
        out: list[Cue] = []
        at = 0
        while at < len(line):
            if self._root.following.keys().isdisjoint(_keys_of(line[at])):
                at += 1
                continue
            places, ends, flips, keys = self._longest(line, at)
            # "i used" is has, but "used to love" reaches further
            if ends and any(len(self._longest(line, later)[0]) > len(places) for later in range(at + 1, places[-1] + 1)):
                at += 1
                continue
            if any(first <= places[0] and places[-1] <= last for first, last in several) if ends else True:
                # "a math person" may be one phrase; its last word still says what it says
                ends = [end for end in ends if end[1] == "post" and any(places == (last,) for _, last in several)]
            if not ends:
                at += 1
                continue
            if not self._passes(keys, line, places, named):
                at += 1
                continue
            out.extend(Cue(kind, side, places[0], places[-1], flips, no_comma, places) for kind, side, no_comma in ends)
            at = places[-1] + 1
        return out

    def _passes(self, keys: tuple[str, ...], line: Sequence[Token], places: tuple[int, ...], named: frozenset[int]) -> bool:
        check = self._checks.get(keys)
        if check is None:
            return True
        after, not_before, between, at_start = check
        first, last = places[0], places[-1]
        if not_before and last + 1 < len(line) and line[last + 1].stem in not_before:
            return False
        if (not after and not between) or (at_start and (first == 0 or line[first].before)):
            return True
        if after and first and any(line[place].stem in after for place in range(max(0, first - 6), first)[::-1][: (1 if not between else 6)]):
            return True
        if after and first > 1 and line[first - 1].stem in self._adverbs and line[first - 2].stem in after:
            return True
        return between and (first - 1) in named and any(place in named for place in (last + 1, last + 2))

    def _longest(self, line: Sequence[Token], at: int) -> tuple[tuple[int, ...], list[tuple[Kind, Side, bool]], int, tuple[str, ...]]:
        best: tuple[tuple[int, ...], list[tuple[Kind, Side, bool]], int, tuple[str, ...]] = ((), [], 0, ())
        stack: list[tuple[_Node, int, tuple[int, ...], int, int, tuple[str, ...]]] = [(self._root, at, (), 0, 0, ())]
        while stack:
            node, place, places, flips, skips, keys = stack.pop()
            if node.ends and (len(places), -flips) > (len(best[0]), -best[2]):
                best = (places, node.ends, flips, keys)
            if place >= len(line) or (places and line[place].before):
                continue
            token = line[place]
            for key in _keys_of(token):
                following = node.following.get(key)
                if following:
                    stack.append((following, place + 1, (*places, place), flips, 0, (*keys, key)))
            if places and skips < SKIPS:
                negates = token.stem in self._negators
                if negates or token.stem in self._adverbs:
                    stack.append((node, place + 1, places, flips + negates, skips + 1, keys))
        return best
