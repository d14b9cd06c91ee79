"""Replies as markdown and as plain text: words of the pack and of the student are data, never markup."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.knowledge.facts import Citation
from advisor.replies.blocks import Bar, Bars, Bullets, Paragraph, Reply, Span, Table
from advisor.replies.render import line_text, to_markdown, to_plain

A, B = Citation("guide", "costs"), Citation("page")


def line(*texts: str):
    return tuple(Span(text) for text in texts)


def reply(*blocks):
    return Reply(tuple(blocks))


def unescaped(markdown: str) -> str:
    return re.sub(r"\\([\\`*_\[\]<>|#~])", r"\1", markdown)


@pytest.mark.parametrize("text", ["[/red]", "[bold]x[/bold]", "a | b", "`rm -rf`", "**loud**", "_under_", "<script>", "# head", "~~gone~~", "[a](http)", "back\\slash", "![x](y)"])
def test_what_markdown_would_read_as_its_own_is_escaped_everywhere(text):
    made = reply(Paragraph(line(text)), Bullets((line(text),)), Table((text, text), ((line(text), line(text)),)))
    markdown = to_markdown(made)
    for special in set(text) & set("`*_[]<>|#~\\"):
        plain = re.sub(r"\\[\\`*_\[\]<>|#~]", "", markdown)
        rows = [row for row in plain.splitlines() if not row.startswith(("|", "- "))]
        assert special not in "".join(rows)
    assert text in unescaped(markdown)
    assert to_plain(made).count(text) >= 3


def test_a_pipe_in_a_cell_makes_no_column():
    markdown = to_markdown(reply(Table(("a", "b"), ((line("x|y"), line("z")),))))
    assert markdown.splitlines()[2] == "| x\\|y | z |"
    assert [len(re.findall(r"(?<!\\)\|", row)) for row in markdown.splitlines()] == [3, 3, 3]


@pytest.mark.parametrize("address", ["https://a.example/x_y_z?q=*1*", "http://b.example/#top", "https://c.example/a~b_c"])
def test_addresses_are_untouched(address):
    markdown = to_markdown(reply(Paragraph(line("See ", address, " or *this*"))))
    assert markdown == f"See {address} or \\*this\\*"


def test_an_address_with_a_pipe_in_a_table_makes_no_column():
    markdown = to_markdown(reply(Table(("a", "b"), ((line("x"), line("https://a.example/?q=1|2")),))))
    assert len(re.findall(r"(?<!\\)\|", markdown.splitlines()[2])) == 3


def test_the_sentence_that_answers_is_bold_and_strong_spans_too():
    made = reply(Paragraph(line("It costs ", "$7,000", "."), lead=True), Paragraph((Span("Alpha", strong=True), Span(" is cheap."))))
    assert to_markdown(made) == "**It costs $7,000.**\n\n**Alpha** is cheap."
    assert to_markdown(reply(Paragraph((Span("Alpha", strong=True), Span(" is")), lead=True))) == "**Alpha is**"
    assert to_markdown(reply(Paragraph((), lead=True))) == ""


def test_citations_are_numbered_in_the_order_of_their_first_use():
    made = reply(Paragraph(line("One."), (A,)), Paragraph(line("Two."), (B, A)), Bullets((line("x"),), (B,)))
    assert to_markdown(made) == "One. [1]\n\nTwo. [2] [1]\n\n- x [2]"
    assert to_markdown(made, cite=False) == "One.\n\nTwo.\n\n- x"
    assert to_plain(made) == "One. [1]\n\nTwo. [2] [1]\n\n- x [2]"
    assert made.citations == (A, B)


def test_a_table_reads_aloud_as_a_line_a_row():
    made = reply(Table(("program", "tuition", "GRE"), ((line("Alpha"), line("$7,000"), line("no")), (line("Beta"), line("not stated"), line("yes"))), ("alpha", "beta"), (A,)))
    assert to_plain(made) == "- Alpha: tuition: $7,000; GRE: no\n- Beta: tuition: not stated; GRE: yes [1]"
    assert to_markdown(made).splitlines()[:2] == ["| program | tuition | GRE |", "|---|---|---|"]
    assert to_markdown(made).endswith("\n\n[1]")


def test_bars_carry_their_figure_and_never_vanish():
    bars = Bars((Bar("a|b", 10, "10"), Bar("c", 0, "0")))
    rows = to_markdown(reply(bars)).splitlines()[2:]
    assert rows[0].startswith("| a\\|b | " + "█" * 20)
    assert rows[1] == "| c | █ 0 |"
    assert to_plain(reply(bars)) == "- a|b: 10\n- c: 0"
    assert to_markdown(reply(Bars(())))
    assert to_plain(reply(Bars((Bar("x", 0, "0"),)))) == "- x: 0"


@pytest.mark.parametrize("figure", ["[/red]", "a | b"])
def test_a_bar_s_figure_is_data_too(figure):
    markdown = to_markdown(reply(Bars((Bar("x", 1, figure),))))
    assert not re.search(r"(?<!\\)\[/", markdown)
    assert len(re.findall(r"(?<!\\)\|", markdown.splitlines()[2])) == 3


def test_an_empty_reply():
    assert to_markdown(reply()) == to_plain(reply()) == ""


words = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=30)


@given(st.lists(words, min_size=1, max_size=4))
def test_plain_text_is_the_words_and_nothing_else(texts):
    assert to_plain(reply(Paragraph(line(*texts)))) == "".join(texts) == line_text(line(*texts))


@given(st.lists(st.tuples(words, words), min_size=1, max_size=4).filter(lambda rows: not any("http" in x for row in rows for x in row)))
def test_a_table_has_the_same_columns_in_every_row_whatever_its_cells_hold(rows):
    markdown = to_markdown(reply(Table(("a", "b"), tuple((line(x), line(y)) for x, y in rows))))
    table = markdown.split("\n")
    assert len(table) == len(rows) + 2
    for row in table:
        assert len(re.findall(r"\|", re.sub(r"\\.", "", row))) == 3
