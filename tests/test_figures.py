"""Every figure of every reply of every scripted conversation: a fact under its own thing, the student's own, or worked out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import advisor
from advisor.knowledge.pack import Pack
from advisor.replies.blocks import Bars, Bullets, Line, Paragraph, Reply, Span, Table
from advisor.replies.voice import Voice
from advisor.workbench.script import read_scripts

FOLDER = Path(__file__).parent / "conversations"
WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
FIGURE = re.compile(r"\$?\d[\d,]*(?:\.\d+)?")


def spans(reply: Reply) -> Iterator[Span]:
    for block in reply.blocks:
        if isinstance(block, Paragraph):
            yield from block.line
        elif isinstance(block, Bullets):
            yield from (span for line in block.lines for span in line)
        elif isinstance(block, Table):
            cells: Iterator[Line] = (cell for row in block.rows for cell in row)
            yield from (span for cell in cells for span in cell)
        elif isinstance(block, Bars):
            yield from ()


def texts_of(pack: Pack) -> str:
    """All words that advisors wrote: a figure of origin `pack` must stand there."""
    texts = [*pack.wording.values()]
    for intent in pack.intents.values():
        texts += [text for block in intent.answer for text in block.texts]
    texts += [rule.because for rule in pack.degree_rules.rules] + [t for r in pack.program_rules for t in (r.because, r.broken, r.relax)]
    texts += [c.say for c in pack.cautions] + [c.say for c in pack.conflicts]
    texts += [t for q in pack.interview for t in (q.ask, q.why, *(choice.label for choice in q.choices.values()))]
    for kind in pack.kinds.values():
        texts += [t for a in kind.attributes.values() for t in (a.label, a.general, a.ask_as, *(c.say for c in a.values.values()),
                                                              *(c.short for c in a.values.values()))]
        texts += [a.say_as for a in kind.absent.values()] + [t for n in kind.not_held.values() for t in (n.name, n.why)]
    texts += [t for thing in pack.things.values() for facts in thing.facts.values() for f in facts for t in (f.note, f.inferred)]
    texts += [" ".join((s.title, s.as_of, s.address, *s.sections.values())) for s in pack.sources.values()]
    texts += [f"{o.name} {o.phone} {o.hours} {o.address} {o.note}" for o in pack.office]
    return "\n".join(texts)


def facts_of(pack: Pack, span: Span) -> str:
    """Everything that the pack says of the very cell that a span names."""
    thing = pack.things[span.thing]
    if span.attribute == "name":
        return f"{thing.name} {thing.full_name}"
    cell = Voice(pack).cell(thing, span.attribute)
    words = ["".join(s.text for s in cell[0])] if cell else []
    for fact in (*thing.facts.get(span.attribute, ()), *thing.beside.get(span.attribute, ())):
        words += [fact.say, fact.value.text, fact.as_of, fact.note, fact.for_, *(pack.sources[c.source].address for c in fact.citations)]
        attribute = pack.kinds[thing.kind].attributes[span.attribute]
        words += [attribute.say(fact.value), attribute.say(fact.value, short=False)]
    for conflict in pack.conflicts:
        if (conflict.thing, conflict.attribute) == (span.thing, span.attribute):
            words += [conflict.say, conflict.as_of, pack.sources[conflict.citation.source].address]
    return "\n".join(words)


def number(figure: str) -> float:
    return float(re.sub(r"[$,]", "", figure).rstrip("."))


def numbers(text: str) -> set[float]:
    """The numbers of a text; a small one may stand for thousands, as people write ("25k", "20-30k", "60 grand")."""
    found = {number(figure) for figure in FIGURE.findall(text)}
    thousands = bool(re.search(r"\dk\b|grand|thousand|budget|make it|actually|meant", text, re.IGNORECASE))
    found |= {float(n) for n, word in enumerate(WORDS) if re.search(rf"\b{word}\b", text, re.IGNORECASE)}
    return found | ({n * 1000 for n in found if n < 1000} if thousands else set())


def wrong_figures(pack: Pack, written: str, said: str, reply: Reply) -> list[str]:
    """The figures of a reply that come from nowhere."""
    wrong = []
    for span in spans(reply):
        for figure in FIGURE.findall(span.text):
            if span.origin == "fact":
                known = facts_of(pack, span)
            elif span.origin == "own":
                known = said
            elif span.origin == "pack":
                known = written
            else:
                continue
            if number(figure) not in numbers(known):
                wrong.append(f"{figure} in {span}")
    return wrong


def scripts(pack: Pack) -> list[Any]:
    return [placed for path in sorted(FOLDER.glob("*.yaml")) for placed in read_scripts(path, pack, path.name)]


def test_every_figure_has_an_origin(knowledge: advisor.Knowledge) -> None:
    pack, written = knowledge.pack, texts_of(knowledge.pack)
    found: list[str] = []
    figures = 0
    for placed in scripts(pack):
        conversation, said = advisor.Conversation(), ""
        for turn in placed.script.turns:
            said += "\n" + turn.student
            conversation, reply = advisor.respond(knowledge, conversation, turn.student)
            # what a reply said itself may be said again ("are you sure?"), and an answer of the interview is the student's
            figures += sum(len(FIGURE.findall(s.text)) for s in spans(reply))
            labels = "\n".join(chip for chip in reply.suggestions)
            again = "\n".join(lead for _, lead in conversation.state.log)
            found += [f"{placed.script.conversation}: {w}" for w in wrong_figures(pack, f"{written}\n{again}", f"{said}\n{labels}", reply)]
            said += "\n" + labels
    assert not found, "\n".join(found[:20])
    assert figures > 0 or not scripts(pack)


@pytest.mark.parametrize("span", [
    Span("about $9,999", "fact", "georgia-tech", "tuition"),
    Span("about $7,000", "fact", "columbia", "tuition"),
    Span("at most $31,337", "own"),
    Span("costs 31337 in all", "pack"),
])
def test_a_figure_from_nowhere_is_found(knowledge: advisor.Knowledge, span: Span) -> None:
    reply = Reply((Paragraph((span,)),))
    assert wrong_figures(knowledge.pack, texts_of(knowledge.pack), "under 25k", reply)
