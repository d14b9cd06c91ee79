"""Parts of table replies that other replies use too: cells, tables, figures, and everything of one thing."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, field

from advisor.knowledge.facts import Citation, Thing
from advisor.replies.blocks import Block, Bullets, Line, Paragraph, Span, Table
from advisor.replies.voice import Voice, capitalized


class Told(Struct):
    """A reply in the making: blocks, what they are about, and the cells they state."""

    blocks: list[Block] = field(default_factory=list)
    things: list[str] = field(default_factory=list)
    cells: list[tuple[str, str]] = field(default_factory=list)
    chips: list[str] = field(default_factory=list)
    within: list[str] = field(default_factory=list)   # what is reached only by giving something up: in focus, not recommended

    def state(self, ids: Sequence[str], keys: Sequence[str]) -> None:
        self.things += [id_ for id_ in ids if id_ not in self.things]
        self.cells += [(id_, key) for id_ in ids for key in keys]


def cell_line(voice: Voice, thing: Thing, key: str) -> tuple[Line, tuple[Citation, ...]]:
    """A cell of a table; a dash where there is nothing, and "(own page)" where only the school's page gives it."""
    cell = voice.cell(thing, key)
    if cell is None:
        return (Span("not stated"),), ()
    fact = thing.fact(key)
    own = (Span(" (its own page)"),) if fact is not None and fact.official else ()
    return (*cell[0], *own), cell[1]


def table_of(voice: Voice, kind: str, ids: Sequence[str], columns: Sequence[str]) -> Table:
    """A table of things with these columns beside the name."""
    things = voice.pack.things
    rows: list[tuple[Line, ...]] = []
    cited: list[Citation] = []
    for id_ in ids:
        cells = [cell_line(voice, things[id_], key) for key in columns]
        rows.append(((voice.name(id_),), *(line for line, _ in cells)))
        cited += [c for _, more in cells for c in more]
    head = (kind, *(voice.label(kind, key) for key in columns))
    return Table(head, tuple(rows), tuple(ids), tuple(dict.fromkeys(cited)))


def figure_span(voice: Voice, kind: str, key: str, figure: float | None) -> Span:
    """A worked-out figure, as money or as a number."""
    if figure is None:
        return Span("not known", "worked_out")
    derived = voice.pack.kinds[kind].derived.get(key)
    money = voice.pack.kinds[kind].attributes[derived.of if derived else key].type == "money"
    return Span(f"${figure:,.0f}" if money else f"{figure:g}", "worked_out")


def about(voice: Voice, thing: Thing) -> tuple[Line, tuple[Citation, ...]] | None:
    """What tells of a thing in a sentence: the first column of its kind's `about` that has a value."""
    return next((cell for key in voice.pack.kinds[thing.kind].about if (cell := voice.cell(thing, key))), None)


def card(voice: Voice, id_: str, told: Told) -> None:
    """Everything of one thing that fits a short reply: its sentence, then its columns."""
    thing, kind = voice.pack.things[id_], voice.pack.kinds[voice.pack.things[id_].kind]
    first = next((key for key in kind.about if voice.cell(thing, key)), None)
    if first and (cell := voice.cell(thing, first)):
        told.blocks.append(Paragraph(capitalized((voice.name(id_), Span(": "), *cell[0])), cell[1], lead=not told.blocks))
        told.state([id_], [first])
    keys = [k for k in (kind.columns or tuple(kind.attributes)) if k not in ("name", first) and k in kind.attributes]
    lines: list[Line] = []
    cited: list[Citation] = []
    for key in keys:
        attribute = kind.attributes[key]
        value = voice.cell(thing, key)
        if value and not attribute.hidden:
            lines.append((Span(f"{attribute.label}: "), *value[0]))
            cited += value[1]
            told.state([id_], [key])
    if lines:
        told.blocks.append(Bullets(tuple(lines[:8]), tuple(dict.fromkeys(cited))))
    if not told.blocks:
        told.blocks.append(voice.say("card.nothing", lead=True, name=voice.name(id_)))
    if not told.things:
        told.things.append(id_)
