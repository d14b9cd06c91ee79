"""A clause as marks: content spans (longest match, with all their senses), word classes, amounts, and what is negated."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from msgspec import Struct

from advisor.understanding.tables.amounts import Amount
from advisor.understanding.tables.lexicon import Lexicon, Role, Sense
from advisor.understanding.tokens import Token

#: How many words ahead a negator counts; measured on fresh messages.
NEGATION_REACH = 7
#: A need or waive verb belongs to a column within so many words.
VERB_REACH = 5


class Line(Struct, frozen=True):
    """A whole message as tokens, spelled; shared by all its clauses and all kinds."""

    text: str
    words: tuple[Token, ...]
    keys: list[str]
    mended: frozenset[int]
    amounts: tuple[Amount, ...]
    shouting: bool
    classes: list[list[tuple[int, tuple[Sense, ...]]]]


class Span(Struct, frozen=True):
    """Content at the words `[start, end)`: a phrase of the pack with all that it may mean."""

    start: int
    end: int
    senses: tuple[Sense, ...]

    def get(self, *roles: Role) -> Sense | None:
        """The first sense in one of these roles, in the order of the roles."""
        for role in roles:
            for sense in self.senses:
                if sense.role == role:
                    return sense
        return None

    def all(self, role: Role) -> tuple[Sense, ...]:
        return tuple(sense for sense in self.senses if sense.role == role)


class Hit(Struct, frozen=True):
    """A word class (`name`) at the words `[start, end)`."""

    name: str
    start: int
    end: int


class Grammar:
    """The word classes that stand in a stretch of a line, whatever the kind."""

    def __init__(self, line: Line, start: int, end: int, lexicon: Lexicon) -> None:
        self.line, self.start, self.end, self.lexicon = line, start, end, lexicon
        self.hits: dict[str, list[Hit]] = {}
        longest: dict[str, int] = {}
        for place in range(start, end):
            for size, senses in line.classes[place]:
                if place + size > end:
                    continue
                for sense in senses:
                    if place >= longest.get(sense.key, -1):
                        longest[sense.key] = place + size
                        self.hits.setdefault(sense.key, []).append(Hit(sense.key, place, place + size))
        self.comparators = list(self._comparators())

    def _comparators(self) -> Iterator[Hit]:
        place = self.start
        while place < self.end:
            found = self.lexicon.comparators.at(self.line.keys, place, self.end)
            if not found:
                place += 1
                continue
            best = found[0]
            # "top" has the stem of "tops": a single word must stand as it is listed
            if best[0] > 1 or self.line.words[place].raw in self.lexicon.bounding or place in self.line.mended:
                asked = self.line.keys[place - 1] if place > self.start else ""
                for sense in best[1]:
                    if sense.key == "about" and asked in ("what", "how"):
                        continue  # "what about 25k?"
                    yield Hit(sense.key, place, place + best[0])
            place += best[0]

    def of(self, *names: str) -> list[Hit]:
        if len(names) == 1:
            return self.hits.get(names[0], [])
        return [hit for name in names for hit in self.hits.get(name, ())]

    def has(self, *names: str) -> bool:
        return any(name in self.hits for name in names)

    def key(self, place: int) -> str:
        return self.line.keys[place] if self.start <= place < self.end else ""

    @cached_property
    def body(self) -> int:
        """The place of the first word after openers ("so, ok ...")."""
        openers = {hit.start: hit.end for hit in self.of("openers")}
        place = self.start
        while place in openers and openers[place] < self.end:
            place = openers[place]
        return place

    def follows_comma(self, *names: str) -> bool:
        """Whether one of these classes stands behind a comma ("the 62k one, does it ...")."""
        return any(hit.start > self.start and self.line.words[hit.start - 1].after == "," and any(
            other.start == hit.end for other in self.of("inversion")) for hit in self.of(*names))

    def starts(self, *names: str) -> bool:
        """Whether one of these classes stands first, openers aside; in "could you list ..." nothing is asked with yes or no."""
        if names == ("yes_no_start",) and any(hit.start == self.start and hit.end - hit.start > 1 for hit in self.of("openers")):
            return any(hit.start == self.body for hit in self.of(*names))
        return any(hit.start in (self.start, self.body) for hit in self.of(*names))

    @property
    def marked(self) -> bool:
        """Whether a question mark ends the clause."""
        return self.end > self.start and self.line.words[self.end - 1].after == "?"

    @cached_property
    def asks(self) -> bool:
        if self.marked or self.has("question_any"):
            return True
        if self.refuses:
            return False
        return self.starts("question_start") and not self.demands and not self.denies

    @cached_property
    def demands(self) -> bool:
        """"has to be a pure ML degree", which looks like a question."""
        return not self.marked and self.starts("must_have")

    @cached_property
    def refuses(self) -> bool:
        """"any live session is out of the question"."""
        return not self.marked and self.starts("quantifier_any") and any(hit.end - hit.start > 1 for hit in self.of("verdict_no"))

    @cached_property
    def denies(self) -> bool:
        """"can't afford more", "don't need the gre", "have 30k": a verb without its subject states."""
        for hit in self.of("leading_negations", "having"):
            if hit.start in (self.start, self.body):
                index = self.lexicon.index(self.lexicon.words.default_kind)
                named = hit.end < self.end and any(sense.role in ("name", "noun", "asked") for _, senses in index.at(
                    self.line.keys, hit.end, self.end) for sense in senses)
                return not named and not any(other.start == hit.end for other in self.of("inversion"))
        return False


#: Classes whose words are content all the same.
_CONTENT = ("everyday", "earning", "offered")


class Scan:
    """The content of a clause as a question about one kind would have it."""

    def __init__(self, grammar: Grammar, kind: str) -> None:
        self.grammar, self.kind, self.line = grammar, kind, grammar.line
        self.start, self.end = grammar.start, grammar.end
        self.idle: list[int] = []   # where turns of speech end ("i earn"): a sum right behind them is none of our figures
        self.spans: tuple[Span, ...] = tuple(self._content())
        covered: dict[int, Span] = {}
        for span in self.spans:
            for place in range(span.start, span.end):
                covered[place] = span
        self.covered = covered
        self.amounts = tuple(amount for amount in self.line.amounts if self.start <= amount.start and amount.end <= self.end
                             and not any(amount.start - 1 <= end <= amount.start for end in self.idle)
                             and not (amount.start in covered and covered[amount.start].get("unit") is None))

    def _content(self) -> Iterator[Span]:
        line, index = self.line, self.grammar.lexicon.index(self.kind)
        begins = index.begins
        place = self.start
        while place < self.end:
            step = 1
            for size, senses in index.at(line.keys, place, self.end) if line.keys[place] in begins else ():
                stop = place + size
                if any(line.words[i].after for i in range(place, stop - 1)):
                    continue
                written = line.text[line.words[place].start : line.words[stop - 1].end]
                upper = written.isupper() and not line.shouting
                ing = line.words[stop - 1].raw.endswith("ing")
                fit = tuple(s for s in senses if (not s.caps or upper) and (s.role != "weak" or self._weak_counts(stop))
                            and (s.role not in ("name", "not_held") or s.ing == ing)
                            and not (s.word and s.word[:-1] == line.words[place].raw))
                if fit:
                    if all(sense.role != "idiom" for sense in fit):
                        yield Span(place, stop, fit)
                    else:
                        self.idle.append(stop)
                    step = size
                    break
            place += step

    def _weak_counts(self, place: int) -> bool:
        """"How much" asks for a price only before a verb, a preposition, a name or the end."""
        if place >= self.end or self.line.words[place - 1].after:
            return True
        lexicon = self.grammar.lexicon
        if any(hit.start == place for hit in self.grammar.of("weak_before")):
            return True
        return any(sense.role in ("name", "noun", "not_held") for _, senses in lexicon.index(self.kind).at(self.line.keys, place, self.end)
                   for sense in senses)

    def within(self, hit: Hit) -> Span | None:
        """The content span that holds all of a word class hit."""
        span = self.covered.get(hit.start)
        return span if span and span.end >= hit.end and span.get("weak") is None else None

    @cached_property
    def negators(self) -> tuple[Hit, ...]:
        """Negators that deny something: not those inside a phrase, a comparator of an amount, a waive verb or "no idea"."""
        grammar = self.grammar
        used = [*grammar.of("empty_negations", "waive", "next_more"), *(hit for hit in grammar.comparators if self._bounds(hit))]
        leading = {hit.start: hit for hit in grammar.of("leading_negations") if hit.start in (grammar.start, grammar.body)
                   and self._inverted(hit.end)}
        # "exclude everything with live sessions": an exception that names nobody denies what follows
        idle = grammar.of("empty_negations")   # "I'm after a pure ML degree"
        out = [hit for hit in grammar.of("except") if not self.within(hit) and not self._named_after(hit.end)
               and not any(empty.start <= hit.start and hit.end <= empty.end for empty in idle)]
        for hit in grammar.of("negators"):
            inside = any(u.start <= hit.start and hit.end <= u.end and (u.name != "waive" or u.end - u.start > hit.end - hit.start
                         or u.start < hit.start) for u in used)
            if inside or self.within(hit) or any(lead.start <= hit.start < lead.end for lead in leading.values()):
                continue
            out.append(hit)
        return tuple(sorted(out, key=lambda hit: hit.end))

    def _named_after(self, place: int) -> bool:
        return any((span := self.covered.get(i)) is not None and any(
            sense.role == "name" and sense.value == self.kind for sense in span.senses) for i in (place, place + 1))

    def _inverted(self, place: int) -> bool:
        """"isn't drexel", "don't they": a subject behind the verb asks; "can't afford" denies."""
        span = self.covered.get(place)
        return any(hit.start == place for hit in self.grammar.of("inversion")) or (span is not None and span.get("name", "noun") is not None)

    def _bounds(self, hit: Hit) -> bool:
        """Whether an amount stands right behind (or before) a comparator."""
        return any(hit.end <= amount.start <= hit.end + 2 or amount.end <= hit.start <= amount.end + 1 for amount in self.amounts)

    def negator_of(self, place: int, key: str = "") -> Hit | None:
        """The negator whose scope holds the word at `place`; the column `key` itself does not end it."""
        closed = [hit for hit in self.grammar.of("verdict_no") if hit.end - hit.start > 1]
        for hit in reversed(self.negators):
            if any(verdict.start <= hit.start and hit.end <= verdict.end for verdict in closed):
                continue  # "out of the question" denies what stands before it
            carried = ("or", "nor", "and") if hit.name == "except" else ("or", "nor")
            if hit.end <= place <= hit.end + NEGATION_REACH and not self._barrier(hit.end, place, key, carried):
                return hit
        return None

    def _barrier(self, start: int, end: int, key: str, carried: tuple[str, ...]) -> bool:
        """Punctuation, "but" or "so", or another column or name that is not joined by or/nor, ends a negation."""
        ends = {hit.start for hit in self.grammar.of("negation_ends")}
        place = start
        while place < end:
            if place in ends or place > start and self.line.words[place - 1].after:
                return True
            span = self.covered.get(place)
            if span is not None and span.end <= end and span.get("asked", "value", "opposite", "name") and not (
                    key and any(sense.key == key for sense in span.senses)):
                joint = self.line.keys[span.end] if span.end < end else ""
                if joint not in carried:
                    return True
                place = span.end + 1
                continue
            place += 1
        return bool(end > start and self.line.words[end - 1].after)

    def near(self, span: Span, *names: str) -> Hit | None:
        """The nearest hit of these classes within reach of a span, not across another column and not inside content."""
        best: tuple[int, Hit] | None = None
        for hit in self.grammar.of(*names):
            if self.covered.get(hit.start) is span or self.within(hit):
                continue
            gap = span.start - hit.end if hit.end <= span.start else hit.start - span.end
            if gap < 0 or gap > VERB_REACH:
                continue
            low, high = (hit.end, span.start) if hit.end <= span.start else (span.end, hit.start)
            if any((s := self.covered.get(i)) is not None and s is not span and s.get("asked", "value") for i in range(low, high)):
                continue
            if any(self.line.words[i - 1].after for i in range(low + 1, high + 1) if i - 1 >= low):
                continue
            if best is None or gap < best[0]:
                best = (gap, hit)
        return best[1] if best else None

    @cached_property
    def weights(self) -> dict[int, float]:
        """What each word of the clause weighs: content more than an unknown word, small words nothing."""
        out: dict[int, float] = {}
        small = self.grammar.lexicon.small
        grammatical = {i for name, hits in self.grammar.hits.items() if name not in _CONTENT for hit in hits for i in range(hit.start, hit.end)}
        grammatical |= {i for hit in self.grammar.comparators for i in range(hit.start, hit.end)}
        numbers = {i for amount in self.line.amounts if not amount.word for i in range(amount.start, amount.end)}
        for place in range(self.start, self.end):
            span = self.covered.get(place)
            if place in numbers:
                out[place] = 1.5
            elif span is not None:
                size = span.end - span.start
                anchor = 2.0 if span.get("name", "not_held") else 1.5
                if any(h.start <= span.start and span.end <= h.end for h in self.grammar.of("card", "remaining")):
                    anchor = 0.0
                known = span.get("weak", "loose", "unit") and not span.get("asked", "value", "super", "compar", "noun", "name")
                out[place] = (0.4 if known else anchor) / size + (0.2 if size > 1 else 0.0)
            elif self.line.keys[place] in small or place in grammatical:
                out[place] = 0.0
            else:
                out[place] = 1.0
        return out
