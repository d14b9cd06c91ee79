"""What a clause holds, read as a question about one kind: names and their roles, conditions, columns, order, references."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from advisor.knowledge.conditions import Test
from advisor.knowledge.queries import Sort, Where
from advisor.understanding.tables.choices import Pick
from advisor.understanding.tables.conditions import Bound, Conditions, money_key
from advisor.understanding.tables.context import TableContext
from advisor.understanding.tables.lexicon import Lexicon
from advisor.understanding.tables.names import Names
from advisor.understanding.tables.scan import Hit, Scan, Span

_FLIP: dict[str, str] = {"lower": "higher", "higher": "lower"}


class Order(Struct, frozen=True):
    """A superlative or comparative: by which column, which way, and the words it rests on."""

    sort: Sort
    start: int
    end: int
    used: frozenset[int]


class Parts(Names):
    """One clause as a question about `kind`. Everything is worked out once, on first use."""

    def __init__(self, scan: Scan, lexicon: Lexicon, context: TableContext) -> None:
        super().__init__(scan, lexicon, context)
        self.conditions = Conditions(self.scan, self.declared)
        self.bounds: list[Bound] = self.conditions.bounds()
        self.picks: list[Pick] = list(self.conditions.picks())
        self.idle: frozenset[int] = frozenset()
        self.told: frozenset[int] = frozenset()   # words of a description ("the one with the co-op"), which ask for nothing

    # ------------------------------------------------------------------ nouns, references
    @cached_property
    def nouns(self) -> list[Span]:
        return [s for s in self.spans("noun") if s.get("asked") is None or self.hit("which", "list_verb", "count")]

    @cached_property
    def loose(self) -> list[Span]:
        return self.spans("loose")

    # ------------------------------------------------------------------ conditions other than numbers and choices
    @cached_property
    def lists(self) -> list[tuple[str, tuple[str, ...], Span, bool]]:
        """List columns that hold a named thing of another kind: (column, ids, span, negated)."""
        out: list[tuple[str, tuple[str, ...], Span, bool]] = []
        inert = self.lexicon.words.inert_names.get(self.kind, ())
        if self.kind != self.lexicon.words.default_kind and not self.nouns:
            return out  # a school's name alone asks nothing of the careers
        for span in self.scan.spans:
            for sense in span.all("name"):
                if sense.value == self.kind or sense.key in inert:
                    continue
                columns = [key for key, a in self.declared.attributes.items() if a.type == "list" and a.of == sense.value]
                if columns:
                    near = [s.key for other in self.scan.spans for s in other.all("asked") if s.key in columns]
                    out.append((near[0] if near else columns[0], (sense.key,), span, self.scan.negator_of(span.start) is not None))
                    break
        return out

    @cached_property
    def inert(self) -> list[Span]:
        """Names that add nothing to a question about this kind."""
        inert = self.lexicon.words.inert_names.get(self.kind, ())
        return [span for span in self.scan.spans if any(sense.key in inert for sense in span.all("name"))]

    @cached_property
    def bands(self) -> list[tuple[str, Test, Span]]:
        out = []
        for span in self.scan.spans:
            if (sense := span.get("band")) and sense.test is not None and span.get("super") is None and self.scan.negator_of(span.start) is None:
                out.append((sense.key, sense.test, span))
        return out

    def is_inert(self, span: Span) -> bool:
        return span in self.inert

    def is_firm(self, span: Span) -> bool:
        """Whether a span speaks of this table by itself: a figure or choice that is no everyday word ("cost", "fee", "live")."""
        everyday = span.end - span.start == 1 and any(hit.start == span.start for hit in self.grammar.of("everyday"))
        for sense in span.senses:
            if sense.role in ("super", "compar") or sense.role == "unit" and self.bounds:
                return True
            if sense.role == "derived" and self.grammar.line.words[span.start].raw not in ("a", "credit"):
                return True
            attribute = self.declared.attributes.get(sense.key)
            if attribute is None or sense.role not in ("asked", "value", "opposite", "band") or attribute.everyday or everyday:
                continue
            if attribute.type in ("money", "number", "choice") or attribute.filled_by:
                return True
        return False

    def is_prose(self, keys: tuple[str, ...]) -> bool:
        """Whether all these columns are prose of the source, no figures, choices or facts of the official pages."""
        found = [self.declared.attributes.get(key) for key in keys]
        return all(a is not None and a.type in ("text", "list") and not a.filled_by and not a.sort_key for a in found)

    def other_noun(self) -> bool:
        """Whether a noun of another kind stands in the clause, outside the columns asked for."""
        asked = {place for _, span in self.asked for place in range(span.start, span.end)}
        keys, nouns = self.grammar.line.keys, self.lexicon.nouns
        return any(nouns.get(tuple(keys[p : p + size]), self.kind) != self.kind and p not in asked
                   for p in range(self.grammar.start, self.grammar.end) for size in (1, 2) if p + size <= self.grammar.end)

    # ------------------------------------------------------------------ order
    @cached_property
    def supers(self) -> list[Order]:
        return self._orders("super", ("most", "higher"), ("least", "lower"))

    @cached_property
    def compars(self) -> list[Order]:
        return self._orders("compar", ("more", "higher"), ("less", "lower"))

    def _orders(self, role: str, *generic: tuple[str, str]) -> list[Order]:
        out: list[Order] = []
        for span in self.spans(role):
            sense = next(s for s in span.senses if s.role == role)
            # "cheaper than 30k" and "more than 4 courses" are bounds
            if role == "compar" and any(b.start <= span.start < b.end for b in self.bounds):
                continue
            out.append(Order(Sort(sense.key, sense.value), span.start, span.end, self.places(span)))  # type: ignore[arg-type]
        if role == "compar":
            out.extend(self._than_name())
        for name, direction in generic:
            for hit in self.hit(name):
                if any(c.start <= hit.start and hit.end <= c.end and c.end - c.start > hit.end - hit.start for c in self.grammar.comparators):
                    continue
                if any(b.start <= hit.start < b.end for b in self.bounds):
                    continue
                column = self._column_near(hit)
                if column is not None:
                    key, span = column
                    out.append(Order(Sort(key, direction), hit.start, max(hit.end, span.end), self.places(hit, span)))  # type: ignore[arg-type]
        return sorted((self._by_column(self._per(order)) for order in out), key=lambda order: order.start)

    def _by_column(self, order: Order) -> Order:
        """"shorter in credits", "cheapest by credits": the column behind "in" or "by"."""
        if self.grammar.key(order.end) not in ("in", "by", "on"):
            return order
        column = self._column_near(Hit("", order.end, order.end + 1))
        if column is None or column[1].start != order.end + 1 or column[0] == order.sort.key:
            return order
        return replace(order, sort=Sort(column[0], order.sort.direction), used=order.used | self.places(column[1]))

    def _than_name(self) -> Iterator[Order]:
        """"charge less than Purdue": a comparator of amounts with a name behind it compares the column beside it."""
        for name in self.named:
            hit = next((h for h in self.grammar.comparators if 0 <= name.span.start - h.end <= 1 and h.name in ("under", "over") and h.end - h.start > 1), None)
            if hit is None or name.role != "yard" or self.scan.within(hit):
                continue
            column = self._column_near(Hit(hit.name, hit.start, hit.start))
            key = column[0] if column else money_key(self.declared)
            if key is not None:
                direction = "lower" if hit.name == "under" else "higher"
                yield Order(Sort(key, direction), hit.start, hit.end, self.places(hit, column[1] if column else None))  # type: ignore[arg-type]

    def _per(self, order: Order) -> Order:
        """"lowest cost per credit": the derived column, not the one it is made of."""
        for span in self.spans("derived"):
            sense = span.get("derived")
            if sense and 0 <= span.start - order.end <= 2 and self.declared.derived[sense.key].of == order.sort.key:
                return replace(order, sort=Sort(sense.key, order.sort.direction), used=order.used | self.places(span))
        return order

    def _column_near(self, hit: Hit) -> tuple[str, Span] | None:
        for span in sorted(self.scan.spans, key=lambda s: abs(s.start - hit.end)):
            gap = span.start - hit.end if span.start >= hit.end else hit.start - span.end
            if not 0 <= gap <= 2:
                continue
            for sense in span.senses:
                if sense.role in ("derived", "asked", "unit", "weak"):
                    attribute = self.declared.attributes.get(sense.key)
                    if sense.role == "derived" or attribute is not None and (attribute.type in ("number", "money") or attribute.scale or attribute.sort_key):
                        return sense.key, span
        return None

    # ------------------------------------------------------------------ columns
    @cached_property
    def taken(self) -> frozenset[int]:
        """Words that conditions and orders rest on."""
        places: set[int] = set()
        for bound in self.bounds:
            places |= set(range(bound.start, bound.end))
        for order in (*self.supers, *self.compars):
            places |= order.used
        return frozenset(places)

    @cached_property
    def asked(self) -> list[tuple[str, Span]]:
        """Columns that are asked for by name, in order; a strong phrase silences the weak ones."""
        strong: list[tuple[str, Span]] = []
        weak: list[tuple[str, Span]] = []
        for span in self.scan.spans:
            if span.start in self.taken or span.start in self.told or self._inside(span, "card", "remaining") or span.get("value", "opposite") and span.get("asked") is None:
                continue
            sense = span.get("asked") if span.get("noun") is None or span.get("name") is None else None
            if sense is not None and self.grammar.key(span.start - 1) in ("my", "our") and self.is_title(span):
                continue  # "will my degree be a problem there?"
            if sense is not None:
                strong.append((sense.key, span))
            elif (sense := span.get("weak")) is not None and not self._of_person(span):
                weak.append((sense.key, span))
        if weak and all(span.get("value") is not None and self._defined(span) or self._owned_title(span) for _, span in strong):
            strong = []  # "how much is that state school", "how long does Drexel's degree take"
        small = self.lexicon.small
        prose = [(k, s) for k, s in strong if self.declared.attributes[k].type in ("list", "text") and all(
            self.grammar.line.keys[i] in small for i in range(s.start, s.end))]
        if prose and len(prose) < len(strong) and not self.lists:  # "offers a co-op": a verb, no column
            strong = [item for item in strong if item not in prose]
            self.idle = self.places(*(span for _, span in prose))
        chosen = strong or weak or self._adjectives()
        if strong and weak:
            have = {key for key, _ in strong}
            chosen = sorted([*strong, *((k, s) for k, s in weak if k in have)], key=lambda item: item[1].start)
        return chosen

    def is_title(self, span: Span) -> bool:
        """Whether a value only names the thing: "the cs degree", "that state school"."""
        return self._defined(span) or any((key,) in self.lexicon.nouns for key in self.grammar.line.keys[span.start : span.end])

    def _owned_title(self, span: Span) -> bool:
        """Whether a word such as "degree" stands right behind a name, and so means the thing itself."""
        before = self.scan.covered.get(span.start - 1)
        return self.is_title(span) and before is not None and before.get("name") is not None and span.end - span.start == 1

    def _defined(self, span: Span) -> bool:
        return any(hit.end == span.start for hit in self.grammar.of("definite"))

    def _of_person(self, span: Span) -> bool:
        """"which programs could she take": a person's verb asks for no time and no price."""
        return bool(self.grammar.starts("which") and self.nouns and any(hit.end == span.start for hit in self.grammar.of("oneself", "others")))

    def _adjectives(self) -> list[tuple[str, Span]]:
        """"why is cmu so expensive": an adjective said of a name asks for its column."""
        if not self.subjects or self.nouns or self.bounds:
            return []
        return [(sense.key, span) for span in self.scan.spans if (sense := span.get("adjective")) and span.start not in self.taken]

    def _inside(self, span: Span, *names: str) -> bool:
        """Whether a phrase of the pack is only part of a turn of speech ("tell me about", "which fit")."""
        return any(hit.start <= span.start and span.end <= hit.end for hit in self.grammar.of(*names))

    @cached_property
    def derived(self) -> list[tuple[str, Span]]:
        return [(sense.key, span) for span in self.spans("derived") if (sense := span.get("derived")) and span.start not in self.taken]

    @cached_property
    def absent(self) -> list[tuple[str, Span]]:
        return [(sense.key, span) for span in self.spans("absent") if (sense := span.get("absent")) and not (
            self.asked and self._inside(span, "rank"))]

    @cached_property
    def not_held(self) -> list[tuple[str, Span]]:
        return [(sense.key, span) for span in self.spans("not_held") if (sense := span.get("not_held")) and span.get("name") is None]

    # ------------------------------------------------------------------ conditions as values
    def wheres(self, picks: list[Pick], own: bool = False) -> tuple[tuple[Where, ...], frozenset[int]]:
        """All conditions of the clause, and the words they rest on."""
        out: dict[str, Where] = {}
        used: set[int] = set(self.conditions.dropped)
        for bound in self.bounds:
            out[bound.key] = Where(bound.key, bound.test, self.text(bound.start, bound.end), own, self.firm(bound.end))
            used |= set(range(bound.start, bound.end)) | self.places(self.scan.negator_of(bound.start, bound.key))
        ends: dict[str, int] = {}
        for pick in picks:
            old = out.get(pick.key)
            if old is None or pick.firm or self._or_joined(pick):
                test = pick.test
                if old is not None and old.test.op == "is" and test.op == "is" and self._or_joined(pick):
                    test = Test("is", values=tuple(dict.fromkeys((*old.test.values, *test.values))))
                elif old is not None and old.test.op == "is" and test.op == "is":
                    # "an actual MS in ML and not an MSCS with a concentration": what was wanted first stays
                    other = old.test.values if any(ends.get(pick.key, self.scan.end) <= n.start < pick.span.start for n in self.scan.negators) else test.values
                    test = Test("is", values=tuple(v for v in test.values if v in old.test.values) or other)
                first = min(pick.used)
                out[pick.key] = Where(pick.key, test, self.text(first, max(pick.used) + 1), own, self.firm(max(pick.used) + 1))
                ends[pick.key] = pick.span.end
            used |= pick.used
        for key, ids, span, negated in self.lists:
            out[key] = Where(key, Test("not" if negated else "is", values=ids), self.text(span.start, span.end), own, self.firm(span.end))
            used |= self.places(span)
        for key, test, span in self.bands:
            used |= self.places(span)
            if key not in out:
                out[key] = Where(key, test, self.text(span.start, span.end), own, self.firm(span.end))
        if self.barred:
            out["id"] = Where("id", Test("not", values=self.barred), "", own, True)
            used |= self.name_places
        return tuple(out.values()), frozenset(used)

    def firm(self, end: int) -> bool:
        """Whether no word of a wish softens the condition that ends here: one that leads on to it ("ideally no GRE, ..."), or
        one right behind it ("no GRE would be nice"). "Would rather not" refuses as firmly as "not".
        """
        for hit in self.grammar.of("wishes"):
            if self.grammar.key(hit.end) == "not":
                continue
            before = max((place for place in self._condition_ends if place <= hit.start), default=-1)
            words = self.grammar.line.words
            trails = before >= 0 and (hit.start == before and not words[before - 1].after or max(self._condition_ends) <= hit.start)
            if end == before if trails else end > hit.start:
                return False
        return True

    @cached_property
    def _condition_ends(self) -> tuple[int, ...]:
        return (*(bound.end for bound in self.bounds), *(max(pick.used) + 1 for pick in self.picks))

    def _or_joined(self, pick: Pick) -> bool:
        return self.grammar.key(pick.span.start - 1) == "or"

    @cached_property
    def negations_used(self) -> frozenset[int]:
        """Negators that conditions, bounds or barred names already used."""
        places = set(self._bar_places)
        for pick in self.picks:
            places |= pick.used
        for bound in self.bounds:
            places |= set(range(bound.start, bound.end))
            negator = self.scan.negator_of(bound.start)
            if negator:
                places |= set(range(negator.start, negator.end))
        for _, _, span, negated in self.lists:
            negator = self.scan.negator_of(span.start) if negated else None
            places |= self.places(negator)
        return frozenset(places)
