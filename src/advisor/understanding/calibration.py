"""From scores to confidence: how likely the best intent is the right one, with unknown messages low.

Four signs of a ranking go into one logistic curve. The default curve serves any pack. `fitted` learns the curve of one pack
from lines whose answer is known: examples that the weights have not seen and, as what is unknown, examples of intents that
were left out whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Scores differ by tenths; ten times as sharp they make a softmax that is near 1 when the best is clearly ahead.
SHARPNESS = 10.0
# How strongly the default curve holds: as much as this many lines would. Few examples should not bend it far.
_PRIOR_LINES = 20.0
_HOLD = 0.05  # of one such line: the bend of the loss where confidence is 0.5 and a sign is about 0.5
# About one message in seven is taken to be about something else; the left-out lines are weighed to that share.
UNKNOWN_SHARE = 0.15
_ROUNDS = 30
_STILL = 1e-6


class Signs(Struct, frozen=True):
    """score: of the best intent; margin: to the second; chance: its softmax share; known: share of known words (0..1)."""

    score: float
    margin: float
    chance: float
    known: float


class Curve(Struct, frozen=True):
    """Confidence = logistic(base + the weighted sum of the signs). No weight is negative: a better sign never lowers it."""

    base: float
    score: float
    margin: float
    chance: float
    known: float

    def confidence(self, signs: Signs) -> float:
        """The chance, 0..1, that the best intent is the right one."""
        height = (self.base + self.score * signs.score + self.margin * signs.margin + self.chance * signs.chance
                  + self.known * signs.known)
        return 1 / (1 + exp(-max(-30.0, min(30.0, height))))

    def numbers(self) -> tuple[float, float, float, float, float]:
        """The five numbers of the curve, in the order of its fields."""
        return (self.base, self.score, self.margin, self.chance, self.known)


# Fitted on validation lines of CLINC150, BANKING77 and HWU64 at ten examples an intent, half of them with typing slips, with
# unknown lines (far and near the subject) weighed to a third of all, more than there will be, so that it minds what is unknown.
DEFAULT_CURVE = Curve(base=-4.88, score=2.06, margin=4.94, chance=1.78, known=2.77)


def fitted(signs: Sequence[Signs], right: Sequence[bool], weights: Sequence[float], prior: Curve = DEFAULT_CURVE,
           prior_lines: float = _PRIOR_LINES) -> Curve:
    """The curve that best explains which lines came out right, held near `prior`; Newton's method, always the same result."""
    import numpy as np  # here, so that reading a saved curve needs no numpy

    rows = np.array([(1.0, sign.score, sign.margin, sign.chance, sign.known) for sign in signs])
    truth = np.array(right, dtype=np.float64)
    mass = np.array(weights, dtype=np.float64)
    start = np.array(prior.numbers())
    hold = _HOLD * prior_lines

    def loss(numbers: NDArray[np.float64]) -> float:
        height = rows @ numbers
        away = numbers - start
        return float(mass @ (np.logaddexp(0, height) - truth * height) + hold / 2 * (away @ away))

    free = [0, 1, 2, 3, 4]
    current = start.copy()
    while True:
        for _ in range(_ROUNDS):
            chance = 1 / (1 + np.exp(-np.clip(rows @ current, -30, 30)))
            slope = (rows.T @ (mass * (chance - truth)) + hold * (current - start))[free]
            bend = ((rows * (mass * chance * (1 - chance))[:, None]).T @ rows + hold * np.eye(len(start)))[np.ix_(free, free)]
            step = np.zeros_like(current)
            step[free] = np.linalg.solve(bend, slope)
            before = loss(current)
            while loss(current - step) > before and np.abs(step).max() > _STILL:
                step /= 2
            current = current - step
            if np.abs(step).max() <= _STILL:
                break
        # A sign that would count against itself is put to 0, and the others are fitted anew without it.
        negative = [sign for sign in free[1:] if current[sign] < 0]
        if not negative:
            break
        free = [sign for sign in free if sign not in negative]
        current[negative] = 0.0
    base, score, margin, chance_weight, known = (round(float(number), 6) for number in current)
    return Curve(base, score, margin, chance_weight, known)
