"""Text from outside is shown as it is: no markup, no escape sequences, no crash."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from canned import line, session
from hypothesis import given, settings
from hypothesis import strategies as st

import advisor.surfaces.tui as package
from advisor.replies.blocks import Bullets, Panel, Paragraph, Reply, Table
from advisor.surfaces.tui.paint import paint_reply
from advisor.surfaces.tui.safe import printable
from advisor.surfaces.tui.session import SourceNote

HOSTILE = [
    "[/red]", "[/", "[", "[red]x", "[@click=app.quit]x[/]", "[click](javascript:x)", "# h\n* a\n<script>", "\\[x]", "$accent",
    "\x1b[2J\x1b]0;title\x07after", "\x9b2J", "a\x00b\x07c\x08d", "\u202egnp.exe\u202c", "مرحبا كيف", "שלום עולם", "👩‍🔬 🇩🇪 e\u0301",
    "日本語のテキスト" * 30, "\ud800", "a\tb\r\nc\rd", "x" * 100_000, "word " * 20_000, "line\n" * 5_000,
]


@pytest.mark.asyncio
@pytest.mark.parametrize("text", HOSTILE, ids=[ascii(text[:12]) for text in HOSTILE])
async def test_shown_from_both_sides(chat, text):
    over = session()
    reply = Reply(
        (
            Paragraph(line(text), lead=True),
            Bullets((line(text),)),
            Table(("a", text[:200]), ((line(text[:200]), line("y")),), ("x",)),
        ),
        suggestions=(text, text),
    )
    over.answer = lambda conversation, said: (conversation, reply)
    over.look = lambda conversation: Panel(((text, text),), ((text, 1.0),), text, ((text, text),), 1, (text,))
    over.subtitle = text
    async with chat(size=(110, 30), over=over) as c:
        await c.say(text)
        assert c.screen.session.fresh is False
        await c.press("ctrl+b")
        await c.press("up")
        await c.screen.say(f"/{text[:50]}".replace(" ", ""))
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", c.text)
        shown = printable(text).split("\n")[0][:15].strip()
        assert shown in c.text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred\x1b[0m", "red"), ("\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\", "link"), ("\x1b", ""), ("a\tb", "a    b"),
        ("a\r\nb\rc", "a\nb\nc"), ("\u202eabc", "abc"), ("e\u0301", "é"), ("👩‍🔬", "👩‍🔬"), ("[/red]", "[/red]"),
    ],
)
def test_printable(text, shown):
    assert printable(text) == shown


def test_printable_says_what_it_cuts():
    assert printable("x" * 2_500, 2_000).endswith("… (500 more characters)")


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_printable_leaves_nothing_to_obey(text):
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", printable(text))
    assert printable(printable(text)) == printable(text)


@given(st.lists(st.text(max_size=60), min_size=1, max_size=5), st.integers(8, 160))
@settings(max_examples=80, deadline=None)
def test_no_painted_line_is_too_wide(texts, width):
    cells = tuple(line(text) for text in texts)
    reply = Reply((Paragraph(cells[0], lead=True), Bullets(cells), Table(tuple(texts), (cells, cells), ("a", "b"))))
    for row in paint_reply(reply, width, lambda citation: SourceNote("x"), unfolded=True):
        assert "\n" not in row.content.plain
        assert row.content.cell_length <= width


def test_only_one_module_builds_what_could_read_markup():
    """`Static`, `Label` and `notify` parse markup unless told not to: they are called in safe.py alone."""
    folder = Path(package.__file__).parent
    for path in folder.glob("*.py"):
        text = path.read_text(encoding="utf8")
        found = re.findall(r"(?<![\w.])(?:Static|Label|Markdown)\(|\.notify\(|from_markup|import Static|\bmarkup=True", text)
        if path.name == "safe.py":
            assert "markup=False" in text
            assert re.findall(r"\.notify\([^)]*\)?[^)]*markup=False", text)
        else:
            assert not found, f"{path.name}: {found}"


def test_modules_stay_small():
    for path in Path(package.__file__).parent.glob("*.py"):
        assert len(path.read_text(encoding="utf8").splitlines()) <= 400, path.name
