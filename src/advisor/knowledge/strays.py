"""Files of a pack that nothing reads: a name with a slip in it would else be passed over without a word."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path, PurePosixPath
from posixpath import normpath

from advisor.errors import Problem
from advisor.knowledge.source import nearest

INTENTS = "rules/intents"
#: Where files of the pack stand.
FOLDERS = ("data", "rules", INTENTS)
#: For people only: nothing reads it, and it may be there.
FOR_PEOPLE = "rules/coverage.yaml"
_ENDINGS = (".yaml", ".yml")


def strays(root: Path, read: Collection[str], partial: Collection[str]) -> list[Problem]:
    """A problem for each YAML file in a folder of the pack that is not among those that were read.

    `partial`: files of which something could not be read; without all kinds nobody knows which tables there are.
    """
    known = {normpath(name) for name in read} | {FOR_PEOPLE}
    found = []
    for folder in FOLDERS:
        if folder == "data" and "data/kinds.yaml" in partial:
            continue
        for path in sorted((root / folder).glob("*")):
            name = f"{folder}/{path.name}"
            if path.suffix.lower() in _ENDINGS and name not in known and path.is_file():
                found.append(Problem(name, 1, 1, "nothing reads this file: no file of the pack has this name", _hint(folder, path.stem, known)))
    return found


def _hint(folder: str, stem: str, known: Collection[str]) -> str:
    """The known file with the nearest name, in this folder before others; else what a new file of this folder needs."""
    if folder == INTENTS:
        return f"did you mean '{INTENTS}/{stem}.yaml'?"
    by_stem = {PurePosixPath(name).stem: name for name in sorted(known, key=lambda name: name.startswith(f"{folder}/"))}
    if close := nearest(stem, by_stem):
        return f"did you mean {by_stem[close.removeprefix('did you mean ')[1:-2]]!r}?"
    if folder == "data":
        return f"a new table needs a kind in data/kinds.yaml with `file: {stem}.yaml`"
    return f"a new file of intents stands in {INTENTS}/"
