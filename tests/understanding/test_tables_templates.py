"""Constructions, exhaustively: limits, polarities, figures, premises, slips in names, joined pairs, views and what-ifs."""

from __future__ import annotations

import random
from itertools import product

import pytest
from small_pack import reader, tables
from table_cases import context_of, turn

from advisor.knowledge.conditions import Test
from advisor.knowledge.profile import Limit
from advisor.knowledge.queries import Query
from advisor.reasoning.tables import evaluate
from advisor.understanding.tables import TableContext, TableReading

EMPTY = TableContext()
PROGRAMS = [thing for thing in tables()[1].values() if thing.kind == "program"]


def read(text: str, context: TableContext = EMPTY) -> TableReading:
    return reader().read_all(text, context)[-1]


def query(text: str, context: TableContext = EMPTY) -> Query | None:
    return read(text, context).query


# ---------------------------------------------------------------- limits
_OPS = {
    "under": ["under {}", "below {}", "less than {}", "cheaper than {}"],
    "at most": ["at most {}", "up to {}", "no more than {}", "max {}", "{} max", "{} tops", "within {}", "not over {}", "{} or less", "my budget is {}"],
    "over": ["over {}", "more than {}", "above {}", "north of {}"],
    "at least": ["at least {}", "{} or more", "no less than {}", "{} and up"],
    "about": ["around {}", "about {}", "roughly {}", "{} or so"],
}
_AMOUNTS = {
    20000: ["20k", "$20k", "20,000", "$20,000", "20000", "20 grand", "twenty grand", "20 thousand dollars", "twenty thousand"],
    25000: ["25k", "$25,000", "twenty-five thousand", "25 thousand", "twenty five grand"],
    60000: ["60k", "$60,000", "sixty grand", "60 thousand", "60000 usd"],
    57500: ["57.5k", "$57,500", "57500"],
}
_FRAMES = ["{}", "which programs are {}", "show me schools {}", "programs {} please", "is there anything {}"]
LIMITS = [(frame.format(op.format(amount)), name, value) for name, ops in _OPS.items() for op in ops for value, amounts in _AMOUNTS.items()
          for amount in amounts for frame in _FRAMES if "budget" not in op or frame == "{}"]


def test_limits_are_exact() -> None:
    wrong = []
    for text, op, value in LIMITS:
        found = query(text)
        tests = [where.test for where in found.where if where.key == "tuition"] if found else []
        if not (len(tests) == 1 and tests[0].op == op and value in (tests[0].low, tests[0].high) and len(found.where if found else ()) == 1):
            wrong.append((text, tests))
    assert not wrong, f"{len(wrong)} of {len(LIMITS)}: {wrong[:12]}"


def test_ranges_are_exact() -> None:
    wrong = []
    ways = ["between {a} and {b}", "{a} to {b}", "from {a} to {b}", "{a}-{b}"]
    pairs = [("20k", "30k"), ("20", "30k"), ("$20,000", "$30,000"), ("20000", "30000")]
    for way, (a, b), frame in product(ways, pairs, _FRAMES):
        if a == "20" and way.startswith("{a} to"):
            continue
        text = frame.format(way.format(a=a, b=b))
        found = query(text)
        if found is None or [w.test for w in found.where] != [Test("between", low=20000, high=30000)]:
            wrong.append((text, found.where if found else None))
    words = query("between twenty and thirty thousand")
    assert words is not None and words.where[0].test == Test("between", low=20000, high=30000)
    assert not wrong, wrong[:10]


# ---------------------------------------------------------------- polarity
_NEED = ["does {n} require the gre", "is the gre required at {n}", "do i need the gre for {n}", "is the gre mandatory at {n}?", "does {n} ask for the gre?",
         "must i take the gre for {n}", "do i have to submit gre scores to {n}", "is the gre compulsory for {n}", "does {n} insist on the gre", "{n} needs gre?"]
_WAIVE = ["is the gre waived at {n}", "did {n} drop the gre", "can i skip the gre at {n}", "can i get into {n} without the gre", "has {n} scrapped the gre",
          "does {n} waive the gre?", "could i avoid the gre at {n}", "is {n} gre free?", "do they exempt you from the gre at {n}"]
_TRUTH = {"required": ("yes", "no"), "optional": ("depends", "depends"), "not_required": ("no", "yes")}


@pytest.mark.parametrize("thing", PROGRAMS, ids=lambda thing: thing.id)
def test_need_and_waive_turn_the_answer(thing) -> None:  # type: ignore[no-untyped-def]
    kinds, things, _ = tables()
    value = thing.value("gre").text
    for way, side in ((_NEED, 0), (_WAIVE, 1)):
        for template in way:
            text = template.format(n=thing.name)
            found = query(text)
            assert found is not None and found.asked == "yes_no" and found.subjects == (thing.id,), text
            assert evaluate(found, kinds, things).polarity[0][1] == _TRUTH[value][side], text


# ---------------------------------------------------------------- figures and premises
_STATED = ["why is {n} {f}?", "why does {n} cost {f}", "i heard {n} is {f}", "since {n} costs {f}, is it online?", "{n} is {f}", "they told me {n} was {f}, how long is it",
           "now that {n} is {f}, do i need the gre", "how come {n} is {f}", "i read that {n} costs {f}"]


@pytest.mark.parametrize("thing", PROGRAMS, ids=lambda thing: thing.id)
def test_a_wrong_figure_is_corrected_and_a_right_one_is_not(thing) -> None:  # type: ignore[no-untyped-def]
    right = thing.value("tuition").low
    for template in _STATED:
        for figure, wrong in ((right, False), (round(right * 1.4), True)):
            text = template.format(n=thing.name, f=f"{figure / 1000:g}k")
            readings = reader().read_all(text, EMPTY)
            premises = [r.query for r in readings if r.query is not None and r.query.asked == "premise"]
            assert bool(premises) == wrong, text
            if wrong:
                assert premises[0].subjects == (thing.id,) and float(premises[0].stated) == figure, text


_GRE_PREMISE = {
    "required": ["since {n} requires the gre, how much is it", "why does {n} need the gre", "because {n} asks for the gre i am unsure, is it online?"],
    "not_required": ["since {n} dropped the gre, how much is it", "now that {n} waived the gre, how long is it", "i heard {n} scrapped the gre, is it online"],
}


@pytest.mark.parametrize("thing", PROGRAMS, ids=lambda thing: thing.id)
def test_a_false_premise_about_a_choice_is_corrected(thing) -> None:  # type: ignore[no-untyped-def]
    value = thing.value("gre").text
    for said, templates in _GRE_PREMISE.items():
        for template in templates:
            text = template.format(n=thing.name)
            premises = [r for r in reader().read_all(text, EMPTY) if r.query is not None and r.query.asked == "premise"]
            if value == "optional":
                continue
            assert bool(premises) == (value != said), text


# ---------------------------------------------------------------- slips in names
def _slips(word: str, chance: random.Random) -> list[str]:
    place = chance.randrange(1, len(word) - 1)
    letter = chance.choice("abcdefghijklmnopqrstuvwxyz")
    return [word[:place] + word[place + 1] + word[place] + word[place + 2 :], word[:place] + word[place + 1 :], word[:place] + letter + word[place:],
            word[:place] + word[place] + word[place:]]


def test_one_slip_in_a_name_is_mended() -> None:
    chance = random.Random(7)
    total = lost = 0
    wrong = []
    for thing in PROGRAMS:
        names = [name for name in (thing.name, *thing.aliases) if len(name) >= 6 and name.isascii()]
        for name in names[:4]:
            parts = name.split()
            longest = max(range(len(parts)), key=lambda i: len(parts[i]))
            if len(parts[longest]) < 5:
                continue
            for _ in range(5):
                for slip in _slips(parts[longest].lower(), chance):
                    text = "how much is " + " ".join([*parts[:longest], slip, *parts[longest + 1 :]])
                    found = query(text)
                    total += 1
                    got = found.subjects if found else ()
                    if got != (thing.id,):
                        lost += 1
                    if got and got != (thing.id,):
                        wrong.append((text, got))
    assert total > 400 and lost / total <= 0.03, (lost, total)
    assert not wrong, wrong[:10]


# ---------------------------------------------------------------- two questions in one message
_FIRST = ["how much is {a}", "whats the tuition at {a}", "is {a} online", "how many credits does {a} have", "cost of {a}"]
_SECOND = ["do i need the gre for {b}", "is {b} public", "how long does {b} take", "how much is {b}", "does {b} have a thesis"]
_JOINTS = ["{}? {}?", "{} and {}", "{}, {}", "{} n {}", "{}. also {}"]


def test_joined_questions_are_both_read() -> None:
    right = total = 0
    bad = []
    names = [thing.name for thing in PROGRAMS]
    for number, (first, second, joint) in enumerate(product(_FIRST, _SECOND, _JOINTS)):
        for shift in range(6):
            a, b = names[(number + shift) % 10], names[(number + 3 * shift + 1) % 10]
            if a == b:
                continue
            one, two = first.format(a=a), second.format(b=b)
            text = joint.format(one, two)
            got = [(r.query.asked, r.query.subjects, r.query.attributes) for r in reader().read_all(text, EMPTY) if r.query is not None]
            alone = [(q.asked, q.subjects, q.attributes) for q in (query(one), query(two)) if q is not None]
            total += 1
            right += got == alone
            if got != alone:
                bad.append((text, got))
    assert right / total >= 0.95, (right, total, bad[:8])


# ---------------------------------------------------------------- views, own limits, what-ifs
_VIEWS = ["which programs are under 30k", "how many need the gre", "which schools are public?", "are there any programs over 60k", "programs with 30 credits?"]
_NEXT = ["which programs are async?", "cheapest program", "how many programs are private", "which schools have a capstone", "list the programs with live sessions"]


def test_limits_of_a_question_do_not_stay() -> None:
    for first, second in product(_VIEWS, _NEXT):
        context = context_of([first])
        alone, after = query(second), query(second, context)
        assert alone is not None and after is not None and not context.limits
        assert {(w.key, w.test) for w in after.where} == {(w.key, w.test) for w in alone.where}, (first, second)


def test_own_limits_stay_over_a_digression() -> None:
    for limit, aside in product(["under 30k", "no gre please", "i have 60k"], ["how much is columbia", "thanks", "is usc online", "salary of a data scientist", "what is a capstone"]):
        context = context_of([limit, aside])
        assert len(context.limits) == 1
        found = query("which programs are async?", context)
        assert found is not None and {w.key for w in found.where} == {context.limits[0].key, "live"}, (limit, aside)


def test_a_what_if_leaves_no_trace() -> None:
    for limit, what_if in product(["under 30k", "no gre please", "async only"], ["what if i had 70k", "what if i took the gre", "suppose i could spend 55k", "what if live sessions were ok"]):
        before = context_of([limit])
        readings, after = turn(what_if, before)
        assert all(r.what_if for r in readings if r.query is not None), (limit, what_if)
        assert after == before, (limit, what_if)


# ---------------------------------------------------------------- self-contained questions do not depend on what was said
_ALONE = ["how much is gatech", "which programs are under 30k", "cheapest program without the gre", "compare drexel and usc", "how many programs are public?",
          "does columbia need the gre", "what does a data scientist earn", "which schools are strong in nlp", "second cheapest program", "is purdue online"]


def test_questions_that_say_all_are_read_the_same_after_other_turns() -> None:
    chance = random.Random(3)
    same = total = 0
    bad = []
    for _ in range(120):
        before = chance.sample([*_ALONE, *_VIEWS, *_NEXT], 3)
        context = TableContext(context_of(before).last, context_of(before).stack)
        for text in _ALONE:
            total += 1
            if query(text, context) == query(text):
                same += 1
            else:
                bad.append((before, text))
    assert same / total >= 0.97, (same, total, bad[:6])


def test_no_crash_in_shuffled_conversations() -> None:
    chance = random.Random(11)
    lines = [*_ALONE, *_VIEWS, *_NEXT, "it", "both?", "and the second?", "why not it", "the others", "what if", "actually", "forget it", "are you sure", "no", "under", "k",
             "30", "cheapest of those", "which pays more", "is it growing", "and stevens?", "compare them", "the cheap one", "drop it", "not that one", "more", "",
             "???", "how much", "salary", "gre", "add usc", "first two", "$", "1.2.3", "who", "than columbia", "cheaper than it", "except", "what about nlp", "tools?"]
    context = EMPTY
    for _ in range(1500):
        _, context = turn(chance.choice(lines), context)
        if chance.random() < 0.05:
            context = EMPTY
        if chance.random() < 0.05:
            context = TableContext(context.last, context.stack, context.view, (Limit("gre", Test("is", ("optional", "not_required"))),))
