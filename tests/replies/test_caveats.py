"""Where a school's page disagrees: told in one line, each once a conversation."""

from __future__ import annotations

from advisor.dialogue.caveats import due, keys, line
from advisor.knowledge.facts import Citation
from advisor.replies.render import line_text


def test_only_what_was_stated_and_not_yet_told_is_due(voice):
    pack = voice.pack
    assert due(pack, (), ()) == []
    assert due(pack, [("alpha", "credits"), ("beta", "tuition")], ()) == []
    found = due(pack, [("alpha", "tuition"), ("beta", "gre")], ())
    assert len(set(keys(found))) == 2
    assert all(key.startswith("conflict:") for key in keys(found))
    assert due(pack, [("alpha", "tuition"), ("beta", "gre")], keys(found)) == []
    assert [c.thing for c in due(pack, [("alpha", "tuition"), ("beta", "gre")], keys(found[:1]))] == ["beta"]


def test_the_same_sentence_about_two_columns_is_told_once(voice):
    assert len(due(voice.pack, [("alpha", "tuition"), ("alpha", "gre")], ())) == 1


def test_one_is_told_with_its_year_and_where_to_check(voice):
    block = line(voice, due(voice.pack, [("alpha", "tuition")], ()))
    assert line_text(block.line) == "One thing to check: Alpha: its page says $8,000 (2025, https://alpha.example)."
    assert block.caution
    assert block.citations == (Citation("alpha-page"),)


def test_an_undated_one_is_called_so(voice):
    assert "(undated, https://beta.example)" in line_text(line(voice, due(voice.pack, [("beta", "gre")], ())).line)


def test_two_are_folded_into_one_line(voice):
    block = line(voice, due(voice.pack, [("alpha", "tuition"), ("beta", "gre")], ()))
    assert line_text(block.line) == "One thing to check: Alpha: its page says $8,000 (2025); Beta: its page leaves it open (undated)."
    assert len(block.citations) == 2


def test_of_many_only_the_columns_are_named(voice):
    block = line(voice, due(voice.pack, [("alpha", "tuition"), ("beta", "gre"), ("alpha", "length")], ()))
    assert line_text(block.line) == "Check: Alpha (tuition, length) and Beta (GRE)."
