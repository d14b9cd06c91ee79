"""The pack as one frozen value: everything in data/ and rules/, parsed and cross-checked (`reading.py` makes it)."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from advisor.knowledge.answers import Intent
from advisor.knowledge.degree_rules import DegreeRules
from advisor.knowledge.facts import Conflict, Thing
from advisor.knowledge.kinds import Kind
from advisor.knowledge.official import Official
from advisor.knowledge.rules import Caution, OfficeEntry, ProgramRule, Question
from advisor.knowledge.sources import Source
from advisor.knowledge.stances import Stances
from advisor.knowledge.topics import Topics
from advisor.knowledge.words import Words


class Pack(Struct, frozen=True):
    """Facts, rules and words. Maps keep the order of the files: it breaks ties."""

    kinds: Mapping[str, Kind]
    things: Mapping[str, Thing]
    sources: Mapping[str, Source]
    official: Official
    conflicts: tuple[Conflict, ...]
    intents: Mapping[str, Intent]
    topics: Topics
    stances: Stances
    words: Words
    degree_rules: DegreeRules
    program_rules: tuple[ProgramRule, ...]
    cautions: tuple[Caution, ...]
    interview: tuple[Question, ...]
    wording: Mapping[str, str]
    office: tuple[OfficeEntry, ...]
    synonyms: Mapping[str, tuple[str, ...]]
    common_words: frozenset[str]
    files: tuple[str, ...] = ()

    @property
    def main(self) -> str:
        """The kind that is searched, filtered and recommended: what a question is about when nothing says otherwise."""
        return self.words.default_kind

    @property
    def options(self) -> str:
        """The kind of the options that rules decide between (rules/degrees.yaml)."""
        first = self.things.get(next(iter(self.degree_rules.degrees), ""))
        return first.kind if first else ""

    @property
    def price(self) -> str:
        """The attribute of the main kind that is its price; "" when it has none."""
        columns = self.kinds[self.main].attributes
        return next((key for key, a in columns.items() if a.type == "money" and a.better == "lower"), "")

    def of_kind(self, kind: str) -> tuple[Thing, ...]:
        """The things of a kind in listed order."""
        return tuple(thing for thing in self.things.values() if thing.kind == kind)
