"""A message as sentences: where it asks, where it only tells."""

from __future__ import annotations

import re
from dataclasses import dataclass

_END = re.compile(r"(?<=[.!?;])\s+(?=\S)|\n+")
#: "M.S. in", "e.g. x", "approx. 20k", "vs. y": a period that ends no sentence.
_ABBREVIATION = re.compile(r"(?:\b(?:m\.?s|m\.?c\.?s|b\.?s|e\.g|i\.e|vs|approx|dr|prof|no|st|u\.s|etc)\.)$", re.IGNORECASE)
_ASKING = re.compile(
    r"\?\s*[\"')]*$|^\W*(?:(?:so|and|but|also|ok|okay|well|hi|hey|hello|then|now|first|plus|btw)[ ,]+)*"
    r"(?:what|whats|what's|which|who|whos|who's|whom|whose|where|when|why|how|hows|how's|is|isn't|isnt|are|aren't|arent|was|"
    r"were|do|does|doesn't|doesnt|don't|did|can|could|should|shall|would|wouldn't|will|wont|won't|has|have|am|any|anyone|may)\b",
    re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence with its place in the message, and whether it asks."""

    text: str
    start: int
    asks: bool


def asks(text: str) -> bool:
    """Whether a sentence has the form of a question: a question mark at its end, or a question word at its start."""
    return bool(_ASKING.search(text.strip()))


def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a message, in order; a period of an abbreviation ends none."""
    out: list[Sentence] = []
    start = 0
    for found in [*_END.finditer(text), None]:
        end = found.start() if found else len(text)
        piece = text[start:end]
        if found and _ABBREVIATION.search(piece):
            continue
        if piece.strip():
            out.append(Sentence(piece.strip(), start + len(piece) - len(piece.lstrip()), asks(piece)))
        start = found.end() if found else end
    return tuple(out)
