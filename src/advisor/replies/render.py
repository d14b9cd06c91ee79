"""A reply as markdown, or as plain text for pipes and screen readers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from advisor.knowledge.facts import Citation
from advisor.replies.blocks import Bars, Block, Bullets, Line, Paragraph, Reply, Table

_BAR_WIDTH = 20
#: Characters that markdown would read as its own; text of the pack or the student's is data, never markup.
_SPECIAL = str.maketrans({char: "\\" + char for char in "\\`*_[]<>|#~"})


def line_text(line: Line) -> str:
    """The words of a line, without any markup."""
    return "".join(span.text for span in line)


_ADDRESS = re.compile(r"(https?://\S+)")


def _escaped(text: str) -> str:
    """Text as markdown that reads the same; addresses stay as they are."""
    return "".join(piece if piece.startswith(("http://", "https://")) else piece.translate(_SPECIAL) for piece in _ADDRESS.split(text))


def _line_markdown(line: Line, bold: bool = False) -> str:
    text = "".join(f"**{_escaped(s.text)}**" if s.strong and not bold else _escaped(s.text) for s in line)
    return f"**{text.strip()}**" if bold and text.strip() else text


_BARE_PIPE = re.compile(r"(?<!\\)((?:\\\\)*)\|")


def _row(cells: Iterable[str]) -> str:
    """Cells, already markdown, as one row: also the pipe of an address would end its cell."""
    return "| " + " | ".join(_BARE_PIPE.sub(r"\1\\|", cell) for cell in cells) + " |"


def _marks(citations: Sequence[Citation], numbers: dict[Citation, int]) -> str:
    return "".join(f" [{numbers[c]}]" for c in citations if c in numbers)


def _block_markdown(block: Block, numbers: dict[Citation, int]) -> str:
    marks = _marks(block.citations, numbers)
    if isinstance(block, Paragraph):
        return _line_markdown(block.line, bold=block.lead) + marks
    if isinstance(block, Bullets):
        return "\n".join(f"- {_line_markdown(line)}" for line in block.lines) + marks
    if isinstance(block, Bars):
        top = max((bar.value for bar in block.bars), default=1) or 1
        rows = [_row((_escaped(b.label), f"{'█' * max(1, round(_BAR_WIDTH * b.value / top))} {_escaped(b.figure)}")) for b in block.bars]
        return "\n".join(["| | |", "|---|---|", *rows])
    head = _row(map(_escaped, block.head))
    rule = "|" + "---|" * len(block.head)
    rows = [_row(map(_line_markdown, row)) for row in block.rows]
    return "\n".join([head, rule, *rows]) + (f"\n\n{marks.strip()}" if marks else "")


def to_markdown(reply: Reply, cite: bool = True) -> str:
    """The whole reply as markdown, tables included; suggestions are not in it. `cite` adds [1] marks."""
    numbers = {c: n for n, c in enumerate(reply.citations, 1)} if cite else {}
    return "\n\n".join(_block_markdown(block, numbers) for block in reply.blocks)


def _block_plain(block: Block, numbers: dict[Citation, int]) -> str:
    marks = _marks(block.citations, numbers)
    if isinstance(block, Paragraph):
        return line_text(block.line) + marks
    if isinstance(block, Bullets):
        return "\n".join(f"- {line_text(line)}" for line in block.lines) + marks
    if isinstance(block, Bars):
        return "\n".join(f"- {bar.label}: {bar.figure}" for bar in block.bars)
    return _table_plain(block) + marks


def _table_plain(table: Table) -> str:
    """One line a row, "Georgia Tech: tuition about $7,000; GRE not required": it reads well aloud."""
    lines = []
    for row in table.rows:
        cells = [f"{head}: {line_text(cell)}" for head, cell in zip(table.head[1:], row[1:], strict=True)]
        lines.append(f"- {line_text(row[0])}: " + "; ".join(cells))
    return "\n".join(lines)


def to_plain(reply: Reply) -> str:
    """The reply as plain text without markup, tables as one line a row."""
    numbers = {c: n for n, c in enumerate(reply.citations, 1)}
    return "\n\n".join(_block_plain(block, numbers) for block in reply.blocks)
