"""What an intent can do (`does: ...`): the list that the pack is held against is the list of handlers."""

from __future__ import annotations

import ast
from pathlib import Path

from advisor.dialogue import acts
from advisor.knowledge.answers import ACTIONS

DIALOGUE = Path(__file__).resolve().parents[2] / "src/advisor/dialogue"


def handlers() -> set[str]:
    """The keys of the table of handlers in handling.py."""
    tree = ast.parse((DIALOGUE / "handling.py").read_text(encoding="utf-8"))
    (act,) = (node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == "act")
    (table,) = (node for node in ast.walk(act) if isinstance(node, ast.Dict))
    return {ast.literal_eval(key) for key in table.keys if key is not None}


def compared() -> set[str]:
    """Actions that are asked for by name (`... .does == "undo"`): they are handled before the table is looked at."""
    found = set()
    for path in DIALOGUE.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Compare) and isinstance(node.left, ast.Attribute | ast.Name):
                if (node.left.attr if isinstance(node.left, ast.Attribute) else node.left.id) == "does":
                    found |= {side.value for side in node.comparators if isinstance(side, ast.Constant) and isinstance(side.value, str)}
    return found


def test_every_action_has_a_handler_and_every_handler_is_an_action():
    table = handlers() | acts.SIMPLE.keys()
    assert table | (set(ACTIONS) & compared()) == set(ACTIONS)
    assert compared() - {""} <= set(ACTIONS)


def test_actions_are_listed_once_and_in_order():
    assert list(ACTIONS) == sorted(set(ACTIONS))


def test_every_action_is_asked_for_in_the_shipped_pack(knowledge):
    assert {intent.does for intent in knowledge.pack.intents.values()} - {""} == set(ACTIONS)
