"""The shipped pack's words for these tests, read as plain text."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from advisor.knowledge.build import made
from advisor.knowledge.stances import Stances
from advisor.knowledge.topics import Topics
from advisor.understanding.spelling import Speller
from advisor.understanding.stances import StanceReader, known_words

ROOT = Path(__file__).resolve().parents[2]


def plain(path: str) -> Any:
    """A YAML file with every scalar as text."""
    return yaml.load((ROOT / path).read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)


@cache
def topics() -> Topics:
    return made(Topics, plain("rules/topics.yaml"))


@cache
def stances() -> Stances:
    return made(Stances, plain("rules/stances.yaml"))


@cache
def guard() -> tuple[str, ...]:
    path = ROOT / "rules/common_words.txt"
    return tuple(path.read_text(encoding="utf-8").split()) if path.exists() else ()


@cache
def reader() -> StanceReader:
    return StanceReader(topics(), stances(), Speller(known_words(topics(), stances()), guard()))
