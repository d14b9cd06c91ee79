"""From text to readings: clause by clause, the reading that explains most, or an honest none."""

from __future__ import annotations

from collections.abc import Container, Mapping

from msgspec import Struct
from msgspec.structs import replace

from advisor.knowledge.facts import Thing
from advisor.knowledge.kinds import Kind
from advisor.knowledge.profile import Limit
from advisor.knowledge.queries import Query, QueryError, Where, checked
from advisor.knowledge.words import Words
from advisor.understanding.tables.amounts import Amounts
from advisor.understanding.tables.clauses import split
from advisor.understanding.tables.context import TableContext
from advisor.understanding.tables.entities import (
    Corrects,
    EntityFinder,
    Mention,
    spelled,
)
from advisor.understanding.tables.lexicon import Lexicon
from advisor.understanding.tables.limits import borrowed_of, told, turn_of_own
from advisor.understanding.tables.parts import Parts
from advisor.understanding.tables.readings import Candidate, Readings, merged
from advisor.understanding.tables.scan import Grammar, Line, Scan
from advisor.understanding.tables.turn_base import Turn
from advisor.understanding.tables.turns import Turns
from advisor.understanding.tokens import tokens

#: The share of a clause that may stay unexplained, by what the reading rests on (measured; rambling has unknown words).
GATES = {"firm": 0.99, "name": 0.67, "some": 0.6, "own": 0.75, "limit": 0.5, "none": 0.2, "rare": 0.75}
#: Without an anchor, only a line of so many words is read at all.
SHORT = 7
#: Readings that go on with the last question.
CARRIED = ("next", "refine", "remaining", "again", "same", "which.pronoun", "stranger")
#: How a statement about somebody else is marked.
SOMEONE = "someone"
#: Longer lines are stories: they are never one question.
WHOLE = 30
#: A clause that reads so well as a question about programs is not one with its neighbors about something else.
CLEAR = 0.8
#: What an unused number, negation, exception or "than X" leaves of a score: the reading did not hear it.
UNHEARD = 0.45
#: A message of more words than this tells a story (the same as in dialogue/hearing.py): its statements are background.
STORY = 24
_KIND_BONUS = 0.06
#: A field named for its roles ("nlp salary") beats what is not held of the field.
_THROUGH = 0.24


class TableReading(Struct, frozen=True):
    """What one clause asks of the tables, and what it does to the limits of the student.

    `score` is the share of the clause's content that the reading explains, 0 when there is none. `span` counts characters.
    """

    query: Query | None = None
    score: float = 0.0
    limits: tuple[Where, ...] = ()
    withdrawn: tuple[str, ...] = ()
    corrected: bool = False
    what_if: bool = False
    pushback: bool = False
    why_not: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    borrowed: tuple[Where, ...] = ()    # what somebody else wants: conditions of this message's question only
    mentions: tuple[Mention, ...] = ()
    attributes: tuple[str, ...] = ()
    by: str = ""      # the reading that was taken; "ellipsis", "again", "same", "refine" ... go on with the last question
    question: bool = False
    span: tuple[int, int] = (0, 0)
    trace: tuple[str, ...] = ()


class _Read(Struct, frozen=True):
    """A reading with what it weighs."""

    reading: TableReading
    kind: str
    explained: float
    total: float


class TableReader:
    """Reads questions about the tables of a pack. Pure: the same text and context give the same readings."""

    def __init__(self, kinds: Mapping[str, Kind], things: Mapping[str, Thing], words: Words, speller: Corrects) -> None:
        self.lexicon = Lexicon(kinds, things, words)
        self._kinds, self._things, self._words, self._speller = kinds, things, words, speller
        self._amounts = Amounts(words)
        self.entities = EntityFinder(things, self.lexicon, speller)
        self._kind_of = {thing.id: thing.kind for thing in things.values()}
        self._columns = {name: frozenset((*kind.attributes, *kind.derived)) for name, kind in kinds.items()}

    def read(self, text: str, context: TableContext) -> TableReading:
        """The whole text as one clause."""
        line = self._line(text)
        return self._clause(line, 0, len(line.words), context).reading if line.words else TableReading()

    def read_all(self, text: str, context: TableContext) -> tuple[TableReading, ...]:
        """Clause by clause; the whole line's reading where it explains more than its parts do."""
        line = self._line(text)
        if not line.words:
            return ()
        ranges = split(line, self.lexicon)
        if len(ranges) == 1:
            return (self._clause(line, 0, len(line.words), context).reading,)
        reads: list[_Read] = []
        current = context
        borrowed: tuple[Where, ...] = ()
        for start, end in ranges:
            read = self._clause(line, start, end, current)
            if borrowed and (read.reading.query or read.reading.question):  # the question is somebody else's: it is no limit of one's own
                query = read.reading.query or Query("which", self._words.default_kind, where=borrowed)
                query = replace(query, where=tuple(replace(w, own=False) for w in query.where))
                read = replace(read, reading=replace(read.reading, query=query, score=read.reading.score or GATES["own"]))
            reads.append(read)
            current = self._moved(current, read.reading)
            if read.reading.borrowed:
                borrowed = read.reading.borrowed
                current = replace(current, limits=tuple(Limit(w.key, w.test, w.words) for w in borrowed))
        told = any(read.reading.by == SOMEONE for read in reads)
        # a question that ends in a mark of its own, and means something, is not one with the sentence beside it
        hard = any(line.words[end - 1].after in (".", "?") for _, end in ranges[:-1])
        closed = any(read.reading.query is not None and line.words[end - 1].after == "?" for read, (_, end) in zip(reads[:-1], ranges[:-1], strict=True))
        if not told and not closed and sum(read.reading.query is not None for read in reads) <= 1 and len(line.words) <= WHOLE:
            whole = self._clause(line, 0, len(line.words), context)
            parts = sum(read.explained for read in reads if read.reading.query or read.reading.limits or read.reading.withdrawn)
            clear = any(r.reading.query is not None and r.kind == self._words.default_kind and r.reading.score >= CLEAR for r in reads)
            empty = hard and any(r.reading.query is None and not r.reading.limits for r in reads[:-1])  # "I love hardware. How many credits ...?"
            apart = (hard or clear) and whole.kind != self._words.default_kind or empty and reads[-1].reading.query is not None
            if whole.reading.query is not None and not apart and whole.explained > parts + 0.5:
                return (whole.reading,)
        return self._pooled([read.reading for read in reads])

    # ------------------------------------------------------------------ lines and clauses
    def _line(self, text: str) -> Line:
        words = tokens(text)
        keys, mended = spelled(words, self._speller, self.lexicon)
        classes = [self.lexicon.classes.at(keys, place, len(keys)) for place in range(len(keys))]
        return Line(text, words, keys, mended, self._amounts.find(text, words, keys), text.isupper(), classes)

    def _clause(self, line: Line, start: int, end: int, context: TableContext) -> _Read:
        grammar = Grammar(line, start, end, self.lexicon)
        low, high = line.words[start].start, line.words[end - 1].end
        mentions = self.entities.among(line.text, line.words[start:end], line.keys[start:end],
                                       frozenset(i - start for i in line.mended if start <= i < end))
        best: tuple[float, _Read] | None = None
        runner = ""
        nouns = {self.lexicon.nouns.get(tuple(line.keys[place : place + size])) for place in range(start, end) for size in (1, 2)}
        for kind in self._candidates(grammar, mentions, context):
            read, rank = self._for_kind(grammar, kind, context)
            rank += self._leaning(kind, grammar, mentions, context, nouns)
            if best is None or rank > best[0]:
                runner = f"{best[1].kind}: {best[1].reading.query}" if best and best[1].reading.query else runner
                best = (rank, read)
        assert best is not None
        reading = replace(best[1].reading, mentions=mentions, question=grammar.asks, span=(low, high),
                          trace=(*best[1].reading.trace, *((f"runner-up kind {runner}",) if runner else ())))
        return replace(best[1], reading=reading)

    def _candidates(self, grammar: Grammar, mentions: tuple[Mention, ...], context: TableContext) -> list[str]:
        kinds = dict.fromkeys((self._words.default_kind,))
        if not grammar.asks and len(grammar.line.words) > STORY:
            return list(kinds)  # what a long story tells may be a limit on programs; it asks nothing of the others
        kinds.update(dict.fromkeys(m.kind for m in mentions))
        for kind in list(kinds)[1:]:
            if kind in self._words.listed:  # a field stands for its roles where pay is asked
                kinds.update(dict.fromkeys(a.of for a in self._kinds[kind].attributes.values() if a.of in self._words.listed))
        for place in range(grammar.start, grammar.end):
            for size in (1, 2):
                noun = self.lexicon.nouns.get(tuple(grammar.line.keys[place : place + size]))
                if noun is not None and place + size <= grammar.end:
                    kinds[noun] = None
        if not any(kind in self._words.listed for kind in list(kinds)[1:]) and not any(m.kind == self._words.default_kind for m in mentions):
            kinds.update(dict.fromkeys(self._words.listed))  # no name or noun says what it is about
        if context.last is not None and context.last.kind in self._kinds:
            kinds[context.last.kind] = None
        if context.stack and context.stack[0].kind in self._kinds:
            kinds[context.stack[0].kind] = None
        return list(kinds)

    def _leaning(self, kind: str, grammar: Grammar, mentions: tuple[Mention, ...], context: TableContext, nouns: Container[str | None]) -> float:
        """What speaks for a kind beside the words explained; `nouns`: the kinds whose noun the clause holds."""
        inert = self._words.inert_names.get(self._words.default_kind, ())
        named = [m for m in mentions if m.id not in inert]
        out = 0.0
        if any(m.kind == kind for m in named):
            out += _KIND_BONUS
        if kind in nouns:
            out += _KIND_BONUS
        elif self._words.default_kind in nouns and kind not in self._words.listed:
            out -= 0.3
        if kind == self._words.default_kind:
            out += 0.12 if grammar.has("own") and not grammar.asks else 0.03
            if not grammar.asks and grammar.has("budget_words") and not grammar.has("earning"):
                out += _KIND_BONUS  # "Budget is 60k tops" is a price, whatever was talked of
        elif kind not in self._words.listed:
            out -= 0.03
        if not named and context.speaks_of(kind):
            out += _KIND_BONUS
        return out

    def _for_kind(self, grammar: Grammar, kind: str, context: TableContext) -> tuple[_Read, float]:
        current = kind == self._words.default_kind or context.speaks_of(kind)
        scan = Scan(grammar, kind)
        if not current and not self._speaks(scan):
            return _Read(TableReading(), kind, 0.0, 1.0), -2.0
        parts = Parts(scan, self.lexicon, context)
        readings = Readings(parts)
        turn = Turns(readings).read()
        weights = parts.scan.weights
        total = sum(weights.values()) or 0.001
        ranked: list[tuple[float, int, float, Candidate]] = []
        found = [] if turn.withdrawn and not turn.what_if else readings.all()
        for order, candidate in enumerate((*turn.candidates, *found)):
            if not self._sound(candidate.query):
                continue
            explained = sum(weights.get(place, 0.0) for place in candidate.used | turn.used)
            heard = self._heard(parts, candidate, turn)
            share = (min(1.0, explained / total) if total > 0.01 else float(bool(candidate.used or turn.used))) * (1.0 if heard else UNHEARD)
            trust = self._trust(parts, readings, turn, candidate, share) if share > 0 else 0.0
            ranked.append(((share + candidate.bonus) * trust - order * 0.0001, -order, share * trust, candidate))
        ranked.sort(key=lambda item: (item[0], item[1]), reverse=True)
        chosen = ranked[0] if ranked and ranked[0][2] > 0 else None
        trace = tuple(f"{item[3].name} {item[2]:.2f} {item[3].query.intent}" for item in ranked[:2])
        explained = sum(weights.get(place, 0.0) for place in turn.used)
        flagged = bool(turn.withdrawn or turn.pushback or turn.why_not or turn.premise or turn.corrected)
        score = (explained / total if total > 0.01 else 1.0) if flagged else 0.0
        query: Query | None = None
        limits = turn.limits
        if chosen is not None:
            query, score = chosen[3].query, chosen[2]
            explained = sum(weights.get(place, 0.0) for place in chosen[3].used | turn.used)
            query, own = self._owned(parts, readings, turn, query, context)
            limits = limits or own
        borrowed: tuple[Where, ...] = ()
        by = chosen[3].name if chosen else ""
        somebody = parts.someone and not grammar.asks
        if kind != self._words.default_kind:
            limits, (query, by) = (), (None, SOMEONE) if somebody and grammar.has("spent") else (query, by)
        elif somebody:
            borrowed, limits, by = borrowed_of(parts, readings), (), SOMEONE
            query = query if query is not None and query.asked not in ("which", "count") else None
        elif query is None and not limits and not flagged and not grammar.asks:
            limits = told(parts)
        if turn.premise is not None and (query is None or query.asked in ("card", "value", "yes_no", "which")):
            query, score = turn.premise, max(score, explained / total)
        if turn.why_not and query is not None and query.asked == "card":
            query = None
        attributes = tuple(dict.fromkeys((*(k for k, _ in parts.asked), *(p.key for p in parts.picks), *(b.key for b in parts.bounds))))
        reading = TableReading(query, min(1.0, score) if query or flagged or limits else 0.0, limits, turn.withdrawn, turn.corrected, turn.what_if,
                               turn.pushback, turn.why_not, () if grammar.has("meant") else parts.barred, borrowed, attributes=attributes, by=by, trace=trace)
        through = self._through(parts, readings, chosen[3].query) if chosen is not None else 0.0
        rank = chosen[0] + through if chosen else (min(0.9, score) if flagged else 0.1 if limits or borrowed else -1.0)
        if turn.premise is not None:
            rank = max(rank, score + 0.1)
        return _Read(reading, kind, explained, total), rank

    def _through(self, parts: Parts, readings: Readings, query: Query) -> float:
        """What speaks for a reading by a field that stands for its roles, or by a degree that stands for a value ("a master's in AI")."""
        if parts.through:
            return _THROUGH
        titled = query.asked in ("which", "count") and any(pick.exact and parts.is_title(pick.span) for pick in readings.firm)
        return _KIND_BONUS * 2 if titled and parts.kind == self._words.default_kind else 0.0

    def _speaks(self, scan: Scan) -> bool:
        """Whether a clause holds anything by which a question could be about this kind at all."""
        attributes = self._kinds[scan.kind].attributes
        for span in scan.spans:
            for sense in span.senses:
                if sense.role in ("noun", "super", "compar", "not_held") or sense.role == "name" and sense.value == scan.kind:
                    return True
                attribute = attributes.get(sense.key)
                if sense.role == "weak" and attribute is not None and attribute.type == "money" and any(
                        s.value in self._words.listed[1:] for other in scan.spans for s in other.all("name")):
                    return True  # "what do nlp people make"
                if sense.role in ("asked", "value") and attribute is not None and attribute.type in ("money", "number", "choice"):
                    return True
        return False

    # ------------------------------------------------------------------ checks
    def _sound(self, query: Query) -> bool:
        try:
            checked(query, self._kind_of, self._columns[query.kind])
        except (QueryError, KeyError):
            return False
        return True

    @staticmethod
    def _heard(parts: Parts, candidate: Candidate, turn: Turn) -> bool:
        """Echo: every amount, negator, exception and "than X" of the clause shows in the query."""
        used = candidate.used | turn.used | parts.conditions.dropped
        if candidate.query.asked in ("absent", "not_held"):
            return True
        if any(amount.start not in used for amount in parts.scan.amounts if not amount.word and (amount.money or amount.low > 10)):
            return False
        if any(hit.start not in used for hit in parts.scan.negators):
            return False
        if any(n.span.start not in used for n in parts.named):
            return False
        if any(hit.start not in used for hit in parts.hit("fractions") if parts.named):
            return False
        than = parts.grammar.of("than")
        return not than or bool(parts.bounds or parts.compars or parts.yard or parts.hit("except"))

    def _trust(self, parts: Parts, readings: Readings, turn: Turn, candidate: Candidate, score: float) -> float:
        """How far a reading is to be trusted, by what it rests on: 1 with an anchor, less without, 0 when too much is unexplained.

        An anchor is a name, a noun of the kind, something in focus, or what the turn before gives. A mended word is no
        anchor by itself.
        """
        query = candidate.query
        spans = [s for s in parts.scan.spans if s.start in candidate.used]
        mended = parts.grammar.line.mended
        sound = [s for s in spans if not all(i in mended for i in range(s.start, s.end))]
        default = parts.kind == self._words.default_kind
        current = parts.context.speaks_of(parts.kind)
        name = any(s.get("name", "not_held") and not parts.is_inert(s) for s in (spans if len(spans) > 1 else sound))
        noun = any(s.get("noun") for s in sound)
        turned = bool(turn.withdrawn or turn.corrected or turn.what_if or turn.premise or turn.pushback)
        if candidate.kind_needs_name(self._words.listed):
            listing = query.asked in ("which", "count", "extreme", "average")
            if listing and not noun or not listing and not (name or query.subjects) or score < GATES["rare"] and not current:
                return 0.0
        keys = {w.key for w in query.where}
        about = any(sense.key in keys for s in spans for sense in s.senses)
        if not default and not current and not (name or noun or query.sort and spans or keys and about):
            return 0.0
        if query.subjects and not readings.ref.found and query.asked in ("value", "card") and parts.is_prose(query.attributes):
            # "which degree is right for me?" after a school: its column for that is not what is asked
            if parts.other_noun() or parts.grammar.has("own"):
                return 0.0
            return 1.0 if 1.0 - score <= GATES["none"] else 0.0
        firm = any(parts.is_firm(span) for span in sound)
        limit = bool(parts.bounds or readings.firm or parts.lists)
        unknown = 1.0 - score
        if (name or noun) and (firm or limit or query.asked in ("absent", "not_held")):
            return 1.0 if unknown <= GATES["firm"] else 0.0
        if name:
            return 1.0 if unknown <= GATES["name"] else 0.0
        if noun or turned or query.asked == "average" or query.subjects or query.scope or readings.ref.found or candidate.name in CARRIED:
            return 1.0 if unknown <= GATES["some"] else 0.0
        if limit and turn_of_own(parts):
            return 0.9 if unknown <= GATES["own"] else 0.0
        if firm or limit:
            return 0.9 if unknown <= GATES["limit"] else 0.0
        short = parts.grammar.end - parts.grammar.start <= SHORT
        return 0.6 if unknown <= GATES["none"] and short else 0.0

    def _owned(self, parts: Parts, readings: Readings, turn: Turn, query: Query, context: TableContext) -> tuple[Query, tuple[Where, ...]]:
        """Own limits that a list question does not name stay in force; conditions of a statement are the student's."""
        if query.asked not in ("which", "extreme", "count") or query.kind != self._words.default_kind:
            return query, ()
        limits: tuple[Where, ...] = ()
        if not parts.grammar.asks and not turn.what_if and not turn.corrected and not parts.subjects and query.asked == "which":
            said = set() if parts.someone else {w.key for w in (*parts.wheres([p for p in parts.picks if p.firm and p.filters])[0],)}
            limits = tuple(replace(w, own=True) for w in query.where if w.key in said and w.key != "id")
            query = replace(query, where=tuple(replace(w, own=True) if w.key in said else w for w in query.where))
        if query.asked != "count" and not query.scope and not parts.grammar.has("overall") and not turn.withdrawn and not parts.someone:
            own = tuple(Where(limit.key, limit.test, limit.words, True, limit.must) for limit in context.limits)
            sort = {query.sort.key} if query.sort else set()
            if not (turn.what_if or turn.corrected):
                query = replace(query, where=merged(tuple(w for w in own if w.key not in sort), query.where))
        return query, limits

    # ------------------------------------------------------------------ several clauses
    def _moved(self, context: TableContext, reading: TableReading) -> TableContext:
        """The context that the next clause of the same message sees."""
        if reading.query is not None:
            if not reading.limits:
                unseen = reading.query.asked in ("which", "extreme") and not reading.query.subjects
                return replace(context.answered(reading.query), unseen=unseen)
            kept = tuple(limit for limit in context.limits if all(limit.key != w.key for w in reading.limits))
            return replace(context, limits=(*kept, *(Limit(w.key, w.test, w.words, must=w.must) for w in reading.limits)))
        ids = tuple(m.id for m in reading.mentions if m.kind == self._words.default_kind)
        return context.pushed(self._words.default_kind, ids) if ids else context

    def _pooled(self, readings: list[TableReading]) -> tuple[TableReading, ...]:
        """Limits of the statements join the list questions of the same message."""
        said: tuple[Where, ...] = ()
        for reading in readings:
            said = merged(said, (*reading.limits, *reading.borrowed))
        gone = {key for reading in readings for key in reading.withdrawn}
        hypothetical = any(reading.what_if for reading in readings)
        lists = [r for r in readings if r.query is not None and r.query.asked in ("which", "extreme", "count") and not r.limits
                 and r.query.kind == self._words.default_kind]
        out: list[TableReading] = []
        for reading in readings:
            query = reading.query
            if query is not None and reading in lists:
                kept = tuple(w for w in query.where if w.key not in gone or any(w.key == s.key for s in said))
                reading = replace(reading, query=replace(query, where=merged(said, kept)), what_if=reading.what_if or hypothetical)
            elif query is not None and reading.limits and lists and query.asked == "which":
                reading = replace(reading, query=None)
            out.append(reading)
        return tuple(out)
