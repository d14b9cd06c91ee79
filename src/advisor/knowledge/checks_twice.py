"""Cross-checks of lists: a rule, a caution or a question whose id stands there twice would count, or be asked, twice."""

from __future__ import annotations

from advisor.knowledge.checker import Checker
from advisor.knowledge.checks_rules import CAUTIONS, DEGREES, INTERVIEW, PROGRAMS
from advisor.knowledge.source import Path_

#: File, where its list stands, and the keys that hold an id there.
_LISTS: tuple[tuple[str, Path_, tuple[str, ...]], ...] = (
    (DEGREES, ("rules",), ("rule",)), (PROGRAMS, (), ("limit", "prefer")), (CAUTIONS, (), ("caution",)), (INTERVIEW, (), ("question",)),
)


def twice(checker: Checker) -> None:
    """Told at the second place, from what stands in the file: an entry with another mistake has an id all the same."""
    for file, at, keys in _LISTS:
        document = checker.documents.get(file)
        data = document.data if document is not None else None
        for part in at:
            data = data.get(part) if isinstance(data, dict) else None
        if document is None or not isinstance(data, list):
            continue
        first: dict[str, int] = {}
        for index, entry in enumerate(data):
            key = next((key for key in keys if isinstance(entry, dict) and entry.get(key)), "")
            id_ = entry[key] if key else ""
            if not isinstance(id_, str) or not id_:
                continue
            place = (*at, index, key)
            if id_ in first:
                checker.wrong(file, place, f"the id {id_!r} stands in this file twice", f"the first one is in line {first[id_]}")
            else:
                first[id_] = document.place(place).line
