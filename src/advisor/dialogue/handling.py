"""From the plan of a part to its outcome: each way of reading has its handler."""

from __future__ import annotations

from msgspec.structs import replace

from advisor.dialogue import acts, degrees, fallback, programs
from advisor.dialogue.conversation import focus, with_frame
from advisor.dialogue.explaining import SPECIALIZATION, card_of, choose_specialization, define, rest_of
from advisor.dialogue.knowledge import bare
from advisor.dialogue.planning import CERTAIN, SURE, UNSURE, Plan
from advisor.dialogue.saying import says, says_noun
from advisor.dialogue.supposing import opens_supposing, supposing, what_if
from advisor.dialogue.turn import Outcome, Turn
from advisor.knowledge.conditions import Conditions
from advisor.knowledge.facts import Thing
from advisor.knowledge.profile import Profile, StanceEntry
from advisor.knowledge.queries import Query, Where
from advisor.reasoning.conditions import holds
from advisor.reasoning.tables import evaluate
from advisor.replies.answers import render
from advisor.replies.blocks import Block, Bullets, Paragraph, Span, following

#: How many things "more" shows at a time.
MORE = 4


def handle(turn: Turn, plan: Plan) -> Outcome | None:
    """The outcome of one part; None when the plan comes to nothing here."""
    query = turn.part.table.query
    told = any(e.stance not in ("asked", "mentioned") for e in turn.heard.stances.entries)
    if turn.heard.supposes and (turn.part.table.what_if or told or supposing(turn) or (plan.way == "act" and opens_supposing(turn)) or plan.way in ("limits", "statement", "unknown")) and not plan.intent.startswith("emotion."):
        answered = plan.way == "table" or plan.way == "intent" and not turn.pack.intents[plan.intent].does
        aside = answered and (plan.way == "intent" and plan.score >= CERTAIN or plan.score >= SURE and not supposing(turn))  # "If I moved into MLOps, what would I earn?"
        if not aside and (outcome := what_if(turn, needs_change=answered)) is not None:
            return outcome
    if (missing := _list_not_held(turn)) is not None:
        return missing
    if plan.way == "pushback":
        return acts.pushback(turn)
    if plan.way == "limits":
        return limits(turn)
    if plan.way == "table" and query is not None:
        return table(turn, query, plan)
    if plan.way in ("statement", "unknown") or not plan.intent:
        return None
    intent = turn.pack.intents[plan.intent]
    if intent.does and (outcome := act(turn, plan, intent.does)) is not None:
        return outcome
    return answer(turn, plan.intent, plan.score)


def limits(turn: Turn) -> Outcome:
    """Limits were stated, changed or taken back: the programs that fit now."""
    reading = turn.part.table
    outcome = recommend(turn, every=bool(reading.withdrawn or reading.corrected) or not _draws(turn))
    if reading.withdrawn:
        what = ", ".join(turn.voice.label(turn.pack.main, key) for key in reading.withdrawn)
        outcome = outcome.but(blocks=(*outcome.blocks, turn.voice.say("noted.withdrawn", what=what)))
    return outcome


def _list_not_held(turn: Turn) -> Outcome | None:
    """"Which data science programs are there?", when no list of them is held: said so, with what comes nearest."""
    if not turn.part.asks or not says_noun(turn.part, turn.pack) or turn.named(turn.pack.main):
        return None
    named = tuple(m.id for m in turn.part.mentions if m.kind == turn.pack.options)
    if not named and turn.state.said.degree_shown and says(turn.part, turn.pack.words.it_refs):
        named = (turn.state.top or focus(turn.state, turn.pack.options),)
    note = degrees.not_held(turn, named[0]) if len(named) == 1 and named[0] else None
    if note is None:
        return None
    return Outcome(turn.state, (note,), "degree.not_held", 0.8, things=named, degree_shown=True,
                   suggestions=(turn.voice.text("chip.verdict"), turn.voice.text("chip.programs")))


def _generic(turn: Turn, query: Query) -> bool:
    """Whether a list has no wish of its own ("what are my options?", "which programs then?") while something is known."""
    if query.kind != turn.pack.main or query.subjects or query.scope or query.sort:
        return False
    told = query.asked == "value" and not query.where and _draws(turn)   # "I love vision and games. Any program stand out?"
    plain = (query.asked == "which" and not query.attributes) or told or (query.asked == "value" and bool(turn.state.profile.limits))
    if not plain or not all(w.own for w in query.where) or says_all(turn):
        return False
    return len(turn.heard.parts) > 1 or programs.known_wishes(turn)


def says_all(turn: Turn) -> bool:
    """Whether a part wants the whole list, whoever asks ("show all ten")."""
    return says(turn.part, turn.pack.words.overall)


def list_programs(turn: Turn) -> Outcome | None:
    """The list of programs: those that suit, once something is known of the student; else the answer of the intent."""
    return programs.recommend(turn) if programs.known_wishes(turn) and not says_all(turn) else None


def _draws(turn: Turn) -> bool:
    """Whether the message itself names something that speaks for single programs."""
    here = Profile(stances=tuple(e for e in turn.heard.stances.entries if e.stance != "asked"))
    return any(one.score > 0 for one in programs.suited(turn.pack, here).values())


def table(turn: Turn, query: Query, plan: Plan) -> Outcome:
    """A question about a table."""
    if _generic(turn, query):
        return recommend(turn, every=not _draws(turn))
    whole = query.kind == SPECIALIZATION and query.asked == "value" and not (query.subjects or query.where or query.scope)
    if whole and (chosen := choose_specialization(turn)) is not None:  # "machines that read scans: what is that specialization called?"
        return chosen
    outcome = programs.answer_query(turn, query, plan.score)
    if query.asked in ("which", "extreme") and not query.scope and (query.asked == "extreme" or not outcome.programs) and (general := _general(turn, query)) is not None:
        return general
    known = turn.named(turn.pack.main)
    if query.asked == "not_held" and known:  # "compare Stevens and MIT": what is held of the other one
        held = programs.from_answer(turn, evaluate(Query("card", turn.pack.main, known[:2]), turn.pack.kinds, turn.pack.things))
        more = following(held.blocks)
        outcome = held.but(blocks=(*outcome.blocks, *more), intent=outcome.intent, confidence=outcome.confidence)
    return outcome.but(trace=(f"table {plan.score:.2f}, then {plan.runner_up}", *turn.part.table.trace))


def _general(turn: Turn, query: Query) -> Outcome | None:
    """Where a condition is open for most things, what the sources say of it in general ("is two years realistic?")."""
    found = evaluate(query, turn.pack.kinds, turn.pack.things)
    best = next((m for m in turn.part.matches if turn.pack.intents[m.intent].answer), None)
    scarce = len(found.unranked) > len(found.ranked) if query.asked == "extreme" else not found.fits and len(found.set_aside) > len(found.broken)
    if not scarce or best is None or best.confidence < UNSURE:
        return None
    return answer(turn, best.intent, best.confidence)


def answer(turn: Turn, id_: str, score: float) -> Outcome | None:
    """An intent's own answer."""
    intent = turn.pack.intents[id_]
    kinds = {kind: turn.focus(kind) for kind in turn.pack.kinds}
    profile = turn.state.profile

    def check(conditions: Conditions, thing: Thing | None) -> bool | None:
        return holds(conditions, profile, thing)

    found = render(intent, turn.voice, {k: v for k, v in kinds.items() if v}, check)
    if not found.blocks:
        return None
    state, blocks = turn.state, found.blocks
    query = turn.part.table.query
    if query is not None and query.asked == "not_held":  # "What about MIT?": it is what "how much is that one?" asks about next
        state = replace(state, tables=state.tables.answered(query))
    things = turn.pack.things
    several = turn.named(turn.pack.main)
    columns = intent.beside or turn.pack.kinds[turn.pack.main].side_by_side
    if len(several) > 1 and columns and (intent.beside or not set(several) <= set(found.things)):  # each that is named is told about
        blocks = (*blocks, *programs.from_answer(turn, evaluate(Query("compare", turn.pack.main, several, columns), turn.pack.kinds, things)).blocks)
    ids = intent.programs or tuple(i for i in found.things if things[i].kind == turn.pack.main)
    ids = _meeting(turn, ids)
    if not _goes_on(turn):
        state = with_frame(state, turn.pack.main, ids)
    for kind in (k for k in turn.pack.kinds if turn.pack.kinds[k].masked and k != turn.pack.main):
        named = tuple(i for i in found.things if things[i].kind == kind) or turn.named(kind)
        state = with_frame(state, kind, named[:3])
    return Outcome(state, blocks, id_, score, _allowed(turn, ids), found.things, found.cells, intent.chips,
                   trace=(f"intent {id_} {score:.2f}",))


def _goes_on(turn: Turn) -> bool:
    """Whether a question goes on about what is talked of ("which of the two looks better?"): a general answer does not move it."""
    referring = (*turn.pack.words.it_refs, *turn.pack.words.they_refs, *turn.pack.words.both_refs)
    held = any(frame.kind == turn.pack.main for frame in turn.state.tables.stack)
    referring = (*referring, *(f"which {word}" for word in turn.pack.words.one_words))
    return held and not turn.named(turn.pack.main) and says(turn.part, referring)


def _meeting(turn: Turn, ids: tuple[str, ...]) -> tuple[str, ...]:
    """Of the programs that an answer names, those that meet what the part asks for ("fully asynchronous ones")."""
    query = turn.part.table.query
    if query is None or query.kind != turn.pack.main or query.asked not in ("which", "count") or not query.where:
        return ids
    fits = evaluate(query, turn.pack.kinds, turn.pack.things).fits
    return tuple(i for i in ids if i in fits) or ids


def _allowed(turn: Turn, ids: tuple[str, ...]) -> tuple[str, ...]:
    """Programs of a general answer that the student's limits do not exclude, unless the message names them."""
    if not turn.state.profile.limits:
        return ids
    fits = set(programs.fitting(turn.pack, turn.state.profile)) | set(turn.heard.named(turn.pack.main)) - set(turn.heard.ruled_out)
    return tuple(i for i in ids if i in fits)


# ---------------------------------------------------------------------- acts
def act(turn: Turn, plan: Plan, does: str) -> Outcome | None:
    """A move of the conversation."""
    handlers = {"choose_degree": choose_degree, "recommend_programs": recommend, "why_not": why_not, "what_if": what_if, "more": more,
                "define": define, "card": card_of, "compare_degrees": compare_degrees, "table": lost, "both": lost, "choose_specialization": choose_specialization,
                "list_programs": list_programs, "just_one": just_one}
    handler = handlers.get(does) or acts.SIMPLE.get(does)
    outcome = handler(turn) if handler else None
    if outcome is None and does == "define":
        outcome = lost(turn)
    return outcome.but(confidence=min(outcome.confidence, plan.score)) if outcome else None


def lost(turn: Turn) -> Outcome | None:
    """A question about the tables whose column was not found: the next intent, if it is any good."""
    best = next((m for m in turn.part.matches if not turn.pack.intents[m.intent].does and m.confidence > 0.12), None)
    return answer(turn, best.intent, best.confidence) if best else fallback.lost(turn)


def choose_degree(turn: Turn) -> Outcome:
    """The verdict; with nothing known, the degrees named side by side, or the first question of the interview."""
    named = turn.named(turn.pack.options)
    turn = replace(turn, state=replace(turn.state, interviewing=False, pending=""))
    here = {m.id for m in turn.part.mentions if m.kind == turn.pack.options}
    if turn.heard.limits_programs and len(here) < 2 and programs.own_limits(turn.pack, turn.state.profile):
        fits = programs.recommend(turn)
        if set(turn.pack.kinds[turn.pack.options].nouns).isdisjoint(bare(turn.part.text).split()):
            return fits
        first = degrees.verdict(turn, ask=False)  # "... but at most 25k. Which degree?" asks for both
        rest = following(fits.blocks)
        return fits.but(blocks=(*first.blocks, turn.voice.say("programs.within"), *rest), intent=first.intent, degree_shown=True, trace=(*first.trace, *fits.trace))
    found = degrees.ranked(turn.pack, turn.state.profile)
    topics = [hit.topic for hit in turn.heard.stances.topics]
    if not found.ranking and topics:
        asked = tuple(StanceEntry(topic, "asked", turn=turn.state.turn) for topic in dict.fromkeys(topics))
        turn = replace(turn, state=replace(turn.state, profile=turn.state.profile.with_stances(asked)))
        found = degrees.ranked(turn.pack, turn.state.profile)
    if not found.ranking:
        return compare_degrees(turn) if len(named) > 1 else degrees.start_interview(turn)
    return degrees.verdict(turn)


def recommend(turn: Turn, every: bool = False) -> Outcome:
    """Programs that suit the student, under the conditions that the part itself adds."""
    query = turn.part.table.query
    if not every and (taught := _taught(turn) or _list_not_held(turn)) is not None:
        return taught
    programs_asked = not set(bare(turn.part.text).split()).isdisjoint(turn.pack.kinds[turn.pack.main].nouns)
    if turn.heard.stances.entries and not every and not programs_asked and not programs.known_wishes(turn) and not says_all(turn) and degrees.ranked(turn.pack, turn.state.profile).ranking:
        return degrees.verdict(turn)  # nothing told speaks for single programs: which degree comes first
    if query is None or query.kind != turn.pack.main or query.asked != "which" or turn.part.table.by == "which.pronoun":
        return programs.recommend(turn, every=every)
    lists = {key for key, attribute in turn.pack.kinds[turn.pack.main].attributes.items() if attribute.type == "list"}
    told = {limit.key for limit in turn.state.profile.limits if limit.turn == turn.state.turn}   # just told: it holds, and not what was in force before
    where: tuple[Where, ...] = tuple(w for w in query.where if w.key not in lists and not w.own and not (w.key in told and w.words not in turn.heard.cleaned.match))
    return programs.recommend(turn, where, every=every)


def just_one(turn: Turn) -> Outcome:
    """The best of the programs just listed ("just one please"); after none, the degree that leads."""
    listed = next((frame.ids for frame in turn.state.tables.stack if frame.kind == turn.pack.main), ())
    if not listed or turn.state.said.degree_shown:
        return choose_degree(turn)
    return programs.from_answer(turn, evaluate(Query("card", turn.pack.main, listed[:1]), turn.pack.kinds, turn.pack.things))


def _taught(turn: Turn) -> Outcome | None:
    """"... and which school is best for that?" after a job or a specialization: the programs that are named for it."""
    top = turn.state.tables.stack[0] if turn.state.tables.stack else None
    if top is None or top.kind == turn.pack.main or turn.named(turn.pack.main) or top.kind == turn.pack.options and programs.known_wishes(turn) or not says(turn.part, turn.pack.words.for_that):
        return None
    key = next((k for k, a in turn.pack.kinds[top.kind].attributes.items() if a.of == turn.pack.main), "")
    found = turn.pack.things[top.ids[0]].value(key) if key else None
    if found is None:
        return None
    return programs.answer_query(turn, Query("value", top.kind, top.ids[:1], (key,)), CERTAIN)


def why_not(turn: Turn) -> Outcome | None:
    """Why a program or a degree is not the one."""
    ids = turn.part.table.why_not or turn.named(turn.pack.main)
    named = [i for i in ids if turn.pack.things[i].kind == turn.pack.main]
    if named:
        return programs.why_not(turn, named)
    degree = next(iter(turn.named(turn.pack.options)), "")
    if degree:
        return degrees.why_not(turn, degree)
    return acts.why(turn)


def more(turn: Turn) -> Outcome:
    """The next things of the last list; else everything of the one thing in focus."""
    ids = turn.state.rest[:MORE]
    if ids:
        kind = turn.pack.things[ids[0]].kind
        query = Query("which", kind, scope=ids)
        outcome = programs.from_answer(turn, evaluate(query, turn.pack.kinds, turn.pack.things), "act.more")
        return outcome.but(state=replace(outcome.state, rest=turn.state.rest[MORE:]))
    if turn.state.profile.limits:
        return recommend(turn)
    one = focus(turn.state, turn.pack.main)
    return rest_of(turn, one) if one else card_of(turn)


def compare_degrees(turn: Turn) -> Outcome:
    """Two degrees side by side: what each is for, then the question that separates them."""
    named = turn.named(turn.pack.options)
    if len(named) < 2:
        other = focus(turn.state, turn.pack.options)
        named = tuple(dict.fromkeys((other or next(iter(turn.pack.degree_rules.degrees)), *named))) if named or other else named
    if len(named) < 2:
        return choose_degree(turn) if degrees.ranked(turn.pack, turn.state.profile).ranking else degrees.start_interview(turn)
    voice, pack = turn.voice, turn.pack
    lines, cited = [], []
    for id_ in named[:4]:
        focus_key, wish_key = (*pack.kinds[pack.options].side_by_side, "", "")[:2]
        cell = voice.cell(pack.things[id_], focus_key)
        wish = voice.cell(pack.things[id_], wish_key)
        if cell:
            tail = (Span("; choose it when "), *wish[0]) if wish else ()
            lines.append((voice.name(id_, strong=True), Span(": "), *cell[0], *tail))
            cited += [*cell[1], *(wish[1] if wish else ())]
    blocks: list[Block] = [voice.say("compare.lead", lead=True, first=voice.name(named[0]), second=voice.name(named[1])),
              Bullets(tuple(lines), tuple(dict.fromkeys(cited)))]
    found = degrees.ranked(pack, turn.state.profile)
    state = with_frame(turn.state, pack.options, named[:4])
    outcome = degrees.verdict(replace(turn, state=state)) if found.ranking and _said(turn) else None
    if outcome:
        return outcome.but(blocks=(*outcome.blocks[:3], blocks[1], *outcome.blocks[3:]), state=with_frame(outcome.state, pack.options, named[:4]))
    blocks.append(Paragraph(voice.line("compare.ask")))
    return Outcome(state, tuple(blocks), "degree.compare", 0.9, things=named[:4], degree_shown=True,
                   suggestions=(voice.text("chip.verdict"), voice.text("chip.interview")))


def _said(turn: Turn) -> bool:
    """Whether the student said anything of themselves, beyond naming the degrees."""
    degree_ids = set(turn.pack.degree_rules.degrees)
    return any(e.topic not in degree_ids and e.stance != "asked" for e in turn.state.profile.stances)


