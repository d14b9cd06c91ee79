"""The prompt: several lines if need be, earlier messages by the arrows, commands after a slash."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widgets import TextArea

from advisor.surfaces.tui.commands import Command, matching
from advisor.surfaces.tui.safe import QUIET, Text, printable, tell

#: A digit in the empty prompt is a chip's number, unless more follows within so many seconds: "2" is a chip, "25k" is a
#: budget. Enter decides at once.
MOMENT = 0.7
#: A longer paste is cut to this, and the student is told. Nobody types a question of ten pages.
LONGEST = 20_000


class CommandMenu(Text):
    """The commands that the typed letters could become, above the prompt."""

    def __init__(self) -> None:
        super().__init__(id="menu")
        self.commands: tuple[Command, ...] = ()
        self._at = 0
        self.display = False

    @property
    def chosen(self) -> Command | None:
        """The marked command; None while the menu is closed."""
        return self.commands[self._at] if self.display else None

    def offer(self, commands: Sequence[Command]) -> None:
        """Opens the menu with these, or closes it when there are none."""
        if tuple(commands) != self.commands:
            self._at = 0
        self.commands = tuple(commands)
        self.display = bool(commands)
        self._draw()

    def move(self, step: int) -> None:
        """Marks the next or the former one, around the ends."""
        self._at = (self._at + step) % len(self.commands)
        self._draw()

    def _draw(self) -> None:
        lines = []
        for at, command in enumerate(self.commands):
            lead = "> " if at == self._at else "  "
            line = Content(f"{lead}/{command.name:<9} ") + Content.styled(command.purpose, QUIET)
            lines.append(line.stylize("bold") if at == self._at else line)
        self.show(Content("\n").join(lines))

    def on_click(self, event: events.Click) -> None:
        if 0 <= event.y < len(self.commands):
            event.stop()
            self.post_message(Prompt.Sent(f"/{self.commands[event.y].name}"))


class Prompt(TextArea):
    """Enter sends, ctrl+j breaks the line."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+j,shift+enter,alt+enter", "newline", show=False),
        Binding("up", "earlier", show=False),
        Binding("down", "later", show=False),
        Binding("tab", "complete", show=False),
        Binding("pageup", "screen.page(-1)", show=False),
        Binding("pagedown", "screen.page(1)", show=False),
        Binding("ctrl+home", "screen.top", show=False),
        Binding("ctrl+end", "screen.bottom", show=False),
    ]

    class Sent(Message):
        """The student said something, or named a command."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Numbered(Message):
        """All of the prompt is the number of a chip. `sure` once nothing else was typed; 0 takes a number back."""

        def __init__(self, number: int, sure: bool = False) -> None:
            super().__init__()
            self.number = number
            self.sure = sure

    def __init__(self, menu: CommandMenu) -> None:
        super().__init__(id="prompt", compact=True, highlight_cursor_line=False, tab_behavior="focus")
        self.chips = 0
        self._menu = menu
        self._history: list[str] = []
        self._at: int | None = None
        self._draft = ""
        self._number = 0
        self._waiting: Timer | None = None

    def remember(self, texts: Sequence[str]) -> None:
        """Sets the earlier messages, oldest first."""
        self._history = list(texts)
        self._at = None

    def put(self, text: str) -> None:
        """Replaces the text; the cursor stands at its end."""
        self.load_text(printable(text, LONGEST))
        self.move_cursor(self.document.end)

    def close_menu(self) -> bool:
        """Closes the menu of commands; False when there was none."""
        was_open = self._menu.display
        self._menu.offer(())
        return was_open

    def action_send(self) -> None:
        """Sends the text, or runs the marked command."""
        command = self._menu.chosen
        text = f"/{command.name}" if command else self.text
        if not text.strip():
            return
        if number := self._chip_number():
            self._decide(number)
            return
        self._menu.offer(())
        if not command:
            self._history.append(text)
        self._at = None
        self.clear()
        self.post_message(self.Sent(text))

    def action_newline(self) -> None:
        """Breaks the line."""
        self.insert("\n")

    def action_complete(self) -> None:
        """Completes a command; else Tab goes on to the chips."""
        if command := self._menu.chosen:
            self.put(f"/{command.name}")
        else:
            self.screen.focus_next()

    def action_earlier(self) -> None:
        """Up: in the menu, then in the text, then to the message before."""
        if self._menu.display:
            self._menu.move(-1)
        elif not self.navigator.is_first_wrapped_line(self.cursor_location):
            self.action_cursor_up()
        elif self._history and self._at != 0:
            if self._at is None:
                self._draft, self._at = self.text, len(self._history)
            self._recall(self._at - 1)

    def action_later(self) -> None:
        """Down, likewise; after the last message comes what was being written."""
        if self._menu.display:
            self._menu.move(1)
        elif not self.navigator.is_last_wrapped_line(self.cursor_location):
            self.action_cursor_down()
        elif self._at is not None:
            self._recall(self._at + 1)

    def _recall(self, at: int) -> None:
        if at < len(self._history):
            self._at = at
            self.put(self._history[at])
        else:
            self._at = None
            self.put(self._draft)

    def on_text_area_changed(self) -> None:
        # A message that is recalled is not being typed: no menu springs up on it.
        self._menu.offer(matching(self.text) if self._at is None else ())
        number = self._chip_number()
        if self._waiting:
            self._waiting.stop()
        self._waiting = self.set_timer(MOMENT, partial(self._decide, number)) if number else None
        if number != self._number:
            self._number = number
            self.post_message(self.Numbered(number))

    def _chip_number(self) -> int:
        """The chip that the text is the number of, or 0."""
        text = self.text
        return int(text) if len(text) == 1 and text in "123456789"[: self.chips] else 0

    def _decide(self, number: int) -> None:
        # The timer may have waited behind a key.
        if number == self._chip_number():
            self._number = 0
            self.clear()
            self.post_message(self.Numbered(number, sure=True))

    # Textual also calls the base class's handlers of these two events, after ours.

    def on_key(self, event: events.Key) -> None:
        # Not a binding: a priority one would overtake letters that came in the same burst and are still being inserted,
        # and without priority the base class breaks the line.
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self.action_send()
    def on_paste(self, event: events.Paste) -> None:
        text = printable(event.text)
        room = max(0, LONGEST - len(self.text))
        if len(text) > room:
            text = text[:room]
            tell(self.app, f"That was long: the first {LONGEST:,} characters are kept.", "warning")
        event.text = text
