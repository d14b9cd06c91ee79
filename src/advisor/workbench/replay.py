"""Replays scripted conversations and tells, with the transcript, where a reply is not as expected."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from advisor.dialogue.conversation import Conversation
from advisor.dialogue.knowledge import default_root
from advisor.errors import CallError, Problem, ScriptError
from advisor.replies.blocks import Reply
from advisor.replies.render import to_plain
from advisor.workbench.expect import Miss, misses
from advisor.workbench.script import Placed, read_scripts

Respond = Callable[[Any, Conversation, str], tuple[Conversation, Reply]]


class Played(Struct, frozen=True):
    """One turn as it went. `text` is the reply in plain text, or what went wrong in place of one."""

    student: str
    text: str
    chips: tuple[str, ...] = ()
    misses: tuple[Miss, ...] = ()


class Result(Struct, frozen=True):
    """One conversation as it went, up to its end: a turn that fails does not stop it."""

    placed: Placed
    turns: tuple[Played, ...]

    @property
    def fine(self) -> bool:
        return not any(turn.misses for turn in self.turns)

    @property
    def text(self) -> str:
        """The conversation, and under each failing turn what was expected and what was found, with file and line."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        first = next((i for i, turn in enumerate(self.turns) if turn.misses), None)
        line = self.placed.line if first is None else self.placed.line_of(first, self.turns[first].misses[0].key)
        yield f"{self.placed.file}:{line}: {self.placed.name}"
        for index, turn in enumerate(self.turns):
            yield f"{'>>' if turn.misses else '  '} student | {turn.student}"
            for number, part in enumerate(turn.text.split("\n")):
                yield f"   {'advisor' if number == 0 else '       '} | {part}".rstrip()
            if turn.chips:
                yield f"           | ({' | '.join(turn.chips)})"
            for miss in turn.misses:
                yield f">> {self.placed.file}:{self.placed.line_of(index, miss.key)}: {miss.what}"
                yield f"      expected: {miss.expected}"
                yield f"      found:    {miss.found}"


class Report(Struct, frozen=True):
    """What `advisor test` prints, and whether all went as expected."""

    text: str
    fine: bool


def replay(placed: Placed, knowledge: Any, respond: Respond) -> Result:
    """Plays one conversation. An error of the engine is a miss of its turn, and the conversation goes on without it."""
    conversation, played = Conversation(), list[Played]()
    slots = amount_slots(knowledge)
    for turn in placed.script.turns:
        try:
            conversation, reply = respond(knowledge, conversation, turn.student)
        except Exception as error:  # noqa: BLE001 (a test reports whatever happens)
            words = f"{type(error).__name__}: {error}"
            played.append(Played(turn.student, "(no reply)", misses=(Miss("student", "the engine failed", "a reply", words),)))
            continue
        found = tuple(misses(turn, reply, conversation.state.profile, slots))
        played.append(Played(turn.student, to_plain(reply), reply.suggestions, found))
    return Result(placed, tuple(played))


def amount_slots(knowledge: Any) -> dict[str, str]:
    """Questions that an amount answers, with the attribute that the answer limits ("budget": "tuition")."""
    return {question.question: question.amount for question in knowledge.pack.interview if question.amount}


def script_files(paths: Sequence[Path], root: Path) -> list[Path]:
    """The files that the paths name; without paths those of tests/conversations beside the pack, else of the present folder.

    Raises CallError when there is none.
    """
    if not paths:
        paths = [folder for folder in (root / "tests/conversations", Path("tests/conversations")) if folder.is_dir()][:1]
        if not paths:
            raise CallError("there is no folder tests/conversations here; name the files to replay")
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            files += sorted(path.rglob("*.yaml"))
        elif path.is_file():
            files.append(path)
        else:
            raise CallError(f"there is no file or folder {str(path)!r}")
    if not files:
        raise CallError(f"there is no conversation (*.yaml) in {', '.join(map(str, paths))}")
    return files


def replay_paths(paths: Sequence[Path], knowledge: Any, respond: Respond, root: Path | None = None, *, show: bool = False) -> Report:
    """Replays all conversations of the paths; without any, those beside the pack in `root`. Raises CallError for a path that is none."""
    scripts: list[Placed] = []
    problems: list[Problem] = []
    for path in script_files(paths, root or default_root()):
        try:
            scripts += read_scripts(path, knowledge.pack, os.path.relpath(path))
        except ScriptError as error:
            problems += error.problems
    results = [replay(placed, knowledge, respond) for placed in scripts]
    failed = [result for result in results if not result.fine]
    parts = [*map(str, problems), *(result.text for result in (results if show else failed))]
    if problems:
        parts.append(f"{_counted(len(problems), 'problem')} in the scripts")
    turns = _counted(sum(len(result.turns) for result in results), "turn")
    verdict = f"{len(failed)} not as expected" if failed else "all as expected"
    parts.append(f"{_counted(len(results), 'conversation')}, {turns}: {verdict}")
    return Report("\n\n".join(parts), not failed and not problems)


def _counted(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"
