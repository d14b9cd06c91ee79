"""What each part of a message is: a move of the conversation, a question about a table, an intent, or a statement.

Every possible reading is scored; the best is taken and the runner-up noted in the trace.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from advisor.dialogue.hearing import Part
from advisor.knowledge.pack import Pack

Way = Literal["table", "intent", "act", "statement", "unknown"]

#: The intent that gathers questions about tables; its confidence speaks for the table reading, whichever it is.
TABLE = "table"
#: From here on an intent is answered; below, and down to UNSURE, it is offered as "did you mean". Set on the pack's own
#: examples, held out five ways: of those above the first, nine in ten were right.
SURE = 0.42
UNSURE = 0.22
#: A statement is taken for an intent only when that is surer: it may simply tell something.
SURE_STATEMENT = 0.55
#: What a table reading weighs, and what the matcher's own verdict adds to it.
READING, SEEMS = 0.62, 0.45
#: Readings of this kind rest on a name alone, or on a word that is not held: any clear intent knows better.
WEAK = {"card": 0.35, "absent": 0.7, "not_held": 0.8}


@dataclass(frozen=True, slots=True)
class Plan:
    """How a part is to be handled, how sure that is, and what came second."""

    way: Way
    intent: str = ""
    score: float = 0.0
    runner_up: str = ""
    near: tuple[str, ...] = ()


def _table_score(part: Part) -> float:
    query = part.table.query
    if query is None:
        return 0.0
    seems = next((m.confidence for m in part.matches if m.intent == TABLE), 0.0)
    score = READING * part.table.score + SEEMS * seems
    return score * WEAK.get(query.asked, 1.0)


def plan(part: Part, pack: Pack) -> Plan:
    """The best reading of one part."""
    table = _table_score(part)
    best = next((m for m in part.matches if m.intent != TABLE), None)
    near = tuple(m.intent for m in part.matches if m.intent != TABLE and m.confidence >= UNSURE * 0.4)[:3]
    score = best.confidence if best else 0.0
    if part.table.query is not None and table >= score and table > 0.15:
        return Plan("table", TABLE, min(1.0, table), f"{best.intent} {score:.2f}" if best else "", near)
    if best is not None:
        threshold = SURE if part.asks else SURE_STATEMENT
        runner = f"table {table:.2f}" if table else ""
        if score >= threshold:
            return Plan("act" if pack.intents[best.intent].does else "intent", best.intent, score, runner, near)
    if part.table.query is not None and table > 0.15:
        return Plan("table", TABLE, min(1.0, table), f"{best.intent} {score:.2f}" if best else "", near)
    if not part.asks:
        return Plan("statement", score=score, near=near)
    return Plan("unknown", score=score, near=near)
