"""`advisor check` tells what the pack holds, or everything that is wrong with it, with places."""

from __future__ import annotations

from pathlib import Path

from advisor.errors import PackError, Problem
from advisor.workbench.check import check

ROOT = Path(__file__).resolve().parents[2]


def test_a_pack_that_is_fine_is_counted_and_then_loaded():
    loaded = []
    report = check(loaded.append, ROOT)
    assert report.fine
    assert report.text.startswith("pack is fine: 10 programs, 8 degrees, 7 specializations")
    assert loaded == [ROOT]


def test_what_only_loading_finds_is_told_with_line_and_caret_as_seen_from_here(monkeypatch):
    problem = Problem("data/kinds.yaml", 1, 9, "a mapping (key: value) was expected", "look at the example", "progrm: x", 1)
    other = Problem("data/gone.yaml", 1, 1, "cannot be read")

    def load(_root):
        raise PackError((problem, other))

    monkeypatch.chdir(ROOT.parent)
    report = check(load, ROOT)
    assert not report.fine
    assert report.text == f"""\
{Path(ROOT.name, "data", "kinds.yaml")}:1:9: a mapping (key: value) was expected
  1 | progrm: x
    |         ^
  help: look at the example
data/gone.yaml:1:1: cannot be read
2 problems in the pack"""


def test_a_folder_without_a_pack(tmp_path):
    assert "is no pack" in check(lambda _: None, tmp_path).text
