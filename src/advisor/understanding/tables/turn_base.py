"""What all readings of a turn share: the clause, the context, the limits in force."""

from __future__ import annotations

from msgspec import Struct, field
from msgspec.structs import replace

from advisor.knowledge.queries import Query, Where
from advisor.understanding.tables.readings import Candidate, Readings, merged


class Turn(Struct):
    """What a clause does to the turn before, beside its question."""

    candidates: list[Candidate] = field(default_factory=list)
    limits: tuple[Where, ...] = ()
    withdrawn: tuple[str, ...] = ()
    corrected: bool = False
    what_if: bool = False
    pushback: bool = False
    why_not: tuple[str, ...] = ()
    premise: Query | None = None
    used: frozenset[int] = frozenset()


class TurnReading:
    """One clause against the context."""

    def __init__(self, readings: Readings) -> None:
        self.readings, self.parts = readings, readings.parts
        self.grammar, self.context, self.kind = readings.grammar, readings.context, readings.kind
        # the student's limits are on things of the default kind; those of a view on the kind of the last question
        self.limited = self.kind == self.parts.lexicon.words.default_kind
        last = self.context.last
        self.in_force = {limit.key: limit.test for limit in self.context.limits} if self.limited else {}
        self.viewed = {where.key: where for where in (last.where if last is not None and last.kind == self.kind else ())}

    def _hits(self, *names: str) -> frozenset[int]:
        return self.parts.places(*self.grammar.of(*names))

    def _base(self) -> tuple[Where, ...]:
        """The conditions in force: the student's limits, and those of the last list."""
        own = tuple(Where(limit.key, limit.test, limit.words, True, limit.must) for limit in self.context.limits if self.limited)
        last = self.context.last
        view = last.where if last is not None and last.kind == self.kind and last.asked in ("which", "count", "extreme") else ()
        return merged(own, view)

    def _listed(self, where: tuple[Where, ...]) -> Query:
        last = self.context.last
        if last is not None and last.kind == self.kind and last.asked in ("count", "extreme"):
            return replace(last, where=where)
        return Query("which", self.kind, where=where)
