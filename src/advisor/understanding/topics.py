"""Topics in a text: every phrase of the pack, as words in order with up to two others between, longest first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain, permutations

from msgspec import Struct, json

from advisor.knowledge.topics import Topics
from advisor.understanding.tokens import Token, stem, words_of

#: Other words that may stand between two words of a phrase: 0, 1, 2 and 4 were measured, 2 finds most for its price.
GAP = 2
#: So short a stem alone stands for too many words: "stat" for "stats" and "state".
_SHORT_STEM = 4
#: From so many words on a phrase for a wish says it by itself: "keep options open", but not "flexible".
WISH = 3
_ENDING = re.compile(r"(ing|ed|s)$")
_GROUP = re.compile(r"\{(\w+)\}")


class TopicHit(Struct, frozen=True):
    """A topic named in a text: its id, its characters in the text, and the words themselves."""

    topic: str
    start: int
    end: int
    words: str


class Found(Struct, frozen=True):
    """A topic at its tokens: `places` are those of the phrase, without the words between them.

    `wish`: the phrase is long, or holds a negation, so that it says by itself what is wished.
    """

    topic: str
    places: tuple[int, ...]
    exact: int
    wish: bool = False

    @property
    def first(self) -> int:
        return self.places[0]

    @property
    def last(self) -> int:
        return self.places[-1]


class _Phrase(Struct, frozen=True):
    number: int
    topic: str
    words: tuple[frozenset[str], ...]
    raw: frozenset[str]
    negated: bool


@lru_cache(maxsize=4096)
def _bare(word: str) -> str:
    return _ENDING.sub("", word)


def phrase_words(phrase: str, groups: dict[str, tuple[str, ...]]) -> list[str]:
    """All words of a phrase, those of its groups included: for spelling."""
    if "{" not in phrase and "&" not in phrase:
        return [raw for _, raw in words_of(phrase)]
    words = [word for name in _GROUP.findall(phrase) for word in groups.get(name, ())]
    return words + [raw for _, raw in words_of(_GROUP.sub(" ", phrase).replace("&", " "))]


def _slots(part: str, groups: dict[str, tuple[str, ...]]) -> list[tuple[frozenset[str], frozenset[str]]]:
    """The words of one part of a phrase, each as its alternatives: stems, and raw words."""
    if "{" not in part:
        return [(frozenset({stemmed}), frozenset({raw})) for stemmed, raw in words_of(part)]
    out: list[tuple[frozenset[str], frozenset[str]]] = []
    for piece in re.split(r"(\{\w+\})", part):
        if group := _GROUP.fullmatch(piece):
            words = [word for word in groups.get(group[1], ()) if word]
            out.append((frozenset(stem(word) for word in words), frozenset(words)))
        else:
            out.extend((frozenset({stemmed}), frozenset({raw})) for stemmed, raw in words_of(piece))
    return out


class TopicFinder:
    """Finds the topics of a pack. `blockers` are stems that no phrase may pass over: negators, contrast words, "i"."""

    __slots__ = ("_blockers", "_index", "_size", "_written", "stems")

    def __init__(self, topics: Topics, blockers: Iterable[str]) -> None:
        self._blockers = frozenset(blockers)
        self._index: dict[str, dict[str, list[_Phrase]]] = {}   # by the first stem and the second, "" where there is none
        self._size = 0
        self._written: dict[str, bytes] = {}
        self.stems: set[str] = set()
        for name, topic in topics.topics.items():
            for phrase in topic.phrases:
                parts = [_slots(part, topics.groups) for part in phrase.split("&")]
                for order in permutations(parts) if len(parts) <= 3 else (parts,):
                    self._add(name, [slot for part in order for slot in part])

    def _add(self, topic: str, slots: Sequence[tuple[frozenset[str], frozenset[str]]]) -> None:
        if not slots:
            return
        words = tuple(stems for stems, _ in slots)
        raw = frozenset().union(*(forms for _, forms in slots))
        self._size += 1
        phrase = _Phrase(self._size, topic, words, raw, any(not self._blockers.isdisjoint(word) for word in words))
        self.stems.update(*words)
        for first in words[0]:
            self._file(first, phrase)

    def _file(self, first: str, phrase: _Phrase) -> None:
        for second in phrase.words[1] if len(phrase.words) > 1 else ("",):
            self._index.setdefault(first, {}).setdefault(second, []).append(phrase)

    # Kept as one text a stem, which is read when a message has the stem: thousands of phrases at every start would be felt.
    def __getstate__(self) -> tuple[frozenset[str], dict[str, bytes], set[str]]:
        written = {first: json.encode(list({phrase.number: phrase for phrase in chain.from_iterable(after.values())}.values()))
                   for first, after in self._index.items()}
        return self._blockers, self._written | written, self.stems

    def __setstate__(self, state: tuple[frozenset[str], dict[str, bytes], set[str]]) -> None:
        self._blockers, self._written, self.stems = state
        self._index, self._size = {}, 0

    def find(self, line: Sequence[Token]) -> list[Found]:
        """Every topic of a line in order. A match inside a longer one is left out; so is a less exact one of the same words."""
        forms = [(token.stem,) if token.stem.islower() else (token.stem, token.stem.lower()) for token in line]
        hits: dict[tuple[str, tuple[int, ...]], Found] = {}
        for at, token in enumerate(line):
            for key in forms[at]:
                for phrase in self._starting(key, forms[at + 1 : at + 2 + GAP]):
                    if len(phrase.words) == 1 and len(key) <= _SHORT_STEM and not self._same(token.raw, phrase.raw):
                        continue
                    places = self._match(phrase, line, at)
                    if places:
                        exact = sum(line[place].raw in phrase.raw for place in places)
                        old = hits.get((phrase.topic, places))
                        if old is None or old.exact < exact:
                            hits[phrase.topic, places] = Found(phrase.topic, places, exact, phrase.negated or len(places) >= WISH)
        return self._longest(list(hits.values()))

    def _starting(self, key: str, near: Sequence[tuple[str, ...]]) -> list[_Phrase]:
        """The phrases that begin with a word, in their order, whose second word stands among those near it."""
        if key not in self._index and key in self._written:
            for phrase in json.decode(self._written[key], type=list[_Phrase]):
                self._file(key, phrase)
        after = self._index.get(key)
        if after is None:
            return []
        found = {phrase.number: phrase for other in ("", *chain.from_iterable(near)) for phrase in after.get(other, ())}
        return [found[number] for number in sorted(found)]

    @staticmethod
    def _same(raw: str, words: frozenset[str]) -> bool:
        """Whether a word is one of these but for a plural or verb ending."""
        bare = _bare(raw)
        return any(raw == word or bare == _bare(word) for word in words)

    def _match(self, phrase: _Phrase, line: Sequence[Token], at: int) -> tuple[int, ...] | None:
        places = [at]
        for word in phrase.words[1:]:
            place = places[-1] + 1
            limit = place + GAP
            while True:
                if place >= len(line) or place > limit or line[place].before:
                    return None
                if line[place].stem in word or line[place].stem.lower() in word:
                    break
                if line[place].stem in self._blockers:
                    return None
                place += 1
            places.append(place)
        return tuple(places)

    def _longest(self, hits: list[Found]) -> list[Found]:
        kept: list[Found] = []
        across: dict[int, list[Found]] = {}   # what was kept, by every place from its first word to its last
        for hit in sorted(hits, key=lambda h: (-len(h.places), h.last - h.first, -h.exact, h.first)):
            places = set(hit.places)
            if any(self._covers(other, hit, places) for place in hit.places for other in across.get(place, ())):
                continue
            kept.append(hit)
            for place in range(hit.first, hit.last + 1):
                across.setdefault(place, []).append(hit)
        return sorted(kept, key=lambda h: (h.first, h.last))

    @staticmethod
    def _covers(other: Found, hit: Found, places: set[int]) -> bool:
        """Whether a match that was taken makes this one superfluous."""
        taken = set(other.places)
        if places < taken:
            return True
        if places == taken:
            return other.topic == hit.topic or other.exact > hit.exact
        if other.topic == hit.topic:
            return not places.isdisjoint(taken) or (hit.first >= other.first and hit.last <= other.last)
        return False
