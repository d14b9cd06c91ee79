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


def _places(line: Line) -> dict[str, set[int]]:
    """Where each word class begins."""
    found: dict[str, set[int]] = {}
    for place, classes in enumerate(line.classes):
        for _, senses in classes:
            for sense in senses:
                found.setdefault(sense.key, set()).add(place)
    return found


def _named(line: Line, lexicon: Lexicon) -> set[int]:
    """Where a name or a noun begins."""
    size = len(line.keys)
    index = lexicon.index(lexicon.words.default_kind)
    return {place for place in range(size) for _, senses in index.at(line.keys, place, size)
            if any(sense.role in ("name", "noun") for sense in senses)}


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
    found, none = _places(line), set[int]()
    aux, articles, leaning = found.get("yes_no_start", none), found.get("articles", none), found.get("leading_scope", none)
    going_on = {place for place in found.get("having", none) if place + 1 in articles}   # "and have a thesis"
    starts = found.get("question_start", none) - going_on
    inverted = found.get("inversion", none) | _named(line, lexicon)   # a subject may stand behind its verb
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
        elif (mark in (",", ":") or keys[place] in _JOINTS) and _asks_next(keys, place, starts, inverted, aux):
            cuts.append(place)
    bounds = [0, *dict.fromkeys(cuts), len(words)]
    ranges = [(a, b) for a, b in itertools.pairwise(bounds) if a < b]
    out: list[tuple[int, int]] = []
    carried: int | None = None
    for index, (start, end) in enumerate(ranges):
        begin = carried if carried is not None else start
        soft = words[end - 1].after not in ("?", ".")
        if soft and index + 1 < len(ranges) and (begin == start and begin in leaning or end - begin - (keys[begin] in _JOINTS) <= OPENER and not _content(line, lexicon, begin, end)):
            carried = begin
            continue
        out.append((begin, end))
        carried = None
    return tuple(out)


def _asks_next(keys: list[str], place: int, starts: set[int], inverted: set[int], aux: set[int]) -> bool:
    """Whether a question begins at `place`, or right behind a joint there ("and do i ..."; not "and have no gre")."""
    if keys[place] in _JOINTS:
        place += 1
        while place < len(keys) and keys[place] in _JOINTS:
            place += 1
    if place not in starts or place >= len(keys) - 1:
        return False
    return place not in aux or place + 1 in inverted
