"""A student who talks: each message is one turn, and what came of it can be looked at."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

import advisor
from advisor.dialogue.conversation import Conversation, State
from advisor.knowledge.profile import Profile
from advisor.replies.blocks import Reply
from advisor.replies.render import to_plain


class Student:
    """One conversation. `says` gives the reply's plain text; `reply`, `state` and `conversation` hold the rest."""

    def __init__(self, knowledge: Any) -> None:
        self.knowledge, self.conversation = knowledge, Conversation()
        self.reply = Reply(())

    def says(self, *messages: str) -> str:
        for message in messages:
            self.conversation, self.reply = advisor.respond(self.knowledge, self.conversation, message)
        return self.text

    def with_office(self, *entries: Any) -> None:
        self.knowledge = replace(self.knowledge, pack=replace(self.knowledge.pack, office=entries))
        self.knowledge = replace(self.knowledge, voice=replace(self.knowledge.voice, pack=self.knowledge.pack))

    @property
    def text(self) -> str:
        return to_plain(self.reply)

    @property
    def state(self) -> State:
        return self.conversation.state

    @property
    def profile(self) -> Profile:
        return self.state.profile

    @property
    def limits(self) -> dict[str, tuple[float | None, float | None]]:
        return {limit.key: (limit.test.low, limit.test.high) for limit in self.profile.limits}

    def holds(self, topic: str) -> str:
        """The stance on a topic; "" when there is none."""
        return next((e.stance for e in self.profile.stances if e.topic == topic), "")

    def slot(self, name: str) -> Any:
        found = self.profile.slot(name)
        return found.value if found else "not asked"

    def sentence(self, key: str) -> str:
        """A sentence of the pack's wording up to its first place."""
        return self.knowledge.pack.wording[key].partition("{")[0].strip()


@pytest.fixture
def student(knowledge: Any) -> Student:
    return Student(knowledge)
