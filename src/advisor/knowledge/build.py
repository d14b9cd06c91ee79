"""From a document to values: a mistake that pydantic finds becomes a problem with a place, and one mistake gives one message."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any, TypeVar, get_origin

from msgspec.structs import fields
from pydantic import TypeAdapter, ValidationError

from advisor.errors import Problem
from advisor.knowledge.source import Document, Path_, nearest
from advisor.knowledge.strict import Strict

Model = TypeVar("Model", bound=Strict)


@cache
def checker(model: type[Model]) -> TypeAdapter[Model]:
    """What checks raw data against a format; it is made once."""
    return TypeAdapter(model)


def made(model: type[Model], data: Any) -> Model:
    """The value that raw data writes. Raises pydantic's ValidationError with every mistake."""
    value: Model = checker(model).validate_python(data)
    return value


def _fields(model: type[Strict], loc: tuple[str | int, ...]) -> list[str]:
    """The keys that are allowed where an unknown one was found; empty when that cannot be told."""
    current: Any = model
    for part in loc[:-1]:
        declared = {field.encode_name: field.type for field in fields(current)} if _is_format(current) else {}
        if part in declared:
            current = _inner(declared[str(part)]) or declared[str(part)]
        else:
            inner = _inner(current)
            if inner is None:
                return []
            current = inner
    return [field.encode_name for field in fields(current)] if _is_format(current) else []


def _is_format(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, Strict)


def _inner(annotation: Any) -> Any:
    """The format inside `tuple[Model, ...]`, `dict[str, Model]` or `Model | None`."""
    if _is_format(annotation):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        if (found := _inner(argument)) is not None:
            return found
    return None


def hollow(model: type[Model]) -> Model:
    """The value of a file that could not be read: all its fields are there, and as empty as their types allow."""
    filled: dict[str, Any] = {}
    for field in fields(model):
        if field.required:
            kind = bare_type(field.type)
            filled[field.name] = hollow(kind) if _is_format(kind) else kind() if callable(kind) else None
    return model(**filled)


def bare_type(annotation: Any) -> Any:
    """The class behind a type: `dict` of `dict[str, int]`, with or without notes beside it."""
    if get_origin(annotation) is Annotated:
        annotation = annotation.__origin__
    return get_origin(annotation) or annotation


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
    """The value that `data` (what stands at `path` of the document) writes; None, and problems added, when it is none."""
    try:
        return made(model, data)
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
