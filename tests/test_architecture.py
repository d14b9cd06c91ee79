"""The house: which room may know which, what may be written in it, and how large a room may grow."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

import advisor
from advisor.knowledge.reading import read_pack

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src/advisor"
MODULES = sorted(SOURCE.rglob("*.py"))
LONGEST = 400
MOST_NAMES = 10


def names(paths):
    return [str(path.relative_to(SOURCE)) for path in paths]


def test_the_import_contracts_hold(capsys):
    status = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)
    assert status == EXIT_STATUS_SUCCESS, capsys.readouterr().out


def test_every_room_is_under_a_contract():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = {name.strip() for layer in contracts[0]["layers"] for name in layer.split("|")}
    rooms = {f"advisor.{path.stem}" for path in SOURCE.iterdir() if not path.name.startswith(("_", "."))} - {"advisor.pack", "advisor.py"}
    assert rooms <= layers


def imported_by(*arguments: str, text: str = "") -> set[str]:
    """The modules that a call of the command has imported when it ends."""
    code = f"import sys; from advisor.surfaces.cli import main; code = main({list(arguments)!r}); print(*sys.modules, file=sys.stderr); sys.exit(code)"
    done = subprocess.run([sys.executable, "-c", code], input=text, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return set(done.stderr.split())


CALLS = {
    "ask": (("ask", "hello"), ""),
    "ask --jsonl": (("ask", "--jsonl"), '{"session": 1, "say": "hello"}\n'),
    "chat --plain": (("chat", "--plain"), "hello\n"),
    "a chat without a terminal": ((), "hello\n"),
    "check": (("check",), ""),
}


@pytest.mark.parametrize("call", CALLS)
def test_only_the_full_screen_chat_imports_textual(call):
    modules = imported_by(*CALLS[call][0], text=CALLS[call][1])
    assert modules & {"textual", "rich", "advisor.surfaces.tui"} == set()


def test_an_answer_loads_no_tool_of_the_workbench():
    assert [name for name in imported_by("ask", "hello") if name.startswith("advisor.workbench.")] == []


def test_a_second_answer_imports_nothing_that_reads_checks_or_learns(tmp_path, monkeypatch):
    monkeypatch.setenv("ADVISOR_CACHE", str(tmp_path))
    imported_by("ask", "cheapest program without the gre")
    modules = imported_by("ask", "cheapest program without the gre")
    heavy = {"pydantic", "pydantic_core", "yaml", "numpy", "rapidfuzz", "textual", "importlib.metadata"}
    assert modules & heavy == set()
    assert {"advisor.knowledge.reading", "advisor.knowledge.build", "advisor.knowledge.source"} & modules == set()


def test_public_names_are_few_sorted_and_there():
    public = advisor.__all__
    assert list(public) == sorted(public)
    assert len(public) <= MOST_NAMES
    assert all(hasattr(advisor, name) for name in public)


@pytest.mark.parametrize("path", [path for path in MODULES if path.name == "__init__.py"], ids=lambda path: str(path.relative_to(SOURCE)))
def test_every_all_is_sorted_and_true(path):
    module = importlib.import_module(".".join(("advisor", *path.relative_to(SOURCE).parts[:-1])))
    public = getattr(module, "__all__", [])
    assert list(public) == sorted(public)
    assert [name for name in public if not hasattr(module, name)] == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_module_is_one_subject_in_at_most_so_many_lines(path):
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST, "one of over 400 lines wants to be two rooms"


@pytest.mark.parametrize("path", [path for path in MODULES if path.stat().st_size], ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_module_says_what_it_is(path):
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


def texts(path: Path) -> list[str]:
    """The texts that the code of a module works with; what stands in docstrings and comments is for people."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)) and node.body and isinstance(node.body[0], ast.Expr)
    }
    return [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings]


def test_no_program_degree_or_career_is_named_in_the_code():
    things = [thing for kind in ("program", "degree", "career", "specialization") for thing in read_pack(ROOT).of_kind(kind)]
    # An id or name of one common word (nlp, quant) could be anything; those of several words are unmistakable.
    words = {word.lower() for thing in things for word in (thing.id, thing.name, thing.full_name) if re.search(r"[-_ ]", word)}
    words |= {thing.id for thing in things if thing.kind == "program"}
    pattern = re.compile(r"(?<![\w-])(" + "|".join(map(re.escape, sorted(words))) + r")(?![\w-])", re.IGNORECASE)
    found = [f"{path.relative_to(SOURCE)}: {text!r}" for path in MODULES for text in texts(path) if pattern.search(text)]
    assert found == []


def test_the_documents_name_every_command_and_every_file_of_the_pack():
    from advisor.surfaces.cli import _parser

    documents = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))))
    commands = next(iter(action.choices for action in _parser()._actions if isinstance(action.choices, dict)))
    missing = [f"advisor {name}" for name in commands if f"advisor {name}" not in documents]
    files = [path.name for folder in ("data", "rules") for path in sorted((ROOT / folder).iterdir())]
    missing += [name for name in files if name not in documents]
    assert missing == []


def test_makefile_targets_are_real_words_of_the_documents():
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    documents = (ROOT / "README.md").read_text(encoding="utf-8") + (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert [target for target in targets if f"make {target}" not in documents and target != "help"] == []
