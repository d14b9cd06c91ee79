"""The pieces of the table reader on their own: names, amounts, clauses, focus, and text that is none of ours."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_pack import reader, tables

from advisor.knowledge.queries import Query
from advisor.understanding.tables import Frame, TableContext
from advisor.understanding.tables.amounts import Amounts
from advisor.understanding.tables.clauses import split
from advisor.understanding.tokens import tokens


def _ids(text: str) -> list[str]:
    return [mention.id for mention in reader().entities.find(text)]


@pytest.mark.parametrize(("text", "ids"), [
    ("OMSCS or UIUC?", ["georgia-tech", "uiuc"]),
    ("carnigie melon and jhu", ["carnegie-mellon", "johns-hopkins"]),
    ("i sit here and it is fine", []),
    ("is SIT any good", ["stevens"]),
    ("an ML engineer", ["ml_engineer"]),
    ("software engineers at columbia", ["columbia"]),
    ("georga tech", ["georgia-tech"]),
])
def test_names_are_found(text: str, ids: list[str]) -> None:
    assert _ids(text) == ids


def test_a_mention_knows_its_place_and_whether_it_was_mended() -> None:
    text = "how much is stevans, or Purdue?"
    first, second = reader().entities.find(text)
    assert text[first.start : first.end] == first.written == "stevans" and first.corrected
    assert text[second.start : second.end] == "Purdue" and not second.corrected


@pytest.mark.parametrize(("text", "low", "high", "money"), [
    ("30k", 30000, 30000, True), ("$25,000", 25000, 25000, True), ("25 grand", 25000, 25000, True), ("twenty-five grand", 25000, 25000, True),
    ("20-30k", 20000, 30000, True), ("20k to 30k", 20000, 30000, True), ("fifty and sixty thousand", 50000, 60000, True), ("a hundred thousand", 100000, 100000, True),
    ("22.5k", 22500, 22500, True), ("45", 45, 45, False), ("60000 usd", 60000, 60000, True),
])
def test_amounts(text: str, low: float, high: float, money: bool) -> None:
    words = tokens(text)
    found = Amounts(tables()[2]).find(text, words, [word.stem for word in words])
    assert [(a.low, a.high, a.money) for a in found] == [(low, high, money)]


@pytest.mark.parametrize(("text", "clauses"), [
    ("how much is gatech n do i need the gre", 2),
    ("which are online and have no gre", 1),
    ("does drexel, stevens and usc need the gre", 1),
    ("out of those, which is cheapest", 1),
    ("anything but columbia", 1),
    ("usc costs a lot but is drexel online?", 2),
    ("cheap? online? public?", 3),
])
def test_clauses(text: str, clauses: int) -> None:
    line = reader()._line(text)
    assert len(split(line, reader().lexicon)) == clauses


def test_the_stack_keeps_four_frames_and_the_newest_first() -> None:
    context = TableContext()
    for id_ in ("usc", "uiuc", "purdue", "drexel", "stevens"):
        context = context.pushed("program", (id_,))
    assert [frame.ids[0] for frame in context.stack] == ["stevens", "drexel", "purdue", "uiuc"]
    assert context.it("program") == ("stevens",) and context.pair("program") == ("drexel", "stevens")
    assert context.others("program", ("usc", "stevens")) == ("usc",)


def test_an_extreme_leaves_the_group_under_its_winner() -> None:
    context = TableContext().answered(Query("extreme", "program"), shown=("uiuc",), group=("uiuc", "purdue", "usc"))
    assert context.stack == (Frame("program", ("uiuc",)), Frame("program", ("uiuc", "purdue", "usc")))
    assert context.it("program") == ("uiuc",) and context.group("program") == ("uiuc", "purdue", "usc")


def test_reading_is_pure() -> None:
    text = "which programs are under 30k and is columbia online?"
    assert reader().read_all(text, TableContext()) == reader().read_all(text, TableContext())


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(["gre", "under", "30k", "columbia", "not", "cheapest", "than", "the", "one", "?", ",", "but", "both", "other", "two",
                                           "pays", "more", "except", "what", "if", "between", "and", "5", "nlp", "salary", "per", "credit", "waive"]),
                          st.text(max_size=6)), max_size=12).map(" ".join))
def test_any_text_is_read_without_a_crash(text: str) -> None:
    context = TableContext().pushed("program", ("usc", "purdue")).answered(Query("compare", "program", ("usc", "purdue")))
    for reading in reader().read_all(text, context):
        assert 0.0 <= reading.score <= 1.0
        assert 0 <= reading.span[0] <= reading.span[1] <= len(text)
