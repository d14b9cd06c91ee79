"""What is added to a reply, each once a conversation: where a school's own page disagrees, and what rules/cautions.yaml warns of."""

from __future__ import annotations

from collections.abc import Sequence

from advisor.knowledge.facts import Conflict, citation
from advisor.knowledge.pack import Pack
from advisor.knowledge.profile import Profile
from advisor.reasoning.programs import due_cautions
from advisor.replies.answers import filled
from advisor.replies.blocks import Paragraph, Span
from advisor.replies.voice import Voice, joined

#: So many disagreements are told in full; more would make a paragraph of the line.
FOLDED = 2


def due(pack: Pack, cells: Sequence[tuple[str, str]], told: Sequence[str]) -> list[Conflict]:
    """The disagreements about the cells stated that were not told yet; equal sentences count once."""
    found: dict[tuple[str, str], Conflict] = {}
    for conflict in pack.conflicts:
        if (conflict.thing, conflict.attribute) in cells and _key(conflict) not in told:
            found.setdefault((conflict.thing, conflict.say), conflict)
    return list(found.values())


def _key(conflict: Conflict) -> str:
    return f"conflict:{conflict.thing}.{conflict.say}"


def keys(conflicts: Sequence[Conflict]) -> tuple[str, ...]:
    """How told disagreements are remembered."""
    return tuple(_key(c) for c in conflicts)


def line(voice: Voice, conflicts: Sequence[Conflict]) -> Paragraph:
    """All of them in one line: each with its year (or that it is undated) and where to check; of many, only the columns."""
    cited = [c.citation for c in conflicts]
    if len(conflicts) > FOLDED:
        labels: dict[str, list[str]] = {}
        for conflict in conflicts:
            label = voice.label(voice.pack.things[conflict.thing].kind, conflict.attribute)
            labels.setdefault(conflict.thing, []).append(label)
        short = [voice.line("conflict.short", name=voice.name(thing), labels=Span(", ".join(found))) for thing, found in labels.items()]
        return voice.say("conflict.many", caution=True, citations=cited, items=joined(short))
    items = []
    for conflict in conflicts:
        source = voice.pack.sources.get(conflict.citation.source)
        when = conflict.as_of if conflict.as_of not in ("", "unknown") else voice.text("undated")
        address = f", {source.address}" if source and source.address and len(conflicts) == 1 else ""
        items.append(voice.line("conflict.item", name=voice.name(conflict.thing), say=Span(conflict.say),
                                when=Span(when + address, "fact", conflict.thing, conflict.attribute)))
    return voice.say("conflict.line", caution=True, citations=cited, items=joined(items, "; ", "; "))


def caution(voice: Voice, profile: Profile, programs: Sequence[str], told: Sequence[str]) -> tuple[str, Paragraph] | None:
    """The first caution that holds of the student (and of the program recommended) and was not told: how it is remembered, and it."""
    pack = voice.pack
    for rule, id_ in due_cautions(profile, pack.cautions, [pack.things[i] for i in programs]):
        key = f"caution:{rule.caution}"
        found = filled(rule.say, voice, {pack.main: id_} if id_ else {}) if key not in told else None
        if found is not None:
            line = voice.line("caution.inferred", say=found[0]) if rule.inferred else found[0]
            return key, Paragraph(line, tuple(dict.fromkeys((*(citation(s) for s in rule.source), *found[1]))), caution=True)
    return None
