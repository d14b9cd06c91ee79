"""A message as clauses: "how much is gatech n do i need the gre" is two questions."""

from __future__ import annotations

import itertools

from advisor.understanding.tables.lexicon import Lexicon
from advisor.understanding.tables.scan import Line

#: An opener of up to so many words ("out of those,") stays with what follows.
OPENER = 3
_JOINTS = frozenset({"and", "also", "but", "plus", "then"})
_LEANING = frozenset({"not", "no", "only", "with", "without", "under", "over", "in", "if"})
_WHOLE = frozenset({"anyth", "anywher", "everyth", "everywher", "any", "all", "every", "no", "nothing"})


def _places(line: Line, name: str) -> frozenset[int]:
    return frozenset(place for place, found in enumerate(line.classes) for _, senses in found
                     if any(sense.key == name for sense in senses))


def _inverted(line: Line, lexicon: Lexicon) -> frozenset[int]:
    """Where a subject may stand behind its verb: a pronoun, an article, a name or a noun."""
    size = len(line.keys)
    index = lexicon.index(lexicon.words.default_kind)
    named = (place for place in range(size) for _, senses in index.at(line.keys, place, size)
             if any(sense.role in ("name", "noun") for sense in senses))
    return _places(line, "inversion") | frozenset(named)


def _content(line: Line, lexicon: Lexicon, start: int, end: int) -> bool:
    """Whether a stretch holds a name, a noun or a firm column of the default kind."""
    index = lexicon.index(lexicon.words.default_kind)
    return any(sense.role in ("name", "noun", "asked", "value", "opposite", "super", "compar", "not_held", "absent", "derived", "band")
               for place in range(start, end) for _, senses in index.at(line.keys, place, end) for sense in senses) or any(
        start <= amount.start < end and (amount.money or amount.low > 10) for amount in line.amounts)


def split(line: Line, lexicon: Lexicon) -> tuple[tuple[int, int], ...]:
    """The clauses of a line as ranges of words, in order, covering all of it."""
    words, keys = line.words, line.keys
    if not words:
        return ()
    starts, aux = _places(line, "question_start"), _places(line, "yes_no_start")
    inverted = _inverted(line, lexicon)
    having, articles = _places(line, "having"), _places(line, "articles")
    going_on = frozenset(place for place in having if place + 1 in articles)   # "and have a thesis"
    leaning = _places(line, "leading_scope")
    subjects = frozenset(lexicon.words.oneself)
    cuts: list[int] = []
    for place in range(1, len(words)):
        mark = words[place - 1].after
        if mark in (".", "?"):
            cuts.append(place)
        elif keys[place] == "but" and place + 1 < len(words):
            before = cuts[-1] if cuts else 0
            if keys[place + 1] not in _LEANING and not _WHOLE.intersection(keys[before:place][-3:]):
                cuts.append(place)
        elif mark == "," and keys[place] in subjects and "not" in keys[place + 1 : place + 3]:
            cuts.append(place)  # "five ML courses, I don't like filler": a sentence of its own
        elif (mark in (",", ":") or keys[place] in _JOINTS) and _asks_next(keys, place, starts - going_on, inverted, aux):
            cuts.append(place)
    bounds = [0, *dict.fromkeys(cuts), len(words)]
    ranges = [(a, b) for a, b in itertools.pairwise(bounds) if a < b]
    out: list[tuple[int, int]] = []
    carried: int | None = None
    for index, (start, end) in enumerate(ranges):
        begin = carried if carried is not None else start
        soft = words[end - 1].after not in ("?", ".")
        if soft and index + 1 < len(ranges) and (begin == start and begin in leaning or end - begin <= OPENER and not _content(line, lexicon, begin, end)):
            carried = begin
            continue
        out.append((begin, end))
        carried = None
    return tuple(out)


def _asks_next(keys: list[str], place: int, starts: frozenset[int], inverted: frozenset[int], aux: frozenset[int]) -> bool:
    """Whether a question begins at `place`, or right behind a joint there ("and do i ..."; not "and have no gre")."""
    if keys[place] in _JOINTS:
        place += 1
        while place < len(keys) and keys[place] in _JOINTS:
            place += 1
    if place not in starts or place >= len(keys) - 1:
        return False
    return place not in aux or place + 1 in inverted
