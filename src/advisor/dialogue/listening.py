"""From a cleaned message to what was heard: the three readers of `understanding`, joined."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from advisor.dialogue.conversation import State
from advisor.dialogue.hearing import LONG, Heard, Part
from advisor.dialogue.knowledge import Knowledge, after_joint, bare, opened_by
from advisor.dialogue.planning import BACKGROUND, SURE, UNSURE
from advisor.knowledge.words import Words
from advisor.understanding.clean import Cleaned
from advisor.understanding.intents import Match
from advisor.understanding.masking import mask
from advisor.understanding.stances import StanceReading
from advisor.understanding.tables import Mention, TableReading

#: The last clause of a message, which may only ask whether the rest is true.
_LAST = re.compile(r"(.*[,;.!?]|)([^,;.!?]*)[?.!\s]*", re.DOTALL)
#: So few words ("and no GRE") are a question as they stand.
FRAGMENT = 3
#: How many intents are kept for a part: the best, and those for "did you mean".
KEPT = 6
#: A question about a word is one only when no other intent knows better than this.
BETTER = 0.55
#: What a reading is worth that takes its subject from the sentence before.
LEANING = 0.9
#: A question that no intent and no table reading is surer of than these is read with the sentence before it.
LOOSE = 0.5
#: And a question for a column.
NAMED_BEFORE = 0.85


def _matches(knowledge: Knowledge, text: str, mentions: tuple[Mention, ...], start: int, told: bool = False) -> tuple[Match, ...]:
    """Intents of a text, best first: read with program names masked and with all names masked, the surer reading counts.

    A third reading masks the terms of the glossary, for "what does {term} mean" alone: most terms (GRE, elective) are
    asked about for other reasons. `told`: the text is a statement of a story, for which the first reading is enough.
    """
    here = [replace(m, start=m.start - start, end=m.end - start) for m in mentions]
    kinds = knowledge.pack.kinds
    plain = mask(text, here, (knowledge.pack.main,))
    best: dict[str, float] = {}
    variants = (plain,) if told else dict.fromkeys((plain, mask(text, here, [name for name, kind in kinds.items() if kind.masked])))
    for variant in variants:
        for match in knowledge.matcher.rank(variant, KEPT):
            best[match.intent] = max(best.get(match.intent, 0.0), match.confidence)
    briefly = [name for name, kind in kinds.items() if kind.brief]
    terms = mask(text, here, (*briefly, *(k for k in knowledge.pack.words.listed if k != knowledge.pack.main)))
    if not told and terms != plain and max(best.values(), default=0.0) < BETTER:
        for match in knowledge.matcher.rank(terms, KEPT):
            if knowledge.pack.intents[match.intent].does == "define":
                best[match.intent] = max(best.get(match.intent, 0.0), match.confidence)
    if move := knowledge.moves.get(bare(text)):
        best[move] = 1.0
    return _ranked(best)


def _ranked(best: dict[str, float]) -> tuple[Match, ...]:
    ranked = sorted(best.items(), key=lambda item: -item[1])[:KEPT]
    return tuple(Match(intent, confidence) for intent, confidence in ranked)


def _with_subject(knowledge: Knowledge, text: str, subject: Mention, matches: tuple[Match, ...]) -> tuple[Match, ...]:
    """Intents of a question that leans on a name said before it ("... MLOps. What do those people make?")."""
    best = {match.intent: match.confidence for match in matches}
    for name in (subject.written, f"{{{subject.kind}}}"):
        for match in knowledge.matcher.rank(f"{text} {name}", KEPT):
            best[match.intent] = max(best.get(match.intent, 0.0), LEANING * match.confidence)
    return _ranked(best)


def _leans(before: Part, text: str, reading: TableReading, matches: tuple[Match, ...]) -> bool:
    """Whether a question says so little that the sentence before it may tell what it is about ("no calculus. Columbia ok with that?")."""
    loose = reading.score < LOOSE or reading.query is not None and reading.query.asked == "card"
    sure = max((match.confidence for match in matches), default=0.0) >= SURE
    return loose and not sure and not before.table.limits and 1 < len(text.split()) <= LONG and len(before.text.split()) <= LONG


def _with_before(knowledge: Knowledge, before: Part, text: str, matches: tuple[Match, ...]) -> tuple[Match, ...]:
    """Intents of a question that says little by itself, read with the sentence before it ("I took the GRE in May. Any use?")."""
    best = {match.intent: match.confidence for match in matches}
    if matches and matches[0].confidence >= UNSURE and knowledge.pack.intents[matches[0].intent].does == "recommend_programs":
        return matches  # "everybody says X. What can I get?"
    for match in _matches(knowledge, f"{before.text}. {text}", (), 0):
        if knowledge.pack.intents[match.intent].does:
            continue  # advice is asked for by the question itself
        best[match.intent] = max(best.get(match.intent, 0.0), LEANING * match.confidence)
    return _ranked(best)


def _about_named(reading: TableReading, before: Sequence[Mention]) -> TableReading:
    """A question for a column that names nothing, about what was named before it ("... as an NLP engineer. What range?")."""
    query = reading.query
    if query is None or query.asked != "value" or query.subjects or query.where or not query.attributes:
        return reading
    named = next((m.id for m in reversed(before) if m.kind == query.kind), None)
    return replace(reading, query=replace(query, subjects=(named,)), score=max(reading.score, NAMED_BEFORE)) if named else reading


def _is_background(reading: TableReading, matches: tuple[Match, ...]) -> bool:
    """Whether what looks like a limit ("no CS degree") tells of the writer's own schooling."""
    counted = any(character.isdigit() for limit in reading.limits for character in limit.words)
    return bool(reading.limits) and not counted and bool(matches) and matches[0].intent.startswith(BACKGROUND) and matches[0].confidence >= BETTER


def _lacking(reading: StanceReading, parts: Sequence[Part]) -> StanceReading:
    """Stances with what a clause about one's schooling says "no" to ("I have a BSN, no programming") as lacking, not as unwanted."""
    schooling = [p.text for p in parts if not p.asks and p.matches and p.matches[0].intent.startswith(BACKGROUND) and p.matches[0].confidence >= BETTER]
    entries = tuple(replace(e, stance="lacks") if e.stance == "avoids" and any(e.words and e.words in text for text in schooling) else e
                    for e in reading.entries)
    return replace(reading, entries=entries)


def _asks(knowledge: Knowledge, reading: TableReading, text: str, piece: str) -> bool:
    """Whether a part asks. "did all the courses at night." and "..., which is fine" have the form of a question only."""
    start, end = reading.span
    mark = text[end : end + 1]
    if mark == "?":
        return True
    first = after_joint(piece, knowledge.pack.words.joints).partition(" ")[0]
    ranks = reading.query is not None and reading.query.asked == "extreme"   # "Columbia and USC, who is cheaper" asks
    relative = first in knowledge.pack.words.relatives and text[:start].rstrip().endswith(",") and not ranks
    return reading.question and not relative and not (mark in (".", ",", "(") and first in knowledge.pack.words.narrating)


def _untagged(cleaned: Cleaned, words: Words) -> Cleaned:
    """Of "Purdue is cheaper than Illinois. Is she right?" the first sentence is what is asked; of "no GRE, correct?" the rest is."""
    said = cleaned.match.rstrip(" ?.!")
    found = _LAST.fullmatch(said)
    head, tag = (found[1], bare(found[2])) if found else ("", "")
    ending = next((end for end in words.tag_ends if said.lower().endswith(f" {end}") and len(said.split()) > len(end.split())), "")
    opening = next((known for known in words.assumed if f"{bare(said)} ".startswith(f"{known} ")), "")
    if opening and words.tagged not in said.lower() and not _many(said):
        return replace(cleaned, match=f"{words.tagged} {said.partition(' ')[2]}?")   # "so all of them need the GRE"
    if ending:
        head, tag = said[: -len(ending)], words.tags[0]   # "Columbia is asynchronous isn't it"
    if not bare(head) or "?" in head[-2:] or not any(tag == known or tag.startswith(f"{known} for ") for known in words.tags):
        return cleaned
    before, mark, asked = head.rstrip(" ,;.!").rpartition(". ")
    plain = len(asked.split()) <= FRAGMENT or words.tagged in asked.lower() or bare(asked).split()[0] in words.oneself  # "I've heard that ..."
    question = asked if plain else f"{words.tagged} {asked}"
    return replace(cleaned, match=f"{before}{mark}{question}?")


def _names_a_kind(knowledge: Knowledge, piece: str) -> bool:
    """Whether a part says what kind of thing it is about ("which schools ...")."""
    words = bare(piece).split()
    return any(word in kind.nouns for kind in knowledge.pack.kinds.values() for word in words)


def _many(text: str) -> bool:
    """Whether a text has more than one sentence."""
    return any(mark in text.rstrip(" ?.!") for mark in ".?!")


def listen(knowledge: Knowledge, state: State, cleaned: Cleaned) -> Heard:
    """Everything that was understood of one message, in the state it was said in."""
    cleaned = _untagged(cleaned, knowledge.pack.words)
    text = cleaned.match
    listed = knowledge.pack.words.listed
    last = state.tables.last if state.tables.last and state.tables.last.kind in listed else None
    frames = tuple(frame for frame in state.tables.stack if frame.kind in listed)
    context = replace(state.tables, last=last, stack=frames, limits=state.profile.limits)
    readings = knowledge.tables.read_all(text, context) or (TableReading(span=(0, len(text))),)
    mentions = knowledge.names.find(text)
    brief = len(text.split()) <= LONG
    parts: list[Part] = []
    for reading in readings:
        start, end = reading.span
        inside = tuple(m for m in mentions if start <= m.start < end)
        piece = text[start:end].strip() or text
        asks = _asks(knowledge, reading, text, piece)
        matches = _matches(knowledge, text[start:end], inside, start, told=not asks and not brief)
        before = [m for m in mentions if m.end <= start and m.kind in listed]
        if asks and before and not any(m.kind in listed for m in inside) and not _names_a_kind(knowledge, piece):
            matches = _with_subject(knowledge, text[start:end], before[-1], matches)
        if asks and parts and _leans(parts[-1], piece, reading, matches):
            matches = _with_before(knowledge, parts[-1], piece, matches)
        if not asks and _is_background(reading, matches):
            reading = replace(reading, query=None, limits=())
        parts.append(Part(piece, asks, _about_named(reading, before), matches, inside))
    # A story as a whole is no question: its parts are.
    whole = parts[0].matches if len(parts) == 1 else _matches(knowledge, text, mentions, 0, told=True) if brief else ()
    supposes = any(part.table.what_if for part in parts) or any(
        knowledge.pack.intents[m.intent].does == "what_if" and m.confidence >= BETTER for part in parts for m in part.matches[:1])
    supposes = supposes or bool(opened_by(text, knowledge.pack.words.what_if, knowledge.pack.words.joints))
    # "10k is all I have, which one?", or "under 60k" in the question of a long message, speaks of its writer's purse
    own = not set(bare(text).split()).isdisjoint(knowledge.pack.words.own)
    said = {w.key for part in parts for w in (*part.table.limits, *(part.table.query.where if part.table.query and brief and not own else ()))
            if w.words in text and any(character.isdigit() for character in w.words)}
    only = parts[0].table.query
    told = (len(parts) > 1 or own or only is None or only.asked in ("absent", "not_held")) and knowledge.pack.price not in said and not any(part.table.pushback for part in parts)
    ceiling = knowledge.ceilings.find(text) if told else None
    ruled_out = knowledge.exclusions.find(text, [m for m in mentions if m.kind == knowledge.pack.main])
    stances = _lacking(knowledge.stances.read(text, state.turn), parts)
    return Heard(cleaned, tuple(parts), whole, stances, supposes, ceiling, ruled_out)
