"""Readings over a whole table or a group: which, the most, how many, the mean, in which order."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from advisor.knowledge.conditions import Test
from advisor.knowledge.queries import Query, Sort, Where
from advisor.understanding.tables.conditions import money_key
from advisor.understanding.tables.parts import Order
from advisor.understanding.tables.reading_base import Candidate, ClauseReading, merged


class OverTable(ClauseReading):
    """Readings over a table or a group of it."""

    def _extreme(self) -> Iterator[Candidate]:
        parts = self.parts
        if not parts.supers or self.asks_yes_no and len(self.ref.ids) == 1 and self.ref.source == "named":
            return
        order = parts.supers[0]
        if self._first():
            return
        if len(parts.supers) > 1 and order.sort == parts.supers[-1].sort:  # "the three cheapest, cheapest first"
            order = next((o for o in parts.supers if self._position(o.start, o.end)[2]), parts.supers[-1])
        scope, used = self._scope()
        _, where, more = self._listing()
        if self.ref.source == "named" and len(self.ref.ids) == 1:
            scope = ()
        nth, limit, counted = self._position(order.start, order.end)
        if nth == 2 and parts.barred and self.grammar.key(order.start - 1) == "next":
            nth = 1  # "the next cheapest after Georgia Tech": the one named is left out already
        shown, spans = self._shown(where)
        used |= more | frozenset(p for o in parts.supers if o.sort == order.sort for p in o.used) | counted | self._nouns() | spans | parts.places(*(s for _, s in parts.derived))
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
        for amount in self.parts.scan.amounts:  # "the two schools with the most credits", "which four are the cheapest"
            after = self.parts.scan.covered.get(amount.end)
            counted = after is not None and after.get("noun", "loose") is not None or grammar.key(amount.end) in ("are", "have", "hav")
            if amount.word and 2 <= amount.low <= 10 and counted and amount.end <= start and amount.start <= grammar.body + 3:
                return 1, int(amount.low), frozenset(range(amount.start, amount.end))
        for hit in grammar.of("top"):  # "cheapest programs in order, top three"
            for amount in self.parts.scan.amounts:
                if amount.start == hit.end and 2 <= amount.low <= 10 and not amount.money:
                    return 1, int(amount.low), frozenset(range(hit.start, amount.end))
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
        out = tuple(dict.fromkeys((*yard, *parts.barred)))
        bounds = (Where(order.sort.key, test, parts.text(order.start, order.end)), Where("id", Test("not", values=out)))
        used = order.used | parts.name_places | more | self._nouns() | self.ref.used
        query = Query("count" if parts.hit("count") else "which", self.kind, (), (), merged(where, bounds))
        yield Candidate("which.than", query, used, 0.02 if parts.yard or parts.nouns or parts.loose or self.wh else -0.02)

    def _fraction(self) -> Iterator[Candidate]:
        """"half of what columbia costs": a share of a named figure as the limit."""
        parts = self.parts
        hits = parts.hit("fractions")
        named = (*self.ref.ids, *parts.yard)[:1]
        key = next((k for k, _ in parts.asked if self._numeric(k)), None) or money_key(parts.declared)
        if not hits or not named or key is None or not (parts.nouns or parts.loose or self.wh):
            return
        share = parts.lexicon.fractions.get(tuple(self.grammar.line.keys[hits[-1].start : hits[-1].end]), 0.0)
        value = parts.lexicon.things[named[0]].value(key)
        if not share or value is None or value.low is None:
            return
        figure = round(value.low * share)
        test = Test("at most", high=figure) if share < 1 else Test("at least", low=figure)
        words = parts.text(hits[-1].start, self.grammar.end)
        query = Query("which", self.kind, (), (), (Where(key, test, words), Where("id", Test("not", values=named))))
        yield Candidate("which.share", query, self._hits("fractions") | self.ref.used | parts.name_places | self._nouns() | self._columns()[1] | parts.taken, 0.06)

    def _average(self) -> Iterator[Candidate]:
        parts = self.parts
        keys = [key for key, _ in parts.asked if self._numeric(key)]
        if not parts.hit("average") or not keys:
            return
        scope, used = self._scope()
        if self.ref.ids:
            plural = self.ref.source == "they" and len(self.ref.ids) == 1 and parts.grammar.of("they_refs")
            scope, used = () if plural else self.ref.ids, self.ref.used
        _, where, more = self._listing()
        query = Query("average", self.kind, (), (keys[0],), where, scope=scope)
        yield Candidate("average", query, used | more | self._columns()[1] | self._nouns() | self._hits("average"), 0.05)

    def _count(self) -> Iterator[Candidate]:
        parts = self.parts
        hits = parts.hit("count")
        noun = {span.start for span in (*parts.nouns, *parts.loose)}
        if not hits or any(parts.declared.attributes[key].type in ("number", "text") and 0 <= span.start - hit.end <= 1 and hit.end not in noun
                           for hit in hits for key, span in parts.asked):
            return  # "how many credits ..." asks for a cell
        _, where, more = self._listing()
        scope, used = (self.ref.ids, self.ref.used) if len(self.ref.ids) > 1 else ((), frozenset())
        if not (where or parts.nouns or parts.loose or scope):
            return
        query = Query("count", self.kind, (), (), where, scope=scope)
        yield Candidate("count", query, used | more | self._nouns() | self._columns()[1] | self._hits("count"), 0.05)

    def _which(self) -> Iterator[Candidate]:
        parts = self.parts
        if parts.supers or parts.subjects and not parts.nouns and not self.wh:
            return
        _picks, where, used = self._listing()
        if self.kind != parts.lexicon.words.default_kind and not (self.wh or parts.hit("list_verb", "count")) and (
                len(where) == len(parts.lists) or not self.grammar.asks and all(w.key == "id" for w in where)):
            return  # "how long does X take with a job" asks nothing of the jobs, "no CS" nothing of the degrees
        if self._by_name(where):
            return
        if parts.lists and not self.grammar.asks and not (parts.nouns or parts.loose or self.wh):
            where = tuple(w for w in where if all(w.key != listed[0] for listed in parts.lists))  # "i love vision, budget 40k": a liking, no limit
        if self.ref.source == "ordinal" and len(self.ref.ids) == 1 and parts.asked and not parts.bounds:
            return  # "gre for the last one?": one is asked about
        if not where or self.ref.source == "described" or self.ref.source == "it" and not parts.nouns and self.grammar.asks:
            return
        if self.asks_yes_no and any(b.amount.start <= self.grammar.body + 1 for b in parts.bounds):
            return  # "is two years realistic for these programs": no list is asked for
        if self.asks_yes_no and not parts.nouns and not parts.loose and any(
                hit.start == self.grammar.body + 1 and self.grammar.line.words[hit.start].raw != "there" for hit in self.grammar.of("it_refs")):
            return  # "is it under 60k?" with nothing in focus
        cue = parts.nouns or parts.loose or self.wh or parts.hit("list_verb", "which")
        if not cue and (self.grammar.asks and self.ref.found or len(where) == len(parts.lists) or parts.lists and self.asks_yes_no):
            return
        scope, more = (self.ref.ids, self.ref.used) if self.ref.source in ("they", "both", "others", "ordinal") and len(self.ref.ids) > 1 else ((), frozenset())
        last = self.context.last
        if not scope and self.wh and not parts.nouns and last is not None and last.asked == "compare" and last.kind == self.kind:
            scope = last.subjects
        columns, shown = self._shown(where)
        query = Query("which", self.kind, (), columns, where, scope=scope)
        sort = next((s.sort for s in parts.compars), None)
        if sort is not None and not any(w.key == sort.key for w in where):
            query, used = replace(query, sort=sort), used | frozenset(p for o in parts.compars for p in o.used)
        yield Candidate("which", query, used | more | self._nouns() | shown, 0.01)

    def _rank(self) -> Iterator[Candidate]:
        """"rank them by price", "sort by credits", "..., most expensive first"."""
        parts = self.parts
        columns, used = self._columns()
        first = self._first()
        if first and not columns:
            columns, used = (first.sort.key,), first.used
        if columns and (first or self.grammar.of("rank")):
            key = columns[0]
            attribute = parts.declared.attributes[key]
            down = any(o.sort.direction == "higher" for o in parts.supers)
            direction = "higher" if down or not parts.supers and attribute.better == "higher" else "lower"
            scope, more = self._scope()
            _, where, taken = self._listing()
            where = tuple(w for w in where if w.key != key or any(c.isdigit() for c in w.words))  # "from cheap to dear" is no limit
            query = Query("which", self.kind, (), columns, where, Sort(key, direction), scope=scope)  # type: ignore[arg-type]
            ordered = first.used | {first.end} if first else frozenset[int]()
            yield Candidate("rank", query, used | more | taken | self._nouns() | self._hits("rank") | parts.taken | ordered, 0.05)

    def _first(self) -> Order | None:
        """The order of "dearest first", which asks for no single program; None beside a count ("the 3 cheapest, cheapest first")."""
        supers, ordinals = self.parts.supers, self.parts.lexicon.ordinals
        if any(self._position(o.start, o.end)[1] for o in supers):
            return None
        return next((o for o in supers if ordinals.get((self.grammar.key(o.end),)) == 1), None)

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
