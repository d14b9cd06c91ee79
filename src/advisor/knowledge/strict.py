"""What the formats of all files of a pack have in common.

A format is a frozen Struct, so that a start with a compiled pack loads nothing that checks; `shapes.py` tells pydantic how to
check it where files are read.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from msgspec import Struct


class Strict(Struct, frozen=True, forbid_unknown_fields=True):
    """Frozen, and an unknown key is an error: a misspelt key must not be silently ignored.

    Beside the type of a field stand what editors tell about it (msgspec's Meta), `Prepared` and `Checked`.
    """

    def hold(self) -> None:
        """Raises ValueError when the fields contradict each other. Asked where files are read, not at every start."""

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, handler: Any) -> Any:
        from advisor.knowledge.shapes import shape  # pydantic: only where files are read

        return shape(cls, handler)


class Prepared(Struct, frozen=True):
    """Beside a type: the raw value goes through this function before it is checked."""

    by: Callable[[object], object]

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        from advisor.knowledge.shapes import before

        return before(self.by, handler(source))


class Checked(Struct, frozen=True):
    """Beside a type: a value of the right type goes through this function, which raises ValueError when it is wrong."""

    by: Callable[[Any], object]

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        from advisor.knowledge.shapes import after

        return after(self.by, handler(source))


def as_list(raw: object) -> object:
    """One text where a list is meant is a list of one."""
    return [raw] if isinstance(raw, str) else raw


#: Several texts; one alone may stand without the marks of a list.
Texts = Annotated[tuple[str, ...], Prepared(as_list)]
