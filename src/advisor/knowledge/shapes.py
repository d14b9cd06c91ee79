"""How pydantic checks the formats of the pack's files (`strict.py`), so that every mistake is found with its path at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from msgspec import Meta
from msgspec.structs import FieldInfo, fields
from pydantic import Field, GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from advisor.knowledge.strict import Strict


def shape(cls: type[Strict], handler: GetCoreSchemaHandler) -> CoreSchema:
    """A mapping with the keys of a format, made an instance of it when all of them are right."""

    def made(values: dict[str, Any]) -> Strict:
        new = cls(**values)
        new.hold()
        return new

    keys = core_schema.typed_dict_schema({field.name: _key(field, handler) for field in fields(cls)}, cls=cls, extra_behavior="forbid")
    # The reference gives a format one definition in a JSON Schema, however often it is used.
    return core_schema.no_info_after_validator_function(made, keys, ref=f"{cls.__module__}.{cls.__qualname__}:{id(cls)}")


def _key(field: FieldInfo, handler: GetCoreSchemaHandler) -> core_schema.TypedDictField:
    """One key: what is left out is filled in by the Struct itself. Pydantic does not know msgspec's notes, so they are told in its own."""
    notes = [Field(description=note.description, min_length=note.min_length)
             for note in getattr(field.type, "__metadata__", ()) if isinstance(note, Meta)]
    schema = handler.generate_schema(Annotated[(field.type, *notes)] if notes else field.type)
    return core_schema.typed_dict_field(schema, required=field.required, validation_alias=field.encode_name)


def before(function: Callable[[object], object], schema: CoreSchema) -> CoreSchema:
    """The schema of a value that goes through a function first."""
    return core_schema.no_info_before_validator_function(function, schema)


def after(function: Callable[[Any], object], schema: CoreSchema) -> CoreSchema:
    """The schema of a value that a function looks at last."""

    def looked_at(value: Any) -> Any:
        function(value)
        return value

    return core_schema.no_info_after_validator_function(looked_at, schema)
