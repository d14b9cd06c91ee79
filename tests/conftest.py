"""Collects each scripted conversation of tests/conversations/*.yaml as a test of its own."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import advisor
from advisor.errors import PackError, ScriptError
from advisor.workbench.replay import replay
from advisor.workbench.script import Placed, read_scripts

# One cache for all processes of a run, and none of the user's: workers and commands under test inherit the variable.
if "ADVISOR_CACHE" not in os.environ:
    os.environ["ADVISOR_CACHE"] = tempfile.mkdtemp(prefix="advisor-tests-")
    atexit.register(shutil.rmtree, os.environ["ADVISOR_CACHE"], ignore_errors=True)

CONVERSATIONS = Path(__file__).parent / "conversations"


@cache
def shipped() -> Any:
    """The shipped pack, loaded once in each process."""
    return advisor.load()


@pytest.fixture(scope="session")
def knowledge() -> Any:
    return shipped()


class Engine:
    """`respond` with the shipped pack, with a name that is short enough for hypothesis to print."""

    def __init__(self, knowledge: Any) -> None:
        self._knowledge = knowledge

    def __repr__(self) -> str:
        return "engine"

    def __call__(self, conversation: advisor.Conversation, text: str) -> tuple[advisor.Conversation, advisor.Reply]:
        return advisor.respond(self._knowledge, conversation, text)


@pytest.fixture(scope="session")
def engine(knowledge: Any) -> Engine:
    return Engine(knowledge)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    if file_path.suffix == ".yaml" and CONVERSATIONS in file_path.parents:
        return ScriptFile.from_parent(parent, path=file_path)
    return None


class Differs(Exception):
    """A conversation did not go as its script expects."""


class ScriptFile(pytest.File):
    """A file of conversations."""

    def collect(self) -> Iterator[pytest.Item]:
        name = str(self.path.relative_to(self.config.rootpath))
        for placed in read_scripts(self.path, shipped().pack, name):
            yield ScriptItem.from_parent(self, name=placed.name, placed=placed)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException]) -> Any:
        return str(excinfo.value) if isinstance(excinfo.value, (ScriptError, PackError)) else super().repr_failure(excinfo)


class ScriptItem(pytest.Item):
    """One conversation."""

    def __init__(self, *, placed: Placed, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.placed = placed

    def runtest(self) -> None:
        result = replay(self.placed, shipped(), advisor.respond)
        if not result.fine:
            raise Differs(result.text)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        return str(excinfo.value) if isinstance(excinfo.value, Differs) else super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, self.placed.line - 1, self.placed.name
