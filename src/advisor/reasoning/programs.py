"""Which programs suit a student: hard limits as conditions, preferences as points, each with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from advisor.knowledge.conditions import Condition
from advisor.knowledge.facts import Citation, Thing, citation
from advisor.knowledge.profile import Profile
from advisor.knowledge.queries import Where
from advisor.knowledge.rules import Caution, ProgramRule
from advisor.reasoning.conditions import holds

#: What a mere mention of a topic counts, of a stated liking: as for degrees (rules/degrees.yaml).
MENTIONED = 0.6


class Reason(Struct, frozen=True):
    """Why a rule speaks for (or, with negative points, against) a program."""

    rule: str
    points: float
    because: str
    citations: tuple[Citation, ...]
    inferred: bool = False


class Suited(Struct, frozen=True):
    """One program's points, and the reasons in the order of the rules."""

    id: str
    score: float
    reasons: tuple[Reason, ...]


def rule_limits(profile: Profile, rules: Iterable[ProgramRule]) -> tuple[tuple[Where, ProgramRule], ...]:
    """The limits that the student's stances bring with them ("refuses the GRE"), each with its rule."""
    out = []
    for rule in rules:
        if rule.limit and holds(rule.conditions, profile):
            for condition in rule.required:
                if isinstance(condition, Condition):
                    key = condition.key.partition(".")[2] or condition.key
                    out.append((Where(key, condition.test, words=rule.limit, own=True), rule))
    return tuple(out)


def preferences(profile: Profile, rules: Iterable[ProgramRule], programs: Iterable[Thing],
                scale: Mapping[str, float]) -> dict[str, Suited]:
    """The points of each program under the preferences that hold, by id."""
    reasons: dict[str, list[Reason]] = {thing.id: [] for thing in programs}
    for rule in rules:
        if not rule.prefer or not holds(rule.conditions, profile):
            continue
        cited = tuple(citation(text) for text in rule.source)
        weight = _weight(rule, profile)
        for sign, favored in ((1.0, rule.favors), (-1.0, rule.disfavors)):
            for id_, strength in favored.items():
                if id_ in reasons:
                    points = sign * weight * scale.get(strength, 1.0)
                    reasons[id_].append(Reason(rule.prefer, points, rule.because, cited, rule.inferred))
    return {id_: Suited(id_, sum(r.points for r in found), tuple(found)) for id_, found in reasons.items()}


def _weight(rule: ProgramRule, profile: Profile) -> float:
    """What a rule counts: in full, or less when its topic was only mentioned."""
    raw = rule.when.get("likes")
    topics = {raw} if isinstance(raw, str) else {str(item) for item in raw} if isinstance(raw, list) else set()
    stances = {entry.stance for entry in profile.stances if entry.topic in topics}
    return MENTIONED if stances == {"mentioned"} and len(rule.when) == 1 else 1.0


def due_cautions(profile: Profile, cautions: Iterable[Caution], programs: Iterable[Thing]) -> tuple[tuple[Caution, str], ...]:
    """The cautions that hold, each with the program that it is about ("" when it is about none)."""
    shown = tuple(programs)
    out: list[tuple[Caution, str]] = []
    for caution in cautions:
        needs_program = "program." in str(caution.when) or "{program." in caution.say
        if not needs_program and holds(caution.conditions, profile):
            out.append((caution, ""))
        elif needs_program:
            found = next((thing.id for thing in shown if holds(caution.conditions, profile, thing)), None)
            if found:
                out.append((caution, found))
    return tuple(out)
