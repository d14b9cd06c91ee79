"""rules/degrees.yaml as frozen models: which topics and answers speak for which degree, and how much."""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from pydantic import Field, field_validator

from advisor.knowledge.profile import Stance
from advisor.knowledge.strict import Strict

Strength = Literal["strong", "some", "slight"]


class DegreeRule(Strict):
    """One piece of evidence. `when` has one key: likes or avoids (topics), or a slot with the answers that count."""

    rule: str
    when: dict[str, tuple[str, ...]] = Field(min_length=1)
    favors: dict[str, Strength] = Field(default_factory=dict)
    disfavors: dict[str, Strength] = Field(default_factory=dict)
    because: str
    source: tuple[str, ...] = ()
    inferred: bool = False
    default: bool = Field(default=False, description="counts only while nothing else does")
    also: bool = Field(default=False, description="an avoids rule that adds to the reversed evidence instead of replacing it")

    @field_validator("when", mode="before")
    @classmethod
    def _when(cls, raw: object) -> object:
        if not isinstance(raw, dict):
            return raw
        return {key: [value] if isinstance(value, str) else value for key, value in raw.items()}

    @field_validator("source", mode="before")
    @classmethod
    def _source(cls, raw: object) -> object:
        return [raw] if isinstance(raw, str) else raw


class Margins(Strict):
    """Leads in points: under `close` too close to call, under `ahead` the runner-up deserves a word."""

    close: float
    ahead: float


class DegreeRules(Strict):
    """The whole file: the scale, the factors, the degrees in listed order, and the rules."""

    scale: dict[Strength, float]
    factors: dict[Stance, float]
    avoid_factors: dict[Stance, float]
    margins: Margins
    degrees: tuple[str, ...] = Field(min_length=1)
    said: dict[Stance, str] = Field(default_factory=dict)
    rules: tuple[DegreeRule, ...]

    @cached_property
    def replaced(self) -> frozenset[str]:
        """Topics whose avoidance has a rule of its own instead of the reversed evidence."""
        return frozenset(topic for rule in self.rules if not rule.also for topic in rule.when.get("avoids", ()))
