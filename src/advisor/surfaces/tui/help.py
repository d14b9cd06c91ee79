"""The help: keys and commands, from the one table of commands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen

from advisor.surfaces.tui.commands import COMMANDS, KEYS
from advisor.surfaces.tui.lines import BLANK, Lines, Row
from advisor.surfaces.tui.paint import wrap
from advisor.surfaces.tui.safe import Sheet

_COLUMN = 12


class HelpLines(Lines):
    """The help as rows."""

    def paint(self, width: int) -> Sequence[Row]:
        rows = [
            *_section("Write as you would to a person", (), width),
            *(Row(line) for line in wrap(Content(_HOW), width, " ", " ")),
            BLANK,
            *_section("Keys", KEYS, width),
            BLANK,
        ]
        commands = [(f"/{c.name}", f"{c.purpose} ({c.key})" if c.key else c.purpose) for c in COMMANDS]
        return [*rows, *_section("Commands", commands, width)]


_HOW = (
    "Ask, answer, or say what you like and what matters. You can correct yourself at any time. "
    "The numbers in an answer are its sources; ctrl+o lists them."
)


def _section(title: str, entries: Sequence[tuple[str, str]], width: int) -> list[Row]:
    rows = [Row(Content.styled(title, "bold"))]
    for name, purpose in entries:
        lead = Content.styled(f" {name:<{_COLUMN}}", "$accent")
        rows += [Row(line) for line in wrap(Content(purpose), width, lead, " " * lead.cell_length)]
    return rows


class HelpScreen(ModalScreen[None]):
    """Keys and commands, over the conversation."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f1,q,enter", "dismiss", show=False),
    ]

    def compose(self) -> ComposeResult:
        with Sheet("up down scroll   esc back"), VerticalScroll():
            yield HelpLines()
