"""When nothing was understood for certain: what was named, the nearest intents as suggestions, or an honest no."""

from __future__ import annotations

from msgspec.structs import replace

from advisor.dialogue import programs
from advisor.dialogue.conversation import with_frame
from advisor.dialogue.turn import Outcome, Turn
from advisor.knowledge.queries import Query
from advisor.reasoning.tables import evaluate
from advisor.replies.blocks import following
from advisor.replies.cells import page_of


def lost(turn: Turn, near: tuple[str, ...] = ()) -> Outcome:
    """The best honest reply when no reading is sure."""
    named = tuple(dict.fromkeys(m.id for m in turn.heard.mentions if m.kind == turn.pack.main))
    if len(named) > 1:
        query = Query("compare", turn.pack.main, named[:4])
        return programs.from_answer(turn, evaluate(query, turn.pack.kinds, turn.pack.things), confidence=0.3)
    if named:
        return _of_program(turn, named[0])
    for kind in turn.pack.kinds:
        found = turn.heard.named(kind)
        if found:
            query = Query("card", kind, found[:2])
            return programs.from_answer(turn, evaluate(query, turn.pack.kinds, turn.pack.things), confidence=0.3)
    if any(hit for hit in turn.heard.stances.topics) and any(
            s.score > 0 for s in programs.suited(turn.pack, turn.state.profile).values()):
        return programs.recommend(turn)
    return did_you_mean(turn, near)


def _of_program(turn: Turn, id_: str) -> Outcome:
    """A school was named and the question was not read: say so, who would know, and what is known of it."""
    thing = turn.pack.things[id_]
    page = page_of(turn.voice, thing)
    query = Query("card", turn.pack.main, (id_,))
    outcome = programs.from_answer(turn, evaluate(query, turn.pack.kinds, turn.pack.things), confidence=0.3)
    if not page or len(turn.heard.cleaned.match.split()) <= 3:
        return outcome
    first = turn.voice.say("unknown.program", citations=page[1], name=turn.voice.name(id_), page=page[0])
    rest = following(outcome.blocks)
    return outcome.but(blocks=(replace(first, lead=True), *rest),
                       state=with_frame(outcome.state, turn.pack.main, (id_,)))


def did_you_mean(turn: Turn, near: tuple[str, ...]) -> Outcome:
    """The nearest two or three intents as suggestions; without any, what this advisor is for."""
    chips = []
    for id_ in near:
        intent = turn.pack.intents[id_]
        if intent.answer and not id_.startswith(("scope.", "smalltalk.", "unknown.", "emotion.")):
            chips.append(intent.question or next((e for e in intent.examples if "{" not in e), ""))
    chips = [c[:1].upper() + c[1:] for c in dict.fromkeys(chips) if c][:3]
    if len(chips) >= 2:
        blocks = (turn.voice.say("did_you_mean", lead=True), turn.voice.say("did_you_mean.tail"))
        return Outcome(turn.state, blocks, None, 0.0, suggestions=tuple(chips))
    return Outcome(turn.state, (turn.voice.say("unknown", lead=True),), None, 0.0,
                   suggestions=(turn.voice.text("chip.help"), turn.voice.text("chip.interview")))
