"""From a cleaned message to what was heard: the three readers of `understanding`, joined."""

from __future__ import annotations

from dataclasses import replace

from advisor.dialogue.conversation import State
from advisor.dialogue.hearing import Heard, Part
from advisor.dialogue.knowledge import Knowledge
from advisor.understanding.clean import Cleaned
from advisor.understanding.intents import Match
from advisor.understanding.masking import mask
from advisor.understanding.tables import Mention, TableReading

#: Kinds of name that an intent may be learned with a placeholder for.
MASKED = ("program", "degree", "career", "specialization", "term")
#: How many intents are kept for a part: the best, and those for "did you mean".
KEPT = 6


def _matches(knowledge: Knowledge, text: str, mentions: tuple[Mention, ...], start: int) -> tuple[Match, ...]:
    """Intents of a text, best first: read with program names masked and with all names masked, the surer reading counts."""
    here = [replace(m, start=m.start - start, end=m.end - start) for m in mentions]
    variants = dict.fromkeys((mask(text, here, ("program",)), mask(text, here, MASKED)))
    best: dict[str, float] = {}
    for variant in variants:
        for match in knowledge.matcher.rank(variant, KEPT):
            best[match.intent] = max(best.get(match.intent, 0.0), match.confidence)
    ranked = sorted(best.items(), key=lambda item: -item[1])[:KEPT]
    return tuple(Match(intent, confidence) for intent, confidence in ranked)


def _part(knowledge: Knowledge, text: str, reading: TableReading) -> Part:
    start, end = reading.span
    piece = text[start:end].strip() or text
    return Part(piece, reading.question or piece.endswith("?") or text[end : end + 1] == "?", reading,
                _matches(knowledge, text[start:end], reading.mentions, start))


def listen(knowledge: Knowledge, state: State, cleaned: Cleaned) -> Heard:
    """Everything that was understood of one message, in the state it was said in."""
    text = cleaned.match
    context = replace(state.tables, limits=state.profile.limits)
    readings = knowledge.tables.read_all(text, context) or (TableReading(span=(0, len(text))),)
    parts = tuple(_part(knowledge, text, reading) for reading in readings)
    mentions = tuple(m for reading in readings for m in reading.mentions)
    whole = parts[0].matches if len(parts) == 1 else _matches(knowledge, text, mentions, 0)
    return Heard(cleaned, parts, whole, knowledge.stances.read(text, state.turn))
