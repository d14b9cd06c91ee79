"""Stances in a message: what a student likes, wants, avoids, refuses, has or lacks, by cue, clause and negation.

The steps are: tokens and spelling; topics; cues; clauses; what is muted; and for each topic the cue it belongs to.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from advisor.knowledge.profile import Stance, StanceEntry
from advisor.knowledge.stances import Stances
from advisor.knowledge.topics import Topics
from advisor.understanding.binding import Binder, Bound
from advisor.understanding.cues import Cue, CueFinder, spelled_out, stems_of
from advisor.understanding.sentences import Clause, Cutter
from advisor.understanding.spelling import SHORTEST, Speller
from advisor.understanding.tokens import Token, stem, tokens, words_of
from advisor.understanding.topics import Found, TopicFinder, TopicHit, phrase_words

#: In words so short only a lost letter of a topic word, or two swapped ones, are mended: "cuba" is no "cuda".
_SHORT = 4
#: From so many named degrees on a doubt is one between them.
_CANDIDATES = 2
#: A clause of so few words is an item of a list.
_ITEM = 3


class StanceReading(Struct, frozen=True):
    """What a message says of its writer.

    `dropped`: topics whose earlier entry is withdrawn ("used to", "thought I wanted"). `unsure`: not committed to a choice.
    `explained`: characters that cues and topics account for. `topics`: every topic named, whatever its stance.
    """

    entries: tuple[StanceEntry, ...] = ()
    dropped: tuple[str, ...] = ()
    unsure: bool = False
    explained: tuple[tuple[int, int], ...] = ()
    topics: tuple[TopicHit, ...] = ()


def known_words(topics: Topics, cues: Stances) -> tuple[str, ...]:
    """All words of the pack's phrases, then of its cues: what a speller should correct towards, topics first."""
    named = [word for topic in topics.topics.values() for phrase in topic.phrases for word in phrase_words(phrase, topics.groups)]
    listed = [*cues.cues.values()]
    said = spelled_out((cue for words in listed for cue in (*words.pre, *words.post, *words.end)), cues.groups)
    said.extend((*cues.unsure, *cues.soft, *cues.both, *cues.past.marks, *cues.what_if))
    return tuple(dict.fromkeys((*named, *(raw for cue in said for _, raw in words_of(cue)))))


class StanceReader:
    """Reads messages with the words of one pack. Built once; reading changes nothing."""

    __slots__ = ("_background", "_binder", "_cues", "_cutter", "_good", "_jobs", "_negators", "_speller", "_targets", "_topics",
                 "_trades", "_wishes")

    def __init__(self, topics: Topics, cues: Stances, speller: Speller) -> None:
        self._negators = stems_of(cues.negators)
        self._topics = TopicFinder(topics, self._negators | stems_of(cues.contrast) | {"i"})
        self._cues = CueFinder(cues)
        self._cutter = Cutter(cues)
        self._binder = Binder(cues, self._cutter)
        self._speller = speller
        self._background = frozenset(name for name, topic in topics.topics.items() if topic.background)
        self._jobs = frozenset(cues.jobs)
        self._targets = frozenset(cues.targets)
        self._wishes = frozenset(cues.wishes)
        self._trades = stems_of(cues.trades)
        listed = (cues.negators, cues.adverbs, cues.contrast, cues.joints, cues.subjects, cues.links, cues.pronouns, cues.fillers,
                  cues.others.who, cues.others.verbs, cues.past.until, cues.questions.openers)
        self._good = self._topics.stems | self._cues.stems | frozenset().union(*(stems_of(words) for words in listed))

    def read(self, text: str, turn: int = 0) -> StanceReading:
        """The stances of one message; `turn` is noted in each entry. A message without topics gives an empty reading."""
        line = self._spelled(tokens(text))
        if not line:
            return StanceReading()
        topics = self._topics.find(line)
        cues = self._cues.find(line, [frozenset(topic.places) for topic in topics])
        # "is my day job" is a cue, though "day job" alone names a topic
        wide = [set(cue.places) for cue in cues if cue.side in ("pre", "post")]
        topics = [topic for topic in topics if not any(set(topic.places) < places for places in wide)]
        clauses = self._cutter.clauses(line, cues, topics)
        muted = self._cutter.muted(line, cues, clauses, topics)
        alive = [cue for cue in cues if cue.first not in muted]
        bound = self._binder.bind(line, topics, alive, clauses, muted)
        entries: list[StanceEntry] = []
        dropped: list[str] = []
        for topic in topics:
            if topic.first in muted:
                if muted[topic.first] == "past":
                    dropped.append(topic.topic)
                continue
            entry = self._entry(text, line, topic, bound.get(topic), alive, clauses, turn)
            if entry:
                entries.append(entry)
        said = {entry.topic for entry in entries if entry.stance not in ("mentioned", "asked")}
        return StanceReading(
            entries=tuple(entries),
            dropped=tuple(name for name in dict.fromkeys(dropped) if name not in said),
            unsure=any(cue.kind == "unsure" and not cue.flips and self._open(cue, clauses, topics) for cue in alive),
            explained=self._explained(line, topics, cues),
            topics=tuple(self._hit(text, line, topic) for topic in topics),
        )

    def _spelled(self, line: Sequence[Token]) -> tuple[Token, ...]:
        out: list[Token] = []
        for token in line:
            if len(token.raw) < SHORTEST or token.stem in self._good or not token.raw.isalpha():
                out.append(token)
                continue
            if near := self._speller.correct(token.raw):
                swapped = sorted(near) == sorted(token.raw)
                dropped = len(near) > _SHORT and stem(near) in self._topics.stems
                if len(token.raw) > _SHORT or swapped or dropped:
                    token = replace(token, stem=stem(near), raw=near)
                out.append(token)
            elif halves := self._speller.split(token.raw):
                first, second = (replace(token, stem=stem(half), raw=half) for half in halves)
                out.extend((replace(first, after=""), replace(second, before="")))
            else:
                out.append(token)
        return tuple(out)

    def _entry(self, text: str, line: Sequence[Token], topic: Found, bound: Bound | None, cues: Sequence[Cue],
               clauses: Sequence[Clause], turn: int) -> StanceEntry | None:
        clause = next(c for c in clauses if c.first <= topic.first <= c.last)
        stance = bound.stance if bound else self._default(topic, clause, cues, clauses)
        if topic.topic in self._wishes and stance in ("has", "mentioned"):
            # "keep my options open", "not be boxed in": said at such length, or with its own negation, it is a wish
            stance = "wants" if topic.wish else "mentioned"
        if stance == "mentioned" and bound is None and self._introduces(clause, line, cues, clauses):
            stance = "has"
        if stance is None:
            return None
        first = min(topic.first, bound.first) if bound else topic.first
        last = max(topic.last, bound.last) if bound else topic.last
        softened = any(cue.kind == "soft" and self._sentence(clauses, cue.first) == clause.sentence for cue in cues)
        return StanceEntry(topic.topic, stance, text[line[first].start : line[last].end], turn,
                           must=stance not in ("mentioned", "asked") and not softened)

    def _open(self, doubt: Cue, clauses: Sequence[Clause], topics: Sequence[Found]) -> bool:
        """Whether a doubt leaves all open. "Torn between A and B" has two candidates already: it is a choice, no doubt about both."""
        sentence = self._sentence(clauses, doubt.first)
        named = {topic.topic for topic in topics if self._sentence(clauses, topic.first) == sentence}
        return len(named & self._targets) < _CANDIDATES

    @staticmethod
    def _sentence(clauses: Sequence[Clause], place: int) -> int:
        return next(c.sentence for c in clauses if c.first <= place <= c.last)

    def _default(self, topic: Found, clause: Clause, cues: Sequence[Cue], clauses: Sequence[Clause]) -> Stance | None:
        """The stance of a topic that no cue belongs to."""
        group = [c for c in clauses if c.sentence == clause.sentence]
        inside = [cue.kind for cue in cues if group[0].first <= cue.first <= group[-1].last]
        if topic.topic in self._background:
            # "do I need to learn Python?", "is my Python enough?" say nothing of what one has
            return "has" if not clause.question or clause.own and not {"fact", "choice"}.intersection(inside) else None
        if clause.question:
            if "fact" in inside and not clause.own:
                return None
            if "choice" in inside or "unsure" in inside:
                return "asked"
            return "asked" if clause.last - clause.first < 3 and not clause.opened else None
        if topic.topic in self._jobs and topic.first <= 2 and clause is clauses[0] and len(clauses) > 1:
            return "has"
        return "mentioned"

    def _introduces(self, clause: Clause, line: Sequence[Token], cues: Sequence[Cue], clauses: Sequence[Clause]) -> bool:
        """Whether a clause is of a first sentence that tells where the student comes from: "Threat analyst at a bank, five years."."""
        if clause.sentence or clauses[-1].sentence == 0:
            return False
        last = max(c.last for c in clauses if not c.sentence)
        if any(cue.first <= last and cue.side != "mark" and cue.kind in ("wants", "likes", "avoids", "refuses") for cue in cues):
            return False
        own = line[clause.first : clause.last + 1]
        short = clause is clauses[0] or len(own) <= _ITEM
        return any(token.stem in self._trades for token in (line[: last + 1] if short else own))

    def _explained(self, line: Sequence[Token], topics: Sequence[Found], cues: Sequence[Cue]) -> tuple[tuple[int, int], ...]:
        places = {place for topic in topics for place in topic.places}
        places |= {place for cue in cues if cue.kind not in ("choice", "fact") for place in cue.places}
        places |= {place for place, token in enumerate(line) if token.stem in self._negators}
        spans: list[tuple[int, int]] = []
        for place in sorted(places):
            start, end = line[place].start, line[place].end
            if spans and start <= spans[-1][1] + 1:
                spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
            else:
                spans.append((start, end))
        return tuple(spans)

    @staticmethod
    def _hit(text: str, line: Sequence[Token], topic: Found) -> TopicHit:
        start, end = line[topic.first].start, line[topic.last].end
        return TopicHit(topic.topic, start, end, text[start:end])
