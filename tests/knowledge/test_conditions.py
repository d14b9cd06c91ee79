"""The one grammar of conditions: what it reads, and how it says what it expected."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.knowledge.conditions import AnyOf, Condition, ConditionError, Test, number, parse_conditions, parse_test


@pytest.mark.parametrize(("raw", "test"), [
    ("required", Test("is", values=("required",))),
    (" required ", Test("is", values=("required",))),
    (["a", "b"], Test("is", values=("a", "b"))),
    ("known", Test("known")),
    ("unknown", Test("unknown")),
    ("declined", Test("declined")),
    ("at most 25000", Test("at most", high=25000)),
    ("under $25,000", Test("under", high=25000)),
    ("over 25k", Test("over", low=25000)),
    ("at least 4", Test("at least", low=4)),
    ("about 30k", Test("about", low=30000, high=30000)),
    ("exactly 30", Test("exactly", low=30, high=30)),
    ("between 20000 and 30000", Test("between", low=20000, high=30000)),
    ("between $20k and $30k", Test("between", low=20000, high=30000)),
    ("at most {budget}", Test("at most", slot="budget")),
    ("over {profile.budget}", Test("over", slot="profile.budget")),
    ("any of {lacks}", Test("any of", slot="lacks")),
    ("not nlp", Test("not", values=("nlp",))),
    ("not [a, b]", Test("not", values=("a", "b"))),
    ("not_required", Test("is", values=("not_required",))),
    ("overseas", Test("is", values=("overseas",))),
    ("nothing", Test("is", values=("nothing",))),
    ("about", Test("is", values=("about",))),
    (7, Test("is", values=("7",))),
])
def test_tests(raw, test):
    assert parse_test(raw) == test


@pytest.mark.parametrize(("raw", "words"), [
    ("at most cheap", "a number was expected, not 'cheap'"),
    ("under", None),
    ("between 3", "between needs two numbers"),
    ("between 3 or 4", "between needs two numbers"),
    ("between a and b", "not 'a'"),
    ("any of nlp", "any of needs a list of the student's in braces"),
    ("at least {Budget}", "not '{Budget}'"),
    ("over k", "not 'k'"),
])
def test_tests_that_are_none(raw, words):
    if words is None:  # the word alone is a value
        assert parse_test(raw).op == "is"
        return
    with pytest.raises(ConditionError) as raised:
        parse_test(raw)
    assert words in str(raised.value)


@pytest.mark.parametrize(("text", "value"), [("25000", 25000), ("25,000", 25000), ("$25,000", 25000), ("25k", 25000), ("2.5K", 2500), (" 3 ", 3)])
def test_numbers(text, value):
    assert number(text) == value


def test_a_mapping_is_all_of_its_conditions_in_order():
    assert parse_conditions({"gre": "required", "program.tuition": "under 3"}) == (
        Condition("gre", Test("is", values=("required",))), Condition("program.tuition", Test("under", high=3)))
    assert parse_conditions({}) == ()


def test_any_is_a_group_and_may_hold_another():
    inner = {"any": [{"b": "2"}, {"c": "3"}]}
    parsed = parse_conditions({"any": [{"a": "1"}, inner], "d": "not 4"})
    group = parsed[0]
    assert isinstance(group, AnyOf)
    assert group.groups[0] == (Condition("a", Test("is", values=("1",))),)
    assert isinstance(group.groups[1][0], AnyOf)
    assert parsed[1] == Condition("d", Test("not", values=("4",)))


@pytest.mark.parametrize(("raw", "words"), [
    ("gre", "a mapping was expected"), (["gre"], "a mapping was expected"), (None, "a mapping was expected"),
    ({"any": {"a": "b"}}, "any needs a list"), ({"any": "a"}, "any needs a list"), ({"any": ["a"]}, "a mapping was expected"),
    ({"a": "1", "b": "between 1"}, "between needs two numbers"),
])
def test_what_is_no_set_of_conditions(raw, words):
    with pytest.raises(ConditionError) as raised:
        parse_conditions(raw)
    assert words in str(raised.value)


@settings(max_examples=60)
@given(st.recursive(st.text(max_size=20), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6) | st.just("any"), inner, max_size=3)))
def test_anything_is_conditions_or_a_condition_error(raw):
    try:
        parsed = parse_conditions(raw)
    except ConditionError:
        return
    assert isinstance(parsed, tuple)
    hash(parsed)
