"""The command `advisor`: what it prints, where, and with which exit code."""

from __future__ import annotations

import fcntl
import io
import json
import os
import pty
import re
import select
import shutil
import signal
import struct
import subprocess
import sys
import termios
import time
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import fakes
import pytest

from advisor.dialogue.conversation import Conversation
from advisor.errors import PackError, Problem
from advisor.surfaces import cli

ROOT = Path(__file__).resolve().parents[2]
ADVISOR = (sys.executable, "-m", "advisor")


@pytest.fixture
def engine(monkeypatch):
    """The command over a small engine; gives the roots that were loaded."""
    loaded: list[Path | None] = []
    source = SimpleNamespace(label=lambda citation: f"Costs of {citation.source}, 2026")
    knowledge = SimpleNamespace(pack=SimpleNamespace(sources={"guide": source}, intents=()))

    def load(root=None, *, use_cache=True):
        loaded.append(root)
        return knowledge

    monkeypatch.setattr(cli, "_engine", lambda: SimpleNamespace(
        load=load, Conversation=Conversation, respond=lambda _, c, text: fakes.respond(c, text),
        welcome=lambda _: fakes.welcome(), panel=lambda _, c: fakes.panel(c)))
    monkeypatch.delenv("ADVISOR_PACK", raising=False)
    return loaded


def stdin(monkeypatch, text, *, tty=False):
    stream = io.TextIOWrapper(io.BytesIO(text.encode()), encoding="utf-8")
    stream.isatty = lambda: tty  # type: ignore[method-assign]
    monkeypatch.setattr(sys, "stdin", stream)


def test_ask_prints_reply_sources_and_suggestions(engine, capsys):
    assert cli.main(["ask", "whats", "the cheapest"]) == 0
    out = capsys.readouterr().out
    assert out == """\
You said: whats the cheapest. [1]

That is message 1. It's \u2018quoted\u2019 and costs $7,000.

[1] Costs of guide, 2026

You could say: Show programs | undo
"""


def test_ask_as_markdown_and_with_its_trace(engine, capsys):
    assert cli.main(["ask", "--markdown", "--trace", "hi"]) == 0
    out = capsys.readouterr().out
    assert "**You said: hi.** [1]" in out
    assert "- [1] Costs of guide" in out
    assert out.endswith("How this came about:\n  intent query.value.tuition, confidence 0.88\n  rule x fired\n")


def test_the_trace_says_what_each_word_added(capsys):
    assert cli.main(["ask", "--trace", "is a low gpa a problem"]) == 0
    words = capsys.readouterr().out.splitlines()[-1]
    assert words.startswith("  words: is ")
    assert re.search(r"gpa \+0\.[1-9]", words), "the word that the intent is about counts for it"


def test_ask_reads_standard_input_when_no_message_is_given(engine, capsys, monkeypatch):
    stdin(monkeypatch, "from a pipe")
    assert cli.main(["ask"]) == 0
    assert "You said: from a pipe" in capsys.readouterr().out
    stdin(monkeypatch, "", tty=True)
    assert cli.main(["ask"]) == 2
    assert "what should I answer?" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["ask", "--jsonl", "hi"], ["ask", "--jsonl", "--trace"]])
def test_jsonl_takes_no_message(engine, capsys, arguments):
    assert cli.main(arguments) == 2
    assert capsys.readouterr().err.startswith("advisor: ask --jsonl reads")


def test_without_a_terminal_the_chat_is_in_lines(engine, capsys, monkeypatch):
    stdin(monkeypatch, "hi\n/quit\n")
    assert cli.main([]) == 0
    assert "You said: hi" in capsys.readouterr().out


@pytest.mark.parametrize("where", ["before", "after", "variable"])
def test_the_pack_can_be_named(engine, monkeypatch, tmp_path, where):
    if where == "variable":
        monkeypatch.setenv("ADVISOR_PACK", str(tmp_path))
    named = ["--pack", str(tmp_path)]
    assert cli.main({"before": [*named, "ask", "x"], "after": ["ask", *named, "x"], "variable": ["ask", "x"]}[where]) == 0
    assert engine == [tmp_path]


def test_a_pack_that_is_no_folder_is_a_wrong_call(engine, capsys):
    assert cli.main(["ask", "--pack", "/nowhere/at/all", "x"]) == 2
    assert capsys.readouterr().err == "advisor: there is no folder '/nowhere/at/all' (--pack or ADVISOR_PACK)\n"


def test_a_wrong_pack_is_told_without_a_traceback(engine, capsys, monkeypatch):
    def load(*_, **__):
        raise PackError((Problem("data/x.yaml", 3, 1, "is wrong"),))

    monkeypatch.setattr(cli, "_engine", lambda: SimpleNamespace(load=load, Conversation=Conversation))
    assert cli.main(["ask", "x"]) == 1
    assert capsys.readouterr().err == "data/x.yaml:3:1: is wrong\n1 problem in the pack\n"
    assert cli.main(["check"]) == 1
    assert capsys.readouterr().out == "data/x.yaml:3:1: is wrong\n1 problem in the pack\n"
    assert cli.main(["test"]) == 1


@pytest.mark.parametrize("arguments", [["nonsense"], ["ask", "--nonsense"], ["ask", "--jsonl", "--markdown"]])
def test_a_wrong_call_ends_with_2(arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main(arguments)
    assert ended.value.code == 2
    assert "usage: advisor" in capsys.readouterr().err


def test_help_names_the_commands_and_the_way_for_screen_readers(capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main(["--help"])
    assert ended.value.code == 0
    out = capsys.readouterr().out
    assert all(word in out for word in ("chat", "ask", "check", "test", "schema", "--pack", "--version", "--plain"))


# ---------------------------------------------------------------- the real command over the shipped pack


def advisor(*arguments, **more):
    options = {"cwd": ROOT, "capture_output": True, "timeout": 60, "input": b"", **more}
    return subprocess.run([*ADVISOR, *arguments], check=False, **options)


def test_an_answer_from_the_shipped_pack():
    done = advisor("ask", "how much is georgia tech?")
    assert done.returncode == 0, done.stderr
    assert b"$7,000" in done.stdout


def test_a_stream_answers_each_line_at_once():
    process = subprocess.Popen([*ADVISOR, "ask", "--jsonl"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin
    assert process.stdout
    for session, text in (("a", "how much is georgia tech"), ("b", "is the gre required at columbia"), ("a", "and purdue?")):
        process.stdin.write(json.dumps({"session": session, "say": text}).encode() + b"\n")
        process.stdin.flush()
        line = json.loads(process.stdout.readline())
        assert line["session"] == session
        assert line["programs"]
    process.stdin.write(b"\xff\n")
    process.stdin.close()
    assert json.loads(process.stdout.readline()) == {"error": "the line is not UTF-8 text"}
    assert process.wait(30) == 0
    process.stdout.close()


def test_any_bytes_as_a_message():
    for message in (b"", b"\xff\xfe\x00"[:2], "\x1b[31m[/red] مرحبا 🎓".encode(), b"a" * 100_000):
        done = advisor("ask", input=message)
        assert done.returncode == 0, done.stderr
        assert b"\x1b" not in done.stdout
        assert b"Traceback" not in done.stderr


def test_a_terminal_that_knows_no_unicode():
    done = advisor("ask", "compare georgia tech and purdue", env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("arguments", [("ask", "--jsonl"), ("chat", "--plain")])
def test_a_reader_that_leaves_ends_it_quietly(arguments):
    text = b'{"session": 1, "say": "hi"}\n' * 2000
    process = subprocess.Popen([*ADVISOR, *arguments], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout
    process.stdout.close()
    process.stdout = None
    _, errors = process.communicate(text, timeout=60)
    assert (process.returncode, errors) == (0, b"")


@pytest.mark.parametrize(("arguments", "code"), [(("ask", "--jsonl"), 130), (("chat", "--plain"), 0)])
def test_ctrl_c_ends_it_quietly(arguments, code):
    process = subprocess.Popen([*ADVISOR, *arguments], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdin
    assert process.stdout
    process.stdin.write(b'{"session": 1, "say": "hi"}\n')
    process.stdin.flush()
    process.stdout.readline()
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=30)
    assert (process.returncode, errors) == (code, b"")


# ---------------------------------------------------------------- in a terminal


class Terminal:
    """The command in a pseudo terminal of 80x24."""

    def __init__(self, term: str) -> None:
        self.parent, child = pty.openpty()
        fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.process = subprocess.Popen(
            ADVISOR, cwd=ROOT, stdin=child, stdout=child, stderr=child, start_new_session=True, env={**os.environ, "TERM": term},
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))  # noqa: PLW1509 (the terminal must be the child's own, for ctrl+c)
        os.close(child)
        self.out = b""

    def until(self, word: bytes) -> None:
        """Reads until the word has come since the last call."""
        start, end = len(self.out), time.monotonic() + 30
        while word not in self.out[start:] and time.monotonic() < end:
            try:
                self.out += os.read(self.parent, 65536) if select.select([self.parent], [], [], 1)[0] else b""
            except OSError:  # the other side is closed
                break
        assert word in self.out[start:], self.out

    def type(self, keys: bytes) -> None:
        os.write(self.parent, keys)

    def leave(self, keys: bytes) -> int:
        """Types the keys, reads what is still to be read, and gives the exit code.

        They are typed again when nothing happens: a signal that comes in the instant before the program waits is seen only
        with the next one.
        """
        start = time.monotonic()
        typed = 0
        while self.process.poll() is None and typed < 8:
            if time.monotonic() >= start + 3 * typed:
                self.type(keys)
                typed += 1
            if select.select([self.parent], [], [], 0.05)[0]:
                try:
                    self.out += os.read(self.parent, 65536)
                except OSError:
                    break
        try:
            return self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise
        finally:
            os.close(self.parent)


@pytest.mark.parametrize("last", [b"\x04", b"\x03", b"/quit\n"])
def test_a_simple_terminal_gets_the_plain_chat(last):
    terminal = Terminal("dumb")
    terminal.until(b"> ")
    terminal.type(b"how much is georgia tech\n")
    terminal.until(b"\n> ")
    assert terminal.leave(last) == 0
    assert b"$7,000" in terminal.out
    assert b"\x1b" not in terminal.out
    assert b"Traceback" not in terminal.out
    lines = terminal.out.decode().replace("\r", "").split("\n")
    assert max(len(line) for line in lines if "http" not in line) <= 80


def test_a_full_terminal_gets_the_full_chat_and_its_screen_back():
    terminal = Terminal("xterm-256color")
    terminal.until(b"\x1b[?1049h")
    terminal.until(b"machine learning")
    assert terminal.leave(b"\x11") == 0  # ctrl+q
    assert b"\x1b[?1049l" in terminal.out
    assert b"Traceback" not in terminal.out


# ---------------------------------------------------------------- the tools


def test_check_and_start_tell_every_mistake_of_a_pack(tmp_path):
    for folder in ("data", "rules"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    path = tmp_path / "data/programs.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("  tuition:", "  tuitoin:", 1).replace("  credits: {value: 30,", "  credits: {value: many,", 1), encoding="utf-8")
    done = advisor("check", "--pack", str(tmp_path), text=True, input="", cwd=tmp_path)
    assert done.returncode == 1
    places = re.findall(r"^(\S+):(\d+):(\d+): (.*)$", done.stdout, re.MULTILINE)
    assert {place[0] for place in places} == {"data/programs.yaml"}
    assert any("tuitoin" in place[3] for place in places)
    assert any("many" in place[3] for place in places)
    assert "^^^^" in done.stdout
    assert done.stdout.rstrip().endswith("problems in the pack")
    started = advisor("ask", "hi", "--pack", str(tmp_path), text=True, input="")
    assert started.returncode == 1
    assert "tuitoin" in started.stderr
    assert "Traceback" not in started.stderr


def test_check_test_and_schema_on_the_shipped_pack(tmp_path):
    run = partial(advisor, text=True, input="")
    done = run("check")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("pack is fine: 10 programs")
    (tmp_path / "c.yaml").write_text("conversation: c\nturns: [{student: how much is georgia tech, programs: georgia-tech, never: zebra}]\n")
    done = run("test", str(tmp_path / "c.yaml"))
    assert (done.returncode, done.stdout) == (0, "1 conversation, 1 turn: all as expected\n")
    (tmp_path / "c.yaml").write_text("conversation: c\nturns: [{student: how much is georgia tech, advisor: zebra}]\n")
    done = run("test", str(tmp_path / "c.yaml"))
    assert done.returncode == 1
    assert "c.yaml:2: not said" in done.stdout
    assert run("test", str(tmp_path / "none.yaml")).returncode == 2
    done = run("schema", str(tmp_path / "s"))
    assert done.returncode == 0
    assert "schemas written" in done.stdout
    assert "data/programs.yaml" in json.loads(run("schema").stdout)
