"""The shipped pack's tables, read leniently: kinds, things and words, without the cross-checks of the loader."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from advisor.knowledge.build import made
from advisor.knowledge.facts import Thing
from advisor.knowledge.kinds import Kind
from advisor.knowledge.records import Rows
from advisor.knowledge.source import Document
from advisor.knowledge.words import Words
from advisor.understanding.spelling import Speller
from advisor.understanding.tables import Lexicon, TableReader

ROOT = Path(__file__).resolve().parents[2]


def load(name: str) -> Any:
    return yaml.load((ROOT / name).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


@cache
def tables() -> tuple[dict[str, Kind], dict[str, Thing], Words]:
    kinds = {name: made(Kind, raw) for name, raw in load("data/kinds.yaml").items()}
    things: dict[str, Thing] = {}
    for name, kind in kinds.items():
        path = ROOT / "data" / kind.file
        if not path.exists():
            continue
        rows = dict(load(f"data/{kind.file}").items())
        for thing in Rows(name, kind, Document(kind.file, rows, []), []).read():
            things.setdefault(thing.id, thing)
    return kinds, things, made(Words, load("rules/words.yaml"))


@cache
def reader() -> TableReader:
    kinds, things, words = tables()
    guard = (ROOT / "rules" / "common_words.txt").read_text(encoding="utf-8").split()
    known = Lexicon(kinds, things, words).known_words()
    listed = {id_: thing for id_, thing in things.items() if thing.kind in words.listed}   # as the program does
    return TableReader(kinds, listed, words, Speller(known, guard))
