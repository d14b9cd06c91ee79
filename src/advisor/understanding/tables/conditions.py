"""Conditions of a clause: amounts with their comparators, choices with their polarity, lists and bands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from advisor.knowledge.conditions import Operator, Test
from advisor.knowledge.kinds import Attribute, Kind
from advisor.understanding.tables.amounts import MONEY_FROM, Amount
from advisor.understanding.tables.scan import Hit, Scan, Span

#: A comparator belongs to an amount within so many words between them.
GAP = 2
_FLIPPED: dict[str, Operator] = {"over": "at most", "at least": "under", "under": "at least", "at most": "over"}
#: A figure so many times below or above all cells of its column is about something else ("a flight under $100").
PLAUSIBLE = (5, 4)
_COPULAS = frozenset({"is", "are", "was", "be", "been"})


@dataclass(frozen=True, slots=True)
class Bound:
    """A numeric condition with the words it rests on. `explicit` when a comparator (not a habit of the column) says so."""

    key: str
    test: Test
    start: int
    end: int
    explicit: bool
    amount: Amount


@dataclass(frozen=True, slots=True)
class Pick:
    """A choice that is named or asked for: the values that make it a yes, for a filter and for a yes/no question.

    `firm` when a value, a negation, a need or a waive verb stands there; otherwise the column is merely named. `exact` when
    the words name one value.
    """

    key: str
    span: Span
    wanted: tuple[str, ...]
    refused: tuple[str, ...]
    asked: tuple[str, ...]
    firm: bool
    negated: bool
    exact: bool
    used: frozenset[int]

    @property
    def filters(self) -> bool:
        """Whether it can be a condition: where no value means yes, it cannot."""
        return bool(self.wanted or self.refused)

    @property
    def test(self) -> Test:
        return Test("is", values=self.wanted) if self.wanted else Test("not", values=self.refused)


def yes_values(attribute: Attribute) -> tuple[str, ...]:
    """The values that mean yes; where none does, those that depend; where nothing is said, none."""
    for meaning in ("yes", "depends"):
        if found := tuple(key for key, choice in attribute.values.items() if choice.yes_no == meaning):
            return found
    return ()


def money_key(kind: Kind) -> str | None:
    """The column that a bare sum of money is about: the first of type money."""
    return next((key for key, attribute in kind.attributes.items() if attribute.type == "money"), None)


def nearest_unit(spans: list[Span]) -> bool:
    """Whether a unit (credits, years) stands among the spans."""
    return any(span.get("unit") is not None for span in spans)


class Conditions:
    """Reads the conditions of one scanned clause."""

    def __init__(self, scan: Scan, kind: Kind) -> None:
        self.scan, self.kind, self.grammar = scan, kind, scan.grammar
        self.dropped: frozenset[int] = frozenset()

    # ------------------------------------------------------------------ amounts
    def bounds(self) -> list[Bound]:
        """All numeric conditions; two bounds of one column make `between`, of two that say the same the last counts."""
        found: dict[str, Bound] = {}
        for amount in self.scan.amounts:
            bound = self._bound(amount)
            if bound is None:
                continue
            old = found.get(bound.key)
            found[bound.key] = self._joined(old, bound) if old else bound
        return list(found.values())

    @staticmethod
    def _joined(old: Bound, new: Bound) -> Bound:
        low = old.test.low if old.test.low is not None else new.test.low
        high = new.test.high if new.test.high is not None else old.test.high
        one_sided = {old.test.op, new.test.op} <= {"under", "at most", "over", "at least"}
        if one_sided and (old.test.low is None) != (new.test.low is None) and low is not None and high is not None and low < high:
            return replace(new, test=Test("between", low=low, high=high), start=min(old.start, new.start), end=max(old.end, new.end))
        return replace(new, start=min(old.start, new.start)) if old.end >= new.start - 1 else new

    def key_of(self, amount: Amount) -> tuple[str | None, int, int]:
        """The column that an amount is about, and the words that say so."""
        attributes = self.kind.attributes
        if any(hit.end == amount.start for hit in self.grammar.of("top")) and amount.low <= 10:
            return None, amount.start, amount.end
        for place in (amount.end, amount.end + 1, amount.end + 2):
            span = self.scan.covered.get(place)
            if place > amount.end and self.grammar.line.words[place - 1].after if place <= self.scan.end - 1 else False:
                break
            if span and (unit := span.get("unit")) and span.start >= amount.end and not amount.money:
                return self._numeric(unit.key), amount.start, span.end
            if span and not amount.money and (sense := span.get("asked")) and self._number(sense.key):
                return self._numeric(sense.key), amount.start, span.end
        nearest = self._nearest(amount)
        if not amount.money and not amount.word and amount.low >= 10 and amount.high < 1000 and not nearest_unit(nearest) and self._capped(amount):
            return money_key(self.kind), amount.start, amount.end
        if amount.money or amount.low >= MONEY_FROM:
            money = [sense.key for span in nearest for sense in span.senses
                     if sense.role in ("asked", "compar") and sense.key in attributes and attributes[sense.key].type == "money"]
            return (money[0] if money else money_key(self.kind)), amount.start, amount.end
        for span in nearest:
            for sense in span.senses:
                if sense.role in ("asked", "compar", "unit") and sense.key in attributes:
                    key = self._numeric(sense.key)
                    if self._number(key) and (attributes[key].type == "number" or not amount.word and amount.low > 10):
                        return key, amount.start, amount.end
        return None, amount.start, amount.end

    def _capped(self, amount: Amount) -> bool:
        """"async and under 25": a bare cap at the end of a phrase means thousands where other conditions stand."""
        hit = self._comparator(amount, amount.end)
        words = self.grammar.line.words
        closed = amount.end >= self.scan.end or bool(words[amount.end - 1].after) or self.grammar.key(amount.end) in ("and", "with", "no", "but")
        return hit is not None and hit.name in ("under", "at most") and closed and any(
            span.get("value", "opposite", "asked") for span in self.scan.spans)

    def _numeric(self, key: str) -> str:
        attribute = self.kind.attributes[key]
        return attribute.sort_key if attribute.type == "text" and attribute.sort_key else key

    def _number(self, key: str) -> bool:
        attribute = self.kind.attributes.get(self._numeric(key)) if key in self.kind.attributes else None
        return attribute is not None and attribute.type in ("number", "money")

    def _nearest(self, amount: Amount) -> list[Span]:
        reach = [span for span in self.scan.spans if span.start - amount.end <= 3 and amount.start - span.end <= 4]
        return sorted(reach, key=lambda span: span.start - amount.end if span.start >= amount.end else amount.start - span.end)

    def _bound(self, amount: Amount) -> Bound | None:
        key, start, end = self.key_of(amount)
        if key is None or self._withdrawn(amount) or amount.word and not self._comparator(amount, end) and end == amount.end:
            return None
        attribute = self.kind.attributes[key]
        if attribute.hidden and any(a.money and a.end == amount.start - 1 for a in self.scan.amounts) and self.grammar.key(amount.start - 1) == "over":
            self.dropped |= frozenset(range(amount.start - 1, end))  # "40k over two years": a duration, no limit
            return None
        if attribute.type == "money" and attribute.better == "lower" and self._per(amount):
            return None
        low, high = amount.low, amount.high
        if attribute.type == "money" and high < 1000 and not amount.money:
            low, high = low * 1000, high * 1000
        if not self._plausible(key, low, high):
            return None
        if attribute.type == "money" and not amount.money and amount.high < 1000 and not amount.ranged and self._comparator(amount, end) is None:
            return None  # "my last 10 charges"
        if amount.ranged:
            before = self._comparator(amount, end)
            return Bound(key, Test("between", low=low, high=high), min(start, before.start if before else start), end, True, amount)
        hit = self._comparator(amount, end)
        op: str = amount.hint or (hit.name if hit else "")
        explicit = bool(op) and op != "exactly"
        if amount.hint and hit and hit.name in _FLIPPED and self.scan.negator_of(hit.start):
            op = hit.name
        if hit and op in _FLIPPED and self._denied(hit, op, key):
            op = _FLIPPED[op]
        if not op and attribute.type == "money" and self._told(amount):
            op, explicit = "about", False
        if not op or op == "between":
            op = "exactly" if attribute.type == "number" else "at least" if attribute.better == "higher" else "at most"
        if op == "exactly" and attribute.type == "money" and not self._says_exactly(hit):
            op, explicit = ("at least" if attribute.better == "higher" else "at most"), False
        if hit and op == "at most" and attribute.type == "number" and self._of_having(hit):
            op = "exactly"
        if hit:
            start, end = min(start, hit.start), max(end, hit.end)
        test = Test(op, low=low if op in ("over", "at least", "about", "exactly") else None,  # type: ignore[arg-type]
                    high=high if op in ("under", "at most", "about", "exactly") else None)
        return Bound(key, test, start, end, explicit, amount)

    def _told(self, amount: Amount) -> bool:
        """"which school costs 62k": the figure itself is asked for, no limit."""
        span = self.scan.covered.get(amount.start - 1)
        return self.grammar.starts("which") and not self.grammar.has("own") and span is not None and span.get("asked") is not None

    def _plausible(self, key: str, low: float, high: float) -> bool:
        ends = self.grammar.lexicon.ends(self.scan.kind, key)
        return ends is None or ends[0] / PLAUSIBLE[0] <= high and low <= ends[1] * PLAUSIBLE[1]

    def _says_exactly(self, hit: Hit | None) -> bool:
        return hit is not None and self.grammar.line.keys[hit.start] in ("exactli", "precis", "exact")

    def _of_having(self, hit: Hit) -> bool:
        """"i have 30k" is a budget, "which have 30 credits" is a figure: the unit decides."""
        return self.grammar.key(hit.end - 1) in ("have", "hav", "for", "got", "cover", "spend")

    def _per(self, amount: Amount) -> bool:
        return any(hit.start == amount.end for hit in self.grammar.of("per_amount"))

    def _withdrawn(self, amount: Amount) -> bool:
        """"40k, not 30k": the number right behind "not" is taken back."""
        before = self.grammar.key(amount.start - 1)
        taken_back = before == "not" and any(a.end <= amount.start - 1 and amount.start - a.end <= 4 for a in self.scan.amounts)
        if taken_back:
            self.dropped |= frozenset(range(amount.start - 1, amount.end))
        return taken_back

    def _denied(self, hit: Hit, op: str, key: str) -> bool:
        negator = self.scan.negator_of(hit.start, key)
        return negator is not None and not (negator.start >= hit.start) and op in ("over", "at least", "under", "at most") and (
            op in ("over", "at least") or hit.start - negator.end <= 1)

    def _comparator(self, amount: Amount, end: int) -> Hit | None:
        """The comparator that belongs to an amount: the nearest before it, else one right behind."""
        best: tuple[float, Hit] | None = None
        words = self.grammar.line.words
        for hit in self.grammar.comparators:
            if hit.end <= amount.start:
                gap = amount.start - hit.end
                if gap > GAP or any(words[i].after for i in range(hit.end - 1, amount.start)) or self._other_amount(hit.end, amount.start):
                    continue
                cost: float = gap
            elif hit.start >= end:
                gap = hit.start - end
                short = self.grammar.key(hit.start)
                if gap > GAP or any(words[i].after for i in range(end - 1, hit.start)) or short in ("for", "like", "is", "are", "from", "i"):
                    continue
                if self._other_amount(hit.end, hit.end + 1):
                    continue
                cost = gap + 1.5
            else:
                continue
            cost += {"exactly": 1.6, "about": 0.3}.get(hit.name, 0.0)
            if best is None or cost < best[0]:
                best = (cost, hit)
        return best[1] if best else None

    def _other_amount(self, start: int, end: int) -> bool:
        return any(amount.start < end and start <= amount.start for amount in self.scan.amounts)

    # ------------------------------------------------------------------ choices
    def picks(self) -> Iterator[Pick]:
        """Every choice column that a span names, with its polarity."""
        for span in self.scan.spans:
            pick = self._pick(span)
            if pick is not None:
                yield pick

    def _pick(self, span: Span) -> Pick | None:
        value, opposite, asked = span.get("value"), span.get("opposite"), span.get("asked")
        sense = value or opposite or asked
        if sense is None or self.kind.attributes[sense.key].type != "choice":
            return None
        attribute = self.kind.attributes[sense.key]
        used = set(range(span.start, span.end))
        flips = 0
        negator = self._negated(span)
        if negator is not None:
            flips += 1
            used |= set(range(negator.start, negator.end))
        verdict = self._verdict(span)
        if verdict is not None and negator is None:
            flips += 1
            used |= set(range(verdict.start, verdict.end))
        waive = self.scan.near(span, "waive") if value is None and attribute.needed else None
        if waive is not None and negator is not None and waive.start == negator.start:
            waive = None  # "avoid" is both: it turns the meaning once
        if waive is not None:
            flips += 1
            used |= set(range(waive.start, waive.end))
        need = self.scan.near(span, "need") if value is None and attribute.needed and waive is None else None
        if need is not None:
            used |= set(range(need.start, need.end))
        if value is None and opposite is None and negator is None and self._carried(span):
            flips += 1
        every = tuple(attribute.values)
        if value is not None:
            base = tuple(s.value for s in span.all("value") if s.key == value.key)
            if self.grammar.key(span.end) == "or" and any(hit.start == span.end + 1 for hit in self.grammar.of("waive")):
                base = tuple(dict.fromkeys((*base, *(v for v in every if attribute.values[v].yes_no == "no"))))  # "optional or waived"
            flips_ = flips % 2
            wanted = tuple(v for v in every if v not in base) if flips_ else base
            return Pick(sense.key, span, wanted, base, wanted if flips_ else base, True, bool(flips_), not flips_, frozenset(used))
        base = yes_values(attribute)
        if not base:
            return Pick(sense.key, span, (), (), (), False, False, False, frozenset(used)) if asked else None
        flips += 1 if opposite is not None else 0
        firm = bool(flips or need and not self._borne(need) or opposite is not None)
        if flips % 2:
            denied = tuple(v for v in every if v not in base)
            strict = tuple(v for v in every if attribute.values[v].yes_no == "no") or denied
            return Pick(sense.key, span, denied, base, strict, firm, True, False, frozenset(used))
        return Pick(sense.key, span, base, (), base, firm, False, False, frozenset(used))

    def _borne(self, need: Hit) -> bool:
        """"i can take the gre": what one is ready to do is no wish that it be required."""
        stated = not self.grammar.asks and self.grammar.has("own")
        return stated and any(hit.start == need.start for hit in self.grammar.of("bear"))

    def _carried(self, span: Span) -> bool:
        """"no live sessions or campus visits": the "no" of a phrase goes on over "or"."""
        if self.grammar.key(span.start - 1) not in ("or", "nor"):
            return False
        before = self.scan.covered.get(span.start - 2)
        return before is not None and before.get("value", "opposite") is not None and any(
            hit.start == before.start for hit in self.grammar.of("negators"))

    def _negated(self, span: Span) -> Hit | None:
        negator = self.scan.negator_of(span.start)
        if negator is not None:
            return negator
        # "gre not required", "gre isnt needed": a negator behind the column, before a need or waive verb
        for hit in self.scan.negators:
            between = {self.grammar.line.keys[i] for i in range(span.end, hit.start)}
            if span.end <= hit.start <= span.end + 2 and between <= _COPULAS and not self.grammar.line.words[span.end - 1].after and any(
                    hit.end <= need.start <= hit.end + 1 for need in self.grammar.of("need", "waive")):
                return hit
        return None

    def _verdict(self, span: Span) -> Hit | None:
        """"gre is a waste of time", "gre no,": a verdict behind the column."""
        for hit in self.grammar.of("verdict_no"):
            if span.end <= hit.start <= span.end + 2 and not self.grammar.line.words[span.end - 1].after:
                bare = hit.end - hit.start == 1 and self.grammar.key(hit.start) in ("no", "never")
                closing = hit.end >= self.scan.end or bool(self.grammar.line.words[hit.end - 1].after)
                if not bare or closing:
                    return hit
        return None
