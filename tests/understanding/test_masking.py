"""Names become their kind, so that what is learned of one is learned of all."""

from __future__ import annotations

import pytest

from advisor.understanding.masking import expanded, mask, masked
from advisor.understanding.tables import Mention


def mention(text: str, word: str, kind: str, id_: str = "x") -> Mention:
    start = text.index(word)
    return Mention(id_, kind, start, start + len(word), word)


def test_names_of_the_kinds_asked_for_are_replaced():
    text = "is Columbia better than an ML degree at USC"
    mentions = (mention(text, "Columbia", "program"), mention(text, "ML", "degree"), mention(text, "USC", "program"))
    assert mask(text, mentions, ("program",)) == "is {program} better than an ML degree at {program}"
    assert mask(text, mentions, ("program", "degree")) == "is {program} better than an {degree} degree at {program}"
    assert mask(text, mentions[::-1], ("degree",)) == "is Columbia better than an {degree} degree at USC"
    assert mask(text, (), ("program",)) == text
    assert mask(text, mentions, ()) == text


def test_overlapping_names_are_replaced_once():
    text = "georgia tech online"
    both = (mention(text, "georgia tech", "program"), mention(text, "tech online", "program"))
    assert mask(text, both, ("program",)) == "{program} online"


def test_the_shipped_names_are_found_in_the_text_itself(knowledge):
    assert masked("what does gatech cost", knowledge.names, ("program",)) == "what does {program} cost"
    assert masked("carnigie melon or columbia?", knowledge.names, ("program",)) == "{program} or {program}?"
    assert masked("what does it cost", knowledge.names, ("program",)) == "what does it cost"


NAMES = {"degree": ("data science", "machine learning"), "career": ("data scientist",), "empty": ()}


def test_an_example_stands_as_it_is_and_once_with_real_names():
    same, filled = expanded("should i do {degree} or {degree}", NAMES, "program")
    assert same == "should i do {degree} or {degree}"
    assert "{" not in filled
    assert "data science" in filled
    assert "machine learning" in filled


@pytest.mark.parametrize("example", ["no names here", "is {program} hard", "a { brace", "{}"])
def test_an_example_without_other_names_stays_alone(example):
    assert expanded(example, NAMES, "program") == (example,)


def test_a_kind_without_things_keeps_its_place_and_programs_stay():
    assert expanded("{empty} and {career} at {program}", NAMES, "program")[1] == "{empty} and data scientist at {program}"


def test_the_names_chosen_do_not_depend_on_chance():
    assert expanded("{degree} {degree} {degree}", NAMES, "program") == expanded("{degree} {degree} {degree}", NAMES, "program")
