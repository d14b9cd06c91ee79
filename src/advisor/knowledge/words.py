"""rules/words.yaml as a frozen model: the word classes by which questions about the tables are read."""

from __future__ import annotations

from pydantic import Field

from advisor.knowledge.conditions import Operator
from advisor.knowledge.strict import Strict

Phrases = tuple[str, ...]


class Words(Strict):
    """All word classes. Phrases are plain words; their stems are what is compared, contractions are opened."""

    default_kind: str = Field(description="the kind that a question is about when nothing in it says otherwise")
    listed: Phrases = Field(description="kinds whose columns may be asked without a name or a noun")
    watched: Phrases = Field(default=(), description="kinds whose names count as content in every question")
    lower_names: Phrases = Field(default=(), description="names in capitals that count in lower case too: they are no words")
    inert_names: dict[str, Phrases] = Field(default_factory=dict, description="names that add nothing in a question about a kind")

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
    except_: Phrases = Field(alias="except")
    reject: Phrases
    add: Phrases

    withdraw: Phrases
    correct: Phrases
    correct_strong: Phrases
    what_if: Phrases
    pushback: Phrases
    pushback_strong: Phrases
    denial: Phrases = Field(default=(), description="first words that dispute the figure just told")
    premise: Phrases
    ceiling: Phrases = Field(default=(), description="words beside a sum that the student can pay")
    no_ceiling: Phrases = Field(default=(), description="words beside a sum that is no ceiling")
    ruled_out_before: Phrases = Field(default=(), description="words before the name of what the student rules out, or was refused by")
    ruled_out_after: Phrases = Field(default=(), description="words after such a name")
    joints: Phrases = Field(default=(), description="words that join a message to what was said before")
    relatives: Phrases = Field(default=(), description="words that go on with a sentence after a comma")
    foreign: Phrases = Field(default=(), description="small words of other languages")
    narrating: Phrases = Field(default=(), description="verbs that open a clause of a story as well as a question")
    tags: Phrases = Field(default=(), description="what asks whether the sentence before it is true")
    tagged: str = Field(default="", description="opens a question whether something is true")
    alike: Phrases = Field(default=(), description="words of a question whether two degrees differ")
    meaning: Phrases = Field(default=(), description="words of a question for the meaning of a term")
    advising: Phrases = Field(default=(), description="words of a question for advice")
    why_openers: Phrases = Field(default=(), description="first words of a question for a reason, which no cell holds")
    what_openers: Phrases = Field(default=(), description="first words of a question for one thing, which no list of programs is")
    why_not: Phrases
    others: Phrases = Field(default=(), description="whoever is not the student: what they want is no limit of the student's")
    oneself: Phrases = Field(default=(), description="the student, who makes it their own limit after all")
    spent: Phrases = Field(default=(), description="verbs of what others paid or earn, which is no limit")
    judged: Phrases = Field(default=(), description="a verdict on a price, which no cell holds: the price itself is told")
    spent_on: Phrases = Field(default=(), description="words behind a time that was spent on something else than a program")
    finishing: Phrases = Field(default=(), description="words by which a time is that of a program")
    articles: Phrases = Field(default=(), description="behind have these begin no subject")
    own: Phrases
    wishes: Phrases
    remaining: Phrases
    overall: Phrases

    it_refs: Phrases
    they_refs: Phrases
    both_refs: Phrases
    other_refs: Phrases
    relative: Phrases = Field(default=(), description="what follows the one in a description")
    same_for: Phrases = Field(default=(), description="all questions of the last message again, for another thing")
    deed: Phrases = Field(default=(), description="verbs by which what does X asks for prose")
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
        for name in type(self).model_fields:
            value = getattr(self, name)
            if isinstance(value, tuple) and name not in ("listed", "watched", "small", "idioms", "lower_names", "ceiling", "no_ceiling", "ruled_out_before", "ruled_out_after", "joints", "relatives", "narrating", "foreign", "tags"):
                out[name.rstrip("_")] = value
        return out
