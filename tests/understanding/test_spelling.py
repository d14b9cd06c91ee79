"""Slips are mended towards the pack's words, and good words are left alone."""

from __future__ import annotations

import pytest
from shipped_words import guard, reader, stances, topics

from advisor.understanding.spelling import Speller
from advisor.understanding.stances import known_words

SPELLER = Speller(known_words(topics(), stances()), guard())


@pytest.mark.parametrize(("slip", "meant"), [
    ("statistcs", "statistics"), ("machne", "machine"), ("lerning", "learning"), ("passoin", "passion"), ("visoin", "vision"),
    ("securty", "security"), ("buisness", "business"), ("pyton", "python"), ("pipline", "pipeline"), ("intrested", "interested"),
    ("anlytics", "analytics"), ("cybersecrity", "cybersecurity"), ("reinforcment", "reinforcement"), ("tabelau", "tableau"),
])
def test_a_slip_is_mended(slip: str, meant: str) -> None:
    assert SPELLER.correct(slip) == meant


@pytest.mark.parametrize("word", ["laid", "slide", "plant", "wall", "fail", "carrier", "grandma", "umbrella", "kitchen", "hospital",
                                  "machine", "learning", "models", "lol", "ok", "xyzzyqq", "2026", "c++", ""])
def test_a_good_word_or_a_hopeless_one_is_left_alone(word: str) -> None:
    assert SPELLER.correct(word) is None


def test_good_words_are_never_changed() -> None:
    assert [word for word in guard() if SPELLER.correct(word.lower())] == []


def test_two_words_written_as_one_are_split() -> None:
    assert SPELLER.split("deeplearning") == ("deep", "learning")
    assert SPELLER.split("computervision") == ("computer", "vision")
    assert SPELLER.split("learning") is None
    assert SPELLER.split("qwertyuiopas") is None


def test_the_earlier_known_word_wins_a_tie() -> None:
    assert Speller(["stack", "stock"], []).correct("steck") == "stack"
    assert Speller(["stock", "stack"], []).correct("steck") == "stock"


@pytest.mark.parametrize("text", ["i lvoe deep lerning", "im intrested in deep learnign", "i realy enjoy deeplearning"])
def test_slips_do_not_hide_a_stance(text: str) -> None:
    found = [entry for entry in reader().read(text).entries if entry.topic == "deep_learning"]
    assert [entry.stance for entry in found] == ["likes"]
