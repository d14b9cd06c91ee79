"""Conditions over a profile and a thing: true, false, or open while something is unknown."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.knowledge.conditions import Test, parse_conditions, parse_test
from advisor.knowledge.facts import Fact, Thing
from advisor.knowledge.holds import holds as meets
from advisor.knowledge.profile import Limit, Profile, Slot, StanceEntry
from advisor.knowledge.values import Value, parse_value
from advisor.reasoning.conditions import holds


def thing(**cells: Value) -> Thing:
    return Thing("t", "program", "T", facts={key: (Fact(value),) for key, value in cells.items()})


ALPHA = thing(tuition=parse_value("money", "about $7,000"), gre=parse_value("choice", "optional"), strong_in=parse_value("list", ["nlp", "vision"]),
              length=parse_value("number", "3 to 4"), opened=parse_value("money", "75,000+"), gone=parse_value("money", "unknown"),
              any_price=parse_value("money", "varies"), words=parse_value("text", "two years"))


def says(conditions: dict, profile: Profile = Profile(), about: Thing | None = ALPHA) -> bool | None:
    return holds(parse_conditions(conditions), profile, about)


def stances(**by_topic: str) -> Profile:
    return Profile(tuple(StanceEntry(topic, stance) for topic, stance in by_topic.items()))


# ---------------------------------------------------------------- the thing's
@pytest.mark.parametrize(("test", "verdict"), [
    ("at most 7000", True), ("under 7000", False), ("over 7000", False), ("at least 7000", True), ("about 7500", True), ("about 8000", False),
    ("exactly 7000", True), ("between 5000 and 7000", True), ("between 7001 and 9000", False), ("known", True), ("unknown", False),
])
def test_a_price(test, verdict):
    assert says({"program.tuition": test}) is verdict


@pytest.mark.parametrize(("key", "test", "verdict"), [
    ("length", "at most 4", True), ("length", "at most 3", None), ("length", "at most 2", False), ("length", "at least 3", True), ("length", "over 3", None),
    ("opened", "at most 80000", None), ("opened", "at most 60000", False), ("opened", "at least 75000", True), ("opened", "over 70000", True), ("opened", "under 75000", False),
    ("gone", "at most 1", None), ("gone", "known", False), ("gone", "unknown", True), ("any_price", "at most 1", None), ("any_price", "unknown", True),
    ("nothing", "at most 1", None), ("nothing", "known", False), ("nothing", "unknown", True),
    ("gre", "optional", True), ("gre", "required", False), ("gre", "not required", True), ("gre", "not [optional, required]", False), ("gre", ["a", "optional"], True),
    ("gre", "at most 3", None), ("nothing", "not required", None),
    ("strong_in", "nlp", True), ("strong_in", "mlops", False), ("strong_in", "not nlp", False), ("strong_in", "not [mlops, x]", True),
    ("words", "two years", None),
])
def test_ranges_open_ends_choices_lists_and_what_is_unknown(key, test, verdict):
    assert says({f"program.{key}": test}) is verdict


def test_a_range_may_be_asked_how_far_it_reaches():
    salary = parse_value("money", "130k to 185k")
    assert meets(parse_test("over 180000"), salary) is None
    assert meets(parse_test("over 180000"), salary, reach=True) is True
    assert meets(parse_test("over 190000"), salary, reach=True) is False
    assert meets(parse_test("about 140000"), salary, reach=True) is True
    assert meets(parse_test("under 150000"), salary, reach=True) is None


@pytest.mark.parametrize("test", [Test("at most"), Test("between"), Test("about")])
def test_a_bound_without_a_figure_is_open(test):
    assert meets(test, ALPHA.value("tuition")) is None


def test_another_kind_of_thing_or_none_leaves_it_open():
    assert says({"career.salary": "over 1"}) is None
    assert says({"program.tuition": "over 1"}, about=None) is None


# ---------------------------------------------------------------- the student's
@pytest.mark.parametrize(("held", "covered"), [
    ("likes", {"likes", "mentioned", "asked"}), ("wants", {"likes", "wants", "mentioned", "asked"}), ("mentioned", {"likes", "mentioned", "asked"}),
    ("avoids", {"avoids", "refuses"}), ("refuses", {"avoids", "refuses"}), ("has", {"has"}), ("lacks", {"lacks"}), ("asked", {"asked"}),
])
def test_which_stance_counts_for_which(held, covered):
    profile = stances(gre=held)
    for key in ("likes", "wants", "avoids", "refuses", "has", "lacks", "mentioned", "asked"):
        assert says({key: "gre"}, profile) is (True if key in covered else None), key


def test_a_stance_that_is_not_held_is_open_and_its_absence_holds():
    assert says({"likes": "gre"}) is None
    assert says({"likes": "not gre"}) is True
    assert says({"likes": "not gre"}, stances(gre="likes")) is False
    assert says({"likes": ["math", "gre"]}, stances(gre="likes")) is True


@pytest.mark.parametrize(("slot", "test", "verdict"), [
    (None, "high", None), (None, "known", False), (None, "unknown", True), (None, "declined", None),
    (Slot("budget", "high"), "high", True), (Slot("budget", "high"), "low", False), (Slot("budget", "high"), "not low", True), (Slot("budget", "high"), "known", True),
    (Slot("budget", "high"), "declined", False), (Slot("budget", "high"), ["low", "high"], True),
    (Slot("budget", None), "high", False), (Slot("budget", None), "known", False), (Slot("budget", None), "unknown", True), (Slot("budget", None), "declined", True),
])
def test_answers_of_the_interview(slot, test, verdict):
    assert says({"budget": test}, Profile(slots=(slot,) if slot else ())) is verdict


def test_a_limit_is_known_like_an_answer():
    profile = Profile(limits=(Limit("tuition", parse_test("at most 9000")),))
    assert says({"tuition": "known"}, profile) is True
    assert says({"tuition": "unknown"}, profile) is False
    assert says({"credits": "known"}, profile) is False


def test_a_bound_may_be_the_student_s_limit():
    condition = {"program.tuition": "at most {tuition}"}
    assert says(condition) is None, "no limit was said"
    assert says(condition, Profile(limits=(Limit("tuition", parse_test("at most 9000")),))) is True
    assert says(condition, Profile(limits=(Limit("tuition", parse_test("at most 6000")),))) is False


def test_any_of_what_the_student_lacks():
    condition = {"program.strong_in": "any of {lacks}"}
    assert says(condition, stances(nlp="lacks", math="lacks")) is True
    assert says(condition, stances(math="lacks")) is False
    assert says(condition) is False
    assert says({"program.nothing": "any of {lacks}"}, stances(nlp="lacks")) is None


# ---------------------------------------------------------------- together
VERDICTS = {True: {"program.gre": "optional"}, False: {"program.gre": "required"}, None: {"program.nothing": "x"}}


@pytest.mark.parametrize(("a", "b"), list(itertools.product(VERDICTS, VERDICTS)))
def test_all_of_and_any_of_are_three_valued(a, b):
    both = {**VERDICTS[a], "any": [VERDICTS[b]]}
    expected_all = False if False in (a, b) else None if None in (a, b) else True
    expected_any = True if True in (a, b) else None if None in (a, b) else False
    assert says(both) is expected_all
    assert says({"any": [VERDICTS[a], VERDICTS[b]]}) is expected_any


def test_nothing_to_hold_holds_and_an_empty_any_does_not():
    assert says({}) is True
    assert says({"any": []}) is False
    assert says({"any": [{}]}) is True


@given(st.integers(0, 100), st.integers(0, 100), st.integers(0, 100), st.sampled_from(("at most", "under", "over", "at least", "exactly", "about")))
def test_a_range_holds_just_when_both_its_ends_and_all_between_do(low, width, bound, op):
    test = parse_test(f"{op} {bound}")
    verdict = meets(test, Value("number", low=low, high=low + width))
    inside = {meets(test, Value("number", low=x, high=x)) for x in range(low, low + width + 1)}
    assert None not in inside
    if verdict is not None:
        assert inside == {verdict} or op in ("exactly", "about")
    if inside == {True}:
        assert verdict is True


@pytest.mark.parametrize("test", ["exactly 5", "about 5", "between 4 and 6"])
def test_a_figure_inside_a_range_is_open(test):
    assert meets(parse_test(test), Value("number", low=1, high=9)) is None


@given(st.lists(st.sampled_from(("likes", "wants", "avoids", "has", "lacks")), max_size=4), st.integers(0, 3))
def test_more_known_never_turns_a_plain_stance_from_true(held, extra):
    profile = stances(**{f"t{i}": stance for i, stance in enumerate(held)})
    more = profile.with_stances((StanceEntry(f"new{extra}", "likes"),))
    for stance in held:
        condition = {stance: [f"t{i}" for i in range(4)]}
        assert says(condition, more) is says(condition, profile)
