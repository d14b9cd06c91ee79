"""What the formats of all files of a pack have in common."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Strict(BaseModel):
    """Frozen, and an unknown key is an error: a misspelt key must not be silently ignored.

    What pydantic needs for checking is built when a file is first checked: a start with a compiled pack never is.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, defer_build=True)


def as_list(raw: object) -> object:
    """One text where a list is meant is a list of one."""
    return [raw] if isinstance(raw, str) else raw
