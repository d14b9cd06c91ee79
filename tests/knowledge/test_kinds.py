"""The shipped tables: what kinds.yaml declares, the rows fill, and every cell can be said."""

from __future__ import annotations

import re

import pytest

from advisor.knowledge.conditions import parse_test
from advisor.knowledge.holds import holds
from advisor.knowledge.kinds import Attribute
from advisor.knowledge.values import say_value
from advisor.replies.render import line_text

PROGRAMS = ["georgia-tech", "columbia", "carnegie-mellon", "northeastern", "stevens", "drexel", "johns-hopkins", "usc", "uiuc", "purdue"]
COLUMNS = ["degree_title", "ml_courses", "credits", "tuition", "gre", "format", "standout"]


def test_the_ids_that_others_rely_on(knowledge):
    pack = knowledge.pack
    assert [t.id for t in pack.of_kind("program")] == PROGRAMS
    assert {t.id for t in pack.of_kind("degree")} == {"machine_learning", "artificial_intelligence", "data_science", "computer_science", "data_analytics",
                                                      "information_technology", "software_engineering", "cybersecurity"}
    assert len(pack.of_kind("specialization")) == len(pack.of_kind("career")) == 7
    assert len([i for i in pack.intents if i.startswith("faq.")]) >= 40
    assert set(pack.degree_rules.degrees) == {t.id for t in pack.of_kind("degree")}


@pytest.mark.parametrize("column", COLUMNS)
def test_every_program_has_every_column_of_the_table(knowledge, column):
    for thing in knowledge.pack.of_kind("program"):
        assert thing.value(column) is not None, f"{thing.id} has no {column}"


def test_every_fact_has_a_source_or_says_from_what_it_was_read(knowledge):
    pack = knowledge.pack
    for thing in pack.things.values():
        for key, facts in thing.facts.items():
            for fact in facts:
                assert fact.citations, f"{thing.id}.{key}"
                assert all(c.source in pack.sources for c in fact.citations)


def test_every_program_has_an_address_for_what_we_do_not_know(knowledge):
    for thing in knowledge.pack.of_kind("program"):
        assert thing.value("official_page").text.startswith(("https://", "http://")), thing.id


def test_every_cell_is_said_in_words(knowledge):
    voice = knowledge.voice
    for thing in knowledge.pack.things.values():
        for key in thing.facts:
            cell = voice.cell(thing, key)
            text = line_text(cell[0]) if cell else "x"
            assert text.strip(), f"{thing.id}.{key}"
            assert not re.search(r"[{}]|None|\b\d+(\.\d+)?e\+?\d+", text), f"{thing.id}.{key}: {text}"


def test_columns_worked_out_and_shown_exist(knowledge):
    for name, kind in knowledge.pack.kinds.items():
        assert set(kind.columns) <= set(kind.attributes), name
        for derived in kind.derived.values():
            assert {derived.of, derived.by} <= set(kind.attributes), name
        for key, attribute in kind.attributes.items():
            assert set(attribute.with_) <= set(kind.attributes), f"{name}.{key}"
            assert 0 <= attribute.near_share < 1
            for band in attribute.bands.values():
                assert parse_test(band.test).op
            if attribute.type == "choice":
                assert attribute.values, f"{name}.{key}"


def test_a_share_is_written_in_percent():
    assert Attribute(type="money", label="x", near="5%").near_share == 0.05
    assert Attribute(type="money", label="x").near_share == 0


@pytest.mark.parametrize(("id_", "test", "verdict"), [
    ("georgia-tech", "under 25000", True), ("georgia-tech", "under 7000", False), ("georgia-tech", "at most 7000", True), ("columbia", "under 30000", False),
    ("uiuc", "between 20000 and 22000", True), ("uiuc", "about 22000", True), ("uiuc", "about 30000", False), ("uiuc", "known", True),
])
def test_prices_and_limits(knowledge, id_, test, verdict):
    assert holds(parse_test(test), knowledge.pack.things[id_].value("tuition")) is verdict


def test_a_price_open_above_is_unknown_against_a_limit_over_its_floor(knowledge):
    opened = [t for t in knowledge.pack.of_kind("program") if t.value("tuition").high is None]
    for thing in opened:
        value = thing.value("tuition")
        assert holds(parse_test(f"at most {value.low + 5000:.0f}"), value) is None
        assert holds(parse_test(f"at most {value.low - 5000:.0f}"), value) is False
        assert "or more" in say_value(value)


def test_labels_of_topics_complete_a_sentence(knowledge):
    for id_, topic in knowledge.pack.topics.topics.items():
        assert topic.label == topic.label.strip(" ."), id_
        for kind, thing in topic.suggests.items():
            assert kind not in knowledge.pack.kinds or knowledge.pack.things[thing].kind == kind, id_


def test_the_interview_means_and_limits_what_exists(knowledge):
    pack = knowledge.pack
    for question in pack.interview:
        assert question.choices or question.amount
        assert set(question.splits) <= set(pack.degree_rules.degrees)
        assert not question.amount or question.amount in pack.kinds["program"].attributes
        for choice in question.choices.values():
            for key, test in choice.limits.items():
                assert key in pack.kinds["program"].attributes
                assert parse_test(test).op


def test_chips_and_examples_are_short_and_said_as_a_student_would(knowledge):
    for id_, intent in knowledge.pack.intents.items():
        for chip in intent.chips:
            assert len(chip) <= 80, id_
            assert "{" not in chip, id_
