"""Answers of the pack: paths filled, left out, or their `else` said; lists; tables."""

from __future__ import annotations

import pytest

from advisor.knowledge.answers import Intent, pieces
from advisor.knowledge.build import made
from advisor.knowledge.facts import Citation
from advisor.knowledge.profile import Profile, StanceEntry
from advisor.reasoning.conditions import holds
from advisor.replies.answers import render
from advisor.replies.blocks import Bullets, Paragraph, Reply, Table
from advisor.replies.render import line_text, to_plain


def answer(voice, *blocks, focus=None, profile=Profile(), **more):
    intent = made(Intent, {"examples": ["x"], "answer": list(blocks), **more})
    return render(intent, voice, focus or {}, lambda conditions, thing: holds(conditions, profile, thing))


def texts(found) -> list[str]:
    return [line_text(b.line) for b in found.blocks if isinstance(b, Paragraph)]


def test_a_path_is_filled_with_the_value_and_its_source(voice):
    found = answer(voice, {"say": "{alpha.name} costs {alpha.tuition}.", "source": "guide/fields"})
    assert texts(found) == ["Alpha costs about $7,000."]
    assert found.blocks[0].citations == (Citation("guide", "fields"), Citation("guide", "costs"))
    assert found.things == ("alpha",)
    assert found.cells == (("alpha", "tuition"),)
    assert [(s.text, s.thing, s.attribute) for s in found.blocks[0].line if s.origin == "fact"] == [("Alpha", "alpha", "name"), ("about $7,000", "alpha", "tuition")]


def test_a_path_of_a_kind_is_of_what_is_talked_about(voice):
    block = {"say": "{program.name}: {program.tuition}."}
    assert texts(answer(voice, block, focus={"program": "beta"})) == ["Beta: $75,000 or more."]
    assert answer(voice, block).blocks == ()
    assert texts(answer(voice, {**block, "else": "Name a program."})) == ["Name a program."]


def test_a_sentence_with_a_path_that_has_no_value_is_left_out_or_its_else_said(voice):
    missing = {"say": "{beta.name} is due {beta.deadline}."}
    found = answer(voice, missing, {"say": "And so on."})
    assert texts(found) == ["And so on."]
    assert (found.things, found.cells) == ((), ()), "what was not said is not in the answer"
    assert texts(answer(voice, {**missing, "else": "Ask {beta.name}."})) == ["Ask Beta."]
    assert answer(voice, {**missing, "else": "Also {beta.deadline}."}).blocks == ()


@pytest.mark.parametrize(("when", "profile", "said"), [
    ({"program.tuition": "known"}, Profile(), ["yes"]), ({"program.deadline": "known"}, Profile(), ["no"]), ({"program.gre": "required"}, Profile(), ["yes"]),
    ({"likes": "math"}, Profile(), ["no"]), ({"likes": "math"}, Profile((StanceEntry("math", "likes"),)), ["yes"]),
])
def test_a_block_is_said_when_its_condition_holds_and_open_is_not_enough(voice, when, profile, said):
    found = answer(voice, {"say": "yes", "when": when, "else": "no"}, focus={"program": "beta"}, profile=profile)
    assert texts(found) == [said[0].capitalize()]


def test_the_first_block_that_is_said_leads(voice):
    found = answer(voice, {"say": "{program.name} no."}, {"say": "second"}, {"say": "third"})
    assert [b.lead for b in found.blocks] == [True, False]


def test_a_list_keeps_the_items_that_can_be_said(voice):
    found = answer(voice, {"list": ["{alpha.name}: {alpha.tuition}", "{beta.name}: {beta.deadline}", "plain"], "source": "guide/fields"})
    (block,) = found.blocks
    assert isinstance(block, Bullets)
    assert [line_text(line) for line in block.lines] == ["Alpha: about $7,000", "plain"]
    assert block.citations == (Citation("guide", "fields"), Citation("guide", "costs"))
    assert answer(voice, {"list": ["{beta.deadline}"]}).blocks == ()


def test_a_table_of_ids_in_their_order(voice):
    found = answer(voice, {"table": "program", "ids": ["beta", "alpha"], "columns": ["name", "tuition", "deadline"]})
    (table,) = found.blocks
    assert isinstance(table, Table)
    assert table.head == ("program", "tuition", "deadline")
    assert table.ids == found.things == ("beta", "alpha")
    assert [[line_text(cell) for cell in row] for row in table.rows] == [["Beta", "$75,000 or more", "not stated"], ["Alpha", "about $7,000", "1 March (its own page)"]]
    assert Citation("alpha-page") in table.citations


def test_a_table_of_what_meets_a_condition_and_open_does_not(voice):
    for where, ids in (({"program.gre": "required"}, ("beta",)), ({"program.credits": "at least 1"}, ("alpha",)), ({"program.tuition": "under 1"}, ())):
        assert answer(voice, {"table": "program", "where": where, "columns": ["tuition"]}).things == ids


def test_a_table_sorted_cut_and_with_the_kind_s_own_columns(voice):
    (table,) = answer(voice, {"table": "program", "ids": ["beta", "alpha"], "sort": "tuition", "limit": 1}).blocks
    assert (table.ids, table.head) == (("alpha",), ("program", "tuition"))
    (table,) = answer(voice, {"table": "program", "sort": "credits"}).blocks
    assert table.ids == ("alpha", "beta"), "unknown comes last"


def test_a_bare_key_of_where_is_a_column_of_the_table(voice):
    assert answer(voice, {"table": "program", "where": {"gre": "required"}, "columns": ["tuition"]}).things == ("beta",)


def test_programs_that_an_intent_names_come_first(voice):
    assert answer(voice, {"say": "{alpha.name}"}, programs=["beta"]).things == ("beta", "alpha")


@pytest.mark.parametrize("text", ["{a.b!r}", "{a.b:>3}", "{}", "{", "}", "{a", "{a{b}}"])
def test_a_text_is_words_and_paths_only(text):
    with pytest.raises(ValueError):
        pieces(text)


def test_a_doubled_brace_is_a_brace():
    assert [(p.text, p.path) for p in pieces("{{x}} {a.b}")] == [("{", False), ("x}", False), (" ", False), ("a.b", True)]


def test_every_shipped_answer_can_be_given_with_and_without_something_in_focus(knowledge):
    pack, voice = knowledge.pack, knowledge.voice
    for focus in ({}, {"program": "drexel", "career": "ml_engineer", "specialization": "nlp", "degree": "data_science"}):
        for id_, intent in pack.intents.items():
            found = render(intent, voice, focus, lambda c, t: holds(c, Profile(), t))
            plain = to_plain(Reply(found.blocks))
            assert "{" not in plain and "None" not in plain, id_
            assert all(i in pack.things for i in found.things), id_
            if intent.answer and not intent.does and focus:
                assert found.blocks, f"{id_} has nothing to say"
