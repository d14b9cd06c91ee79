"""rules/words.yaml as a frozen model: the word classes by which questions about the tables are read."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, field

from advisor.knowledge.conditions import Operator
from advisor.knowledge.strict import Strict

Phrases = tuple[str, ...]


#: Lists that others than the table reader use: what stands in them is no small word of a question.
_NO_CLASSES = frozenset({
    "listed", "watched", "small", "idioms", "lower_names", "ceiling", "no_ceiling", "ruled_out_before", "ruled_out_after", "joints", "weighing", "choosing",
    "relatives", "narrating", "foreign", "tags", "tag_ends", "assumed", "suits_that", "for_that", "alike", "meaning", "advising", "what_openers",
})


class Words(Strict, frozen=True, kw_only=True):
    """All word classes. Phrases are plain words; their stems are what is compared, contractions are opened."""

    default_kind: Annotated[str, Meta(description="the kind that a question is about when nothing in it says otherwise")]
    listed: Annotated[Phrases, Meta(description="kinds whose columns may be asked without a name or a noun")]
    watched: Annotated[Phrases, Meta(description="kinds whose names count as content in every question")] = ()
    lower_names: Annotated[Phrases, Meta(description="names in capitals that count in lower case too: they are no words")] = ()
    inert_names: Annotated[dict[str, Phrases], Meta(description="names that add nothing in a question about a kind")] = field(default_factory=dict)

    openers: Phrases
    question_start: Phrases
    question_any: Phrases
    yes_no_start: Phrases
    which: Phrases
    list_verb: Phrases
    count: Phrases
    compare: Phrases
    difference: Phrases
    average: Phrases
    card: Phrases
    rank: Phrases
    enough: Phrases
    show_columns: Phrases

    most: Phrases
    least: Phrases
    more: Phrases
    less: Phrases
    ordinals: dict[str, int]
    last_words: Phrases
    middle_words: Phrases
    next_best: Phrases
    next_more: Phrases

    numbers: dict[str, float]
    scales: dict[str, float]
    money_words: Phrases
    ish: Phrases
    plus: Phrases
    minus: Phrases
    range_joints: Phrases
    per_amount: Phrases
    comparators: dict[Operator, Phrases]
    budget_words: Phrases
    fractions: dict[str, float]

    negators: Phrases
    negation_ends: Phrases
    leading_negations: Phrases
    empty_negations: Phrases
    need: Phrases
    waive: Phrases
    verdict_no: Phrases
    # `except` is a word of Python; the key in the file is the plain word
    except_: Phrases = field(name="except")
    reject: Phrases
    add: Phrases

    withdraw: Phrases
    correct: Phrases
    correct_strong: Phrases
    what_if: Phrases
    pushback: Phrases
    pushback_strong: Phrases
    denial: Annotated[Phrases, Meta(description="first words that dispute the figure just told")] = ()
    premise: Phrases
    ceiling: Annotated[Phrases, Meta(description="words beside a sum that the student can pay")] = ()
    no_ceiling: Annotated[Phrases, Meta(description="words beside a sum that is no ceiling")] = ()
    ruled_out_before: Annotated[Phrases, Meta(description="words before the name of what the student rules out, or was refused by")] = ()
    ruled_out_after: Annotated[Phrases, Meta(description="words after such a name")] = ()
    joints: Annotated[Phrases, Meta(description="words that join a message to what was said before")] = ()
    relatives: Annotated[Phrases, Meta(description="words that go on with a sentence after a comma")] = ()
    foreign: Annotated[Phrases, Meta(description="small words of other languages")] = ()
    narrating: Annotated[Phrases, Meta(description="verbs that open a clause of a story as well as a question")] = ()
    tags: Annotated[Phrases, Meta(description="what asks whether the sentence before it is true")] = ()
    tag_ends: Annotated[Phrases, Meta(description="what asks whether the sentence is true at its end, with no comma before")] = ()
    assumed: Annotated[Phrases, Meta(description="first words of a conclusion that may be wrong: it is asked whether it is true")] = ()
    tagged: Annotated[str, Meta(description="opens a question whether something is true")] = ""
    suits_that: Annotated[Phrases, Meta(description="what asks which program suits what was told before")] = ()
    for_that: Annotated[Phrases, Meta(description="what makes a question for programs one about the job or field just told about")] = ()
    alike: Annotated[Phrases, Meta(description="words of a question whether two degrees differ")] = ()
    meant: Annotated[Phrases, Meta(description="words by which one name is put right by another")] = ()
    earning: Annotated[Phrases, Meta(description="words by which years beside them are those of a career")] = ()
    offered: Annotated[Phrases, Meta(description="words by which a sum is a wage")] = ()
    must_have: Annotated[Phrases, Meta(description="first words of a demand that look like those of a question")] = ()
    meaning: Annotated[Phrases, Meta(description="words of a question for the meaning of a term")] = ()
    advising: Annotated[Phrases, Meta(description="words of a question for advice")] = ()
    why_openers: Annotated[Phrases, Meta(description="first words of a question for a reason, which no cell holds")] = ()
    what_openers: Annotated[Phrases, Meta(description="first words of a question for one thing, which no list of programs is")] = ()
    undergone: Annotated[Phrases, Meta(description="what a student did, so that its figures are no wishes")] = ()
    choosing: Annotated[Phrases, Meta(description="what asks which of the degrees to take, behind what or which")] = ()
    weighing: Annotated[Phrases, Meta(description="what an option costs or gains: a question with one of these wants prose, no list")] = ()
    why_not: Phrases
    others: Annotated[Phrases, Meta(description="whoever is not the student: what they want is no limit of the student's")] = ()
    oneself: Annotated[Phrases, Meta(description="the student, who makes it their own limit after all")] = ()
    spent: Annotated[Phrases, Meta(description="verbs of what others paid or earn, which is no limit")] = ()
    judged: Annotated[Phrases, Meta(description="a verdict on a price, which no cell holds: the price itself is told")] = ()
    spent_on: Annotated[Phrases, Meta(description="words behind a time that was spent on something else than a program")] = ()
    finishing: Annotated[Phrases, Meta(description="words by which a time is that of a program")] = ()
    articles: Annotated[Phrases, Meta(description="behind have these begin no subject")] = ()
    own: Phrases
    wishes: Phrases
    remaining: Phrases
    overall: Phrases

    it_refs: Phrases
    they_refs: Phrases
    both_refs: Phrases
    other_refs: Phrases
    relative: Annotated[Phrases, Meta(description="what follows the one in a description")] = ()
    same_for: Annotated[Phrases, Meta(description="all questions of the last message again, for another thing")] = ()
    deed: Annotated[Phrases, Meta(description="verbs by which what does X asks for prose")] = ()
    former: Phrases
    latter: Phrases
    definite: Phrases
    one_words: Phrases
    quantifier_all: Phrases
    quantifier_any: Phrases
    option_words: Phrases
    than: Phrases
    having: Phrases
    bear: Phrases
    top: Phrases
    compare_frame: Phrases
    leading_scope: Phrases
    or_words: Phrases
    and_words: Phrases

    inversion: Phrases

    idioms: Phrases
    weak_before: Phrases
    everyday: Phrases
    small: Phrases

    def classes(self) -> dict[str, Phrases]:
        """Every class that is a plain list of phrases, by its name (`except_` as "except")."""
        out: dict[str, Phrases] = {}
        for name in self.__struct_fields__:
            value = getattr(self, name)
            if isinstance(value, tuple) and name not in _NO_CLASSES:
                out[name.rstrip("_")] = value
        return out
