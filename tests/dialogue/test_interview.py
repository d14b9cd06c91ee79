"""The question that waits: answered by number, label, in free words, with yes, no or a sum, or declined; digressions return."""

from __future__ import annotations

import pytest

from advisor.dialogue.interview import added, chosen, effect, next_question, open_questions
from advisor.knowledge.build import made
from advisor.knowledge.conditions import parse_test
from advisor.knowledge.profile import Limit, Profile, Slot, StanceEntry
from advisor.knowledge.rules import Question

Q = made(Question, {
    "question": "q", "ask": "Which?", "choices": {
        "whole": {"label": "The whole system", "examples": ["all of it", "the car"], "means": {"likes": ["systems", "robots"]}, "limits": {"tuition": "at most 100"}},
        "model": {"label": "The model inside", "examples": ["just the model"], "means": {"avoids": "systems"}},
        "none": {"label": "Neither of them"}}})


# ---------------------------------------------------------------- choosing
@pytest.mark.parametrize(("text", "key"), [
    ("1", "whole"), ("2", "model"), ("3", "none"), ("4", None), ("0", None), ("2.", "model"), ("the whole system", "whole"), ("The Whole System!", "whole"),
    ("the whole sytem", "whole"), ("all of it", "whole"), ("well, all of it i think", "whole"), ("the second", "model"), ("the first one", "whole"), ("last", "none"),
    ("bananas", None), ("", None), ("what does usc cost", None),
])
def test_a_choice_by_number_label_or_words(text, key):
    assert chosen(Q, text) == key


@pytest.mark.parametrize("text", ["²", "፩", "٣", "𝟙", "①"])
def test_other_digits_are_no_crash(text):
    assert chosen(Q, text) in {None, *Q.choices}


def test_what_a_choice_means():
    got = effect(Q, "whole", "all", 3)
    assert got.stances == (StanceEntry("systems", "likes", "all", 3), StanceEntry("robots", "likes", "all", 3))
    assert got.limits == (Limit("tuition", parse_test("at most 100"), "all", 3),)
    assert got.slots == (Slot("q", "whole", "all", 3),)
    assert effect(Q, "none", "", 1).slots[0].value == "none"
    before = Profile((StanceEntry("systems", "avoids"), StanceEntry("x", "likes")), (Limit("gre", parse_test("no")),))
    after = added(before, got)
    assert [e.topic for e in after.stances] == ["x", "systems", "robots"]
    assert [x.key for x in after.limits] == ["gre", "tuition"]


def asked(**more) -> Question:
    return made(Question, {"question": more.pop("id", "q"), "ask": "?", "choices": {"a": {"label": "A"}}, **more})


def test_which_questions_are_open():
    everything = [asked(id="plain"), asked(id="done"), asked(id="covered", covered_by=["math"]), asked(id="money", amount="tuition"), asked(id="called", when={"likes": "x"}),
                  asked(id="other", about="programs")]
    profile = Profile((StanceEntry("math", "avoids"),), (Limit("tuition", parse_test("under 3")),), (Slot("done", None),))
    assert [q.question for q in open_questions(everything, profile, (), "degree")] == ["plain"]
    assert [q.question for q in open_questions(everything, Profile((StanceEntry("x", "likes"), StanceEntry("math", "asked"))), ("plain",), "degree")] == [
        "done", "covered", "money", "called"]
    assert next_question(everything, Profile((StanceEntry("x", "likes"),)), (), "degree").question == "called"
    assert next_question(everything, Profile(), ("plain",), "programs").question == "other"
    assert next_question([], Profile(), (), "degree") is None


# ---------------------------------------------------------------- in a conversation
def question(student, id_):
    return next(q for q in student.knowledge.pack.interview if q.question == id_)


def test_an_interview_asks_offers_its_choices_and_goes_on(student):
    student.says("interview me")
    first = student.state.pending
    assert question(student, first).ask in student.text
    labels = tuple(c.label for c in question(student, first).choices.values())
    assert student.reply.suggestions == labels[: len(student.reply.suggestions)]
    assert len(student.reply.suggestions) >= min(4, len(labels))
    student.says("1")
    assert student.state.pending not in ("", first)
    assert student.slot(first) == next(iter(question(student, first).choices))
    assert student.reply.degree is not None


def test_all_choices_of_a_question_are_offered(student):
    student.says("interview me")
    assert student.reply.suggestions == tuple(c.label for c in question(student, student.state.pending).choices.values())[:6]


@pytest.mark.parametrize("how", ["number", "label", "label in lower case", "example"])
def test_every_choice_of_the_first_question_can_be_given_in_each_way(student, how):
    student.says("interview me")
    first, start = student.state.pending, student.conversation
    for index, (key, choice) in enumerate(question(student, first).choices.items(), 1):
        student.conversation = start
        said = {"number": str(index), "label": choice.label, "label in lower case": choice.label.lower(), "example": choice.examples[0]}[how]
        student.says(said)
        assert student.slot(first) == key, said
        for stance, topics in choice.means.items():
            assert all(student.holds(topic) == stance for topic in topics)


@pytest.mark.parametrize("words", ["idk", "i don't know", "not sure", "no idea", "skip", "neither", "none of these", "dunno"])
def test_not_knowing_declines_the_question_and_goes_on(student, words):
    student.says("interview me")
    first = student.state.pending
    student.says(words)
    assert student.slot(first) in (None, "not asked"), words
    assert student.state.pending != first, "the same question is not asked again"
    assert student.state.pending or student.reply.degree


def test_idk_to_everything_comes_to_an_end(student):
    student.says("interview me")
    asked_ = [student.state.pending]
    for _ in range(20):
        if not student.state.pending:
            break
        student.says("idk")
        asked_.append(student.state.pending)
    assert student.state.pending == ""
    assert len(set(asked_)) == len(asked_), "no question twice"
    assert all(student.slot(q) is None for q in asked_ if q)


def test_the_first_answer_to_everything_comes_to_a_verdict(student):
    student.says("interview me")
    for _ in range(20):
        if not student.state.pending:
            break
        student.says("1")
    assert student.state.pending == ""
    assert student.reply.degree is not None
    assert student.reply.degree.top


@pytest.mark.parametrize("digression", ["what does columbia cost", "does usc require the gre?", "what is deep learning", "thanks"])
def test_a_digression_is_answered_and_the_question_comes_back(student, digression):
    student.says("interview me")
    first = student.state.pending
    ask = question(student, first).ask
    answer = student.says(digression)
    assert student.state.pending == first
    assert answer.rstrip().find(ask) > 0, "the answer first, then the question"
    assert student.reply.suggestions == tuple(c.label for c in question(student, first).choices.values())[:6]
    student.says("2")
    assert student.slot(first) == list(question(student, first).choices)[1], "and it can still be answered"


def to_programs_question(student, id_: str) -> None:
    """Brings a question about programs to wait."""
    student.says("which programs suit me")
    for _ in range(12):
        if student.state.pending == id_:
            return
        student.says("idk")
    pytest.fail(f"{id_} is not asked on this way")


@pytest.mark.parametrize(("words", "most"), [("20k", 20_000), ("$30,000", 30_000), ("25000", 25_000), ("about 40k", 40_000), ("under 20k", 20_000), ("max 35k", 35_000)])
def test_a_sum_answers_the_question_about_money(student, words, most):
    to_programs_question(student, "budget")
    student.says(words)
    _, high = student.limits["tuition"]
    assert high == most
    assert student.slot("budget") not in (None, "not asked") or student.state.pending != "budget"
    prices = {t.id: t.value("tuition").low for t in student.knowledge.pack.of_kind("program")}
    assert all(prices[i] <= most * 1.1 for i in student.reply.programs)


def test_a_bare_number_means_thousands(student):
    to_programs_question(student, "budget")
    student.says("20")
    assert student.limits["tuition"] == (None, 20_000)


def test_a_small_number_picks_the_choice(student):
    to_programs_question(student, "budget")
    student.says("2")
    assert student.limits["tuition"] == (None, 60_000)


@pytest.mark.parametrize(("words", "stance"), [("no", "refuses"), ("nope", "refuses"), ("rather not", "refuses"), ("yes", ""), ("yeah sure", ""), ("i would take it", "")])
def test_yes_and_no_answer_a_question_that_has_them(student, words, stance):
    to_programs_question(student, "budget")
    student.says("idk")
    if student.state.pending != "gre":
        student.says("which programs suit me")
    assert student.state.pending == "gre"
    student.says(words)
    assert student.state.pending != "gre"
    assert student.holds("gre") in ((stance,) if stance else ("", "likes", "wants", "has", "mentioned"))
    if stance:
        assert not {"columbia", "carnegie-mellon", "usc"} & set(student.reply.programs)


def test_a_long_message_is_read_as_a_whole_even_while_a_question_waits(student):
    student.says("interview me")
    student.says("i have a degree in physics and i really like statistics, but i do not want to take the gre and i can spend about 30k at most")
    assert "tuition" in student.limits or student.holds("gre") in ("refuses", "avoids")
    assert student.holds("statistics") in ("likes", "wants")
