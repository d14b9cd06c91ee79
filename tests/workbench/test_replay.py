"""A replay tells each difference with both values, the place in the script, and the transcript."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from fakes import respond

from advisor.errors import CallError
from advisor.workbench.expect import appears
from advisor.workbench.replay import replay, replay_paths, script_files
from advisor.workbench.script import read_scripts

KNOWLEDGE = SimpleNamespace(pack=SimpleNamespace(interview=(SimpleNamespace(question="budget", amount="tuition"),)), root=Path("/nowhere"))


def answer(_knowledge, conversation, text):
    return respond(conversation, text)


def played(tmp_path, *expectations, student="hi"):
    """The result of one turn with these lines of expectations."""
    path = tmp_path / "some.yaml"
    lines = ["conversation: x", "turns:", f"  - student: {student}", *(f"    {line}" for line in expectations)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    [placed] = read_scripts(path, name="some.yaml")
    return replay(placed, KNOWLEDGE, answer)


@pytest.mark.parametrize(
    "expectation",
    [
        "advisor: [you said, 'YOU SAID: HI', /message \\d/, \"it's 'quoted'\"]",
        "any: [nothing, message 1]",
        "never: [message 2, /cost\\b/]",
        "programs: [bb]",
        "programs_only: [bb, aa]",
        "not_programs: cc",
        "intent: query.value.tuition",
        "intent: [other, query.value.tuition]",
        "degree: dd",
        "degrees: [dd, ee]",
        "cites: [guide, guide/costs]",
        "chips: [undo, show programs]",
        "profile: {budget: 60000}".replace("60000", "25k"),
        "profile: {tuition: 25000, likes: robotics, refuses: [gre, not travel], avoids: unknown, has: unknown}",
        "profile: {tuition: at most 25000, gre: [not_required, optional], goal: ml_engineer, math: declined}",
        "profile: {tuition: known, goal: known, statistics_use: unknown, likes: known}",
        "profile: {goal: [data_scientist, ml_engineer]}",
    ],
)
def test_what_holds(tmp_path, expectation):
    result = played(tmp_path, expectation)
    assert result.fine, result.text


@pytest.mark.parametrize(
    ("expectation", "what", "expected", "found"),
    [
        ("advisor: nothing", "not said", "nothing", "the reply above"),
        ("any: [x-ray, yak]", "none of these is said", "x-ray or yak", "the reply above"),
        ("never: you said", "must not be said", "no you said", "it is in the reply above"),
        ("programs: [aa, cc]", "programs are missing: cc", "at least aa, cc", "aa, bb"),
        ("programs_only: [aa, cc]", "other programs (too many: bb; missing: cc)", "only aa, cc", "aa, bb"),
        ("programs_only: []", "other programs (too many: aa, bb)", "only none", "aa, bb"),
        ("not_programs: [aa]", "programs that should not be there: aa", "without aa", "aa, bb"),
        ("intent: none", "another intent", "none", "query.value.tuition"),
        ("degree: ee", "another degree is on top", "ee", "dd 3.25, ee 1"),
        ("degrees: [ee, dd]", "the degrees rank otherwise", "ee before dd", "dd 3.25, ee 1"),
        ("cites: [guide/gre]", "a citation is missing", "guide/gre", "guide/costs"),
        ("chips: [redo]", "a suggestion is missing", "redo", "Show programs | undo"),
        ("profile: {budget: 60000}", "the profile's budget", "60000", "at most 25000"),
        ("profile: {gre: required}", "the profile's gre", "required", "optional, not_required"),
        ("profile: {likes: [robotics, math]}", "the profile's likes", "robotics, math", "robotics"),
        ("profile: {likes: not robotics}", "the profile's likes", "not robotics", "robotics"),
        ("profile: {goal: data_scientist}", "the profile's goal", "data_scientist", "ml_engineer"),
        ("profile: {math: known}", "the profile's math", "known", "declined"),
        ("profile: {travel: known}", "the profile's travel", "known", "unknown"),
    ],
)
def test_what_does_not_hold(tmp_path, expectation, what, expected, found):
    result = played(tmp_path, expectation)
    [miss] = result.turns[0].misses
    assert (miss.what, miss.expected, miss.found) == (what, expected, found)
    assert f">> some.yaml:4: {what}" in result.text


def test_the_transcript_marks_the_failing_turn_and_goes_on(tmp_path):
    path = tmp_path / "some.yaml"
    path.write_text("conversation: c\nturns:\n  - student: one\n  - student: two\n    never:\n      - message 2\n  - student: boom\n  - student: last\n")
    [placed] = read_scripts(path, name="some.yaml")
    assert replay(placed, KNOWLEDGE, answer).text == """\
some.yaml:5: c
   student | one
   advisor | You said: one. [1]
           |
           | That is message 1. It's ‘quoted’ and costs $7,000.
           | (Show programs | undo)
>> student | two
   advisor | You said: two. [1]
           |
           | That is message 2. It's ‘quoted’ and costs $7,000.
           | (Show programs | undo)
>> some.yaml:5: must not be said
      expected: no message 2
      found:    it is in the reply above
>> student | boom
   advisor | (no reply)
>> some.yaml:7: the engine failed
      expected: a reply
      found:    RuntimeError: the engine broke
   student | last
   advisor | You said: last. [1]
           |
           | That is message 3. It's ‘quoted’ and costs $7,000.
           | (Show programs | undo)"""


def test_patterns_and_texts():
    assert appears("7,000", "about $7,000")
    assert appears("a  b", "A\nB")
    assert appears("it's", "it\u2019s")
    assert not appears("/^b/", "ab")
    assert appears("/", "a/b")


def test_files_are_found_and_what_is_no_file_is_an_error(tmp_path, monkeypatch):
    folder = tmp_path / "tests/conversations"
    folder.mkdir(parents=True)
    (folder / "b.yaml").write_text("x")
    (folder / "a.yaml").write_text("x")
    assert [path.name for path in script_files([], tmp_path)] == ["a.yaml", "b.yaml"]
    assert [path.name for path in script_files([folder / "b.yaml"], tmp_path)] == ["b.yaml"]
    monkeypatch.chdir(tmp_path)
    assert len(script_files([], Path("/nowhere"))) == 2
    with pytest.raises(CallError, match=r"no file or folder .*c\.yaml"):
        script_files([folder / "c.yaml"], tmp_path)
    (tmp_path / "empty").mkdir()
    with pytest.raises(CallError, match="no conversation"):
        script_files([tmp_path / "empty"], tmp_path)
    monkeypatch.chdir("/")
    with pytest.raises(CallError, match="no folder tests/conversations"):
        script_files([], Path("/nowhere"))


def test_the_report_counts_and_shows(tmp_path):
    pack = SimpleNamespace(
        interview=(), of_kind=lambda _: (), degree_rules=SimpleNamespace(degrees=()), kinds={}, topics=SimpleNamespace(topics={}))
    knowledge = SimpleNamespace(pack=pack, root=tmp_path)
    good, bad, broken = (tmp_path / name for name in ("good.yaml", "bad.yaml", "broken.yaml"))
    good.write_text("conversation: good\nturns: [{student: a}]\n")
    bad.write_text("conversation: bad\nturns: [{student: a, advisor: zebra}]\n")
    broken.write_text("conversation: broken\n")
    fine = replay_paths([good], knowledge, answer)
    assert fine.fine
    assert fine.text == "1 conversation, 1 turn: all as expected"
    assert "You said: a" in replay_paths([good], knowledge, answer, show=True).text
    failed = replay_paths([tmp_path], knowledge, answer)
    assert not failed.fine
    assert "broken.yaml:1:1: the key 'turns' is missing" in failed.text
    assert failed.text.endswith("1 problem in the scripts\n\n2 conversations, 2 turns: 1 not as expected")
