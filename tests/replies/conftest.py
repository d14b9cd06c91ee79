"""A pack of two programs made in memory, and its voice."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from msgspec.structs import replace

from advisor.knowledge.build import hollow, made
from advisor.knowledge.degree_rules import DegreeRules
from advisor.knowledge.facts import Citation, Conflict, Fact, Thing
from advisor.knowledge.kinds import Kind
from advisor.knowledge.official import Official
from advisor.knowledge.pack import Pack
from advisor.knowledge.sources import Source
from advisor.knowledge.stances import Stances
from advisor.knowledge.topics import Topics
from advisor.knowledge.values import parse_value
from advisor.knowledge.words import Words
from advisor.replies.voice import Voice

COSTS = Citation("guide", "costs")
PAGE = Citation("alpha-page")

PROGRAM = {
    "plural": "programs", "file": "programs.yaml", "columns": ["name", "tuition"], "pages": ["official_page"],
    "attributes": {
        "name": {"type": "text", "label": "name"},
        "tuition": {"type": "money", "label": "tuition"},
        "credits": {"type": "number", "label": "credits"},
        "gre": {"type": "choice", "label": "GRE", "ask_as": "whether it needs the GRE", "values": {
            "required": {"say": "requires the GRE", "short": "required", "yes_no": "yes"}, "not_required": {"say": "does not require the GRE", "yes_no": "no"}}},
        "strong_in": {"type": "list", "label": "strengths", "of": "field"},
        "length": {"type": "text", "label": "length"},
        "deadline": {"type": "text", "label": "deadline", "ask_as": "the deadline"},
        "chances": {"type": "text", "label": "chances", "general": "Programs like these take about half.", "general_source": "guide/costs"},
        "official_page": {"type": "address", "label": "own page"},
    },
    "derived": {"per_credit": {"of": "tuition", "by": "credits", "label": "a credit"}},
}


def cell(type_: str, raw: object, *cited: Citation, **more: object) -> Fact:
    return Fact(parse_value(type_, raw), cited or (COSTS,), **more)  # type: ignore[arg-type]


THINGS = {
    "alpha": Thing("alpha", "program", "Alpha", facts={
        "tuition": (cell("money", "about $7,000"),), "credits": (cell("number", "30"),),
        "gre": (cell("choice", "not_required", note="scores may help."),),
        "strong_in": (cell("list", ["vision"], Citation("guide", "fields")), cell("list", ["robots"])),
        "length": (cell("text", "2 years", for_="full time"), cell("text", "4 years", for_="beside a job", usual=True)),
        "deadline": (Fact(parse_value("text", "1 March"), (PAGE,), official=True, as_of="2025", say="applications are due on 1 March"),),
        "official_page": (cell("address", "https://alpha.example/apply_now?a=1|2#x"),)}),
    "beta": Thing("beta", "program", "Beta", facts={
        "tuition": (cell("money", "75,000+"),), "gre": (cell("choice", "required"),), "credits": (cell("number", "unknown"),)}),
    "vision": Thing("vision", "field", "Computer vision", facts={}),
}

WORDING: Mapping[str, str] = {
    "value.one": "{name}: {label} {value}.", "value.page": "{name}'s {label}: {value}", "value.unknown": "I don't have {what} for {name}: {page}.",
    "value.unknown_plain": "I don't have {what} for {name}.", "value.general": "No figure for {name}. {general}", "value.note": "Note: {note}.",
    "value.official": "{name}'s own page says that {say} ({when}; {page}).", "value.official_undated": "{name}'s own page (undated, {page}) says that {say}.",
    "value.inferred": "Our reading, {inferred}.", "depends.choice": "{name} {say}.", "yes.choice": "Yes: {name} {say}.", "no.choice": "No: {name} {say}.",
    "unknown.choice": "Not said: {what} for {name}; see {page}.", "yes.number": "Yes: {name} has {label} {value}.", "no.number": "No: {name} has {label} {value}.",
    "open.number": "Not certain: {name} has {label} {value}.", "undated": "undated", "conflict.line": "One thing to check: {items}.",
    "conflict.many": "Check: {items}.", "conflict.short": "{name} ({labels})", "conflict.item": "{name}: {say} ({when})",
}


@pytest.fixture
def voice() -> Voice:
    kinds = {"program": made(Kind, PROGRAM), "field": made(Kind, {"plural": "fields", "file": "f.yaml", "attributes": {"name": {"type": "text", "label": "name"}}})}
    conflicts = (Conflict("alpha", "tuition", "its page says $8,000", PAGE, "2025"), Conflict("beta", "gre", "its page leaves it open", Citation("beta-page"), "unknown"),
                 Conflict("alpha", "gre", "its page says $8,000", PAGE, "2025"), Conflict("alpha", "length", "its page says 3 years", PAGE, ""))
    sources = {"guide": Source("guide", "The guide", "2026"), "alpha-page": Source("alpha-page", "Alpha's page", "2025", "https://alpha.example"),
               "beta-page": Source("beta-page", "Beta's page", "", "https://beta.example")}
    return Voice(Pack(kinds, THINGS, sources, Official(), conflicts, {}, hollow(Topics), hollow(Stances), replace(hollow(Words), default_kind="program"),
                      hollow(DegreeRules), (), (), (), WORDING, (), {}, frozenset()))
