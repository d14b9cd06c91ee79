"""One turn: `respond(knowledge, conversation, text) -> (conversation, reply)`, a pure function."""

from __future__ import annotations

from msgspec.structs import replace

from advisor.dialogue import acts, caveats, degrees, pending, programs
from advisor.dialogue.conversation import LOG, Conversation, Said, State
from advisor.dialogue.fallback import lost
from advisor.dialogue.handling import handle
from advisor.dialogue.handling import limits as handling_limits
from advisor.dialogue.hearing import LONG, Heard, Part
from advisor.dialogue.interview import next_question
from advisor.dialogue.knowledge import Knowledge, bare
from advisor.dialogue.listening import listen
from advisor.dialogue.planning import ASIDE, CERTAIN, CHATTER, SURE, SURE_STATEMENT, SURE_TOLD, UNSURE, Plan, plan
from advisor.dialogue.profiling import is_what_if, learned, profiled, touched
from advisor.dialogue.turn import Outcome, Turn
from advisor.knowledge.pack import Pack
from advisor.knowledge.queries import Query
from advisor.reasoning.tables import evaluate
from advisor.replies.blocks import Block, Panel, Paragraph, Reply, Span
from advisor.replies.render import line_text
from advisor.replies.voice import Voice, joined
from advisor.understanding.clean import clean

#: So many questions of one message are answered; a longer list is read as one.
ANSWERS = 3
CHIPS = 4
#: A question of the interview may have more choices.
MOST_CHIPS = 9
#: Moves whose words say nothing of the student.
MOVES = ("interview", "help", "summary", "show_profile", "human", "why", "more", "repeat", "sources", "settle", "thanks", "greeting",
         "goodbye", "who_are_you", "start_over", "pushback")
#: What asks for advice and how likely it must be (stories of many kinds look like a wish for a degree), and how short a
#: question ("thoughts?", "so which?") is one anyway.
ADVICE = {"choose_degree": 0.28, "recommend_programs": 0.2, "compare_degrees": 0.2, "settle": 0.3, "choose_specialization": 0.2}
BRIEF = 3
#: Answers to a question of the bot's.
IDLE = ("dont_know", "yes", "no", "both", "neither")
FEELING = "emotion."
#: Replies that advise (as does a list within limits that were just stated): a caution goes with them.
ADVISES = ("recommend", "degree.verdict")
#: Replies that say the last thing again.
REPEATS = ("act.pushback", "act.repeat", "act.sources")


def respond(knowledge: Knowledge, conversation: Conversation, text: str) -> tuple[Conversation, Reply]:
    """The next state and the reply to a message. Pure: no clock, no file, no chance."""
    cleaned = clean(text)
    state = conversation.state
    if not cleaned.match:
        reply = Reply((knowledge.voice.say("empty", lead=True),), acts.welcome_chips(knowledge.voice), None, 0.0)
        return conversation, reply
    if knowledge.language.is_foreign(cleaned.match):
        reply = Reply((knowledge.voice.say("foreign", lead=True),), acts.welcome_chips(knowledge.voice), "foreign", 1.0)
        return conversation, reply
    said = _picked(state, cleaned.match)
    if said != cleaned.match:
        cleaned = clean(said)
    heard = listen(knowledge, replace(state, turn=state.turn + 1), cleaned)
    outcome = _outcome(knowledge, conversation, heard)
    if cleaned.cut:
        outcome = outcome.but(blocks=(*outcome.blocks, knowledge.voice.say("cut", caution=True)))
    return _finished(knowledge, conversation, outcome, cleaned.kept)


def _picked(state: State, text: str) -> str:
    """A bare number picks that suggestion of the last reply."""
    plain = text.strip().rstrip(".)")
    if plain.isdecimal() and not state.pending and 1 <= int(plain) <= len(state.said.suggestions):
        return state.said.suggestions[int(plain) - 1]
    return text


# ---------------------------------------------------------------------- one message
def _outcome(knowledge: Knowledge, conversation: Conversation, heard: Heard) -> Outcome:
    before = conversation.state
    pack = knowledge.pack
    state = replace(before, turn=before.turn + 1)
    first = Turn(knowledge, state, heard, heard.parts[0])
    if answered := pending.answer(first):
        return answered
    whole = plan(Part(heard.cleaned.match, heard.parts[0].asks, heard.parts[0].table, heard.whole, heard.mentions), pack, state)
    if whole.way == "act" and pack.intents[whole.intent].does == "undo" and len(heard.cleaned.match.split()) <= 8:
        return acts.undo(first, conversation)
    if not _only_moves(heard, whole, pack):
        state = replace(state, profile=profiled(state.profile, heard, pack, state.turn, bool(before.said.lead)))
    told = _tells_of_degrees(heard)
    plans = _within_limits([(part, plan(part, pack, state, told)) for part in heard.parts], pack)
    outcomes = _answers(knowledge, state, heard, plans) or _from_background(knowledge, state, heard, plans)
    if outcomes:
        return _joined(knowledge, before, _with_verdict(knowledge, state, heard, outcomes), heard)
    return _told(replace(first, state=state), before, heard, whole, plans)


def _within_limits(plans: list[tuple[Part, Plan]], pack: Pack) -> list[tuple[Part, Plan]]:
    """A few bare words behind a limit ("budget is 50k. options?", "under 25k, what is there") ask for what is within it."""
    move = next((id_ for id_, intent in pack.intents.items() if intent.does == "recommend_programs"), "")
    last, found = plans[-1]
    does = pack.intents[found.intent].does if found.intent in pack.intents else ""
    bare_ask = last.asks and not last.mentions and last.table.query is None and len(last.text.split()) <= BRIEF + 1
    vague = found.way in ("unknown", "statement") or does in ("help", "define") or found.score < SURE_STATEMENT
    if not (move and bare_ask and vague and any(other.way == "limits" for _, other in plans[:-1])):
        return plans
    return [*plans[:-1], (last, Plan("act", move, SURE_STATEMENT, found.runner_up, found.near))]


def _only_moves(heard: Heard, whole: Plan, pack: Pack) -> bool:
    """Whether a message is nothing but a move ("ask me questions", "give me a summary"), is beside the subject, or tells
    of a feeling: its words are no wishes."""
    if len(heard.cleaned.match.split()) > LONG:
        return False
    does = pack.intents[whole.intent].does if whole.way == "act" else ""
    if whole.intent.startswith(FEELING) and _tells_of_degrees(heard):
        return False
    return (does in MOVES and whole.score >= CERTAIN) or (whole.way == "intent" and whole.intent.startswith((*ASIDE, *CHATTER)) and whole.score >= SURE_STATEMENT
                                                          and not any(part.table.limits for part in heard.parts))


def _tells_of_degrees(heard: Heard) -> bool:
    """Whether the message says what its writer likes or wants: a question in it is then likely one for advice."""
    listed = len(heard.parts) > 1 and not heard.parts[0].asks  # "power bi, dashboards, business questions. which degree is that"
    return any(e.stance in ("likes", "wants", "avoids") or listed and e.stance == "mentioned" for e in heard.stances.entries)


def _urgent(pack: Pack, id_: str) -> bool:
    """Whether an intent is answered wherever it stands (`urgent: yes`)."""
    return id_ in pack.intents and pack.intents[id_].urgent


def _worth(pair: tuple[Part, Plan]) -> bool:
    return pair[1].way in ("table", "intent", "act", "limits", "pushback") or pair[0].table.what_if


def _with_verdict(knowledge: Knowledge, state: State, heard: Heard, outcomes: list[Outcome]) -> list[Outcome]:
    """A feeling told beside a wish ("I want to train models, but everybody says ...") is met, and the wish answered too."""
    only = outcomes[0]
    if len(outcomes) > 1 or not (only.intent or "").startswith(FEELING) or _urgent(knowledge.pack, only.intent or "") or not _tells_of_degrees(heard):
        return outcomes
    verdict = degrees.verdict(Turn(knowledge, only.state, heard, heard.parts[0]))
    return [only, verdict] if degrees.ranked(knowledge.pack, state.profile).ranking else outcomes


def _answers(knowledge: Knowledge, state: State, heard: Heard, plans: list[tuple[Part, Plan]]) -> list[Outcome]:
    """The answers to the questions of a message, each in the state that the one before it left."""
    out: list[Outcome] = []
    seen: set[str] = set()
    asking = [pair for pair in plans if _worth(pair) or heard.supposes]
    long = len(heard.cleaned.match.split()) > LONG
    told = _tells_of_degrees(heard)
    if any(part.asks for part, _ in asking):
        asking = [(part, found) for part, found in asking if part.asks or (not long or _marked(heard, part)) and _answers_itself(found, knowledge.pack, told)]
        if long and any(_marked(heard, part) for part, _ in asking):  # the story before the question asks nothing
            asking = [(part, found) for part, found in asking if _marked(heard, part) or found.score >= CERTAIN and found.way != "act"]
        tags = knowledge.pack.words.tags
        if len(asking) > 1:  # "Are they? Cost, credits, ...": the first says nothing by itself
            asking = [(part, found) for part, found in asking if bare(part.text) not in tags or found.way == "pushback"] or asking
        if any(found.score >= SURE for _, found in asking):  # a guess beside a sure answer only confuses
            asking = [(part, found) for part, found in asking if found.score >= SURE or _marked(heard, part)]
    elif long:
        asking = [(part, found) for part, found in asking if found.way == "limits" or _urgent(knowledge.pack, found.intent)][-1:]
    for part, found in asking:
        key = found.intent if found.way != "table" else str(part.table.query)
        does = knowledge.pack.intents[found.intent].does if found.way == "act" else ""
        if key in seen or does == "recommend_programs" and out and out[-1].programs:  # "ML in games, which would you pick?" is answered
            continue
        seen.add(key)
        if does in IDLE and not state.pending and len(heard.parts) > 1:
            continue  # "whatever. just tell me ...": there was nothing to answer
        if out and _told_already(part, out[-1]):
            continue
        part = _about_last(part, out, knowledge.pack)
        outcome = handle(Turn(knowledge, state, heard, part), found)
        if outcome is None:
            continue
        out.append(outcome)
        state = outcome.state
        if len(out) == ANSWERS or heard.supposes:
            break
    return out


def _told_already(part: Part, last: Outcome) -> bool:
    """Whether a few bare words ask for what was just told ("the most expensive ones & how much")."""
    query = part.table.query
    bare_ask = query is not None and query.asked == "value" and not query.subjects and not query.where and len(part.text.split()) <= BRIEF
    return bare_ask and query is not None and {key for _, key in last.cells}.issuperset(query.attributes)


def _about_last(part: Part, out: list[Outcome], pack: Pack) -> Part:
    """"Which would you suggest, and how many credits is it?": the second question is about what the first one found."""
    query = part.table.query
    first = out[-1].programs[:1] if out else ()
    said = set(bare(part.text).split())
    if not first or query is None or query.asked != "value" or query.kind != pack.main or query.subjects or query.where or said.isdisjoint(pack.words.it_refs):
        return part
    return replace(part, table=replace(part.table, query=replace(query, subjects=first)))


def _answers_itself(found: Plan, pack: Pack, told: bool) -> bool:
    """Whether a statement beside a question is answered too: one about the tables or with an answer of its own, for sure.

    `told`: the message says what its writer likes, so that its statements are that and no questions.
    """
    if told and found.way == "intent":
        return False
    if found.way == "intent" or found.way == "act" and pack.intents[found.intent].does != "define":
        return found.score >= CERTAIN
    return found.way == "table" and found.score >= SURE_TOLD


def _marked(heard: Heard, part: Part) -> bool:
    """Whether the sentence of a part ends with a question mark."""
    rest = heard.cleaned.match[part.table.span[1] :]
    return next((mark for mark in rest if mark in ".?!"), "") == "?"


def _from_background(knowledge: Knowledge, state: State, heard: Heard, plans: list[tuple[Part, Plan]]) -> list[Outcome]:
    """A bare question after its background ("BA in sociology. Any program for people like me?"): the background tells which."""
    if not any(part.asks for part, _ in plans):
        return []
    told = [(part, found) for part, found in plans if found.way == "statement" and found.intent and not found.intent.startswith(ASIDE)]
    if not told:
        return []
    part, found = max(told, key=lambda pair: pair[1].score)
    if knowledge.pack.intents[found.intent].does:
        return []
    outcome = handle(Turn(knowledge, state, heard, part), replace(found, way="intent"))
    return [outcome] if outcome else []


def _joined(knowledge: Knowledge, before: State, outcomes: list[Outcome], heard: Heard) -> Outcome:
    """Several answers as one reply: the first question gives the intent, the lowest confidence counts."""
    last = outcomes[-1]
    blocks: list[Block] = []
    for outcome in outcomes:
        blocks += [b for b in outcome.blocks if b not in blocks]
    shown = any(outcome.degree_shown for outcome in outcomes)
    state = last.state
    if learned(before.profile, state.profile) and not shown and not is_what_if(heard):
        note = _noted(knowledge.voice, before, state)
        blocks += [note] if note and not any(o.intent and o.intent.startswith("recommend") for o in outcomes) else []
    if is_what_if(heard) and last.intent and last.intent.startswith(("recommend", "degree")):
        blocks.append(knowledge.voice.say("noted.what_if"))
    return Outcome(state, tuple(blocks), outcomes[0].intent, min(o.confidence for o in outcomes),
                   tuple(dict.fromkeys(i for o in outcomes for i in o.programs)), last.things,
                   tuple(dict.fromkeys(c for o in outcomes for c in o.cells)),
                   _chips(outcomes), shown,
                   tuple(t for o in outcomes for t in o.trace), last.supposed)


def _chips(outcomes: list[Outcome]) -> tuple[str, ...]:
    """The suggestions of the last answer first; of a single one all, since they may be the choices of a question."""
    if len(outcomes) == 1:
        return outcomes[0].suggestions
    return tuple(dict.fromkeys(c for o in reversed(outcomes) for c in o.suggestions))[:CHIPS]


def _noted(voice: Voice, before: State, state: State) -> Paragraph | None:
    old = set(map(line_text, acts.known_lines(voice, before.profile)))
    new = [line for line in acts.known_lines(voice, state.profile) if line_text(line) not in old]
    return Paragraph(voice.line("noted", what=joined(new, "; ", "; "))) if new else None


# ---------------------------------------------------------------------- a message that only tells
def _told(turn: Turn, before: State, heard: Heard, whole: Plan, plans: list[tuple[Part, Plan]]) -> Outcome:
    """No part asks anything that was understood: advise on what was told, else be honest."""
    state, pack, voice = turn.state, turn.pack, turn.voice
    limits = programs.own_limits(pack, state.profile) != programs.own_limits(pack, before.profile)
    points = any(s.score > 0 for s in programs.suited(pack, state.profile).values())
    news = learned(before.profile, state.profile) or touched(before.profile, state.profile)
    if whole.way in ("intent", "act") and len(heard.parts) > 1 and not news:
        outcome = handle(replace(turn, part=replace(turn.part, matches=heard.whole, mentions=heard.mentions)), whole)
        if outcome:
            return outcome
    if limits or any(part.table.withdrawn or part.table.corrected for part in heard.parts):
        return handling_limits(turn)
    wants = _advice(heard, pack)
    if wants == "recommend_programs" and points:
        return programs.recommend(turn)
    if wants:
        if news and degrees.ranked(pack, state.profile).ranking:
            return degrees.verdict(turn)
        if news and points:
            return programs.recommend(turn)
    named = heard.named(pack.main)
    if len(named) == 1 and any(part.asks for part in heard.parts):  # not understood, but it is about this one
        card = Query("card", pack.main, named)
        return programs.from_answer(turn, evaluate(card, pack.kinds, pack.things), confidence=UNSURE)
    if note := _noted(voice, before, state):
        return Outcome(state, (Paragraph(note.line, lead=True), voice.say("noted.tail")), "statement", 0.6,
                       suggestions=(voice.text("chip.interview"), voice.text("chip.programs")))
    return lost(turn, tuple(dict.fromkeys(n for _, p in plans for n in p.near)))


def _advice(heard: Heard, pack: Pack) -> str:
    """The advice that a message which was not read may want: choose_degree also when it asks nothing, or next to nothing
    ("thoughts?"); "" when it asks something else, which a verdict does not answer only because it names a topic."""
    asking = [part for part in heard.parts if part.asks]
    if not asking or len(asking[-1].text.split()) <= BRIEF:
        return "choose_degree"
    return next((does for m in asking[-1].matches[:3] if (does := pack.intents[m.intent].does) in ADVICE
                 and m.confidence >= ADVICE[does]), "")


# ---------------------------------------------------------------------- the reply
def _finished(knowledge: Knowledge, conversation: Conversation, outcome: Outcome, text: str) -> tuple[Conversation, Reply]:
    """Disagreements told once, the degree ranking, and the state that the next turn starts from."""
    pack = knowledge.pack
    outcome, state = _returned(knowledge, conversation.state, outcome), outcome.state
    blocks = outcome.blocks
    conflicts = caveats.due(pack, outcome.cells, state.told)
    if conflicts:
        blocks = (*blocks, caveats.line(knowledge.voice, conflicts))
        if len(conflicts) <= caveats.FOLDED:
            state = replace(state, told=(*state.told, *caveats.keys(conflicts)))
    narrowed = bool(outcome.programs) and any(limit.turn == state.turn for limit in state.profile.limits)
    if ((outcome.intent or "").startswith(ADVISES) or narrowed) and outcome.supposed is None:
        found = caveats.caution(knowledge.voice, state.profile, outcome.programs[:1], state.told)
        if found is not None:
            blocks, state = (*blocks, found[1]), replace(state, told=(*state.told, found[0]))
    ranking = degrees.ranking_of(degrees.ranked(pack, outcome.supposed or state.profile))
    reply = Reply(blocks, outcome.suggestions[:MOST_CHIPS], outcome.intent, round(outcome.confidence, 3), outcome.programs, ranking, outcome.trace)
    said = Said(outcome.intent, outcome.lead, reply.citations, reply.suggestions, outcome.degree_shown)
    if outcome.intent in REPEATS and state.said.lead:  # what is pressed or repeated stays the thing talked about
        said = replace(state.said, suggestions=reply.suggestions)
    if not outcome.kept:
        return replace(conversation.undone(), state=replace(state, said=said)), reply
    state = replace(state, said=said, log=(*state.log, (text, outcome.lead))[-LOG:])
    return conversation.then(state), reply


def _returned(knowledge: Knowledge, before: State, outcome: Outcome) -> Outcome:
    """After a digression the question of the interview comes back."""
    waits = outcome.state.pending
    if not waits or waits != before.pending or not before.interviewing or not outcome.kept or (outcome.intent or "").startswith("interview"):
        return outcome
    question = next(q for q in knowledge.pack.interview if q.question == waits)
    again = knowledge.voice.say("interview.again", question=Span(question.ask))
    return outcome.but(blocks=(*outcome.blocks, again), suggestions=degrees.labels(question))


def welcome(knowledge: Knowledge) -> Reply:
    """The first screen: what this is, and four questions of four kinds."""
    voice = knowledge.voice
    return Reply((voice.say("welcome.first", lead=True), voice.say("welcome.second")), acts.welcome_chips(voice), "welcome", 1.0)


def panel(knowledge: Knowledge, conversation: Conversation) -> Panel:
    """What stands beside the conversation."""
    pack, voice, state = knowledge.pack, knowledge.voice, conversation.state
    found = degrees.verdict_of(pack, state.profile, state.asked)
    fits = programs.fitting(pack, state.profile)
    known = tuple(_known(voice, state))
    ranking = tuple((pack.things[s.id].name, s.score) for s in found.ranking if s.score > 0)[:4]
    prices = tuple((pack.things[i].name, line_text(cell[0])) for i in fits[:4] if (cell := voice.cell(pack.things[i], pack.price)))
    dates = tuple(f"{s.title}, {s.as_of}" for s in pack.sources.values() if s.sections)
    asked = state.profile.limits or any(s.score > 0 for s in programs.suited(pack, state.profile).values())
    question = None if found.settled else next_question(pack.interview, state.profile, state.asked, "degree", found)
    settled_by = question.question.replace("_", " ") if question and found.ranking else ""
    return Panel(known, ranking, settled_by, prices if asked else (), len(fits), dates)


def _known(voice: Voice, state: State) -> list[tuple[str, str]]:
    out = [(stance, ", ".join(voice.pack.topics.label(e.topic) for e in state.profile.stances if e.stance == stance))
           for stance in acts.SHOWN]
    limits = [(voice.label(voice.pack.main, x.key), line_text(acts.limit_line(voice, x)).partition(": ")[2]) for x in state.profile.limits]
    return [(label, text) for label, text in (*out, *limits) if text]

