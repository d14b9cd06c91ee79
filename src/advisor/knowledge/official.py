"""What the schools' own pages say, beside the values that tables use, and where the two disagree (data/official.yaml).

A fact that changes often and bears no date is never told; only that an older page exists, with its address.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field

from advisor.knowledge.facts import Conflict
from advisor.knowledge.strict import Strict


class Page(Strict, frozen=True, kw_only=True):
    """One page of a school or an office."""

    title: str
    publisher: str = ""
    address: str
    as_of: str = "unknown"
    age: str = ""
    dated: bool = False


class OfficialFact(Strict, frozen=True, kw_only=True):
    """One statement of a page. `say` follows "its own page says that"."""

    value: Any = None
    say: str = ""
    source: str
    as_of: str = ""
    dated: bool = False
    volatile: bool = False
    tell: bool = True
    note: str = ""
    for_: str = field(name="for", default="")
    label: str = ""
    text: str = ""

    @property
    def told(self) -> bool:
        """Whether its value may be told at all."""
        return self.tell and not (self.volatile and not self.dated)


class Official(Struct, frozen=True):
    """The file: its pages, the statements by subject and attribute, further notes by subject, the disagreements, and the
    subjects that are no thing of a table."""

    sources: Mapping[str, Page] = field(default_factory=dict)
    facts: Mapping[str, Mapping[str, OfficialFact]] = field(default_factory=dict)
    more: Mapping[str, tuple[OfficialFact, ...]] = field(default_factory=dict)
    conflicts: tuple[Conflict, ...] = ()
    subjects: tuple[str, ...] = ()
