"""All that a clause may ask, each reading with the words it explains; the one that explains most is taken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from advisor.knowledge.conditions import Test
from advisor.knowledge.queries import Asked, Query, Sort, Where
from advisor.understanding.tables.parts import Parts
from advisor.understanding.tables.references import NOTHING, Reference, implied, resolve


@dataclass(frozen=True, slots=True)
class Candidate:
    """One reading: the query, the words it explains, and a small bonus that only settles near-ties."""

    name: str
    query: Query
    used: frozenset[int]
    bonus: float = 0.0

    def kind_needs_name(self, listed: tuple[str, ...]) -> bool:
        """Kinds that are not listed are asked about by name or noun only."""
        return self.query.kind not in listed


def _merge(old: tuple[Where, ...], new: tuple[Where, ...]) -> tuple[Where, ...]:
    """New conditions replace old ones on the same column."""
    keys = {where.key for where in new}
    return (*(where for where in old if where.key not in keys), *new)


class Readings:
    """The readings of one clause for one kind."""

    def __init__(self, parts: Parts) -> None:
        self.parts, self.grammar, self.kind = parts, parts.grammar, parts.kind
        self.context = parts.context
        self.ref = resolve(parts)
        self.fallback = implied(parts) if not self.ref.found else NOTHING
        self.firm = [pick for pick in parts.picks if pick.firm]
        about = {hit.start for hit in self.grammar.of("card")}
        self.wh = any(hit.start not in about for hit in parts.hit("which")) and not self.grammar.starts("yes_no_start")
        self.asks_yes_no = self.grammar.starts("yes_no_start")

    # ------------------------------------------------------------------ building
    def _query(self, asked: Asked, ref: Reference = NOTHING, columns: tuple[str, ...] = (), where: tuple[Where, ...] = (),
               sort: Sort | None = None, **more: object) -> Query:
        subjects = ref.ids
        return Query(asked, self.kind, subjects, columns, _merge(where, ref.where), sort or ref.sort,
                     scope=ref.scope if not subjects else (), **more)  # type: ignore[arg-type]

    def _columns(self, skip: frozenset[str] = frozenset()) -> tuple[tuple[str, ...], frozenset[int]]:
        spans = [(key, span) for key, span in self.parts.asked if key not in skip]
        return tuple(dict.fromkeys(key for key, _ in spans)), self.parts.places(*(span for _, span in spans)) | self.parts.idle

    def _subject(self, focus: bool = True) -> Reference:
        return self.ref if self.ref.found else (self.fallback if focus else NOTHING)

    def _nouns(self) -> frozenset[int]:
        return self.parts.places(*self.parts.nouns, *self.parts.loose, *self.parts.inert)

    def all(self) -> list[Candidate]:
        """Every reading that is possible, in the order that settles ties."""
        makers = (self._not_held, self._absent, self._pair, self._difference, self._compare, self._per_unit, self._yes_no_order,
                  self._yes_no_number, self._yes_no_choice, self._yes_no_list, self._average, self._extreme, self._cheaper_than, self._count,
                  self._value, self._card, self._which, self._rank, self._top, self._named_only)
        return [candidate for make in makers for candidate in make()]

    # ------------------------------------------------------------------ not in the tables
    def _not_held(self) -> Iterator[Candidate]:
        parts = self.parts
        if not parts.not_held:
            return
        key, span = parts.not_held[0]
        columns, used = self._columns()
        kind, _, id_ = key.rpartition("/")
        query = Query("not_held", kind or self.kind, attributes=columns if not kind else (), named=id_)
        everything = used | parts.places(*(s for _, s in parts.not_held)) | parts.name_places | self._nouns() | parts.taken
        everything |= parts.places(*(s for _, s in parts.absent))
        everything |= frozenset(p for pick in parts.picks for p in pick.used)
        yield Candidate("not_held", query, everything, 0.05)

    def _absent(self) -> Iterator[Candidate]:
        parts = self.parts
        if not parts.absent or parts.bounds and not parts.subjects:
            return
        ref = self._subject()
        keys = tuple(dict.fromkeys(key for key, _ in parts.absent))
        columns, used = self._columns()
        query = Query("absent", self.kind, ref.ids, keys)
        spans = parts.places(*(span for _, span in parts.absent))
        orders = frozenset(p for order in (*parts.supers, *parts.compars) for p in order.used)
        yield Candidate("absent", query, spans | ref.used | used | self._nouns() | orders, 0.12 if ref.found or parts.nouns else 0.02)

    # ------------------------------------------------------------------ several things
    def _both(self) -> Reference:
        """Subjects and yardsticks together, at least two."""
        parts = self.parts
        ids = tuple(dict.fromkeys((*self.ref.ids, *parts.yard)))
        used = self.ref.used | parts.name_places
        pair = self.context.pair(self.kind)
        if len(ids) == 1 and ids[0] in pair and self.grammar.has("difference"):
            ids = (*ids, *(i for i in pair if i not in ids))
        if len(ids) == 1 and not parts.nouns:
            top = self.context.it(self.kind)
            if top and top[0] not in ids and self.grammar.has("compare", "difference", "compar"):
                ids = (*top, *ids)
        if len(ids) < 2 and not self.ref.found and not parts.yard:
            pair = self.context.pair(self.kind) or (group if 2 <= len(group := self.context.they(self.kind)) <= 4 else ())
            ids = pair
        return Reference("both", ids, used) if len(ids) > 1 else NOTHING

    def _pair(self) -> Iterator[Candidate]:
        """"which is cheaper, A or B", "is A cheaper than B", "which pays more"."""
        parts = self.parts
        if not parts.compars or parts.hit("difference"):
            return
        both = self._both()
        if not both.found or parts.nouns and not parts.yard and self.ref.source != "named":
            return
        order = parts.compars[0]
        used = both.used | order.used | self._columns()[1] | self._nouns()
        if self.asks_yes_no and len(both.ids) == 2 and (parts.yard or self.grammar.has("than")):
            ids = (*self.ref.ids, *parts.yard) if parts.yard and self.ref.ids else both.ids
            query = Query("yes_no", self.kind, tuple(dict.fromkeys(ids)), (order.sort.key,), sort=order.sort)
            yield Candidate("yes_no.pair", query, used, 0.03)
        elif not parts.yard or self.ref.ids:
            if self.wh or self.grammar.asks or both.used:
                query = Query("extreme", self.kind, (), (order.sort.key,), sort=order.sort, scope=both.ids)
                yield Candidate("extreme.pair", query, used, 0.02)

    def _difference(self) -> Iterator[Candidate]:
        parts = self.parts
        hits = parts.grammar.of("difference")
        both = self._both()
        if not hits or not both.found:
            return
        column = next((o.sort.key for o in parts.compars), None) or next(
            (key for key, _ in parts.asked if self._numeric(key)), None) or next((key for key, _ in parts.derived), None)
        plain = all(self.grammar.line.keys[h.start : h.end] == ["differenc"] or "differ" in self.grammar.line.keys[h.start] for h in hits)
        if column is None and plain:
            return
        key = column or next((k for k, a in parts.declared.attributes.items() if a.type == "money"), None)
        if key is None:
            return
        orders = frozenset(p for order in parts.compars for p in order.used)
        query = Query("difference", self.kind, both.ids, (key,))
        yield Candidate("difference", query, both.used | orders | self._columns()[1] | self._hits("difference") | self._nouns(), 0.04)

    def _numeric(self, key: str) -> bool:
        attribute = self.parts.declared.attributes.get(key)
        return attribute is not None and attribute.type in ("number", "money")

    def _hits(self, *names: str) -> frozenset[int]:
        return self.parts.places(*self.grammar.of(*names))

    def _compare(self) -> Iterator[Candidate]:
        parts = self.parts
        said = bool(self.grammar.of("compare")) or self.grammar.has("compare_frame") and "apart" in self.grammar.line.keys
        both = self._both() if said else Reference("named", tuple(dict.fromkeys((*parts.subjects, *parts.yard))), parts.name_places)
        if len(both.ids) < 2:
            return
        columns, used = self._columns()
        joined = any(self.grammar.key(n.span.start - 1) == "or" for n in parts.named)
        if not said and (self.kind not in parts.lexicon.words.listed or not joined or columns or parts.picks or parts.supers or parts.compars or parts.bounds):
            return
        derived = tuple(key for key, _ in parts.derived)
        picks = tuple(dict.fromkeys(pick.key for pick in parts.picks))
        last = self.context.last
        if not (columns or derived or picks) and self.ref.source == "named" and last is not None and last.kind == self.kind and (
                last.asked in ("value", "per_unit") and set(last.subjects) & set(both.ids)):
            columns = last.attributes
        query = Query("compare", self.kind, both.ids, tuple(dict.fromkeys((*columns, *derived, *picks))))
        used |= both.used | self._nouns() | self._hits("compare", "compare_frame") | parts.places(*(s for _, s in parts.derived))
        used |= frozenset(p for pick in parts.picks for p in pick.used) | frozenset(p for o in parts.compars for p in o.used)
        yield Candidate("compare", query, used, 0.03)

    def _per_unit(self) -> Iterator[Candidate]:
        parts = self.parts
        if not parts.derived or parts.supers or parts.compars:
            return
        ref = self._subject()
        where, more = parts.wheres(self.firm) if not ref.ids else ((), frozenset())
        query = self._query("per_unit", ref, tuple(dict.fromkeys(key for key, _ in parts.derived)), where)
        yield Candidate("per_unit", query, ref.used | more | self._columns()[1] | parts.places(*(s for _, s in parts.derived)) | self._nouns(), 0.03)

    # ------------------------------------------------------------------ yes or no
    def _quantifier(self) -> str:
        start = self.grammar.body
        for hit in self.grammar.of("quantifier_all", "quantifier_any"):
            if start <= hit.start <= start + 2:
                return "all" if hit.name == "quantifier_all" else "any"
        return ""

    def _yes_no_order(self) -> Iterator[Candidate]:
        """"is X the cheapest"."""
        parts = self.parts
        ref = self._subject()
        if not self.asks_yes_no or not parts.supers or len(ref.ids) != 1 or ref.source == "focus":
            return
        order = parts.supers[0]
        where, more = parts.wheres(self.firm)
        query = Query("yes_no", self.kind, ref.ids, (order.sort.key,), where, order.sort)
        yield Candidate("yes_no.order", query, ref.used | order.used | more | self._nouns() | self._columns()[1], 0.03)

    def _yes_no_number(self) -> Iterator[Candidate]:
        """"is drexel under 60k", "is 60k enough for usc", "does it cost 40k"."""
        parts = self.parts
        ref = self._subject()
        enough = self.grammar.of("enough")
        if not parts.bounds or not ref.found or self.wh or not (self.asks_yes_no or self.grammar.marked or enough):
            return
        if ref.source == "described" and ref.where:
            return
        if ref.source == "focus" and (not self.asks_yes_no or not self._columns()[0] and not parts.compars and not enough):
            return
        tests = []
        for bound in parts.bounds:
            test = bound.test
            if enough:
                test = Test("at most", high=bound.amount.high)
            elif not bound.explicit and test.op in ("at most", "at least"):
                test = Test("about", low=bound.amount.low, high=bound.amount.high)
            tests.append(Where(bound.key, test, parts.text(bound.start, bound.end)))
        used = ref.used | self._hits("enough") | self._nouns() | frozenset(p for b in parts.bounds for p in range(b.start, b.end))
        columns = tuple(dict.fromkeys(w.key for w in tests))
        used |= parts.places(*(s for k, s in parts.asked if self._numeric(k)), *parts.scan.negators)
        query = Query("yes_no", self.kind, ref.ids, columns, tuple(tests), scope=ref.scope, sort=ref.sort,
                      quantifier=self._quantifier() or "")  # type: ignore[arg-type]
        yield Candidate("yes_no.number", query, used, 0.02)

    def _yes_no_choice(self) -> Iterator[Candidate]:
        parts = self.parts
        ref = self._subject()
        picks = [p for p in parts.picks if p.asked and not (ref.where and p.span.start in ref.used)]
        quantifier = self._quantifier()
        question = self.asks_yes_no or self.grammar.marked or ref.source == "named" and bool(self.firm)
        if not picks or not question or self.wh and not quantifier or self.grammar.of("count") or self.grammar.has("premise") and not self.asks_yes_no:
            return
        if not self.asks_yes_no and not any(p.firm for p in picks):
            return
        if not ref.found and not (self.asks_yes_no and (quantifier or self.grammar.of("own", "need") or parts.nouns)):
            return
        if parts.bounds or parts.supers or parts.compars:
            return
        main = next((p for p in picks if p.firm), picks[0])
        others = [p for p in picks if p.key != main.key]
        if not ref.ids and not quantifier and parts.nouns and others:
            return
        used = ref.used | self._nouns() | frozenset(p for pick in picks if pick.key == main.key for p in pick.used)
        columns, more = self._columns(frozenset(p.key for p in others))
        where: tuple[Where, ...] = ()
        if others and ref.ids:
            where = tuple(Where(p.key, Test("is", values=p.asked), parts.text(min(p.used), max(p.used) + 1)) for p in others)
            used |= frozenset(x for p in others for x in p.used)
        wanted = tuple(dict.fromkeys(v for p in picks if p.key == main.key for v in p.asked)) if self._alternatives(picks, main.key) else main.asked
        query = Query("yes_no", self.kind, ref.ids, (main.key, *(w.key for w in where)), _merge(where, ref.where), ref.sort, scope=ref.scope if not ref.ids else (),
                      wanted=wanted, quantifier=quantifier)  # type: ignore[arg-type]
        if self._both_sides(picks, main.key):
            query = self._query("value", ref, (main.key,))
        yield Candidate("yes_no.choice", query, used | more, 0.03)

    def _alternatives(self, picks: list, key: str) -> bool:  # type: ignore[type-arg]
        same = [p for p in picks if p.key == key]
        return len(same) > 1 and not self._both_sides(picks, key) and any(self.grammar.key(p.span.start - 1) == "or" for p in same)

    def _both_sides(self, picks: list, key: str) -> bool:  # type: ignore[type-arg]
        """"online or hybrid?", "public or private?": all values are offered, so the cell is asked for."""
        same = [p for p in picks if p.key == key and p.asked]
        values = {v for p in same for v in p.asked}
        return len(same) > 1 and values == set(self.parts.declared.attributes[key].values)

    def _yes_no_list(self) -> Iterator[Candidate]:
        parts = self.parts
        ref = self._subject()
        if not parts.lists or not self.asks_yes_no or not ref.ids or self.wh and not self._quantifier():
            return
        key = parts.lists[0][0]
        ids = tuple(dict.fromkeys(i for k, found, _, _ in parts.lists if k == key for i in found))
        used = ref.used | self._nouns() | parts.places(*(span for _, _, span, _ in parts.lists)) | parts.places(*(s for _, s in parts.asked))
        query = Query("yes_no", self.kind, ref.ids, (key,), wanted=ids, quantifier=self._quantifier())  # type: ignore[arg-type]
        yield Candidate("yes_no.list", query, used, 0.03)

    # ------------------------------------------------------------------ over the table
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
            if last.asked in ("which", "compare", "extreme", "count") and not self._own_noun():
                group = self.context.group(self.kind) if last.asked == "extreme" else (top.ids if top else ())
                if len(group) > 1:
                    return group, frozenset()
        return (), frozenset()

    def _own_noun(self) -> bool:
        """"the cheapest one", "cheapest option" still mean the group; a full condition of its own means the table."""
        return bool(self.parts.bounds or self.firm or self.parts.lists)

    def _listing(self) -> tuple[list, tuple[Where, ...], frozenset[int]]:  # type: ignore[type-arg]
        """The picks that are conditions of a list question, and all its conditions."""
        parts = self.parts
        show = {hit.start for hit in parts.hit("show_columns")}
        other = [key for key, _ in parts.asked]
        cue = parts.nouns or parts.loose or self.wh or parts.hit("list_verb", "count")
        picks = [p for p in parts.picks if p.firm and p.asked]
        for pick in parts.picks:
            if not pick.firm and pick.asked and cue and (len(set(other)) <= 1 and not any(s < pick.span.start for s in show)):
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

    def _extreme(self) -> Iterator[Candidate]:
        parts = self.parts
        if not parts.supers or self.asks_yes_no and len(self.ref.ids) == 1 and self.ref.source == "named":
            return
        order = parts.supers[-1] if len(parts.supers) > 1 and parts.supers[0].sort == parts.supers[-1].sort else parts.supers[0]
        scope, used = self._scope()
        _, where, more = self._listing()
        if self.ref.source == "named" and len(self.ref.ids) == 1:
            scope = ()
        nth, limit, counted = self._position(order.start, order.end)
        shown, spans = self._shown(where)
        used |= more | order.used | counted | self._nouns() | spans | parts.places(*(s for _, s in parts.derived))
        columns = tuple(dict.fromkeys((order.sort.key, *shown)))
        query = Query("extreme", self.kind, (), columns, where, order.sort, nth, limit, scope)
        yield Candidate("extreme", query, used, 0.03)

    def _position(self, start: int, end: int) -> tuple[int, int | None, frozenset[int]]:
        """"second cheapest" and "2 cheapest"; "top 3"."""
        grammar = self.grammar
        for hit in grammar.of("ordinals"):
            if 0 <= start - hit.end <= 1 and hit.end > grammar.start:
                place = self.parts.lexicon.ordinals.get(tuple(grammar.line.keys[hit.start : hit.end]), 1)
                return place, None, frozenset(range(hit.start, hit.end))
        for amount in self.parts.scan.amounts:
            if amount.low <= 10 and not amount.money and (0 <= start - amount.end <= 1 or amount.start == end) and amount.low > 1:
                return 1, int(amount.low), frozenset(range(amount.start, amount.end))
        return 1, None, frozenset()

    def _cheaper_than(self) -> Iterator[Candidate]:
        """"anything cheaper than X", "cheaper?" after X: X's own figure becomes the limit, and X is left out."""
        parts = self.parts
        if not parts.compars or self.asks_yes_no and self.ref.source == "named" or parts.hit("difference"):
            return
        order = parts.compars[0]
        yard = parts.yard[:1] or (self.ref.ids[:1] if self.ref.source in ("it", "named") and self.grammar.has("than") else ())
        if not yard and not parts.subjects and not self.grammar.has("than"):
            yard = self.context.it(self.kind)
        if not yard:
            return
        value = parts.lexicon.things[yard[0]].value(order.sort.key)
        if value is None or value.low is None:
            return
        lower = order.sort.direction == "lower"
        figure = value.low if lower else (value.high or value.low)
        test = Test("under", high=figure) if lower else Test("over", low=figure)
        _, where, more = self._listing()
        bounds = (Where(order.sort.key, test, parts.text(order.start, order.end)), Where("id", Test("not", values=yard)))
        used = order.used | parts.name_places | more | self._nouns() | self.ref.used
        query = Query("count" if parts.hit("count") else "which", self.kind, (), (), _merge(where, bounds))
        yield Candidate("which.than", query, used, 0.02 if parts.yard or parts.nouns or parts.loose or self.wh else -0.02)

    def _average(self) -> Iterator[Candidate]:
        parts = self.parts
        keys = [key for key, _ in parts.asked if self._numeric(key)]
        if not parts.hit("average") or not keys:
            return
        scope, used = self._scope()
        if self.ref.ids:
            scope, used = self.ref.ids, self.ref.used
        _, where, more = self._listing()
        query = Query("average", self.kind, (), (keys[0],), where, scope=scope)
        yield Candidate("average", query, used | more | self._columns()[1] | self._nouns() | self._hits("average"), 0.05)

    def _count(self) -> Iterator[Candidate]:
        parts = self.parts
        hits = parts.hit("count")
        if not hits or any(self._numeric(key) and 0 <= span.start - hit.end <= 1 for hit in hits for key, span in parts.asked):
            return  # "how many credits ..." asks for a cell
        _, where, more = self._listing()
        scope, used = (self.ref.ids, self.ref.used) if len(self.ref.ids) > 1 else ((), frozenset())
        if not (where or parts.nouns or parts.loose or scope):
            return
        query = Query("count", self.kind, (), (), where, scope=scope)
        yield Candidate("count", query, used | more | self._nouns() | self._columns()[1] | self._hits("count"), 0.05)

    # ------------------------------------------------------------------ values, cards, lists
    def _value(self) -> Iterator[Candidate]:
        parts = self.parts
        columns, used = self._columns()
        derived = tuple(key for key, _ in parts.derived)
        ref = self._subject()
        if not columns or ref.source == "described" and not ref.used - used:
            return
        if parts.supers and ref.source != "described":
            return
        columns = tuple(dict.fromkeys((*columns, *derived, *(p.key for p in parts.picks if not p.firm))))
        used |= ref.used | self._nouns() | parts.places(*(s for _, s in parts.derived))
        where: tuple[Where, ...] = ()
        if not ref.found:
            if self.context.last is not None and self.context.last.kind == self.kind and not parts.nouns and self.grammar.has("they_refs", "it_refs"):
                last = self.context.last
                yield Candidate("value.last", replace(last, asked="value", attributes=columns, wanted=(), limit=None), used, -0.01)
            if parts.inert and not parts.nouns:
                return
            strong = [k for k in columns if not parts.declared.attributes.get(k) or parts.declared.attributes[k].type in ("money", "number", "choice")]
            if not self.grammar.asks and len(self.grammar.line.words) > 4:
                return
            if parts.bounds or self.firm or not strong:
                return
        yield Candidate("value", self._query("value", ref, columns, where), used, 0.0 if ref.found else -0.05)

    def _card(self) -> Iterator[Candidate]:
        parts = self.parts
        if not self.ref.found or not self.grammar.of("card") or self.ref.source == "focus":
            return
        used = self.ref.used | self._hits("card") | self._nouns()
        yield Candidate("card", self._query("card", self.ref), used, -0.02)

    def _which(self) -> Iterator[Candidate]:
        parts = self.parts
        if parts.supers or parts.subjects and not parts.nouns and not self.wh:
            return
        picks, where, used = self._listing()
        if not where or self.ref.source == "described":
            return
        cue = parts.nouns or parts.loose or self.wh or parts.hit("list_verb", "which")
        if not cue and (self.grammar.asks and self.ref.found or len(where) == len(parts.lists)):
            return
        scope, more = (self.ref.ids, self.ref.used) if self.ref.source in ("they", "both", "others", "ordinal") and len(self.ref.ids) > 1 else ((), frozenset())
        last = self.context.last
        if not scope and self.wh and not parts.nouns and not parts.loose and last is not None and last.asked == "compare" and last.kind == self.kind:
            scope = last.subjects
        columns, shown = self._shown(where)
        query = Query("which", self.kind, (), columns, where, scope=scope)
        sort = next((s.sort for s in parts.compars), None)
        if sort is not None and not any(w.key == sort.key for w in where):
            query, used = replace(query, sort=sort), used | frozenset(p for o in parts.compars for p in o.used)
        yield Candidate("which", query, used | more | self._nouns() | shown, 0.01)

    def _rank(self) -> Iterator[Candidate]:
        """"rank them by price", "sort by credits"; "which schools do you have"."""
        parts = self.parts
        columns, used = self._columns()
        if self.grammar.of("rank") and columns:
            key = columns[0]
            attribute = parts.declared.attributes[key]
            down = any(o.sort.direction == "higher" for o in parts.supers)
            direction = "higher" if down or not parts.supers and attribute.better == "higher" else "lower"
            scope, more = self._scope()
            _, where, taken = self._listing()
            where = tuple(w for w in where if w.key != key)
            query = Query("which", self.kind, (), columns, where, Sort(key, direction), scope=scope)  # type: ignore[arg-type]
            yield Candidate("rank", query, used | more | taken | self._nouns() | self._hits("rank") | parts.taken, 0.05)

    def _top(self) -> Iterator[Candidate]:
        """"top 3 by ml courses": the best by a column that has a better end."""
        parts = self.parts
        for hit in self.grammar.of("top"):
            amount = next((a for a in parts.scan.amounts if a.start == hit.end and a.low <= 10), None)
            column = next(((k, s) for k, s in parts.asked if self._numeric(k) and parts.declared.attributes[k].better), None)
            if amount is None or column is None:
                continue
            _, where, more = self._listing()
            used = more | parts.places(hit, column[1]) | frozenset(range(amount.start, amount.end)) | self._nouns() | self._hits("rank")
            sort = Sort(column[0], parts.declared.attributes[column[0]].better or "lower")
            where = tuple(w for w in where if w.key != column[0])
            yield Candidate("extreme.top", Query("extreme", self.kind, (), (column[0],), where, sort, limit=int(amount.low)), used, 0.06)

    def _named_only(self) -> Iterator[Candidate]:
        """A name with nothing that is read: its card."""
        parts = self.parts
        if self.ref.source == "named" and not parts.not_held and self.kind in parts.lexicon.words.listed:
            yield Candidate("card.name", self._query("card", self.ref), self.ref.used | self._nouns(), -0.1)
