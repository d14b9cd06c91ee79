"""Soft spelling: an unknown word becomes a mixture of the known words it may stand for, never one hard replacement.

"recieve" is mostly "receive", and a little itself; what the line means is then weighed with those shares. A known word is
never touched. Glued words ("howmuch") are cut where both halves are known and were seen side by side.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import exp, sqrt

from advisor.understanding.intent_words import is_placeholder

Share = tuple[str, float]
"""A word and how likely it is the one that was meant; the shares of one place in a line sum to one."""

# Chosen on validation lines of three public sets with synthetic slips; the result moves little around them.
_PER_EDIT = 3.0
_SEEN_BESIDE = exp(1.5)
_NOT_A_SLIP = 0.02
_KEPT = 4
_SHORTEST = 4
_MEMORY = 4096
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_AT = {letter: (row, column + row / 2) for row, letters in enumerate(_ROWS) for column, letter in enumerate(letters)}


class SoftSpelling:
    """Knows the words of a pack and how often each occurs; says what an unknown word may stand for.

    `counts`: every known word with its frequency (at least 1). `seen_beside(a, b)`: whether a came right before b.
    """

    def __init__(self, counts: Mapping[str, int], seen_beside: Callable[[str, str], bool]) -> None:
        self._counts = counts
        self._seen_beside = seen_beside
        self._memory: dict[str, list[Share]] = {}
        self._by_length: dict[int, list[str]] = {}
        for word in sorted(counts):
            if not is_placeholder(word) and not word.isdigit():
                for length in range(len(word) - 1, len(word) + 2):
                    self._by_length.setdefault(length, []).append(word)

    def cut(self, word: str) -> list[str]:
        """An unknown word as two known ones, or as it is. Cuts only between words that were seen in that order."""
        if len(word) < _SHORTEST or not word.isalpha():
            return [word]
        best: tuple[int, list[str]] = (0, [word])
        for place in range(1, len(word)):
            left, right = word[:place], word[place:]
            if left in self._counts and right in self._counts and self._seen_beside(left, right):
                weight = min(self._counts[left], self._counts[right])
                best = max(best, (weight, [left, right]), key=lambda found: found[0])
        return best[1]

    def likely(self, word: str, before: str, after: str) -> tuple[Share, ...]:
        """What an unknown word may stand for, best first, itself included; `before`, `after`: its neighbors or ""."""
        if len(word) < _SHORTEST or not word.isalpha():
            return ((word, 1.0),)
        near = self._near(word)
        if not near:
            return ((word, 1.0),)
        found = [(word, _NOT_A_SLIP)]
        for other, weight in near:
            if before and self._seen_beside(before, other):
                weight *= _SEEN_BESIDE
            if after and self._seen_beside(other, after):
                weight *= _SEEN_BESIDE
            found.append((other, weight))
        found.sort(key=lambda share: (-share[1], share[0]))
        kept = found[:_KEPT]
        if all(option[0] != word for option in kept):
            kept.append((word, _NOT_A_SLIP))
        total = sum(weight for _, weight in kept)
        return tuple((option, weight / total) for option, weight in kept)

    def _near(self, word: str) -> list[Share]:
        """The known words near an unknown one, with what they weigh wherever it stands. One message asks for a word many times."""
        if word not in self._memory:
            from rapidfuzz import process  # only when a word is unknown: start-up is felt
            from rapidfuzz.distance import OSA

            if len(self._memory) >= _MEMORY:
                self._memory.clear()
            found = process.extract(word, self._by_length.get(len(word), ()), scorer=OSA.distance, processor=None,
                                    score_cutoff=1 if len(word) <= 5 else 2, limit=12)
            self._memory[word] = [(other, exp(-_PER_EDIT * _cost(word, other, int(distance))) * sqrt(self._counts[other]))
                                  for other, distance, _ in found]
        return self._memory[word]


def _cost(typed: str, meant: str, distance: int) -> float:
    """Edits, cheaper for the slips that fingers make: two letters swapped, a key next to the right one."""
    cost = float(distance)
    if len(typed) == len(meant):
        differing = [(a, b) for a, b in zip(typed, meant, strict=True) if a != b]
        swapped = len(differing) == 2 and differing[0] == differing[1][::-1]
        if swapped or (len(differing) == 1 and _adjacent(*differing[0])):
            cost -= 0.25
    return cost + 0.5 if typed[0] != meant[0] else cost


def _adjacent(one: str, other: str) -> bool:
    if one not in _AT or other not in _AT:
        return False
    (row, column), (other_row, other_column) = _AT[one], _AT[other]
    return abs(row - other_row) <= 1 and abs(column - other_column) <= 1
