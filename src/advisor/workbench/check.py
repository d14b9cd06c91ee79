"""`advisor check`: loads a pack afresh and tells everything that is wrong with it, or what it holds."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from advisor.dialogue.knowledge import default_root
from advisor.errors import PackError, Problem
from advisor.knowledge.pack import Pack
from advisor.knowledge.reading import read_pack


class Report(Struct, frozen=True):
    """What was found: `problems` is empty when the pack is fine."""

    text: str
    problems: tuple[Problem, ...] = ()

    @property
    def fine(self) -> bool:
        return not self.problems


def check(load: Callable[..., Any], root: Path | None = None) -> Report:
    """The report on the pack in `root`, or on the shipped one.

    Every file is read and checked afresh. What is compiled and learned from them may come from the cache, or goes there, so
    that the next chat starts at once.
    """
    folder = root or default_root()
    try:
        pack = read_pack(folder)
        load(root)
    except PackError as error:
        problems = tuple(placed(problem, folder) for problem in error.problems)
        return Report(str(PackError(problems)), problems)
    return Report(f"pack is fine: {contents(pack)}")


def placed(problem: Problem, root: Path) -> Problem:
    """The problem with its file as seen from the present folder, so that a terminal or an editor can open it."""
    path = root / problem.file
    return replace(problem, file=os.path.relpath(path)) if path.is_file() else problem


def contents(pack: Pack) -> str:
    """What the pack holds, counted: "10 programs, 8 degrees, ..."."""
    counts = [(len(pack.of_kind(name)), name, kind.plural) for name, kind in pack.kinds.items()]
    counts += [
        (len(pack.topics.topics), "topic", "topics"),
        (len(pack.intents), "intent", "intents"),
        (sum(len(intent.examples) for intent in pack.intents.values()), "example", "examples"),
        (len(pack.degree_rules.rules) + len(pack.program_rules), "rule", "rules"),
        (len(pack.interview), "question", "questions"),
        (len(pack.cautions), "caution", "cautions"),
        (len(pack.sources), "source", "sources"),
    ]
    return ", ".join(f"{count} {one if count == 1 else many}" for count, one, many in counts if count)
