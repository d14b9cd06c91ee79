"""The state of a conversation: to JSON and back, undo, start over; and a reply never changes what it was given."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import advisor
from advisor.dialogue.conversation import LOG, UNDO, Conversation, State, focus, with_frame

FRAGMENTS = ("cheapest one without the gre?", "under 25k", "i love deep learning", "i hate math", "interview me", "2", "idk", "undo", "what about columbia", "and usc?",
             "why", "why not drexel", "start over", "more", "compare uiuc and purdue", "actually 40k is ok", "what if i had 60k", "are you sure", "summary please",
             "no gre please", "which degree suits me", "i want to be a data scientist", "yes", "no", "the second one", "forget the budget", "what is mlops", "thanks",
             "can i talk to a person", "what do nlp engineers earn", "only asynchronous ones", "no it's 9k")
talks = st.lists(st.sampled_from(FRAGMENTS), max_size=8)


def talked(engine, messages) -> list[Conversation]:
    out = [Conversation()]
    for message in messages:
        out.append(engine(out[-1], message)[0])
    return out


@settings(max_examples=40, deadline=None, derandomize=True)
@given(messages=talks)
def test_a_conversation_goes_to_json_and_back_without_loss(engine, messages):
    for conversation in talked(engine, messages)[-2:]:
        text = conversation.to_json()
        again = Conversation.from_json(text)
        assert again == conversation
        assert again.to_json() == text


@settings(max_examples=25, deadline=None, derandomize=True)
@given(messages=talks, following=st.sampled_from(FRAGMENTS))
def test_another_process_takes_the_next_turn_alike(engine, messages, following):
    conversation = talked(engine, messages)[-1]
    again = Conversation.from_json(conversation.to_json())
    assert engine(again, following) == engine(conversation, following)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(messages=talks.filter(bool))
def test_undo_brings_back_what_was_known_before(engine, messages):
    states = talked(engine, [m for m in messages if m != "undo"])
    if len(states) < 2:
        return
    undone, _ = engine(states[-1], "undo")
    assert undone.state.profile == states[-2].state.profile
    assert undone.state.tables == states[-2].state.tables
    assert undone.state.pending == states[-2].state.pending
    assert undone.past == states[-2].past


@pytest.mark.parametrize("text", ["", "{", "null", "[]", "5", '{"state": 5}', '{"state": {"turn": "x"}}', '{"past": [{}, 3]}', '{"state": {"profile": {"stances": [["a"]]}}}',
                                  '{"state": {"profile": {"stances": [{"topic": "a", "stance": "loves"}]}}}', "\x00"])
def test_what_is_no_conversation_is_a_value_error(text):
    with pytest.raises(ValueError):
        Conversation.from_json(text)


def test_an_empty_object_is_a_new_conversation():
    assert Conversation.from_json("{}") == Conversation()


def test_an_unknown_key_of_a_saved_conversation_is_an_error():
    with pytest.raises(ValueError):
        Conversation.from_json('{"state": {"trun": 3}}')


def test_twenty_states_can_be_undone_and_no_more(student):
    for number in range(UNDO + 5):
        student.says(f"i can spend at most {20 + number}k")
    assert len(student.conversation.past) == UNDO == 20
    for number in range(UNDO):
        student.says("undo")
        assert student.limits["tuition"][1] == (20 + UNDO + 3 - number) * 1000
    assert student.says("undo").startswith(student.sentence("undo.nothing"))
    assert student.limits["tuition"][1] == 24_000


def test_undo_with_nothing_before(student):
    student.says("undo")
    assert student.text.startswith(student.sentence("undo.nothing"))
    assert student.profile == State().profile


def test_undo_names_what_it_took_back_and_shows_what_is_left(student):
    student.says("i like statistics", "under 25k", "undo")
    assert "under 25k" in student.text
    assert student.limits == {}
    assert student.holds("statistics") == "likes"
    assert "statistic" in student.text.lower()
    assert student.reply.intent == "act.undo"


def test_undo_brings_the_pending_question_back(student):
    student.says("interview me", "1")
    first = student.conversation.past[-1].pending
    student.says("undo")
    assert student.state.pending == first == "goal"
    assert student.slot("goal") == "not asked"


def test_start_over_forgets_all_and_can_be_undone(student):
    student.says("i like statistics", "under 25k", "start over")
    assert student.profile == State().profile
    assert student.state.tables.stack == ()
    assert student.reply.degree is None
    student.says("undo")
    assert student.limits == {"tuition": (None, 25_000)}
    assert student.holds("statistics") == "likes"


def test_an_empty_message_changes_nothing(student):
    student.says("under 25k")
    before = student.conversation
    for nothing in ("", "   ", "\n\t", "\x1b[31m", "\u202e"):
        student.says(nothing)
        assert student.conversation == before
        assert student.text.startswith(student.sentence("empty"))


def test_the_log_keeps_the_last_messages_only(knowledge):
    from msgspec.structs import replace

    conversation = Conversation(State(log=tuple((str(i), "x") for i in range(LOG))))
    conversation, _ = advisor.respond(knowledge, conversation, "thanks")
    assert len(conversation.state.log) == LOG
    assert conversation.state.log[-1][0] == "thanks"
    assert replace(conversation.state.log and conversation.state) == conversation.state


def test_what_is_talked_about_is_remembered_newest_first():
    state = with_frame(with_frame(State(), "program", ("a", "b")), "career", ("c",))
    assert (focus(state, "program"), focus(state, "career"), focus(state, "degree")) == ("a", "c", "")
    again = with_frame(state, "program", ("a", "b"))
    assert [f.kind for f in again.tables.stack] == ["program", "career"]
    assert with_frame(state, "program", ()) == state
    many = state
    for i in range(20):
        many = with_frame(many, "program", (str(i),))
    assert len(many.tables.stack) == 4


def test_a_conversation_of_a_hundred_turns_stays_small(knowledge):
    conversation = Conversation()
    sizes = []
    for number in range(100):
        conversation, _ = advisor.respond(knowledge, conversation, FRAGMENTS[number % len(FRAGMENTS)])
        sizes.append(len(conversation.to_json()))
    assert max(sizes) < 1_000_000
    assert json.loads(conversation.to_json())["state"]["turn"] > 0
