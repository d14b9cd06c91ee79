"""Whether a reading holds what was said: every amount and negation, and the name that "it" stands for."""

from __future__ import annotations

from advisor.knowledge.queries import Query
from advisor.understanding.tables.parts import Parts
from advisor.understanding.tables.readings import Candidate
from advisor.understanding.tables.turn_base import Turn


def heard_all(parts: Parts, candidate: Candidate, turn: Turn) -> bool:
    """Echo: every amount, negator, exception and "than X" of the clause shows in the query."""
    used = candidate.used | turn.used | parts.conditions.dropped
    if candidate.query.asked in ("absent", "not_held"):
        return True
    if any(amount.start not in used for amount in parts.scan.amounts if not amount.word and (amount.money or amount.low > 10)):
        return False
    if any(hit.start not in used for hit in parts.scan.negators):
        return False
    if any(n.span.start not in used for n in parts.named):
        return False
    if any(hit.start not in used for hit in parts.hit("fractions") if parts.named):
        return False
    than = parts.grammar.of("than")
    return not than or bool(parts.bounds or parts.compars or parts.yard or parts.hit("except"))


def of_the_stranger(parts: Parts, query: Query) -> bool:
    """"My cousin is at MIT. How much is that one?": "it" is what was named last, and is not held."""
    last = parts.context.last
    return (last is not None and last.asked == "not_held" and last.kind == query.kind and query.asked in ("value", "yes_no", "card")
            and not query.subjects and not query.scope and parts.grammar.has("it_refs"))
