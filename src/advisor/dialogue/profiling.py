"""What a message adds to the profile: stances, limits, and what is taken back."""

from __future__ import annotations

from msgspec.structs import replace

from advisor.dialogue.hearing import Heard
from advisor.knowledge.conditions import Test
from advisor.knowledge.pack import Pack
from advisor.knowledge.profile import Limit, Profile, Slot


def _budget(key: str, test: Test, pack: Pack) -> Test:
    """A sum that the student can pay is a ceiling: "about 20k" of one's own means at most 20k."""
    attribute = pack.kinds[pack.main].attributes.get(key)
    if attribute is not None and attribute.type == "money" and attribute.better == "lower" and test.op in ("about", "exactly"):
        return Test("at most", high=test.high)
    return test


def excluding(profile: Profile, ids: tuple[str, ...], words: str, turn: int) -> Profile:
    """The profile with these programs ruled out, beside those that were ruled out before."""
    old = next((limit for limit in profile.limits if limit.key == "id"), None)
    values = tuple(dict.fromkeys((*(old.test.values if old else ()), *ids)))
    return profile.with_limit(Limit("id", Test("not", values=values), words, turn))


def is_what_if(heard: Heard) -> bool:
    """Whether the message supposes something; such a message never changes what is known."""
    return heard.supposes


def withdrawn(heard: Heard, pack: Pack) -> tuple[str, ...]:
    """The limits that a message takes back: those it names, and those that a topic of it makes void ("money is no object")."""
    topics = (pack.topics.topics.get(hit.topic) for hit in heard.stances.topics)
    void = (topic.suggests.get("withdraws", "") for topic in topics if topic)
    return tuple(dict.fromkeys((*(key for part in heard.parts for key in part.table.withdrawn), *filter(None, void))))


def profiled(profile: Profile, heard: Heard, pack: Pack, turn: int, disputes: bool = True) -> Profile:
    """The profile after a message. A wish for something on a list (a specialization) is a matter of topics, not a limit.

    `disputes`: something was said before that "no, it's 9k" may dispute.
    """
    columns = pack.kinds[pack.main].attributes
    lists = {key for key, attribute in columns.items() if attribute.type == "list"}
    if is_what_if(heard):
        return profile
    kept = tuple(e for e in profile.stances if e.topic not in heard.stances.dropped)
    profile = replace(profile, stances=kept).with_stances(heard.stances.entries)
    for key in withdrawn(heard, pack):
        profile = profile.without_limit(key)
        gone = tuple(e for e in profile.stances if not (e.topic == key and e.stance in ("avoids", "refuses", "lacks")))
        profile = replace(profile, stances=gone)
    ready = {e.topic for e in heard.stances.entries if e.stance in ("likes", "wants", "has")}  # "I'm fine taking the GRE now"
    profile = profile.without_limit(*(limit.key for limit in profile.limits if limit.key in ready))
    for part in heard.parts:
        if part.table.pushback and disputes:  # "no, it's 9k" disputes a figure and sets no limit
            continue
        query = part.table.query
        # A correction, or a clause that asks nothing, speaks of the student even where it was read as a question.
        tells = part.table.corrected or (not part.asks and query is not None and query.asked in ("extreme", "count") and len(heard.parts) > 1)
        told = tuple(w for w in (query.where if query else ()) if w.key in part.table.attributes) if tells else ()
        for where in part.table.limits or told:
            if where.key == "id":
                profile = excluding(profile, where.test.values, where.words, turn)
            elif where.key in columns and where.key not in lists:  # "at least 100k" of a salary limits no program
                profile = profile.with_limit(Limit(where.key, _budget(where.key, where.test, pack), where.words, turn, where.must))
        asked_of = set(part.table.query.subjects) if part.table.query else set()
        barred = tuple(i for i in part.table.excluded if i not in asked_of)
        why = part.text.lower().startswith(pack.words.why_openers)   # "why that and not Columbia?"
        if barred and not why and not (part.asks and part.table.query and part.table.query.asked in ("yes_no", "value", "compare", "extreme")):
            profile = excluding(profile, barred, part.text, turn)
    if heard.ruled_out:
        profile = excluding(profile, heard.ruled_out, heard.cleaned.match, turn)
    if heard.ceiling and pack.price:
        profile = profile.with_limit(Limit(pack.price, Test("at most", high=heard.ceiling[0]), heard.ceiling[1], turn))
    if heard.stances.unsure:
        profile = profile.with_slot(Slot("commitment", "unsure", turn=turn))
    return profile


def learned(before: Profile, after: Profile) -> bool:
    """Whether the message said something about the student (a mere mention is not enough)."""
    said = [e for e in after.stances if e not in before.stances and e.stance not in ("asked", "mentioned")]
    return bool(said) or after.limits != before.limits or after.slots != before.slots


def touched(before: Profile, after: Profile) -> bool:
    """Whether any topic came up that was not there."""
    return any(e not in before.stances for e in after.stances)
