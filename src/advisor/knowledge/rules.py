"""rules/programs.yaml, cautions.yaml, interview.yaml as models: how we advise."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Literal

from msgspec import field

from advisor.knowledge.answers import pieces
from advisor.knowledge.conditions import Conditions, parse_conditions
from advisor.knowledge.strict import Checked, Strict, Texts

Strength = Literal["strong", "some", "slight"]


class ProgramRule(Strict, frozen=True, kw_only=True, dict=True):
    """A limit (hard: `require`) or a preference (`favors`) for programs, when something is known of the student."""

    limit: str = ""
    prefer: str = ""
    when: dict[str, object]
    require: dict[str, object] = field(default_factory=dict)
    favors: dict[str, Strength] = field(default_factory=dict)
    disfavors: dict[str, Strength] = field(default_factory=dict)
    broken: str = ""
    relax: str = ""
    because: str = ""
    inferred: bool = False
    source: Texts = ()

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


class Caution(Strict, frozen=True, dict=True):
    """Something that is said, never scored."""

    caution: str
    when: dict[str, object]
    say: Annotated[str, Checked(pieces)]
    inferred: bool = False
    source: Texts = ()

    @cached_property
    def conditions(self) -> Conditions:
        """`when`, read once."""
        return parse_conditions(self.when)


class InterviewChoice(Strict, frozen=True):
    """One answer to a question of the interview, and what it means: stances on topics, limits on programs."""

    label: str
    examples: Texts = ()
    means: dict[str, Texts] = field(default_factory=dict)
    limits: dict[str, str] = field(default_factory=dict)


class Question(Strict, frozen=True, kw_only=True, dict=True):
    """A question of the interview; its id is the slot that the answer fills."""

    question: str
    about: Literal["degree", "programs"] = "degree"
    ask: str
    why: str = ""
    splits: Texts = ()
    when: dict[str, object] = field(default_factory=dict)
    covered_by: Texts = ()   # topics: a stance on one of them makes the question needless
    choices: dict[str, InterviewChoice] = field(default_factory=dict)
    amount: str = ""                   # the attribute that a number answers ("tuition")

    @cached_property
    def conditions(self) -> Conditions:
        """`when`, read once."""
        return parse_conditions(self.when)


class OfficeEntry(Strict, frozen=True):
    """Whom a student can talk to."""

    name: str
    role: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""
    hours: str = ""
    note: str = ""
    for_: Texts = field(name="for", default=())
