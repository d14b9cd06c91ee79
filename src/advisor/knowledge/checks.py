"""Cross-checks: every id that one file names exists in another, every path of an answer leads somewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from advisor.errors import Problem
from advisor.knowledge.answers import Intent, pieces
from advisor.knowledge.conditions import AnyOf, ConditionError, Conditions, parse_conditions
from advisor.knowledge.profile import STANCES
from advisor.knowledge.source import Document, Path_, nearest

if TYPE_CHECKING:
    from advisor.knowledge.pack import Pack

_NOWHERE = Document("rules")
#: Where ids are defined that belong to no kind.
_DEFINED_IN = {"topic": "rules/topics.yaml", "stance or slot": "rules/interview.yaml", "degree": "rules/degrees.yaml", "source": "data/sources.yaml"}


class _Checker:
    """Checks one pack; problems are collected."""

    def __init__(self, pack: Pack, documents: Mapping[str, Document], unread: frozenset[str]) -> None:
        self.pack, self.documents, self.unread, self.problems = pack, documents, unread, list[Problem]()

    def wrong(self, file: str, path: Path_, message: str, hint: str = "", key: bool = False) -> None:
        self.problems.append(self.documents.get(file, _NOWHERE).problem(path, message, hint, key))

    def undefined(self, what: str) -> bool:
        """Whether the file that defines this sort of id could not be read: then nothing can be said of such ids."""
        kind = self.pack.kinds.get(what)
        return (f"data/{kind.file}" if kind else _DEFINED_IN.get(what, "")) in self.unread

    def known(self, file: str, path: Path_, word: str, known: Iterable[str], what: str, key: bool = False) -> None:
        options = list(known)
        if word not in options and not self.undefined(what):
            self.wrong(file, path, f"no {what} {word!r}", nearest(word, options), key)

    def sources(self, file: str, path: Path_, texts: Iterable[str]) -> None:
        for text in texts:
            source, _, section = text.partition("/")
            found = self.pack.sources.get(source)
            if found is None and not self.undefined("source"):
                self.wrong(file, path, f"no source {source!r}", nearest(source, self.pack.sources))
            elif found is not None and section and found.sections and section not in found.sections:
                self.wrong(file, path, f"{source} has no section {section!r}", nearest(section, found.sections))

    def path(self, file: str, where: Path_, text: str) -> None:
        """A path of an answer: `{kind.attribute}` or `{thing.attribute}`."""
        head, dot, key = text.partition(".")
        thing = self.pack.things.get(head)
        kind = thing.kind if thing else head
        if kind not in self.pack.kinds or not dot:
            hint = nearest(head, [*self.pack.kinds, *self.pack.things]) or "a path is {kind.attribute} or {id-of-a-thing.attribute}"
            self.wrong(file, where, f"{{{text}}} leads nowhere", hint)
        elif key not in self.pack.kinds[kind].attributes:
            self.wrong(file, where, f"a {kind} has no {key!r} (in {{{text}}})", nearest(key, self.pack.kinds[kind].attributes))

    def conditions(self, file: str, path: Path_, raw: object, thing: str = "") -> None:
        try:
            parsed = parse_conditions(raw)
        except ConditionError as error:
            self.wrong(file, path, str(error))
            return
        self._conditions(file, path, parsed, thing)

    def _conditions(self, file: str, path: Path_, parsed: Conditions, thing: str) -> None:
        slots = [q.question for q in self.pack.interview]
        for condition in parsed:
            if isinstance(condition, AnyOf):
                for group in condition.groups:
                    self._conditions(file, path, group, thing)
                continue
            kind, dot, key = condition.key.partition(".")
            if not dot and thing:
                kind, key = thing, condition.key
            elif not dot:
                if condition.key in STANCES:
                    for topic in condition.test.values:
                        self.known(file, (*path, condition.key), topic, self.pack.topics.topics, "topic")
                else:
                    limits = self.pack.kinds[self.pack.main].attributes if self.pack.main in self.pack.kinds else {}
                    self.known(file, (*path, condition.key), condition.key, [*STANCES, *slots, *limits], "stance or slot", key=True)
                continue
            if kind not in self.pack.kinds:
                self.known(file, (*path, condition.key), kind, self.pack.kinds, "kind", key=True)
                continue
            attributes = self.pack.kinds[kind].attributes
            self.known(file, (*path, condition.key), key, attributes, f"attribute of a {kind}", key=True)
            if key in attributes and attributes[key].values and condition.test.op in ("is", "not"):
                for value in condition.test.values:
                    self.known(file, (*path, condition.key), value, attributes[key].values, f"value of {key}")

    def intent(self, file: str, id_: str, intent: Intent) -> None:
        for index, block in enumerate(intent.answer):
            path: Path_ = (id_, "answer", index)
            for text in block.texts:
                for piece in pieces(text):
                    if piece.path:
                        self.path(file, path, piece.text)
            self.sources(file, (*path, "source"), block.source)
            if block.when:
                self.conditions(file, (*path, "when"), block.when)
            if block.table:
                self._table(file, path, block.table, (*block.columns, *((block.sort,) if block.sort else ())), block.ids)
                if block.where:
                    self.conditions(file, (*path, "where"), block.where, block.table)
        for program in intent.programs:
            self.known(file, (id_, "programs"), program, self.pack.things, self.pack.main)

    def _table(self, file: str, path: Path_, kind: str, columns: Iterable[str], ids: Iterable[str]) -> None:
        if kind not in self.pack.kinds:
            self.known(file, (*path, "table"), kind, self.pack.kinds, "kind")
            return
        for column in columns:
            self.known(file, (*path, "columns"), column, self.pack.kinds[kind].attributes, f"attribute of a {kind}")
        for id_ in ids:
            self.known(file, (*path, "ids"), id_, self.pack.things, kind)


def _intent_places(documents: Mapping[str, Document]) -> Iterator[tuple[str, str, str]]:
    """(file, id in the file, id of the intent)"""
    for file, document in documents.items():
        if isinstance(document.data, dict) and (file.startswith("rules/intents/") or file == "data/faq.yaml"):
            prefix = "faq." if file == "data/faq.yaml" else ""
            yield from ((file, id_, prefix + id_) for id_ in document.data)


def _things(checker: _Checker) -> None:
    pack = checker.pack
    for thing in pack.things.values():
        kind = pack.kinds[thing.kind]
        file = f"data/{kind.file}"
        for key, facts in thing.facts.items():
            of = kind.attributes[key].of
            for fact in facts:
                if fact.official:
                    continue
                checker.sources(file, (thing.id, key), (f"{c.source}/{c.section}" if c.section else c.source for c in fact.citations))
                if of in pack.kinds and fact.value.state == "known":
                    for item in fact.value.items:
                        checker.known(file, (thing.id, key), item, (t.id for t in pack.of_kind(of)), of)
        for target in thing.see.values():
            checker.known(file, (thing.id, "see"), target, pack.things, "thing")


def _rules(checker: _Checker) -> None:
    pack = checker.pack
    programs = [thing.id for thing in pack.of_kind(pack.main)]
    for index, rule in enumerate(pack.program_rules):
        file = "rules/programs.yaml"
        checker.conditions(file, (index, "when"), rule.when)
        if rule.require:
            checker.conditions(file, (index, "require"), rule.require)
        for key, favored in (("favors", rule.favors), ("disfavors", rule.disfavors)):
            for id_ in favored:
                checker.known(file, (index, key, id_), id_, programs, pack.main, key=True)
        checker.sources(file, (index, "source"), rule.source)
    for index, caution in enumerate(pack.cautions):
        checker.conditions("rules/cautions.yaml", (index, "when"), caution.when)
        checker.sources("rules/cautions.yaml", (index, "source"), caution.source)
        for piece in pieces(caution.say):
            if piece.path:
                checker.path("rules/cautions.yaml", (index, "say"), piece.text)
    for index, degree_rule in enumerate(pack.degree_rules.rules):
        file = "rules/degrees.yaml"
        for id_ in (*degree_rule.favors, *degree_rule.disfavors):
            checker.known(file, ("rules", index, "favors", id_), id_, pack.degree_rules.degrees, "degree", key=True)
        for key, values in degree_rule.when.items():
            if key in STANCES:
                for topic in values:
                    checker.known(file, ("rules", index, "when", key), topic, pack.topics.topics, "topic")
        checker.sources(file, ("rules", index, "source"), degree_rule.source)
    for index, question in enumerate(pack.interview):
        file = "rules/interview.yaml"
        for key, choice in question.choices.items():
            for stance, topics in choice.means.items():
                checker.known(file, (index, "choices", key, "means", stance), stance, STANCES, "stance", key=True)
                for topic in topics:
                    checker.known(file, (index, "choices", key, "means", stance), topic, pack.topics.topics, "topic")
        for topic in question.covered_by:
            checker.known(file, (index, "covered_by"), topic, pack.topics.topics, "topic")
        if question.when:
            checker.conditions(file, (index, "when"), question.when)


def check(pack: Pack, documents: Mapping[str, Document], unread: frozenset[str] = frozenset()) -> list[Problem]:
    """Everything in one file that does not agree with another. Ids of files in `unread` are not held against anything."""
    if "data/kinds.yaml" in unread:
        return []
    checker = _Checker(pack, documents, unread)
    _things(checker)
    _rules(checker)
    for file, own_id, id_ in _intent_places(documents):
        if id_ in pack.intents:
            checker.intent(file, own_id, pack.intents[id_])
    for key, text in pack.wording.items():
        try:
            pieces(text)
        except ValueError as error:
            checker.wrong("rules/wording.yaml", (key,), str(error))
    return checker.problems
