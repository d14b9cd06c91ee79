"""Conditions of a clause: amounts with their comparators; choices stand in a room of their own."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from advisor.knowledge.conditions import Operator, Test
from advisor.knowledge.kinds import Kind
from advisor.understanding.tables.amounts import MONEY_FROM, Amount
from advisor.understanding.tables.choices import Choices
from advisor.understanding.tables.scan import Hit, Scan, Span

#: A comparator belongs to an amount within so many words between them.
GAP = 2
_FLIPPED: dict[str, Operator] = {"over": "at most", "at least": "under", "under": "at least", "at most": "over"}
#: A figure so many times below or above all cells of its column is about something else ("a flight under $100").
PLAUSIBLE = (5, 4)
#: No program of this table takes so many years: a longer time is somebody's experience.
LONGEST = 8
#: Comparators that do not bound a range or a time by themselves ("for 20-30k", "i have 5 years").
_WITHIN = frozenset({"for", "within", "in", "from"})
_HELD = frozenset({"for", "from", "have", "hav", "got", "about", "around", "nearly", "almost"})


class Bound(Struct, frozen=True):
    """A numeric condition with the words it rests on. `explicit` when a comparator (not a habit of the column) says so."""

    key: str
    test: Test
    start: int
    end: int
    explicit: bool
    amount: Amount


def money_key(kind: Kind) -> str | None:
    """The column that a bare sum of money is about: the first of type money."""
    return next((key for key, attribute in kind.attributes.items() if attribute.type == "money"), None)


def nearest_unit(spans: list[Span]) -> bool:
    """Whether a unit (credits, years) stands among the spans."""
    return any(span.get("unit") is not None for span in spans)


class Conditions(Choices):
    """Reads the conditions of one scanned clause."""

    def __init__(self, scan: Scan, kind: Kind) -> None:
        super().__init__(scan, kind)
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
        if self._withdrawn(amount):
            return None
        key, start, end = self.key_of(amount)
        if key is None or amount.word and not self._comparator(amount, end) and end == amount.end:
            return None
        attribute = self.kind.attributes[key]
        if attribute.hidden and any(a.money and a.end == amount.start - 1 for a in self.scan.amounts) and self.grammar.key(amount.start - 1) == "over":
            self.dropped |= frozenset(range(amount.start - 1, end))  # "40k over two years": a duration, no limit
            return None
        if attribute.type == "number" and not attribute.hidden and self._undergone(amount.start, 1):
            self.dropped |= frozenset(range(start, end))
            return None
        if attribute.hidden and self._spent(amount, end):
            self.dropped |= frozenset(range(start, end))
            return None
        if attribute.type == "money" and attribute.better == "lower" and (self.grammar.has("offered") or self._per(amount) or self._owed(amount)):
            return None
        low, high = amount.low, amount.high
        if attribute.type == "money" and high < 1000 and not amount.money:
            low, high = low * 1000, high * 1000
        if not self._plausible(key, low, high):
            return None
        if attribute.type == "money" and not amount.money and amount.high < 1000 and not amount.ranged and self._comparator(amount, end) is None:
            return None  # "my last 10 charges"
        if amount.ranged:
            return self._ranged(key, amount, low, high, start, end)
        hit = self._comparator(amount, end)
        op: str = amount.hint or (hit.name if hit else "")
        explicit = bool(op) and op != "exactly"
        if amount.hint and hit and hit.name in _FLIPPED and self.scan.negator_of(hit.start):
            op = hit.name
        if hit and op in _FLIPPED and self._denied(hit, op, key):
            op = _FLIPPED[op]
        denied = self.scan.negator_of(amount.start, key) if not op and attribute.type == "money" and attribute.better == "lower" else None
        if denied is not None and self.grammar.key(denied.start) == "not":  # "a version that doesn't cost 75k"
            op, explicit, start = "under", True, min(start, denied.start)
        if not op and attribute.type == "money" and self._told(amount):
            op, explicit = "about", False
        if not op or op == "between":
            op = "exactly" if attribute.type == "number" else "at least" if attribute.better == "higher" else "at most"
        if op == "exactly" and attribute.type == "money" and not self._says_exactly(hit):
            op, explicit = ("at least" if attribute.better == "higher" else "at most"), False
        if op == "about" and attribute.type == "money" and attribute.better == "lower" and not self.grammar.asks and self.grammar.has("oneself", "budget_words"):
            op = "at most"  # "i've saved about 25k"
        if hit and op == "at most" and attribute.type == "number" and self._of_having(hit):
            op = "exactly"
        if hit:
            start, end = min(start, hit.start), max(end, hit.end)
        test = Test(op, low=low if op in ("over", "at least", "about", "exactly") else None,  # type: ignore[arg-type]
                    high=high if op in ("under", "at most", "about", "exactly") else None)
        return Bound(key, test, start, end, explicit, amount)

    def _ranged(self, key: str, amount: Amount, low: float, high: float, start: int, end: int) -> Bound:
        """"45-50k max" is at most the upper end, "at least 4 to 5 courses" at least the lower; else between."""
        hit = self._comparator(amount, end)
        test = Test("between", low=low, high=high)
        if hit is not None:
            if hit.name in ("under", "at most") and self.grammar.key(hit.end - 1) not in _WITHIN:
                test = Test(hit.name, high=high)  # type: ignore[arg-type]
            elif hit.name in ("over", "at least") and self.grammar.key(hit.end - 1) not in _WITHIN:
                test = Test(hit.name, low=low)  # type: ignore[arg-type]
            start, end = min(start, hit.start), max(end, hit.end)
        return Bound(key, test, start, end, True, amount)

    def _spent(self, amount: Amount, end: int) -> bool:
        """"15 years in nursing", "i have 5 years of java": a time that was spent on something else than a program."""
        grammar = self.grammar
        if amount.low > LONGEST or grammar.has("earning"):
            return True  # "an ML engineer after 5+ years, pay?"
        hit = self._comparator(amount, end)
        finishing = grammar.of("finishing")
        if finishing and (hit or not any(behind.start == end and behind.end - end == 1 and grammar.key(end) == "of" and not any(
                behind.end <= done.start <= behind.end + 1 for done in finishing) for behind in grammar.of("spent_on"))):
            return False  # but "8 years of Unity. Is there any program ..." tells of the years before
        explicit = hit is not None and hit.name != "exactly" and grammar.key(hit.end - 1) not in _HELD
        if any(behind.start == end and not (explicit and hit is not None and hit.start == end) for behind in grammar.of("spent_on")):
            return True
        return not explicit and not grammar.asks

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

    def _owed(self, amount: Amount) -> bool:
        """"i still owe 40k": a debt or an income beside a sum without a comparator."""
        line, grammar = self.grammar.line, self.grammar
        hit = self._comparator(amount, amount.end)
        if hit is not None and hit.name in ("under", "at most", "about") and grammar.key(hit.end - 1) not in _WITHIN:
            return False
        near = [*range(max(grammar.start, amount.start - 2), amount.start), *range(amount.end, min(grammar.end, amount.end + 2))]
        return any(grammar.lexicon.owed.at(line.keys, place, grammar.end) for place in near if place not in self.scan.covered and not any(
            line.words[i].after for i in range(min(place, amount.end), max(place, amount.start))))

    def _withdrawn(self, amount: Amount) -> bool:
        """"40k, not 30k": the number right behind "not" is taken back."""
        start = next((hit.start for hit in self.grammar.of("except") if hit.end == amount.start), None)
        if self.grammar.key(amount.start - 1) == "not":
            start = amount.start - 1
        if self.grammar.key(amount.start - 1) == "than" and any(
                self.grammar.key(i) in ("rather", "sooner", "prefer") for i in range(self.grammar.start, amount.start)):
            start = amount.start - 1  # "rather 30 credits than 45"
        taken_back = start is not None and any(
            a is not amount and (0 <= amount.start - a.end <= 4 or 0 <= a.start - amount.end <= 1) for a in self.scan.amounts)
        if taken_back and start is not None:
            self.dropped |= frozenset(range(start, amount.end))
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
                if gap > GAP or any(words[i].after for i in range(end - 1, hit.start)) or short in ("for", "like", "is", "are", "from", "i", "over"):
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
