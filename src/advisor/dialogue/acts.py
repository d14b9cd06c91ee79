"""Moves of a conversation that are no question about the subject: undo, why, summary, a wish for a person, ..."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from advisor.dialogue import degrees, programs
from advisor.dialogue.conversation import Conversation, State
from advisor.dialogue.turn import Outcome, Turn
from advisor.knowledge.facts import Citation
from advisor.knowledge.profile import Limit, Profile
from advisor.replies.blocks import Block, Bullets, Line, Paragraph, Span, following
from advisor.replies.cells import page_of
from advisor.replies.voice import Voice, joined
from advisor.replies.wishes import test_words

#: Stances that are shown back; a mere mention or a question is no statement of the student's.
SHOWN = ("likes", "wants", "avoids", "refuses", "has", "lacks")


def plain(turn: Turn, key: str, *chips: str) -> Outcome:
    """One sentence of the wording as the whole reply."""
    return Outcome(turn.state, (turn.voice.say(key, lead=True),), f"act.{key.partition('.')[0]}", 0.9,
                   suggestions=tuple(turn.voice.text(f"chip.{chip}") for chip in chips))


def undo(turn: Turn, conversation: Conversation) -> Outcome:
    """Back to the state before the last turn."""
    if not conversation.past:
        return plain(turn, "undo.nothing")
    before = conversation.undone().state
    said = conversation.state.log[-1][0] if conversation.state.log else ""
    blocks: list[Block] = [turn.voice.say("undo.done", lead=True, words=Span(_short(said), "own"))]
    if known := known_lines(turn.voice, before.profile):
        blocks += [turn.voice.say("profile.lead"), Bullets(known)]
    programs_again: tuple[str, ...] = ()
    if before.profile.limits:  # what was listed before stands again
        again = programs.recommend(replace(turn, state=before), every=True)
        blocks += following(again.blocks)
        programs_again = again.programs
    return Outcome(before, tuple(blocks), "act.undo", 0.95, programs_again, kept=False, suggestions=before.said.suggestions)


def _short(text: str, limit: int = 60) -> str:
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def start_over(turn: Turn) -> Outcome:
    """An empty state; what was said before can still be undone."""
    return Outcome(State(turn=turn.state.turn), (turn.voice.say("start_over", lead=True),), "act.start_over", 0.95,
                   suggestions=welcome_chips(turn.voice))


def welcome_chips(voice: Voice) -> tuple[str, ...]:
    """The questions of the first screen."""
    return tuple(text for key, text in voice.pack.wording.items() if key.startswith("welcome.chip"))


def limit_line(voice: Voice, limit: Limit) -> Line:
    """`tuition: at most $25,000`."""
    if limit.key == "id":
        return voice.line("profile.excluded", names=voice.names(limit.test.values, " or "))
    return voice.line("profile.limit", label=Span(voice.label(voice.pack.main, limit.key)),
                      test=Span(test_words(voice, voice.pack.main, limit.key, limit.test), "own"))


def known_lines(voice: Voice, profile: Profile) -> tuple[Line, ...]:
    """What is known of the student, a line for each stance and limit and answer."""
    lines: list[Line] = []
    for stance in SHOWN:
        topics = [voice.pack.topics.label(entry.topic) for entry in profile.stances if entry.stance == stance]
        if topics:
            lines.append(voice.line(f"stance.{stance}", topics=joined([Span(topic, "own") for topic in dict.fromkeys(topics)])))
    lines += [limit_line(voice, limit) for limit in profile.limits]
    questions = {q.question: q for q in voice.pack.interview}
    for slot in profile.slots:
        question = questions.get(slot.name)
        if question and slot.value in question.choices and not question.choices[slot.value].means and not question.choices[slot.value].limits:
            lines.append(voice.line("profile.slot", question=Span(question.ask), answer=Span(question.choices[slot.value].label, "own")))
    return tuple(lines)


def show_profile(turn: Turn) -> Outcome:
    """What is known of the student, and that it can be corrected."""
    lines = known_lines(turn.voice, turn.state.profile)
    if not lines:
        return plain(turn, "profile.nothing", "interview")
    blocks = (turn.voice.say("profile.lead", lead=True), Bullets(lines), turn.voice.say("profile.correct"))
    return Outcome(turn.state, blocks, "act.show_profile", 0.95, suggestions=(turn.voice.text("chip.verdict"), turn.voice.text("chip.programs")),
                   degree_shown=True)


def summary(turn: Turn, *, for_person: bool = False) -> tuple[Block, ...]:
    """What a student can take along: what is known, where the degrees stand, what was asked."""
    voice, state = turn.voice, turn.state
    blocks: list[Block] = [voice.say("summary.lead", lead=not for_person)]
    if lines := known_lines(voice, state.profile):
        blocks.append(Bullets(lines))
    found = degrees.verdict_of(turn.pack, state.profile, state.asked)
    if found.lead and (first := found.score(found.lead)):
        line, cited = degrees.reasons_line(voice, first)
        blocks.append(Paragraph(voice.line("summary.degree") + line, cited))
    talked = _talked_of(turn)[:6]
    if talked:
        blocks.append(Paragraph(voice.line("summary.programs", names=voice.names(talked))))
    asked = [said for said, _ in state.log][-8:]
    if asked:
        blocks += [voice.say("summary.asked"), Bullets(tuple((Span(_short(said, 120), "own"),) for said in asked))]
    return tuple(blocks)


def _talked_of(turn: Turn) -> tuple[str, ...]:
    """The programs that were talked about, the latest first."""
    return tuple(dict.fromkeys(i for frame in turn.state.tables.stack if frame.kind == turn.pack.main for i in frame.ids))


def human(turn: Turn) -> Outcome:
    """A person to talk to: the office of the pack, else the schools' own pages; and the summary to take along."""
    voice, pack = turn.voice, turn.pack
    blocks: list[Block]
    if pack.office:
        blocks = [voice.say("human.office", lead=True)]
        blocks.append(Bullets(tuple((Span(", ".join(x for x in (o.name, o.email, o.phone, o.hours, o.address, o.note) if x)),)
                                    for o in pack.office)))
    else:
        blocks = [voice.say("human.none", lead=True)]
        lines: list[Line] = []
        cited: list[Citation] = []
        for id_ in turn.named(pack.main) or _talked_of(turn)[:4]:
            cell = page_of(voice, pack.things[id_])
            if cell:
                lines.append((voice.name(id_), Span(": "), *cell[0]))
                cited += cell[1]
        blocks += [Bullets(tuple(lines), tuple(dict.fromkeys(cited)))] if lines else [voice.say("human.name_one")]
    blocks += summary(turn, for_person=True)
    return Outcome(turn.state, tuple(blocks), "act.human", 0.95, suggestions=(voice.text("chip.profile"),))


def sources(turn: Turn) -> Outcome:
    """Where the last reply came from, or where all of it comes from."""
    voice, pack = turn.voice, turn.pack
    cited = turn.state.said.citations
    if not cited:
        return plain(turn, "sources.all")
    lines = tuple((Span(pack.sources[c.source].label(c)),) for c in cited if c.source in pack.sources)
    return Outcome(turn.state, (voice.say("sources.lead", lead=True), Bullets(lines, cited)), "act.sources", 0.9)


def pushback(turn: Turn) -> Outcome:
    """Nothing is given up for being pressed: the last statement again, with its source and who has the last word."""
    voice, pack, said = turn.voice, turn.pack, turn.state.said
    if not said.lead:
        return plain(turn, "sources.all")
    blocks: list[Block] = [voice.say("pushback.lead", lead=True)]
    if not said.lead.endswith(":"):
        blocks.append(Paragraph((Span(said.lead),), said.citations))
    lines = tuple((Span(pack.sources[c.source].label(c)),) for c in said.citations if c.source in pack.sources)
    if lines:
        blocks.append(Bullets(lines))
    frame = next((f for f in turn.state.tables.stack if f.kind == pack.main), None)
    if frame and len(frame.ids) <= 2:
        for id_ in frame.ids:
            cell = page_of(voice, pack.things[id_])
            if cell:
                blocks.append(voice.say("pushback.page", citations=cell[1], name=voice.name(id_), page=cell[0]))
    else:
        blocks.append(voice.say("pushback.check"))
    programs = frame.ids if frame and len(frame.ids) <= 2 else ()
    return Outcome(turn.state, tuple(blocks), "act.pushback", 0.9, programs=programs, degree_shown=turn.state.said.degree_shown)


def why(turn: Turn) -> Outcome:
    """The reasons of the last reply."""
    intent = turn.state.said.intent or ""
    named = turn.named(turn.pack.main)
    if named and (outcome := programs.why(turn, named)) is not None:
        return outcome
    if intent.startswith(("recommend", "query.which", "query.extreme")) and (outcome := programs.why(turn)) is not None:
        return outcome
    if turn.state.said.degree_shown:
        return degrees.verdict(turn, ask=False)
    asked = turn.pack.intents.get(intent)
    if asked and asked.answer and (outcome := programs.why(turn)) is not None:
        return outcome
    return sources(turn)


def repeat(turn: Turn) -> Outcome:
    """The answer of the last reply once more."""
    if not turn.state.said.lead:
        return plain(turn, "nothing_yet")
    return Outcome(turn.state, (Paragraph((Span(turn.state.said.lead),), turn.state.said.citations, lead=True),), "act.repeat", 0.9,
                   suggestions=turn.state.said.suggestions)


def forget(turn: Turn) -> Outcome:
    """Limits and stances that the message names are dropped."""
    keys = {k for reading in (p.table for p in turn.heard.parts) for k in (*reading.withdrawn, *reading.attributes)}
    topics = {hit.topic for hit in turn.heard.stances.topics}
    profile = turn.state.profile
    kept = replace(profile, limits=tuple(x for x in profile.limits if x.key not in keys),
                   stances=tuple(x for x in profile.stances if x.topic not in topics and x.topic not in keys))
    state = replace(turn.state, profile=kept)
    key = "forget.done" if kept != profile else "forget.nothing"
    blocks: list[Block] = [turn.voice.say(key, lead=True)]
    if lines := known_lines(turn.voice, kept):
        blocks += [turn.voice.say("profile.lead"), Bullets(lines)]
    return Outcome(state, tuple(blocks), "act.forget", 0.9, suggestions=(turn.voice.text("chip.programs"),))


def stop(turn: Turn) -> Outcome:
    """No more questions: the interview ends, and what is known so far stands."""
    state = replace(turn.state, interviewing=False, pending="")
    return plain(replace(turn, state=state), "interview.stopped", "verdict", "programs")


def no_answer(turn: Turn) -> Outcome:
    """Yes, no, neither or "I don't know" while nothing was asked."""
    return plain(turn, "nothing_asked", "interview", "programs")


SIMPLE: dict[str, Callable[[Turn], Outcome]] = {
    "start_over": start_over,
    "why": why,
    "pushback": pushback,
    "repeat": repeat,
    "show_profile": show_profile,
    "forget": forget,
    "human": human,
    "sources": sources,
    "settle": degrees.settle,
    "interview": degrees.start_interview,
    "stop": stop,
    "summary": lambda turn: Outcome(turn.state, summary(turn), "act.summary", 0.95, degree_shown=True),
    "thanks": lambda turn: plain(turn, "thanks", "programs", "summary"),
    "greeting": lambda turn: plain(turn, "greeting", "verdict", "programs"),
    "goodbye": lambda turn: plain(turn, "goodbye", "summary"),
    "help": lambda turn: plain(turn, "help", "verdict", "programs", "interview"),
    "who_are_you": lambda turn: plain(turn, "who_are_you", "help"),
    "yes": no_answer,
    "no": no_answer,
    "neither": no_answer,
    "dont_know": no_answer,
}
