"""rules/programs.yaml, cautions.yaml, interview.yaml as models: how we advise."""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from pydantic import Field, field_validator

from advisor.knowledge.answers import pieces
from advisor.knowledge.conditions import Conditions, parse_conditions
from advisor.knowledge.strict import Strict, as_list

Strength = Literal["strong", "some", "slight"]


class ProgramRule(Strict):
    """A limit (hard: `require`) or a preference (`favors`) for programs, when something is known of the student."""

    limit: str = ""
    prefer: str = ""
    when: dict[str, object]
    require: dict[str, object] = Field(default_factory=dict)
    favors: dict[str, Strength] = Field(default_factory=dict)
    disfavors: dict[str, Strength] = Field(default_factory=dict)
    broken: str = ""
    relax: str = ""
    because: str = ""
    inferred: bool = False
    source: tuple[str, ...] = ()

    _lists = field_validator("source", mode="before")(as_list)

    @property
    def id(self) -> str:
        return self.limit or self.prefer

    @cached_property
    def conditions(self) -> Conditions:
        """`when`, read once."""
        return parse_conditions(self.when)

    @cached_property
    def required(self) -> Conditions:
        """`require`, read once."""
        return parse_conditions(self.require)


class Caution(Strict):
    """Something that is said, never scored."""

    caution: str
    when: dict[str, object]
    say: str
    inferred: bool = False
    source: tuple[str, ...] = ()

    _lists = field_validator("source", mode="before")(as_list)

    @field_validator("say")
    @classmethod
    def _braces(cls, say: str) -> str:
        pieces(say)
        return say

    @cached_property
    def conditions(self) -> Conditions:
        """`when`, read once."""
        return parse_conditions(self.when)


class InterviewChoice(Strict):
    """One answer to a question of the interview, and what it means: stances on topics, limits on programs."""

    label: str
    examples: tuple[str, ...] = ()
    means: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    limits: dict[str, str] = Field(default_factory=dict)

    _lists = field_validator("examples", mode="before")(as_list)

    @field_validator("means", mode="before")
    @classmethod
    def _means(cls, raw: object) -> object:
        return {key: as_list(value) for key, value in raw.items()} if isinstance(raw, dict) else raw


class Question(Strict):
    """A question of the interview; its id is the slot that the answer fills."""

    question: str
    about: Literal["degree", "programs"] = "degree"
    ask: str
    why: str = ""
    splits: tuple[str, ...] = ()
    when: dict[str, object] = Field(default_factory=dict)
    covered_by: tuple[str, ...] = ()   # topics: a stance on one of them makes the question needless
    choices: dict[str, InterviewChoice] = Field(default_factory=dict)
    amount: str = ""                   # the attribute that a number answers ("tuition")

    _lists = field_validator("splits", "covered_by", mode="before")(as_list)

    @cached_property
    def conditions(self) -> Conditions:
        """`when`, read once."""
        return parse_conditions(self.when)


class OfficeEntry(Strict):
    """Whom a student can talk to."""

    name: str
    role: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""
    hours: str = ""
    note: str = ""
    for_: tuple[str, ...] = Field(default=(), alias="for")

    _lists = field_validator("for_", mode="before")(as_list)
