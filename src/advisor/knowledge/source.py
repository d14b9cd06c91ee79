"""YAML files as plain data with source positions: every scalar is text, every mistake has a place.

`yaml.safe_load` is not used: it keeps the last of two equal keys and reads `no`, `12:30` and `010` in surprising ways.
libyaml's composer gives nodes with marks; one walk turns them into dicts, lists and texts and notes where each stood.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml
from msgspec import Struct, field

from advisor.errors import Problem

Path_ = tuple[str | int, ...]
MAX_BYTES = 1_000_000
MAX_DEPTH = 32
MAX_NODES = 200_000
_PLAIN_TAGS = frozenset(f"tag:yaml.org,2002:{name}" for name in (
    "str", "int", "float", "bool", "null", "timestamp", "value", "map", "seq", "merge"))


class Place(Struct, frozen=True):
    """Where something stands in a file, counted from 1, and how wide it is there."""

    line: int
    column: int
    width: int = 1


class Document(Struct):
    """One YAML file: its data (dicts, lists, texts) and the place of each value and each key."""

    file: str
    data: Any = None
    lines: list[str] = field(default_factory=list)
    values: dict[Path_, Place] = field(default_factory=dict)
    keys: dict[Path_, Place] = field(default_factory=dict)

    def place(self, path: Path_, key: bool = False) -> Place:
        """The place of the value (or key) at `path`, or of the nearest thing above it that has one."""
        order = (self.keys, self.values) if key else (self.values, self.keys)
        while True:
            for places in order:
                if path in places:
                    return places[path]
            if not path:
                return Place(1, 1)
            path = path[:-1]

    def problem(self, path: Path_, message: str, hint: str = "", key: bool = False) -> Problem:
        """A problem at a path of this document, with the line it stands in."""
        return self.problem_at(self.place(path, key), message, hint)

    def problem_at(self, place: Place, message: str, hint: str = "") -> Problem:
        line = self.lines[place.line - 1] if 0 < place.line <= len(self.lines) else ""
        return Problem(self.file, place.line, place.column, message, hint, line, min(place.width, max(1, len(line))))


class _Walk:
    """Turns nodes into data, noting places and collecting problems."""

    def __init__(self, document: Document, problems: list[Problem]) -> None:
        self.document, self.problems, self.seen, self.count = document, problems, set[int](), 0

    def _place(self, node: yaml.Node) -> Place:
        start, end = node.start_mark, node.end_mark
        width = end.column - start.column if end.line == start.line else 1
        return Place(start.line + 1, start.column + 1, max(1, width))

    def _wrong(self, node: yaml.Node, message: str, hint: str) -> None:
        self.problems.append(self.document.problem_at(self._place(node), message, hint))

    def data(self, node: yaml.Node, path: Path_) -> Any:
        self.document.values[path] = self._place(node)
        self.count += 1
        if id(node) in self.seen:
            self._wrong(node, "an alias (*name) repeats another part of the file", "write the value out; aliases are not read")
            return ""
        self.seen.add(id(node))
        if node.tag not in _PLAIN_TAGS:
            self._wrong(node, f"the tag {node.tag} is not read", "remove the word that begins with !")
        if len(path) > MAX_DEPTH or self.count > MAX_NODES:
            if self.count <= MAX_NODES + 1:
                self._wrong(node, "the file is nested too deep or has too many values", f"at most {MAX_DEPTH} levels")
            return ""
        if isinstance(node, yaml.ScalarNode):
            return "" if node.value in ("~", "null") and node.style is None else node.value
        if isinstance(node, yaml.SequenceNode):
            return [self.data(item, (*path, index)) for index, item in enumerate(node.value)]
        return self._mapping(node, path)

    def _mapping(self, node: Any, path: Path_) -> dict[str, Any]:
        out: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self._wrong(key_node, "a key must be a word", 'put quotes around a value that begins with "{" or "["')
                continue
            key = key_node.value
            if key in out:
                first = self.document.keys[(*path, key)]
                self._wrong(key_node, f"the key {key!r} stands here twice", f"the first one is in line {first.line}")
                continue
            if key == "<<":
                self._wrong(key_node, "merge keys (<<) are not read", "write the values out")
                continue
            self.document.keys[(*path, key)] = self._place(key_node)
            out[key] = self.data(value_node, (*path, key))
        return out


def parse(text: str, file: str, problems: list[Problem]) -> Document:
    """A document from YAML text. Problems are added to the list; what could not be read is left out."""
    document = Document(file, lines=text.splitlines())
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        node = yaml.compose(text, loader)
        if node is not None:
            document.data = _Walk(document, problems).data(node, ())
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(mark.line + 1, mark.column + 1) if mark else Place(1, 1)
        line = document.lines[place.line - 1] if place.line <= len(document.lines) else ""
        problems.append(document.problem_at(place, f"not YAML: {error.problem or error.context}", _yaml_hint(str(error), line[place.column - 1:])))
    except (yaml.YAMLError, RecursionError) as error:
        problems.append(document.problem_at(Place(1, 1), f"not YAML: {error}"))
    return document


def _yaml_hint(message: str, rest: str) -> str:
    """What to do about a message of libyaml's; `rest` is the line from the place that it names."""
    if "mapping values are not allowed" in message:
        return 'a text that holds ": " needs quotes around it'
    if rest.startswith("\t") or "\\t" in message:
        return "indent with spaces, not with tabs"
    return "look at the indentation and the quotes of this line and of the one above"


def read(path: Path, name: str, problems: list[Problem]) -> Document:
    """A document from a file; `name` is how the file is called in messages."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        problems.append(Problem(name, 1, 1, f"cannot be read: {error.strerror or error}"))
        return Document(name)
    if len(raw) > MAX_BYTES:
        problems.append(Problem(name, 1, 1, f"is larger than {MAX_BYTES:,} bytes", "split it into two files"))
        return Document(name)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        problems.append(Problem(name, line, 1, "is not UTF-8 text", "save the file as UTF-8"))
        return Document(name)
    return parse(text, name, problems)


def nearest(word: str, known: Iterable[str]) -> str:
    """`did you mean ...?` with the nearest known word, or an empty text."""
    from rapidfuzz import fuzz, process  # only when something is wrong

    found = process.extractOne(word, list(known), scorer=fuzz.ratio, score_cutoff=60)
    return f"did you mean {found[0]!r}?" if found else ""
