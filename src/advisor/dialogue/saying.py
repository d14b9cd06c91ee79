"""The bare words of a part of a message, and whether certain phrases stand among them."""

from __future__ import annotations

from collections.abc import Sequence

from advisor.dialogue.hearing import Part
from advisor.knowledge.pack import Pack


def words_of(part: Part) -> list[str]:
    """The words of a part in lower case, without marks."""
    return [word.strip("?!.,;:") for word in part.text.lower().split()]


def says(part: Part, phrases: Sequence[str]) -> bool:
    """Whether a part holds one of these phrases."""
    said = f" {' '.join(words_of(part))} "
    return any(f" {phrase} " in said for phrase in phrases)


def says_noun(part: Part, pack: Pack) -> bool:
    """Whether a part says "programs" or "schools"."""
    return not set(words_of(part)).isdisjoint(pack.kinds[pack.main].nouns)
