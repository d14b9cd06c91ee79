"""The guided interview: which question is worth most now, and a free-word answer to the one that waits."""

from __future__ import annotations

from collections.abc import Sequence

from advisor.knowledge.conditions import parse_test
from advisor.knowledge.profile import Limit, Profile, Slot, StanceEntry
from advisor.knowledge.rules import InterviewChoice, Question
from advisor.reasoning.conditions import holds
from advisor.reasoning.degrees import DegreeVerdict

#: A free answer counts as a choice from this likeness of words on (0..100), measured on own phrasings.
LIKE = 78
#: What a label or an example as it stands is given, above any likeness.
EXACT = 100.0


def effect(question: Question, key: str, words: str, turn: int) -> Profile:
    """What choosing an answer adds to a profile."""
    choice = question.choices[key]
    stances = tuple(StanceEntry(topic, stance, words or choice.label, turn)  # type: ignore[arg-type]
                    for stance, topics in choice.means.items() for topic in topics)
    limits = tuple(Limit(name, parse_test(test), words or choice.label, turn) for name, test in choice.limits.items())
    return Profile(stances, limits, (Slot(question.question, key, words, turn),))


def added(profile: Profile, extra: Profile) -> Profile:
    """A profile with another one's entries on top."""
    profile = profile.with_stances(extra.stances)
    for limit in extra.limits:
        profile = profile.with_limit(limit)
    for slot in extra.slots:
        profile = profile.with_slot(slot)
    return profile


def open_questions(questions: Sequence[Question], profile: Profile, asked: Sequence[str], about: str) -> list[Question]:
    """The questions that could still be asked: not asked, not answered, not covered by what was said, and called for."""
    said = {entry.topic for entry in profile.stances if entry.stance != "asked"}
    limited = {limit.key for limit in profile.limits}
    return [q for q in questions
            if q.about == about and q.question not in asked and profile.slot(q.question) is None
            and not said & set(q.covered_by) and not (q.amount and q.amount in limited)
            and (not q.when or holds(q.conditions, profile) is True)]


def next_question(questions: Sequence[Question], profile: Profile, asked: Sequence[str], about: str,
                  verdict: DegreeVerdict | None = None) -> Question | None:
    """The question worth most: one that splits the two leading degrees when they are close, one that the profile calls
    for, else the next in the order of the file."""
    candidates = open_questions(questions, profile, asked, about)
    if not candidates:
        return None
    if verdict is not None and verdict.lead and verdict.runner_up:
        pair = {verdict.lead, verdict.runner_up}
        splitter = next((q for q in candidates if q.splits and set(q.splits) == pair), None)
        if splitter:
            return splitter
    called = next((q for q in candidates if q.when), None)
    plain = [q for q in candidates if not q.splits]
    return called or (plain[0] if plain else candidates[0])


def _words(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in text.lower()).split())


def _likeness(said: str, choice: InterviewChoice) -> float:
    from rapidfuzz import fuzz  # only in an interview: start-up is felt

    phrases = [_words(p) for p in (choice.label, *choice.examples)]
    best = 0.0
    for phrase in phrases:
        if said == phrase:
            return EXACT + 1
        score = fuzz.ratio(said, phrase)
        if len(said.split()) <= 8 and len(phrase.split()) >= 1 and f" {phrase} " in f" {said} ":
            score = max(score, 90.0 + min(len(phrase), 9))
        best = max(best, score)
    return best


def chosen(question: Question, text: str, *, word_for_word: bool = False) -> str | None:
    """The choice that a text names: by number, by label, or in words like its examples; None when it is no answer.

    `word_for_word`: only a label or an example as it stands counts.
    """
    said = _words(text)
    keys = list(question.choices)
    if word_for_word:
        return next((key for key, choice in question.choices.items() if _likeness(said, choice) > EXACT), None)
    if said.isdecimal():
        number = int(said)
        return keys[number - 1] if 1 <= number <= len(keys) else None
    ordinals = {"first": 0, "the first": 0, "second": 1, "the second": 1, "third": 2, "the third": 2, "last": -1, "the last": -1}
    for suffix in ("", " one"):
        for word, index in ordinals.items():
            if said == word + suffix and index < len(keys):
                return keys[index]
    ranked = sorted(((_likeness(said, choice), -i) for i, choice in enumerate(question.choices.values())), reverse=True)
    if ranked and ranked[0][0] >= LIKE and (len(ranked) == 1 or ranked[0][0] > ranked[1][0]):
        return keys[-ranked[0][1]]
    return None


