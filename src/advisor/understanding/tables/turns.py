"""Readings that lean on the turn before: corrections, withdrawals, what-ifs; with what follows and what is doubted."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from advisor.knowledge.conditions import Test
from advisor.knowledge.queries import Where
from advisor.understanding.tables.readings import Candidate, merged
from advisor.understanding.tables.turn_base import Turn
from advisor.understanding.tables.turn_doubts import Doubts
from advisor.understanding.tables.turn_follows import Follows


class Turns(Follows, Doubts):
    """Reads one clause against the context."""

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
            if not (turn.pushback and turn.candidates):
                self._correct(turn)
        if turn.premise is None and not turn.withdrawn and not turn.why_not:
            turn.candidates.extend(self._same())
            turn.candidates.extend(self._again())
            turn.candidates.extend(self._which_of_last())
            turn.candidates.extend(self._ellipsis())
            turn.candidates.extend(self._of_the_stranger())
            turn.candidates.extend(self._subject_change())
            turn.candidates.extend(self._refined())
        turn.candidates.extend(self._next(turn))
        turn.candidates.extend(self._remaining())
        turn.used |= self.parts.conditions.dropped
        return turn

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
            if amount.start in bound or amount.word or amount.start in self.parts.conditions.dropped:
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
        if not gone and not self.parts.picks:  # "what if i take it": it is what was refused
            its = {hit.start for hit in self.grammar.of("it_refs")}
            bear = [hit for hit in self.grammar.of("bear") if hit.end in its]
            refused = [key for key in self.in_force if (a := self.parts.declared.attributes.get(key)) is not None and a.needed]
            if bear and refused:
                gone[refused[-1]] = None
                used |= self.parts.places(*bear) | {hit.end for hit in bear}
        if self.grammar.of("withdraw") and not gone and not self.parts.bounds:
            keys, places = self._columns_meant()
            gone.update(dict.fromkeys(k for k in keys if k in self.in_force or k in self.viewed))
            used |= places | self._hits("withdraw")
        return tuple(gone), frozenset(used)
