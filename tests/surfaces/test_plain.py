"""The plain chat: a line in, lines out."""

from __future__ import annotations

import io

import pytest
from fakes import describe, panel, respond, welcome

from advisor.dialogue.conversation import Conversation
from advisor.surfaces.plain import PlainChat, needs_plain, wrapped


def chat(text: str, *, interactive: bool = False) -> str:
    out = io.StringIO()
    PlainChat(io.StringIO(text), out, Conversation, respond, welcome, panel, describe, interactive).run()
    return out.getvalue()


def test_it_greets_answers_and_numbers_what_could_be_said():
    out = chat("hello\nagain\n")
    assert out.index("Hello there.") < out.index("1. Interview me") < out.index("You said: hello. [1]") < out.index("message 2")
    assert "1. Show programs\n2. undo" in out


@pytest.mark.parametrize("word", ["/quit", "/exit", "/q", " /QUIT "])
def test_it_ends_when_the_student_leaves(word):
    assert "You said" not in chat(f"{word}\nhello\n")


def test_it_ends_with_the_lines_and_a_last_line_needs_no_end():
    assert "You said: hello" in chat("hello")


def test_an_empty_line_is_a_message():
    assert "You said: ." in chat("\n")


def test_a_prompt_only_for_a_person_and_no_cursor_moves():
    assert "> " not in chat("hello\n")
    out = chat("hello\n", interactive=True)
    assert "> You said" in out
    assert out.endswith("> \n")
    assert "\x1b" not in out


def test_its_commands():
    out = chat("/profile\nhello\n/profile\n/sources\n/help\n/new\n/profile\nhello\n/undo\n")
    assert out.count("I know nothing of you yet.") == 2
    assert "budget: $25,000\nDegrees: Degree D 3" in out
    assert "[1] guide, costs, 2026" in out
    assert "ctrl+d" in out
    assert out.count("message 1") == 2
    assert "You said: undo." in out


def test_the_conversation_survives_a_failure():
    out = chat("one\nboom\ntwo\n")
    assert "Something went wrong" in out
    assert "message 2" in out


def test_a_line_without_end_is_read_past():
    out = chat("a" * 500_000 + "\nnext\n")
    assert out.count("That is message") == 2
    assert len(out) < 250_000


def test_ctrl_c_ends_it():
    class Interrupted(io.StringIO):
        def readline(self, size: int | None = -1, /) -> str:
            raise KeyboardInterrupt

    out = io.StringIO()
    PlainChat(Interrupted(), out, Conversation, respond, welcome, panel, describe).run()
    assert "Hello there." in out.getvalue()


def test_long_lines_are_wrapped_with_their_bullets():
    assert wrapped("- one two three four five six", 20) == "- one two three four\n  five six"
    assert wrapped("12. one two three four", 20) == "12. one two three\n    four"
    assert wrapped("https://example.edu/a/very/long-address/x", 20) == "https://example.edu/a/very/long-address/x"
    assert wrapped("", 20) == ""


@pytest.mark.parametrize(("term", "tty", "plain"), [("xterm", True, False), ("dumb", True, True), ("", True, True), ("xterm", False, True)])
def test_when_the_full_screen_cannot_run(monkeypatch, term, tty, plain):
    class Stream(io.StringIO):
        def isatty(self) -> bool:
            return tty

    monkeypatch.setenv("TERM", term)
    assert needs_plain(Stream(), Stream()) is plain
    assert needs_plain(None, Stream()) is True
