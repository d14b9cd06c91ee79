"""Cross-checks: every id that one file names exists in another, every path of an answer leads somewhere."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING

from advisor.errors import Problem
from advisor.knowledge import checks_rules, checks_tables, checks_twice
from advisor.knowledge.answers import ACTIONS, AnswerBlock, Intent, pieces
from advisor.knowledge.checker import Checker
from advisor.knowledge.sentences import SENTENCES, places
from advisor.knowledge.source import Document, Path_, nearest

if TYPE_CHECKING:
    from advisor.knowledge.pack import Pack

WORDING = "rules/wording.yaml"
WORDS = "rules/words.yaml"


def _intent_places(documents: Mapping[str, Document]) -> Iterator[tuple[str, str, str]]:
    """(file, id in the file, id of the intent)"""
    for file, document in documents.items():
        if isinstance(document.data, dict) and (file.startswith("rules/intents/") or file == "data/faq.yaml"):
            prefix = "faq." if file == "data/faq.yaml" else ""
            yield from ((file, id_, prefix + id_) for id_ in document.data)


def _intent(checker: Checker, file: str, id_: str, intent: Intent) -> None:
    if intent.does:
        checker.known(file, (id_, "does"), intent.does, ACTIONS, "action")
    for index, block in enumerate(intent.answer):
        _block(checker, file, (id_, "answer", index), block)
    for program in intent.programs:
        checker.thing(file, (id_, "programs"), program, checker.pack.main)


def _block(checker: Checker, file: str, path: Path_, block: AnswerBlock) -> None:
    for text in block.texts:
        checker.text(file, path, text)
    checker.sources(file, (*path, "source"), block.source)
    if block.when:
        checker.conditions(file, (*path, "when"), block.when, checker.pack.main)
    if not block.table:
        return
    kind = checker.pack.kinds.get(block.table)
    if kind is None:
        checker.known(file, (*path, "table"), block.table, checker.pack.kinds, "kind")
        return
    for column in (*block.columns, *((block.sort,) if block.sort else ())):
        checker.known(file, (*path, "columns"), column, kind.attributes, f"attribute of a {block.table}")
    for id_ in block.ids:
        checker.thing(file, (*path, "ids"), id_, block.table)
    if block.where:
        checker.conditions(file, (*path, "where"), block.where, block.table, bare=True)


def _wording(checker: Checker) -> None:
    """Every sentence that the code says is there, no other, and nothing in braces that the code does not fill."""
    wording = checker.pack.wording
    missing = dict.fromkeys(key for key in SENTENCES if key not in wording)
    for key, text in wording.items():
        known = places(key, checker.columns)
        if known is None:
            close = nearest(key, missing) or nearest(key, SENTENCES)
            missing = {other: None for other in missing if f"{other!r}" not in close}  # one slip, one message
            checker.wrong(WORDING, (key,), f"no sentence {key!r} is ever said", close, key=True)
        try:
            named = {piece.text for piece in pieces(text) if piece.path}
        except ValueError as error:
            checker.wrong(WORDING, (key,), str(error))
            continue
        for name in sorted(named - known) if known is not None else ():
            checker.wrong(WORDING, (key,), f"nothing fills {{{name}}} in this sentence", _place_hint(name, known or ()))
    if missing and WORDING not in checker.partial:
        checker.wrong(WORDING, (), f"these sentences are missing: {', '.join(missing)}")


def _place_hint(name: str, known: Collection[str]) -> str:
    return nearest(name, known) or (f"it has {', '.join(sorted(known))}" if known else "it has no places")


def _words(checker: Checker) -> None:
    """Kinds that words.yaml names."""
    words = checker.pack.words
    for key, named in (("default_kind", (words.default_kind,)), ("listed", words.listed), ("watched", words.watched)):
        for kind in named:
            checker.known(WORDS, (key,), kind, checker.pack.kinds, "kind")


def check(pack: Pack, documents: Mapping[str, Document], partial: frozenset[str] = frozenset()) -> list[Problem]:
    """Everything in one file that does not agree with another. Ids that a file in `partial` defines are held against nothing."""
    if partial & {"data/kinds.yaml", WORDS}:
        return []
    checker = Checker(pack, documents, partial)
    _words(checker)
    if pack.main not in pack.kinds:
        return checker.problems  # everything else would follow from that
    for part in (checks_tables.kinds, checks_tables.things, checks_tables.official, checks_rules.programs, checks_rules.degrees,
                 checks_rules.interview, checks_rules.topics, checks_twice.twice, _wording):
        part(checker)
    for file, own_id, id_ in _intent_places(documents):
        if id_ in pack.intents:
            _intent(checker, file, own_id, pack.intents[id_])
    return checker.problems
