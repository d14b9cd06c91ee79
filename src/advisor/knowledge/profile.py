"""What is known of a student: stances on topics, limits on attributes, answers to the interview.

All values are frozen and made of plain tuples, so a conversation goes to JSON and back without loss.
"""

from __future__ import annotations

from typing import Literal, get_args

from msgspec import Struct
from msgspec.structs import replace

from advisor.knowledge.conditions import Test

Stance = Literal["likes", "wants", "avoids", "refuses", "has", "lacks", "mentioned", "asked"]
STANCES: tuple[Stance, ...] = get_args(Stance)

#: A background (has, lacks) and a taste (all others) on one topic stand side by side: one can have what one avoids.
BACKGROUND: frozenset[Stance] = frozenset({"has", "lacks"})
#: What was said of a topic outweighs what was merely touched; a lower rank never replaces a higher one.
WEIGHT: dict[Stance, int] = {"asked": 0, "mentioned": 1}


class StanceEntry(Struct, frozen=True):
    """One stance of the student's: on which topic, in which words, in which turn; a must, or a wish ("ideally")."""

    topic: str
    stance: Stance
    words: str = ""
    turn: int = 0
    must: bool = False


class Limit(Struct, frozen=True):
    """A limit or wish of the student's on one attribute of a program: `tuition at most 25000`.

    `key` is the attribute's id; `words` are the student's, for saying it back.
    """

    key: str
    test: Test
    words: str = ""
    turn: int = 0
    must: bool = True


class Slot(Struct, frozen=True):
    """An answer to a question of the interview, or a chosen specialization: `goal = ml_engineer`.

    `value` None means that the student declined to answer.
    """

    name: str
    value: str | None
    words: str = ""
    turn: int = 0


class Profile(Struct, frozen=True):
    """Everything known of the student, oldest first."""

    stances: tuple[StanceEntry, ...] = ()
    limits: tuple[Limit, ...] = ()
    slots: tuple[Slot, ...] = ()

    def slot(self, name: str) -> Slot | None:
        return next((slot for slot in self.slots if slot.name == name), None)

    def topics(self, *stances: Stance) -> tuple[str, ...]:
        """Ids of the topics on which one of these stances is held, in the order they came up."""
        return tuple(entry.topic for entry in self.stances if entry.stance in stances)

    def with_slot(self, new: Slot) -> Profile:
        return replace(self, slots=(*(slot for slot in self.slots if slot.name != new.name), new))

    def with_limit(self, new: Limit) -> Profile:
        return replace(self, limits=(*(limit for limit in self.limits if limit.key != new.key), new))

    def without_limit(self, *keys: str) -> Profile:
        return replace(self, limits=tuple(limit for limit in self.limits if limit.key not in keys))

    def with_stances(self, new: tuple[StanceEntry, ...]) -> Profile:
        """The last word on a topic wins, but a mere mention never overrides what was said of it."""
        kept = list(self.stances)
        for entry in new:
            side = entry.stance in BACKGROUND
            old = next((e for e in kept if e.topic == entry.topic and (e.stance in BACKGROUND) == side), None)
            if old is not None and WEIGHT.get(entry.stance, 2) < WEIGHT.get(old.stance, 2):
                continue
            if old is not None:
                kept.remove(old)
            kept.append(entry)
        return replace(self, stances=tuple(kept))
