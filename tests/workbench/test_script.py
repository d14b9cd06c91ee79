"""Scripted conversations are read with positions, and every mistake in them is told with its place."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from advisor.errors import ScriptError
from advisor.workbench.script import read_scripts

GOOD = """\
# a comment
conversation: a budget rules programs out
turns:
  - student: whats the cheapest??
    advisor: Georgia
    never: [Columbia, /\\$9,\\d+/]
  - student: actually 60k is ok
    profile: {budget: 60000, likes: [robotics]}
    programs_only: []
"""


def written(tmp_path, text):
    path = tmp_path / "some.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def read(tmp_path, text, pack=None):
    return read_scripts(written(tmp_path, text), pack, "some.yaml")


def problems(tmp_path, text, pack=None):
    with pytest.raises(ScriptError) as caught:
        read(tmp_path, text, pack)
    return [str(problem).splitlines()[0] for problem in caught.value.problems]


def test_a_conversation_knows_the_line_of_each_expectation(tmp_path):
    [placed] = read(tmp_path, GOOD)
    assert (placed.name, placed.file, placed.line) == ("a budget rules programs out", "some.yaml", 2)
    first, second = placed.script.turns
    assert first.advisor == ("Georgia",)
    assert second.profile == {"budget": "60000", "likes": ("robotics",)}
    assert second.programs_only == ()
    assert first.programs_only is None
    assert [placed.line_of(0), placed.line_of(0, "never"), placed.line_of(1, "profile"), placed.line_of(1, "cites")] == [4, 6, 8, 7]


def test_a_file_may_hold_several(tmp_path):
    text = "- conversation: one\n  turns:\n    - student: a\n- conversation: two\n  turns:\n    - {student: b, any: [x, y]}\n"
    assert [(placed.name, placed.line, placed.line_of(0)) for placed in read(tmp_path, text)] == [("one", 1, 3), ("two", 4, 6)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["some.yaml:1:1: a conversation, or a list of them, was expected in this file"]),
        ("just words\n", ["some.yaml:1:1: a conversation, or a list of them, was expected in this file"]),
        ("turns: [{student: a}]\n", ["some.yaml:1:1: the key 'conversation' is missing"]),
        ("conversation: x\nturns: []\n", ["some.yaml:2:8: a conversation needs at least one turn"]),
        ("conversation: x\nturns:\n  - advisor: y\n", ["some.yaml:3:5: the key 'student' is missing"]),
        ("conversation: x\nturns:\n  - student: a\n    advisr: y\n    nevr: z\n",
         ["some.yaml:4:5: the key 'advisr' is not known here", "some.yaml:5:5: the key 'nevr' is not known here"]),
        ("conversation: x\nturns:\n  - student: a\n    advisor: [/(/]\n", ["some.yaml:4:14: no regular expression: missing ), unterminated subpattern at position 0"]),
        ("conversation: x\nturns:\n  - student: a\n    never: ['']\n", ["some.yaml:4:12: an empty text is in every reply"]),
        ("conversation: x\nturns: [\n", ["some.yaml:3:1: not YAML: did not find expected node content"]),
    ],
)
def test_mistakes_have_places(tmp_path, text, expected):
    assert problems(tmp_path, text) == expected


PACK = SimpleNamespace(
    of_kind=lambda kind: (SimpleNamespace(id="uiuc"), SimpleNamespace(id="purdue")) if kind == "program" else (),
    degree_rules=SimpleNamespace(degrees=("data_science",)),
    interview=(SimpleNamespace(question="budget"),),
    kinds={"program": SimpleNamespace(attributes={"tuition": None})},
    topics=SimpleNamespace(topics={"robotics": None}),
)


def test_ids_that_the_pack_lacks_are_mistakes_since_a_misspelt_one_is_never_in_a_reply(tmp_path):
    text = """\
conversation: x
turns:
  - student: a
    programs: [uiuc, perdue]
    not_programs: uicu
    degree: none
    degrees: [data_sience]
    profile: {budgt: 3, likes: [robotics, not robots], avoids: unknown, tuition: known}
"""
    assert problems(tmp_path, text, PACK) == [
        "some.yaml:4:22: no program 'perdue'",
        "some.yaml:5:19: no program 'uicu'",
        "some.yaml:7:15: no degree 'data_sience'",
        "some.yaml:8:15: no stance, slot or attribute 'budgt'",
        "some.yaml:8:43: no topic 'robots'",
    ]


def test_a_file_that_cannot_be_read(tmp_path):
    with pytest.raises(ScriptError, match="cannot be read"):
        read_scripts(tmp_path / "none.yaml")
