"""Facts of the pack: a cell with its source, things with their facts, and the disagreements of sources."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from advisor.knowledge.values import Value


class Citation(Struct, frozen=True):
    """Where a statement comes from: a source of data/sources.yaml or data/official.yaml, and a section of it."""

    source: str
    section: str = ""


def citation(text: str) -> Citation:
    """`article/gre` as a citation."""
    source, _, section = text.partition("/")
    return Citation(source, section)


class Fact(Struct, frozen=True):
    """One value of one attribute of one thing.

    `for_` narrows it ("full time"); `usual` marks the one that is told first; `inferred` says from what we read it, for
    values that no source states; `say` is the value as part of a sentence, where the pack writes one; `weak` marks an item that a source names in passing; `official` marks a value that only the school's own page gives, with its `as_of`.
    """

    value: Value
    citations: tuple[Citation, ...] = ()
    note: str = ""
    for_: str = ""
    usual: bool = False
    inferred: str = ""
    official: bool = False
    as_of: str = ""
    looked_in: str = ""
    weak: bool = False
    say: str = ""


class Conflict(Struct, frozen=True):
    """Where a school's own page differs from the source that tables use: said once, in one line."""

    thing: str
    attribute: str
    say: str
    citation: Citation
    as_of: str = ""


class Thing(Struct, frozen=True):
    """A program, a career, a degree, a term, ...: anything that has a row."""

    id: str
    kind: str
    name: str
    aliases: tuple[str, ...] = ()
    caps: tuple[str, ...] = ()           # aliases that count in capitals only (SIT)
    facts: Mapping[str, tuple[Fact, ...]] = field(default_factory=dict)
    beside: Mapping[str, tuple[Fact, ...]] = field(default_factory=dict)   # what the schools' own pages say beside a fact
    full_name: str = ""
    see: Mapping[str, str] = field(default_factory=dict)   # kind -> the thing of it to go on with

    def fact(self, key: str) -> Fact | None:
        """The fact to tell first: the usual one of several, else the first."""
        facts = self.facts.get(key, ())
        return next((fact for fact in facts if fact.usual), facts[0] if facts else None)

    def value(self, key: str) -> Value | None:
        """The value to test and sort by; of a list, all items; None when there is none or it is unknown."""
        fact = self.fact(key)
        if fact is None or fact.value.state == "unknown":
            return None
        if fact.value.type == "list":
            return replace(fact.value, text="", items=tuple(i for f in self.facts[key] for i in f.value.items))
        return fact.value
