"""Any part of any file may have the wrong shape: that is a problem with a place, or it is read; never another exception."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest

from advisor.errors import PackError
from advisor.knowledge.source import parse

WRONG: tuple[Any, ...] = ("", "{", ["a"], [{}], {"a": {"b": ["c"]}})
FILES = (
    "data/kinds.yaml", "data/programs.yaml", "data/fields.yaml", "data/sources.yaml", "data/official.yaml", "data/faq.yaml", "rules/topics.yaml",
    "rules/degrees.yaml", "rules/programs.yaml", "rules/cautions.yaml", "rules/interview.yaml", "rules/intents/costs.yaml", "rules/synonyms.yaml",
)


def paths(data: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield at
    if isinstance(data, dict | list):
        for key, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from paths(value, (*at, key))


def replaced(data: Any, at: tuple[Any, ...], value: Any) -> Any:
    if not at:
        return value
    out = copy.deepcopy(data)
    inner = out
    for key in at[:-1]:
        inner = inner[key]
    inner[at[-1]] = value
    return out


@pytest.mark.parametrize("name", FILES)
def test_every_value_in_every_wrong_shape(little, name):
    data = parse((little.root / name).read_text(encoding="utf-8"), name, []).data
    for at in list(paths(data)):
        for wrong in WRONG:
            little.write(name, json.dumps(replaced(data, at, wrong)))
            try:
                little.read()
            except PackError:
                continue
            except Exception as error:
                error.add_note(f"{name} {at} = {wrong!r}")
                raise
