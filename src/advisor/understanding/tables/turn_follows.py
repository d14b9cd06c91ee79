"""What goes on with the question before: ellipsis, other subjects, refinements, the next best, what is left."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from advisor.knowledge.conditions import Test
from advisor.knowledge.queries import Query, Sort, Where
from advisor.understanding.tables.choices import yes_values
from advisor.understanding.tables.readings import Candidate, merged
from advisor.understanding.tables.turn_base import Turn, TurnReading


class Follows(TurnReading):
    """Candidates that take up the last question."""

    def _ellipsis(self) -> Iterator[Candidate]:
        """"and stevens?": the last question with other subjects."""
        last, parts = self.context.last, self.parts
        if last is None or last.kind != self.kind:
            return
        named = self.readings.ref
        bare = not (parts.asked or parts.derived or parts.bounds or parts.supers or parts.compars or parts.absent or parts.not_held or self.readings.firm)
        if not self.grammar.has("compare") and named.source in ("named", "others", "they", "both", "ordinal", "it") and named.ids and bare and not parts.barred:
            if named.source == "it" and not self.grammar.has("card") or named.source != "named" and self.grammar.starts("yes_no_start"):
                return  # "would they still consider me" is a question of its own
            used = named.used | self._hits("card") | self.readings._nouns()
            if last.asked in ("value", "yes_no", "per_unit", "absent", "premise", "difference"):
                asked = "value" if last.asked == "premise" else last.asked
                if last.asked == "difference" and len(named.ids) < 2:
                    yield Candidate("ellipsis", replace(last, subjects=(*last.subjects[:1], *named.ids)), used, 0.1)
                    return
                yield Candidate("ellipsis", replace(last, asked=asked, subjects=named.ids, scope=(), sort=last.sort if asked == "yes_no" else None,
                                                    stated="", quantifier=""), used, 0.1)
            elif last.asked in ("which", "count") and last.where and self.grammar.has("need") and self.grammar.has("it_refs"):
                # "which ones need the GRE? And does Purdue want it?"
                attribute = self.parts.declared.attributes.get(last.where[0].key)
                if attribute is not None and attribute.type == "choice" and (yes := yes_values(attribute)):
                    denied = self.parts.scan.negators
                    wanted = tuple(v for v in attribute.values if v not in yes) if denied else yes
                    query = Query("yes_no", self.kind, named.ids, (last.where[0].key,), wanted=wanted)
                    yield Candidate("ellipsis", query, used | self._hits("need", "it_refs") | self.parts.places(*denied), 0.1)
            elif last.asked == "compare" and not self.grammar.has("compare"):
                added = tuple(i for i in named.ids if i not in last.subjects)
                yield Candidate("ellipsis.compare", replace(last, subjects=(*last.subjects, *added)), used, 0.05)

    def _of_the_stranger(self) -> Iterator[Candidate]:
        """"My cousin is at MIT. How much is that one?": "it" is what was named last, and is not held."""
        last, parts = self.context.last, self.parts
        if last is None or last.kind != self.kind or last.asked != "not_held" or not self.grammar.has("it_refs") or parts.named or parts.not_held:
            return
        columns, used = self.readings._columns()
        if columns and not parts.other_noun():
            yield Candidate("stranger", replace(last, attributes=()), used | self._hits("it_refs") | self.readings._nouns(), 0.1)

    def _subject_change(self) -> Iterator[Candidate]:
        """"add drexel", "drop columbia" after a comparison; "not columbia" after a list."""
        last, parts = self.context.last, self.parts
        added = [h for h in self.grammar.of("add") if h.start in (self.grammar.start, self.grammar.body)]
        if last is not None and last.kind == self.kind and last.subjects and last.asked in ("compare", "value", "difference"):
            if len(parts.barred) == 2 and last.subjects == parts.barred[:1]:  # "not drexel, stevens"
                yield Candidate("instead", replace(last, subjects=parts.barred[1:]), parts.name_places, 0.1)
                return
            if parts.barred and parts.subjects and self.grammar.has("meant"):  # "sorry, I meant Stevens, not Purdue"
                yield Candidate("instead", replace(last, subjects=parts.subjects), parts.name_places | self._hits("correct", "correct_strong", "meant"), 0.2)
                return
            if parts.barred:
                left = tuple(i for i in last.subjects if i not in parts.barred)
                if left:  # "drop columbia", or "stevens instead of columbia"
                    new = tuple(i for i in parts.subjects if i not in left) if len(left) < len(last.subjects) else ()
                    yield Candidate("remove", replace(last, subjects=(*left, *new)), parts.name_places, 0.1)
                return
            if added and parts.subjects and not parts.asked:
                ids = tuple(dict.fromkeys((*last.subjects, *parts.subjects)))
                asked = "compare" if len(ids) > 1 else last.asked
                yield Candidate("add", replace(last, asked=asked, subjects=ids), self.readings.ref.used | parts.places(*added), 0.1)
                return

    def _refined(self) -> Iterator[Candidate]:
        """"and under 60k?" after a list or a count; "and public"."""
        last, parts = self.context.last, self.parts
        if last is None or last.kind != self.kind or last.asked not in ("which", "count", "extreme") or parts.nouns or parts.named and not parts.barred:
            return
        figure = self._bare_figure()
        if parts.supers or parts.compars or self.readings.wh and not self.readings.ref.found and figure is None or parts.hit("count") or self.readings.asks_yes_no:
            return
        picks = [p for p in parts.picks if p.firm and p.filters]
        where, used = parts.wheres(picks)
        if not where and figure is not None:
            where, used = (figure[0],), used | figure[1]
        if not where or self.readings.ref.source in ("they", "both", "ordinal", "others", "described"):
            return
        leading = self.grammar.body > self.grammar.start or self.grammar.marked
        if self._asked_only():
            return
        yield Candidate("refine", replace(last, where=merged(last.where, tuple(self._narrowed(w) for w in where))), used | self.readings._nouns(), 0.08 if leading else 0.04)

    def _bare_figure(self) -> tuple[Where, frozenset[int]] | None:
        """"and which have exactly 32?" after a list by credits: the figure is of the same column, and replaces the old one."""
        last, amounts = self.context.last, [a for a in self.parts.scan.amounts if not a.money]
        keys = [w.key for w in (last.where if last else ()) if w.key in self.parts.declared.attributes and self.parts.declared.attributes[w.key].type == "number"]
        if len(amounts) != 1 or len(keys) != 1 or self.parts.asked or self.parts.named:
            return None
        amount = amounts[0]
        places = frozenset(range(amount.start, amount.end)) | self._hits("which")
        return Where(keys[0], Test("exactly", low=amount.low, high=amount.high), self.parts.text(amount.start, amount.end)), places

    def _narrowed(self, new: Where) -> Where:
        """"and over 20k" after "under 30k": both bounds hold."""
        old = self.viewed.get(new.key)
        if old is None or new.test.values or old.test.values:
            return new
        low = new.test.low if new.test.low is not None else old.test.low
        high = new.test.high if new.test.high is not None else old.test.high
        one_sided = {old.test.op, new.test.op} <= {"under", "at most", "over", "at least"} and (old.test.low is None) != (new.test.low is None)
        if one_sided and low is not None and high is not None and low < high:
            return replace(new, test=Test("between", low=low, high=high))
        return new

    def _asked_only(self) -> bool:
        return bool(self.parts.asked) and not self.parts.bounds and not self.readings.firm

    def _same(self) -> Iterator[Candidate]:
        """"the same for stevens": all that the last message asked, of another thing."""
        last, named = self.context.last, self.readings.ref
        if last is None or last.kind != self.kind or len(self.context.columns) < 2 or not self.grammar.has("same_for") or not named.ids:
            return
        used = named.used | self._hits("same_for") | self.readings._nouns()
        yield Candidate("same", Query("value", self.kind, named.ids, self.context.columns), used, 0.2)

    def _again(self) -> Iterator[Candidate]:
        """"and the fewest", "the dearest then", "second cheapest" after a ranking: its column, and its conditions."""
        last, parts = self.context.last, self.parts
        if last is None or last.kind != self.kind or last.asked != "extreme" or last.sort is None:
            return
        if parts.nouns or parts.named or parts.bounds or parts.lists or self.readings.firm or self.grammar.has("overall", "quantifier_any"):
            return
        if self.readings.ref.source in ("they", "both", "ordinal", "others"):
            return
        nth, limit, counted = 1, None, frozenset[int]()
        if parts.supers:
            order = parts.supers[0]
            if order.sort.key != last.sort.key:
                return
            direction, used = order.sort.direction, order.used
            nth, limit, counted = self.readings._position(order.start, order.end)
            if self.grammar.starts("question_start") and self.grammar.body == self.grammar.start and nth == 1:
                return  # "which is the cheapest" stands on its own
        else:
            hits = [hit for hit in parts.hit("most", "least") if hit.end == self.grammar.end or self.grammar.end - hit.end <= 1]
            if not hits or parts.asked or parts.compars:
                return
            direction = "higher" if hits[0].name == "most" else "lower"
            used = parts.places(*hits)
        query = replace(last, sort=Sort(last.sort.key, direction), nth=nth, limit=limit)
        yield Candidate("again", query, used | counted | self.readings._nouns(), 0.12)

    def _which_of_last(self) -> Iterator[Candidate]:
        """"how many of the ten don't ask for it", "which ones do": the choice of the last question, by its verb alone."""
        last, parts = self.context.last, self.parts
        if last is None or last.kind != self.kind or parts.asked or parts.picks or parts.bounds or parts.supers or parts.compars or parts.named or parts.lists:
            return
        count = bool(parts.hit("count"))
        verbs = self.grammar.of("need", "waive", "yes_no_start")
        if not (count or parts.hit("which")) or not verbs or self.grammar.starts("yes_no_start") or parts.absent or parts.not_held or parts.hit("remaining"):
            return
        keys = (*last.attributes, *(w.key for w in last.where))
        key = next((k for k in keys if (a := parts.declared.attributes.get(k)) is not None and a.type == "choice"), None)
        if key is None:
            return
        attribute = parts.declared.attributes[key]
        wanted = last.wanted or next((w.test.values for w in last.where if w.key == key and w.test.op == "is"), ()) or yes_values(attribute)
        waived = {hit.start for hit in self.grammar.of("waive")}
        turned = bool(waived) != bool([hit for hit in parts.scan.negators if hit.start not in waived])   # "that don't need it", "that waive it"
        values = tuple(v for v in attribute.values if v not in wanted) if turned else wanted
        where = Where(key, Test("is", values=values), parts.text(self.grammar.start, self.grammar.end))
        used = self._hits("count", "which", "need", "waive", "yes_no_start", "it_refs", "they_refs", "negators") | self.readings._nouns()
        used |= frozenset(p for amount in parts.scan.amounts if amount.word for p in range(amount.start, amount.end))
        yield Candidate("which.pronoun", Query("count" if count else "which", self.kind, where=(where,)), used, 0.1)

    def _next(self, turn: Turn) -> Iterator[Candidate]:
        last = self.context.last
        if last is None or last.kind != self.kind or last.asked != "extreme" or self.parts.supers and len(self.parts.supers[0].used) > 2:
            return
        for hit in self.grammar.of("next_best", "ordinals"):
            free = not any(self.parts.scan.weights[i] > 0.5 for i in range(self.grammar.start, self.grammar.end) if not hit.start <= i < hit.end)
            if free and self.grammar.end - hit.end <= 2 and not self.parts.asked:
                nth = last.nth + 1
                if hit.name == "ordinals":
                    nth = self.parts.lexicon.ordinals.get(tuple(self.grammar.line.keys[hit.start : hit.end]), nth)
                used = frozenset(range(self.grammar.start, self.grammar.end))
                yield Candidate("next", replace(last, nth=nth, limit=None), used, 0.2)
                return

    def _remaining(self) -> Iterator[Candidate]:
        parts = self.parts
        if not parts.hit("remaining") or parts.subjects or parts.supers or parts.asked and not parts.nouns:
            return
        base = self._base()
        if not base and not parts.nouns:
            return
        _, where, used = self.readings._listing()
        if base or where:
            asked = "count" if parts.hit("count") else "which"
            query = Query(asked, self.kind, where=merged(base, where))  # type: ignore[arg-type]
            yield Candidate("remaining", query, used | self._hits("remaining") | self.readings._nouns(), 0.04)
