"""The one condition grammar: what stands in a rule's `when`, a limit's `require` and a table's `where`.

A question of the student's ("under 30k, no GRE") is parsed into the same types, so one evaluator serves all.

    {gre: required}                      is
    {gre: [optional, not_required]}      is any of
    {gre: known} / unknown / declined
    {tuition: at most 25000}             at least, at most, under, over, about, between A and B; a number or {slot}
    {strong_in: not nlp}                 not X, not [X, Y]
    {program.expects: any of {lacks}}    shares an item with a list of the student's
    {any: [{...}, {...}]}                holds when one of the mappings does
"""

from __future__ import annotations

import math
import re
from typing import Literal

from msgspec import Struct

Operator = Literal["is", "not", "under", "at most", "over", "at least", "about", "between", "exactly", "known", "unknown",
                   "declined", "any of"]
NUMERIC: tuple[Operator, ...] = ("at most", "at least", "under", "over", "about", "between", "exactly")


class Test(Struct, frozen=True):
    """A test of one value. `values` for is / not (ids); `low`, `high` for numeric operators; `slot` names a student's value.

    under, at most, about and exactly use `high` or `low`: "under 25000" has high=25000; "over 3" has low=3; "about" and
    "exactly" have both equal; "between" has both.
    """

    __test__ = False  # not a test class of pytest's

    op: Operator
    values: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    slot: str | None = None


class Condition(Struct, frozen=True):
    """`key` is `gre` (of the thing asked about, or of the student), or `program.gre` (of a thing, in a rule)."""

    key: str
    test: Test


class AnyOf(Struct, frozen=True):
    """Holds when one of the groups of conditions does."""

    groups: tuple[tuple[Condition | AnyOf, ...], ...]


Conditions = tuple[Condition | AnyOf, ...]

_SLOT = re.compile(r"\{([a-z_][a-z0-9_.]*)\}")
_PREFIX = re.compile(r"(at most|at least|under|over|about|between|exactly|any of|not)\s+(.+)", re.DOTALL)


class ConditionError(ValueError):
    """A condition that is not of the grammar; the message says what was expected."""


def number(text: str) -> float:
    """`25000`, `25,000`, `$25,000` or `25k` as a number. Raises ConditionError."""
    plain = text.strip().lower().replace(",", "").removeprefix("$")
    factor = 1000.0 if plain.endswith("k") else 1.0
    try:
        value = float(plain.removesuffix("k")) * factor
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise ConditionError(f"a number was expected, not {text.strip()!r}")
    return value


def _bounded(op: Operator, rest: str) -> Test:
    if slot := _SLOT.fullmatch(rest.strip()):
        return Test(op, slot=slot[1])
    if op == "between":
        low, joint, high = rest.partition(" and ")
        if not joint:
            raise ConditionError("between needs two numbers: between 20000 and 30000")
        return Test(op, low=number(low), high=number(high))
    value = number(rest)
    if op in ("under", "at most"):
        return Test(op, high=value)
    if op in ("over", "at least"):
        return Test(op, low=value)
    return Test(op, low=value, high=value)


def parse_test(raw: object) -> Test:
    """The test that a YAML value (text or list of texts) writes. Raises ConditionError."""
    if isinstance(raw, list):
        return Test("is", values=tuple(str(item) for item in raw))
    text = str(raw).strip()
    if text in ("known", "unknown", "declined"):
        return Test(text)  # type: ignore[arg-type]
    found = _PREFIX.fullmatch(text)
    if not found:
        return Test("is", values=(text,))
    word, rest = found[1], found[2].strip()
    if word == "not":
        items = rest.strip("[]").split(",")
        return Test("not", values=tuple(item.strip() for item in items if item.strip()))
    if word == "any of":
        slot = _SLOT.fullmatch(rest)
        if not slot:
            raise ConditionError("any of needs a list of the student's in braces: any of {lacks}")
        return Test("any of", slot=slot[1])
    return _bounded(word, rest)  # type: ignore[arg-type]


def parse_conditions(raw: object) -> Conditions:
    """All conditions of a YAML mapping. Raises ConditionError."""
    if not isinstance(raw, dict):
        raise ConditionError("a mapping was expected, like {gre: not_required}")
    out: list[Condition | AnyOf] = []
    for key, value in raw.items():
        if key == "any":
            if not isinstance(value, list):
                raise ConditionError("any needs a list of mappings")
            out.append(AnyOf(tuple(parse_conditions(item) for item in value)))
        else:
            out.append(Condition(str(key), parse_test(value)))
    return tuple(out)
