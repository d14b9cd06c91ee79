"""Limits that stances bring, points for preferences, and cautions: each with its reason and source."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.knowledge.conditions import Test
from advisor.knowledge.facts import Citation, Fact, Thing
from advisor.knowledge.profile import Profile, StanceEntry
from advisor.knowledge.rules import Caution, ProgramRule
from advisor.knowledge.values import parse_value
from advisor.reasoning.programs import due_cautions, preferences, rule_limits

SCALE = {"strong": 3.0, "some": 2.0, "slight": 1.0}
ALPHA = Thing("alpha", "program", "Alpha", facts={"expects": (Fact(parse_value("list", ["math", "python"])),), "live": (Fact(parse_value("choice", "some")),)})
BETA = Thing("beta", "program", "Beta", facts={"expects": (Fact(parse_value("list", ["python"])),)})
BOTH = (ALPHA, BETA)

NO_GRE = ProgramRule(limit="no-gre", when={"refuses": "gre"}, require={"program.gre": ["optional", "not_required"]}, broken="it requires the GRE", source=("guide/gre",))
MATH = ProgramRule(prefer="math", when={"likes": "math"}, favors={"alpha": "strong"}, disfavors={"beta": "some"}, because="it has much of it", source=("guide/a", "guide/b"))
GUESS = ProgramRule(prefer="guess", when={"any": [{"likes": "math"}, {"has": "python"}]}, favors={"alpha": "slight", "beta": "slight"}, because="it may", inferred=True)
GONE = ProgramRule(prefer="gone", when={"likes": "math"}, favors={"gamma": "strong"}, because="it is not held")


def profile(**by_topic: str) -> Profile:
    return Profile(tuple(StanceEntry(topic, stance) for topic, stance in by_topic.items()))


def test_a_refusal_brings_its_limit_with_the_rule_that_says_why():
    assert rule_limits(profile(), (NO_GRE, MATH)) == ()
    assert rule_limits(profile(gre="likes"), (NO_GRE,)) == ()
    for stance in ("refuses", "avoids"):
        ((where, rule),) = rule_limits(profile(gre=stance), (NO_GRE, MATH))
        assert (where.key, where.test, where.own, where.must) == ("gre", Test("is", values=("optional", "not_required")), True, True)
        assert rule is NO_GRE
        assert rule.id == "no-gre"


def test_a_preference_is_no_limit_and_a_limit_no_preference():
    assert rule_limits(profile(math="likes"), (MATH,)) == ()
    assert all(s.score == 0 for s in preferences(profile(gre="refuses"), (NO_GRE,), BOTH, SCALE).values())


def test_points_for_and_against_with_their_reasons():
    found = preferences(profile(math="likes"), (MATH, GUESS, GONE), BOTH, SCALE)
    assert {id_: s.score for id_, s in found.items()} == {"alpha": 4.0, "beta": -1.0}
    first, second = found["alpha"].reasons
    assert (first.rule, first.points, first.because, first.inferred) == ("math", 3.0, "it has much of it", False)
    assert first.citations == (Citation("guide", "a"), Citation("guide", "b"))
    assert (second.rule, second.inferred) == ("guess", True)
    assert [r.points for r in found["beta"].reasons] == [-2.0, 1.0]


def test_nothing_known_is_no_points():
    assert {s.score for s in preferences(profile(), (MATH, GUESS), BOTH, SCALE).values()} == {0}


def test_what_was_only_mentioned_never_counts_more_than_what_is_liked():
    liked = preferences(profile(math="likes"), (MATH,), BOTH, SCALE)["alpha"].score
    mentioned = preferences(profile(math="mentioned"), (MATH,), BOTH, SCALE)["alpha"].score
    assert 0 < mentioned <= liked


@given(st.lists(st.tuples(st.sampled_from(("math", "python", "gre", "live")), st.sampled_from(("likes", "wants", "avoids", "refuses", "has", "lacks", "mentioned"))), max_size=6))
def test_the_score_is_the_sum_of_the_reasons_whatever_is_known(held):
    known = Profile().with_stances(tuple(StanceEntry(t, s) for t, s in held))  # type: ignore[arg-type]
    for found in preferences(known, (MATH, GUESS, NO_GRE), BOTH, SCALE).values():
        assert found.score == sum(r.points for r in found.reasons)
        assert len({r.rule for r in found.reasons}) == len(found.reasons)


EXPECTED = Caution(caution="expected", when={"program.expects": "any of {lacks}"}, say="{program.name} expects it.")
ALONE = Caution(caution="alone", when={"lacks": "math"}, say="Take a course first.")
ALWAYS = Caution(caution="live", when={"program.live": "some"}, say="Some parts are live.")


def test_a_caution_about_a_program_names_the_first_shown_that_it_is_true_of():
    assert due_cautions(profile(math="lacks"), (EXPECTED,), BOTH) == ((EXPECTED, "alpha"),)
    assert due_cautions(profile(python="lacks"), (EXPECTED,), (BETA, ALPHA)) == ((EXPECTED, "beta"),)
    assert due_cautions(profile(math="lacks"), (EXPECTED,), (BETA,)) == ()
    assert due_cautions(profile(), (EXPECTED,), BOTH) == ()


def test_a_caution_about_the_student_needs_no_program():
    assert due_cautions(profile(math="lacks"), (ALONE, EXPECTED), ()) == ((ALONE, ""),)


def test_what_is_not_known_of_a_program_is_no_reason_to_warn():
    assert due_cautions(profile(), (ALWAYS,), (BETA,)) == ()
    assert due_cautions(profile(), (ALWAYS,), BOTH) == ((ALWAYS, "alpha"),)


# ---------------------------------------------------------------- the shipped rules
def test_every_shipped_limit_says_what_is_broken_and_excludes_or_sets_aside_something(knowledge):
    from advisor.dialogue.programs import fitting

    pack = knowledge.pack
    for rule in pack.program_rules:
        if rule.limit:
            assert rule.broken
            for when in rule.when.get("any", [rule.when]):
                (stance, topic), = when.items()
                first = topic if isinstance(topic, str) else topic[0]
                assert 0 < len(fitting(pack, profile(**{first: stance}))) < 10, rule.limit


def test_every_shipped_preference_has_a_reason_that_completes_because(knowledge):
    for rule in knowledge.pack.program_rules:
        if rule.prefer:
            assert rule.because, rule.prefer
            assert not rule.because.endswith("."), rule.prefer
            assert rule.favors or rule.disfavors
            assert rule.source or rule.inferred, f"{rule.prefer} has neither a source nor is it called our reading"


@pytest.mark.parametrize("topics", [{"nlp": "likes"}, {"finance": "likes"}, {"health": "has"}, {"low_cost": "likes"}])
def test_points_are_the_same_each_time(knowledge, topics):
    pack = knowledge.pack
    one = preferences(profile(**topics), pack.program_rules, pack.of_kind("program"), SCALE)
    assert one == preferences(profile(**topics), pack.program_rules, pack.of_kind("program"), SCALE)
    assert any(s.score > 0 for s in one.values())
