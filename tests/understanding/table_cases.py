"""Runs the messages of tests/understanding/tables/*.yaml against the reader and says in words what differs.

    - {say: how much is gatech, is: value georgia-tech tuition}
    - {after: [how much is drexel], say: and stevens?, is: value stevens tuition}

`is` is the kind of question, then ids of things, of attributes, of a kind, `lower`/`higher`, `nth:2`, `limit:3`, `all`/`any`; `none` when
nothing must be read as a question. A list of them when the message asks several. `where` holds the conditions as rules write
them. `own`, `withdrawn`, `excluded`, `why_not` are lists of keys; `flags` any of corrected, what_if, pushback.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from msgspec.structs import replace
from small_pack import reader, tables

from advisor.knowledge.conditions import Test
from advisor.knowledge.profile import Limit
from advisor.knowledge.queries import Query
from advisor.reasoning.tables import evaluate
from advisor.understanding.tables import TableContext, TableReading

FOLDER = Path(__file__).parent / "tables"
_ASKED = ("value", "yes_no", "which", "extreme", "count", "compare", "difference", "per_unit", "average", "card", "absent", "not_held", "premise")


def cases() -> list[tuple[str, dict[str, Any]]]:
    out = []
    for path in sorted(FOLDER.glob("*.yaml")):
        for number, case in enumerate(yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader), 1):
            out.append((f"{path.stem}-{number}", case))
    return out


def test_text(test: Test) -> str:
    """A test as rules write it."""
    if test.op in ("is", "not"):
        return ("not " if test.op == "not" else "") + ", ".join(test.values)
    if test.op == "between":
        return f"between {test.low:g} and {test.high:g}"
    figure = test.high if test.high is not None else test.low
    return f"{test.op} {figure:g}" if figure is not None else test.op


test_text.__test__ = False  # type: ignore[attr-defined]


def turn(text: str, context: TableContext) -> tuple[tuple[TableReading, ...], TableContext]:
    """Read a message and do to the context what the dialogue does."""
    kinds, things, _ = tables()
    readings = reader().read_all(text, context)
    for reading in readings:
        limits = {limit.key: limit for limit in context.limits}
        if not reading.what_if:
            for key in reading.withdrawn:
                limits.pop(key, None)
            for where in reading.limits:
                limits[where.key] = Limit(where.key, where.test, where.words)
        context = replace(context, limits=tuple(limits.values()))
        if reading.query is not None and not reading.what_if:
            answer = evaluate(reading.query, kinds, things)
            group = answer.ranked if reading.query.asked == "extreme" else ()
            context = context.answered(reading.query, answer.about, group)
        elif reading.query is None and (ids := tuple(m.id for m in reading.mentions if m.kind == "program")):
            context = context.pushed("program", ids)
    return readings, context


def context_of(messages: list[str]) -> TableContext:
    context = TableContext()
    for message in messages:
        _, context = turn(message, context)
    return context


def _query_problems(expected: str, where: dict[str, str] | None, query: Query | None) -> list[str]:
    kinds, things, _ = tables()
    words = expected.split()
    if words[0] == "none" or query is None and "none" in words[0].split("|"):
        return [] if query is None else [f"a {query.asked} was read"]
    if query is None:
        return ["nothing was read"]
    if words[0].startswith("none|"):
        return [] if query.asked in words[0].split("|") else [f"a {query.asked} was read"]
    out = []
    if query.asked not in words[0].split("|"):
        out.append(f"{query.asked} instead of {words[0]}")
    subjects = [w for w in words[1:] if w in things and not (w in kinds[query.kind].attributes and things[w].kind != query.kind)]
    attributes = [w for w in words[1:] if w not in subjects and (w in kinds[query.kind].attributes or w in kinds[query.kind].derived or w in kinds[query.kind].absent)]
    kind = [w for w in words[1:] if w in kinds and w not in attributes]
    options = [w for w in words[1:] if w not in (*subjects, *attributes, *kind)]
    got = query.subjects or query.scope
    if set(subjects) != set(got):
        out.append(f"about {', '.join(got) or 'all'} instead of {', '.join(subjects) or 'all'}")
    mine = {*query.attributes, *((query.sort.key,) if query.sort else ())}
    loose = query.asked in ("which", "extreme", "count", "compare", "yes_no", "card", "premise", "not_held")
    if not set(attributes) <= mine or (not loose and set(attributes) != set(query.attributes)):
        out.append(f"columns {', '.join(query.attributes) or 'none'} instead of {', '.join(attributes) or 'none'}")
    if kind and query.kind != kind[0]:
        out.append(f"of {query.kind} instead of {kind[0]}")
    for option in options:
        name, _, value = option.partition(":")
        said = {"lower": query.sort and query.sort.direction, "higher": query.sort and query.sort.direction, "nth": str(query.nth),
                "limit": str(query.limit), "all": query.quantifier, "any": query.quantifier, "stated": query.stated, "named": query.named,
                "wanted": ",".join(query.wanted)}.get(name, "?")
        if said != (value or name):
            out.append(f"{name} is {said} instead of {value or name}")
    if where is not None or query.asked in ("which", "count", "extreme"):
        got_where = {w.key: test_text(w.test) for w in query.where}
        wanted = {k: ", ".join(v.split(", ")) for k, v in (where or {}).items()}
        if got_where != wanted:
            out.append(f"where {got_where} instead of {wanted}")
    return out


def problems(case: dict[str, Any]) -> list[str]:
    """What differs from what is expected; empty when the message is read as it should be."""
    context = context_of(case.get("after", []))
    readings, _ = turn(case["say"], context)
    expected = case.get("is", "none")
    out: list[str] = []
    if isinstance(expected, list):
        queries = [reading.query for reading in readings if reading.query is not None]
        if len(queries) != len(expected):
            return [f"{len(queries)} questions instead of {len(expected)}: {[q.intent for q in queries]}"]
        for text, query in zip(expected, queries, strict=True):
            out.extend(_query_problems(text, case.get("where") if query.asked in ("which", "count", "extreme") else None, query))
    else:
        queries = [reading.query for reading in readings if reading.query is not None and reading.query.asked != "premise"] or [
            reading.query for reading in readings if reading.query is not None]
        out.extend(_query_problems(expected, case.get("where"), queries[-1] if queries else None))
    if "premise" in case:
        found = [r.query for r in readings if r.query is not None and r.query.asked == "premise"]
        out.extend(_query_problems("premise " + case["premise"], None, found[0] if found else None))
    keys = {
        "own": {w.key for r in readings for w in r.limits}, "withdrawn": {k for r in readings for k in r.withdrawn},
        "excluded": {k for r in readings for k in r.excluded}, "why_not": {k for r in readings for k in r.why_not},
        "flags": {flag for r in readings for flag in ("corrected", "what_if", "pushback") if getattr(r, flag)}}
    for name, got in keys.items():
        if name in case and set(case[name]) != got:
            out.append(f"{name} {sorted(got)} instead of {sorted(case[name])}")
    if "withdrawn" in case and "own" not in case and keys["own"]:
        out.append(f"what was taken back came back: {sorted(keys['own'])}")
    if "own" not in case and "flags" not in case and keys["own"] and "?" in case["say"]:
        out.append(f"a question entered the profile: {sorted(keys['own'])}")
    return out
