"""Which degree: the verdict with its reasons, what would settle it, and the questions that lead there."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from advisor.dialogue.conversation import State
from advisor.dialogue.interview import effect, next_question, open_questions
from advisor.dialogue.turn import Outcome, Turn
from advisor.knowledge.facts import Citation, citation
from advisor.knowledge.pack import Pack
from advisor.knowledge.profile import Profile
from advisor.knowledge.rules import Question
from advisor.reasoning.degrees import Contribution, DegreeScore, DegreeVerdict, rank_degrees
from advisor.replies.blocks import Block, Bullets, DegreeRanking, Line, Paragraph, Span
from advisor.replies.voice import Voice, capitalized, joined

#: More programs than these are not named along with a verdict; they are asked for.
FEW = 5
#: Reasons told for one degree; more would be a list to read instead of an answer.
REASONS = 3


def verdict_of(pack: Pack, profile: Profile, asked: Sequence[str] = ()) -> DegreeVerdict:
    """The degrees for a profile; `settled` looks at every answer to every question that could still be asked."""
    still = open_questions(pack.interview, profile, asked, "degree")
    answers = [[effect(q, key, "", 0) for key in q.choices] for q in still]
    return rank_degrees(profile, pack.degree_rules, label=pack.topics.label, open_questions=answers)


def ranked(pack: Pack, profile: Profile) -> DegreeVerdict:
    """The degrees for a profile, without looking at what could still be asked."""
    return rank_degrees(profile, pack.degree_rules, label=pack.topics.label, open_questions=())


def ranking_of(verdict: DegreeVerdict) -> DegreeRanking | None:
    """The verdict as a reply carries it; None while nothing is known."""
    if not verdict.ranking:
        return None
    return DegreeRanking(verdict.lead, tuple((entry.id, entry.score) for entry in verdict.ranking))


def _because(voice: Voice, reasons: Sequence[Contribution], limit: int) -> tuple[Line, tuple[Citation, ...]]:
    """The weightiest reasons, each once, as one line. Words that speak for another degree are told only when nothing else is, by their topic."""
    weighty = [reason for reason in reasons if reason.stance != "asked"] or reasons
    told: dict[str, Contribution] = {}
    for reason in [reason for reason in weighty if not reason.lesser] or weighty:
        told.setdefault(_said(voice, reason), reason)
    chosen = list(told.items())[:limit]
    cited = tuple(dict.fromkeys(citation(s) for _, reason in chosen for s in reason.source))
    return joined([Span(text) for text, _ in chosen], "; ", "; "), cited


def _said(voice: Voice, reason: Contribution) -> str:
    if reason.lesser and reason.topic:
        return voice.text("verdict.lesser", topic=voice.pack.topics.label(reason.topic))
    return reason.because.rstrip(".")


def reasons_line(voice: Voice, score: DegreeScore, key: str = "verdict.for", limit: int = REASONS) -> tuple[Line, tuple[Citation, ...]]:
    """`For data science: you like statistics; ...`"""
    line, cited = _because(voice, score.reasons_for if key == "verdict.for" else score.reasons_against, limit)
    return voice.line(key, degree=voice.name(score.id), reasons=line), cited


def ask_blocks(voice: Voice, question: Question, lead_in: str = "verdict.ask") -> tuple[Block, ...]:
    """The question itself; its choices are the suggestions of the reply."""
    return (Paragraph(voice.line(lead_in, question=Span(question.ask))),)


def labels(question: Question) -> tuple[str, ...]:
    """The choices of a question as they are offered."""
    return tuple(choice.label for choice in question.choices.values())


def _changed(state: State, verdict: DegreeVerdict) -> str:
    return state.top if state.top and verdict.lead and state.top != verdict.lead else ""


def verdict(turn: Turn, *, ask: bool = True) -> Outcome:
    """The verdict as a reply: who leads and why, who is close behind, and the question that would settle it."""
    state, voice, pack = turn.state, turn.voice, turn.pack
    found = verdict_of(pack, state.profile, state.asked)
    if not found.ranking or found.lead is None:
        return start_interview(turn)
    first = found.score(found.lead)
    second = found.score(found.runner_up) if found.runner_up else None
    assert first is not None
    question = next_question(pack.interview, state.profile, state.asked, "degree", found) if ask and not found.settled else None
    if found.tier == "clear" and not state.interviewing and any(reason.topic for reason in first.reasons_for):
        question = None
    blocks = _told(voice, found, first, second)
    if before := _changed(state, found):
        blocks.append(voice.say("verdict.changed", before=voice.name(before)))
    blocks += _held(turn, found.lead)
    suggestions = [voice.text("chip.why_not", name=pack.things[found.runner_up].name)] if found.runner_up else []
    suggestions += [voice.text("chip.programs"), voice.text("chip.settle")]
    if question:
        blocks += ask_blocks(voice, question)
        state = replace(state, pending=question.question, asked=(*state.asked, question.question))
        suggestions = list(labels(question))
    state = replace(state, top=found.lead, told=tuple(dict.fromkeys((*state.told, f"held:{found.lead}"))))
    trace = tuple(f"{e.id} {e.score:g}: " + ", ".join(f"{c.rule} {c.points:+g}" for c in (*e.reasons_for, *e.reasons_against))
                  for e in found.ranking if e.reasons_for or e.reasons_against)
    return Outcome(state, tuple(blocks), "degree.verdict", 0.9, things=(found.lead,), suggestions=tuple(suggestions),
                   degree_shown=True, trace=trace)


def _told(voice: Voice, found: DegreeVerdict, first: DegreeScore, second: DegreeScore | None) -> list[Block]:
    assert found.lead is not None
    if found.tier == "close" and second is not None and second.reasons_for:
        lines, cited = [], list[Citation]()
        for score in (first, second):
            line, more = reasons_line(voice, score)
            lines.append(line)
            cited += more
        lead = voice.say("verdict.close", lead=True, first=voice.name(first.id), second=voice.name(second.id))
        return [lead, Bullets(tuple(lines), tuple(dict.fromkeys(cited)))]
    because, cited_for = _because(voice, first.reasons_for, REASONS)
    # Nothing but "I'm not sure" was said: a default, no conclusion.
    unsure = bool(first.reasons_for) and all(reason.topic is None for reason in first.reasons_for)
    key = "verdict.clear" if found.tier == "clear" and not unsure else "verdict.ahead"
    blocks: list[Block] = [voice.say(key, lead=True, degree=voice.name(first.id))]
    if unsure:
        blocks.append(voice.say("verdict.default", citations=cited_for, degree=voice.name(first.id)))
    elif first.reasons_for:
        blocks.append(voice.say("verdict.because", citations=cited_for, reasons=because))
    else:
        blocks.append(voice.say("verdict.default", degree=voice.name(first.id)))
    if found.tier != "clear" and second is not None and second.reasons_for:
        line, more = reasons_line(voice, second, limit=2)
        blocks.append(Paragraph(voice.line("verdict.runner_up") + line, more))
    return blocks


def _held(turn: Turn, degree: str) -> list[Block]:
    """What the list of programs offers for this degree: told once for each degree."""
    thing = turn.pack.things.get(degree)
    key = turn.pack.kinds[thing.kind].with_verdict if thing else ""
    fact = thing.fact(key) if thing and key else None
    if thing is None or fact is None or f"held:{degree}" in turn.state.told:
        return []
    cell = turn.voice.cell(thing, key)
    if cell is None:
        return [Paragraph((Span(f"{fact.note.rstrip('.')}.", "fact", degree, key),), fact.citations)] if fact.note else []
    if len([i for f in thing.facts[key] for i in f.value.items]) > FEW:
        return []
    return [turn.voice.say("verdict.held", citations=cell[1], programs=cell[0])]


def not_held(turn: Turn, degree: str) -> Paragraph | None:
    """That no list of this degree's programs is held, and what comes nearest; None when there is one."""
    thing = turn.pack.things[degree]
    key = turn.pack.kinds[thing.kind].with_verdict
    fact = thing.fact(key) if key else None
    if fact is None or fact.value.state != "unknown" or not fact.note:
        return None
    return Paragraph(capitalized((Span(f"{fact.note.rstrip('.')}.", "fact", degree, key),)), fact.citations, lead=True)


def start_interview(turn: Turn) -> Outcome:
    """The first (or next) question of the interview."""
    state, voice, pack = turn.state, turn.voice, turn.pack
    state = replace(state, interviewing=True)
    found = verdict_of(pack, state.profile, state.asked)
    question = next_question(pack.interview, state.profile, state.asked, "degree", found) or next_question(
        pack.interview, state.profile, state.asked, "programs")
    if question is None:
        if found.ranking:
            return verdict(replace(turn, state=replace(state, interviewing=False)), ask=False)
        return Outcome(state, (voice.say("interview.over", lead=True),), "interview", 0.9)
    key = "interview.first" if not state.asked else "interview.next"
    blocks: list[Block] = [Paragraph(voice.line(key, question=Span(question.ask)), lead=True)]
    if question.why:
        blocks.append(voice.say("interview.why", why=Span(question.why)))
    state = replace(state, pending=question.question, asked=(*state.asked, question.question))
    return Outcome(state, tuple(blocks), "interview", 0.9, suggestions=labels(question), degree_shown=bool(found.ranking))


def settle(turn: Turn) -> Outcome:
    """What would change the verdict: the answers to open questions that would put another degree first."""
    state, voice, pack = turn.state, turn.voice, turn.pack
    found = verdict_of(pack, state.profile, state.asked)
    if found.lead is None:
        return start_interview(turn)
    lines: list[Line] = []
    chips: list[str] = []
    for question in open_questions(pack.interview, state.profile, (), "degree"):
        for key, choice in question.choices.items():
            extra = effect(question, key, "", state.turn)
            profile = state.profile.with_stances(extra.stances)
            other = rank_degrees(profile, pack.degree_rules).lead
            if other and other != found.lead:
                lines.append(voice.line("settle.answer", question=Span(question.ask), answer=Span(choice.label), degree=voice.name(other)))
                chips.append(choice.label)
    if not lines:
        return Outcome(state, (voice.say("settle.nothing", lead=True, degree=voice.name(found.lead)),), "degree.settle", 0.9,
                       degree_shown=True)
    blocks = (voice.say("settle.lead", lead=True, degree=voice.name(found.lead)), Bullets(tuple(lines[:4])))
    return Outcome(state, blocks, "degree.settle", 0.9, suggestions=tuple(chips[:3]), degree_shown=True)


def why_not(turn: Turn, degree: str) -> Outcome:
    """Why a degree does not lead: what speaks against it, and what the leader has that it lacks."""
    state, voice, pack = turn.state, turn.voice, turn.pack
    found = verdict_of(pack, state.profile, state.asked)
    if found.lead is None:
        return start_interview(turn)
    own, lead = found.score(degree), found.score(found.lead)
    assert lead is not None
    if degree == found.lead:
        return verdict(turn, ask=False)
    blocks: list[Block] = [voice.say("why_not.lead", lead=True, degree=voice.name(degree), top=voice.name(found.lead))]
    lines: list[Line] = []
    cited: list[Citation] = []
    for score, key in ((own, "verdict.against"), (own, "verdict.for"), (lead, "verdict.for")):
        if score and (score.reasons_for if key == "verdict.for" else score.reasons_against):
            line, more = reasons_line(voice, score, key)
            lines.append(line)
            cited += more
    if lines:
        blocks.append(Bullets(tuple(lines), tuple(dict.fromkeys(cited))))
    return Outcome(state, tuple(blocks), "degree.why_not", 0.9, things=(degree,), degree_shown=True,
                   suggestions=(voice.text("chip.settle"), voice.text("chip.programs")))
