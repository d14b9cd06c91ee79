"""The evidence for degrees: weights, factors, replaced evidence, ties, margins, settled; and the personas."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from shipped_words import plain, reader, topics

from advisor.knowledge.build import made
from advisor.knowledge.degree_rules import DegreeRules
from advisor.knowledge.profile import STANCES, Profile, Slot, StanceEntry
from advisor.reasoning.degrees import DegreeVerdict, _Tally, _totals, evidence, rank_degrees

RULES = made(DegreeRules, plain("rules/degrees.yaml"))
PERSONAS: list[dict[str, Any]] = [*plain("tests/personas/degrees.yaml"), *plain("tests/personas/dilemmas.yaml")]


def known(*stances: tuple[str, str], slots: tuple[Slot, ...] = ()) -> Profile:
    return Profile(tuple(StanceEntry(topic, stance) for topic, stance in stances), slots=slots)  # type: ignore[arg-type]


def heard(says: list[str]) -> Profile:
    profile = Profile()
    for turn, say in enumerate(says):
        reading = reader().read(say, turn)
        kept = tuple(entry for entry in profile.stances if entry.topic not in reading.dropped)
        profile = replace(profile, stances=kept).with_stances(reading.entries)
        if reading.unsure:
            profile = profile.with_slot(Slot("commitment", "unsure"))
    return profile


def points(verdict: DegreeVerdict, degree: str) -> float:
    found = verdict.score(degree)
    assert found
    return found.score


@pytest.mark.parametrize("persona", PERSONAS, ids=lambda persona: persona["expect"] + ": " + persona["say"][0][:40])
def test_a_persona_gets_its_degree(persona: dict[str, Any]) -> None:
    verdict = rank_degrees(heard(persona["say"]), RULES)
    assert verdict.lead in (persona["expect"], *persona.get("accept", ()))


def test_nothing_known_gives_no_ranking() -> None:
    assert rank_degrees(Profile(), RULES) == DegreeVerdict()
    assert rank_degrees(known(("python", "has")), RULES).ranking == ()


@pytest.mark.parametrize(("stance", "score"), [("likes", 3.0), ("wants", 3.0), ("mentioned", 1.8), ("asked", 1.8), ("has", 0.75),
                                               ("lacks", -1.05), ("avoids", -2.1), ("refuses", -2.1)])
def test_a_stance_scales_the_evidence(stance: str, score: float) -> None:
    assert points(rank_degrees(known(("robotics", stance)), RULES), "artificial_intelligence") == pytest.approx(score)


def test_an_avoids_rule_replaces_the_reversed_evidence() -> None:
    verdict = rank_degrees(known(("math", "avoids")), RULES)
    assert points(verdict, "machine_learning") == -3
    assert points(verdict, "data_analytics") == 2
    assert verdict.lead == "data_analytics"


def test_an_avoids_rule_with_also_adds_to_it() -> None:
    verdict = rank_degrees(known(("build_models", "avoids")), RULES)
    assert points(verdict, "machine_learning") == pytest.approx(-2.1)
    assert points(verdict, "data_science") == 1
    assert points(verdict, "data_analytics") == pytest.approx(1.7)


def test_when_nothing_speaks_for_any_degree_the_first_listed_leads() -> None:
    assert rank_degrees(known(("robotics", "avoids")), RULES).lead == "computer_science"


def test_ties_go_to_more_reasons_then_listed_order() -> None:
    verdict = rank_degrees(known(("machine_learning", "asked"), ("data_science", "asked")), RULES)
    assert verdict.lead == "machine_learning"
    assert verdict.runner_up == "data_science"
    assert verdict.tier == "close"
    assert verdict.margin == 0


@pytest.mark.parametrize(("profile", "tier"), [
    (known(("machine_learning", "likes"), ("data_science", "likes")), "close"),
    (known(("data_science", "likes"), ("sql", "likes")), "ahead"),
    (known(("robotics", "likes")), "clear"),
])
def test_the_tier_follows_the_margin(profile: Profile, tier: str) -> None:
    assert rank_degrees(profile, RULES).tier == tier


def test_reasons_carry_rule_words_and_source() -> None:
    profile = Profile((StanceEntry("build_models", "likes", "love training models", 2),))
    score = rank_degrees(profile, RULES, label=topics().label).score("machine_learning")
    assert score
    reason = score.reasons_for[0]
    assert (reason.rule, reason.topic, reason.words, reason.points) == ("builds-the-algorithms", "build_models", "love training models", 3)
    assert reason.source == ("article/related-degrees",)
    against = rank_degrees(profile, RULES).score("data_analytics")
    assert against
    assert against.reasons_against[0].points == -1


def test_words_of_a_rule_are_lesser_for_all_but_the_degree_that_it_favors_most() -> None:
    """Not so for what is avoided, or only brought up: those words speak of the student."""
    def lesser(topic: str, stance: str) -> dict[str, bool]:
        return {c.degree: c.lesser for c in evidence(known((topic, stance)), RULES) if c.points > 0}

    assert lesser("statistics", "likes") == {"data_science": False, "machine_learning": True}
    assert lesser("math", "avoids") == {"data_analytics": False, "information_technology": False}
    assert lesser("statistics", "mentioned") == {"data_science": False, "machine_learning": False}


def test_a_mention_is_not_called_a_liking() -> None:
    score = rank_degrees(known(("robotics", "mentioned")), RULES, label=topics().label).score("artificial_intelligence")
    assert score
    assert score.reasons_for[0].because == "you brought up robotics"


def test_settled_means_that_no_answer_changes_the_lead() -> None:
    profile = known(("data_science", "likes"))
    harmless = [[known(("sql", "likes")), known(("excel", "likes"))]]
    decisive = [[known(("robotics", "likes")), known(("sql", "likes"))]]
    assert rank_degrees(profile, RULES, open_questions=harmless).settled
    assert not rank_degrees(profile, RULES, open_questions=decisive).settled
    assert not rank_degrees(profile, RULES).settled  # to be unsure would bring computer science level
    assert rank_degrees(known(("robotics", "likes")), RULES).settled


STANCE_LISTS = st.lists(st.tuples(st.sampled_from(sorted(topics().topics)), st.sampled_from(STANCES)), max_size=8)


@settings(max_examples=100, deadline=None)
@given(STANCE_LISTS)
def test_a_verdict_is_in_order_and_adds_up(stances: list[tuple[str, str]]) -> None:
    profile = Profile().with_stances(known(*stances).stances)
    verdict = rank_degrees(profile, RULES)
    assert verdict == rank_degrees(profile, RULES)
    if not evidence(profile, RULES):
        assert verdict.ranking == ()
        return
    unwanted = set(profile.topics("avoids", "refuses"))
    scores = [entry.score for entry in verdict.ranking if entry.id not in unwanted]
    assert all(entry.id in unwanted for entry in verdict.ranking[len(scores) :]), "what was ruled out by name comes last"
    assert {entry.id for entry in verdict.ranking} == set(RULES.degrees)
    assert scores == sorted(scores, reverse=True) or max(scores) <= 0
    for entry in verdict.ranking:
        total = sum(reason.points for reason in (*entry.reasons_for, *entry.reasons_against))
        assert entry.score == pytest.approx(total, abs=1e-4)


@settings(max_examples=40, deadline=None)
@given(STANCE_LISTS)
@example([("build_models", "avoids"), ("experiments", "avoids"), ("software", "likes")])  # 3.0 against -2.1 + 5.1 is a tie
def test_settled_holds_for_every_single_answer(stances: list[tuple[str, str]]) -> None:
    profile = Profile().with_stances(known(*stances).stances)
    questions = [[known(("pipeline", "likes")), known(("build_models", "likes"))], [known(("software", "likes")), known(("whole_system", "likes"))]]
    verdict = rank_degrees(profile, RULES, open_questions=questions)
    if verdict.settled:
        for first in (Profile(), *questions[0]):
            for second in (Profile(), *questions[1]):
                later = profile.with_stances(first.stances).with_stances(second.stances)
                assert rank_degrees(later, RULES).lead == verdict.lead


def test_every_rule_can_fire_and_names_known_things() -> None:
    known_topics = set(topics().topics)
    sections = {"related-degrees", "deep-learning", "mlops", "nlp", "computer-vision", "reinforcement-learning", "statistical-learning",
                "introduction", "domain", "patterns", "careers"}
    seen: set[str] = set()
    for rule in RULES.rules:
        for key, values in rule.when.items():
            for value in values:
                assert key not in ("likes", "avoids") or value in known_topics, rule.rule
                stance = {"likes": "likes", "avoids": "avoids"}.get(key)
                profile = known((value, stance)) if stance else known(slots=(Slot(key, value),))
                seen.update(one.rule for one in evidence(profile, RULES))
        assert rule.source and all(source.removeprefix("article/") in sections for source in rule.source), rule.rule
        assert set(rule.favors) | set(rule.disfavors) <= set(RULES.degrees), rule.rule
    assert seen == {rule.rule for rule in RULES.rules}
    assert len(seen) == len(RULES.rules)


def test_every_degree_can_lead() -> None:
    leads = {rank_degrees(known((topic, "likes")), RULES).lead for topic in topics().topics}
    assert set(RULES.degrees) <= leads


@settings(max_examples=100, deadline=None)
@given(STANCE_LISTS, st.sampled_from((None, "unsure", "sure")))
def test_the_tally_of_entries_is_the_sum_of_the_evidence(stances: list[tuple[str, str]], answer: str | None) -> None:
    profile = known(*dict.fromkeys(stances), slots=(Slot("commitment", answer),))
    assert _Tally(RULES).totals(profile) == _totals(evidence(profile, RULES), RULES)
