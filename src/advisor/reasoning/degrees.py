"""Which degree fits: the evidence of the rules for and against each, added up; and whether more answers could change it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
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
    """What one rule adds to one degree. `points` are signed; `topic` is None for a rule on an answer."""

    rule: str
    degree: str
    topic: str | None
    stance: str
    words: str
    points: float
    because: str
    source: tuple[str, ...]
    inferred: bool = False


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
    replaced = rules.replaced
    held = {entry.topic for entry in profile.stances}
    for rule in rules.rules:
        target = defaults if rule.default else firm
        for key, values in rule.when.items():
            if key in (_LIKES, _AVOIDS) and held.isdisjoint(values):
                continue
            if key == _LIKES:
                for entry in profile.stances:
                    if entry.topic in values and not (entry.stance in rules.avoid_factors and entry.topic in replaced):
                        because = rule.because if rules.factors[entry.stance] == rules.factors["likes"] else rules.said.get(entry.stance, rule.because)
                        target.extend(_contributions(rule, rules, entry, rules.factors[entry.stance], because, label))
            elif key == _AVOIDS:
                for entry in profile.stances:
                    if entry.topic in values and entry.stance in rules.avoid_factors:
                        target.extend(_contributions(rule, rules, entry, rules.avoid_factors[entry.stance], rule.because, label))
            elif (slot := profile.slot(key)) and slot.value in values:
                target.extend(_answered(rule, rules, slot))
    return tuple(firm) or tuple(defaults)


def _weights(rule: DegreeRule, rules: DegreeRules) -> Iterable[tuple[str, float]]:
    yield from ((degree, rules.scale[strength]) for degree, strength in rule.favors.items())
    yield from ((degree, -rules.scale[strength]) for degree, strength in rule.disfavors.items())


def _contributions(rule: DegreeRule, rules: DegreeRules, entry: StanceEntry, factor: float, because: str,
                   label: Callable[[str], str]) -> Iterable[Contribution]:
    said = because.replace("{topic}", label(entry.topic))
    for degree, weight in _weights(rule, rules):
        if points := round(weight * factor, _KEPT):
            yield Contribution(rule.rule, degree, entry.topic, entry.stance, entry.words, points, said, rule.source, rule.inferred)


def _answered(rule: DegreeRule, rules: DegreeRules, slot: Slot) -> Iterable[Contribution]:
    for degree, weight in _weights(rule, rules):
        yield Contribution(rule.rule, degree, None, slot.name, slot.words, weight, rule.because, rule.source, rule.inferred)


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
    pro = {degree: sorted((c for c in found if c.degree == degree and c.points > 0), key=lambda c: -c.points) for degree in totals}
    con = {degree: sorted((c for c in found if c.degree == degree and c.points < 0), key=lambda c: c.points) for degree in totals}
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
    for answers in questions:
        changes = [_totals(evidence(_with(profile, answer), rules), rules) for answer in answers]
        for degree in best:
            now = totals[degree] - totals[lead]
            best[degree] += max((0.0, *((change[degree] - change[lead]) - now for change in changes)))
    return all(round(totals[lead] - totals[degree] - gain, _KEPT) > 0 for degree, gain in best.items())


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
