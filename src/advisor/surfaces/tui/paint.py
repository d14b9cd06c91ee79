"""Blocks of a reply -> lines of the screen, for a width. Pure: no widget, no app.

The blocks are painted here rather than through Markdown text: a table takes its own width, bullets hang, a row can be
picked, and nothing that a pack or a student wrote can turn into markup.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from textual.content import Content
from textual.style import Style

from advisor.knowledge.facts import Citation
from advisor.replies.blocks import Bars, Block, Bullets, Line, Paragraph, Reply, Table
from advisor.replies.render import line_text
from advisor.surfaces.tui.lines import BLANK, Pick, Row
from advisor.surfaces.tui.safe import QUIET, label, linked, plain
from advisor.surfaces.tui.session import SourceNote

#: Longer lines of prose are hard to read; tables may be wider.
TEXT_WIDTH = 76
TABLE_WIDTH = 100
#: From this width of the conversation on, the gutter takes seven cells of it, below five.
NARROW = 59
#: A table that has less room than that (a terminal under 60 columns) becomes one block a row.
TABLE_NEEDS = NARROW - 7
ABOUT = "Tell me about {name}"

_GAP = 3
_MIN_COLUMN = 9
_EIGHTHS = " ▏▎▍▌▋▊▉"
#: A caution that says itself what it is ("One thing to check: ...") needs no further word.
_SAYS_ITSELF = re.compile(r"[\w' ]{1,30}:")


def wrap(content: Content, width: int, first: str | Content = "", rest: str = "") -> list[Content]:
    """The content broken at `width`, its first line led by `first` and the others by `rest` (of the same width)."""
    lead = first if isinstance(first, Content) else Content(first)
    lines = content.wrap(max(4, width - lead.cell_length)) or [Content("")]
    return [(Content(rest) if at else lead) + line.rstrip() for at, line in enumerate(lines)]


def bar(value: float, top: float, width: int) -> str:
    """A bar of block characters, an eighth of a cell fine; anything above nothing shows at least a sliver."""
    if value <= 0 or top <= 0:
        return ""
    eighths = max(1, round(width * 8 * min(value, top) / top))
    return "█" * (eighths // 8) + (_EIGHTHS[eighths % 8] if eighths % 8 else "")


def figure(value: float) -> str:
    """A score with one decimal, without a zero at its end."""
    return f"{value:.1f}".removesuffix(".0")


def paint_reply(
    reply: Reply, width: int, describe: Callable[[Citation], SourceNote], unfolded: bool = False
) -> list[Row]:
    """The rows of a reply; `unfolded` adds the list of its sources."""
    numbers = {citation: at for at, citation in enumerate(reply.citations, 1)}
    rows: list[Row] = []
    for block in reply.blocks:
        rows += ([BLANK] if rows else []) + _block(block, width, numbers)
    if unfolded and numbers:
        rows += [BLANK, *_sources(numbers, min(width, TEXT_WIDTH), describe)]
    return rows


def _block(block: Block, width: int, numbers: dict[Citation, int]) -> list[Row]:
    text_width = min(width, TEXT_WIDTH)
    marks = _marks(block.citations, numbers)
    if isinstance(block, Paragraph):
        content = _content(block.line, "bold" if block.lead else "")
        if block.caution and not _SAYS_ITSELF.match(content.plain):
            content = Content("Caution: ") + content
        return [Row(line) for line in wrap(content + marks, text_width)]
    if isinstance(block, Bullets):
        lines = [_content(line) for line in block.lines]
        lines[-1:] = [line + marks for line in lines[-1:]]
        return [Row(line) for item in lines for line in wrap(item, text_width, "• ", "  ")]
    if isinstance(block, Bars):
        return _bars(block, text_width, marks)
    return _table(block, min(width, TABLE_WIDTH), marks)


def _content(line: Line, style: str = "") -> Content:
    content = Content("").join(plain(span.text, "bold" if span.strong else "") for span in line)
    return linked(content.stylize(style) if style else content)


def _marks(citations: Sequence[Citation], numbers: dict[Citation, int]) -> Content:
    text = "".join(f"[{numbers[citation]}]" for citation in dict.fromkeys(citations) if citation in numbers)
    if not text:
        return Content("")
    return Content(" ") + Content.styled(text, QUIET).stylize(Style.from_meta({"sources": True}))


def _bars(block: Bars, width: int, marks: Content) -> list[Row]:
    top = max((item.value for item in block.bars), default=0)
    column = min(max((len(label(item.label)) for item in block.bars), default=0), width // 2)
    end = max((len(label(item.figure)) for item in block.bars), default=0)
    room = max(4, min(24, width - column - end - 3))
    rows = []
    for item in block.bars:
        name = Content(label(item.label)).truncate(column, ellipsis=True)
        name = name.pad_right(column - name.cell_length + 2)
        rows.append(Row(name + Content.styled(bar(item.value, top, room), "$accent") + " " + label(item.figure)))
    return rows + ([Row(marks[1:])] if marks else [])


def _table(table: Table, width: int, marks: Content) -> list[Row]:
    head = [plain(cell, "bold") for cell in table.head]
    body = [[_content(cell) for cell in row] for row in table.rows]
    picks = [Pick(ABOUT.format(name=label(line_text(row[0])))) if table.ids and row else None for row in table.rows]
    widths = _columns([head, *body], width)
    rows = _blocks(head, body, picks, width) if widths is None else _grid(head, body, picks, widths)
    return rows + ([Row(marks[1:])] if marks else [])


def _columns(cells: Sequence[Sequence[Content]], width: int) -> list[int] | None:
    """The widths of the columns; the widest give way until all fit. None when that would leave too little."""
    count = max(len(row) for row in cells)
    widths = [max((row[at].cell_length for row in cells if at < len(row)), default=1) for at in range(count)]
    room = width - _GAP * (count - 1)
    # No column is broken inside its longest word, or under a readable width.
    least = [
        min(widths[at], max([_MIN_COLUMN, *(row[at].get_minimal_width({}) for row in cells if at < len(row))]))
        for at in range(count)
    ]
    if width < TABLE_NEEDS and count > 2 or sum(least) > room:
        return None
    while sum(widths) > room:
        at = max(range(count), key=lambda at: (widths[at] - least[at] > 0, widths[at]))
        widths[at] -= 1
    return widths


def _grid(
    head: Sequence[Content], body: Sequence[Sequence[Content]], picks: Sequence[Pick | None], widths: list[int]
) -> list[Row]:
    rule = "─" * (sum(widths) + _GAP * (len(widths) - 1))
    titled = any(cell.plain.strip() for cell in head)
    rows = [*_grid_row(head, widths, None), Row(Content.styled(rule, QUIET))] if titled else []
    painted = [_grid_row(row, widths, pick) for row, pick in zip(body, picks, strict=True)]
    # Where most rows take several lines, space tells them apart.
    loose = 2 * sum(len(lines) > 1 for lines in painted) > len(painted)
    for at, lines in enumerate(painted):
        rows += ([BLANK] if at and loose else []) + lines
    return rows


def _grid_row(cells: Sequence[Content], widths: list[int], pick: Pick | None) -> list[Row]:
    columns = [cell.wrap(width) for cell, width in zip(cells, widths, strict=False)]
    height = max((len(lines) for lines in columns), default=1)
    rows = []
    for y in range(height):
        line = Content("")
        for at, (lines, width) in enumerate(zip(columns, widths, strict=False)):
            cell = lines[y].rstrip() if y < len(lines) else Content("")
            line += cell if at == len(columns) - 1 else cell.pad_right(max(0, width - cell.cell_length) + _GAP)
        rows.append(Row(line, pick))
    return rows


def _blocks(
    head: Sequence[Content], body: Sequence[Sequence[Content]], picks: Sequence[Pick | None], width: int
) -> list[Row]:
    rows: list[Row] = []
    for cells, pick in zip(body, picks, strict=True):
        rows += [BLANK] if rows else []
        rows += [Row(line, pick) for line in wrap(cells[0].stylize("bold"), width)]
        for title, cell in zip(head[1:], cells[1:], strict=False):
            lead = Content.styled(title.plain + ": " if title.plain.strip() else "", QUIET)
            rows += [Row(line, pick) for line in wrap(lead + cell, width, "  ", "  ")]
    return rows


def _sources(numbers: dict[Citation, int], width: int, describe: Callable[[Citation], SourceNote]) -> list[Row]:
    rows = [Row(Content.styled("Sources", "bold"))]
    for citation, number in numbers.items():
        note = describe(citation)
        parts = [part for part in (note.title, note.section, note.date) if part]
        lead = f"[{number}] "
        lines = wrap(plain(" · ".join(parts)), width, lead, " " * len(lead))
        if note.address:
            # One address is one line where it fits, so that it can be selected and opened.
            lines += wrap(linked(plain(note.address)), width, " " * len(lead), " " * len(lead))
        rows += [Row(line.stylize(QUIET)) for line in lines]
    return rows
