"""What was understood of one message: its parts, each with table reading, intents, and the stances of the whole."""

from __future__ import annotations

from msgspec import Struct

from advisor.understanding.clean import Cleaned
from advisor.understanding.intents import Match
from advisor.understanding.stances import StanceReading
from advisor.understanding.tables import Mention, TableReading

#: A message of more words than this tells a story: its statements are background.
LONG = 24


class Part(Struct, frozen=True):
    """One sentence or clause: its text, whether it asks, its table reading, and the intents it may have, best first."""

    text: str
    asks: bool
    table: TableReading
    matches: tuple[Match, ...]
    mentions: tuple[Mention, ...] = ()


class Heard(Struct, frozen=True):
    """The whole message. `supposes`: it says "what if", so nothing in it is known of the student."""

    cleaned: Cleaned
    parts: tuple[Part, ...]
    whole: tuple[Match, ...]
    stances: StanceReading
    supposes: bool = False
    ceiling: tuple[float, str] | None = None   # what the student can pay, when no part says so by itself
    ruled_out: tuple[str, ...] = ()            # programs that did not take the student, or that they will not apply to

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """All names of the message in order."""
        return tuple(mention for part in self.parts for mention in part.mentions)

    def named(self, kind: str) -> tuple[str, ...]:
        """Ids of the things of a kind that the message names, in order."""
        return tuple(dict.fromkeys(m.id for m in self.mentions if m.kind == kind))

    @property
    def limits_programs(self) -> bool:
        """Whether the message itself says what a program must be, may cost, or must not be."""
        return bool(self.ceiling or self.ruled_out or any(part.table.limits for part in self.parts))
