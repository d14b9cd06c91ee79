"""The examples of docs/for-advisors.md are put into a copy of the pack, which must then load and answer."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

import advisor
from advisor.workbench.replay import replay_paths

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs/for-advisors.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```yaml\n# (\S+?)(?:, ([^\n]*))?\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def pack(tmp_path_factory):
    """The shipped pack with every example of the page in its place."""
    root = tmp_path_factory.mktemp("pack")
    for folder in ("data", "rules"):
        shutil.copytree(ROOT / folder, root / folder)
    for file, where, text in EXAMPLES:
        path = root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        before = path.read_text(encoding="utf-8").rstrip("\n") + "\n" if path.exists() else ""
        if where.startswith("among the attributes of program"):
            head, tuition, tail = before.partition("    tuition:\n")
            path.write_text(head + text + tuition + tail, encoding="utf-8")
        else:
            # A row of a list or map that is indented continues it; anything else stands apart.
            path.write_text(before + ("" if text.startswith(" ") or not before else "\n") + text, encoding="utf-8")
    return root


def test_the_page_has_an_example_of_each_step():
    files = [file for file, _, _ in EXAMPLES]
    assert len(EXAMPLES) == len(re.findall(r"^```yaml", PAGE, re.MULTILINE)) >= 9
    assert {"data/programs.yaml", "data/kinds.yaml", "rules/topics.yaml", "rules/degrees.yaml", "rules/programs.yaml",
            "rules/interview.yaml", "data/faq.yaml"} <= set(files)
    assert any(file.startswith("tests/conversations/") for file in files)


def test_the_examples_load_and_the_conversation_goes_as_it_is_written(pack):
    knowledge = advisor.load(pack)
    report = replay_paths([pack / "tests/conversations"], knowledge, advisor.respond)
    assert report.fine, report.text
    _, reply = advisor.respond(knowledge, advisor.Conversation(), "i love AI that plays games, what should i study?")
    assert reply.degree
    assert reply.degree.top == "artificial_intelligence"
    _, reply = advisor.respond(knowledge, advisor.Conversation(), "what is a good way of taking notes")
    assert reply.intent == "faq.taking_notes"
