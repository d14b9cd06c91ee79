"""Questions about the tables as values: what is asked, of which things, under which conditions, in which order.

`understanding` builds queries, `reasoning` evaluates them. A query holds things and attributes of one kind and refuses
to be built otherwise: that is checked by `Query.checked`, which the parser calls.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from advisor.knowledge.conditions import Test

Asked = Literal[
    "value",       # a cell of one or several things
    "yes_no",      # does the cell hold one of `wanted` (or meet a numeric test)?
    "which",       # the things that meet the conditions
    "extreme",     # the n-th lowest / highest by `sort`
    "count",       # how many meet the conditions
    "compare",     # two or more side by side
    "difference",  # how far two are apart in one number
    "per_unit",    # a derived figure (cost per credit)
    "average",     # mean of a number over things
    "card",        # everything of one thing
    "absent",      # a column that is asked for and not held (`attributes` holds its id)
    "not_held",    # a name that is asked for and not held (`named` holds it)
    "premise",     # a false statement about a cell, to be corrected; `stated` holds what was said
]


class Where(Struct, frozen=True):
    """One condition on the things asked about.

    `key` is an attribute of the kind, or "id" (then `test` is/not lists ids). `own` marks a limit that the student said
    of themselves (it enters the profile); the others are views that only this question has. `must` False is a wish.
    """

    key: str
    test: Test
    words: str = ""
    own: bool = False
    must: bool = True


class Sort(Struct, frozen=True):
    """By which column, the lower or the higher first."""

    key: str
    direction: Literal["lower", "higher"]


class Query(Struct, frozen=True):
    """One question about the table of `kind` (program, career, specialization, ...)."""

    asked: Asked
    kind: str
    subjects: tuple[str, ...] = ()
    attributes: tuple[str, ...] = ()
    where: tuple[Where, ...] = ()
    sort: Sort | None = None
    nth: int = 1
    limit: int | None = None
    scope: tuple[str, ...] = ()          # only among these things ("of those"); empty = all
    wanted: tuple[str, ...] = ()         # for yes_no on a choice: the values that make it a yes
    stated: str = ""                     # for premise: what the student said of the cell
    named: str = ""                      # for not_held: the name as it was said
    quantifier: Literal["", "all", "any"] = ""   # for yes_no over a group: "are all ...", "do any ..."

    @property
    def intent(self) -> str:
        """The id of the reading: `query.value.tuition`."""
        return ".".join(("query", self.asked, *(self.attributes[:1] or ((self.sort.key,) if self.sort else ()))))


class QueryError(ValueError):
    """A query that mixes kinds or names what the kind has not."""


def checked(query: Query, kind_of: dict[str, str], attributes: frozenset[str]) -> Query:
    """The query itself when all its things are of its kind and all its attributes exist there. Raises QueryError."""
    for thing in (*query.subjects, *query.scope):
        if kind_of.get(thing) != query.kind:
            raise QueryError(f"{thing} is no {query.kind}")
    if query.asked not in ("absent", "not_held"):
        keys = (*query.attributes, *(w.key for w in query.where if w.key != "id"), *((query.sort.key,) if query.sort else ()))
        for key in keys:
            if key not in attributes:
                raise QueryError(f"a {query.kind} has no {key}")
    return query
