"""`advisor schema`: JSON Schemas of the pack's files, so that an editor completes keys and marks mistakes while one types.

Those of rules/ come from the models that read the files; those of the tables in data/ follow from kinds.yaml.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from advisor.knowledge.answers import Intent
from advisor.knowledge.build import checker
from advisor.knowledge.degree_rules import DegreeRules
from advisor.knowledge.kinds import Attribute, Kind
from advisor.knowledge.official import OfficialFact, Page
from advisor.knowledge.pack import Pack
from advisor.knowledge.rules import Caution, OfficeEntry, ProgramRule, Question
from advisor.knowledge.stances import Stances
from advisor.knowledge.strict import Strict
from advisor.knowledge.topics import Topics
from advisor.knowledge.words import Words
from advisor.workbench.script import Script

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
#: Our loader reads every scalar as text; an editor reads `yes`, `2026` and `2026-06-10` as something else.
_SCALAR: Schema = {"type": ["string", "number", "boolean"]}
_TEXTS: Schema = {"anyOf": [_SCALAR, {"type": "array", "items": _SCALAR}]}
_YES_NO: Schema = {"enum": ["yes", "no", "true", "false", True, False]}


def schemas(pack: Pack) -> dict[str, Schema]:
    """The schema of each file, by its name in the pack ("rules/topics.yaml"; one for all files of rules/intents/)."""
    found = {
        "data/kinds.yaml": _map_of(_model(Kind)),
        "data/faq.yaml": _map_of(_model(Intent)),
        "data/office.yaml": _list_of(_model(OfficeEntry)),
        "data/official.yaml": _official(),
        "data/sources.yaml": _map_of(_sources()),
        "rules/cautions.yaml": _list_of(_model(Caution)),
        "rules/degrees.yaml": _model(DegreeRules),
        "rules/intents/*.yaml": _map_of(_model(Intent)),
        "rules/interview.yaml": _list_of(_model(Question)),
        "rules/programs.yaml": _list_of(_model(ProgramRule)),
        "rules/stances.yaml": _model(Stances),
        "rules/synonyms.yaml": _map_of(_list_of(_SCALAR)),
        "rules/topics.yaml": _model(Topics),
        "rules/wording.yaml": _map_of(_SCALAR),
        "rules/words.yaml": _model(Words),
        "tests/conversations/*.yaml": _one_or_list(_model(Script)),
    }
    found |= {f"data/{kind.file}": _rows(name, kind) for name, kind in pack.kinds.items()}
    return {file: {"$schema": DIALECT, "title": file, **schema} for file, schema in sorted(found.items())}


def write(found: Mapping[str, Schema], folder: Path) -> str:
    """Writes one file a schema into the folder; returns what to tell the caller about it."""
    folder.mkdir(parents=True, exist_ok=True)
    for file, schema in found.items():
        name = file.removesuffix(".yaml").removesuffix("/*").replace("/", "-")
        (folder / f"{name}.schema.json").write_text(json.dumps(schema, indent=2) + "\n", encoding="utf-8")
    return (f"{len(found)} schemas written to {folder}. An editor with YAML support reads one for a file that begins with\n"
            f"# yaml-language-server: $schema=PATH-TO/{folder.name}/rules-degrees.schema.json")


def _model(model: type[Strict]) -> Schema:
    schema = checker(model).json_schema(by_alias=True)
    loosened: Schema = _loose(schema)
    return loosened


def _loose(node: Any) -> Any:
    """The schema with what the loader forgives: any scalar is a text, one text is a list of one, yes and no are words."""
    if isinstance(node, list):
        return [_loose(item) for item in node]
    if not isinstance(node, dict):
        return node
    kept = {key: node[key] for key in ("description", "minItems", "minProperties") if key in node}
    if "enum" in node or "const" in node:
        words = node.get("enum", [node.get("const")])
        return {**kept, "enum": [*words, *(word == "yes" for word in words if word in ("yes", "no"))]}
    if node.get("type") in ("string", "number", "integer"):
        return {**kept, **_SCALAR}
    if node.get("type") == "boolean":
        return {**kept, **_YES_NO}
    if node.get("type") == "array" and node.get("items", {}).get("type") == "string":
        return {**({"description": node["description"]} if "description" in node else {}), **_TEXTS}
    # Defaults and titles are the models' own business; what stands under `properties` and `$defs` are names, not keywords.
    out = {}
    for key, value in node.items():
        if key in ("properties", "$defs"):
            out[key] = {name: _loose(inner) for name, inner in value.items()}
        elif key not in ("default", "title"):
            out[key] = _loose(value)
    return out


def _with_defs(schema: Schema, outer: Schema) -> Schema:
    """References of a nested schema are read from the top, so its definitions move there."""
    defs = schema.pop("$defs", {})
    return {**outer, **({"$defs": defs} if defs else {})}


def _map_of(schema: Schema) -> Schema:
    schema = dict(schema)
    return _with_defs(schema, {"type": ["object", "null"], "additionalProperties": schema})


def _list_of(schema: Schema) -> Schema:
    schema = dict(schema)
    return _with_defs(schema, {"type": ["array", "null"], "items": schema})


def _one_or_list(schema: Schema) -> Schema:
    schema = dict(schema)
    return _with_defs(schema, {"anyOf": [schema, {"type": "array", "items": schema}]})


def _sources() -> Schema:
    keys = dict.fromkeys(("title", "as_of", "address", "publisher", "note", "dated", "age"), _SCALAR)
    return {"type": "object", "properties": {**keys, "sections": _map_of(_SCALAR)}, "required": ["title"]}


def _official() -> Schema:
    """Pages, disagreements, and the statements by subject: a program's id, or an occupation's."""
    fact = _model(OfficialFact)
    subject = {"type": "object", "properties": {"pages": {}, "more": {"type": "array", "items": fact}}, "additionalProperties": fact}
    return {
        "type": "object",
        "properties": {"sources": _map_of(_model(Page)), "subjects": _TEXTS, "conflicts": {"type": ["array", "null"], "items": {"type": "object"}},
                       "occupations": _map_of(subject)},
        "additionalProperties": subject,
    }


def _rows(name: str, kind: Kind) -> Schema:
    """A table of data/: a row a thing, a key an attribute."""
    keys: Schema = {
        "name": {**_SCALAR, "description": f"what this {name} is called"}, "full_name": _SCALAR, "aliases": _TEXTS, "caps": _TEXTS,
        "source": {**_TEXTS, "description": "the source of every value below that names no other"}, "see": _map_of(_SCALAR),
    }
    keys |= {key: _cell(attribute) for key, attribute in kind.attributes.items() if key != "name"}
    row = {"type": "object", "properties": keys, "required": ["name"], "additionalProperties": False}
    return {"type": ["object", "null"], "properties": {"source": _TEXTS}, "additionalProperties": row, "$defs": {"cell": _cell_of(_SCALAR)}}


def _cell(attribute: Attribute) -> Schema:
    if not attribute.values:
        return {"description": attribute.label, "$ref": "#/$defs/cell"}
    words = [*attribute.values, "unknown", "varies"]
    return {"description": attribute.label, **_cell_of({"enum": [*words, *(word == "yes" for word in words if word in ("yes", "no"))]})}


def _cell_of(value: Schema) -> Schema:
    """A value, a fact with its source, or one of these for each case or item."""
    listed: Schema = {"type": "array", "items": {"anyOf": [value, _fact(value)]}}
    return {"anyOf": [value, _fact({"anyOf": [value, listed]}), listed]}


def _fact(value: Schema) -> Schema:
    keys = {"value": value, "source": _TEXTS, "also": _TEXTS, "looked_in": _TEXTS,
            "note": _SCALAR, "inferred": _SCALAR, "for": _SCALAR, "say": _SCALAR, "usual": _YES_NO, "weak": _YES_NO}
    return {"type": "object", "properties": keys, "required": ["value"], "additionalProperties": False}
