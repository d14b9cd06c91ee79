"""The errors of this package, each for the person who made it.

AdvisorError
├── PackError       the pack (rules/ and data/) is wrong; carries every problem that was found
├── CallError       the command was called wrongly
└── ScriptError     a scripted conversation cannot be read
"""

from __future__ import annotations

from msgspec import Struct


class Problem(Struct, frozen=True, order=True):
    """One thing that is wrong in a file: where, what was found, what was expected, and a hint.

    Lines and columns count from 1. `width` is how many characters the caret underlines.
    """

    file: str
    line: int
    column: int
    message: str
    hint: str = ""
    source_line: str = ""
    width: int = 1

    def __str__(self) -> str:
        text = f"{self.file}:{self.line}:{self.column}: {self.message}"
        if self.source_line:
            number = str(self.line)
            text += f"\n  {number} | {self.source_line}\n  {' ' * len(number)} | {' ' * (self.column - 1)}{'^' * max(1, self.width)}"
        return text + (f"\n  help: {self.hint}" if self.hint else "")


class AdvisorError(Exception):
    """Base of all errors that this package raises on purpose."""


class PackError(AdvisorError):
    """The pack cannot be used. `problems` holds everything that is wrong with it, in file order."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        count = len(problems)
        super().__init__("\n".join(map(str, problems)) + f"\n{count} problem{'s' if count != 1 else ''} in the pack")


class CallError(AdvisorError):
    """The command line asks for something that does not exist."""


class ScriptError(AdvisorError):
    """A scripted conversation cannot be read. `problems` says where."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))
