"""Answers of the pack: blocks of text with `{paths}`, lists, tables; and the intents that give them."""

from __future__ import annotations

from functools import cached_property
from string import Formatter

from msgspec import Struct, field

from advisor.knowledge.conditions import Conditions, parse_conditions
from advisor.knowledge.strict import Strict, Texts

#: What an intent can do instead of (or before) answering: `does: ...`. The dialogue has a handler for each, and no other.
ACTIONS = (
    "both", "card", "choose_degree", "choose_specialization", "compare_degrees", "define", "dont_know", "forget", "goodbye", "greeting",
    "help", "human", "interview", "just_one", "list_programs", "more", "neither", "no", "pushback", "recommend_programs", "repeat", "settle",
    "show_profile", "sources", "start_over", "stop", "summary", "table", "thanks", "undo", "what_if", "who_are_you", "why", "why_not", "yes",
)


class Piece(Struct, frozen=True):
    """A piece of a text: literal words, or a path such as `georgia-tech.tuition`."""

    text: str
    path: bool = False


def pieces(text: str) -> tuple[Piece, ...]:
    """The pieces of a text with `{paths}`. Raises ValueError for a brace that does not close."""
    out = []
    for literal, name, spec, conversion in Formatter().parse(text):
        if literal:
            out.append(Piece(literal))
        if name is not None:
            if spec or conversion or not name:
                raise ValueError("a path stands alone between braces: {program.tuition}")
            out.append(Piece(name, path=True))
    return tuple(out)


class AnswerBlock(Strict, frozen=True, dict=True):
    """One block: exactly one of say, list, table, ask; `when` says when, `else` what is said otherwise."""

    say: str = ""
    list_: Texts = field(name="list", default=())
    table: str = ""
    ask: str = ""
    when: dict[str, object] = field(default_factory=dict)
    else_: str = field(name="else", default="")
    source: Texts = ()
    where: dict[str, object] = field(default_factory=dict)
    ids: Texts = ()
    columns: Texts = ()
    sort: str = ""
    limit: int | None = None

    @cached_property
    def conditions(self) -> Conditions:
        """`when`, read once."""
        return parse_conditions(self.when)

    @cached_property
    def filters(self) -> Conditions:
        """`where`, read once."""
        return parse_conditions(self.where)

    def hold(self) -> None:
        if sum(map(bool, (self.say, self.list_, self.table, self.ask))) != 1:
            raise ValueError("a block has one of: say, list, table, ask")
        if not self.table and (self.where or self.ids or self.columns or self.sort or self.limit is not None):
            raise ValueError("where, ids, columns, sort and limit belong to a table")
        if self.limit is not None and self.limit < 1:
            raise ValueError("limit is how many rows are shown: 1 or more")
        for text in (self.say, self.ask, self.else_, *self.list_):
            pieces(text)

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(text for text in (self.say, self.ask, self.else_, *self.list_) if text)


class Intent(Strict, frozen=True):
    """What a student may mean: examples of how it is said, and the answer, or the action that gives one (`does`).

    With both, the answer is given when the action comes to nothing. `beside` are columns that are set side by side when
    several programs are named."""

    examples: Texts = ()
    question: str = ""
    answer: tuple[AnswerBlock, ...] = ()
    does: str = ""
    chips: Texts = ()
    programs: Texts = ()
    beside: Texts = ()
    urgent: bool = False
    note: str = ""

    def hold(self) -> None:
        if not self.answer and not self.does:
            raise ValueError("an intent needs an answer, or an action (does: ...)")
        if not self.examples and not self.question:
            raise ValueError("an intent needs examples of how students say it")
