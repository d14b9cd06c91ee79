"""The bot's own sentences (rules/wording.yaml) and the words for cells, as typed spans with their citations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from advisor.knowledge.answers import pieces
from advisor.knowledge.facts import Citation, Fact, Thing
from advisor.knowledge.pack import Pack
from advisor.replies.blocks import Line, Paragraph, Span

Part = str | Span | Line


def as_line(part: Part) -> Line:
    """A text, a span or a line as a line; a bare text counts as worked out (a name, a count)."""
    if isinstance(part, str):
        return (Span(part, "worked_out"),)
    return (part,) if isinstance(part, Span) else part


def capitalized(line: Line) -> Line:
    """The line with a capital at its start: names such as "machine learning" may open a sentence."""
    if not line or line[0].text.startswith("http"):
        return line
    return (replace(line[0], text=line[0].text[:1].upper() + line[0].text[1:]), *line[1:])


def ended(line: Sequence[Span], text: str) -> str:
    """The words that go on behind a line: a sentence that has ended is not ended once more."""
    return text[1:] if text.startswith(".") and not text.startswith("..") and line and line[-1].text.endswith((".", "!", "?")) else text


def joined(parts: Sequence[Part], last: str = " and ", between: str = ", ") -> Line:
    """Parts as one line: `A, B and C`."""
    out: list[Span] = []
    for index, part in enumerate(parts):
        if index:
            out.append(Span(last if index == len(parts) - 1 else between))
        out += as_line(part)
    return tuple(out)


class Voice(Struct, frozen=True):
    """Makes lines of the pack's wording and of its facts."""

    pack: Pack

    def line(self, key: str, **parts: Part) -> Line:
        """The sentence `key` of wording.yaml with its `{places}` filled. Raises KeyError for a sentence that is not there."""
        out: list[Span] = []
        for piece in pieces(self.pack.wording[key]):
            if piece.path:
                out += as_line(parts[piece.text])
            elif text := ended(out, piece.text):
                out.append(Span(text))
        return tuple(out)

    def say(self, key: str, *, lead: bool = False, caution: bool = False, citations: Iterable[Citation] = (),
            **parts: Part) -> Paragraph:
        """The sentence as a paragraph."""
        return Paragraph(capitalized(self.line(key, **parts)), tuple(dict.fromkeys(citations)), lead, caution)

    def text(self, key: str, **parts: str) -> str:
        """The sentence as plain text (for suggestions)."""
        return "".join(parts.get(p.text, "") if p.path else p.text for p in pieces(self.pack.wording[key]))

    def name(self, id_: str, *, strong: bool = False) -> Span:
        """The name of a thing, typed as its fact."""
        thing = self.pack.things.get(id_)
        return Span(thing.name if thing else id_, "fact", id_, "name", strong)

    def names(self, ids: Iterable[str], last: str = " and ") -> Line:
        return joined([self.name(id_) for id_ in ids], last)

    def label(self, kind: str, key: str) -> str:
        """How a column is called."""
        attributes, derived = self.pack.kinds[kind].attributes, self.pack.kinds[kind].derived
        return attributes[key].label if key in attributes else derived[key].label if key in derived else key

    def value(self, thing: Thing, key: str, fact: Fact, short: bool = True) -> Line:
        """One fact in words: its value, and for whom it holds. Items of a list that are things are told by name."""
        attribute = self.pack.kinds[thing.kind].attributes[key]
        if fact.value.type == "list":
            if fact.value.text:
                return (Span(fact.value.text, "fact", thing.id, key),)
            return joined([self.name(i) if i in self.pack.things else Span(i, "fact", thing.id, key)
                           for i in fact.value.items])
        words = attribute.say(fact.value, short)
        scope = f" ({fact.for_})" if fact.for_ else ""
        return (Span(words + scope, "fact", thing.id, key),)

    def cell(self, thing: Thing, key: str, short: bool = True) -> tuple[Line, tuple[Citation, ...]] | None:
        """All facts of a cell in words with their citations; None when the cell is empty or unknown."""
        facts = [fact for fact in thing.facts.get(key, ()) if fact.value.state != "unknown"]
        if not facts:
            return None
        facts.sort(key=lambda fact: not fact.usual)
        is_list = facts[0].value.type == "list"
        line = joined([self.value(thing, key, fact, short) for fact in facts], " and " if is_list else "; ", ", " if is_list else "; ")
        return line, tuple(dict.fromkeys(c for fact in facts for c in fact.citations))
