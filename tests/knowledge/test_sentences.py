"""Sentences that the code says (knowledge/sentences.py) against the code itself: each call of the voice, and what it fills."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from advisor.knowledge.answers import pieces
from advisor.knowledge.sentences import SENTENCES, places

SRC = Path(__file__).resolve().parents[2] / "src/advisor"
WORDING = "rules/wording.yaml"
#: Keywords of `voice.say` that fill no place.
OF_SAY = {"lead", "caution", "citations"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions() -> Iterator[tuple[Function, ast.Module]]:
    for path in sorted(SRC.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, Function):
                yield node, tree


def constants(node: ast.AST) -> set[str]:
    return {n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str)}


def voiced(function: Function) -> Iterator[ast.Call]:
    """Calls of voice.say, voice.line and voice.text in a function."""
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("say", "line", "text"):
            owner = node.func.value
            if (owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", "")) == "voice":
                yield node


def given(name: str, place: int) -> set[str]:
    """The texts that calls of a function have as an argument, from that place on."""
    calls = [n for path in sorted(SRC.rglob("*.py")) for n in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
             if isinstance(n, ast.Call) and getattr(n.func, "id", "") == name]
    return {text for call in calls for arg in call.args[place:] for text in constants(arg)}


def keys_of(call: ast.Call, function: Function) -> set[str]:
    """The sentences that a call may say."""
    key = call.args[0]
    if isinstance(key, ast.Constant):
        return {str(key.value)}
    if isinstance(key, ast.IfExp) and not any(isinstance(n, ast.JoinedStr) for n in ast.walk(key)):
        return constants(key.body) | constants(key.orelse)
    chosen = CHOSEN[function.name, ast.unparse(key)]
    return set(chosen()) if callable(chosen) else {sentence for sentence in SENTENCES if re.fullmatch(chosen, sentence)}


#: Calls whose sentence is worked out, by their function: which ones it may be.
CHOSEN: dict[tuple[str, str], str | Callable[[], set[str]]] = {
    ("plain", "key"): lambda: {text for text in given("plain", 1) if text in SENTENCES and not text.startswith("chip.")},
    ("plain", "f'chip.{chip}'"): lambda: {f"chip.{text}" for text in given("plain", 2)},
    ("known_lines", "f'stance.{stance}'"): r"stance\.\w+",
    ("forget", "key"): r"forget\.\w+",
    ("reasons_line", "key"): r"verdict\.(for|against)",
    ("ask_blocks", "lead_in"): r"verdict\.ask",
    ("_told", "key"): r"verdict\.(ahead|clear)",
    ("start_interview", "key"): r"interview\.(first|next)",
    ("_chips", "f'chip.{key}'"): lambda: set(),  # a chip for a column: see `places`
    ("official_line", "wording"): r"value\.official(_undated)?",
    ("_figure", "wording"): r"extreme\.plain|which\.nearest",
    ("value_blocks", "wording"): r"value\.(one|page)",
    ("yes_no_line", "wording"): r"(yes|no|open)\.number",
    ("yes_no_line", "f'{polarity}.number' if polarity in ('yes', 'no') else 'open.number'"): r"(yes|no|open)\.number",
    ("yes_no_line", "f'{polarity}.choice'"): r"(yes|no|depends)\.choice",
    ("_by_order", "wording"): r"order\.(yes|no|open)",
    ("_difference", "wording"): r"difference\.\w+",
    ("_not_held", "wording"): r"not_held\.near(_plain)?",
}


@pytest.fixture(scope="module")
def said() -> dict[str, list[set[str]]]:
    """What each call fills, by sentence."""
    found: dict[str, list[set[str]]] = {}
    for function, _ in functions():
        for call in voiced(function):
            for key in keys_of(call, function):
                found.setdefault(key, []).append({k.arg for k in call.keywords if k.arg} - OF_SAY)
    return found


def test_every_sentence_that_the_code_says_is_declared(said):
    assert [key for key in said if key not in SENTENCES] == []


def test_every_declared_sentence_is_said_somewhere(said):
    assert [key for key in SENTENCES if key not in said and key != "subtitle"] == [], "the subtitle is no reply: the screen shows it"


def test_the_declared_places_are_those_that_every_call_fills(said):
    filled = {key: set.intersection(*fills) for key, fills in said.items()}
    assert {key: (sorted(SENTENCES[key]), sorted(names)) for key, names in filled.items() if SENTENCES[key] != names} == {}


def test_the_shipped_wording_has_every_sentence_and_fills_its_places(knowledge):
    pack = knowledge.pack
    assert [key for key in SENTENCES if key not in pack.wording] == []
    for key, text in pack.wording.items():
        known = places(key, pack.kinds[pack.main].attributes)
        assert known is not None, key
        assert {piece.text for piece in pieces(text) if piece.path} <= known, key


@pytest.mark.parametrize(("old", "new", "message", "hint"), [
    ("greeting: ", "«greting: ", "no sentence 'greting' is ever said", "did you mean 'greeting'?"),
    ("greeting: ", "«good_day: Good day.\ngreeting: ", "no sentence 'good_day' is ever said", ""),
    ("chip.about: ", "chip.tuiton: x\nchip.about: ", "no sentence 'chip.tuiton' is ever said", ""),
    ('undo.done: "', 'undo.done: «"{wrods} ', "nothing fills {wrods} in this sentence", "did you mean 'words'?"),
    ('greeting: "', 'greeting: «"{name} ', "nothing fills {name} in this sentence", "it has no places"),
])
def test_a_sentence_or_a_place_that_is_none(broken, old, new, message, hint):
    if "«" not in new:
        new = "«" + new
    problem = broken(WORDING, old, new).here()
    assert problem.message == message
    assert hint in problem.hint


def test_sentences_that_are_missing_are_named_once(little):
    little.write(WORDING, "empty: Say something.\n")
    (problem,) = little.problems()
    assert problem.message.startswith("these sentences are missing: ")
    assert "greeting" in problem.message


def test_a_column_has_its_own_chip(little):
    little.change(WORDING, "chip.about: ", "chip.tuition: What does {name} cost?\nchip.about: ")
    little.read()
