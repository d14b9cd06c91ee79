"""References: "it", "both", "the others", "the second", "the cheap one", and the subject that goes without saying."""

from __future__ import annotations

from msgspec import Struct

from advisor.knowledge.conditions import Test
from advisor.knowledge.queries import Sort, Where
from advisor.understanding.tables.parts import Parts
from advisor.understanding.tables.scan import Hit


class Reference(Struct, frozen=True):
    """What a clause is about. `ids` are known things; a description ("the cheap one") is conditions or an order in a scope."""

    source: str = ""
    ids: tuple[str, ...] = ()
    used: frozenset[int] = frozenset()
    where: tuple[Where, ...] = ()
    sort: Sort | None = None
    scope: tuple[str, ...] = ()

    @property
    def found(self) -> bool:
        return bool(self.ids or self.where or self.sort)


NOTHING = Reference()


def resolve(parts: Parts) -> Reference:
    """The subjects of a clause: named ones, else what a reference points to, else nothing."""
    if parts.subjects:
        named = parts.places(*(n.span for n in parts.named if n.role == "subject"))
        it = _pronouns(parts) if parts.grammar.has("compare", "difference") or parts.compars else NOTHING
        if it.ids and len(parts.subjects) == 1 and it.ids != parts.subjects and it.source in ("it", "they"):
            return Reference("named", (*it.ids, *(i for i in parts.subjects if i not in it.ids)), named | it.used)
        return Reference("named", parts.subjects, named)
    for find in (_ordinal, _relative, _described, _pronouns):
        found = find(parts)
        if found.found:
            return found
    return NOTHING


def implied(parts: Parts) -> Reference:
    """A bare column keeps the subject while few things are in focus."""
    if parts.nouns or parts.loose and not parts.grammar.marked or parts.scan.negators and not parts.grammar.asks:
        return NOTHING
    if not parts.grammar.asks and parts.hit("own") and not parts.grammar.marked:
        return NOTHING
    last = parts.context.last
    if parts.context.unseen and last is not None and last.kind == parts.kind and last.sort is not None:
        return _of_last(parts, frozenset())
    return Reference("focus", parts.context.few(parts.kind))


def _follows(parts: Parts, place: int, *names: str) -> bool:
    """Whether "one", a noun, a verb or the end stands at `place`: the word before is a reference of its own."""
    grammar = parts.grammar
    if place >= grammar.end or grammar.line.words[place - 1].after:
        return True
    if any(hit.start == place for hit in grammar.of("one_words", *names)):
        return True
    span = parts.scan.covered.get(place)
    if any(hit.end == place - 1 for hit in grammar.of("definite")) and (
            any(hit.start == place for hit in grammar.of("need", "waive")) or span is not None and span.get("weak", "value") is not None):
        return True  # "does the third need the gre", "is the second public"
    return span is not None and span.get("noun", "loose") is not None


def _ordinal(parts: Parts) -> Reference:
    grammar, context = parts.grammar, parts.context
    group = context.group(parts.kind)
    if len(group) < 2:
        return NOTHING
    supers = {place for order in parts.supers for place in order.used}
    for hit in grammar.of("ordinals", "last_words", "middle_words", "former", "latter"):
        if any(hit.end <= place <= hit.end + 1 for place in supers) or parts.scan.within(hit):
            continue
        amount = next((a for a in parts.scan.amounts if a.start == hit.end and a.low < 10), None)
        if amount is not None and hit.name in ("ordinals", "last_words"):
            count = int(amount.low)
            ids = group[-count:] if hit.name == "last_words" else group[:count]
            return Reference("ordinal", ids, frozenset(range(hit.start, amount.end)))
        if not _follows(parts, hit.end, "yes_no_start", "weak_before"):
            continue
        place = {"former": 1, "latter": len(group), "last_words": len(group), "middle_words": (len(group) + 1) // 2}.get(hit.name)
        if place is None:
            place = parts.lexicon.ordinals.get(tuple(grammar.line.keys[hit.start : hit.end]), 0)
        if 1 <= place <= len(group):
            return Reference("ordinal", (group[place - 1],), _with_one(parts, hit))
    for hit in grammar.of("option_words"):
        amount = next((a for a in parts.scan.amounts if a.start == hit.end and a.low == int(a.low)), None)
        if amount is not None and 1 <= amount.low <= len(group):
            return Reference("ordinal", (group[int(amount.low) - 1],), frozenset(range(hit.start, amount.end)))
    return NOTHING


def _with_one(parts: Parts, hit: Hit) -> frozenset[int]:
    end = hit.end + 1 if hit.end < parts.grammar.end and parts.scan.covered.get(hit.end) is not None else hit.end
    return frozenset(range(hit.start, end))


def _relative(parts: Parts) -> Reference:
    """"the one with the co-op", "the school that has bridge courses", where something else is asked of it."""
    grammar, words = parts.grammar, parts.grammar.line.words
    for definite in grammar.of("definite"):
        span = parts.scan.covered.get(definite.end)
        one = next((hit.end for hit in grammar.of("one_words") if hit.start == definite.end and words[hit.start].raw != "ones"), None)
        end = one or (span.end if span is not None and span.get("noun", "loose") is not None and not words[span.end - 1].raw.endswith("s") else None)
        if end is None or words[end - 1].after or not any(hit.start == end for hit in grammar.of("relative")):
            continue
        pick = next((p for p in parts.picks if end < p.span.start <= end + 4 and p.filters and not any(
            words[i].after for i in range(end, p.span.start))), None)
        if pick is None:
            continue
        used = pick.used | frozenset(range(definite.start, pick.span.end))
        rest = [s for s in parts.scan.spans if s.start not in used and s.get("asked", "weak", "value", "opposite", "derived", "absent")]
        if rest:
            where = Where(pick.key, pick.test, parts.text(end, pick.span.end))
            parts.told = used
            return Reference("described", (), used, (where,), scope=())
    return NOTHING


def _described(parts: Parts) -> Reference:
    """"the cheap one", "that state school", "the async one": a definite article, a mark, and "one" or a noun."""
    grammar = parts.grammar
    starts = {hit.end for hit in grammar.of("definite")}
    scope = parts.context.recent(parts.kind)
    for span in parts.scan.spans:
        if span.start not in starts or parts.grammar.starts("which"):
            continue
        noun_inside = span.get("value") is not None and any(grammar.line.keys[span.end - 1] == n for n in ("school", "univers"))
        closed = noun_inside or any(hit.start == span.end for hit in grammar.of("one_words")) or (
            (after := parts.scan.covered.get(span.end)) is not None and after.get("noun", "loose") is not None)
        last = grammar.line.words[(span.end if not noun_inside else span.end - 1)].raw if closed and span.end <= grammar.end else ""
        if not closed or last.endswith("s") and last in ("ones", "schools", "programs", "universities", "options") or span.end < grammar.end and grammar.key(span.end + 1) in ("that", "which", "with", "who"):
            continue
        end = span.end if noun_inside else span.end + 1
        used = frozenset(range(span.start, end))
        adjective = span.get("adjective")
        if adjective is not None:
            return Reference("described", (), used, sort=Sort(adjective.key, adjective.value), scope=scope)  # type: ignore[arg-type]
        comparative = span.get("compar")
        if comparative is not None and len(scope) > 1 and not grammar.has("than"):
            return Reference("described", (), used, sort=Sort(comparative.key, comparative.value), scope=scope)  # type: ignore[arg-type]
        superlative = span.get("super")
        if superlative is not None and scope and not grammar.has("ordinals", "next_best"):
            return Reference("described", (), used, sort=Sort(superlative.key, superlative.value), scope=scope)  # type: ignore[arg-type]
        pick = next((p for p in parts.picks if p.span is span and p.firm), None)
        if pick is not None:
            where = Where(pick.key, pick.test, parts.text(span.start, end))
            return Reference("described", (), used | pick.used, (where,), scope=scope)
    for bound in parts.bounds:
        if bound.amount.start in starts and any(hit.start == bound.amount.end for hit in grammar.of("one_words")) and not bound.explicit:
            test = Test("about", low=bound.amount.low, high=bound.amount.low) if bound.test.op == "at most" else bound.test
            where = Where(bound.key, test, parts.text(bound.amount.start, bound.amount.end))
            return Reference("described", (), frozenset(range(bound.amount.start, bound.amount.end + 1)), (where,), scope=scope)
    return NOTHING


def _pronouns(parts: Parts) -> Reference:
    """Pronouns, longest first; "either" and "each" only where a group is in focus."""
    context, kind = parts.context, parts.kind
    if context.unseen and context.last is not None and context.last.kind == kind:
        pronouns = [hit for hit in parts.grammar.of("it_refs", "they_refs") if not parts.scan.within(hit)]
        if pronouns:
            return _of_last(parts, frozenset(place for hit in pronouns for place in range(hit.start, hit.end)))
    hits: list[Hit] = sorted(parts.grammar.of("both_refs", "other_refs", "they_refs", "it_refs"), key=lambda h: (h.start - h.end, h.start))
    for hit in hits:
        if parts.scan.covered.get(hit.start) is not None and parts.scan.within(hit):
            continue
        if hit.name == "it_refs" and hit.end - hit.start == 1 and _is_article(parts, hit):
            continue
        ids: tuple[str, ...] = ()
        if hit.name == "both_refs":
            ids = context.pair(kind)
        elif hit.name == "other_refs":
            ids = context.others(kind, parts.lexicon.by_kind[kind])
        elif hit.name == "they_refs":
            ids = context.they(kind)
        else:
            ids = context.it(kind)
        if ids:
            source = {"both_refs": "both", "other_refs": "others", "they_refs": "they"}.get(hit.name, "it")
            return Reference(source, ids, frozenset(range(hit.start, hit.end)))
    return NOTHING


def _of_last(parts: Parts, used: frozenset[int]) -> Reference:
    """What the question before, in the same message, will answer: its conditions and its order."""
    last = parts.context.last
    assert last is not None
    return Reference("last", (), used, last.where, last.sort, last.scope)


def _is_article(parts: Parts, hit: Hit) -> bool:
    """"that" or "this" before a noun, or as a relative ("one that also ..."), "there" of "is there any": no references."""
    key = parts.grammar.key(hit.start)
    before, after = parts.grammar.key(hit.start - 1), parts.grammar.key(hit.end)
    if key == "there":
        return before in ("is", "are", "was", "were", "if") or after in ("is", "are", "any")
    if key in ("that", "thi"):
        span = parts.scan.covered.get(hit.start - 1)
        return before in ("one", "ones", "any", "anyth", "someth", "all") or (span is not None and span.get("noun", "loose") is not None) or (
            after in ("is", "are") and hit.start == parts.grammar.start and False)
    return False
