"""Answers to questions about the tables, in words and tables."""

from __future__ import annotations

from collections.abc import Sequence

from advisor.knowledge.facts import Citation, Thing
from advisor.knowledge.queries import Query
from advisor.reasoning.table_cells import Cell
from advisor.reasoning.tables import TableAnswer
from advisor.replies.blocks import Block, Bullets, Line, Span, Table
from advisor.replies.cells import page_of, value_blocks, yes_no_blocks, yes_no_line
from advisor.replies.told import Told, about, card, cell_line, figure_span, table_of
from advisor.replies.voice import Voice, joined
from advisor.replies.wishes import where_words

#: Columns beside the name that fit a narrow screen.
COLUMNS = 5
#: Exceptions that are named.
FEW = 2
#: Names in a sentence; more become a count and a table.
NAMES = 4


def _columns(voice: Voice, query: Query) -> list[str]:
    """The columns to show: those asked about, sorted and filtered by, then the kind's own, as many as fit."""
    kind = voice.pack.kinds[query.kind]
    wanted = [*query.attributes, *((query.sort.key,) if query.sort else ()), *(w.key for w in query.where if w.key != "id")]
    keys = [k for k in dict.fromkeys(wanted) if k in kind.attributes and not kind.attributes[k].hidden and k != "name"]
    for key in kind.columns:
        if len(keys) >= 3:
            break
        if key not in keys and key != "name":
            keys.append(key)
    return keys[:COLUMNS]


class Teller:
    """Tells one answer."""

    def __init__(self, voice: Voice, answer: TableAnswer) -> None:
        self.voice, self.answer, self.query = voice, answer, answer.query
        self.things, self.kind = voice.pack.things, voice.pack.kinds[answer.query.kind]
        self.told = Told()

    def tell(self) -> Told:
        {"value": self._value, "yes_no": self._yes_no, "which": self._which, "extreme": self._extreme, "count": self._count,
         "compare": self._compare, "difference": self._difference, "per_unit": self._per_unit, "average": self._average,
         "card": self._card, "absent": self._absent, "not_held": self._not_held, "premise": self._premise}[self.query.asked]()
        return self.told

    # ------------------------------------------------------------------ helpers
    def _add(self, *blocks: Block) -> None:
        self.told.blocks += blocks

    def _thing(self, id_: str) -> Thing:
        return self.things[id_]

    def _figure(self, wording: str, id_: str, key: str, lead: bool = False) -> None:
        (line, cited), label = cell_line(self.voice, self._thing(id_), key), Span(self.voice.label(self.query.kind, key))
        self._add(self.voice.say(wording, lead=lead, citations=cited, name=self.voice.name(id_), label=label, value=line))
        self.told.cells.append((id_, key))

    def _count_span(self, number: int) -> Span:
        return Span(str(number), "worked_out")

    def _table(self, ids: Sequence[str], columns: Sequence[str]) -> None:
        self._add(table_of(self.voice, self.query.kind, ids, columns))
        self.told.state(ids, columns)

    def _group_size(self) -> int:
        return len(self.query.scope) or len(self.voice.pack.of_kind(self.query.kind))

    # ------------------------------------------------------------------ one or few things
    def _value(self) -> None:
        ids, keys = self.answer.about, self.query.attributes
        if len(ids) == 1:
            for index, key in enumerate(keys):
                if key in self.kind.derived:
                    self._derived(ids[0], key)
                    continue
                keys_shown = [key, *(k for k in self.kind.attributes[key].with_ if k not in keys)]
                self._add(*value_blocks(self.voice, self._thing(ids[0]), key, lead=index == 0))
                for other in keys_shown[1:]:
                    if self.voice.cell(self._thing(ids[0]), other):
                        self._add(value_blocks(self.voice, self._thing(ids[0]), other, lead=False)[0])
                self.told.state(ids, keys_shown)
        elif not ids:
            self._nothing()
        elif len(ids) <= 3 and len(keys) == 1 and keys[0] not in self.kind.derived:
            for index, id_ in enumerate(ids):
                self._add(value_blocks(self.voice, self._thing(id_), keys[0], lead=index == 0)[0])
            self.told.state(ids, keys)
        else:
            self._add(self.voice.say("compare.table", lead=True, names=self._names(ids)))
            self._table(ids, [k for k in keys if k in self.kind.attributes])

    def _names(self, ids: Sequence[str]) -> Line:
        return self.voice.names(ids)

    def _yes_no(self) -> None:
        answer, query = self.answer, self.query
        keys = query.attributes or ((query.sort.key,) if query.sort else ())
        key = keys[0] if keys else "name"
        if query.sort is not None and query.subjects and not query.wanted:
            self._by_order(key)
            return
        said = answer.polarity
        if not said:
            self._nothing()
            return
        if len(said) == 1:
            thing = self._thing(said[0][0])
            self._add(*yes_no_blocks(self.voice, thing, key, said[0][1]))
            for other in self.kind.attributes[key].with_ if key in self.kind.attributes else ():
                if self.voice.cell(thing, other):
                    self._add(value_blocks(self.voice, thing, other, lead=False)[0])
            self.told.state([said[0][0]], [key])
            return
        self._several(key)

    def _by_order(self, key: str) -> None:
        answer = self.answer
        polarity = answer.polarity[0][1] if answer.polarity else "unknown"
        ids = list(dict.fromkeys((*self.query.subjects, *answer.extreme[:2])))
        facts: list[Line] = []
        cited: list[Citation] = []
        for id_ in ids:
            line, more = cell_line(self.voice, self._thing(id_), key) if key in self.kind.attributes else ((), ())
            facts.append((self.voice.name(id_), Span(" "), *line))
            cited += more
        wording = {"yes": "order.yes", "no": "order.no"}.get(polarity, "order.open")
        self._add(self.voice.say(wording, lead=True, citations=cited, facts=joined(facts, ", ")))
        self.told.state(ids, [key])

    def _several(self, key: str) -> None:
        said = dict(self.answer.polarity)
        yes = [i for i, p in said.items() if p == "yes"]
        no = [i for i, p in said.items() if p == "no"]
        rest = [i for i, p in said.items() if p not in ("yes", "no")]
        if len(yes) == len(said):
            lead = self.voice.say("all.yes", lead=True, names=self._names(yes))
        elif not yes and not rest:
            listed = key in self.kind.attributes and self.kind.attributes[key].type == "list"  # what a list leaves out may still be taught
            lead = self.voice.say("all.open" if listed else "all.no", lead=True, names=self._names(no))
        elif yes and self.query.quantifier == "all":
            lead = self.voice.say("all.not", lead=True, names=self._names([*no, *rest]))
        elif yes and self.query.quantifier == "any":
            lead = self.voice.say("any.yes", lead=True, names=self._names(yes))
        elif yes and no:
            lead = self.voice.say("some.yes", lead=True, yes=self._names(yes), no=self._names(no))
        else:
            lead = self.voice.say("which.some", lead=True, count=self._count_span(len(yes)), names=self._names(yes)) if yes else (
                self.voice.say("which.none", lead=True))
        self._add(lead)
        if len(said) <= NAMES:
            lines = [yes_no_line(self.voice, self._thing(i), key, "depends" if p in ("yes", "no") else p) for i, p in said.items()]
            self._add(Bullets(tuple(line for line, _ in lines), tuple(dict.fromkeys(c for _, cited in lines for c in cited))))
            self.told.state(list(said), [key])
        else:
            self._table(yes + rest, [key]) if yes or rest else self.told.state(no, [key])

    # ------------------------------------------------------------------ lists
    def _which(self) -> None:
        ids = self.answer.about
        if not ids:
            self._nothing()
            return
        total = self._group_size()
        filtered = bool(self.query.where or self.query.scope)
        if len(ids) == total and not filtered:
            self._add(self.voice.say("which.all", lead=True, count=self._count_span(total), kind=Span(self.kind.plural)))
        elif len(ids) <= NAMES:
            self._add(self.voice.say("which.one" if len(ids) == 1 else "which.some", lead=True, count=self._count_span(len(ids)),
                                     names=self._names(ids)))
        else:
            self._add(self.voice.say("which.many", lead=True, count=self._count_span(len(ids)), total=self._count_span(total)))
        self._notes(ids)
        self._table(ids, _columns(self.voice, self.query))
        self._except()
        self.beyond()

    def _notes(self, ids: Sequence[str]) -> None:
        """What the source says of the very items that a list was searched for ("named for language work")."""
        wanted = {(w.key, value) for w in self.query.where for value in w.test.values
                  if w.key in self.kind.attributes and self.kind.attributes[w.key].type == "list"}
        lines: list[Line] = []
        for id_ in ids[:NAMES]:
            notes = [(key, fact) for key, value in wanted for fact in self._thing(id_).facts.get(key, ()) if value in fact.value.items and fact.note]
            lines += [(self.voice.name(id_), Span(": "), Span(fact.note, "fact", id_, key)) for key, fact in notes]
        if lines:
            self._add(Bullets(tuple(lines)))

    def _except(self) -> None:
        """The few that do not meet the conditions, each with its own value: "all but one" must name the one."""
        broken = self.answer.broken
        if not 0 < len(broken) <= FEW or len(self.answer.about) < len(broken) * 2:
            return
        items: list[Line] = []
        for id_, failed in broken:
            key = next((w.key for w in failed if w.key in self.kind.attributes), "")
            value = cell_line(self.voice, self._thing(id_), key)[0] if key else ()
            items.append((self.voice.name(id_), *((Span(" ("), *value, Span(")")) if value else ())))
            self.told.cells.append((id_, key))
        self._add(self.voice.say("which.except", items=joined(items)))

    def beyond(self) -> None:
        """Adds what was set aside because the data does not say, and what is borderline."""
        listed = {key for key, attribute in self.kind.attributes.items() if attribute.type == "list"}
        aside = [(id_, keys) for id_, keys in self.answer.set_aside if not listed.issuperset(keys)]
        if aside:
            keys = list(dict.fromkeys(key for _, keys in aside for key in keys))
            what = joined([Span(self.voice.label(self.query.kind, key)) for key in keys])
            names = [id_ for id_, _ in aside]
            if len(names) <= 2:
                self._add(self.voice.say("programs.set_aside", caution=True, names=self._names(names), what=what))
            else:
                self._add(self.voice.say("programs.set_aside_many", caution=True, count=self._count_span(len(names)), what=what))
        if self.answer.borderline:
            self._add(self.voice.say("programs.borderline", caution=True, names=self._names(self.answer.borderline)))

    def _nothing(self) -> None:
        """Nothing fits: which single conditions (or pairs) to give up, and what that would leave."""
        hard = [w for w in self.query.where if w.must and w.key != "id"]
        if not hard:
            self._add(self.voice.say("which.none", lead=True))
            self.beyond()
            return
        limits = joined([where_words(self.voice, self.query.kind, w) for w in hard])
        if len(hard) == 1 and not hard[0].own:
            self._add(self.voice.say("which.none_such", lead=True, limit=limits))
            if near := self.answer.nearest:
                self._figure("which.nearest", near, hard[0].key)
                self.told.things.append(near)
            self.beyond()
            return
        self._add(self.voice.say("programs.none", lead=True, limits=limits))
        rows: list[tuple[Line, ...]] = []
        for relaxation in self.answer.relaxations[:4]:
            given = joined([where_words(self.voice, self.query.kind, w) for w in relaxation.dropped])
            rows.append((given, joined([self._priced(i) for i in relaxation.ids[:NAMES]])))
            self.told.within += [i for i in relaxation.ids[:NAMES] if i not in self.told.within]
            if len(relaxation.dropped) == 1:
                self.told.chips.append(self.voice.text("chip.drop", label=self.voice.label(self.query.kind, relaxation.dropped[0].key)))
        if rows:
            self._add(Table((self.voice.text("programs.relax_head"), self.voice.text("programs.relax_then")), tuple(rows)))
        self.beyond()

    def _priced(self, id_: str) -> Line:
        """A name with its price beside it, for what is reached by giving something up."""
        price = self.voice.pack.price if self.query.kind == self.voice.pack.main else ""
        cell = self.voice.cell(self._thing(id_), price) if price else None
        if cell is None:
            return (self.voice.name(id_),)
        self.told.cells.append((id_, price))
        return (self.voice.name(id_), Span(" ("), *cell[0], Span(")"))

    def _extreme(self) -> None:
        ids, sort = self.answer.extreme, self.query.sort
        if not ids or sort is None:
            self._add(self.voice.say("extreme.none", lead=True)) if not self.query.where else self._nothing()
            return
        if len(ids) == 1 and sort.key in self.kind.attributes:
            self._figure("extreme.plain", ids[0], sort.key, lead=True)
            self.told.state(ids, [sort.key])
            for other in (i for i in self.query.scope if len(self.query.scope) == 2 and i != ids[0]):  # of two, the other one too
                self._figure("extreme.plain", other, sort.key)
            keys = [w.key for w in self.query.where if w.key in self.kind.attributes and w.key != sort.key]
            for key in dict.fromkeys((*keys, *(k for k in self.query.attributes if k != sort.key and k in self.kind.attributes))):
                self._add(value_blocks(self.voice, self._thing(ids[0]), key, lead=False)[0])
                self.told.state(ids, [key])
        elif sort.key in self.kind.derived:
            lines = [self.voice.line("extreme.scale", name=self.voice.name(i), value=self._derived_span(i, sort.key)) for i in ids]
            self._add(self.voice.say("extreme.several", lead=True, items=joined(lines)))
            self.told.state(ids, [])
        else:
            lines = [self.voice.line("extreme.scale", name=self.voice.name(i), value=cell_line(self.voice, self._thing(i), sort.key)[0]) for i in ids]
            cited = tuple(dict.fromkeys(c for i in ids for c in cell_line(self.voice, self._thing(i), sort.key)[1]))
            self._add(self.voice.say("extreme.several", lead=True, citations=cited, items=joined(lines)))
            self.told.state(ids, [sort.key])
        self.beyond()

    def _derived_span(self, id_: str, key: str) -> Span:
        cell = self.answer.cell(id_, key)
        return figure_span(self.voice, self.query.kind, key, cell.figure if cell else None)

    def _count(self) -> None:
        ids, total = self.answer.about, self._group_size()
        if not ids:
            self._add(self.voice.say("count.none", lead=True, total=self._count_span(total)))
            self.beyond()
            return
        names = self._names(ids)
        self._add(self.voice.say("count.some", lead=True, count=self._count_span(len(ids)), total=self._count_span(total), names=names))
        self.told.state(ids, [])
        self.beyond()

    # ------------------------------------------------------------------ several things side by side
    def _compare(self) -> None:
        ids = self.answer.about
        keys = [k for k in (self.query.attributes or self.kind.columns) if k in self.kind.attributes and k != "name"]
        if not self.query.attributes:
            keys = keys[:COLUMNS]
        self._add(self.voice.say("compare.table", lead=True, names=self._names(ids)))
        columns = [self.voice.label(self.query.kind, key) for key in keys]
        cells = {(id_, key): cell_line(self.voice, self._thing(id_), key) for id_ in ids for key in keys}
        if len(ids) <= 3:  # one row a column, so that three schools fit a narrow screen
            rows = tuple(((Span(label),), *(cells[id_, key][0] for id_ in ids)) for label, key in zip(columns, keys, strict=True))
            cited = tuple(dict.fromkeys(c for line in cells.values() for c in line[1]))
            self._add(Table(("", *(self._thing(i).name for i in ids)), rows, tuple(ids), cited))
            self.told.state(ids, keys)
        else:
            self._table(ids, keys)
        told = [(i, line) for i in ids if (line := about(self.voice, self._thing(i)))] if len(ids) <= 3 else []
        if told:
            lines = tuple((self.voice.name(i), Span(": "), *line) for i, (line, _) in told)
            self._add(Bullets(lines, tuple(dict.fromkeys(c for _, (_, cited) in told for c in cited))))

    def _difference(self) -> None:
        ids, key = self.answer.about[:2], self.query.attributes[0]
        if len(ids) < 2:
            self._value()
            return
        a, b = (cell_line(self.voice, self._thing(i), key) for i in ids)
        wording = "difference.open" if self.answer.difference is None else "difference.line" if self.answer.difference else "difference.same"
        self._add(self.voice.say(wording, lead=True, citations=(*a[1], *b[1]), first=self.voice.name(ids[0]), second=self.voice.name(ids[1]),
                                 value=figure_span(self.voice, self.query.kind, key, self.answer.difference) if self.answer.difference else a[0],
                                 a=a[0], b=b[0]))
        self.told.state(ids, [key])

    def _derived(self, id_: str, key: str) -> None:
        derived = self.kind.derived[key]
        cell: Cell | None = self.answer.cell(id_, key)
        figure = cell.figure if cell else None
        label = Span(derived.label or key)
        if figure is None:
            self._add(self.voice.say("per_unit.open", lead=True, label=label, name=self.voice.name(id_)))
        else:
            a, b = (cell_line(self.voice, self._thing(id_), k) for k in (derived.of, derived.by))
            self._add(self.voice.say("per_unit.line", lead=True, citations=(*a[1], *b[1]), name=self.voice.name(id_), label=label, a=a[0],
                                     b=(*b[0], Span(f" {self.kind.attributes[derived.by].label}")),
                                     value=figure_span(self.voice, self.query.kind, key, figure)))
        self.told.state([id_], [derived.of, derived.by])

    def _per_unit(self) -> None:
        for id_ in self.answer.about[:COLUMNS]:
            self._derived(id_, self.query.attributes[0])

    def _average(self) -> None:
        key = self.query.attributes[0]
        known = len(self.answer.about) - len(self.answer.unranked)
        self._add(self.voice.say("average.line", lead=True, count=self._count_span(known),
                                 value=figure_span(self.voice, self.query.kind, key, self.answer.average)))
        if self.answer.unranked:
            self._add(self.voice.say("average.without", names=self.voice.names(self.answer.unranked)))
        self.told.state(self.answer.about, [key])

    # ------------------------------------------------------------------ everything of one thing
    def _card(self) -> None:
        for id_ in self.answer.about[:2]:
            card(self.voice, id_, self.told)

    # ------------------------------------------------------------------ what is not there
    def _absent(self) -> None:
        absent = self.kind.absent[self.query.attributes[0]]
        what = Span(absent.say_as)
        ids = self.query.subjects
        if ids and (page := page_of(self.voice, self._thing(ids[0]))):
            self._add(self.voice.say("absent.program", lead=True, citations=page[1], what=what, name=self._names(ids), page=page[0]))
        else:
            self._add(self.voice.say("absent.general" if self.kind.plural == "programs" else "absent.other", lead=True, what=what))
        linked = tuple(dict.fromkeys(i for id_ in ids if (value := self._thing(id_).value(absent.via)) for i in value.items)) if absent.via else ()
        if linked:
            kind = self.voice.pack.things[linked[0]].kind
            self._add(table_of(self.voice, kind, linked, (absent.column,)))
            self.told.state(linked, (absent.column,))
        self.told.things += ids

    def _not_held(self) -> None:
        row = self.kind.not_held.get(self.query.named)
        name = Span(row.name[:1].upper() + row.name[1:] if row else self.query.named, "own")
        if row and row.near in self.things:
            wording = "not_held.near" if row.why else "not_held.near_plain"
            self._add(self.voice.say(wording, lead=True, name=name, near=self.voice.name(row.near), why=Span(row.why)))
            self.told.things.append(row.near)
        else:
            self._add(self.voice.say("not_held", lead=True, name=name))

    def _premise(self) -> None:
        id_, key = self.query.subjects[0], self.query.attributes[0]
        thing, attribute = self._thing(id_), self.kind.attributes[key]
        cell = self.voice.cell(thing, key)
        if cell is None or attribute.type == "choice":
            fact = thing.fact(key)
            say = Span(attribute.say(fact.value, short=False) if fact else "", "fact", id_, key)
            self._add(self.voice.say("premise.choice", lead=True, citations=cell[1] if cell else (), name=self.voice.name(id_), say=say))
        else:
            line = (self.voice.name(id_), Span(": "), Span(f"{attribute.label} "), *cell[0])
            self._add(self.voice.say("premise.lead", lead=True, citations=cell[1], fact=line, stated=Span(self.query.stated, "own")))
        self.told.state([id_], [key])
