"""Readings about things that are named or in focus: cells, cards, comparisons, differences, and what is not held."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from advisor.knowledge.queries import Query, Where
from advisor.understanding.tables.reading_base import Candidate, ClauseReading
from advisor.understanding.tables.references import NOTHING, Reference

#: More things than these are no comparison that anyone reads.
SIDE_BY_SIDE = 4


class OfNamed(ClauseReading):
    """Readings about things that are named or in focus."""

    def _not_held(self) -> Iterator[Candidate]:
        parts = self.parts
        if not parts.not_held:
            return
        key, _span = parts.not_held[0]
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
        _columns, used = self._columns()
        query = Query("absent", self.kind, ref.ids, keys)
        spans = parts.places(*(span for _, span in parts.absent))
        orders = frozenset(p for order in (*parts.supers, *parts.compars) for p in order.used)
        yield Candidate("absent", query, spans | ref.used | used | self._nouns() | orders, 0.12 if ref.found or parts.nouns else 0.02)

    def _pair(self) -> Iterator[Candidate]:
        """"which is cheaper, A or B", "is A cheaper than B", "which pays more"."""
        parts = self.parts
        if not parts.compars or parts.hit("difference"):
            return
        both, order = self._both(), parts.compars[0]
        definite = any(hit.end == order.start for hit in self.grammar.of("definite")) and not parts.yard and not parts.asked
        pair = self.context.pair(self.kind)
        if definite and not both.found and len(pair) > 1:  # "the cheaper one" after two were compared
            both = Reference("both", pair, self.ref.used)
        if not both.found or parts.nouns and not parts.yard and self.ref.source != "named":
            return
        used = both.used | order.used | self._columns()[1] | self._nouns()
        if self.asks_yes_no and len(both.ids) == 2 and (parts.yard or self.grammar.has("than")):
            ids = (*self.ref.ids, *parts.yard) if parts.yard and self.ref.ids else both.ids
            query = Query("yes_no", self.kind, tuple(dict.fromkeys(ids)), (order.sort.key,), sort=order.sort)
            yield Candidate("yes_no.pair", query, used, 0.03)
        elif not parts.yard or self.ref.ids:
            if self.wh or self.grammar.asks or both.used or definite:
                query = Query("extreme", self.kind, (), (order.sort.key,), sort=order.sort, scope=both.ids)
                yield Candidate("extreme.pair", query, used, 0.03 if definite else 0.02)

    def _difference(self) -> Iterator[Candidate]:
        parts = self.parts
        hits = parts.grammar.of("difference")
        both = self._both()
        if hits and not both.found:
            both = self._ends()
        if not hits or not both.found:
            return
        column = next((o.sort.key for o in (*parts.compars, *(parts.supers if both.source == "both" else ()))), None) or next(
            (key for key, _ in parts.asked if self._numeric(key)), None) or next((key for key, _ in parts.derived), None)
        plain = all(self.grammar.line.keys[h.start : h.end] == ["differenc"] or "differ" in self.grammar.line.keys[h.start] for h in hits)
        if column is None and plain:
            return
        key = column or next((k for k, a in parts.declared.attributes.items() if a.type == "money"), None)
        if key is None:
            return
        orders = frozenset(p for order in parts.compars for p in order.used)
        query = Query("difference" if len(both.ids) == 2 else "compare", self.kind, both.ids, (key,))
        yield Candidate("difference", query, both.used | orders | self._columns()[1] | self._hits("difference") | self._nouns(), 0.04)

    def _both_ends(self) -> Iterator[Candidate]:
        """"the cheapest and the dearest one": the figures of both."""
        ends = self._ends() if not self.grammar.has("difference") else NOTHING
        if ends.found:
            query = Query("value", self.kind, ends.ids[::-1], (self.parts.supers[0].sort.key,))
            yield Candidate("ends", query, ends.used | self._nouns() | self._columns()[1], 0.06)

    def _ends(self) -> Reference:
        """"the gap between the cheapest and the dearest": the two that an order has at its ends."""
        supers = self.parts.supers
        if {o.sort.direction for o in supers} != {"lower", "higher"} or len({o.sort.key for o in supers}) > 1:
            return NOTHING
        key = supers[0].sort.key
        figures = {id_: value.low for id_, thing in self.parts.lexicon.things.items()
                   if thing.kind == self.kind and (value := thing.value(key)) is not None and value.low is not None}
        if len(figures) < 2:
            return NOTHING
        ids = (max(figures, key=lambda id_: figures[id_]), min(figures, key=lambda id_: figures[id_]))
        return Reference("both", ids, frozenset(p for o in supers for p in o.used))

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
        one = self.context.it(self.kind)
        if self.ref.source == "others" and len(both.ids) > SIDE_BY_SIDE and one and columns and self.grammar.has("it_refs"):
            used |= both.used | self._nouns() | self._hits("compare", "it_refs", "other_refs")
            yield Candidate("apart", Query("value", self.kind, one, columns), used, 0.04)  # "what makes it special compared to the rest?"
            return
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

    def _value(self) -> Iterator[Candidate]:
        parts = self.parts
        columns, used = self._columns()
        derived = tuple(key for key, _ in parts.derived)
        ref = self._subject()
        if not columns or ref.source == "described" and not ref.used - used:
            return
        if parts.hit("count") and self.firm and ref.source == "focus":
            return  # "how many need the gre" counts
        if parts.hit("average") and ref.source in ("focus", "they") and len(ref.ids) == 1 and any(self._numeric(key) for key in columns):
            return
        if parts.supers and ref.source != "described":
            return
        # "the price of the CS degree at usc": the degree only names the program
        figure = any(parts.declared.attributes[key].type != "choice" for key in columns)
        named = [p for p in parts.picks if figure and p.exact and p.firm and parts.is_title(p.span) or ref.source == "described" and p.span.start in ref.used]
        columns = tuple(dict.fromkeys((*(k for k in columns if not figure or all(k != p.key for p in named)), *derived,
                                       *(p.key for p in parts.picks if p not in named and (not p.firm or ref.ids and not self.asks_yes_no)))))
        used |= frozenset(place for p in parts.picks if ref.ids and not self.asks_yes_no for place in p.used)
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
            if parts.bounds or self.firm or not (strong or parts.nouns):
                return
        yield Candidate("value", self._query("value", ref, columns, where), used, 0.0 if ref.found else -0.05)

    def _card(self) -> Iterator[Candidate]:
        if not self.ref.found or not self.grammar.of("card") or self.ref.source == "focus":
            return
        used = self.ref.used | self._hits("card") | self._nouns()
        yield Candidate("card", self._query("card", self.ref), used, -0.02)

    def _named_only(self) -> Iterator[Candidate]:
        """A name with nothing that is read: its card."""
        parts = self.parts
        if self.ref.source == "named" and not parts.not_held and self.kind in parts.lexicon.words.listed:
            yield Candidate("card.name", self._query("card", self.ref), self.ref.used | self._nouns(), -0.1)
