"""The chat in lines: for pipes, screen readers and simple terminals. A line in, lines out; no color, no cursor moves."""

from __future__ import annotations

import os
import shutil
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TextIO, TypeVar

from advisor.replies.blocks import Panel, Reply
from advisor.replies.render import to_plain
from advisor.surfaces.one_shot import Describe, source_lines

Conversation = TypeVar("Conversation")

#: More than a person types in one line; the rest of a longer one is read past.
MAX_LINE = 200_000
_PROMPT = "> "
_LEAVE = ("/quit", "/exit", "/q")
_HELP = (
    "Type a message and press enter. The number of a suggestion says what it says.",
    "/new starts a new conversation, /undo takes back your last message, /profile shows what I know of you,",
    "/sources where the last answer comes from, /help these lines, /quit (or ctrl+d) leaves.",
)
_FAILED = "Something went wrong on my side with that message. Your conversation is kept; please try other words."


@dataclass(slots=True)
class PlainChat(Generic[Conversation]):
    """One student's chat over two streams.

    `begin`, `answer`, `greet`, `look` are the functions of the engine, bound to one pack; `describe` names a source.
    `interactive`: a person types at a terminal, so there is a prompt and long lines are wrapped.
    """

    lines: TextIO
    out: TextIO
    begin: Callable[[], Conversation]
    answer: Callable[[Conversation, str], tuple[Conversation, Reply]]
    greet: Callable[[], Reply]
    look: Callable[[Conversation], Panel]
    describe: Describe
    interactive: bool = False

    def run(self) -> None:
        """Chats until the lines end, the student leaves, or ctrl+c is pressed."""
        try:
            self._chat()
        except KeyboardInterrupt:
            self._end_line()

    def _chat(self) -> None:
        conversation, reply = self.begin(), self.greet()
        self._print([*self._reply(reply), "", "/help lists the commands, /quit leaves."])
        while (text := self._read()) is not None:
            command = text.strip().lower()
            if command in _LEAVE:
                break
            if command == "/new":
                conversation, reply = self.begin(), self.greet()
                self._print(self._reply(reply))
            elif command == "/help":
                self._print(_HELP)
            elif command == "/sources":
                self._print(source_lines(reply.citations, self.describe) or ["The last answer cites no source."])
            elif command == "/profile":
                self._print(self._profile(self.look(conversation)))
            else:
                conversation, reply = self._turn(conversation, reply, "undo" if command == "/undo" else text)

    def _turn(self, conversation: Conversation, last: Reply, text: str) -> tuple[Conversation, Reply]:
        try:
            conversation, reply = self.answer(conversation, text)
        except Exception:  # noqa: BLE001 (whatever it is, the student keeps the conversation)
            self._print([_FAILED])
            return conversation, last
        self._print(self._reply(reply))
        return conversation, reply

    def _read(self) -> str | None:
        """The next line; None at the end."""
        if self.interactive:
            self.out.write(_PROMPT)
            self.out.flush()
        line = self.lines.readline(MAX_LINE)
        rest = line
        while rest and not rest.endswith("\n"):
            rest = self.lines.readline(MAX_LINE)
        if not line:
            self._end_line()
            return None
        return line.rstrip("\r\n")

    def _end_line(self) -> None:
        """After the last prompt, so that the shell's own begins a line."""
        if self.interactive:
            self.out.write("\n")

    def _reply(self, reply: Reply) -> list[str]:
        lines = to_plain(reply).split("\n")
        if reply.suggestions:
            lines += ["", "You could say:", *(f"{number}. {text}" for number, text in enumerate(reply.suggestions, 1))]
        return lines

    def _profile(self, panel: Panel) -> list[str]:
        lines = [f"{label}: {value}" for label, value in panel.known] or ["I know nothing of you yet."]
        if panel.degrees:
            lines.append("Degrees: " + ", ".join(f"{name} {score:g}" for name, score in panel.degrees))
        if panel.programs:
            lines.append("Programs: " + ", ".join(f"{name} ({why})" if why else name for name, why in panel.programs))
        return lines

    def _print(self, lines: Sequence[str]) -> None:
        width = shutil.get_terminal_size().columns if self.interactive else 0
        for line in lines:
            self.out.write((wrapped(line, width) if width else line) + "\n")
        self.out.write("\n")
        self.out.flush()


def wrapped(line: str, width: int) -> str:
    """The line over several lines of at most `width` columns; what belongs to a bullet or a number is indented."""
    head = line.partition(" ")[0]
    indent = " " * (len(head) + 1) if head == "-" or head.rstrip(".").isdigit() else ""
    return textwrap.fill(line, max(20, width), subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def needs_plain(lines: TextIO | None, out: TextIO | None) -> bool:
    """Whether the full-screen chat cannot run here: no terminal on either side, or one that cannot place a cursor."""
    if lines is None or out is None or not (lines.isatty() and out.isatty()):
        return True
    term = os.environ.get("TERM", "")
    return term == "dumb" or (os.name == "posix" and not term)
