"""From data/official.yaml to its value, and to the facts that stand beside those of the tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec.structs import replace

from advisor.errors import Problem
from advisor.knowledge.build import build
from advisor.knowledge.facts import Citation, Conflict, Fact, Thing
from advisor.knowledge.kinds import Kind
from advisor.knowledge.official import Official, OfficialFact, Page
from advisor.knowledge.source import Document, Path_, nearest
from advisor.knowledge.strict import Strict
from advisor.knowledge.values import CellError, Value, parse_value

#: Keys of the file that hold no subject of their own.
RESERVED = ("sources", "subjects", "occupations", "conflicts")


class _ConflictRow(Strict, frozen=True, kw_only=True):
    program: str = ""
    career: str = ""
    attribute: str
    say: str
    source: str
    as_of: str = ""
    dated: bool = False

    def hold(self) -> None:
        if bool(self.program) == bool(self.career):
            raise ValueError("a disagreement is about one program, or about one career")


class _Link(Strict, frozen=True):
    """An address of a subject, and the page that it was found on."""

    address: str
    source: str


class _Reader:
    """Reads the one document; what is wrong goes to `problems`."""

    def __init__(self, document: Document, problems: list[Problem]) -> None:
        self.document, self.problems = document, problems
        self.data = self.mapping(document.data, ())
        self.sources = self.mapping(self.data.get("sources"), ("sources",))

    def wrong(self, path: Path_, message: str, hint: str = "") -> None:
        self.problems.append(self.document.problem(path, message, hint))

    def mapping(self, raw: Any, path: Path_) -> dict[str, Any]:
        if isinstance(raw, dict):
            return raw
        if raw not in (None, ""):
            self.wrong(path, "a mapping (key: value) was expected")
        return {}

    def items(self, raw: Any, path: Path_) -> list[Any]:
        if isinstance(raw, list):
            return raw
        if raw not in (None, ""):
            self.wrong(path, "a list was expected")
        return []

    def source(self, id_: str, path: Path_) -> None:
        """A page that could not be read is known all the same: its own mistake was told."""
        if id_ not in self.sources:
            self.wrong((*path, "source"), f"no source {id_!r}", nearest(id_, self.sources))

    def pages(self) -> dict[str, Page]:
        built = {id_: build(Page, raw, self.document, ("sources", id_), self.problems) for id_, raw in self.sources.items()}
        return {id_: page for id_, page in built.items() if page is not None}

    def statement(self, raw: Any, path: Path_) -> OfficialFact | None:
        fact = build(OfficialFact, raw, self.document, path, self.problems)
        if fact is not None:
            self.source(fact.source, path)
        return fact

    def subject(self, rows: dict[str, Any], path: Path_) -> tuple[dict[str, OfficialFact], tuple[OfficialFact, ...]]:
        """The statements on one subject by attribute, and the further notes on it."""
        facts: dict[str, OfficialFact] = {}
        more: list[OfficialFact] = []
        for key, raw in rows.items():
            if key == "pages":
                for name, link in self.mapping(raw, (*path, key)).items():
                    if (page := build(_Link, link, self.document, (*path, key, name), self.problems)) is not None:
                        self.source(page.source, (*path, key, name))
            elif key == "more":
                told = (self.statement(item, (*path, key, i)) for i, item in enumerate(self.items(raw, (*path, key))))
                more += [item for item in told if item is not None]
            elif (fact := self.statement(raw, (*path, key))) is not None:
                facts[key] = fact
        return facts, tuple(more)

    def conflicts(self) -> Iterator[Conflict]:
        for index, raw in enumerate(self.items(self.data.get("conflicts"), ("conflicts",))):
            row = build(_ConflictRow, raw, self.document, ("conflicts", index), self.problems)
            if row is not None:
                self.source(row.source, ("conflicts", index))
                yield Conflict(row.program or row.career, row.attribute, row.say, Citation(row.source), row.as_of)


def read_official(document: Document, problems: list[Problem]) -> Official:
    """The file as a value; what is wrong goes to `problems`."""
    reader = _Reader(document, problems)
    facts: dict[str, Mapping[str, OfficialFact]] = {}
    more: dict[str, tuple[OfficialFact, ...]] = {}
    subjects: dict[Path_, Any] = {(id_,): rows for id_, rows in reader.data.items() if id_ not in RESERVED}
    occupations = reader.mapping(reader.data.get("occupations"), ("occupations",))
    subjects |= {("occupations", id_): rows for id_, rows in occupations.items()}
    for path, rows in subjects.items():
        id_ = str(path[-1])
        if id_ in facts:
            reader.wrong(path, f"{id_!r} stands in this file twice", "as a subject of its own and under occupations")
        facts[id_], more[id_] = reader.subject(reader.mapping(rows, path), path)
    others = tuple(str(id_) for id_ in reader.items(reader.data.get("subjects"), ("subjects",)))
    return Official(reader.pages(), facts, more, tuple(reader.conflicts()), others)


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
