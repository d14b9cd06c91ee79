"""What all readings of a clause share: subjects, columns, the group meant, and the conditions of a list question."""

from __future__ import annotations

from msgspec import Struct

from advisor.knowledge.queries import Asked, Query, Sort, Where
from advisor.knowledge.values import Value
from advisor.understanding.tables.choices import Pick
from advisor.understanding.tables.parts import Parts
from advisor.understanding.tables.references import NOTHING, Reference, implied, resolve


class Candidate(Struct, frozen=True):
    """One reading: the query, the words it explains, and a small bonus that only settles near-ties."""

    name: str
    query: Query
    used: frozenset[int]
    bonus: float = 0.0

    def kind_needs_name(self, listed: tuple[str, ...]) -> bool:
        """Kinds that are not listed are asked about by name or noun only."""
        return self.query.kind not in listed


#: A stated figure within this share of the cell is the cell's own, rounded.
ROUNDED = 0.05


def contradicts(value: Value | None, figure: float) -> bool:
    """Whether a stated figure is none of the cell's: outside both its ends, rounding aside (one open above counts by its floor)."""
    if value is None or value.low is None:
        return False
    high = value.high if value.high is not None else value.low
    return figure < value.low * (1 - ROUNDED) or figure > high * (1 + ROUNDED)


def merged(old: tuple[Where, ...], new: tuple[Where, ...]) -> tuple[Where, ...]:
    """New conditions replace old ones on the same column."""
    keys = {where.key for where in new}
    return (*(where for where in old if where.key not in keys), *new)


class ClauseReading:
    """One clause read as a question about one kind; the makers of candidates build on it."""

    def __init__(self, parts: Parts) -> None:
        self.parts, self.grammar, self.kind = parts, parts.grammar, parts.kind
        self.context = parts.context
        self.ref = resolve(parts)
        self.fallback = implied(parts) if not self.ref.found else NOTHING
        self.firm = [pick for pick in parts.picks if pick.firm]
        about = {hit.start for hit in self.grammar.of("card")}
        self.wh = any(hit.start not in about for hit in parts.hit("which")) and not self.grammar.starts("yes_no_start")
        grammar = self.grammar
        states = grammar.refuses or grammar.demands or grammar.denies and not grammar.marked
        self.asks_yes_no = grammar.starts("yes_no_start") and not states or not grammar.starts("which") and grammar.follows_comma("yes_no_start")

    def _query(self, asked: Asked, ref: Reference = NOTHING, columns: tuple[str, ...] = (), where: tuple[Where, ...] = (),
               sort: Sort | None = None, **more: object) -> Query:
        subjects = ref.ids
        return Query(asked, self.kind, subjects, columns, merged(where, ref.where), sort or ref.sort,
                     scope=ref.scope if not subjects else (), **more)  # type: ignore[arg-type]

    def _columns(self, skip: frozenset[str] = frozenset()) -> tuple[tuple[str, ...], frozenset[int]]:
        spans = [(key, span) for key, span in self.parts.asked if key not in skip]
        return tuple(dict.fromkeys(key for key, _ in spans)), self.parts.places(*(span for _, span in spans)) | self.parts.idle

    def _subject(self, focus: bool = True) -> Reference:
        return self.ref if self.ref.found else (self.fallback if focus else NOTHING)

    def _nouns(self) -> frozenset[int]:
        return self.parts.places(*self.parts.nouns, *self.parts.loose, *self.parts.inert)

    def _hits(self, *names: str) -> frozenset[int]:
        return self.parts.places(*self.grammar.of(*names))

    def _numeric(self, key: str) -> bool:
        attribute = self.parts.declared.attributes.get(key)
        return attribute is not None and attribute.type in ("number", "money")

    def _scope(self) -> tuple[tuple[str, ...], frozenset[int]]:
        """The group that a question without a noun is about: "of those", or after a list or comparison simply "which is cheapest"."""
        parts = self.parts
        if self.ref.source in ("they", "both", "others", "ordinal") and len(self.ref.ids) > 1:
            return self.ref.ids, self.ref.used
        if len(parts.subjects) > 1:
            return parts.subjects, self.ref.used
        last = self.context.last
        if not parts.nouns and not self.grammar.has("overall", "quantifier_any", "quantifier_all") and last is not None and last.kind == self.kind:
            top = next(iter(self.context.frames(self.kind)), None)
            if last.where and all(w.own for w in last.where):
                return (), frozenset()  # the student's own limits carry themselves
            if last.asked in ("which", "compare", "extreme", "count") and not self._own_noun():
                group = top.ids if top else ()
                if last.asked == "extreme" and last.limit is None:
                    group = last.scope  # a ranking of all does not narrow the next question
                if 1 < len(group) < len(parts.lexicon.by_kind[self.kind]):
                    return group, frozenset()
        return (), frozenset()

    def _own_noun(self) -> bool:
        """"the cheapest one", "cheapest option" still mean the group; a full condition of its own means the table."""
        return bool(self.parts.bounds or self.firm or self.parts.lists)

    def _listing(self) -> tuple[list[Pick], tuple[Where, ...], frozenset[int]]:
        """The picks that are conditions of a list question, and all its conditions."""
        parts = self.parts
        show = {hit.start for hit in parts.hit("show_columns")}
        chosen = {pick.key for pick in parts.picks}
        other = [key for key, _ in parts.asked]
        other = other if any(key not in chosen for key in other) else other[:1]
        cue = parts.nouns or parts.loose or self.wh or parts.hit("list_verb", "count")
        picks = [p for p in parts.picks if p.firm and p.filters]
        for pick in parts.picks:
            if not pick.firm and pick.filters and cue and (len(set(other)) <= 1 and not any(s < pick.span.start for s in show)):
                picks.append(pick)
        where, used = parts.wheres(picks)
        return picks, where, used

    def _shown(self, where: tuple[Where, ...]) -> tuple[tuple[str, ...], frozenset[int]]:
        """Columns to show beside a list, without those that only lead to a condition ("good for nlp", "pay over 180k")."""
        parts = self.parts
        keys = {w.key for w in where}
        lists = [span.start for _, _, span, _ in parts.lists]
        leads = [(k, s) for k, s in parts.asked if k in keys or parts.declared.attributes[k].type in ("list", "text") and any(
            0 <= start - s.end <= 2 for start in lists)]
        columns = tuple(dict.fromkeys(k for k, s in parts.asked if (k, s) not in leads))
        return columns, parts.places(*(s for _, s in parts.asked)) | parts.idle

    def _by_name(self, where: tuple[Where, ...]) -> bool:
        """"what does an MLOps engineer do", "what is NLP": a name alone asks for no list; "good at NLP" or "schools" does."""
        parts = self.parts
        if not parts.lists or len(where) > len(parts.lists) or parts.nouns or parts.loose or parts.hit("list_verb", "count"):
            return False
        leads = any(0 <= listed[2].start - span.end <= 2 for _, span in parts.asked for listed in parts.lists)
        return not leads or self.grammar.starts("which") and self.grammar.has("deed") and not parts.asked

    def _quantifier(self) -> str:
        start = self.grammar.body
        for hit in self.grammar.of("quantifier_all", "quantifier_any"):
            if start <= hit.start <= start + 2:
                return "all" if hit.name == "quantifier_all" else "any"
        return ""

    def _both(self) -> Reference:
        """Subjects and yardsticks together, at least two."""
        parts = self.parts
        ids = tuple(dict.fromkeys((*self.ref.ids, *parts.yard)))
        used = self.ref.used | parts.name_places
        pair = self.context.pair(self.kind)
        if len(ids) == 1 and ids[0] in pair and self.grammar.has("difference"):
            ids = (*ids, *(i for i in pair if i not in ids))
        if len(ids) == 1 and not parts.nouns:
            # "compare it with Drexel": what was talked of last, and was not Drexel
            other = next((frame.ids[0] for frame in self.context.stack if frame.kind == self.kind and frame.ids and frame.ids[0] not in ids), None)
            if other and self.grammar.has("compare", "difference", "compar"):
                ids = (other, *ids)
        if len(ids) < 2 and not self.ref.found and not parts.yard:
            pair = self.context.pair(self.kind) or (group if 2 <= len(group := self.context.they(self.kind)) <= 4 else ())
            ids = pair
        return Reference("both", ids, used) if len(ids) > 1 else NOTHING
