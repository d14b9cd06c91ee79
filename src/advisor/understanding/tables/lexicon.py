"""All phrases of the pack by their stems: what a run of words may mean in a question about one kind of thing.

A kind has an index of its own: the same words mean different columns of different kinds ("pay", "requirements"), and a long
phrase of one kind must not hide a short one of another.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from sys import intern
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from advisor.knowledge.conditions import Test, parse_test
from advisor.knowledge.facts import Thing
from advisor.knowledge.kinds import Attribute, Kind
from advisor.knowledge.words import Words
from advisor.understanding.tokens import tokens

Role = Literal["name", "noun", "loose", "asked", "weak", "value", "opposite", "band", "adjective", "super", "compar", "derived",
               "absent", "not_held", "idiom", "unit"]
Key = tuple[str, ...]


class Sense(Struct, frozen=True):
    """One meaning of a phrase. `key` is an attribute, a thing or an absent column; `value` a choice, a direction or a kind."""

    role: Role
    key: str = ""
    value: str = ""
    caps: bool = False
    test: Test | None = None
    word: str = ""       # the word of a phrase of one word: "site" is not "sit", though their stems are equal
    ing: bool = False    # names: "software engineer" is no "software engineering", though their stems are equal


_ARTICLES = frozenset({"the"})


@lru_cache(maxsize=20_000)
def stems(phrase: str) -> Key:
    """A phrase as the stems that texts are compared by."""
    return tuple(token.stem for token in tokens(phrase))


def _bare(phrase: str) -> Key:
    """Without a leading article: "the gre" must not hide "gre is optional"."""
    key = stems(phrase)
    return key[1:] if len(key) > 1 and key[0] in _ARTICLES else key


def _ing(phrase: str) -> bool:
    return phrase.lower().endswith("ing")


class Phrases:
    """Phrases by their stems; finds what starts at a place, longest first.

    One flat table, in which equal things are one: it is read from the cache at every start, where a tree of nodes costs four times as much.
    """

    __slots__ = ("_longest", "_senses")

    def __init__(self, phrases: Iterable[tuple[Key, Sense]]) -> None:
        self._senses: dict[str, tuple[Sense, ...]] = {}
        self._longest: dict[str, int] = {}   # by the first stem: how many stems the longest phrase has
        for key, sense in phrases:
            if not key:
                continue
            whole, first = intern(" ".join(key)), intern(key[0])
            known = self._senses.get(whole, ())
            if sense not in known:
                self._senses[whole] = _one((*known, sense))
            self._longest[first] = max(self._longest.get(first, 0), len(key))

    @property
    def begins(self) -> Container[str]:
        """The words that any phrase begins with."""
        return self._longest

    def at(self, words: Sequence[str], place: int, end: int) -> list[tuple[int, tuple[Sense, ...]]]:
        """(length, senses) of every phrase that starts at `place` and ends by `end`, longest first."""
        if place >= end:
            return []
        out: list[tuple[int, tuple[Sense, ...]]] = []
        for length in range(min(self._longest.get(words[place], 0), end - place), 0, -1):
            if senses := self._senses.get(" ".join(words[place : place + length])):
                out.append((length, senses))
        return out


@lru_cache(maxsize=20_000)
def _one(senses: tuple[Sense, ...]) -> tuple[Sense, ...]:
    """The first of equal tuples: kinds share most of their phrases."""
    return senses


def _is_caps(phrase: str) -> bool:
    """Two capitals alone (TC, BU, IS) are ordinary letters or words in lower case."""
    return len(phrase) <= 2 and phrase.isupper()


def _degrees(word: str) -> tuple[str, str]:
    """Comparative and superlative of a base adjective: cheap, cheaper, cheapest; affordable, more affordable, most affordable."""
    if " " in word or len(word) > 7:
        return f"more {word}", f"most {word}"
    base = word
    if base.endswith("ey"):
        base = base[:-2] + "i"
    elif base.endswith("y"):
        base = base[:-1] + "i"
    elif base.endswith("e"):
        base = base[:-1]
    return base + "er", base + "est"


_FLIP: dict[str, str] = {"lower": "higher", "higher": "lower"}


def _adjectives(key: str, direction: str, words: tuple[str, ...]) -> Iterator[tuple[str, Sense]]:
    for word in words:
        yield word, Sense("adjective", key, direction)
        comparative, superlative = _degrees(word)
        for form in {comparative, f"more {word}"}:
            yield form, Sense("compar", key, direction)
        for form in {superlative, f"most {word}"}:
            yield form, Sense("super", key, direction)
        yield f"less {word}", Sense("compar", key, _FLIP[direction])
        yield f"not as {word}", Sense("compar", key, _FLIP[direction])
        yield f"least {word}", Sense("super", key, _FLIP[direction])


def _attribute(key: str, attribute: Attribute) -> Iterator[tuple[str, Sense]]:
    for phrase in (attribute.label, *attribute.asked):
        yield phrase, Sense("asked", key)
    for phrase in attribute.weak:
        yield phrase, Sense("weak", key)
    for phrase in attribute.opposite:
        yield phrase, Sense("opposite", key)
    for phrase in attribute.unit:
        yield phrase, Sense("unit", key)
    for value, choice in attribute.values.items():
        for phrase in choice.words:
            yield phrase, Sense("value", key, value)
    for direction, words in attribute.words.items():
        yield from _adjectives(key, direction, words)
    for direction, phrases in attribute.super.items():
        for phrase in phrases:
            yield phrase, Sense("super", key, direction)
    for direction, phrases in attribute.compar.items():
        for phrase in phrases:
            yield phrase, Sense("compar", key, direction)
    for name, band in attribute.bands.items():
        for phrase in band.words:
            yield phrase, Sense("band", key, name, test=parse_test(band.test))


def _kind(kind: Kind) -> Iterator[tuple[str, Sense]]:
    # "online program" must not hide "online", a value
    values = {stems(word) for a in kind.attributes.values() for choice in a.values.values() for word in choice.words}
    for role, nouns in (("noun", kind.nouns), ("loose", kind.loose_nouns)):
        for noun in nouns:
            key = stems(noun)
            if len(key) < 2 or key[:1] not in values:
                yield noun, Sense(role)  # type: ignore[arg-type]
    for id_, attribute in kind.attributes.items():
        if not attribute.hidden or attribute.unit:
            yield from _attribute(id_, attribute)
    for id_, derived in kind.derived.items():
        for phrase in derived.asked:
            yield phrase, Sense("derived", id_)
        for direction, phrases in getattr(derived, "super", {}).items():
            for phrase in phrases:
                yield phrase, Sense("super", id_, direction)
    for id_, absent in kind.absent.items():
        for phrase in absent.asked:
            yield phrase, Sense("absent", id_)
    for id_, other in kind.not_held.items():
        for phrase in (other.name, *other.aliases):
            yield phrase, Sense("not_held", id_, caps=_is_caps(phrase), ing=_ing(phrase))


def names_of(thing: Thing, lower: tuple[str, ...] = ()) -> Iterator[tuple[str, Sense]]:
    """Every way to name a thing; what stands in `caps`, and two capitals alone, counts in capitals only."""
    for phrase in (thing.name, *thing.aliases):
        yield phrase, Sense("name", thing.id, thing.kind, ing=_ing(phrase))
    for phrase in thing.caps:
        yield phrase, Sense("name", thing.id, thing.kind, caps=phrase.lower() not in lower)


class Lexicon:
    """The indexes of all kinds, made on first use or by `fill` (they are a function of the pack), and the index of the word classes."""

    def __init__(self, kinds: Mapping[str, Kind], things: Mapping[str, Thing], words: Words) -> None:
        self.kinds, self.things, self.words = kinds, things, words
        self._indexes: dict[str, Phrases] = {}
        self._titles: dict[str, Phrases] = {}
        self._ends: dict[tuple[str, str], tuple[float, float] | None] = {}
        classes = {**words.classes(), "ordinals": tuple(words.ordinals), "fractions": tuple(words.fractions)}
        self.classes = Phrases((stems(phrase), Sense("idiom", name)) for name, phrases in classes.items() for phrase in phrases)
        self.ordinals = {stems(word): place for word, place in words.ordinals.items()}
        self.fractions = {stems(word): share for word, share in words.fractions.items()}
        self.comparators = Phrases((stems(phrase), Sense("idiom", op)) for op, phrases in words.comparators.items() for phrase in phrases)
        self.bounding = frozenset(phrase for phrases in words.comparators.values() for phrase in phrases if " " not in phrase)
        self.owed = Phrases((stems(phrase), Sense("idiom", "owed")) for phrase in words.no_ceiling if phrase != "not")
        self.small = frozenset(stem for word in words.small for stem in stems(word))
        self.names = Phrases((stems(phrase), sense) for thing in things.values() for phrase, sense in names_of(thing, words.lower_names))
        #: Words of names by the word that stands before and after them: "georga tech" is Georgia, not George.
        self.beside: dict[tuple[str, int], dict[str, None]] = {}
        for thing in things.values():
            for phrase, _ in names_of(thing):
                parts = [token.raw for token in tokens(phrase)]
                for first, second in pairwise(parts):
                    self.beside.setdefault((second, -1), {})[first] = None
                    self.beside.setdefault((first, 1), {})[second] = None
        self.nouns = {noun: name for name, kind in kinds.items() for phrase in kind.nouns if len(noun := stems(phrase)) >= 1}
        self.by_kind: dict[str, tuple[str, ...]] = {
            name: tuple(thing.id for thing in things.values() if thing.kind == name) for name in kinds}

    def fill(self) -> None:
        """Makes what is else made on first use, so that it is kept with the rest."""
        for kind in self.kinds:
            self.index(kind)
            self.titles(kind)

    def index(self, kind: str) -> Phrases:
        """What phrases mean when the question is about this kind."""
        if kind not in self._indexes:
            self._indexes[kind] = Phrases((_bare(phrase), replace(sense, word=phrase) if phrase.endswith("e") and " " not in phrase else sense)
                                       for phrase, sense in self._phrases(kind))
        return self._indexes[kind]

    def titles(self, kind: str) -> Phrases:
        """Values that are named by a noun ("cs degree"), without it: what "no CS" rules out."""
        if kind not in self._titles:
            found: list[tuple[Key, Sense]] = []
            for key, attribute in self.kinds[kind].attributes.items():
                for value, choice in attribute.values.items():
                    for phrase in choice.words:
                        whole = stems(phrase)
                        if len(whole) > 1 and self.nouns.get(whole[-1:], kind) in self.words.watched:
                            found.append((whole[:-1], Sense("value", key, value)))
            self._titles[kind] = Phrases(found)
        return self._titles[kind]

    def _phrases(self, kind: str) -> Iterator[tuple[str, Sense]]:
        declared = self.kinds[kind]
        yield from _kind(declared)
        seen = {kind, *self.words.listed, *self.words.watched, *(a.of for a in declared.attributes.values())}
        for thing in self.things.values():
            if thing.kind in seen:
                yield from names_of(thing, self.words.lower_names)
        for other in self.words.listed:
            if other != kind:
                for key, held in self.kinds[other].not_held.items():
                    for phrase in (held.name, *held.aliases):
                        yield phrase, Sense("not_held", f"{other}/{key}", caps=_is_caps(phrase), ing=_ing(phrase))
        for phrase in self.words.idioms:
            yield phrase, Sense("idiom")

    def ends(self, kind: str, key: str) -> tuple[float, float] | None:
        """The lowest and highest figure of a column; None when it holds none."""
        if (kind, key) not in self._ends:
            values = [value for id_ in self.by_kind[kind] if (value := self.things[id_].value(key)) is not None and value.low is not None]
            lows = [value.low for value in values if value.low is not None]
            self._ends[kind, key] = (min(lows), max(v.high or v.low or 0.0 for v in values)) if lows else None
        return self._ends[kind, key]

    def known_words(self) -> tuple[str, ...]:
        """All single words of names, nouns and columns: what a speller may correct towards, names first."""
        names = [phrase for thing in self.things.values() for phrase, _ in names_of(thing)]
        phrases: list[str] = []
        for name in (*self.words.listed, *(k for k in self.kinds if k not in self.words.listed)):
            phrases.extend(phrase for phrase, _ in _kind(self.kinds[name]))
        for group in (*self.words.classes().values(), *self.words.comparators.values(), self.words.idioms):
            phrases.extend(group)
        phrases.extend((*self.words.small, *self.words.numbers, *self.words.scales, *self.words.ordinals))
        words = dict.fromkeys(token.raw for phrase in phrases for token in tokens(phrase))
        # of two that are as near, the longer one was meant: a lost letter is the commonest slip ("cheapr")
        return tuple(dict.fromkeys((*(token.raw for phrase in names for token in tokens(phrase)), *sorted(words, key=len, reverse=True))))
