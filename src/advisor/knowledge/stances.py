"""rules/stances.yaml as frozen models: the words by which students say what they like, avoid, have, lack, want or refuse."""

from __future__ import annotations

from pydantic import Field

from advisor.knowledge.profile import Stance
from advisor.knowledge.strict import Strict

Words = tuple[str, ...]


class CueWords(Strict):
    """Cues of one stance: before the topic, behind it, and behind it where the clause ends."""

    pre: Words = ()
    post: Words = ()
    end: Words = ()


class Others(Strict):
    """Wishes of other people: someone of `who`, and one of `verbs` within a few words."""

    who: Words
    verbs: Words
    relatives: Words = Field(default=(), description="behind one of `who`: it means the student after all")
    behind: Words = Field(default=(), description="before one of `who`: what they say stands in front")
    speakers: Words = Field(default=(), description="open a clause whose verb is one of `speech`: somebody else speaks")
    speech: Words = ()
    relations: Words = Field(default=(), description="people of the student's: when one opens a clause, it speaks of them")


class Past(Strict):
    """Wishes that are over, from a mark up to a word of `until`."""

    marks: Words
    until: Words


class Questions(Strict):
    """What tells questions apart: about the choice (asked), about facts (nothing), or none at all (`not_questions`)."""

    openers: Words
    not_questions: Words
    choice: Words
    facts: Words
    own: Words = Field(description="a question that holds one of them speaks of the student; in others no cue counts")
    no_cues: Words = Field(default=(), description="cues that are none in a question: do I need")


class Check(Strict):
    """A cue that counts only after one of these words (or between two topics, or at a clause's start), and not before others."""

    cue: str
    after: Words = ()
    not_before: Words = ()
    between_topics: bool = False
    at_start: bool = Field(default=False, description="or where a clause begins")


class Stances(Strict):
    """The whole file. `opposites` says what a negation makes of a stance."""

    opposites: dict[Stance, Stance]
    groups: dict[str, Words] = Field(default_factory=dict, description="words that cues may name in braces: {be} {good}")
    cues: dict[Stance, CueWords]
    unsure: Words
    soft: Words = Field(description="a wish, not a must: ideally, preferably")
    both: Words = Field(description="not only X but Y: neither negates nor contrasts")
    negators: Words
    adverbs: Words = Field(description="may stand inside a cue")
    contrast: Words
    so: Words = Field(default=(), description="behind a comma they open a new clause, whatever follows")
    joints: Words = Field(description="cut a clause when a subject or a cue follows")
    subjects: Words = Field(description="a clause that opens with one is no continued list")
    links: Words = Field(description="may stand between the members of a list")
    joiners: Words = Field(description="one of them, or a comma, stands between the members of a list")
    never: Words = Field(default=(), description="negators that, without a cue, speak of what one has not done")
    alternatives: Words = Field(description="links that carry a negation on: or, nor")
    predicates: Words = Field(description="verbs behind a topic that make it the subject of a new clause")
    closers: Words = Field(description="may stand behind a cue that closes its clause")
    pronouns: Words = Field(description="stand for the topic before")
    plural: Words = Field(description="pronouns that stand for a whole list")
    stops: Words = Field(description="a negation does not pass over them")
    no_comma: Words = Field(description="cues that end at a comma")
    fillers: Words = Field(description="may open a sentence without being part of it")
    others: Others
    past: Past
    what_if: Words
    questions: Questions
    checks: tuple[Check, ...] = ()
    targets: Words = Field(default=(), description="topics that one studies for: beside them `degrees` is no background")
    degrees: Words = Field(default=())
    wishes: Words = Field(default=(), description="topics that are wishes whatever the cue: nobody has them as a background")
    turns: Words = Field(default=(), description="open a clause that turns a refused list: not A, not B, just C")
    trades: Words = Field(default=(), description="in the first of several sentences: it tells what the student comes from")
    jobs: Words = Field(default=(), description="topics that, opening a message without a cue, are the student's job")
