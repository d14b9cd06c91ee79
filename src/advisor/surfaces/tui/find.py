"""Finding words in the conversation."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Input

from advisor.surfaces.tui.log import ChatLog
from advisor.surfaces.tui.safe import Text


class FindBar(Horizontal):
    """A line above the prompt: what is sought, and which hit is shown. The last hit comes first, as it is nearest."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,up", "step(-1)", show=False, priority=True),
        Binding("shift+enter,down", "step(1)", show=False, priority=True),
    ]

    def __init__(self, log: ChatLog) -> None:
        super().__init__(id="find")
        self._log = log
        self._hits: list[int] = []
        self._at = 0
        self._count = Text(id="find-count")
        self.input = Input(placeholder="find in this conversation", compact=True, id="find-input")
        self.display = False

    def compose(self) -> ComposeResult:
        yield Text("find ", id="find-label")
        yield self.input
        yield self._count

    def open(self) -> None:
        """Shows the line and puts the cursor there."""
        self.display = True
        self.input.focus()
        self.input.select_all()

    def close(self) -> bool:
        """Hides the line and the marks; False when it was not open."""
        was_open = self.display
        if was_open:
            self.display = False
            self._log.forget()
        return was_open

    async def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._hits = self._log.found(event.value.strip())
        self._at = len(self._hits) - 1
        await self._show()

    async def action_step(self, step: int) -> None:
        """To the hit above (-1) or below (1), around the ends."""
        if self._hits:
            self._at = (self._at + step) % len(self._hits)
            await self._show()

    async def _show(self) -> None:
        words = self.input.value.strip()
        if self._hits:
            await self._log.reveal(self._hits[self._at], words)
            self._count.show(f"{self._at + 1} of {len(self._hits)}   enter next   esc close")
        else:
            self._log.forget()
            self._count.show("not found   esc close" if words else "esc close")
