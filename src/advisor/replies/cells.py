"""Sentences about single cells: a value, a yes or no, what is not known and who would know."""

from __future__ import annotations

from advisor.knowledge.facts import Citation, Fact, Thing, citation
from advisor.knowledge.kinds import Attribute
from advisor.replies.blocks import Line, Paragraph, Span
from advisor.replies.voice import Voice


def attribute_of(voice: Voice, thing: Thing, key: str) -> Attribute | None:
    """The column of a thing; None when its kind has none of that name."""
    return voice.pack.kinds[thing.kind].attributes.get(key)


def page_of(voice: Voice, thing: Thing, key: str = "") -> tuple[Line, tuple[Citation, ...]] | None:
    """The address that would know: the page of this very column if there is one, else the kind's, the best first."""
    kind = voice.pack.kinds[thing.kind]
    attribute = kind.attributes.get(key)
    for page in (attribute.page if attribute else "", *kind.pages):
        if page and (cell := voice.cell(thing, page)):
            return cell
    return None


def official_line(voice: Voice, thing: Thing, fact: Fact, key: str) -> Paragraph:
    """`Georgia Tech's own page says that applications are due ... (2025).`"""
    said = Span(fact.say or fact.value.text, "fact", thing.id, key)
    wording = "value.official" if fact.as_of else "value.official_undated"
    source = next((voice.pack.sources[c.source] for c in fact.citations if c.source in voice.pack.sources), None)
    return voice.say(wording, citations=fact.citations, name=voice.name(thing.id), say=said, when=Span(fact.as_of, "fact", thing.id, key),
                     page=Span(source.address if source else "", "fact", thing.id, key))


def value_blocks(voice: Voice, thing: Thing, key: str, lead: bool = True) -> list[Paragraph]:
    """One cell as sentences: the value, for a choice as a verb phrase; what stands beside it; else that it is not known."""
    attribute = attribute_of(voice, thing, key)
    if attribute is None:
        return []
    facts = [fact for fact in thing.facts.get(key, ()) if fact.value.state != "unknown"]
    if not facts:
        return [_unknown(voice, thing, key, attribute, lead), *_beside(voice, thing, key)]
    if facts[0].official:
        return [_lead(official_line(voice, thing, facts[0], key), lead)]
    if attribute.type == "choice":
        say = Span(attribute.say(facts[0].value, short=False), "fact", thing.id, key)
        first = voice.say("depends.choice", citations=facts[0].citations, name=voice.name(thing.id), say=say)
    else:
        cell = voice.cell(thing, key)
        assert cell is not None
        wording = "value.page" if attribute.type == "address" else "value.one"
        first = voice.say(wording, citations=cell[1], name=voice.name(thing.id), label=Span(attribute.label), value=cell[0])
    return [_lead(first, lead), *_aside(voice, facts), *_beside(voice, thing, key)]


def _lead(paragraph: Paragraph, lead: bool) -> Paragraph:
    return Paragraph(paragraph.line, paragraph.citations, lead, paragraph.caution)


def _aside(voice: Voice, facts: list[Fact]) -> list[Paragraph]:
    """The note of the first fact that has one, or that it is a reading of ours."""
    for fact in facts:
        if fact.inferred:
            return [voice.say("value.inferred", inferred=Span(fact.inferred))]
    for fact in facts:
        if fact.note and fact.value.type != "list":
            return [voice.say("value.note", note=Span(fact.note.rstrip(".")))]
    return []


def _beside(voice: Voice, thing: Thing, key: str) -> list[Paragraph]:
    """What the school's own page says of the same cell, unless it is a disagreement (told in one line by itself)."""
    if any(c.thing == thing.id and c.attribute == key for c in voice.pack.conflicts):
        return []
    return [official_line(voice, thing, fact, key) for fact in thing.beside.get(key, ()) if fact.say and fact not in thing.facts.get(key, ())]


def _unknown(voice: Voice, thing: Thing, key: str, attribute: Attribute, lead: bool) -> Paragraph:
    what = Span(attribute.ask_as or attribute.label)
    page = page_of(voice, thing, key)
    if attribute.general:
        cited = (citation(attribute.general_source),) if attribute.general_source else ()
        return voice.say("value.general", lead=lead, citations=cited, name=voice.name(thing.id), general=Span(attribute.general))
    if page:
        clause = what.text.startswith(("whether ", "what ", "when ", "how "))
        return voice.say("value.unknown_clause" if clause else "value.unknown", lead=lead, citations=page[1], what=what, name=voice.name(thing.id), page=page[0])
    return voice.say("value.unknown_plain", lead=lead, what=what, name=voice.name(thing.id))


def yes_no_line(voice: Voice, thing: Thing, key: str, polarity: str) -> tuple[Line, tuple[Citation, ...]]:
    """`Yes: Columbia requires the GRE.`"""
    attribute = attribute_of(voice, thing, key)
    facts = [fact for fact in thing.facts.get(key, ()) if fact.value.state != "unknown"]
    if polarity == "unknown" and (not facts or attribute is None or attribute.type == "choice"):
        what = Span((attribute.ask_as or attribute.label) if attribute else key)
        page = page_of(voice, thing, key)
        if page:
            return voice.line("unknown.choice", what=what, name=voice.name(thing.id), page=page[0]), page[1]
        return voice.line("value.unknown_plain", what=what, name=voice.name(thing.id)), ()
    if attribute is None or not facts:
        return voice.line(f"{polarity}.number" if polarity in ("yes", "no") else "open.number", name=voice.name(thing.id),
                          label=Span(voice.label(thing.kind, key)), value=Span("")), ()
    if facts[0].official:
        return official_line(voice, thing, facts[0], key).line, facts[0].citations
    if attribute.type == "choice":
        say = Span(attribute.say(facts[0].value, short=False), "fact", thing.id, key)
        return voice.line(f"{polarity}.choice", name=voice.name(thing.id), say=say), facts[0].citations
    cell = voice.cell(thing, key)
    assert cell is not None
    wording = {"yes": "yes.number", "no": "no.number"}.get(polarity, "open.number")
    return voice.line(wording, name=voice.name(thing.id), label=Span(attribute.label), value=cell[0]), cell[1]


def yes_no_blocks(voice: Voice, thing: Thing, key: str, polarity: str) -> list[Paragraph]:
    """The answer, and what stands beside it."""
    line, cited = yes_no_line(voice, thing, key, polarity)
    facts = [fact for fact in thing.facts.get(key, ()) if fact.value.state != "unknown"]
    beside = [] if facts and facts[0].official else _beside(voice, thing, key)
    return [Paragraph(line, cited, lead=True), *_aside(voice, facts), *beside]
