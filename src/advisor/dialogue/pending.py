"""The question that waits: a message is tried as its answer first; anything else is a digression."""

from __future__ import annotations

from msgspec.structs import replace

from advisor.dialogue import degrees, programs
from advisor.dialogue.interview import added, chosen, effect
from advisor.dialogue.turn import Outcome, Turn
from advisor.knowledge.conditions import Test
from advisor.knowledge.profile import Limit, Profile, Slot
from advisor.knowledge.rules import Question
from advisor.replies.blocks import Span

#: Longer messages are more than an answer and are read as a whole.
SHORT = 14
#: Acts that answer a question by declining it.
DECLINES = ("dont_know", "neither")
#: While a question waits, a yes, a no or a "why?" is likely an answer to it; "not sure" even more so.
LIKELY, LIKELY_DECLINED = 0.35, 0.2


def answer(turn: Turn) -> Outcome | None:
    """What comes of the message as an answer to the pending question; None when it is none."""
    question = next((q for q in turn.pack.interview if q.question == turn.state.pending), None)
    text = turn.heard.cleaned.match
    if question is None or len(text.split()) > SHORT or len(turn.heard.parts) > 1:
        return None
    key = chosen(question, text, word_for_word=turn.part.asks)
    if key is None and (amount := _amount(question, turn)) is not None:
        slot = Slot(question.question, "amount", text, turn.state.turn)
        limit = Limit(question.amount, Test("at most", high=amount), text, turn.state.turn)
        state = replace(turn.state, pending="", profile=turn.state.profile.with_slot(slot).with_limit(limit))
        return _onward(replace(turn, state=state), question)
    if key is None:
        act = _act(turn)
        if act in ("yes", "no") and act in question.choices:
            key = act
        elif act in DECLINES:
            return _declined(turn, question)
    if key is None and _act(turn) == "why" and question.why and turn.state.said.intent == "interview":
        blocks = (turn.voice.say("interview.why", lead=True, why=Span(question.why)), turn.voice.say("interview.again", question=Span(question.ask)))
        return Outcome(turn.state, blocks, "interview.why", 0.9, suggestions=degrees.labels(question))
    if key is None:
        other = _answers_another(turn, question)
        if other is None:
            return None
        question, key = other
    turn = replace(turn, state=replace(turn.state, profile=_without_answer(turn.state.profile, question)))
    profile = added(turn.state.profile, effect(question, key, text, turn.state.turn))
    return _onward(replace(turn, state=replace(turn.state, pending="", profile=profile)), question)


def _without_answer(profile: Profile, question: Question) -> Profile:
    """The profile without what an earlier answer to the same question brought: an answer given anew replaces it."""
    slot = profile.slot(question.question)
    old = question.choices.get(slot.value or "") if slot else None
    if slot is None or old is None:
        return profile
    brought = {(topic, stance) for stance, topics in old.means.items() for topic in topics}
    kept = tuple(e for e in profile.stances if (e.topic, e.stance) not in brought or e.turn != slot.turn)
    return replace(profile, stances=kept, limits=tuple(x for x in profile.limits if x.key not in old.limits or x.turn != slot.turn))


def _answers_another(turn: Turn, waiting: Question) -> tuple[Question, str] | None:
    """A question of the interview whose choice is named word for word: one that was declined, or is still to come."""
    text = turn.heard.cleaned.match
    questions = [q for q in turn.pack.interview if q is not waiting and q.about == waiting.about]
    for question in questions:
        if key := chosen(question, text, word_for_word=True):
            return question, key
    if turn.part.table.corrected or _act(turn) in ("no", "undo") or text.lower().startswith(turn.pack.words.correct):
        answered = sorted((q for q in questions if turn.state.profile.slot(q.question)), key=lambda q: turn.state.asked.index(q.question)
                          if q.question in turn.state.asked else -1, reverse=True)
        for question in answered[:1]:
            if key := chosen(question, text):
                return question, key
    return None


def _act(turn: Turn) -> str:
    matches = turn.part.matches[:2]
    declines = next((m for m in matches if turn.pack.intents[m.intent].does in DECLINES and m.confidence >= LIKELY_DECLINED), None)
    best = declines or next((m for m in matches if m.confidence >= LIKELY), None)
    return turn.pack.intents[best.intent].does if best else ""


def _amount(question: Question, turn: Turn) -> float | None:
    """A sum that answers a question about money: "20k", "25000", a bare "20" meaning thousands."""
    if not question.amount:
        return None
    where = next((w for w in turn.part.table.limits if w.key == question.amount), None) or next(
        (w for w in (turn.part.table.query.where if turn.part.table.query else ()) if w.key == question.amount), None)
    if where is not None:
        return where.test.high or where.test.low
    plain = turn.heard.cleaned.match.strip().replace(",", "").lstrip("$").lower()
    if plain.removesuffix("k").isdecimal():
        number = float(plain.removesuffix("k"))
        return number * 1000 if number < 1000 else number
    return None


def _declined(turn: Turn, question: Question) -> Outcome:
    profile = turn.state.profile.with_slot(Slot(question.question, None, turn.heard.cleaned.match, turn.state.turn))
    return _onward(replace(turn, state=replace(turn.state, pending="", profile=profile)), question, declined=True)


def _onward(turn: Turn, question: Question, declined: bool = False) -> Outcome:
    """After an answer: the next question of an interview, else the verdict or the programs it was asked for."""
    found = degrees.verdict_of(turn.pack, turn.state.profile, turn.state.asked)
    if question.about == "programs":
        outcome = programs.recommend(turn)
    elif turn.state.interviewing and not found.settled:
        outcome = degrees.start_interview(turn)
    else:
        outcome = degrees.verdict(replace(turn, state=replace(turn.state, interviewing=False)))
    if declined:
        outcome = outcome.but(blocks=(turn.voice.say("interview.declined"), *outcome.blocks))
    return outcome
