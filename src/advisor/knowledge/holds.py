"""Does a cell meet a test? True, False, or None (open): the one three-valued comparison, for limits and questions alike."""

from __future__ import annotations

from advisor.knowledge.conditions import Test
from advisor.knowledge.values import Value

#: "About 30k" holds within this share of the figure: prices of the pack are themselves rounded.
ABOUT = 0.10


def holds(test: Test, value: Value | None, reach: bool = False) -> bool | None:
    """Whether `value` meets `test`. None: the cell is missing, varies, or its range straddles the bound.

    `reach` (salary ranges): "over 200k" asks whether the upper end can get there, "under" whether all of it stays below.
    """
    known = value is not None and value.state == "known"
    if test.op == "known":
        return known
    if test.op == "unknown":
        return not known
    if value is None or not known:
        return None
    if test.op in ("is", "not"):
        return _choice(test, value)
    if value.low is None or (test.low is None and test.high is None):
        return None
    ends = _ends(value)
    if reach and test.op in ("over", "at least"):
        ends = ends[-1:]
    if reach and test.op in ("about", "exactly", "between"):
        low, high = _bounds(test)
        return ends[0] <= high and ends[-1] >= low
    return _within(test, ends[0], ends[-1])


def _ends(value: Value) -> tuple[float, ...]:
    """Both ends of a range; infinity for one that is open above."""
    low = value.low if value.low is not None else 0.0
    return (low,) if value.low == value.high else (low, value.high if value.high is not None else float("inf"))


def _bounds(test: Test) -> tuple[float, float]:
    low = test.low if test.low is not None else 0.0
    high = test.high if test.high is not None else float("inf")
    return (low * (1 - ABOUT), high * (1 + ABOUT)) if test.op == "about" else (low, high)


def _within(test: Test, first: float, last: float) -> bool | None:
    """Whether all figures from `first` to `last` meet the test, none of them, or some (None)."""
    low, high = _bounds(test)
    if test.op == "under":
        return True if last < high else False if first >= high else None
    if test.op == "over":
        return True if first > low else False if last <= low else None
    return True if low <= first and last <= high else False if last < low or first > high else None


def _choice(test: Test, value: Value) -> bool | None:
    has = any(item in test.values for item in value.items) if value.type == "list" else value.text in test.values
    if value.type in ("text", "address"):
        return None
    return has if test.op == "is" else not has
