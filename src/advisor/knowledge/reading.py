"""From the files of a folder to a pack.

`read_pack` collects every problem of every file before it refuses; what has loaded cannot be wrong later.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from advisor.errors import PackError, Problem
from advisor.knowledge.answers import Intent
from advisor.knowledge.build import build, hollow
from advisor.knowledge.checks import check
from advisor.knowledge.degree_rules import DegreeRules
from advisor.knowledge.facts import Thing
from advisor.knowledge.kinds import Kind
from advisor.knowledge.official import Official
from advisor.knowledge.official_reading import beside, read_official
from advisor.knowledge.pack import Pack
from advisor.knowledge.records import Rows
from advisor.knowledge.rules import Caution, OfficeEntry, ProgramRule, Question
from advisor.knowledge.source import Document, Path_, read
from advisor.knowledge.sources import SourceRow, read_sources
from advisor.knowledge.stances import Stances
from advisor.knowledge.strays import strays
from advisor.knowledge.strict import Strict
from advisor.knowledge.topics import Topics
from advisor.knowledge.words import Words

Model = TypeVar("Model", bound=Strict)


class Reader:
    """Reads the files of one pack; everything that is wrong goes to `problems`.

    `partial` names the files of which something is left out: what they define cannot be held against other files.
    """

    def __init__(self, root: Path) -> None:
        self.root, self.problems, self.documents = root, list[Problem](), dict[str, Document]()
        self.partial = set[str]()

    def document(self, name: str) -> Document:
        """A file of the pack, read when it is first asked for."""
        if name not in self.documents:
            before = len(self.problems)
            self.documents[name] = read(self.root / name, name, self.problems)
            if len(self.problems) > before:
                self.partial.add(name)
        return self.documents[name]

    def _unreadable(self, document: Document) -> bool:
        """Whether the file could not be read at all: that was told, and there is nothing more to say of it."""
        return document.data is None and document.file in self.partial

    def _shape(self, document: Document, what: str) -> None:
        self.partial.add(document.file)
        if not self._unreadable(document):
            self.problems.append(document.problem((), f"{what} was expected in this file"))

    def _built(self, model: type[Model], raw: Any, document: Document, path: Path_) -> Model | None:
        built = build(model, raw, document, path, self.problems)
        if built is None:
            self.partial.add(document.file)
        return built

    def mapping(self, name: str) -> dict[str, Any]:
        """The top mapping of a file; anything else there is a problem."""
        document = self.document(name)
        if isinstance(document.data, dict):
            return document.data
        if not self._unreadable(document) and (document.data not in (None, "") or not document.lines):
            self._shape(document, "a mapping (key: value)")
        return {}

    def model(self, name: str, model: type[Model]) -> Model:
        """A whole file as one model; an empty one when it is none."""
        document = self.document(name)
        if self._unreadable(document):
            return hollow(model)
        return self._built(model, document.data or {}, document, ()) or hollow(model)

    def models(self, name: str, model: type[Model]) -> dict[str, Model]:
        """A file that maps ids to models."""
        document, out = self.document(name), {}
        for key, raw in self.mapping(name).items():
            if (built := self._built(model, raw, document, (key,))) is not None:
                out[key] = built
        return out

    def word_groups(self, name: str) -> dict[str, tuple[str, ...]]:
        """A file of groups of words: name -> words."""
        document, out = self.document(name), {}
        for key, words in self.mapping(name).items():
            if isinstance(words, list) and words and all(isinstance(word, str) and word and " " not in word for word in words):
                out[key] = tuple(words)
            else:
                self.problems.append(document.problem((key,), "a list of single words was expected", "like `price: [price, cost, tuition]`"))
        return out

    def listed(self, name: str, model: type[Model]) -> tuple[Model, ...]:
        """A file that lists models."""
        document = self.document(name)
        if document.data in (None, ""):
            return ()
        if not isinstance(document.data, list):
            self._shape(document, "a list (lines that begin with -)")
            return ()
        built = (self._built(model, raw, document, (i,)) for i, raw in enumerate(document.data))
        return tuple(item for item in built if item is not None)

    def things(self, kinds: Mapping[str, Kind]) -> dict[str, Thing]:
        out: dict[str, Thing] = {}
        for name, kind in kinds.items():
            document = self.document(f"data/{kind.file}")
            if document.data in (None, ""):
                continue
            self.partial |= {document.file} if not _all_rows(document.data) else set()
            for thing in Rows(name, kind, document, self.problems).read():
                if thing.id in out:
                    message = f"the id {thing.id!r} is taken by a {out[thing.id].kind}"
                    self.problems.append(document.problem((thing.id,), message, "give it another id", key=True))
                else:
                    out[thing.id] = thing
        return out

    def official(self) -> Official:
        document, before = self.document("data/official.yaml"), len(self.problems)
        found = read_official(document, self.problems)
        if len(self.problems) > before:
            self.partial.add(document.file)
        return found

    def intents(self) -> dict[str, Intent]:
        out: dict[str, Intent] = {}
        folder = self.root / "rules/intents"
        names = [f"rules/intents/{path.name}" for path in sorted(folder.glob("*.yaml"))]
        for name in [*names, "data/faq.yaml"]:
            prefix = "faq." if name == "data/faq.yaml" else ""
            for id_, intent in self.models(name, Intent).items():
                if prefix + id_ in out:
                    problem = self.document(name).problem((id_,), f"the intent {id_!r} exists already", key=True)
                    self.problems.append(problem)
                out[prefix + id_] = intent
        return out

    def common_words(self) -> frozenset[str]:
        try:
            return frozenset((self.root / "rules/common_words.txt").read_text(encoding="utf-8").split())
        except (OSError, UnicodeDecodeError) as error:
            self.problems.append(Problem("rules/common_words.txt", 1, 1, f"cannot be read: {error}"))
            return frozenset()


def _all_rows(data: Any) -> bool:
    """Whether every key of a table but `source` has a row, so that no thing is left out."""
    return isinstance(data, dict) and all(isinstance(row, dict) for key, row in data.items() if key != "source")


def read_pack(root: Path) -> Pack:
    """The pack in a folder that holds `data/` and `rules/`. Raises PackError with every problem found."""
    if not (root / "data").is_dir() or not (root / "rules").is_dir():
        raise PackError((Problem(str(root), 1, 1, "is no pack: it needs the folders data/ and rules/"),))
    reader = Reader(root)
    pack = _read(reader)
    found = dict.fromkeys((*reader.problems, *check(pack, reader.documents, frozenset(reader.partial)),
                           *strays(root, reader.documents, reader.partial)))
    if found:
        raise PackError(tuple(sorted(found)))
    return pack


def _read(reader: Reader) -> Pack:
    """All files as one value; what is wrong with any of them is with the reader."""
    kinds = reader.models("data/kinds.yaml", Kind)
    official = reader.official()
    return Pack(
        kinds=kinds,
        things=beside(reader.things(kinds), official, kinds),
        official=official,
        sources=read_sources(reader.models("data/sources.yaml", SourceRow), official),
        conflicts=official.conflicts,
        intents=reader.intents(),
        topics=reader.model("rules/topics.yaml", Topics),
        stances=reader.model("rules/stances.yaml", Stances),
        words=reader.model("rules/words.yaml", Words),
        degree_rules=reader.model("rules/degrees.yaml", DegreeRules),
        program_rules=reader.listed("rules/programs.yaml", ProgramRule),
        cautions=reader.listed("rules/cautions.yaml", Caution),
        interview=reader.listed("rules/interview.yaml", Question),
        wording={key: str(text) for key, text in reader.mapping("rules/wording.yaml").items()},
        office=reader.listed("data/office.yaml", OfficeEntry),
        synonyms=reader.word_groups("rules/synonyms.yaml"),
        common_words=reader.common_words(),
        files=tuple(reader.documents),
    )
