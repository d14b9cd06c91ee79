"""The one door for text: nothing gets in that could move a cursor, turn the reading direction, or grow without end."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.understanding.clean import MAX_CHARS, clean


@pytest.mark.parametrize(("text", "kept"), [
    ("hello", "hello"), ("", ""), ("   \t\n ", ""), ("  a  b ", "a  b"),
    ("\x1b[31mred\x1b[0m", "red"), ("\x1b]0;title\x07text", "text"), ("\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\", "link"), ("a\x1bcb", "ab"), ("a\x1b", "a"),
    ("\x1b[2J\x1b[1;1Hhome", "home"), ("\x1b[38;5;196mx", "x"), ("a\x9b31mb", "a31mb"),
    ("a\x00b\x07c\x7fd\x08e", "abcde"), ("a\r\nb\rc\u2028d\u2029e\x85f", "a\nb\nc\nd\ne\nf"), ("a\tb", "a\tb"),
    ("\u202egnp.exe\u202c", "gnp.exe"), ("\u2066a\u2069\u200f\u200e", "a"), ("\ufeffa\u200bb", "ab"),
    ("[/red] [bold]x", "[/red] [bold]x"), ("<b>&amp;</b>", "<b>&amp;</b>"),
    ("\ud800lone", "lone"), ("\ue000private", "private"), ("\uffffnot a character", "not a character"),
    ("👩\u200d🚀 ok", "👩\u200d🚀 ok"), ("שלום", "שלום"), ("日本語", "日本語"), ("e\u0301", "é"),
])
def test_what_is_kept(text, kept):
    assert clean(text).kept == kept


@pytest.mark.parametrize(("text", "match"), [
    ("what\u2019s \u201cit\u201d", "what's \"it\""), ("3\u20134", "3-4"), ("a\u2014b", "a - b"), ("\u221220", "-20"), ("20\u00a0k", "20 k"), ("so\u2026", "so..."),
    ("\uff27\uff32\uff25", "GRE"), ("\u2460", "1"), ("ﬁnance", "finance"), ("GRE", "GRE"),
])
def test_what_is_matched_is_plain(text, match):
    assert clean(text).match == match


def test_what_is_kept_keeps_its_quotes():
    assert clean("what\u2019s \uff27").kept == "what\u2019s \uff27"


def test_a_long_message_is_cut_and_says_so():
    cleaned = clean("word " * 20_000)
    assert cleaned.cut
    assert len(cleaned.kept) <= MAX_CHARS
    assert not clean("a" * MAX_CHARS).cut
    assert clean("a" * (MAX_CHARS + 1)).cut


def test_escapes_do_not_count_for_the_length():
    assert clean("\x1b[31m" * 700 + "end").kept == "end"


@given(st.text(st.characters(), max_size=200) | st.lists(st.sampled_from(("\x1b[", "\x1b]", "31m", "\x07", "\u202e", "a", "\x00", "\x1b", "\x1b\x1b[[", "\x9b")), max_size=30).map("".join))
def test_nothing_harmful_gets_in_and_twice_is_once(text):
    cleaned = clean(text)
    for part in (cleaned.kept, cleaned.match):
        assert not any(unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t" for c in part)
        assert not set(part) & set("\x1b\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u200b\ufeff")
    assert cleaned.kept == cleaned.kept.strip()
    assert clean(cleaned.kept).kept == cleaned.kept
    cleaned.kept.encode("utf-8")


@settings(max_examples=25)
@given(st.text(min_size=1, max_size=20).map(lambda text: text * 500))
def test_the_length_is_bounded(text):
    assert len(clean(text).kept) <= MAX_CHARS
    assert len(clean(text).match) <= MAX_CHARS * 20


def test_of_a_flood_of_words_only_the_first_part_is_read() -> None:
    story = "I build models, and I don't like math. " * 40
    assert not clean(story).cut
    flood = clean("ml, " * 900)
    assert flood.cut and 400 < len(flood.match.split()) <= 500
    assert flood.kept == ("ml, " * 900).strip()
