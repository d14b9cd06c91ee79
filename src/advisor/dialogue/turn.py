"""What handlers of a turn get and give: the turn, and the outcome of one of its parts."""

from __future__ import annotations

from msgspec import Struct, field
from msgspec.structs import replace

from advisor.dialogue.conversation import State, focus
from advisor.dialogue.hearing import Heard, Part
from advisor.dialogue.knowledge import Knowledge
from advisor.knowledge.pack import Pack
from advisor.knowledge.profile import Profile
from advisor.replies.blocks import Block, Paragraph
from advisor.replies.render import line_text
from advisor.replies.voice import Voice


class Turn(Struct, frozen=True):
    """One part of a message being answered, in a state."""

    knowledge: Knowledge
    state: State
    heard: Heard
    part: Part

    @property
    def pack(self) -> Pack:
        return self.knowledge.pack

    @property
    def voice(self) -> Voice:
        return self.knowledge.voice

    def focus(self, kind: str) -> str:
        """The thing of a kind that the part names, else the one named elsewhere in the message, else the last one."""
        for mentions in (self.part.mentions, self.heard.mentions):
            found = next((m.id for m in mentions if m.kind == kind), None)
            if found:
                return found
        return focus(self.state, kind)

    def named(self, kind: str) -> tuple[str, ...]:
        """Ids of this kind that the part names; those of the whole message when the part names none."""
        here = tuple(dict.fromkeys(m.id for m in self.part.mentions if m.kind == kind))
        return here or self.heard.named(kind)


class Outcome(Struct, frozen=True):
    """What one part came to: blocks, what they are about, the cells they state, and the state after it."""

    state: State
    blocks: tuple[Block, ...] = ()
    intent: str | None = None
    confidence: float = 0.0
    programs: tuple[str, ...] = ()
    things: tuple[str, ...] = ()             # put into focus, in order
    cells: tuple[tuple[str, str], ...] = ()  # (thing, attribute) stated: a disagreement about one is told
    suggestions: tuple[str, ...] = ()
    degree_shown: bool = False
    trace: tuple[str, ...] = ()
    supposed: Profile | None = None          # what the degrees are ranked by, when the message only supposed something
    kept: bool = field(default=True)         # False: the state is not a new turn (undo)

    def but(self, **changes: object) -> Outcome:
        return replace(self, **changes)

    @property
    def lead(self) -> str:
        """The first sentence, for the log and for "are you sure?"."""
        first = next((block for block in self.blocks if isinstance(block, Paragraph)), None)
        return line_text(first.line) if first else ""
