"""Doubt and false statements: pushback, premises, "why not X"."""

from __future__ import annotations

from advisor.knowledge.queries import Query
from advisor.understanding.tables.reading_base import contradicts
from advisor.understanding.tables.readings import Candidate
from advisor.understanding.tables.turn_base import Turn, TurnReading


class Doubts(TurnReading):
    """What a clause doubts or takes for granted."""

    def _pushback(self, turn: Turn) -> None:
        grammar = self.grammar
        strong = grammar.of("pushback_strong")
        weak = [h for h in grammar.of("pushback") if h.start in (grammar.start, grammar.body)]
        last = self.context.last
        denied = [h for h in grammar.of("denial") if h.start in (grammar.start, grammar.body)] if self._told_figure() else []
        if not strong and not denied and not (weak and last is not None and last.subjects and (self.parts.bounds or self.parts.picks or self.parts.scan.amounts)):
            return
        turn.pushback = True
        turn.used |= self._hits("pushback", "pushback_strong") | self.parts.places(*denied)
        if last is None or last.kind != self.kind or not last.subjects or self.parts.subjects:
            return
        for key in last.attributes:
            attribute = self.parts.declared.attributes.get(key)
            if attribute is None or attribute.type not in ("money", "number"):
                continue
            for amount in self.parts.scan.amounts:
                figure = amount.low * 1000 if attribute.type == "money" and amount.low < 1000 else amount.low
                wrong = contradicts(self.parts.lexicon.things[last.subjects[0]].value(key), figure)
                query = Query("premise" if wrong else "value", self.kind, last.subjects[:1], (key,), stated=f"{figure:g}" if wrong else "")
                places = frozenset(range(amount.start, amount.end))
                turn.candidates.append(Candidate("pushback.figure", query, turn.used | places | self.parts.taken, 0.2))
                return

    def _told_figure(self) -> bool:
        """Whether the turn before told a figure of one thing, and this clause holds a figure and no budget."""
        last = self.context.last
        if last is None or len(last.subjects) != 1 or last.asked not in ("value", "yes_no", "premise") or self.grammar.has("budget_words", "oneself", "correct_strong"):
            return False
        columns = [a for key in last.attributes if (a := self.parts.declared.attributes.get(key)) is not None]
        return bool(self.parts.scan.amounts) and not self.parts.conditions.dropped and any(a.type in ("money", "number") for a in columns)

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
            used = ref.used | frozenset(range(bound.start, bound.end)) | self.readings._columns()[1] | self._hits("premise")
            if contradicts(value, figure):
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
