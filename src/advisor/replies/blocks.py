"""What a reply is made of: blocks of typed spans, with their citations.

Nothing here knows a screen. A figure carries where it comes from, so a test can hold every figure of every reply against
the pack, the student's own words, or the facts it was worked out from.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from advisor.knowledge.facts import Citation

Origin = Literal[
    "pack",        # words of the pack (an answer, a phrase of wording.yaml), with the block's citation
    "fact",        # a cell: `thing` and `attribute` say which
    "own",         # the student's own words or figure
    "worked_out",  # a count, a difference, a cost per credit, a score
]


class Span(Struct, frozen=True):
    """A piece of text of one origin."""

    text: str
    origin: Origin = "pack"
    thing: str = ""
    attribute: str = ""
    strong: bool = False


Line = tuple[Span, ...]


class Paragraph(Struct, frozen=True):
    """A paragraph. `lead` marks the sentence that answers: it is shown in bold, first."""

    line: Line
    citations: tuple[Citation, ...] = ()
    lead: bool = False
    caution: bool = False


class Bullets(Struct, frozen=True):
    """A list of lines."""

    lines: tuple[Line, ...]
    citations: tuple[Citation, ...] = ()


class Table(Struct, frozen=True):
    """A table; `ids` are the things of its rows."""

    head: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]
    ids: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()


class Bar(Struct, frozen=True):
    """One bar: its label, its length, and the figure written on it."""

    label: str
    value: float
    figure: str


class Bars(Struct, frozen=True):
    """A bar chart; each bar carries its figure."""

    bars: tuple[Bar, ...]
    citations: tuple[Citation, ...] = ()


Block = Paragraph | Bullets | Table | Bars


def following(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Blocks that come behind an answer: none of them leads."""
    return tuple(replace(block, lead=False) if isinstance(block, Paragraph) else block for block in blocks)


class DegreeRanking(Struct, frozen=True):
    """The degrees by score, best first; `top` None while nothing speaks for any."""

    top: str | None
    ranking: tuple[tuple[str, float], ...] = ()


class Reply(Struct, frozen=True):
    """One reply. `suggestions` are what the student could say next (chips, not part of the text).

    `intent` is None and `confidence` 0 when nothing was understood. `programs` are the ids that the reply is about or
    recommends, best first. `trace` is how it came about, a line each.
    """

    blocks: tuple[Block, ...]
    suggestions: tuple[str, ...] = ()
    intent: str | None = None
    confidence: float = 0.0
    programs: tuple[str, ...] = ()
    degree: DegreeRanking | None = None
    trace: tuple[str, ...] = ()

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All citations once, in the order in which they are first used."""
        return tuple(dict.fromkeys(c for block in self.blocks for c in block.citations))


class Panel(Struct, frozen=True):
    """What stands beside the conversation: what is known of the student, how the degrees rank, which programs fit."""

    known: tuple[tuple[str, str], ...] = ()
    degrees: tuple[tuple[str, float], ...] = ()
    settled_by: str = ""
    programs: tuple[tuple[str, str], ...] = ()
    programs_fit: int = 0
    sources: tuple[str, ...] = ()
