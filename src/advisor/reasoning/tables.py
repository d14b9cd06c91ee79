"""Questions about the tables answered: which things fit, which do not and why, and the figures that are asked for.

Knows no text: a `Query` in, a `TableAnswer` out. Every condition is true, false or open (the data does not say); what is
open is set aside and named, never silently passed or dropped.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Literal

from msgspec import Struct

from advisor.knowledge.facts import Thing
from advisor.knowledge.kinds import Kind
from advisor.knowledge.queries import Query, Where
from advisor.reasoning.table_cells import Cell, Table

Polarity = Literal["yes", "no", "depends", "unknown"]


class Relaxation(Struct, frozen=True):
    """Giving up these conditions (as few as possible) leaves these things."""

    dropped: tuple[Where, ...]
    ids: tuple[str, ...]


class TableAnswer(Struct, frozen=True):
    """What the tables say to a query.

    fits: ids that meet every hard condition, best first. set_aside: (id, the columns that are open). broken: (id, the
    conditions that fail). borderline: ids of `fits` just under a limit. about: the ids that the answer speaks of. polarity: (id, yes/no/
    depends/unknown). extreme: the winner(s) of the asked place, ties included; ranked: all in that order; unranked: what has
    no figure. difference and average are in the unit of the column, None when a cell is open.
    """

    query: Query
    fits: tuple[str, ...] = ()
    set_aside: tuple[tuple[str, tuple[str, ...]], ...] = ()
    broken: tuple[tuple[str, tuple[Where, ...]], ...] = ()
    borderline: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    cells: tuple[Cell, ...] = ()
    polarity: tuple[tuple[str, Polarity], ...] = ()
    extreme: tuple[str, ...] = ()
    ranked: tuple[str, ...] = ()
    unranked: tuple[str, ...] = ()
    count: int | None = None
    difference: float | None = None
    average: float | None = None
    relaxations: tuple[Relaxation, ...] = ()
    nearest: str = ""   # where nothing has the one figure asked for ("the 9k one"): what comes nearest to it

    def cell(self, id_: str, key: str) -> Cell | None:
        return next((cell for cell in self.cells if cell.id == id_ and cell.key == key), None)

    @property
    def per_unit(self) -> tuple[tuple[str, float | None], ...]:
        """The derived figures, by id."""
        return tuple((cell.id, cell.figure) for cell in self.cells if cell.fact is None and cell.key in self.query.attributes)


def evaluate(query: Query, kinds: Mapping[str, Kind], things: Mapping[str, Thing], order: Sequence[str] = ()) -> TableAnswer:
    """The answer to a query. `order` (ids, best first) settles ties, as the ranking of programs for this student."""
    return _Evaluation(query, Table(kinds[query.kind], things, query.kind), {id_: place for place, id_ in enumerate(order)}).answer()


class _Evaluation:
    def __init__(self, query: Query, table: Table, order: Mapping[str, int]) -> None:
        self.query, self.table, self.order = query, table, order
        self.hard = tuple(where for where in query.where if where.must)
        self.soft = tuple(where for where in query.where if not where.must)

    # ------------------------------------------------------------------ sieve
    def _sieve(self, group: Sequence[str], hard: Sequence[Where]) -> tuple[list[str], list[tuple[str, tuple[str, ...]]],
                                                                           list[tuple[str, tuple[Where, ...]]]]:
        fits: list[str] = []
        aside: list[tuple[str, tuple[str, ...]]] = []
        broken: list[tuple[str, tuple[Where, ...]]] = []
        for id_ in group:
            truths = [(where, self.table.holds(id_, where)) for where in hard]
            if false := tuple(where for where, truth in truths if truth is False):
                broken.append((id_, false))
            elif unclear := tuple(where.key for where, truth in truths if truth is None):
                aside.append((id_, unclear))
            else:
                fits.append(id_)
        return fits, aside, broken

    def _sorted(self, ids: Sequence[str]) -> tuple[list[str], list[str]]:
        """Ids in the order asked for (else wishes met, then ties as settled), and those without a figure."""
        wishes = {id_: sum(self.table.holds(id_, where) is not True for where in self.soft) for id_ in ids}
        sort = self.query.sort
        if sort is None:
            return sorted(ids, key=lambda id_: (wishes[id_], self.table.tie_key(id_, self.order))), []
        figures = {id_: self.table.figure(id_, sort.key, sort.direction) for id_ in ids}
        sign = 1 if sort.direction == "lower" else -1
        known = [id_ for id_ in ids if figures[id_] is not None]
        known.sort(key=lambda id_: (sign * (figures[id_] or 0.0), wishes[id_], self.table.tie_key(id_, self.order)))
        return known, [id_ for id_ in ids if figures[id_] is None]

    def _places(self, ranked: Sequence[str]) -> tuple[str, ...]:
        """The winners of the place asked for; equal figures share a place."""
        sort = self.query.sort
        if sort is None or not ranked:
            return ()
        if self.query.limit is not None:
            return tuple(ranked[: self.query.limit])
        levels: list[list[str]] = []
        last: float | None = None
        for id_ in ranked:
            figure = self.table.figure(id_, sort.key, sort.direction)
            if not levels or figure != last:
                levels.append([])
            levels[-1].append(id_)
            last = figure
        place = 0
        for level in levels:  # the second cheapest is the second thing, or the tie that holds the second place
            place += len(level)
            if place >= self.query.nth:
                return tuple(level)
        return ()

    # ------------------------------------------------------------------ answers
    def answer(self) -> TableAnswer:
        query = self.query
        if query.asked in ("absent", "not_held", "premise"):
            return TableAnswer(query, about=query.subjects, cells=self._cells(query.subjects) if query.asked == "premise" else ())
        if query.asked == "yes_no":
            return self._yes_no()
        if query.subjects:
            return self._of_subjects()
        return self._of_group()

    def _of_subjects(self) -> TableAnswer:
        query, ids = self.query, self.query.subjects
        ranked, unranked = self._sorted(ids) if query.sort else (list(ids), [])
        difference = None
        if query.asked == "difference" and query.attributes:
            figures = [self.table.figure(id_, query.attributes[0]) for id_ in ids]
            if all(self._closed(id_, query.attributes[0]) for id_ in ids):
                known = [figure for figure in figures if figure is not None]
                difference = max(known) - min(known) if len(known) == len(ids) else None
        average = self._average(ids)[0] if query.asked == "average" else None
        return TableAnswer(query, fits=tuple(ids), about=tuple(ids), cells=self._cells(ids), ranked=tuple(ranked), unranked=tuple(unranked),
                           extreme=self._places(ranked), difference=difference, average=average)

    def _group(self) -> tuple[str, ...]:
        return self.query.scope or tuple(self.table.things)

    def _of_group(self) -> TableAnswer:
        query = self.query
        group = self._group()
        found, aside, broken = self._sieve(group, self.hard)
        fits, unranked = self._sorted(found)
        everything = [*fits, *sorted(unranked, key=lambda id_: self.table.tie_key(id_, self.order))]
        extreme = self._places(fits)
        picked = query.asked in ("value", "card", "per_unit") and query.sort is not None
        about = tuple(extreme) if query.asked == "extreme" or picked else tuple(everything)
        if query.limit is not None and query.asked == "which":
            about = about[: query.limit]
        average, unclear = self._average(everything) if query.asked == "average" else (None, [])
        borderline = tuple(id_ for id_ in everything if any(self.table.borderline(id_, w.test, w.key) for w in self.hard))
        return TableAnswer(query, tuple(everything), tuple(aside), tuple(broken), borderline, about, self._cells(about), extreme=extreme, ranked=tuple(fits),
                           unranked=tuple(unranked or unclear), count=len(everything), average=average,
                           relaxations=() if everything else self._relaxations(group), nearest="" if everything else self._nearest(group))

    def _nearest(self, group: Sequence[str]) -> str:
        """The thing whose figure is nearest to the single one asked for; "" when more, or no figure, is asked for."""
        only = self.hard[0] if len(self.hard) == 1 else None
        wanted = only.test.low if only is not None and only.test.op in ("about", "exactly") else None
        if only is None or wanted is None or only.key not in self.table.kind.attributes:
            return ""
        figures = {id_: figure for id_ in group if (figure := self.table.figure(id_, only.key)) is not None}
        return min(figures, key=lambda id_: abs(figures[id_] - wanted), default="")

    def _cells(self, ids: Sequence[str]) -> tuple[Cell, ...]:
        kind, query = self.table.kind, self.query
        keys = list(dict.fromkeys((*query.attributes, *((query.sort.key,) if query.sort else ()),
                                   *(w.key for w in query.where if w.key != "id"))))
        if query.asked in ("card", "compare") and not query.attributes:
            keys = [key for key, attribute in kind.attributes.items() if not attribute.hidden]
        return tuple(self.table.cell(id_, key) for id_ in ids for key in keys)

    def _closed(self, id_: str, key: str) -> bool:
        if key in self.table.kind.derived:
            return self.table.figure(id_, key) is not None
        value = self.table.value(id_, key)
        return value is not None and value.low is not None and value.high is not None

    def _average(self, ids: Sequence[str]) -> tuple[float | None, list[str]]:
        """The mean over things with a closed figure, and those without one."""
        key = self.query.attributes[0]
        figures = [figure for id_ in ids if self._closed(id_, key) and (figure := self._middle(id_, key)) is not None]
        return (sum(figures) / len(figures) if figures else None), [id_ for id_ in ids if not self._closed(id_, key)]

    def _middle(self, id_: str, key: str) -> float | None:
        value = self.table.value(id_, key) if key not in self.table.kind.derived else None
        if value is not None and value.low is not None and value.high is not None:
            return (value.low + value.high) / 2
        return self.table.figure(id_, key)

    def _relaxations(self, group: Sequence[str]) -> tuple[Relaxation, ...]:
        """The smallest sets of conditions without which something is left: singles, else pairs, and so on."""
        removable = [where for where in self.hard if where.key != "id"]
        for size in range(1, len(removable) + 1):
            out = []
            for dropped in combinations(removable, size):
                left, _, _ = self._sieve(group, [where for where in self.hard if where not in dropped])
                if left:
                    ids, unranked = self._sorted(left)
                    out.append(Relaxation(dropped, (*ids, *unranked)))
            if out:
                return tuple(out)
        return ()

    # ------------------------------------------------------------------ yes or no
    def _yes_no(self) -> TableAnswer:
        query = self.query
        tests = tuple(where for where in query.where if where.key in query.attributes)
        filters = tuple(where for where in self.hard if where not in tests)
        ids: Sequence[str] = query.subjects
        aside: list[tuple[str, tuple[str, ...]]] = []
        if not ids:
            found, aside, _ = self._sieve(self._group(), filters)
            ids, rest = self._sorted(found)
            if query.sort is not None and not query.wanted and not tests:
                ids = self._places(ids)
            else:
                ids = [*(self._places(ids) if query.sort else ids), *rest]
        ranked: tuple[str, ...] = ()
        extreme: tuple[str, ...] = ()
        if query.sort is not None and query.subjects:
            polarity, ranked, extreme = self._by_order(filters)
        else:
            polarity = tuple((id_, self._truth(id_, tests)) for id_ in ids)
        yes = tuple(id_ for id_, said in polarity if said == "yes")
        return TableAnswer(query, fits=yes, set_aside=tuple(aside), about=tuple(ids), cells=self._cells(tuple(ids)), polarity=polarity, ranked=ranked,
                           extreme=extreme, count=len(yes))

    def _by_order(self, filters: tuple[Where, ...]) -> tuple[tuple[tuple[str, Polarity], ...], tuple[str, ...], tuple[str, ...]]:
        """"Is A cheaper than B", "is A the cheapest": for each subject, by its place."""
        query = self.query
        sort, first = query.sort, query.subjects[0]
        assert sort is not None
        if len(query.subjects) > 1:
            figures = [self.table.figure(id_, sort.key, sort.direction) for id_ in query.subjects]
            known, rest = self._sorted(query.subjects)
            if figures[0] is None or any(figure is None for figure in figures):
                return ((first, "unknown"),), tuple(known), ()
            sign = 1 if sort.direction == "lower" else -1
            ahead = all(sign * (figures[0] or 0) < sign * (figure or 0) for figure in figures[1:])
            return ((first, "yes" if ahead else "no"),), tuple(known), self._places(known)
        found, _, _ = self._sieve(self._group(), filters)
        known, rest = self._sorted(found)
        extreme = self._places(known)
        said: Polarity = "yes" if first in extreme else "unknown" if first in rest else "no"
        return ((first, said),), tuple(known), extreme

    def _truth(self, id_: str, tests: tuple[Where, ...]) -> Polarity:
        truths: list[Polarity] = []
        for where in tests:
            truth = self.table.holds(id_, where)
            truths.append("unknown" if truth is None else "yes" if truth else "no")
        if self.query.wanted:
            truths.append(self._choice(id_, self.query.attributes[0]))
        for said in ("no", "unknown", "depends"):
            if said in truths:
                return said
        return "yes" if truths else "unknown"

    def _choice(self, id_: str, key: str) -> Polarity:
        value = self.table.value(id_, key)
        if value is None or value.state != "known":
            return "unknown"
        if value.type == "list":
            return "yes" if any(item in self.query.wanted for item in value.items) else "no"
        if value.text in self.query.wanted:
            return "yes"
        choice = self.table.kind.attributes[key].values.get(value.text)
        return "depends" if choice is not None and choice.yes_no == "depends" else "no"
