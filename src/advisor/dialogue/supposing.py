"""What if: a supposition is answered with the profile as it would be, and changes nothing that is known."""

from __future__ import annotations

from msgspec.structs import replace

from advisor.dialogue import degrees, programs
from advisor.dialogue.conversation import State
from advisor.dialogue.knowledge import after_joint, bare, opened_by
from advisor.dialogue.profiling import is_what_if, withdrawn
from advisor.dialogue.turn import Outcome, Turn
from advisor.knowledge.profile import Limit, Profile, StanceEntry
from advisor.knowledge.queries import Query, Where
from advisor.reasoning.tables import evaluate

#: What one would rather study; a supposition of other wishes takes their place.
TASTES = ("likes", "wants", "mentioned", "asked")


def what_if(turn: Turn, needs_change: bool = False) -> Outcome | None:
    """A supposition: the profile as it would be, for this reply only; None when a change is needed and nothing changes."""
    own, reading = turn.state.profile, turn.part.table
    profile = _supposed(turn)
    supposed = replace(turn, state=replace(turn.state, profile=profile))
    before, after = degrees.ranked(turn.pack, own), degrees.ranked(turn.pack, profile)
    query = reading.query
    known = {(w.key, w.test) for w in programs.own_limits(turn.pack, own)}
    where = tuple(w for w in query.where if not w.own and (w.key, w.test) not in known) if query and query.kind == turn.pack.main else ()
    both = tuple(dict.fromkeys(m.id for m in turn.part.mentions if m.kind == turn.pack.main))
    if len(both) > 1:  # "suppose I got into both, what then?"
        return programs.from_answer(turn, evaluate(Query("compare", turn.pack.main, both[:3]), turn.pack.kinds, turn.pack.things))
    if after.ranking and after != before:
        outcome = degrees.verdict(supposed, ask=False)
    elif not where and _says_nothing(turn, own, profile) or needs_change and not where and programs.fitting(turn.pack, own) == programs.fitting(turn.pack, profile):
        return None
    else:
        outcome = programs.recommend(supposed, where, every=True)
    restored: State = replace(outcome.state, profile=own, top=turn.state.top)
    note = () if is_what_if(turn.heard) else (turn.voice.say("noted.what_if"),)
    return outcome.but(state=restored, blocks=(*outcome.blocks, *note), supposed=profile)


def _says_nothing(turn: Turn, own: Profile, supposed: Profile) -> bool:
    """Whether nothing that is weighed here is supposed ("what if I lose my job halfway through?")."""
    return supposed == own and not turn.part.table.what_if and not turn.part.table.query


def _after_opener(turn: Turn, text: str) -> str | None:
    """A text without the words that suppose ("what if", "suppose"); None when it does not open with any."""
    plain, joints = bare(text), turn.pack.words.joints
    opener = opened_by(plain, turn.pack.words.what_if, joints)
    return after_joint(plain, joints)[len(opener) :] if opener else None


def supposing(turn: Turn) -> bool:
    """Whether the part itself supposes, and not only another part of its message."""
    return turn.part.table.what_if or _after_opener(turn, turn.part.text) is not None


def opens_supposing(turn: Turn) -> bool:
    """Whether the message begins with a supposition ("suppose I hated math, what would you say then?")."""
    return _after_opener(turn, turn.heard.cleaned.match) is not None


def _supposed(turn: Turn) -> Profile:
    """The profile as the message supposes it: limits and stances that it names are replaced or gone.

    One that names nothing ("what if I took it after all?", "suppose it was 60") speaks of the limit that was set last.
    """
    heard, reading, own = turn.heard, turn.part.table, turn.state.profile
    gone = {*withdrawn(heard, turn.pack), *reading.attributes, *(hit.topic for hit in heard.stances.topics)}
    new = tuple(w for part in heard.parts for w in part.table.limits)
    if not new:
        stated = {(limit.key, limit.test) for limit in own.limits}
        new = tuple(w for part in heard.parts if part.table.query for w in part.table.query.where
                    if w.own and w.key in part.table.attributes and w.key not in reading.withdrawn and (w.key, w.test) not in stated)
    gone -= {w.key for w in new}
    last, wishes = _set_last(turn) or _listed_by(turn), _wished(turn)
    present = {limit.key for limit in own.limits} | {entry.topic for entry in own.stances}
    if not gone & present and not new and not wishes and last:
        limited = (*((x.key, x.test) for x in own.limits), *((x.key, x.test) for x in turn.state.tables.view))
        old = next((test for key, test in limited if key == last), None)
        numbers = [float(word) for word in bare(heard.cleaned.match).split() if word.isdecimal()]
        if old is not None and old.high is not None and len(numbers) == 1:
            figure = numbers[0] * (1000 if old.high >= 1000 > numbers[0] else 1)
            new = (Where(last, replace(old, high=figure), "", True),)
        else:
            gone = {last}
    profile = replace(own, limits=tuple(x for x in own.limits if x.key not in gone),
                      stances=tuple(e for e in own.stances if e.topic not in gone and not (wishes and e.stance in TASTES)))
    profile = profile.with_stances(wishes or heard.stances.entries)
    for limit in new:
        profile = profile.with_limit(Limit(limit.key, limit.test, limit.words, turn.state.turn, limit.must))
    return profile


def _wished(turn: Turn) -> tuple[StanceEntry, ...]:
    """What is supposed to be wanted ("what if it was robots I was after?"): read without the words that suppose."""
    rest = _after_opener(turn, turn.heard.cleaned.match)
    if rest is None:
        return ()
    read = turn.knowledge.stances.read(rest, turn.state.turn)
    wanted = (replace(entry, stance="wants") for entry in read.entries if entry.stance in TASTES)
    return tuple(e for e in wanted if any(s.score > 0 for s in degrees.ranked(turn.pack, Profile(stances=(e,))).ranking))


def _listed_by(turn: Turn) -> str:
    """The column by which the last list was narrowed, when the student stated no limit."""
    columns = turn.pack.kinds[turn.pack.main].attributes
    return next((where.key for where in reversed(turn.state.tables.view) if where.key in columns and where.test.high is not None), "")


def _set_last(turn: Turn) -> str:
    """The column or topic of the limit that was stated last; "" when there is none."""
    profile = turn.state.profile
    brought = {where.key for where in programs.own_limits(turn.pack, profile)}
    stated = [(limit.turn, limit.key) for limit in profile.limits if limit.key != "id"]
    stated += [(entry.turn, entry.topic) for entry in profile.stances if entry.stance in ("refuses", "avoids") and entry.topic in brought]
    return max(stated, default=(0, ""))[1]
