"""What all cross-checks share: is an id known, a source, a path of an answer, a condition; and where a problem stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from advisor.errors import Problem
from advisor.knowledge.answers import pieces
from advisor.knowledge.conditions import NUMERIC, AnyOf, Condition, ConditionError, Conditions, Test, parse_conditions
from advisor.knowledge.kinds import Attribute
from advisor.knowledge.profile import STANCES
from advisor.knowledge.source import Document, Path_, nearest

if TYPE_CHECKING:
    from advisor.knowledge.pack import Pack

_NOWHERE = Document("rules")
#: Where ids are defined that belong to no kind.
_DEFINED_IN = {
    "topic": ("rules/topics.yaml",),
    "stance or slot": ("rules/interview.yaml",),
    "answer": ("rules/interview.yaml",),
    "degree": ("rules/degrees.yaml",),
    "source": ("data/sources.yaml", "data/official.yaml"),
}
FIGURES = ("money", "number")


class Checker:
    """Checks one pack; problems are collected.

    `partial`: files of which something could not be read. Nothing is said of ids that they may define.
    """

    def __init__(self, pack: Pack, documents: Mapping[str, Document], partial: frozenset[str]) -> None:
        self.pack, self.documents, self.partial, self.problems = pack, documents, partial, list[Problem]()

    @property
    def columns(self) -> Mapping[str, Attribute]:
        """The attributes of the main kind: what limits of the student's are about."""
        kind = self.pack.kinds.get(self.pack.main)
        return kind.attributes if kind else {}

    def wrong(self, file: str, path: Path_, message: str, hint: str = "", key: bool = False) -> None:
        self.problems.append(self.documents.get(file, _NOWHERE).problem(path, message, hint, key))

    def undefined(self, what: str) -> bool:
        """Whether a file that defines this sort of id could not be read in full: then nothing can be said of such ids."""
        kinds = self.pack.kinds.values() if what == "thing" else [self.pack.kinds[what]] if what in self.pack.kinds else []
        files = {*_DEFINED_IN.get(what, ()), *(f"data/{kind.file}" for kind in kinds)}
        return bool(files & self.partial)

    def known(self, file: str, path: Path_, word: str, known: Iterable[str], what: str, key: bool = False) -> None:
        options = list(known)
        if word not in options and not self.undefined(what):
            self.wrong(file, path, f"no {what} {word!r}", nearest(word, options), key)

    def thing(self, file: str, path: Path_, id_: str, kind: str, key: bool = False) -> None:
        """The id of a thing of that kind."""
        self.known(file, path, id_, (thing.id for thing in self.pack.of_kind(kind)), kind, key)

    def topics(self, file: str, path: Path_, ids: Iterable[str]) -> None:
        for id_ in ids:
            self.known(file, path, id_, self.pack.topics.topics, "topic")

    def sources(self, file: str, path: Path_, texts: Iterable[str]) -> None:
        for text in texts:
            source, _, section = text.partition("/")
            found = self.pack.sources.get(source)
            if found is None and not self.undefined("source"):
                self.wrong(file, path, f"no source {source!r}", nearest(source, self.pack.sources))
            elif found is not None and section and found.sections and section not in found.sections:
                self.wrong(file, path, f"{source} has no section {section!r}", nearest(section, found.sections))

    def text(self, file: str, where: Path_, text: str) -> None:
        """A text with paths: `{kind.attribute}` or `{thing.attribute}`."""
        for piece in pieces(text):
            if piece.path:
                self._path(file, where, piece.text)

    def _path(self, file: str, where: Path_, text: str) -> None:
        head, dot, key = text.partition(".")
        thing = self.pack.things.get(head)
        kind = thing.kind if thing else head
        if kind not in self.pack.kinds or not dot:
            if dot and self.undefined("thing"):
                return
            hint = nearest(head, [*self.pack.kinds, *self.pack.things]) or "a path is {kind.attribute} or {id-of-a-thing.attribute}"
            self.wrong(file, where, f"{{{text}}} leads nowhere", hint)
        elif key not in self.pack.kinds[kind].attributes:
            self.wrong(file, where, f"a {kind} has no {key!r} (in {{{text}}})", nearest(key, self.pack.kinds[kind].attributes))

    # ---------------------------------------------------------------- conditions
    def conditions(self, file: str, path: Path_, raw: object, kind: str = "", *, bare: bool = False) -> None:
        """A mapping of conditions. `kind`: the one whose columns can be tested here, "" when there is no thing to test.

        `bare`: a key without a dot is a column too, and nothing here is of the student's.
        """
        try:
            parsed = parse_conditions(raw)
        except ConditionError as error:
            self.wrong(file, path, str(error))
            return
        self._conditions(file, path, parsed, kind, bare)

    def _conditions(self, file: str, path: Path_, parsed: Conditions, kind: str, bare: bool) -> None:
        for condition in parsed:
            if isinstance(condition, AnyOf):
                for index, group in enumerate(condition.groups):
                    self._conditions(file, (*path, "any", index), group, kind, bare)
                continue
            at: Path_ = (*path, condition.key)
            head, dot, key = condition.key.partition(".")
            if not dot and not bare:
                self._of_student(file, at, condition)
                continue
            if not dot:
                head, key = kind, condition.key
            if head not in self.pack.kinds:
                self.known(file, at, head, self.pack.kinds, "kind", key=True)
            elif head != kind:
                self.wrong(file, at, f"no {head} can be tested here, so this never holds",
                           f"only columns of a {kind}" if kind else "only what is known of the student", key=True)
            elif key not in self.pack.kinds[kind].attributes:
                self.known(file, at, key, self.pack.kinds[kind].attributes, f"attribute of a {kind}", key=True)
            else:
                self.test(file, at, key, self.pack.kinds[kind].attributes[key], condition.test, slots=not bare)

    def _of_student(self, file: str, at: Path_, condition: Condition) -> None:
        """A condition on what is known of the student: a stance on topics, an answer, a limit."""
        key, test = condition.key, condition.test
        answers = {question.question: question for question in self.pack.interview}
        if key in STANCES:
            if test.op not in ("is", "not"):
                self.wrong(file, at, f"{key} takes topics, not {test.op!r}")
            self.topics(file, at, test.values)
        elif key in answers:
            if test.op in NUMERIC or test.op == "any of":
                self.wrong(file, at, f"an answer is one of its choices, known, unknown or declined, not {test.op!r}")
        elif key not in self.columns:
            self.known(file, at, key, [*STANCES, *answers, *self.columns], "stance or slot", key=True)
        elif test.op not in ("known", "unknown"):
            self.wrong(file, at, f"a limit of the student's is known or unknown; anything else never holds ({key})",
                       f"a column of a thing is {self.pack.main}.{key}")

    def test(self, file: str, at: Path_, key: str, attribute: Attribute, test: Test, *, slots: bool = False) -> None:
        """A test of a column. `slots`: figures and lists of the student's may be named in braces."""
        kind, op = attribute.type, test.op
        if op in ("known", "unknown"):
            return
        if test.slot and not slots:
            self.wrong(file, at, f"{{{test.slot}}}: nothing of the student's can be named here")
        elif op == "declined":
            self.wrong(file, at, f"only an answer of the student's can be declined ({key} is a column)")
        elif op in NUMERIC:
            if kind not in FIGURES:
                self.wrong(file, at, f"{key} is no figure, so {op!r} never holds")
            elif test.slot:
                self.known(file, at, test.slot, (k for k, a in self.columns.items() if a.type in FIGURES), "figure of the student's")
        elif op == "any of":
            self.known(file, at, test.slot or "", STANCES, "list of the student's")
            if kind not in ("list", "choice"):
                self.wrong(file, at, f"{key} is neither a list nor a choice, so {op!r} never holds")
        elif kind in FIGURES:
            self.wrong(file, at, f"{key} is a figure: test it by exactly, at most, at least, under, over, about or between")
        elif kind in ("text", "address"):
            self.wrong(file, at, f"{key} is a text: it can be known or unknown, anything else never holds")
        elif attribute.values:
            for value in test.values:
                self.known(file, at, value, attribute.values, f"value of {key}")
        elif attribute.of in self.pack.kinds:
            for value in test.values:
                self.thing(file, at, value, attribute.of)
