"""From a document to models: a pydantic error becomes a problem with a place, and one mistake gives one message."""

from __future__ import annotations

from typing import Any, TypeVar, get_origin

from pydantic import BaseModel, ValidationError

from advisor.errors import Problem
from advisor.knowledge.source import Document, Path_, nearest

Model = TypeVar("Model", bound=BaseModel)


def _fields(model: type[BaseModel], loc: tuple[str | int, ...]) -> list[str]:
    """The keys that are allowed where an unknown one was found; empty when that cannot be told."""
    current: Any = model
    for part in loc[:-1]:
        field = getattr(current, "model_fields", {}).get(part) if isinstance(part, str) else None
        if field is None:
            inner = _inner(current)
            if inner is None:
                return []
            current = inner
        else:
            current = _inner(field.annotation) or field.annotation
    return [f.alias or name for name, f in getattr(current, "model_fields", {}).items()]


def _inner(annotation: Any) -> Any:
    """The model inside `tuple[Model, ...]`, `dict[str, Model]` or `Model | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        if (found := _inner(argument)) is not None:
            return found
    return None


def hollow(model: type[Model]) -> Model:
    """The model of a file that could not be read: all its fields are there, and as empty as their types allow."""
    filled: dict[str, Any] = {}
    for name, field in model.model_fields.items():
        if field.is_required():
            kind = get_origin(field.annotation) or field.annotation
            filled[name] = hollow(kind) if isinstance(kind, type) and issubclass(kind, BaseModel) else kind() if callable(kind) else None
    return model.model_construct(**filled)


def _message(error: Any) -> str:
    kind = error["type"]
    if kind == "missing":
        return f"the key {str(error['loc'][-1])!r} is missing"
    if kind == "extra_forbidden":
        return f"the key {str(error['loc'][-1])!r} is not known here"
    if kind == "literal_error":
        return f"{error['ctx']['expected']} was expected, not {error['input']!r}"
    if kind.startswith(("tuple", "list")):
        return "a list was expected"
    if kind.startswith(("dict", "model")):
        return "a mapping (key: value) was expected"
    if kind == "string_type":
        return "a text was expected"
    return str(error["msg"]).removeprefix("Value error, ")


def build(model: type[Model], data: Any, document: Document, path: Path_, problems: list[Problem]) -> Model | None:
    """The model that `data` (what stands at `path` of the document) writes; None, and problems added, when it is none."""
    try:
        return model.model_validate(data)
    except ValidationError as errors:
        for error in errors.errors():
            loc = tuple(part for part in error["loc"] if part != "[key]")
            hint = ""
            if error["type"] == "extra_forbidden":
                hint = nearest(str(loc[-1]), _fields(model, loc))
            elif error["type"] == "literal_error":
                words = [word.strip(" '") for word in str(error["ctx"]["expected"]).replace(" or ", ",").split(",")]
                hint = nearest(str(error["input"]), words)
            problems.append(document.problem((*path, *loc), _message(error), hint, key=error["type"] == "extra_forbidden"))
        return None
