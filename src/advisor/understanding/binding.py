"""Which cue a topic belongs to, and what negation makes of it."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from advisor.knowledge.profile import Stance
from advisor.knowledge.stances import Stances
from advisor.understanding.cues import Cue, stems_of
from advisor.understanding.sentences import Clause, Cutter
from advisor.understanding.tokens import HARD, Token
from advisor.understanding.topics import Found

#: How far a cue behind its topic may stand, a negator before its cue, and a bare negator before its topic, in words.
POST_REACH, NEGATOR_REACH, BARE_REACH = 8, 3, 5
#: Words that may stand behind a cue before the colon of its list: "what i want is hands on: ...".
HEADER_REACH = 3
#: Words that are no link may stand between the members of a list, so many.
LOOSE = 1


class Bound(Struct, frozen=True):
    """The stance of one topic, and the tokens of the words that say it. `cue` None: a bare negator."""

    stance: Stance
    cue: Cue | None
    flips: int
    first: int
    last: int


class Binder:
    """Binds topics to cues, clause by clause."""

    __slots__ = ("_adverbs", "_alternatives", "_cutter", "_degrees", "_ends", "_joiners", "_links", "_negators", "_never", "_no_cues",
                 "_opposites", "_plural", "_predicates", "_relatives", "_stops", "_targets", "_turns")

    def __init__(self, stances: Stances, cutter: Cutter) -> None:
        self._cutter = cutter
        self._opposites = dict(stances.opposites)
        self._negators = stems_of(stances.negators)
        self._links = stems_of(stances.links)
        self._adverbs = stems_of(stances.adverbs)
        self._ends = stems_of(stances.closers)
        self._alternatives = stems_of(stances.alternatives)
        self._no_cues = frozenset(stances.questions.no_cues)
        self._targets = frozenset(stances.targets)
        self._degrees = frozenset(stances.degrees)
        self._plural = stems_of(stances.plural)
        self._stops = stems_of(stances.stops)
        self._joiners = stems_of(stances.joiners)
        self._never = stems_of(stances.never)
        self._predicates = stems_of(stances.predicates)
        self._relatives = stems_of(stances.others.relatives)
        self._turns = stems_of(stances.turns)

    def bind(self, line: Sequence[Token], topics: Sequence[Found], cues: Sequence[Cue], clauses: Sequence[Clause],
             muted: dict[int, str]) -> dict[Found, Bound]:
        """The stance of each topic that has one; the others are left to the default."""
        return _Pass(self, line, topics, cues, clauses, muted).run()


class _Pass:
    """One message: the working state of a binding."""

    def __init__(self, binder: Binder, line: Sequence[Token], topics: Sequence[Found], cues: Sequence[Cue],
                 clauses: Sequence[Clause], muted: dict[int, str]) -> None:
        self.words = binder
        self.line = line
        self.topics = [topic for topic in topics if topic.first not in muted]
        self.clauses = clauses
        cues = [cue for cue in cues if self._real(cue)]
        self.cues = [cue for cue in cues if cue.side != "mark"]
        self.unsure = [cue for cue in cues if cue.kind == "unsure"]
        self.both = [cue.first for cue in cues if cue.kind == "both"]
        used = {place for cue in cues for place in cue.places if cue.kind != "soft"}
        used |= {place for topic in topics for place in topic.places}
        self.negators = frozenset(at for at, token in enumerate(line) if token.stem in binder._negators and at not in used)
        self.bound: dict[Found, Bound] = {}
        self.linked = [self._link(a, b) for a, b in zip(self.topics, self.topics[1:], strict=False)]
        self.lists: dict[Found, list[Found]] = {}
        members: list[Found] = []
        for topic, goes_on in zip(self.topics, (False, *self.linked), strict=False):
            members = members if goes_on else []
            members.append(topic)
            self.lists[topic] = members

    def _real(self, cue: Cue) -> bool:
        """An end cue is one only where its clause ends: "no" in "no math" is a negator."""
        clause = next(c for c in self.clauses if c.first <= cue.first <= c.last)
        return cue.side != "end" or self._closes(clause, cue)

    # lists -----------------------------------------------------------------------------------------------------------

    def _link(self, one: Found, other: Found) -> bool:
        """Whether two neighboring topics are members of one list."""
        if other.first <= one.last + 1:  # overlapping, or side by side without a word between
            return self.line[other.first].before not in (*HARD, ":")
        between = self.line[one.last + 1 : other.first]
        marks = [token.before for token in (*between, self.line[other.first])]
        if any(mark in HARD or mark == ":" for mark in marks if mark):
            return False
        if any(one.last < cue.first < other.first for cue in self.cues):
            return False
        if any(one.last < at < other.first for at in self.negators if self.line[at].stem not in self.words._links):
            return False
        both = any(one.first - BARE_REACH <= place < one.first for place in self.both)
        loose = [token for token in between if token.stem not in self.words._links and not (both and token.stem == "but")]
        if any(token.stem in self.words._cutter.subjects for token in loose) or len(loose) > LOOSE:
            return False
        return any(marks) or any(token.stem in self.words._joiners for token in between)

    def _chain(self, topic: Found) -> list[Found]:
        """The list that a topic belongs to."""
        return self.lists[topic]

    # the pass --------------------------------------------------------------------------------------------------------

    def run(self) -> dict[Found, Bound]:
        carry: Bound | None = None
        before: Clause | None = None
        for clause in self.clauses:
            inside = [topic for topic in self.topics if clause.first <= topic.first <= clause.last]
            cues = [cue for cue in self.cues if clause.first <= cue.first <= clause.last and self._counts(clause, cue)]
            if before is None or clause.sentence != before.sentence:
                carry = None
            cues = self._turned(clause, inside, cues)
            for topic in inside:
                found = self._own(topic, clause, inside, cues) or self._bare(topic, clause) or self._carried(topic, clause, carry)
                if found:
                    self.bound[topic] = self._more_than(topic, found)
                    carry = found
            if not inside:
                self._pronoun(clause, cues)
            elif cues:
                self._trailing(clause, inside, cues)
            carry = self._header(clause, inside, cues) or carry
            if clause.question and not cues:
                carry = None
            before = clause
        self._backward()
        asked = [(clause.first, clause.last) for clause in self.clauses if clause.question]
        return {topic: found for topic, found in self.bound.items()  # "should i get a degree in ML?"
                if not (found.stance in ("has", "lacks") and topic.topic in self.words._targets
                        and any(first <= topic.first <= last for first, last in asked))}

    def _more_than(self, topic: Found, bound: Bound) -> Bound:
        """What stands behind "not only" without a "but also" is named, but something else matters more."""
        known = bound.stance in ("wants", "likes") and any(0 < topic.first - place <= NEGATOR_REACH for place in self.both)
        known = known and not any(token.stem in self.words._stops for token in self.line[topic.last + 1 : topic.last + 1 + NEGATOR_REACH])
        return replace(bound, stance="mentioned") if known else bound

    def _counts(self, clause: Clause, cue: Cue) -> bool:
        """In a question about things, not about the writer, nothing is a cue; "do I need" is none in any question."""
        return not clause.question or (clause.own and self._said(cue) not in self.words._no_cues)

    def _said(self, cue: Cue) -> str:
        return " ".join(self.line[place].raw for place in cue.places)

    def _turned(self, clause: Clause, inside: Sequence[Found], cues: list[Cue]) -> list[Cue]:
        """A pre cue with nothing behind it counts as a post cue ("math i hate"); an end cue only at the clause's end."""
        out: list[Cue] = []
        for cue in cues:
            if cue.side == "end":
                if self._closes(clause, cue) and any(topic.last < cue.first for topic in inside):
                    out.append(replace(cue, side="post"))
                elif not inside:
                    out.append(cue)
                continue
            if cue.side == "pre" and not any(topic.first > cue.last for topic in inside) and self._closes(clause, cue):
                earlier = [c for c in cues if c.side == "pre" and c.last < cue.first]
                if any(topic.last < cue.first and not any(c.last < topic.first for c in earlier) for topic in inside):
                    out.append(replace(cue, side="post"))
                    continue
            out.append(cue)
        # the same words may be a pre and an end cue: once turned they are one
        return list({(cue.first, cue.last, cue.side, cue.kind): cue for cue in out}.values())

    def _closes(self, clause: Clause, cue: Cue) -> bool:
        rest = self.line[cue.last + 1 : clause.last + 1]
        return len(rest) <= 2 and all(token.stem in self.words._ends or token.stem in self.words._adverbs for token in rest)

    def _own(self, topic: Found, clause: Clause, inside: Sequence[Found], cues: Sequence[Cue]) -> Bound | None:
        """The cue of a topic in its own clause."""
        pre = max((cue for cue in cues if cue.side == "pre" and cue.first < topic.first and cue.last < topic.last), key=lambda cue: cue.last, default=None)
        chain = [other for other in self._chain(topic) if other in inside]
        post = None
        for cue in sorted((c for c in cues if c.side == "post" and c.first >= topic.last), key=lambda c: c.first):
            if topic.topic in self.words._targets and self._said(cue) in self.words._degrees:
                continue
            if cue.first - chain[-1].last - 1 > POST_REACH:
                continue
            if any(p.side == "pre" and topic.last < p.first and p.last < cue.first and p.kind != "has" for p in cues):
                continue
            if any(other not in chain for other in inside if topic.last < other.first and other.last < cue.first):
                continue
            post = cue
            break
        if post and (pre is None or (pre.kind == "has" and post.kind != "has")
                     or self._apart(chain[-1].last, post.first) < self._apart(pre.last, chain[0].first)):
            return self._decided(topic, post, self._around(chain, post, clause))
        if pre is None:
            return None
        pre = self._governing(pre, cues)
        between = self._between(pre.last, topic.first)
        return self._decided(topic, pre, self._left(pre, clause) | self._reaching(between, topic))

    def _governing(self, cue: Cue, cues: Sequence[Cue]) -> Cue:
        """The cue that rules another right behind it: "hate working on", "want to know"."""
        for other in cues:
            weaker = cue.kind in ("has", "mentioned") if other.kind in ("wants", "likes") else cue.kind not in ("avoids", "refuses", "lacks")
            if (other.side == "pre" and other.last < cue.first and other.kind in ("wants", "likes", "avoids", "refuses") and weaker
                    and cue.first - other.last <= 2 and not any(t.before for t in self.line[other.last + 1 : cue.first + 1])
                    and not any(other.last < topic.first < cue.first for topic in self.topics)
                    and not any(self.line[at].stem in self.words._joiners for at in range(other.last + 1, cue.first))):
                return other
        return cue

    def _apart(self, first: int, last: int) -> int:
        """Words between two places, articles and adverbs aside."""
        return sum(token.stem not in self.words._adverbs for token in self.line[first + 1 : last])

    def _around(self, chain: Sequence[Found], post: Cue, clause: Clause) -> frozenset[int]:
        """The negators of a post cue: those before or within its list count once ("neither A nor B"), those behind it each."""
        behind = self._between(chain[-1].last, post.first)
        start = max(clause.first, chain[0].first - NEGATOR_REACH)
        ahead = [at for at in self._left(post, clause, past_topics=True) | self._between(start - 1, chain[-1].last) if at not in behind]
        return behind | frozenset(ahead[:1])

    def _between(self, first: int, last: int) -> frozenset[int]:
        return frozenset(at for at in self.negators if first < at < last)

    def _reaching(self, negators: frozenset[int], topic: Found) -> frozenset[int]:
        """The negators before a topic that still hold at it: a list joined by "or" carries them, an "and more of B" ends them."""
        out: set[int] = set()
        for at in negators:
            others = [other for other in self.topics if at < other.first and other.last < topic.first]
            held = not others or all(other in self._chain(topic) for other in others)
            joint = next((n for n in range(at, topic.first) if self.line[n].stem in self.words._joiners - self.words._alternatives), topic.first)
            if held and (not others or topic.first - joint <= 1):  # "no A and B", but not "no A and lots of B"
                out.add(at)
        return frozenset(out)

    def _left(self, cue: Cue, clause: Clause, past_topics: bool = False) -> frozenset[int]:
        """The negators left of a cue, at most three words away, up to a comma, "and", "but" or another cue."""
        free = {place for other in self.cues if other.kind in ("has", "wants", "mentioned") for place in other.places}
        stop = {place for other in self.cues if other.kind not in ("has", "wants", "mentioned") for place in other.places}
        named = {place for topic in self.topics for place in topic.places}
        out: set[int] = set()
        words = 0
        place = cue.first
        while place > 0 and words < NEGATOR_REACH and not self.line[place].before:
            place -= 1
            if self.line[place].stem in self.words._stops or place in stop or (place in named and not past_topics):
                break
            if place in self.negators:
                out.add(place)
            words += place not in free
        return frozenset(out)

    def _decided(self, topic: Found, cue: Cue, negators: frozenset[int]) -> Bound:
        flips = cue.flips + len(negators)
        stance: Stance = cue.stance
        if flips % 2:
            stance = self.words._opposites.get(stance, stance)
        elif stance in ("wants", "likes") and any(
                0 < cue.first - doubt.last <= NEGATOR_REACH + 1 and not any(t.before for t in self.line[doubt.last + 1 : cue.first + 1])
                for doubt in self.unsure):
            stance = "asked"
        places = [cue.first, cue.last, *negators]
        return Bound(stance, cue, flips, min(places), max(places))

    def _bare(self, topic: Found, clause: Clause) -> Bound | None:
        """A negator without a cue: "no math", "without coding"."""
        if clause.question and not clause.own:
            return None
        near = [at for at in self.negators if clause.first <= at < topic.first and topic.first - at <= BARE_REACH + 1]
        near = [at for at in near if at in self._reaching(frozenset(near), topic)]
        chain = self._chain(topic)
        if not near and chain[0] is not topic:
            head = self.bound.get(chain[0])
            joined = any(self.line[at].stem in self.words._alternatives for at in range(chain[0].last, chain[-1].first))
            if head and head.cue is None and joined and not clause.contrast:
                return head
        if near:
            stance: Stance = "lacks" if self.line[near[-1]].stem in self.words._never else "avoids"
            return Bound(stance, None, 1, near[-1], near[-1])
        return None

    def _carried(self, topic: Found, clause: Clause, carry: Bound | None) -> Bound | None:
        """The cue of the clause before, for the rest of a list."""
        if carry is None or carry.cue is None or clause.question:
            return None
        opening = self.line[clause.first : topic.first]
        if any(token.stem in self.words._cutter.subjects for token in opening):
            return None
        following = self.line[topic.last + 1] if topic.last + 1 < len(self.line) else None
        if following and not following.before and following.stem in self.words._predicates:
            return None
        at = self.topics.index(topic)
        listed = at > 0 and self.linked[at - 1]
        if carry.cue.kind in ("has", "lacks", "mentioned") and not listed:
            return None
        if carry.cue.side == "post" or (carry.cue.no_comma and clause.soft):
            return None
        if clause.contrast or (self.line[clause.first].stem in self.words._turns and clause.first < topic.first):  # "I don't want A but B"
            return replace(carry, stance=carry.cue.stance, flips=0) if carry.flips % 2 and carry.cue.kind in ("wants", "likes") else None
        return carry

    def _header(self, clause: Clause, inside: Sequence[Found], cues: Sequence[Cue]) -> Bound | None:
        """A cue that opens a list behind a colon or comma: "what i hate: A or B"."""
        if inside or not cues or cues[-1].side != "pre":
            return None
        cue = cues[-1]
        listed = clause.last + 1 < len(self.line) and self.line[clause.last + 1].before == ":"
        if clause.last - cue.last > (HEADER_REACH if listed else 1):
            return None
        return self._decided(self.topics[0], cue, self._left(cue, clause)) if self.topics else None

    def _last(self, place: int, many: bool) -> list[Found]:
        earlier = [topic for topic in self.topics if topic.last < place]
        if not earlier:
            return []
        return self._chain(earlier[-1]) if many else [earlier[-1]]

    def _pronoun(self, clause: Clause, cues: Sequence[Cue]) -> None:
        """A cue without a topic that speaks of the one before: "Math? Love it.", "it bores me"."""
        pronouns = self.words._cutter.pronouns
        for cue in cues if not clause.opened else ():
            following = self.line[cue.last + 1] if cue.last < clause.last else None
            opening = {token.stem for at, token in enumerate(self.line[clause.first : min(clause.first + 3, cue.first + 1)])
                       if not at or token.stem not in self.words._relatives}  # "the part that excites me" is no "that excites me"
            holds = ((cue.side == "pre" and following is not None and following.stem in pronouns)
                     or (cue.side == "post" and not pronouns.isdisjoint(opening))
                     or (cue.side == "end" and cue.first - clause.first <= 2 and self._closes(clause, cue)))
            if not holds:
                continue
            many = any(token.stem in self.words._plural for token in self.line[clause.first : clause.last + 1])
            for topic in self._last(cue.first, many):
                if self._sentences(topic, clause) > 1:
                    continue
                self.bound[topic] = self._decided(topic, cue, self._left(cue, clause))

    def _sentences(self, topic: Found, clause: Clause) -> int:
        """How many sentences a topic lies before a clause."""
        return clause.sentence - next(c.sentence for c in self.clauses if c.first <= topic.first <= c.last)

    def _trailing(self, clause: Clause, inside: Sequence[Found], cues: Sequence[Cue]) -> None:
        """The same behind the clause's own topics: "i tried A and hated it"."""
        cue = cues[-1]
        following = self.line[cue.last + 1] if cue.last < clause.last else None
        if cue.side == "pre" and following and following.stem in self.words._cutter.pronouns and cue.first > inside[-1].last:
            for topic in self._last(cue.first, following.stem in self.words._plural):
                self.bound[topic] = self._decided(topic, cue, self._left(cue, clause))

    def _backward(self) -> None:
        """A cue behind the last member of a list holds for those before it: "A, B and C bore me"."""
        for at in range(len(self.topics) - 2, -1, -1):
            topic, following = self.topics[at], self.topics[at + 1]
            found = self.bound.get(following)
            if topic not in self.bound and self.linked[at] and found and found.cue and found.cue.side == "post":
                self.bound[topic] = found
