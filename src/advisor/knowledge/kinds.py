"""kinds.yaml as models: which kinds of thing there are, their attributes, and the words by which people ask for them."""

from __future__ import annotations

import re
from typing import Literal

from pydantic import Field, field_validator

from advisor.knowledge.strict import Strict, as_list
from advisor.knowledge.values import Type, Value, say_value

_PERCENT = re.compile(r"\d{1,2}(\.\d+)?\s?%?", re.ASCII)


class Choice(Strict):
    """One value of a choice: how it is said, whether it means yes, and the words by which people name it."""

    say: str
    short: str = ""
    yes_no: Literal["yes", "no", "depends"] | None = None
    words: tuple[str, ...] = ()

    _list = field_validator("words", mode="before")(as_list)


class Band(Strict):
    """Words that mean a test: `mid range` is between 50000 and 55000."""

    words: tuple[str, ...]
    test: str


class Attribute(Strict):
    """A column: its type, how the bot says it, how people ask for it."""

    type: Type
    label: str
    of: str = ""
    asked: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    everyday: bool = False
    opposite: tuple[str, ...] = ()
    better: Literal["lower", "higher"] | None = None
    near: str = ""
    words: dict[Literal["lower", "higher"], tuple[str, ...]] = Field(default_factory=dict)
    super: dict[Literal["lower", "higher"], tuple[str, ...]] = Field(default_factory=dict)
    compar: dict[Literal["lower", "higher"], tuple[str, ...]] = Field(default_factory=dict)
    unit: tuple[str, ...] = ()
    values: dict[str, Choice] = Field(default_factory=dict)
    bands: dict[str, Band] = Field(default_factory=dict)
    with_: tuple[str, ...] = Field(default=(), alias="with")
    general: str = ""
    general_source: str = ""
    sort_key: str = ""
    reads: Literal["reach", "figure"] = "figure"
    scale: tuple[str, ...] = ()
    ask_as: str = ""
    needed: bool = False
    page: str = ""   # the attribute with the address that would know this column
    filled_by: Literal["", "official"] = ""
    hidden: bool = False

    _lists = field_validator("asked", "weak", "opposite", "unit", "with_", "scale", mode="before")(as_list)

    @field_validator("near")
    @classmethod
    def _percent(cls, near: str) -> str:
        if near and not _PERCENT.fullmatch(near):
            raise ValueError(f"a share in percent was expected, like 5%, not {near!r}")
        return near

    @property
    def near_share(self) -> float:
        """How far under a limit a figure counts as borderline, as a share ("5%" is 0.05); 0 when not declared."""
        return float(self.near.rstrip("% ")) / 100 if self.near else 0.0

    def say(self, value: Value, short: bool = True) -> str:
        """The value in words: a choice by its `short` (or `say`), all else as its type is written."""
        if value.state == "known" and value.type == "choice" and value.text in self.values:
            choice = self.values[value.text]
            return (choice.short or choice.say) if short else choice.say
        return say_value(value)


class Derived(Strict):
    """A figure worked out from two cells: tuition by credits."""

    of: str
    by: str
    label: str = ""
    asked: tuple[str, ...] = ()
    unit: tuple[str, ...] = ()
    ask_as: str = ""
    better: Literal["lower", "higher"] | None = None
    super: dict[Literal["lower", "higher"], tuple[str, ...]] = Field(default_factory=dict)
    compar: dict[Literal["lower", "higher"], tuple[str, ...]] = Field(default_factory=dict)

    _lists = field_validator("asked", "unit", mode="before")(as_list)


class Absent(Strict):
    """A column that is asked for and not held."""

    asked: tuple[str, ...]
    say_as: str

    _lists = field_validator("asked", mode="before")(as_list)


class NotHeld(Strict):
    """A name that is asked for and not held: another school, another job."""

    name: str
    aliases: tuple[str, ...]
    near: str = ""   # the listed thing whose rules come nearest
    why: str = ""

    _lists = field_validator("aliases", mode="before")(as_list)


class Kind(Strict):
    """A kind of thing: program, career, ..."""

    plural: str
    file: str
    nouns: tuple[str, ...] = ()
    loose_nouns: tuple[str, ...] = ()
    attributes: dict[str, Attribute] = Field(default_factory=dict)
    derived: dict[str, Derived] = Field(default_factory=dict)
    absent: dict[str, Absent] = Field(default_factory=dict)
    not_held: dict[str, NotHeld] = Field(default_factory=dict)
    columns: tuple[str, ...] = ()   # shown in a table when nobody asked for others
    about: tuple[str, ...] = ()     # what tells of one thing in a sentence, the first that has a value
    side_by_side: tuple[str, ...] = ()   # what two things are compared by in sentences
    recommend: tuple[str, ...] = ()      # shown along with a recommendation
    with_verdict: str = ""          # told once when an option leads
    pages: tuple[str, ...] = ()     # attributes with addresses that would know more, the best first
    masked: bool = True             # examples of intents may stand for all names of this kind: {program}
    brief: bool = False             # a question about its name wants the sentence alone

    _lists = field_validator("nouns", "loose_nouns", "columns", "about", "side_by_side", "recommend", "pages", mode="before")(as_list)
