"""What a student can pay at most, found in a long sentence where the table reader is not sure of a question.

"I still have 40k of loans, so my absolute maximum for the whole degree is 25k from savings": the sum with a word such as
"maximum" near it, and none such as "loans" nearer.
"""

from __future__ import annotations

from advisor.knowledge.words import Words
from advisor.understanding.tables.amounts import MONEY_FROM, Amounts
from advisor.understanding.tables.lexicon import stems
from advisor.understanding.tokens import Token, tokens

#: So many words away a cue still speaks of the sum (counted in the same sentence).
REACH = 5


def _by_first(phrases: tuple[str, ...]) -> dict[str, list[tuple[str, ...]]]:
    """The stems of phrases, by the first of them."""
    out: dict[str, list[tuple[str, ...]]] = {}
    for found in map(stems, phrases):
        out.setdefault(found[0], []).append(found)
    return out


def _places(keys: list[str], phrases: dict[str, list[tuple[str, ...]]]) -> list[tuple[int, int]]:
    return [(at, at + len(p)) for at, key in enumerate(keys) for p in phrases.get(key, ()) if tuple(keys[at : at + len(p)]) == p]


def _distance(span: tuple[int, int], start: int, end: int) -> int:
    return max(span[0] - end, start - span[1], 0)


def _together(words: tuple[Token, ...], first: int, last: int, apart: str = ".?") -> bool:
    """Whether none of these marks stands between two places."""
    return not any(words[i].after and words[i].after in apart for i in range(max(first, 0), min(last, len(words) - 1)))


class Ceilings:
    """Reads ceilings with the words of one pack."""

    def __init__(self, words: Words) -> None:
        self._amounts = Amounts(words)
        self._cues = _by_first(words.ceiling)
        self._others = _by_first(words.no_ceiling)
        self._rates = _by_first(words.per_amount)

    def find(self, text: str) -> tuple[float, str] | None:
        """The last ceiling of a text in dollars, with its words; None when there is none."""
        words = tokens(text)
        keys = [word.stem for word in words]
        cues, others, rates = (_places(keys, phrases) for phrases in (self._cues, self._others, self._rates))
        found: tuple[float, str] | None = None
        for amount in self._amounts.find(text, words, keys):
            if amount.word or (not amount.money and amount.high < MONEY_FROM) or amount.high < MONEY_FROM:
                continue
            near = [_distance(cue, amount.start, amount.end) for cue in cues
                    if _together(words, min(cue[0], amount.start), max(cue[1], amount.end) - 1)]
            away = [_distance(cue, amount.start, amount.end) for cue in others
                    if _together(words, min(cue[0], amount.start), max(cue[1], amount.end) - 1, ".?,;")]
            if any(start == amount.end for start, _ in rates):
                continue  # "would cover 20k a year"
            if near and min(near) <= REACH and (not away or min(near) <= min(away)):
                found = amount.high, text[words[amount.start].start : words[amount.end - 1].end]
        return found
