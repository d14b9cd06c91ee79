"""Which programs: the student's limits as a sieve, what draws them as points, and why each one is named."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from advisor.dialogue.conversation import with_frame
from advisor.dialogue.interview import next_question
from advisor.dialogue.turn import Outcome, Turn
from advisor.knowledge.facts import Citation
from advisor.knowledge.pack import Pack
from advisor.knowledge.profile import Profile
from advisor.knowledge.queries import Query, Where
from advisor.reasoning.programs import MENTIONED, Suited, preferences, rule_limits
from advisor.reasoning.tables import TableAnswer, evaluate
from advisor.replies.answers import filled
from advisor.replies.blocks import Block, Bullets, Line, Paragraph, Span, following
from advisor.replies.tables import Teller
from advisor.replies.told import about, table_of
from advisor.replies.voice import Voice, joined
from advisor.replies.wishes import where_words

#: So many are recommended by name; what draws a student singles out a few.
SHOWN = 4


def suited(pack: Pack, profile: Profile) -> dict[str, Suited]:
    """The points of each program for what draws the student."""
    return preferences(profile, pack.program_rules, pack.of_kind(pack.main), pack.degree_rules.scale)  # type: ignore[arg-type]


def order_of(points: dict[str, Suited]) -> list[str]:
    """Programs with points, best first; equal ones by listed order (the evaluator settles ties by price)."""
    return sorted((i for i, s in points.items() if s.score > 0), key=lambda i: -points[i].score)


def known_wishes(turn: Turn) -> bool:
    """Whether limits or anything that speaks for single programs is known of the student."""
    return bool(turn.state.profile.limits) or bool(order_of(suited(turn.pack, turn.state.profile)))


def own_limits(pack: Pack, profile: Profile) -> tuple[Where, ...]:
    """All hard limits and wishes of a profile as conditions: what was said, and what its stances bring with them."""
    said = tuple(Where(x.key, x.test, x.words, True, x.must) for x in profile.limits)
    keys = {where.key for where in said}
    return (*said, *(where for where, _ in rule_limits(profile, pack.program_rules) if where.key not in keys))


def merged(limits: Sequence[Where], where: Sequence[Where]) -> tuple[Where, ...]:
    """Limits in force, less those that the question itself names anew."""
    keys = {w.key for w in where if w.key != "id"}
    return (*(limit for limit in limits if limit.key not in keys), *where)


def fitting(pack: Pack, profile: Profile) -> tuple[str, ...]:
    """The programs that meet all limits, best first."""
    query = Query("which", pack.main, where=own_limits(pack, profile))
    return evaluate(query, pack.kinds, pack.things, order_of(suited(pack, profile))).fits


def price_key(pack: Pack, id_: str) -> float:
    """A program's price for sorting; infinite when it is not known."""
    value = pack.things[id_].value(pack.price) if pack.price else None
    return value.low if value and value.low is not None else float("inf")


def _reason_line(one: Suited, limit: int = 2) -> tuple[Line, tuple[Citation, ...]]:
    told = {r.because: r for r in one.reasons if r.points > 0}
    chosen = sorted(told.values(), key=lambda r: -r.points)[:limit]
    return joined([Span(r.because) for r in chosen], " and ", "; "), tuple(dict.fromkeys(c for r in chosen for c in r.citations))


def recommend(turn: Turn, where: Sequence[Where] = (), *, only: Sequence[str] = (), every: bool = False) -> Outcome:
    """The programs that fit, those first that suit what draws the student; what is excluded and why when none fits.

    `every`: all that fit are listed, as after a limit was changed; else only those that something speaks for.
    """
    pack, voice, state = turn.pack, turn.voice, turn.state
    query = Query("which", pack.main, where=merged(own_limits(pack, state.profile), where), scope=tuple(only))
    points = suited(pack, state.profile)
    answer = evaluate(query, pack.kinds, pack.things, order_of(points))
    drawn = sorted((i for i in answer.fits if points[i].score > 0), key=lambda i: (-points[i].score, price_key(pack, i)))
    if not answer.fits:
        return _perhaps(turn, answer, points)
    enough = pack.degree_rules.scale.get("some", 1.0) * MENTIONED  # a slight reason alone singles no program out
    if not drawn or every or points[drawn[0]].score < enough:
        outcome = _without_disfavored(turn, from_answer(turn, answer, "recommend"), points)
        return _with_question(turn, outcome) if not query.where else outcome
    best = points[drawn[0]].score
    shown = [i for i in drawn if points[i].score >= best / 3][:SHOWN]
    first_line, cited = _reason_line(points[shown[0]])
    blocks: list[Block] = [voice.say("programs.best", lead=True, citations=cited, name=voice.name(shown[0]), reasons=first_line)]
    others: list[Line] = []
    more: list[Citation] = []
    for id_ in shown[1:]:
        line, found = _reason_line(points[id_])
        others.append(voice.line("programs.why", name=voice.name(id_), reasons=line))
        more += found
    if story := about(voice, pack.things[shown[0]]):
        blocks.append(Paragraph((voice.name(shown[0]), Span(": "), *story[0]), story[1]))
    if others:
        blocks.append(Bullets(tuple(others), tuple(dict.fromkeys(more))))
    first, *more_keys = pack.kinds[pack.main].recommend or pack.kinds[pack.main].columns
    keys = list(dict.fromkeys((first, *(w.key for w in query.where if w.key != "id"), *more_keys)))[:4]
    keys = [k for k in keys if k in pack.kinds[pack.main].attributes]
    blocks.append(table_of(voice, pack.main, shown, keys))
    teller = Teller(voice, answer)
    teller.beyond()
    blocks += teller.told.blocks
    state = with_frame(replace(state, rest=tuple(i for i in (*drawn, *answer.fits) if i not in shown)), pack.main, tuple(shown))
    state = replace(state, tables=replace(state.tables, last=query, view=tuple(where)))
    chips = (voice.text("chip.compare", names=" and ".join(pack.things[i].name for i in shown[:2])) if len(shown) > 1 else
             voice.text("chip.about", name=pack.things[shown[0]].name), voice.text("chip.cheapest"), voice.text("chip.verdict"))
    trace = tuple(f"{i} {points[i].score:+g}: " + ", ".join(r.rule for r in points[i].reasons) for i in shown)
    return Outcome(state, tuple(blocks), "recommend", 0.9, tuple(shown), tuple(shown), tuple((i, k) for i in shown for k in keys),
                   chips, trace=trace)


def _perhaps(turn: Turn, answer: TableAnswer, points: dict[str, Suited]) -> Outcome:
    """When no program surely meets all limits: what to give up, and those that may meet them, since a thing is not known."""
    outcome = from_answer(turn, answer, "recommend.none")
    given_up = {where.key for relaxation in answer.relaxations for where in relaxation.dropped}
    asks = [rule.relax for where, rule in rule_limits(turn.state.profile, turn.pack.program_rules) if where.key in given_up and rule.relax]
    if asks:
        outcome = outcome.but(blocks=(*outcome.blocks, Paragraph((Span(asks[0]),))))
    aside = dict(answer.set_aside)
    ids = sorted(aside, key=lambda i: (-points[i].score, price_key(turn.pack, i)))[:SHOWN]
    if not ids or not any(w.key not in aside[ids[0]] for w in answer.query.where):
        return outcome
    what = joined([Span(turn.voice.label(turn.pack.main, key)) for key in aside[ids[0]]])
    note = turn.voice.say("programs.open", names=turn.voice.names(ids), what=what)
    return outcome.but(blocks=(*outcome.blocks, note), programs=tuple(ids), state=with_frame(outcome.state, turn.pack.main, tuple(ids)))


def _without_disfavored(turn: Turn, outcome: Outcome, points: dict[str, Suited]) -> Outcome:
    """What a rule speaks strongly against is told as such, and is not among what is recommended."""
    worst = -turn.pack.degree_rules.scale.get("strong", 3.0)
    against = [i for i in outcome.programs if points[i].score <= worst]
    if not against or len(against) == len(outcome.programs):
        return outcome
    told = []
    for id_ in against:
        reason = min(points[id_].reasons, key=lambda r: r.points)
        told.append((turn.voice.name(id_), Span(f" ({reason.because})")))
    block = turn.voice.say("programs.less_suited", names=joined(told))
    kept = tuple(i for i in outcome.programs if i not in against)
    return outcome.but(programs=kept, blocks=(*outcome.blocks, block))


def _with_question(turn: Turn, outcome: Outcome) -> Outcome:
    """Nothing is known yet that would narrow the list: the next question about programs goes along."""
    question = next_question(turn.pack.interview, outcome.state.profile, outcome.state.asked, "programs")
    if question is None:
        return outcome
    state = replace(outcome.state, pending=question.question, asked=(*outcome.state.asked, question.question))
    blocks = (*outcome.blocks, Paragraph(turn.voice.line("verdict.ask", question=Span(question.ask))))
    return outcome.but(state=state, blocks=blocks, suggestions=tuple(c.label for c in question.choices.values()))


def from_answer(turn: Turn, answer: TableAnswer, intent: str = "", confidence: float = 0.9) -> Outcome:
    """A table answer as an outcome: told, in focus, and remembered for follow-ups."""
    voice, query = turn.voice, answer.query
    told = Teller(voice, answer).tell()
    ids = tuple(told.things) or answer.about
    same = tuple(i for i in ids if turn.pack.things[i].kind == query.kind)
    group = answer.ranked if query.asked == "extreme" else ()
    state = replace(turn.state, tables=turn.state.tables.answered(query, same or tuple(told.within), group))
    shown = tuple(i for i in same if query.kind == turn.pack.main and (i in answer.about or query.subjects))
    rest = tuple(i for i in answer.ranked if i not in same) if query.asked == "extreme" else ()
    chips = _chips(turn, query, shown) or tuple(told.chips)
    return Outcome(replace(state, rest=rest), tuple(told.blocks), intent or query.intent, confidence, shown, same, tuple(told.cells),
                   (*told.chips, *chips)[:4])


def _chips(turn: Turn, query: Query, shown: Sequence[str]) -> tuple[str, ...]:
    """What one could ask next."""
    voice, things = turn.voice, turn.pack.things
    if query.kind != turn.pack.main or not shown:
        return ()
    if len(shown) == 1:
        name = things[shown[0]].name
        chips = [voice.text(f"chip.{key}", name=name) for key in turn.pack.kinds[turn.pack.main].recommend
                 if key not in {*query.attributes, *(w.key for w in query.where)} and f"chip.{key}" in turn.pack.wording]
        return (*chips, voice.text("chip.about", name=name)) if query.asked != "card" else tuple(chips)
    names = " and ".join(things[i].name for i in shown[:2])
    chips = [] if query.asked == "compare" else [voice.text("chip.compare", names=names)]
    return (*chips, voice.text("chip.cheapest"), voice.text("chip.deepest"))


def why(turn: Turn, named: Sequence[str] = ()) -> Outcome | None:
    """Why programs (those named, else those in focus) were recommended: what draws the student to each, the limits met."""
    pack, voice, state = turn.pack, turn.voice, turn.state
    ids = (tuple(named) or next((frame.ids for frame in state.tables.stack if frame.kind == pack.main), ()))[:SHOWN]
    points = suited(pack, state.profile)
    lines: list[Line] = []
    cited: list[Citation] = []
    for id_ in ids:
        good = [r for r in points[id_].reasons if r.points > 0]
        if good:
            line, found = _reason_line(points[id_])
            lines.append(voice.line("programs.why", name=voice.name(id_), reasons=line))
            cited += found
        elif cell := about(voice, pack.things[id_]):
            lines.append((voice.name(id_), Span(": "), *cell[0]))
            cited += cell[1]
    if not lines:
        return None
    limits = own_limits(pack, state.profile)
    blocks: list[Block] = [voice.say("programs.because", lead=True)]
    if limits:
        blocks = [voice.say("programs.because_limits", lead=True, limits=joined([where_words(voice, pack.main, w) for w in limits]))]
    blocks.append(Bullets(tuple(lines), tuple(dict.fromkeys(cited))))
    return Outcome(state, tuple(blocks), "program.why", 0.9, tuple(ids), tuple(ids))


def answer_query(turn: Turn, query: Query, confidence: float) -> Outcome:
    """A question about a table, with the student's limits in force where it asks for a list of programs."""
    pack = turn.pack
    order: list[str] = []
    if query.kind == turn.pack.main and not query.subjects and query.asked in ("which", "extreme"):
        asked_of = {w.key for w in query.where} | ({query.sort.key} if query.sort else set())
        brought = tuple(w for w, _ in rule_limits(turn.state.profile, pack.program_rules) if w.key not in asked_of)
        fresh = tuple(w for w, x in zip(own_limits(pack, turn.state.profile), turn.state.profile.limits, strict=False)
                      if x.turn == turn.state.turn and w.key not in asked_of)
        if not query.scope and (fresh or any(w.own for w in query.where)):
            query = replace(query, where=(*query.where, *fresh, *(w for w in brought if w.key not in {f.key for f in fresh})))
        order = order_of(suited(pack, turn.state.profile))
    answer = evaluate(query, pack.kinds, pack.things, order)
    if (named := _named_for(turn, answer, confidence)) is not None:
        return named
    told = from_answer(turn, answer, confidence=confidence)
    return _else_recommended(turn, told) if _names_no_program(pack, query, answer) else told


def _names_no_program(pack: Pack, query: Query, answer: TableAnswer) -> bool:
    """Whether other things were asked which programs they name, and none of them names any ("which programs for a data scientist?")."""
    attribute = pack.kinds[query.kind].attributes.get(query.attributes[0]) if len(query.attributes) == 1 else None
    return query.asked == "value" and attribute is not None and attribute.of == pack.main and bool(answer.about) and not any(
        fact.value.state == "known" for id_ in answer.about for fact in pack.things[id_].facts.get(query.attributes[0], ()))


def _else_recommended(turn: Turn, told: Outcome) -> Outcome:
    """What was told, and the programs that suit what is known of the student; only the former when nothing is."""
    if not known_wishes(turn):
        return told
    fits = recommend(turn)
    return fits.but(blocks=(*told.blocks, *following(fits.blocks)), intent=told.intent, confidence=told.confidence)


def _named_for(turn: Turn, answer: TableAnswer, confidence: float) -> Outcome | None:
    """The programs that other things name ("which schools are good for vision?"): each with what is said of it there."""
    pack, voice, query = turn.pack, turn.voice, answer.query
    key = query.attributes[0] if len(query.attributes) == 1 else ""
    attribute = pack.kinds[query.kind].attributes.get(key)
    if query.asked != "value" or attribute is None or attribute.of != pack.main or not 0 < len(answer.about) <= 2:
        return None
    facts = [fact for id_ in answer.about for fact in pack.things[id_].facts.get(key, ()) if fact.value.state == "known"]
    found = {i: fact for fact in facts for i in fact.value.items if fact.value.items}
    fits = set(fitting(pack, turn.state.profile))
    ids = tuple(i for i in found if i in fits) or tuple(found)
    if not ids:
        return None
    cited = tuple(dict.fromkeys(c for i in ids for c in found[i].citations))
    blocks: list[Block] = [voice.say("programs.named_for", lead=True, citations=cited, names=voice.names(ids), thing=voice.names(answer.about))]
    lines = tuple((voice.name(i), Span(": "), Span(found[i].note, "fact", answer.about[0], key)) for i in ids if found[i].note)
    if lines:
        blocks.append(Bullets(lines))
    columns = tuple(k for k in pack.kinds[pack.main].recommend)
    blocks.append(table_of(voice, pack.main, ids[:SHOWN], columns))
    state = with_frame(with_frame(turn.state, query.kind, answer.about), pack.main, ids)
    state = replace(state, tables=replace(state.tables, last=Query("which", pack.main, scope=ids)))
    return Outcome(state, tuple(blocks), query.intent, confidence, ids, ids, tuple((i, k) for i in ids[:SHOWN] for k in columns),
                   _chips(turn, Query("which", pack.main), ids))


def why_not(turn: Turn, ids: Sequence[str]) -> Outcome:
    """Why a program is not among those that fit: the limits that it breaks, or that nothing speaks against it."""
    pack, voice, state = turn.pack, turn.voice, turn.state
    columns = pack.kinds[pack.main].attributes
    view = tuple(where for where in state.tables.view if where.key in columns or where.key == "id")  # it may be a list of careers
    query = Query("which", pack.main, where=merged(own_limits(pack, state.profile), view))
    answer = evaluate(query, pack.kinds, pack.things)
    broken, aside = dict(answer.broken), dict(answer.set_aside)
    stated = {limit.key for limit in state.profile.limits}
    brought = {where.key: rule for where, rule in rule_limits(state.profile, pack.program_rules) if where.key not in stated}
    blocks: list[Block] = []
    cells: list[tuple[str, str]] = []
    for id_ in ids:
        thing = pack.things[id_]
        keys = [w.key for w in broken.get(id_, ())] or list(aside.get(id_, ()))
        if id_ in broken:
            spoken = [found for w in broken[id_] if (rule := brought.get(w.key)) and (found := filled(rule.broken, voice, {pack.main: id_}))]
            if len(spoken) == len(broken[id_]):
                cited = tuple(c for _, citations in spoken for c in citations)
                blocks.append(voice.say("why_not.rule", lead=not blocks, citations=cited, facts=joined([line for line, _ in spoken])))
                cells += [(id_, k) for k in keys]
                continue
            lines = joined([_fails(voice, id_, w) for w in broken[id_]], "; and ", "; ")
            cited = tuple(c for k in keys if (cell := voice.cell(thing, k)) for c in cell[1])
            blocks.append(voice.say("why_not.broken", lead=not blocks, citations=cited, name=voice.name(id_), facts=lines))
        elif id_ in aside:
            what = joined([Span(voice.label(pack.main, k)) for k in keys])
            blocks.append(voice.say("why_not.aside", lead=not blocks, name=voice.name(id_), what=what))
        else:
            points = suited(pack, state.profile)
            against = [r for r in points[id_].reasons if r.points < 0]
            if against:
                reasons = joined([Span(r.because) for r in against])
                blocks.append(voice.say("why_not.against", lead=not blocks, citations=against[0].citations, name=voice.name(id_), reasons=reasons))
            else:
                blocks.append(voice.say("why_not.fits", lead=not blocks, name=voice.name(id_)))
            summary = about(voice, thing)
            if summary:
                blocks.append(Paragraph(summary[0], summary[1]))
        cells += [(id_, k) for k in keys]
    state = with_frame(state, pack.main, tuple(ids))
    chips = (*(voice.text("chip.drop", label=voice.label(pack.main, k)) for _, k in cells[:2]), voice.text("chip.about", name=pack.things[ids[0]].name))
    return Outcome(state, tuple(blocks), "program.why_not", 0.9, things=tuple(ids), cells=tuple(cells), suggestions=chips)


def _fails(voice: Voice, id_: str, where: Where) -> Line:
    thing, attribute = voice.pack.things[id_], voice.pack.kinds[voice.pack.main].attributes.get(where.key)
    fact = thing.fact(where.key)
    if attribute is not None and attribute.type == "choice" and fact is not None:
        say = Span(attribute.say(fact.value, short=False), "fact", id_, where.key)
        return voice.line("why_not.fails_choice", say=say, limit=where_words(voice, voice.pack.main, where))
    cell = voice.cell(thing, where.key)
    value = cell[0] if cell else (Span("not stated"),)
    return voice.line("why_not.fails", label=Span(voice.label(voice.pack.main, where.key)), value=value, limit=where_words(voice, voice.pack.main, where))
