"""Limits in statements: the student's own amid other things, and those of somebody else."""

from __future__ import annotations

from msgspec.structs import replace

from advisor.knowledge.queries import Where
from advisor.understanding.tables.parts import Parts
from advisor.understanding.tables.readings import Readings

#: So many words around a sum, one of debts or earnings says that it is no limit.
OWED = 4


def turn_of_own(parts: Parts) -> bool:
    """A bound that the student states of themselves ("my company reimburses up to 30k"): background around it is no doubt."""
    return any(bound.explicit and bound.amount.money for bound in parts.bounds) and not parts.grammar.asks and parts.grammar.has(
        "own", "budget_words")


def told(parts: Parts) -> tuple[Where, ...]:
    """A limit in the middle of other things ("25k tops, can't stand exams, keen on language"): the rest vetoes no sum with a comparator."""
    out: list[Where] = []
    keys = parts.grammar.line.keys
    for bound in parts.bounds:
        near = range(max(parts.grammar.start, bound.start - OWED), min(parts.grammar.end, bound.end + OWED))
        owed = any(parts.lexicon.owed.at(keys, place, parts.grammar.end) for place in near if not bound.start <= place < bound.end)
        if bound.explicit and bound.amount.money and bound.test.high is not None and not owed and not parts.named:
            out.append(Where(bound.key, bound.test, parts.text(bound.start, bound.end), True, parts.firm(bound.end)))
    said = {place for hit in parts.grammar.of("negators", "verdict_no") for place in range(hit.start, hit.end)}
    refused = [p for p in parts.picks if p.firm and p.negated and p.filters and p.used & said and parts.declared.attributes[p.key].needed]
    where, _ = parts.wheres(refused) if refused and not parts.someone else ((), frozenset[int]())
    meant = {p.key for p in refused}
    out.extend(replace(w, own=True) for w in where if w.key in meant)
    return tuple(out)


def borrowed_of(parts: Parts, readings: Readings) -> tuple[Where, ...]:
    """What somebody else wants; what they paid or earn is no wish."""
    where, _ = parts.wheres([p for p in readings.firm if p.filters])
    return tuple(w for w in where if w.key != "id" and not (parts.grammar.has("spent") and w.test.op != "is"))
