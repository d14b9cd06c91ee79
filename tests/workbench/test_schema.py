"""The schemas accept what the pack holds, and mark what it could not load."""

from __future__ import annotations

import json
import re
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
import yaml

from advisor.knowledge.reading import read_pack
from advisor.workbench.schema import DIALECT, schemas, write

ROOT = Path(__file__).resolve().parents[2]
TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,), "number": (int, float), "boolean": (bool,), "null": (type(None),), "array": (list,), "object": (dict,),
}


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    return schemas(read_pack(ROOT))


def wrong(data: Any, schema: Any, top: Any, path: str = "") -> list[str]:
    """What a validator would say: the part of JSON Schema that our schemas use."""
    if "$ref" in schema:
        data_schema = top["$defs"][schema["$ref"].removeprefix("#/$defs/")]
        return wrong(data, data_schema, top, path)
    if "anyOf" in schema and all(wrong(data, option, top, path) for option in schema["anyOf"]):
        return [f"{path}: fits none of the forms"]
    if "enum" in schema and data not in schema["enum"]:
        return [f"{path}: {data!r} is not one of {schema['enum']}"]
    types = schema.get("type", [])
    names = [types] if isinstance(types, str) else types
    allowed = tuple(kind for name in names for kind in TYPES[name])
    if allowed and (not isinstance(data, allowed) or isinstance(data, bool) and bool not in allowed):
        return [f"{path}: {data!r} is no {types}"]
    out: list[str] = []
    if isinstance(data, list) and "items" in schema:
        for index, item in enumerate(data):
            out += wrong(item, schema["items"], top, f"{path}[{index}]")
    if isinstance(data, dict):
        properties, more = schema.get("properties", {}), schema.get("additionalProperties", True)
        out += [f"{path}: {key} is missing" for key in schema.get("required", ()) if key not in data]
        for key, value in data.items():
            if key in properties:
                out += wrong(value, properties[key], top, f"{path}.{key}")
            elif more is False:
                out.append(f"{path}.{key}: not known here")
            elif isinstance(more, dict):
                out += wrong(value, more, top, f"{path}.{key}")
    return out


def as_an_editor_reads(text: str) -> Any:
    """The file with numbers and yes/no as YAML 1.1 reads them; dates stay texts, as in JSON."""

    class Loader(yaml.SafeLoader):
        yaml_implicit_resolvers = {  # noqa: RUF012 (so it is called there)
            first: [(tag, pattern) for tag, pattern in pairs if not tag.endswith("timestamp")]
            for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
        }

    return yaml.load(text, Loader)


def test_every_file_of_the_pack_has_a_schema_that_it_fits(found):
    files = [path for folder in ("data", "rules") for path in sorted((ROOT / folder).rglob("*.yaml"))]
    assert files
    without = []
    for path in files:
        name = str(path.relative_to(ROOT))
        schema = next((schema for pattern, schema in found.items() if fnmatch(name, pattern)), None)
        if schema is None:
            without.append(name)
            continue
        text = path.read_text(encoding="utf-8")
        for data in (as_an_editor_reads(text), yaml.load(text, yaml.CBaseLoader)):
            assert wrong(data if data != "" else None, schema, schema, name) == []
    assert without == ["rules/coverage.yaml"], "a list for people that nothing loads; all else has a schema"


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        ("data/programs.yaml", "x: {name: X, tuitoin: 3}", ".x.tuitoin: not known here"),
        ("data/programs.yaml", "x: {tuition: 3}", ".x: name is missing"),
        ("data/programs.yaml", "x: {name: X, gre: perhaps}", ".x.gre: fits none of the forms"),
        ("rules/degrees.yaml", "rules: [{rule: r, when: {likes: x}, because: b, favors: {y: huge}}]", "'huge' is not one of"),
        ("rules/topics.yaml", "topics: {t: {label: l}}", "phrases is missing"),
        ("rules/intents/*.yaml", "i: {examples: a, anser: b}", ".i.anser: not known here"),
        ("tests/conversations/*.yaml", "conversation: c\nturns: [{studnt: a}]", "fits none of the forms"),
    ],
)
def test_mistakes_are_marked(found, file, text, message):
    assert any(re.search(re.escape(message), one) for one in wrong(as_an_editor_reads(text), found[file], found[file]))


def test_they_are_written_as_files(found, tmp_path):
    told = write(found, tmp_path / "schemas")
    names = sorted(path.name for path in (tmp_path / "schemas").iterdir())
    assert f"{len(names)} schemas written" in told
    assert {"data-programs.schema.json", "rules-intents.schema.json", "tests-conversations.schema.json"} <= set(names)
    assert json.loads((tmp_path / "schemas/rules-topics.schema.json").read_text())["$schema"] == DIALECT
