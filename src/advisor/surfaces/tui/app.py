"""The Textual app: themes, the window's title, help, suspend and quit. The chat itself is `screen.ChatScreen`."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import ClassVar

from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.theme import Theme

from advisor.surfaces.tui.commands import COMMANDS
from advisor.surfaces.tui.help import HelpScreen
from advisor.surfaces.tui.screen import WIDE, ChatScreen
from advisor.surfaces.tui.session import AnySession

#: Quiet: gray tones and one accent. Colors only repeat what words, position or weight say.
THEME = Theme(
    name="advisor",
    primary="#6fb3c8",
    secondary="#6fb3c8",
    accent="#6fb3c8",
    foreground="#d8d8d4",
    background="#17191c",
    surface="#17191c",
    panel="#202327",
    warning="#d9b26f",
    error="#d98a7f",
    success="#8fb98a",
    dark=True,
)
#: With NO_COLOR set the terminal's own two colors are used, and nothing is painted behind the text.
COLORLESS = "ansi-dark"


class AdvisorApp(App[None]):
    """A chat over one session."""

    CSS_PATH = "styles.tcss"
    TITLE = "advisor"
    ENABLE_COMMAND_PALETTE = True
    HORIZONTAL_BREAKPOINTS: list[tuple[int, str]] | None = [(0, "-narrow"), (60, "-medium"), (WIDE, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS: list[tuple[int, str]] | None = [(0, "-short"), (16, "-tall")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "help", priority=True, show=False),
        Binding("ctrl+q", "quit", priority=True, show=False),
        Binding("ctrl+z", "suspend_process", priority=True, show=False),
    ]

    def __init__(self, session: AnySession) -> None:
        colorless = bool(os.environ.get("NO_COLOR"))
        # The kind of color filter is chosen while the base class starts, before a theme can be set.
        super().__init__(ansi_color=True if colorless else None)
        self.session = session
        self.register_theme(THEME)
        self.theme = COLORLESS if colorless else THEME.name

    def get_default_screen(self) -> Screen[None]:
        return ChatScreen(self.session)

    def on_mount(self) -> None:
        self.app_resume_signal.subscribe(self, self._repaint)

    def _repaint(self, _: App[object]) -> None:
        # After ctrl+z and fg the terminal's screen is empty, and Textual would paint only what changes.
        self.refresh(layout=True)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The commands of the chat, and the choice of a theme."""
        if isinstance(screen, ChatScreen):
            for command in COMMANDS:
                title = command.name.capitalize()
                yield SystemCommand(title, command.purpose, partial(screen.run_action, command.action))
        yield SystemCommand("Theme", "change the colors", self.action_change_theme)

    def action_help(self) -> None:
        """Opens the help, or closes it."""
        if isinstance(self.screen, HelpScreen):
            self.screen.dismiss()
        elif isinstance(self.screen, ChatScreen):
            self.push_screen(HelpScreen())


@contextmanager
def window_title(title: str) -> Iterator[None]:
    """Names the terminal's window, and gives it its former name back."""
    out = sys.__stdout__
    able = out is not None and out.isatty() and os.environ.get("TERM", "") not in ("", "dumb", "linux")
    if out is not None and able:
        out.write(f"\x1b[22;2t\x1b]2;{title}\x07")
        out.flush()
    try:
        yield
    finally:
        if out is not None and able:
            out.write("\x1b[23;2t")
            out.flush()


def run_app(session: AnySession) -> None:
    """Runs the chat until the student leaves. The screen is restored, also when the app fails."""
    with window_title(AdvisorApp.TITLE or ""):
        AdvisorApp(session).run()
