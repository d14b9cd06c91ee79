"""Which degree fits: the evidence of the rules for and against each, added up; and whether more answers could change it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Literal

from msgspec import Struct

from advisor.knowledge.degree_rules import DegreeRule, DegreeRules
from advisor.knowledge.profile import Profile, Slot, StanceEntry

Tier = Literal["close", "ahead", "clear"]
_LIKES, _AVOIDS = "likes", "avoids"
_KEPT = 6  # digits of a sum: hides the noise of floats, so that ties are ties

Answers = Sequence[Profile]
"""The answers to one open question, each as what it would add to a profile."""


class Contribution(Struct, frozen=True):
    """What one rule adds to one degree. `points` are signed; `topic` is None for a rule on an answer.

    `lesser`: the rule favors another degree more, so that its words speak for that one.
    """

    rule: str
    degree: str
    topic: str | None
    stance: str
    words: str
    points: float
    because: str
    source: tuple[str, ...]
    inferred: bool = False
    lesser: bool = False


class DegreeScore(Struct, frozen=True):
    """A degree with its points, and what spoke for and against it, weightiest first."""

    id: str
    score: float
    reasons_for: tuple[Contribution, ...] = ()
    reasons_against: tuple[Contribution, ...] = ()


class DegreeVerdict(Struct, frozen=True):
    """Degrees, best first; empty while nothing is known.

    `margin`: points between the first two. `settled`: no combination of answers to what is still open changes the lead.
    """

    ranking: tuple[DegreeScore, ...] = ()
    lead: str | None = None
    runner_up: str | None = None
    margin: float = 0.0
    tier: Tier = "close"
    settled: bool = False

    def score(self, degree: str) -> DegreeScore | None:
        """The entry of one degree, or None."""
        return next((entry for entry in self.ranking if entry.id == degree), None)


def evidence(profile: Profile, rules: DegreeRules, label: Callable[[str], str] | None = None) -> tuple[Contribution, ...]:
    """Every contribution of every rule that applies, in the order of the rules. `label` gives a topic's words."""
    label = label or (lambda topic: topic.replace("_", " "))
    firm: list[Contribution] = []
    defaults: list[Contribution] = []
    held = {entry.topic for entry in profile.stances}
    for rule in rules.rules:
        target = defaults if rule.default else firm
        for key, values in rule.when.items():
            if key in (_LIKES, _AVOIDS):
                for entry in profile.stances if not held.isdisjoint(values) else ():
                    if entry.topic in values and (factor := _factor(key, entry, rules)):
                        because = _because(key, rule, rules, entry)
                        target.extend(_contributions(rule, rules, entry, factor, because, label, leans=key == _LIKES and because == rule.because))
            elif (slot := profile.slot(key)) and slot.value in values:
                target.extend(_answered(rule, rules, slot))
    return tuple(firm) or tuple(defaults)


def _factor(key: str, entry: StanceEntry, rules: DegreeRules) -> float:
    """How much an entry counts for a rule on likes or on avoids that names its topic; 0: not at all."""
    if key == _AVOIDS:
        return rules.avoid_factors.get(entry.stance, 0.0)
    return 0.0 if entry.stance in rules.avoid_factors and entry.topic in rules.replaced else rules.factors[entry.stance]


def _because(key: str, rule: DegreeRule, rules: DegreeRules, entry: StanceEntry) -> str:
    as_said = key == _AVOIDS or rules.factors[entry.stance] == rules.factors["likes"]
    return rule.because if as_said else rules.said.get(entry.stance, rule.because)


def _weights(rule: DegreeRule, rules: DegreeRules, factor: float = 1.0) -> Iterable[tuple[str, float]]:
    """The points of each degree under a rule, those of 0 left out."""
    for sign, strengths in ((factor, rule.favors), (-factor, rule.disfavors)):
        for degree, strength in strengths.items():
            if points := round(rules.scale[strength] * sign, _KEPT):
                yield degree, points


def _contributions(rule: DegreeRule, rules: DegreeRules, entry: StanceEntry, factor: float, because: str,
                   label: Callable[[str], str], *, leans: bool) -> Iterable[Contribution]:
    """`leans`: the words are those of the rule on what is liked, which speak for the degree that it favors most."""
    said = because.replace("{topic}", label(entry.topic))
    weights = list(_weights(rule, rules, factor))
    most = max((points for _, points in weights), default=0.0)
    for degree, points in weights:
        lesser = leans and 0 < points < most
        yield Contribution(rule.rule, degree, entry.topic, entry.stance, entry.words, points, said, rule.source, rule.inferred, lesser)


def _answered(rule: DegreeRule, rules: DegreeRules, slot: Slot) -> Iterable[Contribution]:
    for degree, points in _weights(rule, rules):
        yield Contribution(rule.rule, degree, None, slot.name, slot.words, points, rule.because, rule.source, rule.inferred)


def _totals(found: Iterable[Contribution], rules: DegreeRules) -> dict[str, float]:
    totals = dict.fromkeys(rules.degrees, 0.0)
    for one in found:
        totals[one.degree] = round(totals.get(one.degree, 0.0) + one.points, _KEPT)
    return totals


def _tier(margin: float, rules: DegreeRules) -> Tier:
    if margin < rules.margins.close:
        return "close"
    return "ahead" if margin < rules.margins.ahead else "clear"


def rank_degrees(profile: Profile, rules: DegreeRules, *, label: Callable[[str], str] | None = None,
                 open_questions: Sequence[Answers] | None = None) -> DegreeVerdict:
    """The degrees for what is known of a student, best first. Nothing known: an empty verdict.

    A degree that the student does not want by name comes after all others, whatever speaks for it. Ties go to more reasons for, then fewer against, then listed order; when no degree has a point, the first listed leads.
    `open_questions`: what could still be asked, for `settled`; None takes the answers that the rules themselves name.
    """
    found = evidence(profile, rules, label)
    if not found:
        return DegreeVerdict()
    totals = _totals(found, rules)
    pro: dict[str, list[Contribution]] = {degree: [] for degree in totals}
    con: dict[str, list[Contribution]] = {degree: [] for degree in totals}
    for one in sorted(found, key=lambda c: -abs(c.points)):
        (pro if one.points > 0 else con)[one.degree].append(one)
    listed = {degree: number for number, degree in enumerate(totals)}
    unwanted = set(profile.topics("avoids", "refuses"))
    nothing = max(totals.values()) <= 0

    def place(degree: str) -> tuple[float, ...]:
        first = nothing and degree == rules.degrees[0]
        return (degree in unwanted, -first, -totals[degree], -len(pro[degree]), len(con[degree]), listed[degree])

    order = sorted(totals, key=place)
    ranking = tuple(DegreeScore(degree, totals[degree], tuple(pro[degree]), tuple(con[degree])) for degree in order)
    lead, second = order[0], order[1] if len(order) > 1 else None
    wanted = {degree: points for degree, points in totals.items() if degree == lead or degree not in unwanted}
    margin = max(0.0, round(totals[lead] - totals[second], _KEPT)) if second else 0.0
    return DegreeVerdict(ranking, lead, second, margin, _tier(margin, rules), _settled(profile, rules, wanted, lead, open_questions))


def _settled(profile: Profile, rules: DegreeRules, totals: Mapping[str, float], lead: str,
             open_questions: Sequence[Answers] | None) -> bool:
    """Whether the lead stays for every combination of one answer, or none, to each open question."""
    questions = _named_answers(profile, rules) if open_questions is None else open_questions
    best = {degree: 0.0 for degree in totals if degree != lead}
    tally = _Tally(rules)
    for answers in questions:
        changes = [tally.totals(_with(profile, answer)) for answer in answers]
        for degree in best:
            now = totals[degree] - totals[lead]
            best[degree] += max((0.0, *((change[degree] - change[lead]) - now for change in changes)))
    return all(round(totals[lead] - totals[degree] - gain, _KEPT) > 0 for degree, gain in best.items())


class _Tally:
    """The totals of many profiles that differ in an answer only: what an entry adds does not depend on the others, so it is
    worked out once."""

    def __init__(self, rules: DegreeRules) -> None:
        self._rules = rules
        self._known: dict[tuple[str, str], list[tuple[bool, str, float]]] = {}

    @cached_property
    def _of(self) -> dict[tuple[str, str], list[DegreeRule]]:
        """The rules by their key and each topic, or answer, that they name."""
        found: dict[tuple[str, str], list[DegreeRule]] = {}
        for rule in self._rules.rules:
            for key, values in rule.when.items():
                for value in dict.fromkeys(values):
                    found.setdefault((key, value), []).append(rule)
        return found

    def totals(self, profile: Profile) -> dict[str, float]:
        """What `_totals` makes of the evidence for a profile."""
        found = [one for entry in profile.stances for one in self._of_stance(entry)]
        for slot in profile.slots:
            found += self._points((rule, 1.0) for rule in self._of.get((slot.name, slot.value or ""), ()))
        firm = any(not default for default, _, _ in found)
        totals = dict.fromkeys(self._rules.degrees, 0.0)
        for default, degree, points in found:
            if default != firm:
                totals[degree] = round(totals.get(degree, 0.0) + points, _KEPT)
        return totals

    def _of_stance(self, entry: StanceEntry) -> list[tuple[bool, str, float]]:
        held = (entry.topic, entry.stance)
        if held not in self._known:
            self._known[held] = self._points((rule, _factor(key, entry, self._rules)) for key in (_LIKES, _AVOIDS)
                                             for rule in self._of.get((key, entry.topic), ()))
        return self._known[held]

    def _points(self, spoken: Iterable[tuple[DegreeRule, float]]) -> list[tuple[bool, str, float]]:
        """What rules add at their factors: whether by default only, to which degree, how many points."""
        return [(rule.default, *weight) for rule, factor in spoken for weight in _weights(rule, self._rules, factor)]


def _with(profile: Profile, answer: Profile) -> Profile:
    profile = profile.with_stances(answer.stances)
    for slot in answer.slots:
        profile = profile.with_slot(slot)
    return profile


def _named_answers(profile: Profile, rules: DegreeRules) -> list[Answers]:
    """The slots that the rules name and the student has not answered, with the answers named."""
    slots: dict[str, list[str]] = {}
    for rule in rules.rules:
        for key, values in rule.when.items():
            if key not in (_LIKES, _AVOIDS) and profile.slot(key) is None:
                slots.setdefault(key, []).extend(values)
    return [[Profile(slots=(Slot(name, value),)) for value in dict.fromkeys(values)] for name, values in slots.items()]
