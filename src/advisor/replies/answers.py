"""An intent's answer as blocks: paths filled from the pack and from what is being talked about."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from advisor.knowledge.answers import AnswerBlock, Intent, pieces
from advisor.knowledge.conditions import AnyOf, Conditions
from advisor.knowledge.facts import Citation, Thing, citation
from advisor.knowledge.profile import Profile
from advisor.reasoning.conditions import holds as condition_holds
from advisor.replies.blocks import Block, Bullets, Line, Paragraph, Span, Table
from advisor.replies.told import table_of
from advisor.replies.voice import Voice, capitalized, ended

Holds = Callable[[Conditions, Thing | None], bool | None]


class Answer(Struct, frozen=True):
    """Blocks, the programs that they name in order, and the cells that they state."""

    blocks: tuple[Block, ...]
    things: tuple[str, ...] = ()
    cells: tuple[tuple[str, str], ...] = ()


class _Filler:
    """Fills paths; a path without a value empties the whole text."""

    def __init__(self, voice: Voice, focus: Mapping[str, str]) -> None:
        self.voice, self.focus = voice, focus
        self.things: list[str] = []
        self.cells: list[tuple[str, str]] = []

    def thing(self, head: str) -> Thing | None:
        things = self.voice.pack.things
        return things.get(self.focus.get(head, "")) or things.get(head)

    def fill(self, text: str) -> tuple[Line, tuple[Citation, ...]] | None:
        """The text as a line with its citations, or None when a path has no value."""
        spans: list[Span] = []
        cited: list[Citation] = []
        seen: list[tuple[str, str]] = []
        for piece in pieces(text):
            if not piece.path:
                if words := ended(spans, piece.text):
                    spans.append(Span(words))
                continue
            head, _, key = piece.text.partition(".")
            thing = self.thing(head)
            if thing is None:
                return None
            seen.append((thing.id, key))
            if key == "name":
                spans.append(self.voice.name(thing.id))
                continue
            cell = self.voice.cell(thing, key)
            if cell is None:
                return None
            spans += cell[0]
            cited += cell[1]
        self.things += [thing for thing, _ in seen]
        self.cells += [pair for pair in seen if pair[1] != "name"]
        return tuple(spans), tuple(cited)


def render(intent: Intent, voice: Voice, focus: Mapping[str, str], holds: Holds) -> Answer:
    """The blocks of an intent's answer. `focus` maps a kind to the thing of it that is being talked about."""
    filler = _Filler(voice, focus)
    blocks: list[Block] = []
    for block in intent.answer:
        blocks += _block(block, filler, holds, first=not blocks)
    things = dict.fromkeys((*intent.programs, *filler.things, *(i for b in blocks if isinstance(b, Table) for i in b.ids)))
    return Answer(tuple(blocks), tuple(things), tuple(dict.fromkeys(filler.cells)))


def filled(text: str, voice: Voice, focus: Mapping[str, str]) -> tuple[Line, tuple[Citation, ...]] | None:
    """A sentence of a rule with the facts that it names in braces; None when one of them is not known."""
    return _Filler(voice, focus).fill(text)


def _block(block: AnswerBlock, filler: _Filler, holds: Holds, first: bool) -> list[Block]:
    own = tuple(citation(text) for text in block.source)
    if block.when and holds(block.conditions, filler.thing(filler.voice.pack.main)) is not True:
        return _said(block.else_, own, filler, first)
    if block.table:
        return [_table(block, filler)]
    if block.list_:
        filled = [line for text in block.list_ if (line := filler.fill(text))]
        cited = tuple(dict.fromkeys((*own, *(c for _, citations in filled for c in citations))))
        return [Bullets(tuple(line for line, _ in filled), cited)] if filled else []
    return _said(block.say or block.ask, own, filler, first) or _said(block.else_, own, filler, first)


def _said(text: str, own: tuple[Citation, ...], filler: _Filler, first: bool) -> list[Block]:
    filled = filler.fill(text) if text else None
    if filled is None:
        return []
    line, cited = filled
    return [Paragraph(capitalized(line), tuple(dict.fromkeys((*own, *cited))), lead=first)]


def _table(block: AnswerBlock, filler: _Filler) -> Table:
    pack = filler.voice.pack
    ids = block.ids or tuple(
        thing.id for thing in pack.of_kind(block.table) if _fits(block, thing))
    if block.sort:
        def key(id_: str) -> float:
            value = pack.things[id_].value(block.sort)
            return value.low if value and value.low is not None else float("inf")

        ids = tuple(sorted(ids, key=key))
    columns = tuple(c for c in (block.columns or pack.kinds[block.table].columns) if c != "name")
    return table_of(filler.voice, block.table, ids[: block.limit] if block.limit else ids, columns)


def _fits(block: AnswerBlock, thing: Thing) -> bool:
    return not block.where or condition_holds(_of_table(block.filters, block.table), Profile(), thing) is True


def _of_table(conditions: Conditions, kind: str) -> Conditions:
    """Conditions whose bare keys are columns of the table: `gre` of programs is `program.gre`."""
    return tuple(AnyOf(tuple(_of_table(group, kind) for group in one.groups)) if isinstance(one, AnyOf)
                 else one if "." in one.key else replace(one, key=f"{kind}.{one.key}") for one in conditions)
