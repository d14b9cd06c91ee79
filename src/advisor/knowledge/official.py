"""data/official.yaml: what the schools' own pages say, beside the values that tables use, and where the two disagree.

A fact that changes often and bears no date is never told; only that an older page exists, with its address.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import Field

from advisor.errors import Problem
from advisor.knowledge.build import build
from advisor.knowledge.facts import Citation, Conflict, Fact, Thing
from advisor.knowledge.kinds import Kind, Strict
from advisor.knowledge.source import Document, nearest
from advisor.knowledge.values import CellError, Value, parse_value

#: Keys of the file that hold no subject.
_RESERVED = ("sources", "occupations", "conflicts")


class Page(Strict):
    """One page of a school or an office."""

    title: str
    publisher: str = ""
    address: str
    as_of: str = "unknown"
    age: str = ""
    dated: bool = False


class OfficialFact(Strict):
    """One statement of a page. `say` follows "its own page says that"."""

    value: Any = None
    say: str = ""
    source: str
    as_of: str = ""
    dated: bool = False
    volatile: bool = False
    tell: bool = True
    note: str = ""
    for_: str = Field(default="", alias="for")
    label: str = ""
    text: str = ""

    @property
    def told(self) -> bool:
        """Whether its value may be told at all."""
        return self.tell and not (self.volatile and not self.dated)


class _ConflictRow(Strict):
    program: str = ""
    career: str = ""
    attribute: str
    say: str
    source: str
    as_of: str = ""
    dated: bool = False
    weight: str = ""
    tell_value: bool = True


@dataclass(frozen=True, slots=True)
class Official:
    """The file: its pages, the statements by subject and attribute, further notes by subject, and the disagreements."""

    sources: Mapping[str, Page] = field(default_factory=dict)
    facts: Mapping[str, Mapping[str, OfficialFact]] = field(default_factory=dict)
    more: Mapping[str, tuple[OfficialFact, ...]] = field(default_factory=dict)
    conflicts: tuple[Conflict, ...] = ()


def _statements(rows: Mapping[str, Any], path: tuple[str, ...], document: Document,
                problems: list[Problem]) -> tuple[dict[str, OfficialFact], tuple[OfficialFact, ...]]:
    facts: dict[str, OfficialFact] = {}
    more: list[OfficialFact] = []
    for key, raw in rows.items():
        if key == "pages":
            continue
        if key == "more":
            built = (build(OfficialFact, item, document, (*path, key, i), problems) for i, item in enumerate(raw))
            more += [item for item in built if item is not None]
        elif (fact := build(OfficialFact, raw, document, (*path, key), problems)) is not None:
            facts[key] = fact
    return facts, tuple(more)


def read_official(document: Document, problems: list[Problem]) -> Official:
    """The file as a value; what is wrong goes to `problems`."""
    data = document.data if isinstance(document.data, dict) else {}
    sources = {}
    for id_, raw in (data.get("sources") or {}).items():
        if (page := build(Page, raw, document, ("sources", id_), problems)) is not None:
            sources[id_] = page
    facts: dict[str, Mapping[str, OfficialFact]] = {}
    more: dict[str, tuple[OfficialFact, ...]] = {}
    subjects: dict[tuple[str, ...], Any] = {(id_,): rows for id_, rows in data.items() if id_ not in _RESERVED}
    subjects |= {("occupations", id_): rows for id_, rows in (data.get("occupations") or {}).items()}
    for path, rows in subjects.items():
        if isinstance(rows, dict):
            facts[path[-1]], more[path[-1]] = _statements(rows, path, document, problems)
    conflicts = []
    for index, raw in enumerate(data.get("conflicts") or []):
        if (row := build(_ConflictRow, raw, document, ("conflicts", index), problems)) is not None:
            conflicts.append(Conflict(row.program or row.career, row.attribute, row.say, Citation(row.source), row.as_of))
    for subject, statements in facts.items():
        for key, fact in statements.items():
            if fact.source not in sources:
                problems.append(document.problem((subject, key, "source"), f"no source {fact.source!r}", nearest(fact.source, sources)))
    return Official(sources, facts, more, tuple(conflicts))


def _fact(fact: OfficialFact, value: Value) -> Fact:
    as_of = fact.as_of if fact.dated else ""
    return Fact(value, (Citation(fact.source),), note=fact.note, for_=fact.for_, official=True, as_of=as_of, say=fact.say)


def beside(things: Mapping[str, Thing], official: Official, kinds: Mapping[str, Kind]) -> dict[str, Thing]:
    """The things with the schools' statements beside their facts; an empty cell is filled, marked as official."""
    out = dict(things)
    for id_, statements in official.facts.items():
        thing = things.get(id_)
        if thing is None:
            continue
        facts, told = dict(thing.facts), dict[str, tuple[Fact, ...]]()
        for key, statement in statements.items():
            attribute = kinds[thing.kind].attributes.get(key)
            if not statement.told or attribute is None:
                continue
            text = Value("text", text=str(statement.value) if isinstance(statement.value, str) else "")
            told[key] = (_fact(statement, text),)
            empty = all(fact.value.state == "unknown" for fact in facts.get(key, ()))
            if empty and isinstance(statement.value, str):
                try:
                    value = parse_value(attribute.type, statement.value, tuple(attribute.values))
                except CellError:  # a sentence where the column holds a figure stays beside it
                    continue
                facts[key] = (_fact(statement, value),)
        out[id_] = replace(thing, facts=facts, beside=told)
    return out
