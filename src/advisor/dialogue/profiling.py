"""What a message adds to the profile: stances, limits, and what is taken back."""

from __future__ import annotations

from dataclasses import replace

from advisor.dialogue.hearing import Heard
from advisor.knowledge.conditions import Test
from advisor.knowledge.pack import Pack
from advisor.knowledge.profile import Limit, Profile, Slot


def _budget(key: str, test: Test, pack: Pack) -> Test:
    """A sum that the student can pay is a ceiling: "about 20k" of one's own means at most 20k."""
    attribute = pack.kinds["program"].attributes.get(key)
    if attribute is not None and attribute.type == "money" and attribute.better == "lower" and test.op in ("about", "exactly"):
        return Test("at most", high=test.high)
    return test


def is_what_if(heard: Heard) -> bool:
    """Whether the message supposes something; such a message never changes what is known."""
    return any(part.table.what_if for part in heard.parts)


def profiled(profile: Profile, heard: Heard, pack: Pack) -> Profile:
    """The profile after a message. A wish for something on a list (a specialization) is a matter of topics, not a limit."""
    lists = {key for key, attribute in pack.kinds["program"].attributes.items() if attribute.type == "list"}
    turn = max((e.turn for e in heard.stances.entries), default=0)
    if is_what_if(heard):
        return profile
    kept = tuple(e for e in profile.stances if e.topic not in heard.stances.dropped)
    profile = replace(profile, stances=kept).with_stances(heard.stances.entries)
    for part in heard.parts:
        for key in part.table.withdrawn:
            profile = profile.without_limit(key)
            gone = tuple(e for e in profile.stances if not (e.topic == key and e.stance in ("avoids", "refuses", "lacks")))
            profile = replace(profile, stances=gone)
        for where in part.table.limits:
            if where.key != "id" and where.key not in lists:
                profile = profile.with_limit(Limit(where.key, _budget(where.key, where.test, pack), where.words, turn, where.must))
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
