"""Conditions in words: `under $25,000`, `GRE not required`, `without live sessions`."""

from __future__ import annotations

from advisor.knowledge.conditions import Test
from advisor.knowledge.queries import Where
from advisor.replies.blocks import Line, Span
from advisor.replies.voice import Voice


def test_words(voice: Voice, kind: str, key: str, test: Test) -> str:
    """A test of one column in words, with the figures as the column writes them."""
    attribute = voice.pack.kinds[kind].attributes.get(key)
    if test.values:
        said = [attribute.values[v].short or attribute.values[v].say if attribute and v in attribute.values
                else voice.pack.things[v].name if v in voice.pack.things else v for v in test.values]
        return ("not " if test.op == "not" else "") + " or ".join(said)
    derived = voice.pack.kinds[kind].derived.get(key)
    priced = voice.pack.kinds[kind].attributes.get(derived.of) if derived else attribute
    money = priced is not None and priced.type == "money"
    low, high = (None if n is None else f"${n:,.0f}" if money else f"{n:g}" for n in (test.low, test.high))
    if test.op == "between":
        return f"between {low} and {high}"
    if test.op in ("known", "unknown", "declined"):
        return test.op
    return f"{'' if test.op == 'exactly' else test.op + ' '}{high or low}"


def where_words(voice: Voice, kind: str, where: Where) -> Line:
    """One condition: `tuition under $25,000`, or of the things themselves `not Stevens`."""
    label = "" if where.key == "id" else f"{voice.label(kind, where.key)} "
    return (Span(label + test_words(voice, kind, where.key, where.test), "own"),)
