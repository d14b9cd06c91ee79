"""What a thing is: its card, the rest of it, a word explained, the specializations that a topic points to."""

from __future__ import annotations

from advisor.dialogue import fallback, programs
from advisor.dialogue.conversation import focus, with_frame
from advisor.dialogue.knowledge import bare
from advisor.dialogue.turn import Outcome, Turn
from advisor.knowledge.facts import Citation
from advisor.knowledge.queries import Query
from advisor.reasoning.tables import evaluate
from advisor.replies.blocks import Block, Bullets, Line, Span
from advisor.replies.told import Told, card
from advisor.replies.voice import joined

#: The slot of topics.yaml (`suggests`) that "which specialization?" asks for; a kind of the same name tells of it.
SPECIALIZATION = "specialization"
#: So many terms of one message are explained.
TERMS = 3


def rest_of(turn: Turn, id_: str) -> Outcome:
    """The columns of a thing that its card leaves out."""
    thing, kind = turn.pack.things[id_], turn.pack.kinds[turn.pack.main]
    lines: list[Line] = []
    cited: list[Citation] = []
    cells: list[tuple[str, str]] = []
    for key, attribute in kind.attributes.items():
        cell = turn.voice.cell(thing, key)
        if cell and not attribute.hidden and key not in (*kind.columns, *kind.about) and attribute.type != "address":
            lines.append((Span(f"{attribute.label}: "), *cell[0]))
            cited += cell[1]
            cells.append((id_, key))
    lead = turn.voice.say("more.about", lead=True, name=turn.voice.name(id_))
    state = with_frame(turn.state, turn.pack.main, (id_,))
    return Outcome(state, (lead, Bullets(tuple(lines), tuple(dict.fromkeys(cited)))), "act.more", 0.9, (id_,), (id_,), tuple(cells))


def choose_specialization(turn: Turn) -> Outcome | None:
    """The specializations that the topics of the message point to; without one, those of the profile."""
    topics = turn.pack.topics.topics
    here = [hit.topic for hit in turn.heard.stances.topics]
    said = [e.topic for e in turn.state.profile.stances if e.stance in ("likes", "wants", "mentioned")]
    for source in (here, said):
        found = tuple(dict.fromkeys(t for topic in source if topic in topics and (t := topics[topic].suggests.get(SPECIALIZATION))))
        if found:
            return programs.from_answer(turn, evaluate(Query("card", SPECIALIZATION, found[:2]), turn.pack.kinds, turn.pack.things))
    return None


def card_of(turn: Turn) -> Outcome:
    """Everything of what is named, or of what is in focus."""
    for kind in turn.pack.kinds:
        named = turn.named(kind)
        if named:
            return programs.from_answer(turn, evaluate(Query("card", kind, named[:2]), turn.pack.kinds, turn.pack.things))
    for kind in turn.pack.kinds:
        if one := focus(turn.state, kind):
            return programs.from_answer(turn, evaluate(Query("card", kind, (one,)), turn.pack.kinds, turn.pack.things))
    return fallback.lost(turn)


def define(turn: Turn) -> Outcome | None:
    """What a word means; a specialization, career or degree is explained by its card."""
    words = turn.pack.words
    # "ppl write CVN and DEN, what are those?" is about what stands before; "what's on the table?" is not
    refers = not set(bare(turn.part.text).split()).isdisjoint((*words.it_refs, *words.they_refs))
    brief_first = sorted(turn.pack.kinds, key=lambda kind: not turn.pack.kinds[kind].brief)
    for kind in brief_first:
        named = turn.named(kind) if refers or any(m.kind == kind for m in turn.part.mentions) else ()
        if named:
            brief = turn.pack.kinds[kind].brief
            named = named[:TERMS] if brief else named[:1]
            blocks: list[Block] = []
            told = Told()
            for id_ in named:
                told.blocks.clear()
                card(turn.voice, id_, told)
                blocks += told.blocks[:1] if brief else told.blocks
            see = dict.fromkeys(i for id_ in named for i in turn.pack.things[id_].see.values())
            chips = tuple(turn.voice.text("chip.about", name=turn.pack.things[i].name) for i in see)
            if brief and see:
                blocks.append(turn.voice.say("define.see", things=joined([turn.voice.name(i) for i in see])))
            ids = named if kind == turn.pack.main else ()
            return Outcome(with_frame(turn.state, kind, named), tuple(blocks), f"define.{kind}", 0.9, ids, named, tuple(told.cells), chips)
    return None
