"""Conditions, three-valued: True, False, or None while something is unknown ("open")."""

from __future__ import annotations

from collections.abc import Mapping

from advisor.knowledge.conditions import AnyOf, Condition, Conditions, Test
from advisor.knowledge.facts import Thing
from advisor.knowledge.holds import holds as meets
from advisor.knowledge.profile import STANCES, Profile

#: In a rule `likes` covers what is wanted and what was merely mentioned; `refuses` and `avoids` cover each other.
COVERS: Mapping[str, tuple[str, ...]] = {
    "likes": ("likes", "wants", "mentioned"),
    "wants": ("wants",),
    "avoids": ("avoids", "refuses"),
    "refuses": ("refuses", "avoids"),
    "has": ("has",),
    "lacks": ("lacks",),
    "mentioned": ("mentioned", "likes", "wants"),
    "asked": ("asked", "mentioned", "likes", "wants"),
}


def _profile_test(key: str, test: Test, profile: Profile) -> bool | None:
    if key in STANCES:
        covered = COVERS[key]
        held = any(entry.stance in covered and entry.topic in test.values for entry in profile.stances)
        if test.op == "not":
            return not held
        return True if held else None
    slot = profile.slot(key)
    if slot is None:
        limit = next((limit for limit in profile.limits if limit.key == key), None)
        if test.op in ("known", "unknown"):
            return (limit is not None) == (test.op == "known")
        return None
    if test.op == "declined":
        return slot.value is None
    if test.op in ("known", "unknown"):
        return (slot.value is not None) == (test.op == "known")
    if slot.value is None:
        return False
    return (slot.value in test.values) != (test.op == "not")


def holds(conditions: Conditions, profile: Profile, thing: Thing | None = None) -> bool | None:
    """Whether all conditions hold; dotted keys (`program.gre`) are the thing's, bare ones the student's, or the
    thing's where the student has none of that name."""
    verdicts = [_holds(condition, profile, thing) for condition in conditions]
    if False in verdicts:
        return False
    return None if None in verdicts else True


def _holds(condition: Condition | AnyOf, profile: Profile, thing: Thing | None) -> bool | None:
    if isinstance(condition, AnyOf):
        verdicts = [holds(group, profile, thing) for group in condition.groups]
        return True if True in verdicts else None if None in verdicts else False
    kind, dot, key = condition.key.partition(".")
    if not dot:
        return _profile_test(condition.key, condition.test, profile)
    if thing is None or thing.kind != kind:
        return None
    test = condition.test
    if test.op == "any of" and test.slot:
        test = Test("is", values=profile.topics(*COVERS.get(test.slot, ())))  # type: ignore[arg-type]
        return meets(test, thing.value(key))
    if test.slot:
        limit = next((limit for limit in profile.limits if limit.key == test.slot), None)
        if limit is None:
            return None
        test = Test(test.op, low=limit.test.low, high=limit.test.high)
    return meets(test, thing.value(key))
