"""A line cut for the stances: sentences, clauses, what is a question, and what is not the student's own wish of today."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from advisor.knowledge.stances import Stances
from advisor.understanding.cues import Cue, stems_of
from advisor.understanding.tokens import HARD, SOFT, Token
from advisor.understanding.topics import Found

#: Words between someone else and their verb: "my boss at work keeps saying".
_REACH = 4
#: A clause opens within its first words.
_OPENING = 3


class Clause(Struct):
    """Tokens `first` to `last`. `contrast`: it opens with "but"; `soft`: a comma or the like stands before it.

    `opened`: by a question word; `own`: its sentence speaks of the writer.
    """

    first: int
    last: int
    sentence: int
    contrast: bool = False
    soft: bool = False
    question: bool = False
    opened: bool = False
    own: bool = False


class Cutter:
    """The words of the pack that cut, ask or mute, as stems."""

    __slots__ = ("_behind", "_contrast", "_fillers", "_first_person", "_joiners", "_joints", "_not_questions", "_openers", "_relations", "_relatives", "_so", "_speakers", "_speech", "_until",
                 "_verbs", "_who", "pronouns", "subjects")

    def __init__(self, stances: Stances) -> None:
        self._contrast = stems_of(stances.contrast)
        self._joints = stems_of(stances.joints)
        self._so = stems_of(stances.so)
        self.subjects = stems_of(stances.subjects)
        self.pronouns = stems_of(stances.pronouns)
        self._fillers = stems_of(stances.fillers)
        self._openers = stems_of(stances.questions.openers)
        self._not_questions = frozenset(tuple(phrase.split()) for phrase in stances.questions.not_questions)
        self._first_person = frozenset(stances.questions.own)
        self._who = frozenset(tuple(who.split()) for who in stances.others.who)
        self._verbs = stems_of(stances.others.verbs)
        self._relatives = stems_of(stances.others.relatives)
        self._behind = stems_of(stances.others.behind)
        self._relations = frozenset(stances.others.relations)
        self._speakers = frozenset(stances.others.speakers)
        self._speech = stems_of(stances.others.speech)
        self._joiners = frozenset({"and", "or"}) & stems_of(stances.joiners)
        self._until = stems_of(stances.past.until)

    def clauses(self, line: Sequence[Token], cues: Sequence[Cue], topics: Sequence[Found]) -> list[Clause]:
        """All clauses of a line, in order."""
        starts = {cue.first: cue for cue in cues if cue.side != "mark" or cue.kind == "unsure"}
        inside = {place for cue in cues for place in range(cue.first + 1, cue.last + 1)}
        inside |= {place for topic in topics for place in range(topic.first + 1, topic.last + 1)}
        both = {cue.first for cue in cues if cue.kind == "both"}
        out: list[Clause] = []
        sentence = 0
        first = 0
        contrast = soft = False
        for place in range(1, len(line) + 1):
            at_end = place == len(line)
            hard = not at_end and line[place].before in HARD
            turned = not at_end and place not in inside and line[place].stem in self._contrast
            if turned and any(first <= start < place for start in both):
                turned = False
            if not (at_end or hard or turned or line[place].before in SOFT or (place not in inside and self._opens(line, place, starts))):
                continue
            if not at_end and not hard and not line[place].before and not turned and self._closes(line, place, first, cues, topics):
                continue
            out.append(Clause(first, place - 1, sentence, contrast, soft))
            if not at_end:
                first, contrast, soft = place, turned, line[place].before in SOFT
                sentence += hard
        self._ask(line, cues, topics, out)
        return out

    def _opens(self, line: Sequence[Token], place: int, starts: dict[int, Cue]) -> bool:
        """Whether a clause opens here without punctuation: "i" with a cue, or a joint before a subject or a cue."""
        token = line[place]
        if place in starts and starts[place].side == "post":  # "statistics i could do without"
            return False
        if token.stem == "i":
            return any(at in starts for at in range(place, place + _OPENING))
        if token.stem in self._so and token.before in SOFT:
            return True
        if token.stem in self._joints and place + 1 < len(line):
            cue = starts.get(place + 1)
            return line[place + 1].stem in self.subjects or (cue is not None and cue.side == "pre" and cue.kind not in ("has", "lacks"))
        return False

    def _closes(self, line: Sequence[Token], place: int, first: int, cues: Sequence[Cue], topics: Sequence[Found]) -> bool:
        """Whether "i hate" here ends what came before ("math i hate"): nothing follows it, and the topic has no cue yet."""
        if line[place].stem != "i":
            return False
        end = next((at for at in range(place + 1, len(line)) if line[at].before or line[at].stem in self._contrast
                    or line[at].stem in self._joints or line[at].stem == "i"), len(line))
        own = [cue for cue in cues if place <= cue.first < end and cue.side == "pre"]
        if not own or own[-1].last < end - 2 or any(place < topic.first < end for topic in topics):
            return False
        if own[-1].last + 1 < len(line) and line[own[-1].last + 1].stem in self.pronouns:
            return False
        before = [topic for topic in topics if first <= topic.first < place]
        return bool(before) and not any(first <= cue.first < place and cue.side != "mark" for cue in cues)

    def _ask(self, line: Sequence[Token], cues: Sequence[Cue], topics: Sequence[Found], clauses: list[Clause]) -> None:
        """Marks the clauses that ask."""
        by_sentence: dict[int, list[Clause]] = {}
        for clause in clauses:
            by_sentence.setdefault(clause.sentence, []).append(clause)
        for group in by_sentence.values():
            own = any(not self._first_person.isdisjoint((token.raw,)) for token in line[group[0].first : group[-1].last + 1])
            for clause in group:
                clause.own = own
                # "a journalist who likes stories" asks nothing
                relative = clause is not group[0] and not clause.soft and line[clause.first].stem in self._joints
                clause.opened = not (relative and line[clause.first].stem in self._openers) and self._asks(line, clause)
            start = next((n for n, clause in enumerate(group) if clause.opened), None)
            if start is None:
                if line[group[-1].last].after != "?":
                    continue
                told = [n for n, c in enumerate(group) if self._tells(line, c, cues)]
                start = min(told[-1] + 1 if told else 0, len(group) - 1)
            for clause in group[start:]:
                clause.question = True

    def _asks(self, line: Sequence[Token], clause: Clause) -> bool:
        place = clause.first
        while place < clause.last and line[place].stem not in self._openers and (
                line[place].stem in self._fillers or line[place].stem in self._joints):
            place += 1
        words = tuple(token.raw for token in line[place : place + 3])
        if any(words[:size] in self._not_questions for size in (1, 2, 3)) or line[place].stem not in self._openers:
            return False
        # "what really draws me is robots" tells; a question has its verb before the person: "what do i", "what jobs can i"
        following = [token.stem for token in line[place + 1 : place + 5]]
        person = next((n for n, word in enumerate(following) if word in ("me", "i", "my")), None)
        verb = next((n for n, word in enumerate(following) if word in self._openers), len(following))
        cleft = line[clause.last].after != "?" and person is not None and person < verb
        return not (cleft and line[place].stem in self._joints | {"what", "how"})

    def _tells(self, line: Sequence[Token], clause: Clause, cues: Sequence[Cue]) -> bool:
        return any(clause.first <= cue.first <= clause.last and cue.side in ("pre", "post") for cue in cues)

    def muted(self, line: Sequence[Token], cues: Sequence[Cue], clauses: Sequence[Clause], topics: Sequence[Found]) -> dict[int, str]:
        """Tokens that are others' wishes, past wishes or suppositions, each with which of them."""
        opens = {clause.first for clause in clauses}
        out: dict[int, str] = {}
        marks = [(cue.first, cue.last, str(cue.kind)) for cue in cues if cue.kind in ("past", "what_if")]
        marks.extend(self._others(line))
        taken = {place for cue in cues if cue.side in ("pre", "post") for place in cue.places}
        for first, last, kind in sorted(marks):
            if first in out or (kind == "others" and first in taken and line[first].stem == "i"):
                continue
            place = first
            if kind == "others" and first and line[first - 1].stem in self._behind:
                while place and place not in opens:  # "robotics is what my parents want"
                    place -= 1
            if kind == "past":  # "statistics used to be fun": it speaks of what stands before it
                clause = next(c for c in clauses if c.first <= first <= c.last)
                if (not any(last < topic.first <= clause.last for topic in topics)
                        and any(clause.first <= topic.first < first for topic in topics)):
                    place = clause.first
            while place < len(line):
                token = line[place]
                if place > last and (token.before in HARD or token.stem in self._contrast
                                     or (token.stem in ("i", "my") and place > last + 1 and (place in opens or place - 1 in opens))
                                     or (kind == "past" and token.stem in self._until)):
                    break
                out[place] = kind
                place += 1
        return out

    def _others(self, line: Sequence[Token]) -> list[tuple[int, int, str]]:
        out: list[tuple[int, int, str]] = []
        raws = [token.raw for token in line]
        for place in range(len(line)):
            size = next((n for n in (3, 2, 1) if tuple(raws[place : place + n]) in self._who), 0)
            related = raws[place] in self._relations and self._heads(line, place)
            size = max(size, related)
            if not size and raws[place] in self._speakers and self._heads(line, place):
                said = next((at for at in range(place + 1, min(place + _REACH, len(line))) if line[at].stem in self._speech), None)
                if said and not any(token.before or token.stem in self._relatives for token in line[place + 1 : said + 1]):
                    out.append((place, said, "others"))
                continue
            if not size or (place + size < len(line) and line[place + size].stem in self._relatives):
                continue
            if related and not (place + 1 < len(line) and line[place + 1].stem in self._joiners):
                out.append((place, place + size - 1, "others"))  # whatever they do: "a lab mate went into"
                continue
            for verb in range(place + size, min(place + size + _REACH, len(line))):
                if line[verb].before in HARD or line[verb].stem == "i":
                    break
                if line[verb].stem in self._verbs:
                    out.append((place, verb, "others"))
                    break
        return out

    def _heads(self, line: Sequence[Token], place: int) -> bool:
        """Whether a clause opens with this word, or with a few words that lead to it: "my older brother", "and a lab mate"."""
        for at in range(place, max(place - _OPENING, 0) - 1, -1):
            before = line[at - 1].stem if at else ""
            if before in ("am", "as", "i", "of", "to"):
                return False
            if at == 0 or line[at].before or before in self._joints or before in self._contrast or before in self._behind:
                return True
        return False
