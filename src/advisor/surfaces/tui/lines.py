"""A widget of painted lines, some of which can be picked by mouse or keyboard.

A whole turn, or the whole panel, is one widget: the cost of a Textual screen rises with its widgets, and a table whose
every row is one would make typing slow. Up and down move among the rows that can be picked, enter picks.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from msgspec import Struct
from textual import events
from textual.app import RenderResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.selection import Selection
from textual.widget import Widget


class Pick(Struct, frozen=True):
    """What picking a row does: `text` is said, or only put into the prompt to be completed.

    `entry` tells apart neighbors that do the same.
    """

    text: str
    send: bool = True
    entry: str = ""


class Row(Struct, frozen=True):
    """One line of the screen. Neighboring rows with the same pick are picked as one."""

    content: Content
    pick: Pick | None = None


BLANK = Row(Content(""))


class Lines(Widget):
    """Shows the rows that `paint` makes for a width."""

    DEFAULT_CSS = "Lines { height: auto; width: 1fr; text-wrap: nowrap; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("enter", "pick", show=False),
    ]
    #: How far the text stands from the left; taken off when text is copied.
    indent = 0

    class Picked(Message):
        """A row was picked."""

        def __init__(self, pick: Pick) -> None:
            super().__init__()
            self.pick = pick

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes, markup=False)
        self._at = 0
        self._rows: tuple[int, Sequence[Row]] | None = None

    def paint(self, width: int) -> Sequence[Row]:
        """The rows for this width, in cells. Called again only after `repaint` or when the width changes."""
        raise NotImplementedError

    def repaint(self) -> None:
        """What is shown has changed."""
        self._rows = None
        self.clear_cached_dimensions()
        self.refresh(layout=True)

    def rows(self, width: int | None = None) -> Sequence[Row]:
        """The rows for a width (the present one by default)."""
        width = self.size.width if width is None else width
        if self._rows is None or self._rows[0] != width:
            self._rows = (width, self.paint(max(8, width)))
        return self._rows[1]

    @property
    def picks(self) -> tuple[Pick, ...]:
        """What can be picked, from the top."""
        return tuple(dict.fromkeys(row.pick for row in self.rows() if row.pick))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self.rows(width)) if width else 0

    def get_content_width(self, container: Size, viewport: Size) -> int:
        return container.width

    def render(self) -> RenderResult:
        rows = self.rows()
        marked = self.picks[self._at] if self.has_focus and self._at < len(self.picks) else None
        lines = [
            row.content.stylize("reverse", self.indent) if marked and row.pick == marked else row.content for row in rows
        ]
        return Content("\n").join(lines)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Selected text, without the gutter."""
        text = selection.extract("\n".join(row.content.plain for row in self.rows()))
        margin = " " * self.indent
        return "\n".join(line.removeprefix(margin).rstrip() for line in text.split("\n")), "\n"

    def action_move(self, step: int) -> None:
        """Up and down among the rows that can be picked; beyond them the log scrolls."""
        last = len(self.picks) - 1
        if not 0 <= self._at + step <= last:
            (self.screen.scroll_up if step < 0 else self.screen.scroll_down)(animate=False)
        self._at = max(0, min(last, self._at + step))
        self.refresh()
        self._scroll_to_mark()

    def action_pick(self) -> None:
        """Picks the marked row."""
        if self._at < len(self.picks):
            self.post_message(self.Picked(self.picks[self._at]))

    def on_focus(self) -> None:
        self._at = min(self._at, max(0, len(self.picks) - 1))
        self._scroll_to_mark()

    def on_click(self, event: events.Click) -> None:
        rows, place = self.rows(), event.get_content_offset(self)
        pick = rows[place.y].pick if place and place.y < len(rows) else None
        # A drag that selects text also ends in a click; it picks nothing.
        if pick is not None and not self.screen.get_selected_text():
            event.stop()
            self.post_message(self.Picked(pick))

    def _scroll_to_mark(self) -> None:
        if self._at < len(self.picks):
            pick = self.picks[self._at]
            top = next(y for y, row in enumerate(self.rows()) if row.pick == pick)
            line = Region(self.virtual_region.x, self.virtual_region.y + self.styles.gutter.top + top, 1, 2)
            if isinstance(self.parent, Widget):
                self.parent.scroll_to_region(line, animate=False)
