"""Cells as they are written, and as they are said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.knowledge.values import CellError, Value, parse_value, say_value


def money(low: float | None, high: float | None, approx: bool = False, text: str = "") -> Value:
    return Value("money", low=low, high=high, approx=approx, text=text)


@pytest.mark.parametrize(("raw", "value", "said"), [
    ("7000", money(7000, 7000), "$7,000"),
    ("$7,000", money(7000, 7000), "$7,000"),
    ("$ 7,000", money(7000, 7000), "$7,000"),
    ("7k", money(7000, 7000), "$7,000"),
    ("7.5K", money(7500, 7500), "$7,500"),
    ("about $7,000", money(7000, 7000, approx=True), "about $7,000"),
    ("About $7,000", money(7000, 7000, approx=True), "about $7,000"),
    ("roughly 7000", money(7000, 7000, approx=True), "about $7,000"),
    ("~$7,000", money(7000, 7000, approx=True), "about $7,000"),
    ("75,000+", money(75000, None), "$75,000 or more"),
    ("75,000 or more", money(75000, None), "$75,000 or more"),
    ("at least $75,000", money(75000, None), "$75,000 or more"),
    ("at least about $75,000", money(75000, None, approx=True), "about $75,000 or more"),
    ("130k to 185k", money(130000, 185000), "$130,000 to $185,000"),
    ("130 to 185k", money(130000, 185000), "$130,000 to $185,000"),
    ("$130,000-$185,000", money(130000, 185000), "$130,000 to $185,000"),
    ("$130,000–$185,000", money(130000, 185000), "$130,000 to $185,000"),
    ("from $10,000 to $30,000", money(10000, 30000), "$10,000 to $30,000"),
    ("between $10,000 and $30,000", money(10000, 30000), "$10,000 to $30,000"),
    ("about $10,000 to $30,000", money(10000, 30000, approx=True), "about $10,000 to $30,000"),
    ("$180,000 to $280,000 or more", money(180000, None, text="280000"), "$180,000 to $280,000 or more"),
    ("180k to 280k+", money(180000, None, text="280000"), "$180,000 to $280,000 or more"),
])
def test_money(raw, value, said):
    assert parse_value("money", raw) == value
    assert say_value(value) == said


@pytest.mark.parametrize(("raw", "low", "high", "said"), [
    ("30", 30, 30, "30"), ("5 or more", 5, None, "5 or more"), ("5+", 5, None, "5 or more"), ("3 to 4", 3, 4, "3 to 4"), ("3-4", 3, 4, "3 to 4"),
    ("3 – 4", 3, 4, "3 to 4"), ("at least 3", 3, None, "3 or more"), ("2.5", 2.5, 2.5, "2.5"), (" 30 ", 30, 30, "30"), ("0", 0, 0, "0"),
])
def test_numbers(raw, low, high, said):
    value = parse_value("number", raw)
    assert (value.low, value.high, value.approx) == (low, high, False)
    assert say_value(value) == said
    assert value.exact is (low == high)


@pytest.mark.parametrize("type_", ["money", "number", "choice", "list", "text", "address"])
@pytest.mark.parametrize("word", ["unknown", "varies"])
def test_unknown_and_varies_are_states_of_every_type(type_, word):
    value = parse_value(type_, word, ("a", "b"))
    assert (value.state, value.low, value.text, value.items) == (word, None, "", ())
    assert say_value(value) == word


@pytest.mark.parametrize(("type_", "raw"), [("money", "cheap"), ("money", ""), ("money", "$"), ("money", "7000 EUR"), ("money", "-5"), ("number", "many"),
                                            ("number", "3 or 4"), ("number", "1e9"), ("number", "more than 3"), ("number", "nan"), ("number", "inf")])
def test_what_is_no_figure_says_what_was_expected(type_, raw):
    with pytest.raises(CellError, match="was expected") as raised:
        parse_value(type_, raw)
    assert repr(raw) in str(raised.value)


def test_a_choice_is_one_of_its_values():
    assert parse_value("choice", "no", ("yes", "no")) == Value("choice", text="no")
    assert parse_value("choice", "anything") == Value("choice", text="anything")
    with pytest.raises(CellError, match="one of yes, no was expected, not 'nope'"):
        parse_value("choice", "nope", ("yes", "no"))


def test_lists_and_texts():
    assert parse_value("list", ["a", "b"]).items == ("a", "b")
    assert parse_value("list", "a").items == ("a",)
    assert say_value(parse_value("list", ["a", "b"])) == "a, b"
    assert say_value(parse_value("list", [])) == ""
    assert parse_value("text", "  words, 7,000  ").text == "words, 7,000"
    assert parse_value("address", "https://a.example/?x=1#y") == Value("address", text="https://a.example/?x=1#y")


amounts = st.integers(0, 900_000)


@st.composite
def figures(draw) -> Value:
    type_ = draw(st.sampled_from(("money", "number")))
    low, approx = draw(amounts), draw(st.booleans())
    high = draw(st.sampled_from((low, None, "range", "open range")))
    if high == "range":
        return Value(type_, low=low, high=low + draw(st.integers(1, 99_000)), approx=approx)
    if high == "open range":
        return Value(type_, low=low, approx=approx, text=f"{low + 1}")
    return Value(type_, low=low, high=high, approx=approx)


@given(figures())
def test_what_is_said_of_a_figure_reads_back_as_that_figure(value):
    again = parse_value(value.type, say_value(value))
    assert (again.low, again.high, again.approx) == (value.low, value.high, value.approx)
    assert say_value(again) == say_value(value)


@given(st.text(max_size=40), st.sampled_from(("money", "number", "choice", "text", "address", "list")))
def test_any_text_is_a_value_or_a_cell_error(text, type_):
    try:
        value = parse_value(type_, text, ("a",))
    except CellError:
        return
    assert isinstance(say_value(value), str)


@pytest.mark.parametrize(("type_", "raw"), [("number", "1234567"), ("money", "$99.50")])
def test_large_numbers_and_cents_are_said_in_full(type_, raw):
    value = parse_value(type_, raw)
    assert parse_value(type_, say_value(value)) == value
