"""Sentences of the wording and cells as typed spans that keep where they come from."""

from __future__ import annotations

import pytest

from advisor.knowledge.facts import Citation
from advisor.replies.blocks import Span
from advisor.replies.render import line_text
from advisor.replies.voice import as_line, capitalized, joined


def text(cell) -> str:
    return line_text(cell[0])


@pytest.mark.parametrize(("parts", "said"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")])
def test_parts_are_joined_as_in_speech(parts, said):
    assert line_text(joined(parts)) == said


def test_other_joints():
    assert line_text(joined(["a", "b", "c"], "; ", "; ")) == "a; b; c"
    assert line_text(joined([Span("x"), (Span("y"), Span("z"))], " or ")) == "x or yz"


def test_a_bare_text_is_worked_out_and_spans_keep_their_origin():
    assert as_line("7") == (Span("7", "worked_out"),)
    assert as_line(Span("7", "own")) == (Span("7", "own"),)


@pytest.mark.parametrize(("first", "said"), [("alpha", "Alpha"), ("éa", "Éa"), ("https://a.example", "https://a.example"), ("7 a", "7 a"), ("", "")])
def test_a_sentence_begins_with_a_capital_and_an_address_does_not(first, said):
    assert line_text(capitalized((Span(first),))) == said
    assert capitalized(()) == ()


def test_a_capital_keeps_the_type_of_the_span():
    assert capitalized((Span("alpha", "fact", "a", "name", strong=True),)) == (Span("Alpha", "fact", "a", "name", strong=True),)


def test_a_sentence_is_filled_and_its_own_words_are_the_pack_s(voice):
    line = voice.line("value.one", name=voice.name("alpha"), label="tuition", value=Span("$7", "fact", "alpha", "tuition"))
    assert line_text(line) == "Alpha: tuition $7."
    assert [span.origin for span in line] == ["fact", "pack", "worked_out", "pack", "fact", "pack"]
    assert voice.text("value.one", name="A", label="b") == "A: b ."


def test_a_sentence_that_is_not_there_is_an_error(voice):
    with pytest.raises(KeyError):
        voice.line("nothing")


def test_paragraphs_cite_each_source_once(voice):
    cited = (Citation("a"), Citation("b"), Citation("a"))
    assert voice.say("undated", citations=cited, lead=True).citations == (Citation("a"), Citation("b"))


@pytest.mark.parametrize(("id_", "key", "said"), [
    ("alpha", "tuition", "about $7,000"), ("beta", "tuition", "$75,000 or more"), ("alpha", "gre", "does not require the GRE"), ("beta", "gre", "required"),
    ("alpha", "strong_in", "Computer vision and robots"), ("alpha", "length", "4 years (beside a job); 2 years (full time)"),
])
def test_cells_in_words(voice, id_, key, said):
    assert text(voice.cell(voice.pack.things[id_], key)) == said


def test_a_cell_cites_all_its_facts_and_types_its_spans(voice):
    line, cited = voice.cell(voice.pack.things["alpha"], "strong_in")
    assert cited == (Citation("guide", "fields"), Citation("guide", "costs"))
    assert [(s.thing, s.attribute) for s in line if s.origin == "fact"] == [("vision", "name"), ("alpha", "strong_in")]


@pytest.mark.parametrize("key", ["credits", "deadline", "length"])
def test_what_is_unknown_or_missing_is_no_cell(voice, key):
    assert voice.cell(voice.pack.things["beta"], key) is None


def test_labels_and_names(voice):
    assert voice.label("program", "tuition") == "tuition"
    assert voice.label("program", "per_credit") == "a credit"
    assert voice.label("program", "else") == "else"
    assert voice.name("nowhere").text == "nowhere"
    assert line_text(voice.names(["alpha", "beta"])) == "Alpha and Beta"
