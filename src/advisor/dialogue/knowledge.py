"""Everything that a turn needs and that never changes: the pack, and what was compiled and learned from it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from advisor.knowledge import cache
from advisor.knowledge.pack import Pack
from advisor.replies.voice import Voice
from advisor.understanding.ceilings import Ceilings
from advisor.understanding.exclusions import Exclusions
from advisor.understanding.intents import IntentMatcher
from advisor.understanding.language import Language
from advisor.understanding.masking import expanded, masked
from advisor.understanding.spelling import Speller
from advisor.understanding.stances import StanceReader, known_words
from advisor.understanding.tables import EntityFinder, Lexicon, TableReader
from advisor.understanding.tokens import tokens

#: The intent that gathers questions about tables; its confidence speaks for the table reading, whichever it is.
TABLE = "table"
_MARKS = re.compile(r"[^\w{]|_")


class Knowledge(Struct, frozen=True):
    """The frozen first argument of `respond`."""

    pack: Pack
    voice: Voice
    matcher: IntentMatcher
    stances: StanceReader
    tables: TableReader
    names: EntityFinder
    ceilings: Ceilings
    exclusions: Exclusions
    language: Language
    moves: Mapping[str, str]   # what is said word for word as an example of a move -> its intent


def default_root() -> Path:
    """The folder of the pack that ships with the package: inside it when installed, beside `src` in a checkout."""
    inside = Path(__file__).resolve().parents[1] / "pack"
    return inside if inside.is_dir() else Path(__file__).resolve().parents[3]


def _vocabulary(pack: Pack) -> Iterator[str]:
    """All words of the pack that a student may use: they are never taken for slips."""
    for thing in pack.things.values():
        yield from (thing.name, *thing.aliases)
    for kind in pack.kinds.values():
        for attribute in kind.attributes.values():
            yield from attribute.asked
            for choice in attribute.values.values():
                yield from choice.words
    for topic in pack.topics.topics.values():
        yield from topic.phrases
    for intent in pack.intents.values():
        for block in intent.answer:
            yield from block.texts
    yield " ".join(sorted(pack.common_words))


def _speller(pack: Pack, lexicon: Lexicon) -> Speller:
    """The one speller: it corrects towards the words of names, columns, topics and cues; all words of examples are good."""
    known = dict.fromkeys((*lexicon.known_words(), *known_words(pack.topics, pack.stances)))
    examples = (example for intent in pack.intents.values() for example in intent.examples)
    return Speller(list(known), sorted(pack.common_words | {token.raw for example in examples for token in tokens(example)}))


def _matcher(pack: Pack, names: EntityFinder, key: str, root: Path) -> IntentMatcher:
    if key and (data := cache.load(key, "intents", root)) is not None:
        try:
            return IntentMatcher.load(data)
        except (ValueError, KeyError, TypeError):
            pass  # a damaged cache file: learn again
    by_kind = {kind: [thing.name for thing in pack.of_kind(kind)] for kind in pack.kinds}
    examples = {}
    for id_, intent in pack.intents.items():
        lines = (*intent.examples, *((intent.question,) if intent.question else ()))
        examples[id_] = [masked(line, names, (pack.main,)) for raw in lines for line in expanded(raw, by_kind, pack.main)]
    matcher = IntentMatcher(examples, vocabulary=_vocabulary(pack), concepts=pack.synonyms)
    if key:
        cache.save(key, "intents", matcher.dump())
    return matcher


def bare(text: str) -> str:
    """A text without its marks, in lower case: what must be equal to be said word for word."""
    return " ".join(_MARKS.sub(" ", text.lower()).split())


def after_joint(text: str, joints: Sequence[str]) -> str:
    """A text in lower case without the word that joins it to what was said before ("and what if ...")."""
    first, _, rest = text.lower().partition(" ")
    return rest if first in joints and rest else text.lower()


def opened_by(text: str, phrases: Sequence[str], joints: Sequence[str]) -> str:
    """The longest of the phrases that a text opens with, a joint before it aside ("and what if ..."); "" when none does."""
    plain = f"{after_joint(text, joints)} "
    return max((phrase for phrase in phrases if plain.startswith(f"{phrase} ")), key=len, default="")


def _moves(pack: Pack) -> dict[str, str]:
    return {bare(example): id_ for id_, intent in pack.intents.items() if intent.does and not intent.answer
            for example in intent.examples if "{" not in example and id_ != TABLE}


def load(root: str | Path | None = None, *, use_cache: bool = True) -> Knowledge:
    """The knowledge of a pack folder (the shipped one by default). Raises PackError with every problem found."""
    folder = Path(root) if root is not None else default_root()
    key = cache.pack_key(folder) if use_cache else ""
    compiled = cache.code_key(key) if use_cache else ""
    if compiled and isinstance(kept := cache.load_compiled(compiled, "engine"), Knowledge):
        return kept
    from advisor.knowledge.reading import read_pack  # YAML and the checks: only where a pack is not known to be right

    knowledge = _compiled(read_pack(folder), key, folder)
    if compiled:
        cache.save_compiled(compiled, "engine", knowledge)
    return knowledge


def _compiled(pack: Pack, key: str, root: Path) -> Knowledge:
    lexicon = Lexicon(pack.kinds, pack.things, pack.words)
    speller = _speller(pack, lexicon)
    names = EntityFinder(pack.things, lexicon, speller)
    listed = {id_: thing for id_, thing in pack.things.items() if thing.kind in pack.words.listed}
    tables = TableReader(pack.kinds, listed, pack.words, speller)
    tables.lexicon.fill()
    return Knowledge(pack, Voice(pack), _matcher(pack, names, key, root), StanceReader(pack.topics, pack.stances, speller),
                     tables, names, Ceilings(pack.words), Exclusions(pack.words), Language(pack.common_words, pack.words.foreign), _moves(pack))
