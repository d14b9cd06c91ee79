"""What a scripted turn expects, held against the reply and the profile; each difference with both values."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from msgspec import Struct

from advisor.knowledge.conditions import ConditionError, Test, number, parse_test
from advisor.knowledge.profile import STANCES, Profile
from advisor.replies.blocks import Reply
from advisor.replies.render import to_plain
from advisor.workbench.script import STATES, Turn, is_pattern


class Miss(Struct, frozen=True):
    """One expectation that does not hold: its key in the script, what it is about, and both values."""

    key: str
    what: str
    expected: str
    found: str


def misses(turn: Turn, reply: Reply, profile: Profile, slots: Mapping[str, str]) -> Iterator[Miss]:
    """Everything in which the reply, or the profile after it, is not what the turn expects.

    `slots` maps a question that an amount answers to the attribute that it limits.
    """
    yield from _words(turn, to_plain(reply))
    yield from _programs(turn, reply.programs)
    yield from _degrees(turn, reply)
    if turn.intent and (reply.intent or "none") not in turn.intent:
        yield Miss("intent", "another intent", " or ".join(turn.intent), reply.intent or "none")
    cited = [f"{c.source}/{c.section}".rstrip("/") for c in reply.citations]
    for source in turn.cites:
        if not any(one == source or one.startswith(source + "/") for one in cited):
            yield Miss("cites", "a citation is missing", source, _listed(cited))
    chips = "\n".join(reply.suggestions)
    for text in turn.chips:
        if not appears(text, chips):
            yield Miss("chips", "a suggestion is missing", text, " | ".join(reply.suggestions) or "none")
    for key, wanted in turn.profile.items():
        limited = slots.get(key, key)  # an amount that was answered is a limit; an answer that was declined is none
        found = _known(profile, limited if any(limit.key == limited for limit in profile.limits) else key, wanted)
        if found is not None:
            yield Miss("profile", f"the profile's {key}", wanted if isinstance(wanted, str) else _listed(wanted), found)


def appears(text: str, where: str) -> bool:
    """Whether the text, or the pattern between slashes, is in there. Case, line breaks and curly quotes make no difference."""
    if is_pattern(text):
        return re.search(text[1:-1], where, re.IGNORECASE) is not None
    return _even(text) in _even(where)


def _even(text: str) -> str:
    return " ".join(text.translate({0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"', 0x2013: "-"}).casefold().split())


def _listed(words: tuple[str, ...] | list[str]) -> str:
    return ", ".join(words) or "none"


def _words(turn: Turn, text: str) -> Iterator[Miss]:
    for wanted in turn.advisor:
        if not appears(wanted, text):
            yield Miss("advisor", "not said", wanted, "the reply above")
    if turn.any_ and not any(appears(wanted, text) for wanted in turn.any_):
        yield Miss("any", "none of these is said", " or ".join(turn.any_), "the reply above")
    for wanted in turn.never:
        if appears(wanted, text):
            yield Miss("never", "must not be said", f"no {wanted}", "it is in the reply above")


def _programs(turn: Turn, found: tuple[str, ...]) -> Iterator[Miss]:
    if missing := [id_ for id_ in turn.programs if id_ not in found]:
        yield Miss("programs", f"programs are missing: {_listed(missing)}", "at least " + _listed(turn.programs), _listed(found))
    if turn.programs_only is not None and set(turn.programs_only) != set(found):
        more = [id_ for id_ in found if id_ not in turn.programs_only]
        less = [id_ for id_ in turn.programs_only if id_ not in found]
        what = "; ".join(part for part in (f"too many: {_listed(more)}" if more else "", f"missing: {_listed(less)}" if less else "") if part)
        yield Miss("programs_only", f"other programs ({what})", "only " + _listed(turn.programs_only), _listed(found))
    if wrong := [id_ for id_ in turn.not_programs if id_ in found]:
        yield Miss("not_programs", f"programs that should not be there: {_listed(wrong)}", "without " + _listed(turn.not_programs), _listed(found))


def _degrees(turn: Turn, reply: Reply) -> Iterator[Miss]:
    ranking = [id_ for id_, _ in reply.degree.ranking] if reply.degree else []
    shown = ", ".join(f"{id_} {score:g}" for id_, score in reply.degree.ranking) if reply.degree else "none"
    top = (reply.degree.top if reply.degree else None) or "none"
    if turn.degree is not None and turn.degree != top:
        yield Miss("degree", "another degree is on top", turn.degree, shown if top != "none" else "none")
    if turn.degrees and [id_ for id_ in ranking if id_ in turn.degrees] != list(turn.degrees):
        yield Miss("degrees", "the degrees rank otherwise", " before ".join(turn.degrees), shown)


def _known(profile: Profile, key: str, wanted: str | tuple[str, ...]) -> str | None:
    """None when the profile agrees; else what it holds."""
    if key in STANCES:
        held = tuple(entry.topic for entry in profile.stances if entry.stance == key)
        state = "known" if held else "unknown"
        return None if _holds(wanted, state, lambda: _topics_hold(wanted, held)) else _listed(held)
    if limit := next((limit for limit in profile.limits if limit.key == key), None):
        return None if _holds(wanted, "known", lambda: _limit_holds(wanted, limit.test)) else _shown(limit.test)
    slot = profile.slot(key)
    if slot is None or slot.value is None:
        state = "declined" if slot else "unknown"
        return None if wanted == state else state
    return None if _holds(wanted, "known", lambda: slot.value in _words_of(wanted)) else slot.value


def _words_of(wanted: str | tuple[str, ...]) -> tuple[str, ...]:
    return (wanted,) if isinstance(wanted, str) else wanted


def _holds(wanted: str | tuple[str, ...], state: str, value_holds: Callable[[], bool]) -> bool:
    """A word of STATES is held against the state, anything else against the value."""
    return wanted == state if wanted in STATES else value_holds()


def _topics_hold(wanted: str | tuple[str, ...], held: tuple[str, ...]) -> bool:
    return all((word.removeprefix("not ") in held) != word.startswith("not ") for word in _words_of(wanted))


def _limit_holds(wanted: str | tuple[str, ...], test: Test) -> bool:
    """`60000` is the figure of the limit whatever its comparison; `at most 60000` and lists of values are the limit itself."""
    if isinstance(wanted, str):
        try:
            figure = number(wanted)
        except ConditionError:
            pass
        else:
            return figure in (test.low, test.high)
    try:
        asked = parse_test(list(wanted) if isinstance(wanted, tuple) else wanted)
    except ConditionError:
        return False
    return (asked.op, set(asked.values), asked.low, asked.high) == (test.op, set(test.values), test.low, test.high)


def _shown(test: Test) -> str:
    figures = " and ".join(f"{figure:g}" for figure in dict.fromkeys((test.low, test.high)) if figure is not None)
    return f"{test.op} {figures or _listed(test.values)}".removeprefix("is ")
