"""Readings that a yes or no answers: of a choice, a figure, a list, or an order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from advisor.knowledge.conditions import Test
from advisor.knowledge.queries import Query, Where
from advisor.understanding.tables.choices import Pick
from advisor.understanding.tables.conditions import money_key
from advisor.understanding.tables.reading_base import Candidate, ClauseReading, contradicts, merged
from advisor.understanding.tables.references import NOTHING, Reference


class YesNo(ClauseReading):
    """Readings that a yes or no answers."""

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
        if self.grammar.has("premise") and not self.asks_yes_no:
            return
        if not parts.bounds or not ref.found or self.wh or not (self.asks_yes_no or self.grammar.marked or enough):
            return
        if ref.source == "described" and ref.where:
            return
        last = self.context.last
        same = self.grammar.marked and last is not None and any(b.explicit and b.key in last.attributes for b in parts.bounds)
        if ref.source == "focus" and not same and (not self.asks_yes_no or not self._columns()[0] and not parts.compars and not enough):
            return
        if self.grammar.has("judged") and not enough and not any(b.explicit for b in parts.bounds) and ref.ids:
            yield from self._judged(ref)
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
        used |= parts.places(*(span for span in parts.scan.spans if any(sense.key in columns for sense in span.senses)))
        used |= parts.places(*(s for k, s in parts.asked if self._numeric(k)), *parts.scan.negators)
        query = Query("yes_no", self.kind, ref.ids, columns, tuple(tests), scope=ref.scope, sort=ref.sort,
                      quantifier=self._quantifier() or "")  # type: ignore[arg-type]
        yield Candidate("yes_no.number", query, used, 0.02)

    def _judged(self, ref: Reference) -> Iterator[Candidate]:
        """"is 20k for uiuc a good deal": the figure itself is told (put right where it is off), and no yes."""
        bound = self.parts.bounds[0]
        value = self.parts.lexicon.things[ref.ids[0]].value(bound.key)
        figure = bound.amount.low * (1000 if bound.amount.high < 1000 and self._numeric(bound.key) else 1)
        used = ref.used | self._hits("judged") | self._nouns() | self._columns()[1] | frozenset(range(bound.start, bound.end))
        used |= self.parts.places(*self.parts.spans("compar", "adjective", "band"))
        if contradicts(value, figure):
            yield Candidate("judged.premise", Query("premise", self.kind, ref.ids[:1], (bound.key,), stated=f"{figure:g}"), used, 0.1)
        else:
            yield Candidate("judged", Query("value", self.kind, ref.ids, (bound.key,)), used, 0.1)

    def _yes_no_own(self) -> Iterator[Candidate]:
        """"does my budget cover drexel", "can i afford it": the student's own limit is the figure."""
        parts = self.parts
        ref = self._subject()
        asked = self.asks_yes_no or self.grammar.marked
        if not asked or parts.bounds or not ref.ids or not self.grammar.of("enough") or self.kind != parts.lexicon.words.default_kind:
            return
        key = money_key(parts.declared)
        limit = next((limit for limit in self.context.limits if limit.key == key and limit.test.high is not None), None)
        if limit is None or key is None:
            return
        test = Test("at most", high=limit.test.high) if limit.test.op not in ("under", "at most") else limit.test
        used = ref.used | self._hits("enough", "budget_words") | self._nouns() | self._columns()[1]
        used |= parts.places(*parts.spans("band", "adjective", "asked", "weak"))
        yield Candidate("yes_no.own", Query("yes_no", self.kind, ref.ids, (key,), (Where(key, test, limit.words),)), used, 0.1)

    def _yes_no_choice(self) -> Iterator[Candidate]:
        parts = self.parts
        ref = self._subject()
        picks = [p for p in parts.picks if p.asked and not (ref.where and p.span.start in ref.used)]
        quantifier = self._quantifier()
        if quantifier and parts.nouns and ref.source == "it":
            ref = NOTHING  # "are all of the programs asynchronous?", whichever was talked of
        question = self.asks_yes_no or self.grammar.marked or ref.source == "named" and bool(self.firm)
        if not picks or not question or self.wh and not quantifier or self.grammar.of("count") or self.grammar.has("premise") and not self.asks_yes_no:
            return
        if not self.asks_yes_no and not any(p.firm for p in picks):
            return
        if not self.asks_yes_no and any(parts.declared.attributes[key].type != "choice" for key, _ in parts.asked):
            return  # "price of the AI degree at X?": the figure is asked for
        if not ref.found and not (self.asks_yes_no and (quantifier or self.grammar.of("own", "need") or parts.nouns)):
            return
        if any(b.amount.start not in ref.used for b in parts.bounds) or parts.supers or parts.compars:
            return
        main = next((p for p in picks if p.firm), picks[0])
        rest = [p for p in picks if p.key != main.key]
        if rest and parts.declared.attributes[main.key].everyday and any(n.span.start - main.span.end <= 1 and n.span.start >= main.span.end for n in parts.named):
            picks, main = rest, rest[0]  # "does the online Georgia Tech one have a thesis?"
        if not main.firm and any(parts.declared.attributes[key].type != "choice" for key, span in parts.asked if span.start < main.span.start):
            return  # "is the diploma the same as on campus": the other column is asked for
        others = [p for p in picks if p.key != main.key]
        if not ref.ids and not quantifier and parts.nouns and others:
            return
        used = ref.used | self._nouns() | frozenset(p for pick in picks if pick.key == main.key for p in pick.used)
        _columns, more = self._columns(frozenset(p.key for p in others))
        where: tuple[Where, ...] = ()
        if others and ref.ids:
            where = tuple(Where(p.key, Test("is", values=p.asked), parts.text(min(p.used), max(p.used) + 1)) for p in others)
            used |= frozenset(x for p in others for x in p.used)
        wanted = tuple(dict.fromkeys(v for p in picks if p.key == main.key for v in p.asked)) if self._alternatives(picks, main.key) else main.asked
        query = Query("yes_no", self.kind, ref.ids, (main.key, *(w.key for w in where)), merged(where, ref.where), ref.sort, scope=ref.scope if not ref.ids else (),
                      wanted=wanted, quantifier=quantifier)  # type: ignore[arg-type]
        if self._both_sides(picks, main.key):
            query = self._query("value", ref, (main.key,))
        yield Candidate("yes_no.choice", query, used | more, 0.03)

    def _alternatives(self, picks: Sequence[Pick], key: str) -> bool:
        same = [p for p in picks if p.key == key]
        return len(same) > 1 and not self._both_sides(picks, key) and any(self.grammar.key(p.span.start - 1) == "or" for p in same)

    def _both_sides(self, picks: Sequence[Pick], key: str) -> bool:
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
