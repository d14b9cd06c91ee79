"""Scripted conversations (tests/conversations/*.yaml) as frozen values, each expectation with the line it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated

from msgspec import Meta, Struct, field

from advisor.errors import Problem, ScriptError
from advisor.knowledge.build import build
from advisor.knowledge.pack import Pack
from advisor.knowledge.profile import STANCES
from advisor.knowledge.source import Document, Path_, nearest, read
from advisor.knowledge.strict import Checked, Prepared, Strict, Texts, as_list

#: Words of the condition grammar that stand for a state, not for a value.
STATES = ("known", "unknown", "declined")


def is_pattern(text: str) -> bool:
    """Whether the text is a regular expression between slashes."""
    return len(text) > 2 and text.startswith("/") and text.endswith("/")


def _patterns(texts: tuple[str, ...]) -> None:
    for text in texts:
        if not text.strip():
            raise ValueError("an empty text is in every reply")
        if is_pattern(text):
            try:
                re.compile(text[1:-1])
            except re.error as error:
                raise ValueError(f"no regular expression: {error}") from None


def _some(turns: tuple[Turn, ...]) -> None:
    if not turns:
        raise ValueError("a conversation needs at least one turn")


#: Texts of which each may be a regular expression.
Patterns = Annotated[Texts, Checked(_patterns)]


class Turn(Strict, frozen=True):
    """What the student says, and what is expected of the reply. Everything but `student` can be left out."""

    student: str
    advisor: Annotated[Patterns, Meta(description="must appear in the reply; /.../ is a regular expression")] = ()
    any_: Annotated[Patterns, Meta(description="one of these must appear")] = field(name="any", default=())
    never: Annotated[Patterns, Meta(description="must not appear")] = ()
    programs: Annotated[Texts, Meta(description="the reply is at least about these")] = ()
    programs_only: Annotated[tuple[str, ...] | None, Prepared(as_list), Meta(description="the reply is about exactly these, in any order")] = None
    not_programs: Annotated[Texts, Meta(description="the reply is about none of these")] = ()
    profile: Annotated[dict[str, str | tuple[str, ...]], Meta(description="what is known of the student afterwards")] = field(default_factory=dict)
    intent: Annotated[Texts, Meta(description="the intent, or one of several; none: nothing was understood")] = ()
    degree: Annotated[str | None, Meta(description="the degree on top; none: no degree leads")] = None
    degrees: Annotated[Texts, Meta(description="these degrees rank in this order")] = ()
    cites: Annotated[Texts, Meta(description="sources or sections that the reply cites")] = ()
    chips: Annotated[Patterns, Meta(description="appear among the suggestions")] = ()


class Script(Strict, frozen=True):
    """One conversation as it is written."""

    conversation: str
    turns: Annotated[tuple[Turn, ...], Checked(_some)]


class Placed(Struct, frozen=True):
    """A script with its file, its line, and the lines of its turns and of their keys."""

    script: Script
    file: str
    line: int
    lines: tuple[Mapping[str, int], ...] = field(default=())

    @property
    def name(self) -> str:
        return self.script.conversation

    def line_of(self, turn: int, key: str = "student") -> int:
        """The line of an expectation of a turn (counted from 0); of the turn itself when it has none."""
        return self.lines[turn].get(key, self.lines[turn].get("student", self.line))


def read_scripts(path: Path, pack: Pack | None = None, name: str = "") -> tuple[Placed, ...]:
    """The conversations of a file: one mapping, or a list of them. With a pack, ids that it does not hold are problems.

    `name` is how the file is called in messages. Raises ScriptError with every problem.
    """
    problems: list[Problem] = []
    document = read(path, name or str(path), problems)
    one = isinstance(document.data, dict)
    if not problems and not one and not (isinstance(document.data, list) and document.data):
        problems.append(document.problem((), "a conversation, or a list of them, was expected in this file"))
    raws = ([((), document.data)] if one else [((i,), raw) for i, raw in enumerate(document.data or ())]) if not problems else []
    out = []
    for prefix, raw in raws:
        script = build(Script, raw, document, prefix, problems)
        if script is None:
            continue
        if pack is not None:
            problems += _unknown_ids(script, pack, document, prefix)
        lines = tuple({key: document.place((*prefix, "turns", index, key), key=True).line for key in turn}
                      for index, turn in enumerate(raw["turns"]))
        out.append(Placed(script, document.file, document.place((*prefix, "conversation"), key=True).line, lines))
    if problems:
        raise ScriptError(tuple(sorted(problems)))
    return tuple(out)


def _unknown_ids(script: Script, pack: Pack, document: Document, prefix: Path_) -> Iterator[Problem]:
    """Ids that the pack lacks. `not_programs: [misspelt]` would hold forever, so they are mistakes of the script."""
    programs = [thing.id for thing in pack.of_kind("program")]
    degrees = ["none", *pack.degree_rules.degrees]
    slots = [question.question for question in pack.interview]
    keys = [*STANCES, *slots, *(pack.kinds["program"].attributes if "program" in pack.kinds else ()), "specialization"]

    def missing(path: Path_, words: Sequence[str], known: Sequence[str], what: str, key: bool = False) -> Iterator[Problem]:
        for index, word in enumerate(words):
            if word not in known:
                place = path if key else (*path, index)
                yield document.problem((*prefix, *place), f"no {what} {word!r}", nearest(word, known), key=key)

    for index, turn in enumerate(script.turns):
        at: Path_ = ("turns", index)
        for name in ("programs", "programs_only", "not_programs"):
            yield from missing((*at, name), getattr(turn, name) or (), programs, "program")
        yield from missing((*at, "degrees"), turn.degrees, degrees, "degree")
        yield from missing((*at, "degree"), [turn.degree] if turn.degree else [], degrees, "degree")
        for key, value in turn.profile.items():
            yield from missing((*at, "profile", key), [key], keys, "stance, slot or attribute", key=True)
            if key in STANCES:
                topics = [word.removeprefix("not ") for word in ((value,) if isinstance(value, str) else value)]
                yield from missing((*at, "profile", key), topics, [*pack.topics.topics, *STATES], "topic")
