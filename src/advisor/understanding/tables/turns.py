"""Readings that lean on the turn before: ellipsis, corrections, withdrawals, what-ifs, pushback, premises, more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from advisor.knowledge.conditions import Test
from advisor.knowledge.holds import holds
from advisor.knowledge.queries import Query, Where
from advisor.understanding.tables.readings import Candidate, Readings, merged

#: A stated figure within this share of the cell is the cell's own, rounded.
ROUNDED = 0.05


@dataclass(slots=True)
class Turn:
    """What a clause does to the turn before, beside its question."""

    candidates: list[Candidate] = field(default_factory=list)
    limits: tuple[Where, ...] = ()
    withdrawn: tuple[str, ...] = ()
    corrected: bool = False
    what_if: bool = False
    pushback: bool = False
    why_not: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    premise: Query | None = None
    used: frozenset[int] = frozenset()


class Turns:
    """Reads one clause against the context."""

    def __init__(self, readings: Readings) -> None:
        self.readings, self.parts = readings, readings.parts
        self.grammar, self.context, self.kind = readings.grammar, readings.context, readings.kind
        # the student's limits are on things of the default kind; those of a view on the kind of the last question
        self.limited = self.kind == self.parts.lexicon.words.default_kind
        last = self.context.last
        self.in_force = {limit.key: limit.test for limit in self.context.limits} if self.limited else {}
        self.viewed = {where.key: where for where in (last.where if last is not None and last.kind == self.kind else ())}

    def read(self) -> Turn:
        turn = Turn()
        self._pushback(turn)
        self._premise(turn)
        self._why_not(turn)
        last = self.context.last
        if self.kind != self.parts.lexicon.words.default_kind and (last is None or last.kind != self.kind):
            return turn
        self._what_if(turn)
        if not turn.what_if:
            self._withdraw(turn)
            self._correct(turn)
        if turn.premise is None and not turn.withdrawn and not turn.why_not:
            turn.candidates.extend(self._ellipsis())
            turn.candidates.extend(self._subject_change())
            turn.candidates.extend(self._refined())
        turn.candidates.extend(self._next(turn))
        turn.candidates.extend(self._remaining())
        return turn

    def _hits(self, *names: str) -> frozenset[int]:
        return self.parts.places(*self.grammar.of(*names))

    # ------------------------------------------------------------------ limits
    def _base(self) -> tuple[Where, ...]:
        """The conditions in force: the student's limits, and those of the last list."""
        own = tuple(Where(limit.key, limit.test, limit.words, True, limit.must) for limit in self.context.limits if self.limited)
        last = self.context.last
        view = last.where if last is not None and last.kind == self.kind and last.asked in ("which", "count", "extreme") else ()
        return merged(own, view)

    def _listed(self, where: tuple[Where, ...]) -> Query:
        last = self.context.last
        if last is not None and last.kind == self.kind and last.asked in ("count", "extreme"):
            return replace(last, where=where)
        return Query("which", self.kind, where=where)

    def _columns_meant(self) -> tuple[tuple[str, ...], frozenset[int]]:
        """The columns that a withdrawal names, "gre", "the budget", "the price"."""
        keys: dict[str, None] = {}
        used: set[int] = set()
        numeric = [k for k in (*self.in_force, *self.viewed) if (a := self.parts.declared.attributes.get(k)) and a.type in ("money", "number")]
        for span in self.parts.scan.spans:
            for sense in span.senses:
                weak = sense.role in ("weak", "unit") and sense.key not in (*self.in_force, *self.viewed)
                if sense.role in ("asked", "value", "opposite", "band", "weak", "unit") and not weak and sense.key in self.parts.declared.attributes:
                    keys[sense.key] = None
                    used |= self.parts.places(span)
                    break
        for place in range(self.grammar.start, self.grammar.end):
            if self.grammar.line.words[place].raw in ("limit", "cap", "constraint", "restriction") and numeric:
                keys.update(dict.fromkeys(numeric))
                used.add(place)
        for hit in self.grammar.of("budget_words"):
            money = next((k for k, a in self.parts.declared.attributes.items() if a.type == "money"), None)
            if money and self.grammar.line.words[hit.start].raw == "budget":
                keys[money] = None
                used |= self.parts.places(hit)
        return tuple(keys), frozenset(used)

    def _withdraw(self, turn: Turn) -> None:
        hits = [h for h in self.grammar.of("withdraw") if not self.parts.scan.within(h)]
        if not hits or self.parts.named or self.parts.bounds or self.grammar.starts("question_start") and not self.grammar.starts("list_verb"):
            return
        if self.grammar.marked:
            return
        keys, used = self._columns_meant()
        # what is in force is meant before what could be
        chosen = tuple(k for k in keys if k in self.in_force or k in self.viewed) or keys[:1]
        firm = [p for p in self.parts.picks if p.key in chosen and p.firm and p.negated]
        if not chosen or firm and not all(k in self.in_force or k in self.viewed for k in chosen):
            return
        turn.withdrawn = chosen
        turn.used |= used | self._hits("withdraw") | self.parts.negations_used | self.parts.places(*self.parts.scan.negators)
        turn.used |= frozenset(p for pick in self.parts.picks if pick.key in chosen for p in pick.used)
        base = self._base()
        said, places = self.parts.wheres([p for p in self.readings.firm if p.key not in chosen and p.filters], own=True)
        said = tuple(w for w in said if w.key not in (*chosen, "id"))
        if said:  # "I don't care about the price, just no GRE"
            turn.limits, turn.used = said, turn.used | places
            base = merged(base, said)
        if said or any(w.key in chosen for w in base) or self.context.last is not None and self.context.last.asked in ("which", "count", "extreme"):
            left = tuple(w for w in base if w.key not in chosen)
            turn.candidates.append(Candidate("withdraw", self._listed(left), turn.used, 0.1))

    def _correct(self, turn: Turn) -> None:
        strong = self.grammar.of("correct_strong")
        hits = strong or [h for h in self.grammar.of("correct") if h.start in (self.grammar.start, self.grammar.body)]
        if not hits or self.parts.named or turn.withdrawn:
            return
        changed: list[Where] = []
        for bound in self.parts.bounds:
            old = self.in_force.get(bound.key) or (self.viewed[bound.key].test if bound.key in self.viewed else None)
            test = bound.test
            if old is not None and not bound.explicit and not bound.amount.ranged and old.op in ("under", "at most", "over", "at least"):
                up = old.op in ("under", "at most")
                test = Test(old.op, low=None if up else bound.amount.low, high=bound.amount.high if up else None)
            if old is not None or strong and self.limited:
                own = bound.key in self.in_force or self.limited and not self.viewed
                changed.append(Where(bound.key, test, self.parts.text(bound.start, bound.end), own))
                turn.used |= frozenset(range(bound.start, bound.end))
        changed.extend(self._bare(turn))
        for pick in self.parts.picks:
            if pick.filters and strong and (pick.key in self.in_force or pick.key in self.viewed or pick.firm):
                changed.append(Where(pick.key, pick.test, self.parts.text(pick.span.start, pick.span.end), pick.key in self.in_force or self.limited and not self.viewed))
                turn.used |= pick.used
        if not changed:
            return
        turn.corrected = True
        turn.used |= self._hits("correct", "correct_strong") | self.parts.places(*self.parts.spans("asked", "weak")) | self.parts.places(
            *self.parts.scan.negators)
        turn.limits = tuple(w for w in changed if w.own)
        turn.candidates.append(Candidate("correct", self._listed(merged(self._base(), tuple(changed))), turn.used, 0.1))

    def _bare(self, turn: Turn) -> Iterator[Where]:
        """"back to 40", "make it 55": a bare number means the numeric limit in force, thousands when that is money."""
        bound = {b.amount.start for b in self.parts.bounds}
        for amount in self.parts.scan.amounts:
            if amount.start in bound or amount.word:
                continue
            for key, old in (*self.in_force.items(), *((k, w.test) for k, w in self.viewed.items())):
                attribute = self.parts.declared.attributes.get(key)
                if attribute is None or attribute.type not in ("money", "number") or old.op not in ("under", "at most", "over", "at least", "about"):
                    continue
                figure = amount.low * 1000 if attribute.type == "money" and amount.low < 1000 else amount.low
                low = figure if old.low is not None else None
                high = figure if old.high is not None else None
                turn.used |= frozenset(range(amount.start, amount.end))
                yield Where(key, Test(old.op, low=low, high=high), self.parts.text(amount.start, amount.end), key in self.in_force)
                break

    def _what_if(self, turn: Turn) -> None:
        hits = [h for h in self.grammar.of("what_if") if h.start in (self.grammar.start, self.grammar.body) or h.end - h.start > 1 and
                self.grammar.line.words[h.start].raw in ("what", "would", "does", "suppose")]
        if not hits or self.parts.subjects and not (self.parts.bounds or self.readings.firm):
            return
        changed, used = self._supposed()
        gone, more = self._given_up()
        if not changed and not gone:
            return
        turn.what_if, turn.withdrawn = True, gone
        turn.used |= used | more | self._hits("what_if") | self.readings._nouns() | self.parts.places(*self.parts.scan.negators)
        turn.limits = tuple(replace(w, own=True) for w in changed)
        where = merged(tuple(w for w in self._base() if w.key not in gone), changed)
        if self.parts.subjects:
            return
        turn.candidates.append(Candidate("what_if", self._listed(where), turn.used | self.parts.places(*self.parts.spans("asked", "weak")), 0.1))

    def _supposed(self) -> tuple[tuple[Where, ...], frozenset[int]]:
        gone = set(self._given_up()[0])
        picks = [p for p in self.readings.firm if p.asked and p.key not in gone]
        return self.parts.wheres(picks, own=True)

    def _given_up(self) -> tuple[tuple[str, ...], frozenset[int]]:
        """"if i took the gre", "if i didn't mind live sessions": a limit that is no longer one."""
        gone: dict[str, None] = {}
        used: set[int] = set()
        for pick in self.parts.picks:
            attribute = self.parts.declared.attributes[pick.key]
            taken = attribute.needed and not pick.negated and self.parts.scan.near(pick.span, "need")
            dropped = [h for h in self.grammar.of("withdraw") if not self.parts.scan.within(h)]
            if taken or dropped:
                gone[pick.key] = None
                used |= pick.used | self.parts.places(*dropped)
        if self.grammar.of("withdraw") and not gone and not self.parts.bounds:
            keys, places = self._columns_meant()
            gone.update(dict.fromkeys(k for k in keys if k in self.in_force or k in self.viewed))
            used |= places | self._hits("withdraw")
        return tuple(gone), frozenset(used)

    # ------------------------------------------------------------------ ellipsis and refinements
    def _ellipsis(self) -> Iterator[Candidate]:
        """"and stevens?": the last question with other subjects."""
        last, parts = self.context.last, self.parts
        if last is None or last.kind != self.kind:
            return
        named = self.readings.ref
        bare = not (parts.asked or parts.derived or parts.bounds or parts.supers or parts.compars or parts.absent or parts.not_held or self.readings.firm)
        if not self.grammar.has("compare") and named.source in ("named", "others", "they", "both", "ordinal", "it") and named.ids and bare and not parts.barred:
            if named.source == "it" and not self.grammar.has("card"):
                return
            used = named.used | self._hits("card") | self.readings._nouns()
            if last.asked in ("value", "yes_no", "per_unit", "absent", "premise", "difference"):
                asked = "value" if last.asked == "premise" else last.asked
                if last.asked == "difference" and len(named.ids) < 2:
                    yield Candidate("ellipsis", replace(last, subjects=(*last.subjects[:1], *named.ids)), used, 0.1)
                    return
                yield Candidate("ellipsis", replace(last, asked=asked, subjects=named.ids, scope=(), sort=last.sort if asked == "yes_no" else None,
                                                    stated="", quantifier=""), used, 0.1)
            elif last.asked == "compare" and not self.grammar.has("compare"):
                added = tuple(i for i in named.ids if i not in last.subjects)
                yield Candidate("ellipsis.compare", replace(last, subjects=(*last.subjects, *added)), used, 0.05)

    def _subject_change(self) -> Iterator[Candidate]:
        """"add drexel", "drop columbia" after a comparison; "not columbia" after a list."""
        last, parts = self.context.last, self.parts
        added = [h for h in self.grammar.of("add") if h.start in (self.grammar.start, self.grammar.body)]
        if last is not None and last.kind == self.kind and last.subjects and last.asked in ("compare", "value", "difference"):
            if len(parts.barred) == 2 and last.subjects == parts.barred[:1]:  # "not drexel, stevens"
                yield Candidate("instead", replace(last, subjects=parts.barred[1:]), parts.name_places, 0.1)
                return
            if parts.barred:
                left = tuple(i for i in last.subjects if i not in parts.barred)
                if left:
                    yield Candidate("remove", replace(last, subjects=left), parts.name_places, 0.1)
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
        if parts.supers or parts.compars or self.readings.wh and not self.readings.ref.found or parts.hit("count") or self.readings.asks_yes_no:
            return
        picks = [p for p in parts.picks if p.firm and p.filters]
        where, used = parts.wheres(picks)
        if not where or self.readings.ref.source in ("they", "both", "ordinal", "others", "described"):
            return
        leading = self.grammar.body > self.grammar.start or self.grammar.marked
        if self._asked_only():
            return
        yield Candidate("refine", replace(last, where=merged(last.where, tuple(self._narrowed(w) for w in where))), used | self.readings._nouns(), 0.08 if leading else 0.04)

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

    # ------------------------------------------------------------------ doubt and false statements
    def _pushback(self, turn: Turn) -> None:
        grammar = self.grammar
        strong = grammar.of("pushback_strong")
        weak = [h for h in grammar.of("pushback") if h.start in (grammar.start, grammar.body)]
        last = self.context.last
        if not strong and not (weak and last is not None and last.subjects and (self.parts.bounds or self.parts.picks or self.parts.scan.amounts)):
            return
        turn.pushback = True
        turn.used |= self._hits("pushback", "pushback_strong")
        if last is None or last.kind != self.kind or not last.subjects or self.parts.subjects:
            return
        for key in last.attributes:
            attribute = self.parts.declared.attributes.get(key)
            if attribute is None or attribute.type not in ("money", "number"):
                continue
            for amount in self.parts.scan.amounts:
                figure = amount.low * 1000 if attribute.type == "money" and amount.low < 1000 else amount.low
                query = Query("premise", self.kind, last.subjects[:1], (key,), stated=f"{figure:g}")
                places = frozenset(range(amount.start, amount.end))
                turn.candidates.append(Candidate("pushback.figure", query, turn.used | places | self.parts.taken, 0.2))
                return

    def _premise(self, turn: Turn) -> None:
        """A stated figure or polarity that the cell contradicts."""
        parts, grammar = self.parts, self.grammar
        ref = self.readings.ref if self.readings.ref.found else self.readings.fallback
        hits = grammar.of("premise")
        if len(ref.ids) != 1 or self.readings.asks_yes_no and not self._is_it_true() or parts.hit("enough", "difference"):
            return
        thing = parts.lexicon.things[ref.ids[0]]
        near = not hits and ref.source == "named" and not parts.nouns
        for bound in parts.bounds:
            if bound.explicit and bound.test.op not in ("about", "exactly") or not (hits or near and self._stated(bound.amount.start)):
                continue
            value = thing.value(bound.key)
            if value is None or value.low is None:
                continue
            figure = bound.amount.low * (1000 if bound.amount.high < 1000 and parts.declared.attributes[bound.key].type == "money" else 1)
            within = Test("between", low=figure * (1 - ROUNDED), high=figure * (1 + ROUNDED))
            used = ref.used | frozenset(range(bound.start, bound.end)) | self.readings._columns()[1] | self._hits("premise")
            if holds(within, value) is False and not (value.low <= figure <= (value.high or value.low)):
                turn.premise = Query("premise", self.kind, ref.ids, (bound.key,), stated=f"{figure:g}")
                turn.used |= used
            else:
                turn.used |= frozenset(range(bound.start, bound.end))
                turn.candidates.append(Candidate("premise.true", Query("value", self.kind, ref.ids, (bound.key,)), used, 0.05 if not self.readings._columns()[0] else -0.05))
            return
        if not hits:
            return
        for pick in parts.picks:
            if not pick.firm or not pick.asked:
                continue
            value = thing.value(pick.key)
            if value is None:
                continue
            choice = parts.declared.attributes[pick.key].values.get(value.text)
            used = ref.used | pick.used | self._hits("premise")
            if value.text not in pick.asked and value.text not in (pick.wanted or pick.asked) and choice is not None:
                stated = pick.asked[0] if pick.asked else ""
                turn.premise = Query("premise", self.kind, ref.ids, (pick.key,), stated=stated)
                turn.used |= used
            else:
                turn.candidates.append(Candidate("premise.true", Query("value", self.kind, ref.ids, (pick.key,)), used, 0.02))
            return

    def _is_it_true(self) -> bool:
        return any(hit.end - hit.start == 4 for hit in self.grammar.of("premise"))

    def _stated(self, place: int) -> bool:
        """A name within three words before the amount: "columbia is 40k"."""
        at = self.grammar.key(place - 1) == "at"
        return (at or not self.grammar.marked and not self.grammar.starts("which")) and any(0 <= place - n.span.end <= 3 for n in self.parts.named if n.role == "subject")

    def _why_not(self, turn: Turn) -> None:
        hits = [h for h in self.grammar.of("why_not") if h.end - h.start > 1]
        if not hits or not self.parts.named or self.readings._columns()[0] or turn.premise is not None:
            return
        if all("about" in self.grammar.line.keys[h.start : h.end] for h in hits):
            return
        turn.why_not = tuple(dict.fromkeys(n.id for n in self.parts.named))
        turn.used |= self.parts.name_places | self._hits("why_not")
