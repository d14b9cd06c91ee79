"""The commands of the chat: one table that the prompt, the palette, the help and the key line all read."""

from __future__ import annotations

from msgspec import Struct


class Command(Struct, frozen=True):
    """Something the app does: `/name`, its action, what it is for, and its key if it has one."""

    name: str
    action: str
    purpose: str
    key: str = ""
    also: tuple[str, ...] = ()


COMMANDS = (
    Command("help", "app.help", "keys and commands", "f1", ("keys", "?")),
    Command("new", "screen.new", "start a new conversation", "ctrl+l", ("clear", "restart")),
    Command("undo", "screen.undo", "take back your last message"),
    Command("profile", "screen.profile", "what I know of you, and how the degrees rank", also=("panel",)),
    Command("sources", "screen.sources", "where the last answer comes from", "ctrl+o"),
    Command("find", "screen.find", "find words in this conversation", "ctrl+f", ("search",)),
    Command("copy", "screen.copy", "copy the last answer", "ctrl+y"),
    Command("quit", "app.quit", "leave the chat", "ctrl+q", ("exit", "q")),
)

#: Keys that are no command of their own, for the help.
KEYS = (
    ("enter", "send"),
    ("ctrl+j", "new line"),
    ("up  down", "your earlier messages"),
    ("1 to 9", "say what the chip of that number says"),
    ("tab", "to chips, table rows, panel; enter picks"),
    ("ctrl+b", "show or hide the panel"),
    ("pgup  pgdn", "scroll"),
    ("ctrl+p", "command palette, with themes"),
    ("ctrl+c", "copy what is selected with the mouse"),
    ("ctrl+z", "suspend (fg brings it back)"),
    ("esc", "back to the prompt"),
)


def find_command(text: str) -> Command | None:
    """The command that a message names ("/new"), or None."""
    name = text.strip().lower()
    if not name.startswith("/"):
        return None
    return next((command for command in COMMANDS if name[1:] in (command.name, *command.also)), None)


def matching(text: str) -> tuple[Command, ...]:
    """The commands that what is typed so far could become; none once it is no longer one word after a slash."""
    if not text.startswith("/") or len(text.split()) > 1 or text[-1:].isspace():
        return ()
    begun = text[1:].lower()
    return tuple(c for c in COMMANDS if any(name.startswith(begun) for name in (c.name, *c.also)))
