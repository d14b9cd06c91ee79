"""Names in a text: every thing of every kind, by name and alias, with slips mended; the longest, best match wins."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from msgspec import Struct

from advisor.knowledge.facts import Thing
from advisor.understanding.tables.lexicon import Lexicon
from advisor.understanding.tokens import Token, stem, tokens


class Corrects(Protocol):
    """What is needed of a speller."""

    def correct(self, word: str) -> str | None: ...


class Mention(Struct, frozen=True):
    """A name as it stands in the text, `text[start:end]`; `corrected` when a slip was mended to read it."""

    id: str
    kind: str
    start: int
    end: int
    written: str
    corrected: bool = False


#: "Abot" is "about", or a slip of it, but never "abet": words this short are too near to each other.
TOO_SHORT = 4
#: From this length on two slips are forgiven in a word of a name whose neighbor is right.
LONG = 6


def spelled(words: tuple[Token, ...], speller: Corrects, lexicon: Lexicon) -> tuple[list[str], frozenset[int]]:
    """The stems of the words, unknown ones corrected, and the places where that was done."""
    keys: list[str] = []
    mended: set[int] = set()
    for place, word in enumerate(words):
        near = speller.correct(word.raw) if len(word.raw) > TOO_SHORT - 1 and word.raw.isalpha() else None
        if near is not None:
            near = _beside(words, place, lexicon) or near
        if near is None or len(near) <= TOO_SHORT:
            keys.append(word.stem)
        else:
            keys.append(stem(near))
            mended.add(place)
    return keys, frozenset(mended)


def _beside(words: tuple[Token, ...], place: int, lexicon: Lexicon) -> str | None:
    """The word of a name that the neighbors ask for, when it is as near as a slip."""
    wanted: list[str] = []
    if place + 1 < len(words):
        wanted.extend(lexicon.beside.get((words[place + 1].raw, -1), ()))
    if place:
        wanted.extend(lexicon.beside.get((words[place - 1].raw, 1), ()))
    if not wanted:
        return None
    from rapidfuzz.distance import OSA  # only when a word is unknown: start-up is felt

    raw = words[place].raw
    near = [(OSA.distance(raw, word), word) for word in wanted if len(word) > TOO_SHORT]
    return min(near)[1] if near and min(near)[0] <= (1 if len(raw) < LONG else 2) else None


class EntityFinder:
    """Finds the things of the pack that a text names."""

    def __init__(self, things: Mapping[str, Thing], lexicon: Lexicon, speller: Corrects) -> None:
        self._things, self._lexicon, self._speller = things, lexicon, speller
        order = [*lexicon.words.listed, *lexicon.words.watched]
        self._rank = {kind: place for place, kind in enumerate(order)}

    def find(self, text: str) -> tuple[Mention, ...]:
        """All mentions in order, none overlapping. A name that several things share goes to the kind that is listed first."""
        words = tokens(text)
        keys, mended = spelled(words, self._speller, self._lexicon)
        return self.among(text, words, keys, mended)

    def among(self, text: str, words: tuple[Token, ...], keys: list[str], mended: frozenset[int]) -> tuple[Mention, ...]:
        """The mentions among words that are already tokens."""
        out: list[Mention] = []
        shouting = text.isupper()
        place = 0
        while place < len(words):
            size = 0
            for length, senses in self._lexicon.names.at(keys, place, len(words)):
                written = text[words[place].start : words[place + length - 1].end]
                if any(words[i].after for i in range(place, place + length - 1)):
                    continue
                ing = words[place + length - 1].raw.endswith("ing")
                fit = [sense for sense in senses if (not sense.caps or (written.isupper() and not shouting)) and sense.ing == ing]
                if fit:
                    best = min(fit, key=lambda sense: self._rank.get(sense.value, len(self._rank)))
                    slip = any(place <= i < place + length for i in mended)
                    out.append(Mention(best.key, best.value, words[place].start, words[place + length - 1].end, written, slip))
                    size = length
                    break
            place += size or 1
        return tuple(out)
