"""Cells as the evaluator needs them: facts, figures to sort by, and the truth of conditions on one thing."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from advisor.knowledge.conditions import Test
from advisor.knowledge.facts import Fact, Thing
from advisor.knowledge.holds import holds
from advisor.knowledge.kinds import Kind
from advisor.knowledge.queries import Where
from advisor.knowledge.values import Value


class Cell(Struct, frozen=True):
    """One cell of the answer. `fact` None: the data has nothing there; `figure` is a derived number (cost per credit)."""

    id: str
    key: str
    fact: Fact | None = None
    figure: float | None = None


class Table:
    """The things of one kind, with their figures."""

    def __init__(self, kind: Kind, things: Mapping[str, Thing], kind_id: str) -> None:
        self.kind = kind
        self.things = {id_: thing for id_, thing in things.items() if thing.kind == kind_id}
        self._place = {id_: place for place, id_ in enumerate(self.things)}
        self._price = next((key for key, a in kind.attributes.items() if a.type == "money" and a.better == "lower"), None)

    def cell(self, id_: str, key: str) -> Cell:
        if key in self.kind.derived:
            return Cell(id_, key, figure=self.figure(id_, key))
        return Cell(id_, key, self.things[id_].fact(key))

    def value(self, id_: str, key: str) -> Value | None:
        return self.things[id_].value(key)

    def figure(self, id_: str, key: str, direction: str = "") -> float | None:
        """The number to sort or reckon by; None when the cell is missing, varies, or (derived) is open at one end.

        A range counts by its middle; one that says what can be reached (a salary) by its upper end when the highest is asked.
        """
        if key in self.kind.derived:
            derived = self.kind.derived[key]
            of, by = self.value(id_, derived.of), self.value(id_, derived.by)
            if of is None or by is None or not of.exact or not by.exact or not by.low or of.low is None:
                return None
            return of.low / by.low
        attribute = self.kind.attributes[key]
        value = self.value(id_, attribute.sort_key or key)
        if value is None or value.state != "known":
            return None
        if attribute.scale:
            return float(attribute.scale.index(value.text)) if value.text in attribute.scale else None
        if value.low is None:
            return None
        if attribute.reads == "reach" and direction == "higher" and value.named_top is not None:
            return value.named_top
        if value.high is None or value.low == value.high:
            return value.low
        if attribute.reads == "reach":
            return value.low if direction == "lower" else value.high
        return (value.low + value.high) / 2

    def holds(self, id_: str, where: Where) -> bool | None:
        """Three-valued truth of one condition."""
        if where.key == "id":
            return (id_ in where.test.values) == (where.test.op == "is")
        if where.key in self.kind.derived:
            figure = self.figure(id_, where.key)
            return holds(where.test, Value("money", low=figure, high=figure) if figure is not None else None)
        attribute = self.kind.attributes[where.key]
        return holds(where.test, self.value(id_, where.key), attribute.reads == "reach")

    def borderline(self, id_: str, test: Test, key: str) -> bool:
        """Whether a figure that fits lies within the column's `near` share under its limit: prices are rounded, so check."""
        attribute = self.kind.attributes.get(key)
        value = self.value(id_, key) if attribute else None
        if attribute is None or value is None or value.low is None or test.op not in ("under", "at most", "between") or test.high is None:
            return False
        return test.high * (1 - attribute.near_share) < value.low <= test.high if attribute.near_share else False

    def tie_key(self, id_: str, order: Mapping[str, int]) -> tuple[float, float, int]:
        """How things stand that nothing else separates: the order given, then the lower price, then as listed."""
        price = self.figure(id_, self._price) if self._price else None
        return (order.get(id_, len(order)), price if price is not None else float("inf"), self._place[id_])
