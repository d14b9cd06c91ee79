"""The intent matcher: what it promises whatever the examples are, and how it behaves on a small set of them."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from zlib import crc32

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.understanding import IntentMatcher, Match
from advisor.understanding.calibration import DEFAULT_CURVE, Curve, Signs, fitted
from advisor.understanding.features import FeatureSpace
from advisor.understanding.intent_words import is_placeholder, stem_of, words_of
from advisor.understanding.soft_spelling import SoftSpelling

EXAMPLES = {
    "library.open": ["when does the library open", "opening hours of the library", "is the library open on sunday", "library hours please"],
    "library.renew": ["renew my book", "can i keep the book longer", "extend the loan of my book", "i need more time with this book"],
    "library.fine": ["how much is the late fee", "do i pay when i bring a book back late", "what is the fine for an overdue book"],
    "campus.parking": ["where can i park my car", "is there parking near {building}", "parking permit for students", "car park at {building}"],
    "campus.food": ["where can i eat lunch", "is the cafeteria open", "any vegetarian food on campus", "good lunch near {building}"],
    "account.password": ["i forgot my password", "reset my password", "cannot log in to my account", "my login does not work"],
}


WORDS = (
    "price", "school", "degree", "course", "online", "exam", "test", "math", "code", "data", "learn", "work", "study", "time", "credit",
    "grade", "letter", "visa", "job", "pay", "class", "term", "thesis", "project", "team", "fund", "loan", "page", "form", "date",
)


@pytest.fixture(scope="module")
def matcher() -> IntentMatcher:
    return IntentMatcher(EXAMPLES)


def top(matcher: IntentMatcher, text: str) -> str:
    return matcher.rank(text)[0].intent


@pytest.mark.parametrize(("text", "intent"), [
    ("what are the opening hours", "library.open"),
    ("id like to keep this book a little longer", "library.renew"),
    ("whats the fine if im late", "library.fine"),
    ("parking for my car", "campus.parking"),
    ("wheres lunch", "campus.food"),
    ("password reset pls", "account.password"),
])
def test_other_wordings_find_their_intent(matcher: IntentMatcher, text: str, intent: str) -> None:
    assert top(matcher, text) == intent


@pytest.mark.parametrize(("text", "intent"), [
    ("i frogot my pasword", "account.password"),
    ("parkng premit", "campus.parking"),
    ("libary ours", "library.open"),
    ("vegitarian fod", "campus.food"),
    ("resetmy password", "account.password"),
])
def test_slips_and_glued_words_find_their_intent(matcher: IntentMatcher, text: str, intent: str) -> None:
    assert top(matcher, text) == intent


def test_every_example_finds_its_intent(matcher: IntentMatcher) -> None:
    wrong = [(line, intent) for intent, lines in EXAMPLES.items() for line in lines if top(matcher, line) != intent]
    assert wrong == []


def test_unknown_messages_are_less_sure_than_known_ones(matcher: IntentMatcher) -> None:
    known = [matcher.rank(line)[0].confidence for line in ("can i park near {building}", "i forgot the password of my account")]
    unknown = [matcher.rank(line)[0].confidence for line in ("who won the football match", "sing a song about rivers", "zzz qqq xxx")]
    assert min(known) > 0.5
    assert max(unknown) < 0.35


def test_with_nothing_known_confidence_is_zero(matcher: IntentMatcher) -> None:
    for text in ("", "   ", "?!", "{planet}", "\N{CJK UNIFIED IDEOGRAPH-6211}"):
        assert {match.confidence for match in matcher.rank(text)} == {0.0}


def test_limit(matcher: IntentMatcher) -> None:
    assert [len(matcher.rank("parking", limit)) for limit in (0, 1, 3, 99)] == [0, 1, 3, len(EXAMPLES)]


def test_no_intents_and_one_intent() -> None:
    assert IntentMatcher({}).rank("hello") == []
    assert IntentMatcher({}).rank("") == []
    only = IntentMatcher({"greeting": ["hello there"]})
    assert only.rank("hello")[0].intent == "greeting"
    assert IntentMatcher({"greeting": []}).rank("greeting")[0].intent == "greeting"


def test_order_of_intents_and_examples_does_not_matter(matcher: IntentMatcher) -> None:
    turned = IntentMatcher({intent: EXAMPLES[intent][::-1] for intent in reversed(EXAMPLES)})
    assert turned.dump() == matcher.dump()


def _mixed(*seed: object) -> str:
    """Five words of a small vocabulary, the same ones for the same seed: lines of many intents that overlap."""
    return " ".join(WORDS[crc32(f"{seed} {place}".encode()) % len(WORDS)] for place in range(5))


def test_a_new_example_moves_what_it_is_about_and_little_else() -> None:
    examples = {f"topic{i}": [_mixed("topic", i), *(_mixed(i, n) for n in range(12))] for i in range(30)}
    before = IntentMatcher(examples)
    after = IntentMatcher({**examples, "topic3": [*examples["topic3"], "umbrella parade"]})
    pairs = [(before.rank(text, 1)[0], after.rank(text, 1)[0]) for text in (_mixed("message", n) for n in range(200))]
    # Lines about other things keep their place in the order of learning. With a seeded shuffle the largest step was four times this.
    assert max(abs(old.confidence - new.confidence) for old, new in pairs) < 0.06
    assert after.rank("umbrella parade", 1)[0].intent == "topic3"


def test_building_again_gives_the_same_weights_in_another_process(matcher: IntentMatcher) -> None:
    code = ("import json,sys;from advisor.understanding import IntentMatcher;"
            "print(json.dumps(IntentMatcher(json.load(sys.stdin)).dump()))")
    printed = subprocess.run([sys.executable, "-c", code], input=json.dumps(EXAMPLES), capture_output=True, text=True, check=True).stdout
    assert json.loads(printed) == matcher.dump()


def test_importing_is_cheap() -> None:
    code = "import sys, advisor.understanding.intents; print('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "False"


def test_loading_needs_no_numpy_and_ranks_alike(matcher: IntentMatcher) -> None:
    saved = json.loads(json.dumps(matcher.dump()))
    loaded = IntentMatcher.load(saved)
    for text in ("parkng near {building}", "late book", "hello", ""):
        assert loaded.rank(text) == matcher.rank(text)
    assert loaded.dump() == matcher.dump()


@pytest.mark.parametrize("damage", [
    {"format": 0}, {"weights": "###"}, {"rare": "AAAA"}, {"rare": 5}, {"curve": [1, 2]}, {"curve": None}, {"curve": [float("nan")] * 5},
    {"counts": ["1"]}, {"features": ["a"]}, {"intents": None}, {"scales": "not base64"}, {"lines": "many"}, {"weights": "\N{BULLET}"},
])
def test_damaged_data_is_refused(matcher: IntentMatcher, damage: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="build them again"):
        IntentMatcher.load({**matcher.dump(), **damage})


def test_missing_data_is_refused() -> None:
    with pytest.raises(ValueError, match="build them again"):
        IntentMatcher.load({})


def test_explanation_adds_up_and_names_the_telling_word(matcher: IntentMatcher) -> None:
    explained = matcher.explain("please reset the pasword", "account.password")
    assert [word for word, _ in explained] == ["please", "reset", "the", "pasword"]
    assert max(explained, key=lambda part: part[1])[0] in {"reset", "pasword"}
    with pytest.raises(KeyError):
        matcher.explain("hello", "no.such.intent")


def test_vocabulary_is_never_corrected() -> None:
    examples = {"a": ["is the police here"], "b": ["what is the policy"]}
    assert IntentMatcher(examples).rank("polici")[0].confidence > 0
    guarded = IntentMatcher(examples, vocabulary=["Polici of the town"])
    assert guarded._model.spelled(["polici"]) == [(("polici", 1.0),)]


def test_placeholders_are_words_of_their_own(matcher: IntentMatcher) -> None:
    assert words_of("Is {building} far?") == ["is", "{building}", "far"]
    assert is_placeholder("{building}") and not is_placeholder("building")
    assert top(matcher, "{building} parking") == "campus.parking"
    assert matcher._model.spelled(["{bilding}"]) == [(("{bilding}", 1.0),)]


def test_words() -> None:
    assert words_of("What’s the GRE? I don't know, idk") == ["what", "is", "the", "gre", "i", "do", "not", "know", "i", "do", "not", "know"]
    assert words_of("café C++ c# 3.5") == ["cafe", "c++", "c#", "3", "5"]
    assert stem_of("courses") == stem_of("course")
    assert stem_of("applying") == stem_of("apply") == stem_of("applies")
    assert stem_of("{program}") == "{program}"


def test_curve_follows_the_evidence() -> None:
    signs = [Signs(score=s / 50, margin=s / 100, chance=s / 100, known=1.0) for s in range(100)]
    curve = fitted(signs, [s >= 60 for s in range(100)], [1.0] * 100)
    assert curve.confidence(signs[90]) > 0.7
    assert curve.confidence(signs[20]) < 0.3
    assert min(curve.numbers()[1:]) >= 0


def test_curve_never_counts_a_good_sign_against() -> None:
    signs = [Signs(score=s / 50, margin=0.1, chance=0.5, known=1 - s / 100) for s in range(100)]
    curve = fitted(signs, [s >= 50 for s in range(100)], [1.0] * 100)
    assert min(curve.numbers()[1:]) >= 0


def test_calibration_is_kept_and_leaves_the_ranking_alone(matcher: IntentMatcher) -> None:
    many = {f"{intent}.{n}": [f"{line} {word}" for line in lines] for intent, lines in EXAMPLES.items()
            for n, word in enumerate(("today", "tomorrow", "abroad"))}
    calibrated = IntentMatcher(many, calibrate=True)
    assert Curve(*calibrated.dump()["curve"]) != DEFAULT_CURVE
    assert IntentMatcher.load(calibrated.dump()).rank("password today") == calibrated.rank("password today")
    plain = IntentMatcher(many)
    for text in ("password today", "park tomorrow"):
        assert [match.intent for match in plain.rank(text)] == [match.intent for match in calibrated.rank(text)]


def test_a_long_message_is_quick(matcher: IntentMatcher) -> None:
    matcher.rank("warm up")
    began = time.perf_counter()
    matcher.rank("xqzv parkking libbrary " * 2000)
    assert time.perf_counter() - began < 0.25


def test_shares_of_a_misspelled_word_sum_to_one() -> None:
    space = FeatureSpace.of([["late", "book"], ["library", "hours"]])
    spelling = SoftSpelling({"late": 2, "book": 3, "library": 1, "hours": 1}, space.seen_beside)
    shares = spelling.likely("libary", "", "hours")
    assert shares[0][0] == "library"
    assert sum(share for _, share in shares) == pytest.approx(1)
    assert "libary" in dict(shares)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_any_text_gets_a_proper_ranking(text: str) -> None:
    matches = _SHARED.rank(text, limit=len(EXAMPLES))
    assert sorted(match.intent for match in matches) == sorted(EXAMPLES)
    assert all(0 <= match.confidence <= 1 for match in matches)
    assert matches == sorted(matches, key=lambda match: -match.confidence)
    assert all(isinstance(match, Match) for match in matches)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["parking", "pasword", "my", "book", "{building}", "{x}", "open", "qqqq", "7"]), max_size=8),
       st.sampled_from(sorted(EXAMPLES)))
def test_contributions_sum_to_the_score(words: list[str], intent: str) -> None:
    text = " ".join(words)
    model = _SHARED._model
    scores = model.scores(model.spelled(model.cut(words_of(text))))
    score = scores[model.intents.index(intent)] if scores else 0.0
    assert sum(amount for _, amount in _SHARED.explain(text, intent)) == pytest.approx(score, abs=1e-4)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_case_and_outer_space_do_not_matter(text: str) -> None:
    assert words_of(f"  {text.lower()} ") == words_of(text.lower())


_SHARED = IntentMatcher(EXAMPLES)


@pytest.mark.parametrize("text", ["how much does it cost", "wher can i parkk my car", "my pasword pasword", "howmuch is the {building}", "late book"])
def test_the_same_scores_with_numpy_and_without(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    model = IntentMatcher(EXAMPLES)._model
    places = model.spelled(model.cut(words_of(text)))
    with_numpy = model.scores(places)
    assert with_numpy
    monkeypatch.delitem(sys.modules, "numpy")
    model._asked = 0
    assert model.scores(places) == with_numpy
