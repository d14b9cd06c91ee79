"""rules/degrees.yaml as frozen models: which topics and answers speak for which degree, and how much."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Literal

from msgspec import Meta, field

from advisor.knowledge.profile import Stance
from advisor.knowledge.strict import Strict, Texts

Strength = Literal["strong", "some", "slight"]


class DegreeRule(Strict, frozen=True, kw_only=True):
    """One piece of evidence. `when` has one key: likes or avoids (topics), or a slot with the answers that count."""

    rule: str
    when: Annotated[dict[str, Texts], Meta(min_length=1)]
    favors: dict[str, Strength] = field(default_factory=dict)
    disfavors: dict[str, Strength] = field(default_factory=dict)
    because: str
    source: Texts = ()
    inferred: bool = False
    default: Annotated[bool, Meta(description="counts only while nothing else does")] = False
    also: Annotated[bool, Meta(description="an avoids rule that adds to the reversed evidence instead of replacing it")] = False


class Margins(Strict, frozen=True):
    """Leads in points: under `close` too close to call, under `ahead` the runner-up deserves a word."""

    close: float
    ahead: float


class DegreeRules(Strict, frozen=True, kw_only=True, dict=True):
    """The whole file: the scale, the factors, the degrees in listed order, and the rules."""

    scale: dict[Strength, float]
    factors: dict[Stance, float]
    avoid_factors: dict[Stance, float]
    margins: Margins
    degrees: Annotated[tuple[str, ...], Meta(min_length=1)]
    said: dict[Stance, str] = field(default_factory=dict)
    rules: tuple[DegreeRule, ...]

    @cached_property
    def replaced(self) -> frozenset[str]:
        """Topics whose avoidance has a rule of its own instead of the reversed evidence."""
        return frozenset(topic for rule in self.rules if not rule.also for topic in rule.when.get("avoids", ()))
