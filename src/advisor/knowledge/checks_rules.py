"""Cross-checks of rules/: what the rules, the topics and the interview name exists, and their conditions can hold."""

from __future__ import annotations

from advisor.knowledge.checker import Checker
from advisor.knowledge.conditions import ConditionError, parse_test
from advisor.knowledge.profile import STANCES
from advisor.knowledge.rules import InterviewChoice
from advisor.knowledge.source import Path_

PROGRAMS, CAUTIONS, DEGREES, INTERVIEW, TOPICS = ("rules/programs.yaml", "rules/cautions.yaml", "rules/degrees.yaml",
                                                  "rules/interview.yaml", "rules/topics.yaml")
#: The key of a topic's `suggests` that names a limit instead of a thing.
WITHDRAWS = "withdraws"
#: Stances that a rule for degrees can be about; each of them stands for all the others, by the factors.
_ABOUT = ("likes", "avoids")


def programs(checker: Checker) -> None:
    """rules/programs.yaml and cautions.yaml."""
    pack = checker.pack
    for index, rule in enumerate(pack.program_rules):
        checker.conditions(PROGRAMS, (index, "when"), rule.when)
        if rule.require:
            checker.conditions(PROGRAMS, (index, "require"), rule.require, pack.main, bare=True)
            if "any" in rule.require:
                checker.wrong(PROGRAMS, (index, "require", "any"), "any is not read in a limit", "write a limit for each", key=True)
        for key, favored in (("favors", rule.favors), ("disfavors", rule.disfavors)):
            for id_ in favored:
                checker.thing(PROGRAMS, (index, key, id_), id_, pack.main, key=True)
        checker.sources(PROGRAMS, (index, "source"), rule.source)
    for index, caution in enumerate(pack.cautions):
        checker.conditions(CAUTIONS, (index, "when"), caution.when, pack.main)
        checker.sources(CAUTIONS, (index, "source"), caution.source)
        checker.text(CAUTIONS, (index, "say"), caution.say)


def degrees(checker: Checker) -> None:
    """rules/degrees.yaml: degrees, topics, answers; every stance has its factor."""
    pack, rules = checker.pack, checker.pack.degree_rules
    slots = {question.question: question for question in pack.interview}
    for index, rule in enumerate(rules.rules):
        at: Path_ = ("rules", index)
        for side, favored in (("favors", rule.favors), ("disfavors", rule.disfavors)):
            for id_ in favored:
                checker.known(DEGREES, (*at, side, id_), id_, rules.degrees, "degree", key=True)
        for key, values in rule.when.items():
            if key in _ABOUT:
                checker.topics(DEGREES, (*at, "when", key), values)
            elif key not in slots:
                checker.known(DEGREES, (*at, "when", key), key, [*_ABOUT, *slots], "stance or slot", key=True)
        checker.sources(DEGREES, (*at, "source"), rule.source)
        if not rule.source:
            checker.wrong(DEGREES, at, "this rule needs a source", "add a line `source: ...` with the section that says so")
    if DEGREES not in checker.partial:
        for name, given, wanted in (("factors", rules.factors, STANCES), ("scale", rules.scale, ("strong", "some", "slight"))):
            if missing := [word for word in wanted if word not in given]:
                checker.wrong(DEGREES, (name,), f"{name} lacks {', '.join(missing)}")


def interview(checker: Checker) -> None:
    """rules/interview.yaml: what the answers mean and limit, and when a question is asked."""
    pack = checker.pack
    for index, question in enumerate(pack.interview):
        for key, choice in question.choices.items():
            _choice(checker, (index, "choices", key), choice)
        if question.amount:
            checker.known(INTERVIEW, (index, "amount"), question.amount, checker.columns, f"attribute of a {pack.main}")
        checker.topics(INTERVIEW, (index, "covered_by"), question.covered_by)
        for degree in question.splits:
            checker.known(INTERVIEW, (index, "splits"), degree, pack.degree_rules.degrees, "degree")
        if question.when:
            checker.conditions(INTERVIEW, (index, "when"), question.when)


def _choice(checker: Checker, at: Path_, choice: InterviewChoice) -> None:
    for stance, topics in choice.means.items():
        checker.known(INTERVIEW, (*at, "means", stance), stance, STANCES, "stance", key=True)
        checker.topics(INTERVIEW, (*at, "means", stance), topics)
    for key, raw in choice.limits.items():
        place = (*at, "limits", key)
        if key not in checker.columns:
            checker.known(INTERVIEW, place, key, checker.columns, f"attribute of a {checker.pack.main}", key=True)
            continue
        try:
            checker.test(INTERVIEW, place, key, checker.columns[key], parse_test(raw))
        except ConditionError as error:
            checker.wrong(INTERVIEW, place, str(error))


def topics(checker: Checker) -> None:
    """rules/topics.yaml: what a topic suggests exists."""
    pack = checker.pack
    for id_, topic in pack.topics.topics.items():
        for key, target in topic.suggests.items():
            at: Path_ = ("topics", id_, "suggests", key)
            if key == WITHDRAWS:
                checker.known(TOPICS, at, target, checker.columns, f"attribute of a {pack.main}")
            elif key in pack.kinds:
                checker.thing(TOPICS, at, target, key)
            else:
                checker.known(TOPICS, at, key, [*pack.kinds, WITHDRAWS], "kind", key=True)
