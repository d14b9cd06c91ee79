"""What each part of a message is: a move of the conversation, a question about a table, an intent, or a statement.

Every possible reading is scored; the best is taken and the runner-up noted in the trace.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from advisor.dialogue.conversation import State
from advisor.dialogue.hearing import Part
from advisor.dialogue.knowledge import TABLE, opened_by
from advisor.dialogue.saying import says, says_noun, words_of
from advisor.knowledge.pack import Pack
from advisor.knowledge.queries import Query
from advisor.understanding.intents import Match

Way = Literal["table", "intent", "act", "limits", "pushback", "statement", "unknown"]

#: From here on an intent is answered; below, and down to UNSURE, it is offered as "did you mean". Set on the pack's own
#: examples, held out five ways: of those above the first, nine in ten were right.
SURE = 0.42
UNSURE = 0.22
#: A question that no reading is sure of is answered by the best intent all the same when it is this likely, and clearly
#: ahead of the next: an answer that says what it is about is worth more to a student than none.
GUESS, AHEAD = 0.25, 1.3
#: A statement is taken for an intent only when that is surer: it may simply tell something.
SURE_STATEMENT = 0.5
#: One that says what its writer likes or wants is first of all that.
SURE_TOLD = 0.75
#: What a table reading weighs, and what the matcher's own verdict adds to it.
READING, SEEMS = 0.62, 0.45
#: A question about named things that explains nearly all its words is hardly anything else.
EXPLICIT, EXACT, NAMED = 0.7, 0.95, 0.15
#: From here on a list is explicit: its nouns and small words explain less.
LISTED = 0.65
#: So is a list with conditions or an order: the table is exact where prose can only name a few.
FILTERED = 0.25
LISTS = ("which", "extreme", "count")
SUMS = ("average", "difference")
#: Readings that go on with the last question.
GOES_ON = ("ellipsis", "again", "same", "which.pronoun", "stranger")
#: Those that change who is compared.
CHANGES = ("instead", "remove", "add")
#: But a list by nothing than the name of a role or a specialization ("what does an MLOps engineer do") is a guess.
BY_NAME = 0.7
#: A message of so few words that a table reading explains is no prose question.
SHORT = 6
#: A name that is not held is asked about in a statement only when the statement is hardly more than the name.
BARE_NAME = 3
#: "Why is X so long?" wants a reason, which no cell holds; "can I ... online?" rests on an everyday word.
WHY, EVERYDAY, ASKS_ONE = 0.5, 0.85, 0.7
#: What a question for advice gains in a message that says what its writer likes.
TOLD = 0.2
#: Readings of this kind rest on a name alone, or on a word that is not held: any clear intent knows better.
WEAK = {"card": 0.35, "absent": 0.7, "not_held": 0.8}
#: So sure an intent is what it is, whatever the form of the sentence.
CERTAIN = 0.8
#: What is left of an intent that speaks of programs in general when the message names one.
GENERAL = 0.65
#: Talk beside the subject ("sorry, I meant ...") that names a school is hardly only that.
OFF_SUBJECT = 0.5
CHATTER = ("smalltalk.", "scope.")
#: After talk about degrees "what do you suggest?" asks for a degree rather than for programs.
ELSEWHERE = 0.8
#: Much that is asked of degrees looks a little like a wish for advice: with nothing told, it counts only when it is sure.
VAGUE = 0.6
#: What a bare "so which one?" gains after talk about degrees, or about programs.
IN_CONTEXT = 0.4
#: What an intent about the kind of thing referred to gains.
REFERRED = 0.25
#: Of three words ("so which one") a match tells little.
BARELY = 0.02
#: Below this a match says nothing that context could add to.
SLIGHT = 0.1
_AFTER = {"degree": ("choose_degree", "why", "why_not", "settle"), "recommend": ("recommend_programs", "why_not", "more"),
          "query": ("more", "why_not", "pushback"), "interview": ("choose_degree", "dont_know")}
#: Moves that a message may ask for while it states a limit.
OVER_LIMITS = ("choose_degree", "recommend_programs", "interview", "undo", "start_over", "what_if", "human")
#: Groups of intents whose members are alike: their confidences add up, since any of them is right enough.
ASIDE = ("scope.", "emotion.")
#: Intents on what the sources do not hold, and what one gains when the table reader found such a word too.
NOT_KNOWN, AGREED = "unknown.", 0.15
#: Intents that speak of what a student brings: they are answered also beside a wish.
BACKGROUND = "admissions."
#: What is urgent is answered wherever it stands, but never on a suspicion: a crisis line is no answer to a word about a mortgage.
URGENT_FROM = 0.45


class Plan(Struct, frozen=True):
    """How a part is to be handled, how sure that is, and what came second."""

    way: Way
    intent: str = ""
    score: float = 0.0
    runner_up: str = ""
    near: tuple[str, ...] = ()


def _table_score(part: Part, pack: Pack) -> float:
    query = part.table.query
    if query is None:
        return 0.0
    words = part.text.split()
    if query.asked == "not_held" and not part.asks and len(words) > BARE_NAME:
        return 0.0  # "I'm a consultant" is background, no question about consultants
    seems = next((m.confidence for m in part.matches if m.intent == TABLE), 0.0)
    score = READING * part.table.score + SEEMS * seems
    if query.subjects and query.asked not in WEAK and part.table.score >= EXPLICIT:
        score += NAMED if part.table.score < EXACT else 1.5 * NAMED
        if len(words) <= SHORT and query.attributes:
            score += NAMED
    elif len(query.subjects) > 1 and query.asked == "compare":
        score += 2 * NAMED  # "X or Y for language work": the two are weighed, whatever else is named
    elif part.table.score >= EXACT and (query.quantifier or query.asked == "value" and query.attributes and query.where):
        score += NAMED  # "is every program online", "how long is the one with the co-op"
    elif part.table.by in GOES_ON and part.table.score >= EXPLICIT:
        score += NAMED
    if part.table.by in CHANGES and part.table.score >= EXACT:
        score += 2 * NAMED  # "now Purdue instead of Drexel"
    columns = pack.kinds[query.kind].attributes
    by_name = query.asked == "which" and query.where and all(
        w.key in columns and columns[w.key].type == "list" for w in query.where)
    if query.asked == "which" and len(query.where) > 1 and part.table.score >= CERTAIN:
        score += NAMED  # "MS in AI degrees, not CS": two conditions are no chance
    if by_name and not says_noun(part, pack):
        score *= BY_NAME
    elif query.asked in LISTS and not query.subjects and (query.where or query.sort) and part.table.score >= LISTED:
        if len(words) <= SHORT and any(w.own for w in query.where):
            score += NAMED  # "and without the GRE?" narrows what was found before
        score += FILTERED + (NAMED if says_noun(part, pack) and not _asks_of_a_word(part, pack) else 0.0)
    elif query.asked in SUMS and part.table.score >= EXPLICIT:
        score += FILTERED + NAMED
    score *= _prose_left(part, pack, query)
    if query.asked == "yes_no" and all(key in columns and columns[key].everyday for key in query.attributes):
        score *= EVERYDAY
    said = set(part.text.lower().split())
    is_it = [word.strip("?!., ") for word in words[-2:]] == ["is", "it"]   # "so which degree is it?"
    bare_choice = len(words) <= SHORT - 2 + is_it and not part.mentions and not said.isdisjoint(pack.kinds[pack.options].nouns)
    if query.asked == "value" and bare_choice and (is_it or said.isdisjoint((*pack.words.it_refs, *pack.words.they_refs))):
        score *= WHY  # "which degree then": the choice is open, no title is asked for
    if part.table.by == "which.pronoun" and len(words) > SHORT - 2 and all(w.own for w in query.where):
        score *= WHY  # "which one should I apply to" is more than "which ones?"
    return score * WEAK.get(query.asked, 1.0)


def _prose_left(part: Part, pack: Pack, query: Query) -> float:
    """What is left of a table reading of a question that wants a few sentences."""
    left, first = 1.0, part.text.lower().split(maxsplit=1)[0]
    if query.asked == "which" and first in pack.words.what_openers and not says_noun(part, pack):
        left *= ASKS_ONE  # "what's the downside of fully asynchronous" wants prose
    if query.asked in LISTS and says(part, pack.words.weighing):
        left *= WHY  # "what am I giving up when I choose a fully asynchronous program?"
    if query.asked == "which" and first in pack.words.yes_no_start:
        left *= ASKS_ONE  # "can I become a scientist with one of these degrees?" wants a yes or no
    if opened_by(part.text, pack.words.why_openers, pack.words.joints):
        left *= WHY
    return left


def _asks_of_a_word(part: Part, pack: Pack) -> bool:
    """Whether a part seems to ask what a word means ("what does asynchronous mean when a school says it?")."""
    return bool(part.matches) and pack.intents[part.matches[0].intent].does == "define"


def _scores(part: Part, pack: Pack, state: State, told: bool) -> dict[str, float]:
    """The intents of a part, each with its confidence in this conversation, best first."""
    query = part.table.query
    named = any(m.kind == pack.main for m in part.mentions) or bool(query and query.kind == pack.main and (query.subjects or query.scope))
    out = {match.intent: _weighed(match, part, pack, named, told) for match in part.matches if match.intent != TABLE}
    _in_context(out, part, pack, state)
    for does, least in _bare_asks(part, pack, state, told):
        if id_ := _doing(pack, does):
            out[id_] = max(out.get(id_, 0.0), least)
    urgent = [id_ for id_ in out if pack.intents[id_].urgent]
    plain = not part.mentions and query is None and not part.table.limits and not part.asks
    for id_ in urgent:
        if out[id_] < (URGENT_FROM if plain else CERTAIN):
            del out[id_]
    for group in ASIDE:
        alike = [id_ for id_ in out if id_.startswith(group)]
        if len(alike) > 1 and not out.keys() & set(urgent):
            out[max(alike, key=lambda id_: out[id_])] = min(1.0, sum(out[id_] for id_ in alike))
    return dict(sorted(out.items(), key=lambda item: -item[1]))


def _weighed(match: Match, part: Part, pack: Pack, named: bool, told: bool) -> float:
    """The confidence of one match in what the part says beside it; `named`: a program is named or in focus."""
    does, score, query = pack.intents[match.intent].does, match.confidence, part.table.query
    if query is not None and query.asked == "not_held" and query.kind == pack.main and part.asks and not match.intent.startswith((NOT_KNOWN, "act.")):
        score *= OFF_SUBJECT  # "does MIT have an online master's?" is first of all about MIT
    if named and score < 1.0 and not _speaks_of_one(pack, match.intent):
        score *= OFF_SUBJECT if match.intent.startswith(CHATTER) else GENERAL
    if does == "choose_degree" and (not told and score < SURE_STATEMENT and not _advises(part, pack) or part.asks and score < CERTAIN and not wants_advice(part, pack)):
        score *= VAGUE
    if does == "choose_degree" and told and score > SLIGHT and (not part.asks or wants_advice(part, pack)):
        score = min(1.0, score + TOLD * (2 if len(part.text.split()) <= SHORT else 1))
    if told and match.intent.startswith(CHATTER) and score < 1.0:
        score *= OFF_SUBJECT  # "I like statistics. ... What would you do?"
    if does in ("yes", "no") and query is not None and len(part.text.split()) > BARE_NAME:
        score *= OFF_SUBJECT  # "no sorry, the ones that don't need it"
    if does == "define":
        score = _defines(part, pack, told, score)
    if match.intent.startswith(NOT_KNOWN) and query is not None and query.asked == "absent" and score > SLIGHT:
        score = min(1.0, score + AGREED)
    return score


def _defines(part: Part, pack: Pack, told: bool, score: float) -> float:
    """The confidence that a word is to be explained, in view of what the part asks."""
    words = pack.words
    if opened_by(part.text, words.what_if, words.joints):
        score *= OFF_SUBJECT  # "what if I learned Python first?"
    if score < 1.0 and not part.mentions and {*words_of(part)}.isdisjoint((*words.it_refs, *words.they_refs)):
        score *= OFF_SUBJECT  # "what is there": no word is asked about
    return score * OFF_SUBJECT if _only_names(part, pack, told, score) else score


def wants_advice(part: Part, pack: Pack) -> bool:
    """Whether a question is brief, names degrees, or says "should I", "suits me": what else it may ask, it asks for advice."""
    words = words_of(part)
    kinds = (pack.kinds[pack.options], pack.kinds[pack.main])
    return len(words) <= SHORT or any(word in kind.nouns for kind in kinds for word in words) or any(
        m.kind == pack.options for m in part.mentions) or _advises(part, pack)


def _advises(part: Part, pack: Pack) -> bool:
    """Whether a part says "should I", "suits me", "help me pick"."""
    return says(part, pack.words.advising)


def _only_names(part: Part, pack: Pack, told: bool, score: float) -> bool:
    """Whether a term is named and not asked about: "I like dashboards", "trading specialization?"."""
    if _bare(part) and not (told and not part.asks) and not (_names_kind(part, pack) and not _means(part, pack)):
        return False  # but "pose estimation, SLAM, what area is that" asks for the area
    if not part.asks and (told or score < CERTAIN):
        return True
    words = set(words_of(part))
    noun = not words.isdisjoint(pack.kinds[pack.main].nouns) or not words.isdisjoint(pack.kinds[pack.options].nouns)
    return _names_kind(part, pack) and (score < CERTAIN or noun and not _means(part, pack))


def _in_context(out: dict[str, float], part: Part, pack: Pack, state: State) -> None:
    """Raises the moves that are likely after the last reply, and lowers those that are not."""
    after = _AFTER.get((state.said.intent or "").partition(".")[0], ())
    if state.interviewing:
        after = (*after, *_AFTER["interview"])
    about = _kind_referred_to(part, pack, state)
    least = BARELY if len(part.text.split()) <= SHORT // 2 else SLIGHT
    why = max((out[id_] for id_ in out if pack.intents[id_].does == "why"), default=0.0)
    for id_, score in out.items():
        does = pack.intents[id_].does
        if does == "recommend_programs" and "choose_degree" in after:
            out[id_] = score * ELSEWHERE
        elif does == "pushback" and score < 1.0 and (not state.said.lead or _of_another(part, pack, state)):
            out[id_] = score * OFF_SUBJECT  # there is nothing to doubt
        elif about and id_.startswith(about) and score > SLIGHT:
            out[id_] = min(1.0, score + REFERRED)  # "which of the two is harder to get into?" after two careers
        elif about and id_.startswith(NOT_KNOWN):
            out[id_] = score * OFF_SUBJECT
        elif does == "more" and part.table.by == "ellipsis" and part.table.score >= EXACT:
            continue  # "and the other?" after the price of one: the price of the other
        elif does in after and score > least and not (does == "why_not" and why > score):
            out[id_] = min(1.0, score + IN_CONTEXT)


def _kind_referred_to(part: Part, pack: Pack, state: State) -> str:
    """The kind of what "it", "they" or "the two" stand for when it is no program; its name begins the ids of its intents."""
    refers = says(part, (*pack.words.both_refs, *pack.words.they_refs, *pack.words.it_refs))
    top = state.tables.stack[0].kind if state.tables.stack else ""
    return top if refers and not part.mentions and top in pack.words.listed and top != pack.main else ""


def _bare_asks(part: Part, pack: Pack, state: State, told: bool) -> Iterator[tuple[str, float]]:
    """Moves that a few bare words ask for though no example is like them, each with how sure that is."""
    words, said = words_of(part), set(words_of(part))
    programs = pack.kinds[pack.main].nouns
    brief = len(words) <= SHORT // 2
    query = part.table.query
    wishes = told or bool(query and query.where or part.table.limits or part.table.withdrawn)
    if wishes and len(words) > 2 and words[-2] in pack.words.relatives and words[-1] in programs:
        yield "recommend_programs", CERTAIN  # "don't want the GRE, which programs"
    if told and len(words) <= 2 and words[0] in pack.words.relatives and words[-1] in (*pack.words.relatives, *pack.words.one_words):
        yield "recommend_programs", SURE + 0.1  # "strong in code, want rigor for little money. which one"
    refers = not said.isdisjoint((*pack.words.it_refs, *pack.words.one_words))
    which = not said.isdisjoint(pack.words.relatives)
    if (told and refers or brief and which) and len(words) <= SHORT + 2 and part.table.query is None and not said.isdisjoint(programs):
        yield "recommend_programs", SURE + 0.1  # "I like the idea of a co-op. Which program has one?"
    if which and not part.mentions and not said.isdisjoint(programs) and says(part, pack.words.suits_that):
        yield "recommend_programs", 1.0  # "a master's for biomedical research. Which program is strong in that?"
    if (part.asks or brief) and any(pack.kinds[m.kind].brief for m in part.mentions) and says(part, pack.words.meaning):
        yield "define", CERTAIN  # "what do the letters CLSP stand for?"
    options = {m.id for m in part.mentions if m.kind == pack.options}
    again = len(options) == 1 and not said.isdisjoint(pack.words.it_refs)   # "is it the same as AI?"
    if part.asks and (len(options) > 1 or again and len(words) <= SHORT + 2) and not said.isdisjoint(pack.words.alike):
        yield "compare_degrees", CERTAIN  # "are an MSML and an MSAI the same thing in the end?"
    if told and (words[0] in pack.words.relatives or words[0] in pack.words.what_openers) and says(part, pack.words.choosing) and said.isdisjoint(programs):
        yield "choose_degree", SURE_TOLD  # "which do I pick if I'm more into policy than into building models"
    if which and len(words) <= BARE_NAME and words[-1] in pack.kinds[pack.options].nouns and state.profile.stances:
        yield "choose_degree", 1.0  # "I want to work with AI in hospitals. ... which degree"
    if told and brief and not said.isdisjoint(pack.kinds[pack.options].nouns):
        yield "choose_degree", SURE_STATEMENT + TOLD  # "dashboards and SQL are my thing, what degree?"


def _doing(pack: Pack, does: str) -> str:
    """The intent of a move; "" when the pack has none."""
    return next((id_ for id_, intent in pack.intents.items() if intent.does == does), "")


def _of_group(scores: dict[str, float]) -> str:
    """The best intent of a group ("admissions.") whose members together are sure enough, though none is alone."""
    sums: dict[str, float] = {}
    for id_, score in scores.items():
        sums[id_.partition(".")[0]] = sums.get(id_.partition(".")[0], 0.0) + score
    group = max(sums, key=lambda name: sums[name], default="")
    best = next((id_ for id_ in scores if id_.startswith(f"{group}.")), "")
    return best if group and group != "act" and sums[group] >= SURE and scores[best] >= UNSURE else ""


def _bare(part: Part) -> bool:
    """Whether a part is hardly more than the names in it."""
    return sum(m.end - m.start for m in part.mentions) >= 0.6 * len(part.text)


def _means(part: Part, pack: Pack) -> bool:
    """Whether a part says "mean" or "stand for"."""
    words = f" {part.text.lower().strip('?!. ')} "
    return any(f" {deed} " in words for deed in pack.words.deed)


def _names_kind(part: Part, pack: Pack) -> bool:
    """Whether a part says what kind of thing it wants ("which one", "a specialization in ..."), outside of names."""
    start = part.table.span[0]
    inside = " ".join(part.text[max(m.start - start, 0) : max(m.end - start, 0)] for m in part.mentions).lower().split()
    words = words_of(part)
    if words[0] in pack.words.relatives:
        return True  # "which one deals with uncertainty?"
    return any(word in kind.nouns for kind in pack.kinds.values() for word in words if word not in inside)


def _speaks_of_one(pack: Pack, id_: str) -> bool:
    """Whether an intent is asked of single programs: its examples name one, or its answer does."""
    intent = pack.intents[id_]
    return any(f"{{{pack.main}}}" in example for example in intent.examples) or any(
        f"{{{pack.main}." in text for block in intent.answer for text in block.texts)


def _tells(part: Part, pack: Pack) -> bool:
    """Whether a part states, changes or takes back a limit on programs."""
    columns = pack.kinds[pack.main].attributes
    limits = [limit for limit in part.table.limits if limit.key not in columns or columns[limit.key].type != "list"]   # "good at vision" asks for a list
    return bool(limits or part.table.corrected or set(part.table.withdrawn) & set(columns))


def _rules_out(part: Part) -> bool:
    """Whether a statement rules a program out ("not Stevens, I was rejected there"): what is left is asked for, not what is unknown."""
    query = part.table.query
    return query is not None and not part.asks and any(where.key == "id" and where.test.op == "not" for where in query.where)


def _of_another(part: Part, pack: Pack, state: State) -> bool:
    """Whether a doubt names a program that the last answer was not about ("so Georgia Tech doesn't want it, right?")."""
    named = {m.id for m in part.mentions if m.kind == pack.main}
    return bool(named) and part.table.query is not None and named.isdisjoint(next((f.ids for f in state.tables.stack if f.kind == pack.main), ()))


def plan(part: Part, pack: Pack, state: State, told: bool = False) -> Plan:
    """The best reading of one part; `told`: the message says what its writer likes or wants."""
    table, scores = _table_score(part, pack), _scores(part, pack, state, told)
    best = next(iter(scores), "")
    score = scores.get(best, 0.0)
    does = pack.intents[best].does if best else ""
    near = tuple(id_ for id_, s in scores.items() if s >= UNSURE * 0.4)[:3]
    runner = f"{best} {score:.2f}" if best else ""
    if part.table.pushback and state.said.lead and not (part.table.query and part.table.query.asked == "premise") and not _of_another(part, pack, state):
        return Plan("pushback", score=0.9, runner_up=runner, near=near)
    if _tells(part, pack) and not part.asks and not (does in OVER_LIMITS and score >= SURE_STATEMENT) and not best.startswith(ASIDE):
        return Plan("limits", TABLE, max(table, 0.6), runner, near)
    word_for_word = bool(does) and score >= 1.0
    if part.table.query is not None and (table >= score or _rules_out(part) and best.startswith(NOT_KNOWN)) and table > 0.15 and not word_for_word:
        return Plan("table", TABLE, min(1.0, table), runner, near)
    if best and score >= (SURE if part.asks else SURE_TOLD if told and not best.startswith(BACKGROUND) else SURE_STATEMENT):
        return Plan("act" if does else "intent", best, score, f"table {table:.2f}" if table else "", near)
    if part.table.query is not None and table > 0.15:
        return Plan("table", TABLE, min(1.0, table), runner, near)
    if part.asks and (group := _of_group(scores)):
        return Plan("act" if pack.intents[group].does else "intent", group, scores[group], "", near)
    second = next((s for id_, s in scores.items() if id_ != best), 0.0)
    if part.asks and best and score >= GUESS and score >= second * AHEAD:
        return Plan("act" if does else "intent", best, score, "", near)
    return Plan("unknown" if part.asks else "statement", best if score >= SURE else "", score, near=near)


