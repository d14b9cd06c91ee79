"""The names of one kind in a clause, each in its role: subject, ruled out, or yardstick."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from msgspec import Struct

from advisor.knowledge.kinds import Kind
from advisor.understanding.tables.context import TableContext
from advisor.understanding.tables.lexicon import Lexicon
from advisor.understanding.tables.scan import Hit, Scan, Span

#: So many words are an ellipsis: "and a vision one".
SHORT = 5


class Named(Struct, frozen=True):
    """A name of the kind in a clause, in its role: subject, barred ("not X"), or yardstick ("cheaper than X")."""

    id: str
    span: Span
    role: str = "subject"


class Names:
    """Names and their roles, and what all parts of a clause lean on."""

    def __init__(self, scan: Scan, lexicon: Lexicon, context: TableContext) -> None:
        self.scan, self.grammar, self.kind, self.lexicon, self.context = scan, scan.grammar, scan.kind, lexicon, context
        self.declared: Kind = lexicon.kinds[scan.kind]

    @staticmethod
    def places(*spans: Span | Hit | None) -> frozenset[int]:
        return frozenset(place for span in spans if span is not None for place in range(span.start, span.end))

    def text(self, start: int, end: int) -> str:
        words = self.grammar.line.words
        return self.grammar.line.text[words[start].start : words[end - 1].end]

    def spans(self, *roles: str) -> list[Span]:
        return [span for span in self.scan.spans if any(sense.role in roles for sense in span.senses)]

    def hit(self, *names: str) -> list[Hit]:
        """Word classes that do not stand inside content."""
        return [hit for hit in self.grammar.of(*names) if not self.scan.within(hit)]

    @cached_property
    def named(self) -> tuple[Named, ...]:
        out: list[Named] = []
        previous: Named | None = None
        for span in self.scan.spans:
            sense = next((s for s in span.senses if s.role == "name" and s.value == self.kind), None)
            if sense is None:
                continue
            role = self._role(span, previous)
            previous = Named(sense.key, span, role)
            out.append(previous)
        return tuple(out) or self.through

    @cached_property
    def through(self) -> tuple[Named, ...]:
        return tuple(self._through())

    def _through(self) -> Iterator[Named]:
        """"nlp salary", "what do mlops people make": a field stands for the roles that it leads to, where their figure is asked."""
        if self.kind == self.lexicon.words.default_kind or self.kind not in self.lexicon.words.listed:
            return
        default = self.lexicon.index(self.lexicon.words.default_kind)
        if any(s.role == "noun" for place in range(self.scan.start, self.scan.end) for _, senses in default.at(
                self.grammar.line.keys, place, self.scan.end) for s in senses):
            return
        if not any(a.type in ("money", "number") for a in self.declared.attributes.values()):
            return
        figure = any((a := self.declared.attributes.get(sense.key)) is not None and a.type in ("money", "number") and sense.role in ("asked", "weak")
                     for span in self.scan.spans for sense in span.senses)
        last = self.context.last
        if not figure and not (last is not None and last.kind == self.kind and last.subjects and self.scan.end - self.scan.start <= SHORT):
            return
        for span in self.scan.spans:
            for sense in span.all("name"):
                if sense.value not in self.lexicon.words.listed or sense.value == self.lexicon.words.default_kind:
                    continue
                declared = self.lexicon.kinds[sense.value].attributes
                column = next((key for key, a in declared.items() if a.type == "list" and a.of == self.kind), None)
                value = self.lexicon.things[sense.key].value(column) if column else None
                for id_ in value.items if value is not None else ():
                    yield Named(id_, span)

    def _role(self, span: Span, previous: Named | None) -> str:
        keys, words = self.grammar.line.keys, self.grammar.line.words
        before = self.grammar.key(span.start - 1)
        if previous is not None and previous.role != "subject":
            between = [keys[i] for i in range(previous.span.end, span.start)]
            if all(word in ("or", "and", "nor", "not", "than", "the") for word in between):
                return previous.role
        if before == "than" or before in ("the", "a", "an") and self.grammar.key(span.start - 2) == "than":
            if any(span.start - 1 <= hit.end <= span.start for hit in self.hit("except")):
                return "barred"
            return "yard"
        if self.grammar.has("difference") or self.grammar.has("compare_frame") and "apart" in keys[self.grammar.start : self.grammar.end]:
            return "subject"
        for hit in self.hit("except", "reject"):
            if 0 <= span.start - hit.end <= 1 and not any(words[i].after for i in range(hit.end - 1, span.start)) and all(
                    keys[i] in ("the", "for", "at", "to", "of", "in") for i in range(hit.end, span.start)):
                return "barred"
        for negator in self.scan.negators:
            if 0 <= span.start - negator.end <= 1 and not words[negator.end - 1].after and keys[negator.start] in (
                    "not", "no", "without", "minus", "never", "neither", "nor", "non"):
                return "barred"
        return "subject"

    @cached_property
    def subjects(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(n.id for n in self.named if n.role == "subject"))

    @cached_property
    def barred(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(n.id for n in self.named if n.role == "barred"))

    @cached_property
    def yard(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(n.id for n in self.named if n.role == "yard"))

    @cached_property
    def name_places(self) -> frozenset[int]:
        return self.places(*(n.span for n in self.named)) | self._bar_places

    @cached_property
    def _bar_places(self) -> frozenset[int]:
        if not self.barred:
            return frozenset()
        first = min(n.span.start for n in self.named if n.role == "barred")
        return frozenset(p for hit in self.hit("except", "reject", "negators") if 0 <= first - hit.end <= 2 for p in range(hit.start, hit.end))

    @cached_property
    def someone(self) -> bool:
        """Whether the clause tells of somebody else ("my friend hates the gre"): what they want is no limit of the student's."""
        return self.grammar.has("others") and not self.grammar.has("oneself")
