"""Which intent a message is: learned from a handful of examples of each, with a confidence that means something.

How it works, in one paragraph: words are cut from the text and, where unknown, softly spelled; stems, neighbors, gaps and
groups of letters make a vector; each intent has a weight for each feature, learned by softmax regression from the examples;
the best scores are the ranking, and a calibrated curve turns the ranking's signs into the chance that its top is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from heapq import nlargest
from math import exp, isfinite
from typing import Any

from msgspec import Struct

from advisor.understanding.calibration import DEFAULT_CURVE, SHARPNESS, UNKNOWN_SHARE, Curve, Signs, fitted
from advisor.understanding.features import Concepts, Place
from advisor.understanding.intent_model import DAMAGED, Model
from advisor.understanding.intent_words import words_of

_FOLDS = 5
# In each round this part of the intents is left out whole, to stand for what nobody wrote examples for.
_LEFT_OUT = 10
# With fewer examples than this a curve of the pack's own would be chance; the default one is kept.
_FEWEST_INTENTS, _FEWEST_LINES = 5, 40


class Match(Struct, frozen=True):
    """An intent and the confidence, 0..1, that it is what the message is about."""

    intent: str
    confidence: float


class IntentMatcher:
    """Ranks intents for a message.

    `examples`: for each intent what a person might say; `{program}` and the like are words of their own. The words of an
    intent's id ("admissions.weak_coding") count as one more example. `vocabulary`: further words, or lines of words, that
    are spelled right. `calibrate`: learn how sure to be from held-out examples; takes about six builds, and is kept by
    `dump`. The order of intents and examples does not matter.
    """

    def __init__(self, examples: Mapping[str, Sequence[str]], *, vocabulary: Iterable[str] = (), concepts: Concepts | None = None,
                 calibrate: bool = False) -> None:
        intents = sorted(examples)
        lines: list[list[str]] = []
        labels: list[int] = []
        for number, intent in enumerate(intents):
            wordings = {tuple(words_of(example)) for example in examples[intent]} | {tuple(_name_words(intent))}
            wordings.discard(())
            lines.extend(map(list, sorted(wordings)))
            labels.extend([number] * len(wordings))
        words = {word for line in vocabulary for word in words_of(line)}
        self._model = Model.learned(lines, labels, intents, words, concepts)
        self._curve = _calibrated(lines, labels, intents, words) if calibrate else DEFAULT_CURVE

    def rank(self, text: str, limit: int = 5) -> list[Match]:
        """The best `limit` intents, best first. With nothing known in the text, every confidence is 0.

        The first one's confidence is the chance that it is right; the others stand to it as their scores do.
        """
        model = self._model
        if not model.intents or limit < 1:
            return []
        scores, order, signs = _scored(model, model.spelled(model.cut(words_of(text))), limit)
        if signs is None:
            return [Match(model.intents[number], 0.0) for number in order[:limit]]
        top = self._curve.confidence(signs)
        best = scores[order[0]]
        return [Match(model.intents[number], top * exp(SHARPNESS * (scores[number] - best))) for number in order[:limit]]

    def explain(self, text: str, intent: str) -> tuple[tuple[str, float], ...]:
        """The words of the text as typed, each (glued ones cut) with what it adds to the intent's score; KeyError for an unknown intent."""
        if intent not in self._model.intents:
            raise KeyError(intent)
        words = self._model.cut(words_of(text))
        added = self._model.contributions(self._model.spelled(words), self._model.intents.index(intent))
        return tuple(zip(words, added, strict=True))

    def dump(self) -> dict[str, Any]:
        """What was learned, as a dictionary of strings and numbers fit for JSON."""
        return {**self._model.dump(), "curve": list(self._curve.numbers())}

    @classmethod
    def load(cls, data: Mapping[str, Any]) -> IntentMatcher:
        """A matcher from what `dump` gave; it ranks exactly alike. ValueError when the data is damaged."""
        matcher = cls.__new__(cls)
        matcher._model = Model.load(data)
        try:
            numbers = [float(number) for number in data["curve"]]
            matcher._curve = Curve(*numbers)
        except (KeyError, TypeError, ValueError) as wrong:
            raise ValueError(DAMAGED) from wrong
        if not all(map(isfinite, numbers)):
            raise ValueError(DAMAGED)
        return matcher


def _name_words(intent: str) -> list[str]:
    return words_of(re.sub(r"[\W_]+", " ", intent))


def _scored(model: Model, places: Sequence[Place], limit: int = 1) -> tuple[list[float], list[int], Signs | None]:
    """Scores of all intents, the best `limit` (two at least) in order, and the signs of the ranking: None when the text has nothing known."""
    found = model.scores(places)
    scores = found or [0.0] * len(model.intents)
    order = nlargest(max(limit, 2), range(len(scores)), key=scores.__getitem__)
    return scores, order, _signs(scores, order, model.known_share(places)) if found else None


def _signs(scores: Sequence[float], order: Sequence[int], known: float) -> Signs:
    best = scores[order[0]]
    total = sum(map(exp, [SHARPNESS * (score - best) for score in scores]))
    margin = best - scores[order[1]] if len(order) > 1 else best
    return Signs(score=best, margin=margin, chance=1 / total, known=known)


def _calibrated(lines: Sequence[list[str]], labels: Sequence[int], intents: Sequence[str], words: Iterable[str]) -> Curve:
    """The curve of these examples: five rounds, each learning without a fifth of the lines and a tenth of the intents."""
    if len(intents) < _FEWEST_INTENTS or len(lines) < _FEWEST_LINES:
        return DEFAULT_CURVE
    signs: list[Signs] = []
    right: list[bool] = []
    unknown: list[bool] = []
    for fold in range(_FOLDS):
        # An intent's lines are spread over the rounds by their place, which is by the alphabet: no chance in it.
        shown = [number for number, label in enumerate(labels) if number % _FOLDS != fold and label % _LEFT_OUT != fold]
        hidden = sorted(set(range(len(lines))) - set(shown))
        kept = sorted({labels[number] for number in shown})
        model = Model.learned([lines[number] for number in shown], [kept.index(labels[number]) for number in shown],
                              [intents[label] for label in kept], words)
        for number in hidden:
            scores, _, found = _scored(model, model.spelled(model.cut(lines[number])))
            if found is None:
                continue
            signs.append(found)
            unknown.append(labels[number] not in kept)
            right.append(intents[labels[number]] == model.intents[scores.index(max(scores))])
    strangers = sum(unknown)
    weight = UNKNOWN_SHARE / (1 - UNKNOWN_SHARE) * (len(signs) - strangers) / strangers if strangers else 1.0
    return fitted(signs, right, [weight if strange else 1.0 for strange in unknown])
