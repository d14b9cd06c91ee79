"""Choice columns of a clause, each with its polarity: "no gre", "recorded lectures", "an AI degree rather than CS"."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from advisor.knowledge.conditions import Test
from advisor.knowledge.kinds import Attribute, Kind
from advisor.understanding.tables.scan import Hit, Scan, Span

#: So many words behind "I took" still tell what was taken.
DONE_NEAR = 4
_COPULAS = frozenset({"is", "are", "was", "be", "been"})


class Pick(Struct, frozen=True):
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


class Choices:
    """Reads the choices of one scanned clause."""

    def __init__(self, scan: Scan, kind: Kind) -> None:
        self.scan, self.kind, self.grammar = scan, kind, scan.grammar

    def picks(self) -> Iterator[Pick]:
        """Every choice column that a span names, with its polarity."""
        for span in self.scan.spans:
            pick = self._pick(span)
            if pick is not None:
                yield pick
        yield from self._bare()

    def _bare(self) -> Iterator[Pick]:
        """"in AI rather than CS", "no CS": a field that is ruled out stands for the value "cs degree"."""
        mine = {hit.start for hit in self.grammar.of("oneself")}
        if not self.scan.negators or any(hit.start - 1 in mine for hit in self.grammar.of("having")):
            return  # "i have a physics degree, not a CS one"
        nouns, keys = self.grammar.lexicon.nouns, self.grammar.line.keys
        spoken = any((key,) in nouns and nouns[(key,)] in self.grammar.lexicon.words.watched for key in keys[self.scan.start : self.scan.end])
        valued = {sense.key for span in self.scan.spans for sense in span.all("value")}
        titles = self.grammar.lexicon.titles(self.scan.kind)
        for negator in self.scan.negators:
            for place in (negator.end, negator.end + 1):
                span = self.scan.covered.get(place)
                if place > negator.end and self.grammar.line.words[negator.end - 1].after or span is not None and span.get("name") is None:
                    break
                found = titles.at(keys, place, self.grammar.end)
                # a degree is spoken of, else "no engineering" is a taste
                if found and (spoken or found[0][1][0].key in valued) and self.scan.negator_of(place) is negator:
                    size, (sense, *_) = found[0]
                    wanted = tuple(v for v in self.kind.attributes[sense.key].values if v != sense.value)
                    used = frozenset((*range(place, place + size), *range(negator.start, negator.end)))
                    yield Pick(sense.key, Span(place, place + size, (sense,)), wanted, (sense.value,), wanted, True, True, False, used)
                    break

    def _pick(self, span: Span) -> Pick | None:
        value, opposite, asked = span.get("value"), span.get("opposite"), span.get("asked")
        sense = value or opposite or asked
        if sense is None or self.kind.attributes[sense.key].type != "choice":
            return None
        attribute = self.kind.attributes[sense.key]
        if value is None and opposite is None and self._put_up_with(span):
            return None
        used = set(range(span.start, span.end))
        flips = 0
        negator = self._negated(span)
        if negator is not None:
            flips += 1
            used |= set(range(negator.start, negator.end))
        verdict = self._verdict(span) or self._shared(span)
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
        if value is not None and self._possessed(span, bool(flips)):
            return None
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

    def _possessed(self, span: Span, denied: bool) -> bool:
        """"i have a CS degree", "i have no CS degree": what one has, or lacks, is no wish ("i have no gre" is one)."""
        if self.grammar.demands:
            return False
        title = any((key,) in self.grammar.lexicon.nouns for key in self.grammar.line.keys[span.start : span.end])
        if denied and not title:
            return False
        selves = {hit.start for hit in self.grammar.of("oneself")}
        having = any(0 <= span.start - hit.end <= 3 and (not selves.isdisjoint(range(hit.start - 3, hit.start)) or hit.start == self.grammar.body and not self.grammar.asks)
                     for hit in self.grammar.of("having"))
        return having or self._equipped(span) or self._undergone(span.start, DONE_NEAR)

    def _equipped(self, span: Span) -> bool:
        """"I'm a radiographer with a CS degree", where no program stands between."""
        grammar, first = self.grammar, self.grammar.body
        describes = grammar.key(first + 1) == "am" and any(hit.start == first for hit in grammar.of("oneself"))
        return describes and "with" in (grammar.key(i) for i in range(span.start - 3, span.start)) and all(
            other.get("noun") is None for other in self.scan.spans if other.end <= span.start)

    def _undergone(self, place: int, near: int) -> bool:
        """"I've done two Python courses online": what was done before is no wish. `near`: so many words may stand between."""
        first = min((hit.end for hit in self.grammar.of("oneself")), default=self.grammar.end)
        return not self.grammar.asks and any(first <= hit.start and 0 <= place - hit.end <= near for hit in self.grammar.of("undergone"))

    def _put_up_with(self, span: Span) -> bool:
        """"Which one makes sense? I don't mind the GRE", "the GRE is fine. Which ...": said of oneself, it asks for nothing."""
        hit = self.scan.near(span, "withdraw")
        if hit is None:
            return False
        if hit.end <= span.start:
            return any(hit.start - 1 <= mine.end <= hit.start for mine in self.grammar.of("oneself"))
        first = span.start - (self.grammar.key(span.start - 1) == "the")
        return hit.start == span.end and (first <= self.scan.start or bool(self.grammar.line.words[first - 1].after))

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

    def _shared(self, span: Span) -> Hit | None:
        """"hybrid or in person is out": the verdict behind the second holds for the first as well."""
        other = self.scan.covered.get(span.end + 1) if self.grammar.key(span.end) == "or" else None
        return self._verdict(other) if other is not None and other.get("value", "opposite", "asked") is not None else None

    def _verdict(self, span: Span) -> Hit | None:
        """"gre is a waste of time", "gre no,": a verdict behind the column."""
        for hit in self.grammar.of("verdict_no"):
            if span.end <= hit.start <= span.end + 2 and not self.grammar.line.words[span.end - 1].after:
                bare = hit.end - hit.start == 1 and self.grammar.key(hit.start) in ("no", "never")
                closing = hit.end >= self.scan.end or bool(self.grammar.line.words[hit.end - 1].after)
                if not bare or closing:
                    return hit
        return None
