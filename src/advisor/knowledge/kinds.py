"""kinds.yaml as models: which kinds of thing there are, their attributes, and the words by which people ask for them."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from msgspec import field

from advisor.knowledge.strict import Checked, Strict, Texts
from advisor.knowledge.values import Type, Value, say_value

_PERCENT = re.compile(r"\d{1,2}(\.\d+)?\s?%?", re.ASCII)


def _percent(near: str) -> None:
    if near and not _PERCENT.fullmatch(near):
        raise ValueError(f"a share in percent was expected, like 5%, not {near!r}")


class Choice(Strict, frozen=True):
    """One value of a choice: how it is said, whether it means yes, and the words by which people name it."""

    say: str
    short: str = ""
    yes_no: Literal["yes", "no", "depends"] | None = None
    words: Texts = ()


class Band(Strict, frozen=True):
    """Words that mean a test: `mid range` is between 50000 and 55000."""

    words: tuple[str, ...]
    test: str


class Attribute(Strict, frozen=True):
    """A column: its type, how the bot says it, how people ask for it."""

    type: Type
    label: str
    of: str = ""
    asked: Texts = ()
    weak: Texts = ()
    everyday: bool = False
    opposite: Texts = ()
    better: Literal["lower", "higher"] | None = None
    near: Annotated[str, Checked(_percent)] = ""
    words: dict[Literal["lower", "higher"], tuple[str, ...]] = field(default_factory=dict)
    super: dict[Literal["lower", "higher"], tuple[str, ...]] = field(default_factory=dict)
    compar: dict[Literal["lower", "higher"], tuple[str, ...]] = field(default_factory=dict)
    unit: Texts = ()
    values: dict[str, Choice] = field(default_factory=dict)
    bands: dict[str, Band] = field(default_factory=dict)
    with_: Texts = field(name="with", default=())
    general: str = ""
    general_source: str = ""
    sort_key: str = ""
    reads: Literal["reach", "figure"] = "figure"
    scale: Texts = ()
    ask_as: str = ""
    needed: bool = False
    page: str = ""   # the attribute with the address that would know this column
    filled_by: Literal["", "official"] = ""
    hidden: bool = False

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


class Derived(Strict, frozen=True):
    """A figure worked out from two cells: tuition by credits."""

    of: str
    by: str
    label: str = ""
    asked: Texts = ()
    unit: Texts = ()
    ask_as: str = ""
    better: Literal["lower", "higher"] | None = None
    super: dict[Literal["lower", "higher"], tuple[str, ...]] = field(default_factory=dict)
    compar: dict[Literal["lower", "higher"], tuple[str, ...]] = field(default_factory=dict)


class Absent(Strict, frozen=True):
    """A column that is asked for and not held. `via` is a list column of the kind, whose things have it as their `column`:
    a specialization has no salary, its careers have."""

    asked: Texts
    say_as: str
    via: str = ""
    column: str = ""


class NotHeld(Strict, frozen=True):
    """A name that is asked for and not held: another school, another job."""

    name: str
    aliases: Texts
    near: str = ""   # the listed thing whose rules come nearest
    why: str = ""


class Kind(Strict, frozen=True):
    """A kind of thing: program, career, ..."""

    plural: str
    file: str
    nouns: Texts = ()
    loose_nouns: Texts = ()
    attributes: dict[str, Attribute] = field(default_factory=dict)
    derived: dict[str, Derived] = field(default_factory=dict)
    absent: dict[str, Absent] = field(default_factory=dict)
    not_held: dict[str, NotHeld] = field(default_factory=dict)
    columns: Texts = ()   # shown in a table when nobody asked for others
    about: Texts = ()     # what tells of one thing in a sentence, the first that has a value
    side_by_side: Texts = ()   # what two things are compared by in sentences
    recommend: Texts = ()      # shown along with a recommendation
    with_verdict: str = ""          # told once when an option leads
    pages: Texts = ()     # attributes with addresses that would know more, the best first
    masked: bool = True             # examples of intents may stand for all names of this kind: {program}
    brief: bool = False             # a question about its name wants the sentence alone
