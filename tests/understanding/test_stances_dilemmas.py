"""What long posts are full of: other people's wishes, clefts, doubts, wishes for options, and questions that name degrees."""

from __future__ import annotations

import pytest
from shipped_words import reader


def said(text: str) -> dict[str, str]:
    """The last stance on each topic."""
    return {entry.topic: entry.stance for entry in reader().read(text).entries}


@pytest.mark.parametrize(("text", "topic", "stance"), [
    ("databases are fun, statistics is not", "statistics", "avoids"),
    ("i would rather build a web service than train a model", "build_models", "avoids"),
    ("What draws me is robotics.", "robotics", "likes"),
    ("what really gets me excited is dashboards", "dashboards", "likes"),
    ("I am scared of statistics.", "statistics", "avoids"),
    ("I have no interest in training models, sorry. Which of the degrees here fits someone like me?", "build_models", "avoids"),
    ("dont want robots, dont want dashboards, just deep learning", "deep_learning", "wants"),
    ("Tableau feels a bit shallow.", "bi_tools", "avoids"),
    ("I find compilers beautiful, and malware is exciting.", "security", "likes"),
    ("what I really want is hands-on: malware analysis", "security", "wants"),
    ("want to work on self driving cars, not only training models", "build_models", "mentioned"),
    ("I want to understand enough of data platforms to judge them", "data_infrastructure", "wants"),
    ("I don't want to take algorithms at 41.", "cs_theory", "avoids"),
])
def test_a_turn_of_long_posts(text: str, topic: str, stance: str) -> None:
    assert said(text).get(topic) == stance


@pytest.mark.parametrize("text", [
    "Dad (network admin) wants me to do IT, my uncle in consulting wants analytics.",
    "A colleague went for data science and now builds models.",
    "The recruiters say data analytics.",
    "And my older brother is in robotics.",
])
def test_what_others_want_or_do_is_not_the_students(text: str) -> None:
    assert said(text) == {}


def test_a_friend_of_whom_the_student_is_one_is_no_other() -> None:
    assert said("my friends and I build robots") == {"robotics": "has"}


@pytest.mark.parametrize("text", [
    "I'm afraid that a specialized degree locks me in",
    "putting everything on one horse worries me",
    "I must keep as many doors open as possible",
    "a degree that doesn't force me to decide now",
    "I'd rather not close any door",
])
def test_options_are_wished_for_whatever_the_words(text: str) -> None:
    read = said(text)
    assert read.get("flexibility") in ("wants", "likes", "mentioned") or read.get("lock_in") in ("mentioned", "avoids")
    assert read.get("flexibility") not in ("has", "avoids")


@pytest.mark.parametrize("text", ["should i get a degree in data science?", "is a data science degree right for someone who mostly codes?"])
def test_a_degree_in_a_question_is_none_that_one_has(text: str) -> None:
    assert said(text)["data_science"] == "asked"


def test_finding_out_what_caused_what_is_no_doubt() -> None:
    assert not reader().read("figuring out what caused what is fun").unsure
    assert reader().read("still figuring out what i want").unsure


def test_a_wish_is_no_background() -> None:
    assert said("I have a tight budget and a plan to finish fast").get("finish_fast") != "has"


def test_the_first_sentence_tells_where_one_comes_from() -> None:
    assert said("Threat analyst at a bank, five years. I love dashboards.") == {"security_analyst": "has", "finance": "has", "dashboards": "likes"}
