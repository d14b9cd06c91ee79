"""Cross-checks of data/: what kinds.yaml declares, the rows of the tables, and what the schools' own pages say."""

from __future__ import annotations

from collections.abc import Iterable

from advisor.knowledge.checker import FIGURES, Checker
from advisor.knowledge.conditions import ConditionError, parse_test
from advisor.knowledge.kinds import Attribute, Kind
from advisor.knowledge.official_reading import RESERVED
from advisor.knowledge.source import Path_
from advisor.knowledge.values import pointed

KINDS = "data/kinds.yaml"
OFFICIAL = "data/official.yaml"
#: What a list's items are when they are things of no kind.
PLAIN_ITEMS = ("", "text")


def kinds(checker: Checker) -> None:
    """Columns that a kind names are its own; what is worked out is worked out from figures."""
    for name, kind in checker.pack.kinds.items():
        for key in ("columns", "about", "side_by_side", "recommend", "pages", "with_verdict"):
            named = getattr(kind, key)
            _columns(checker, (name, key), (named,) if isinstance(named, str) and named else named, kind, name)
        for key, derived in kind.derived.items():
            at: Path_ = (name, "derived", key)
            for side, column in (("of", derived.of), ("by", derived.by)):
                _columns(checker, (*at, side), (column,), kind, name)
                if column in kind.attributes and kind.attributes[column].type not in FIGURES:
                    checker.wrong(KINDS, (*at, side), f"{column} is no figure, so nothing can be worked out from it")
        for key, absent in kind.absent.items():
            if absent.via or absent.column:
                at = (name, "absent", key)
                _columns(checker, (*at, "via"), (absent.via,), kind, name)
                through = kind.attributes.get(absent.via)
                if through is not None and through.of not in checker.pack.kinds:
                    checker.wrong(KINDS, (*at, "via"), f"{absent.via} is no list of things of another kind")
                elif through is not None:
                    _columns(checker, (*at, "column"), (absent.column,), checker.pack.kinds[through.of], through.of)
        for key, other in kind.not_held.items():
            if other.near:
                checker.thing(KINDS, (name, "not_held", key, "near"), other.near, name)
        for key, attribute in kind.attributes.items():
            _attribute(checker, (name, "attributes", key), key, attribute, kind, name)


def _columns(checker: Checker, at: Path_, columns: Iterable[str], kind: Kind, name: str) -> None:
    for column in columns:
        checker.known(KINDS, at, column, kind.attributes, f"attribute of a {name}")


def _attribute(checker: Checker, at: Path_, key: str, attribute: Attribute, kind: Kind, name: str) -> None:
    _columns(checker, (*at, "with"), attribute.with_, kind, name)
    for part in ("page", "sort_key"):
        if column := getattr(attribute, part):
            _columns(checker, (*at, part), (column,), kind, name)
    if attribute.of not in PLAIN_ITEMS:
        checker.known(KINDS, (*at, "of"), attribute.of, checker.pack.kinds, "kind")
    if attribute.general_source:
        checker.sources(KINDS, (*at, "general_source"), (attribute.general_source,))
    for value in attribute.scale:
        checker.known(KINDS, (*at, "scale"), value, attribute.values, f"value of {key}")
    for band, words in attribute.bands.items():
        try:
            checker.test(KINDS, (*at, "bands", band, "test"), key, attribute, parse_test(words.test))
        except ConditionError as error:
            checker.wrong(KINDS, (*at, "bands", band, "test"), str(error))


def things(checker: Checker) -> None:
    """Sources of facts, items of lists that are things, and what a row says to go on with."""
    pack = checker.pack
    for thing in pack.things.values():
        kind = pack.kinds[thing.kind]
        file = f"data/{kind.file}"
        for key, facts in thing.facts.items():
            of = kind.attributes[key].of
            for fact in facts:
                if fact.official:
                    continue
                checker.sources(file, (thing.id, key), (f"{c.source}/{c.section}" if c.section else c.source for c in fact.citations))
                if of in pack.kinds and fact.value.state == "known":
                    for item in fact.value.items:
                        checker.thing(file, (thing.id, key), item, of)
        for name, target in thing.see.items():
            if name in pack.kinds:
                checker.thing(file, (thing.id, "see", name), target, name)
            else:
                checker.known(file, (thing.id, "see", name), name, pack.kinds, "kind", key=True)


def _sum(checker: Checker, at: Path_, statement: object, attribute: Attribute | None) -> None:
    """A page's statement on a column of money, which may be a sentence: its thousands are set apart by a comma too."""
    value = statement.get("value") if isinstance(statement, dict) else None
    if attribute is not None and attribute.type == "money" and isinstance(value, str) and (wrong := pointed(value)):
        checker.wrong(OFFICIAL, (*at, "value"), wrong)


def official(checker: Checker) -> None:
    """Subjects, columns and disagreements of official.yaml are of things that the tables hold."""
    pack, document = checker.pack, checker.documents.get(OFFICIAL)
    data = document.data if document is not None and isinstance(document.data, dict) else {}
    for subject, rows in data.items():
        if subject in RESERVED or subject in pack.official.subjects:
            continue
        thing = pack.things.get(subject)
        if thing is None:
            checker.known(OFFICIAL, (subject,), subject, [*pack.things, *pack.official.subjects], "thing", key=True)
        elif isinstance(rows, dict):
            for key in rows:
                if key not in ("more", "pages"):
                    checker.known(OFFICIAL, (subject, key), key, pack.kinds[thing.kind].attributes, f"attribute of a {thing.kind}", key=True)
                    _sum(checker, (subject, key), rows[key], pack.kinds[thing.kind].attributes.get(key))
    conflicts = data.get("conflicts")
    for index, row in enumerate(conflicts if isinstance(conflicts, list) else ()):
        for kind in ("program", "career"):
            id_ = row.get(kind) if isinstance(row, dict) else None
            if not isinstance(id_, str):
                continue
            at: Path_ = ("conflicts", index)
            if kind not in pack.kinds:
                checker.known(OFFICIAL, (*at, kind), kind, pack.kinds, "kind", key=True)
                continue
            checker.thing(OFFICIAL, (*at, kind), id_, kind)
            if isinstance(column := row.get("attribute"), str):
                checker.known(OFFICIAL, (*at, "attribute"), column, pack.kinds[kind].attributes, f"attribute of a {kind}")
