"""rules/stances.yaml as frozen models: the words by which students say what they like, avoid, have, lack, want or refuse."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, field

from advisor.knowledge.profile import Stance
from advisor.knowledge.strict import Strict

Words = tuple[str, ...]


class CueWords(Strict, frozen=True):
    """Cues of one stance: before the topic, behind it, and behind it where the clause ends."""

    pre: Words = ()
    post: Words = ()
    end: Words = ()


class Others(Strict, frozen=True):
    """Wishes of other people: someone of `who`, and one of `verbs` within a few words."""

    who: Words
    verbs: Words
    relatives: Annotated[Words, Meta(description="behind one of `who`: it means the student after all")] = ()
    behind: Annotated[Words, Meta(description="before one of `who`: what they say stands in front")] = ()
    speakers: Annotated[Words, Meta(description="open a clause whose verb is one of `speech`: somebody else speaks")] = ()
    speech: Words = ()
    relations: Annotated[Words, Meta(description="people of the student's: when one opens a clause, it speaks of them")] = ()


class Past(Strict, frozen=True):
    """Wishes that are over, from a mark up to a word of `until`."""

    marks: Words
    until: Words


class Questions(Strict, frozen=True):
    """What tells questions apart: about the choice (asked), about facts (nothing), or none at all (`not_questions`)."""

    openers: Words
    not_questions: Words
    choice: Words
    facts: Words
    own: Annotated[Words, Meta(description="a question that holds one of them speaks of the student; in others no cue counts")]
    no_cues: Annotated[Words, Meta(description="cues that are none in a question: do I need")] = ()


class Check(Strict, frozen=True):
    """A cue that counts only after one of these words (or between two topics, or at a clause's start), and not before others."""

    cue: str
    after: Words = ()
    not_before: Words = ()
    between_topics: bool = False
    at_start: Annotated[bool, Meta(description="or where a clause begins")] = False


class Stances(Strict, frozen=True, kw_only=True):
    """The whole file. `opposites` says what a negation makes of a stance."""

    opposites: dict[Stance, Stance]
    groups: Annotated[dict[str, Words], Meta(description="words that cues may name in braces: {be} {good}")] = field(default_factory=dict)
    cues: dict[Stance, CueWords]
    unsure: Words
    soft: Annotated[Words, Meta(description="a wish, not a must: ideally, preferably")]
    both: Annotated[Words, Meta(description="not only X but Y: neither negates nor contrasts")]
    negators: Words
    adverbs: Annotated[Words, Meta(description="may stand inside a cue")]
    contrast: Words
    so: Annotated[Words, Meta(description="behind a comma they open a new clause, whatever follows")] = ()
    joints: Annotated[Words, Meta(description="cut a clause when a subject or a cue follows")]
    subjects: Annotated[Words, Meta(description="a clause that opens with one is no continued list")]
    links: Annotated[Words, Meta(description="may stand between the members of a list")]
    joiners: Annotated[Words, Meta(description="one of them, or a comma, stands between the members of a list")]
    never: Annotated[Words, Meta(description="negators that, without a cue, speak of what one has not done")] = ()
    alternatives: Annotated[Words, Meta(description="links that carry a negation on: or, nor")]
    predicates: Annotated[Words, Meta(description="verbs behind a topic that make it the subject of a new clause")]
    closers: Annotated[Words, Meta(description="may stand behind a cue that closes its clause")]
    pronouns: Annotated[Words, Meta(description="stand for the topic before")]
    plural: Annotated[Words, Meta(description="pronouns that stand for a whole list")]
    stops: Annotated[Words, Meta(description="a negation does not pass over them")]
    no_comma: Annotated[Words, Meta(description="cues that end at a comma")]
    fillers: Annotated[Words, Meta(description="may open a sentence without being part of it")]
    others: Others
    past: Past
    what_if: Words
    questions: Questions
    checks: tuple[Check, ...] = ()
    targets: Annotated[Words, Meta(description="topics that one studies for: beside them `degrees` is no background")] = ()
    degrees: Words = ()
    wishes: Annotated[Words, Meta(description="topics that are wishes whatever the cue: nobody has them as a background")] = ()
    turns: Annotated[Words, Meta(description="open a clause that turns a refused list: not A, not B, just C")] = ()
    trades: Annotated[Words, Meta(description="in the first of several sentences: it tells what the student comes from")] = ()
    jobs: Annotated[Words, Meta(description="topics that, opening a message without a cue, are the student's job")] = ()
