"""One student's chat: the pure functions that the screens call, and the state that those functions return.

The screens know this class and the types of replies, nothing else of the engine; tests give it canned functions.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from msgspec import Struct

from advisor.knowledge.facts import Citation
from advisor.replies.blocks import Panel, Paragraph, Reply, Span

Conversation = TypeVar("Conversation")

_FAILED = (
    "Something went wrong on my side with that message.",
    "Nothing else that you told me is lost. Try it in other words; the up arrow brings your message back.",
)


class SourceNote(Struct, frozen=True):
    """A source as the student reads it: what it is, which part of it, how old, and where to find it."""

    title: str
    section: str = ""
    date: str = ""
    address: str = ""


class Turn(Struct, frozen=True):
    """What the student wrote and what was answered. The first screen is a turn without a text."""

    text: str
    reply: Reply


@dataclass(slots=True)
class ChatSession(Generic[Conversation]):
    """The functions of the engine, bound to one pack, and the conversation so far.

    `begin` makes an empty conversation, `answer` takes a turn, `greet` is the first screen, `look` fills the panel,
    `describe` tells about a source. `subtitle` stands in the title line.
    """

    begin: Callable[[], Conversation]
    answer: Callable[[Conversation, str], tuple[Conversation, Reply]]
    greet: Callable[[], Reply]
    look: Callable[[Conversation], Panel]
    describe: Callable[[Citation], SourceNote]
    subtitle: str = ""
    turns: list[Turn] = field(default_factory=list)
    failure: Exception | None = None
    _conversation: Conversation = field(init=False)
    _left: tuple[Conversation, list[Turn]] | None = None

    def __post_init__(self) -> None:
        self._conversation = self.begin()
        self.turns = [Turn("", self.greet())]

    @property
    def conversation(self) -> Conversation:
        """The engine's value of this conversation."""
        return self._conversation

    @property
    def fresh(self) -> bool:
        """Nothing has been said yet."""
        return len(self.turns) == 1

    @property
    def texts(self) -> list[str]:
        """What the student wrote, oldest first."""
        return [turn.text for turn in self.turns if turn.text]

    def say(self, text: str) -> Turn:
        """Takes a turn. When the engine fails, the conversation stays as it was and the reply says so."""
        try:
            self._conversation, reply = self.answer(self._conversation, text)
        except Exception as error:  # noqa: BLE001 (whatever it is, the student keeps the conversation)
            self.failure = error
            reply = Reply(tuple(Paragraph((Span(line),), lead=not at) for at, line in enumerate(_FAILED)))
        turn = Turn(text, reply)
        self.turns.append(turn)
        return turn

    def panel(self) -> Panel:
        """What is known so far; empty when the engine cannot tell."""
        try:
            return self.look(self._conversation)
        except Exception as error:  # noqa: BLE001 (a panel is never worth a conversation)
            self.failure = error
            return Panel()

    def source(self, citation: Citation) -> SourceNote:
        """The source behind a citation; its bare id when the engine knows no more."""
        try:
            return self.describe(citation)
        except Exception as error:  # noqa: BLE001 (likewise)
            self.failure = error
            return SourceNote(citation.source, citation.section)

    def restart(self) -> None:
        """Begins anew. The conversation that was left can be brought back until something is said."""
        if not self.fresh:
            self._left = (self._conversation, self.turns)
        self._conversation = self.begin()
        self.turns = [Turn("", self.greet())]

    def bring_back(self) -> bool:
        """Returns to the conversation that `restart` left, if nothing was said since."""
        if self._left is None or not self.fresh:
            return False
        self._conversation, self.turns = self._left
        self._left = None
        return True


#: A session whatever the engine's conversation type: the screens never look into it.
AnySession = ChatSession[Any]
