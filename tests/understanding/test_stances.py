"""Turns of phrase, each with topics of the pack in place of A and B, with and without punctuation."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shipped_words import plain, reader, topics

from advisor.knowledge.profile import STANCES

# plain names of topics that no other phrase of the pack swallows
NAMES = {"chatbots": "chat_agents", "statistics": "statistics", "image recognition": "vision", "databases": "databases",
         "malware": "security", "deep learning": "deep_learning", "dashboards": "dashboards", "self driving cars": "self_driving",
         "devops": "devops", "natural language processing": "nlp", "bayesian methods": "bayesian", "kpis": "bi"}
PAIRS = [(a, b) for number, a in enumerate(NAMES) for b in list(NAMES)[number + 3 : number + 4] or list(NAMES)[:1]]
CASES: list[dict[str, Any]] = plain("tests/understanding/constructions.yaml")
FRESH: list[dict[str, Any]] = plain("tests/understanding/constructions_fresh.yaml")


def filled(say: str, a: str, b: str, punctuation: bool = True) -> str:
    text = re.sub(r"\bA\b", a, say)
    text = re.sub(r"\bB\b", b, text)
    return text if punctuation else re.sub(r"[^\w\s]", "", text)


def last_stance(text: str, topic: str) -> str:
    found = [entry.stance for entry in reader().read(text).entries if entry.topic == topic]
    return found[-1] if found else "-"


def wrong(case: dict[str, Any], a: str, b: str, punctuation: bool = True) -> list[tuple[str, str, str]]:
    text = filled(case["say"], a, b, punctuation)
    expected = [(NAMES[a], case["A"])] + ([(NAMES[b], case["B"])] if "B" in case else [])
    return [(text, topic, found) for topic, stance in expected if (found := last_stance(text, topic)) != stance]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["say"])
def test_a_turn_of_phrase_is_read_for_any_topics(case: dict[str, Any]) -> None:
    failures = [failure for a, b in PAIRS for failure in wrong(case, a, b)]
    assert failures == []


@pytest.mark.parametrize("case", [case for case in CASES if "exact" not in case], ids=lambda case: case["say"])
def test_it_is_read_without_punctuation_too(case: dict[str, Any]) -> None:
    failures = [failure for a, b in PAIRS for failure in wrong(case, a, b, punctuation=False)]
    assert failures == []


def test_most_idioms_are_read_and_few_turned_round() -> None:
    against = {"likes": "avoids", "wants": "avoids", "avoids": "likes", "has": "lacks", "lacks": "has"}
    read = turned = total = 0
    for case in FRESH:
        for a, b in PAIRS:
            bad = {topic: found for _, topic, found in wrong(case, a, b)}
            total += 1
            read += not bad
            turned += any(against.get(case[key], "") == bad.get(NAMES[name]) for key, name in (("A", a), ("B", b)) if key in case)
    assert read / total >= 0.9
    assert turned / total <= 0.02


@pytest.mark.parametrize("text", ["", "   ", "?!", "...", "hello there", "🙂", "\n\n", "a" * 500, "no", "yes", "not", "i", "it"])
def test_text_without_topics_gives_an_empty_reading(text: str) -> None:
    reading = reader().read(text)
    assert reading.entries == ()
    assert reading.topics == ()


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read_without_an_error(text: str) -> None:
    reading = reader().read(text)
    assert all(entry.stance in STANCES for entry in reading.entries)
    assert all(0 <= start < end <= len(text) for start, end in reading.explained)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from([*NAMES, "i", "love", "hate", "not", "no", "and", "or", "but", ",", ".", "?", "if", "my", "boss", "wants",
                                 "used to", "it", "them", "never", "want to", "have", "less", "than", "over", "person", "yes"]), max_size=25))
def test_words_in_any_order_are_read_without_an_error(words: list[str]) -> None:
    text = " ".join(words)
    reading = reader().read(text)
    named = {topic.topic for topic in reading.topics}
    assert {entry.topic for entry in reading.entries} <= named
    assert reading == reader().read(text)


def test_entries_keep_the_words_the_turn_and_whether_it_is_a_must() -> None:
    reading = reader().read("I want deep learning. Ideally no travel.", turn=4)
    entries = {entry.topic: entry for entry in reading.entries}
    assert entries["deep_learning"].words == "want deep learning"
    assert entries["deep_learning"].turn == 4
    assert entries["deep_learning"].must
    assert entries["travel"].stance == "avoids"
    assert not entries["travel"].must


def test_a_past_wish_is_dropped() -> None:
    assert reader().read("i thought i wanted image recognition").dropped == ("vision",)
    assert reader().read("statistics used to be fun").dropped == ("statistics",)


def test_being_unsure_is_noticed_and_a_wish_behind_it_is_only_a_question() -> None:
    reading = reader().read("not sure i want deep learning")
    assert reading.unsure
    assert reading.entries[0].stance == "asked"
    assert not reader().read("i want deep learning").unsure


def test_spans_point_into_the_text_as_given() -> None:
    text = "I don’t like “deep learning” — but databases, yes"
    reading = reader().read(text)
    assert [text[hit.start : hit.end] for hit in reading.topics] == ["deep learning", "databases"]
    assert last_stance(text, "deep_learning") == "avoids"
    assert last_stance(text, "databases") == "likes"


def test_every_topic_is_found_by_its_own_phrases() -> None:
    lost = []
    for name, topic in topics().topics.items():
        plain_phrases = [phrase for phrase in topic.phrases if not set("{&") & set(phrase)]
        found = sum(any(hit.topic == name for hit in reader().read(f"there is {phrase}").topics) for phrase in plain_phrases)
        if found < 0.9 * len(plain_phrases):
            lost.append((name, found, len(plain_phrases)))
    assert lost == []
