"""The suggestion chips: what the student could say next, by mouse, by Tab, or by number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content
from textual.message import Message

from advisor.surfaces.tui.safe import Text, label

#: Numbers beyond nine are not one key.
MOST = 9
_GAP = 2


class Chip(Text, can_focus=True):
    """One suggestion, with its number."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "press", show=False),
        Binding("right,down", "app.focus_next", show=False),
        Binding("left,up", "app.focus_previous", show=False),
    ]

    class Pressed(Message):
        """The student says what the chip says."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self, number: int, text: str) -> None:
        self.text = text
        self._label = Content(" ") + Content.styled(str(number), "bold $accent") + Content(f" {label(text)} ")
        super().__init__(self._label, classes="chip")

    def width(self, most: int) -> int:
        """Cells that it takes, out of so many."""
        return min(self._label.cell_length, most)

    def action_press(self) -> None:
        """Says it."""
        self.post_message(self.Pressed(self.text))

    def on_click(self, event: events.Click) -> None:
        event.stop()
        self.action_press()


class ChipBar(Container):
    """The chips of the last reply, in as many rows as they need."""

    def __init__(self) -> None:
        super().__init__(id="chips")
        self.texts: tuple[str, ...] = ()

    @property
    def chips(self) -> list[Chip]:
        """The chips, by number."""
        return [child for child in self.children if isinstance(child, Chip)]

    async def offer(self, texts: Sequence[str]) -> None:
        """Replaces the chips."""
        self.texts = tuple(texts[:MOST])
        with self.app.batch_update():
            await self.remove_children(Chip)
            await self.mount_all(Chip(at, text) for at, text in enumerate(self.texts, 1))
            self.display = bool(self.texts)
            self.arrange_chips()

    def mean(self, number: int) -> None:
        """Marks the chip whose number was typed; 0 marks none."""
        for at, chip in enumerate(self.chips, 1):
            chip.set_class(at == number, "-meant")

    def on_resize(self) -> None:
        self.arrange_chips()

    @property
    def rows(self) -> int:
        """How many rows they take."""
        return 1 + max((int(chip.styles.offset.y.value) for chip in self.chips), default=-1)

    def arrange_chips(self) -> None:
        """Puts them side by side while they fit, then into the next row."""
        width = self.content_size.width
        if not width:
            return
        x = y = 0
        for chip in self.chips:
            needed = chip.width(width)
            if x and x + needed > width:
                x, y = 0, y + 1
            chip.styles.width = needed
            chip.styles.offset = (x, y)
            x += needed + _GAP
        self.styles.height = y + 1
