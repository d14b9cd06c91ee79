"""The rows of a kind (data/programs.yaml, ...) as things with typed, cited facts."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from advisor.errors import Problem
from advisor.knowledge.facts import Fact, Thing, citation
from advisor.knowledge.kinds import Attribute, Kind
from advisor.knowledge.source import Document, Path_, nearest
from advisor.knowledge.values import CellError, Value, parse_value

#: Keys of a row that are no attributes.
_ROW = ("name", "full_name", "aliases", "caps", "source", "see")
_YES = ("yes", "true")
#: Keys of a fact that is written as a mapping.
_FACT = ("value", "source", "also", "note", "inferred", "for", "usual", "looked_in", "say", "weak")


def texts(raw: Any) -> tuple[str, ...]:
    """A text or a list of texts as a tuple."""
    if isinstance(raw, list):
        return tuple(str(item) for item in raw)
    return (str(raw),) if raw not in (None, "") else ()


def _are(names: list[str]) -> str:
    return "is" if len(names) == 1 else "are"


class Rows:
    """Reads the rows of one document; problems are collected, not raised."""

    def __init__(self, name: str, kind: Kind, document: Document, problems: list[Problem]) -> None:
        self.name, self.kind, self.document, self.problems = name, kind, document, problems

    def read(self) -> list[Thing]:
        data = self.document.data
        if not isinstance(data, dict):
            self._wrong((), f"a mapping of {self.kind.plural} was expected")
            return []
        default = texts(data.get("source"))
        return [self._row(id_, row, default) for id_, row in data.items() if id_ != "source" and self._is_row(id_, row)]

    def _is_row(self, id_: str, row: Any) -> bool:
        if isinstance(row, dict):
            return True
        self._wrong((id_,), f"a {self.name} is a mapping of attributes")
        return False

    def _wrong(self, path: Path_, message: str, hint: str = "", key: bool = False) -> None:
        self.problems.append(self.document.problem(path, message, hint, key=key))

    def _row(self, id_: str, row: dict[str, Any], default: tuple[str, ...]) -> Thing:
        source, before = texts(row.get("source")) or default, len(self.problems)
        facts: dict[str, tuple[Fact, ...]] = {}
        for key, raw in row.items():
            if key in _ROW:
                continue
            attribute = self.kind.attributes.get(key)
            if attribute is None:
                self._wrong((id_, key), f"a {self.name} has no attribute {key!r}",
                            nearest(key, self.kind.attributes) or "declare it in data/kinds.yaml", key=True)
                continue
            facts[key] = self._facts((id_, key), raw, attribute, source)
        if not row.get("name"):
            self._wrong((id_,), f"this {self.name} has no name", "add a line `name: ...`", key=True)
        bare = [key for key, cell in facts.items() if any(fact.value.state != "unknown" and not fact.citations for fact in cell)]
        if bare and len(self.problems) == before:  # else a slip in a key may be the source
            self._wrong((id_,), f"this {self.name} needs a source: nothing says where its {', '.join(bare)} {_are(bare)} from",
                        "add a line `source: ...`, here or at the top of the file", key=True)
        see = {k: str(v) for k, v in row["see"].items()} if isinstance(row.get("see"), dict) else {}
        return Thing(id_, self.name, str(row.get("name") or id_), texts(row.get("aliases")), texts(row.get("caps")), facts,
                     full_name=str(row.get("full_name", "")), see=see)

    def _facts(self, path: Path_, raw: Any, attribute: Attribute, source: tuple[str, ...]) -> tuple[Fact, ...]:
        """One fact, one for each case (`for:`), or one for each item of a list."""
        if isinstance(raw, dict) and isinstance(raw.get("value"), list) and attribute.type == "list":
            shared = {key: value for key, value in raw.items() if key != "value"}
            raw, path = raw["value"], (*path, "value")
            raw = [{**shared, **(item if isinstance(item, dict) else {"value": item})} for item in raw]
        cases = isinstance(raw, list) and (attribute.type == "list" or all(isinstance(item, dict) for item in raw))
        pairs = [((*path, i), item) for i, item in enumerate(raw)] if cases else [(path, raw)]
        return tuple(fact for place, item in pairs if (fact := self._fact(place, item, attribute, source)))

    def _fact(self, path: Path_, raw: Any, attribute: Attribute, source: tuple[str, ...]) -> Fact | None:
        extra: dict[str, Any] = {}
        if isinstance(raw, dict):
            extra = raw
            unknown = [key for key in raw if key not in _FACT]
            for key in unknown:
                self._wrong((*path, key), f"the key {key!r} is not known in a fact", nearest(key, _FACT), key=True)
            if "value" not in raw:
                if not unknown:  # else one of them is meant to be it
                    self._wrong(path, "a fact written as a mapping needs `value`")
                return None
            raw, path = raw["value"], (*path, "value")
        try:
            value = self._value(raw, attribute)
        except CellError as error:
            self._wrong(path, str(error), nearest(str(raw), attribute.values) if attribute.values else "")
            return None
        if extra.get("say"):
            value = replace(value, text=str(extra["say"]))
        cited = (*(texts(extra.get("source")) or source), *texts(extra.get("also")))
        return Fact(value, tuple(citation(text) for text in dict.fromkeys(cited)), str(extra.get("note", "")),
                    str(extra.get("for", "")), extra.get("usual") in _YES, str(extra.get("inferred", "")),
                    weak=extra.get("weak") in _YES, looked_in=str(extra.get("looked_in", "")))

    @staticmethod
    def _value(raw: Any, attribute: Attribute) -> Value:
        if isinstance(raw, list):
            raise CellError(f"one value was expected, a list was found ({attribute.label} is a {attribute.type})")
        if isinstance(raw, dict):
            raise CellError("a value was expected, not a mapping")
        return parse_value(attribute.type, raw, tuple(attribute.values))
