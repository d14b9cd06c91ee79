"""The one speller: the nearest known word of a mistyped one, or none. Good words are guarded, never "corrected"."""

from __future__ import annotations

from collections.abc import Iterable

from advisor.understanding.tokens import stem

#: Shorter words are too easily other words.
SHORTEST = 4
#: Extra cost of another first letter: people rarely get that one wrong.
FIRST_LETTER = 0.6
#: Extra cost a letter of length difference: prefers a swap to a loss.
LENGTH = 0.05
#: Extra cost of the last known word; the first one has none, so words that matter more are to be given first.
RANK = 0.2
#: Extra cost of a likeness of stems only: the same ending is the better find.
STEM = 0.1
#: Below these lengths the nearest word is accepted up to that cost; longer words up to the last. One edit, one edit and
#: another first letter, two edits: each with the two small costs above.
LIMITS: tuple[tuple[int, float], ...] = ((6, 1.25), (8, 1.85))
LONGEST_LIMIT = 2.25
#: Two words written as one: only from this length on, and both halves known and of at least three letters.
GLUED = 8
#: No two known words are as long as this together.
LONGEST_GLUED = 48
_MEMORY = 4096


class Speller:
    """Corrects towards `known` words; `guard` words (and known ones) are left alone. Of two as near, the earlier known one wins."""

    __slots__ = ("_buckets", "_good", "_known", "_memory", "_rank")

    def __init__(self, known: Iterable[str], guard: Iterable[str]) -> None:
        words = list(dict.fromkeys(word.lower() for word in known if word.isalpha()))
        self._known = frozenset(words)
        good = [*words, *(word.lower() for word in guard)]
        self._good = frozenset((*good, *map(stem, good)))
        # compared as written and as stems, so that "buildng" finds "build"; the earlier form of a stem speaks for it
        self._buckets: dict[int, dict[str, str]] = {}
        self._rank = {word: RANK * place / len(words) for place, word in enumerate(words)}
        for word in words:
            for form in (word, stem(word)):
                if len(form) >= SHORTEST - 1:
                    self._buckets.setdefault(len(form), {}).setdefault(form, word)
        self._memory: dict[str, str | None] = {}

    def knows(self, word: str) -> bool:
        """Whether the word is spelled like one that is known or guarded."""
        return word in self._good or stem(word) in self._good

    def correct(self, word: str) -> str | None:
        """The nearest known word of a lower-case word, or None: it is good as it is, or nothing is near."""
        if len(word) < SHORTEST or not word.isalpha() or self.knows(word):
            return None
        if word not in self._memory:
            if len(self._memory) >= _MEMORY:
                self._memory.clear()
            self._memory[word] = self._nearest(word)
        return self._memory[word]

    def split(self, word: str) -> tuple[str, str] | None:
        """The two known words that were written as one ("deeplearning"), or None."""
        if not GLUED <= len(word) <= LONGEST_GLUED or not word.isalpha() or self.knows(word):
            return None
        halves = [(word[:cut], word[cut:]) for cut in range(4, len(word) - 2)]
        both = [(a, b) for a, b in halves if self._whole(a) and self._whole(b)]
        return max(both, key=lambda pair: min(map(len, pair))) if both else None

    def _whole(self, word: str) -> bool:
        return word in self._known or (len(word) > 4 and stem(word) in self._good)

    def _nearest(self, word: str) -> str | None:
        from rapidfuzz.distance import OSA  # only when a word is unknown: many messages have none, and start-up is felt
        from rapidfuzz.process import extract

        limit = next((cost for length, cost in LIMITS if len(word) < length), LONGEST_LIMIT)
        edits = 1 if len(word) < 8 else 2
        best: tuple[float, str] | None = None
        for form in dict.fromkeys((word, stem(word))):
            if len(form) < SHORTEST - 1:
                continue
            for length in range(max(len(form) - edits, 4 if edits == 2 else 3), len(form) + edits + 1):
                bucket = self._buckets.get(length)
                if not bucket:
                    continue
                for near, distance, _ in extract(form, bucket.keys(), scorer=OSA.distance, score_cutoff=edits, limit=8):
                    if distance == 0 and form == word:
                        continue
                    if len(near) < 3 * distance + 1:
                        continue
                    cost = max(distance, 0.5) + LENGTH * abs(length - len(form)) + (FIRST_LETTER if near[0] != form[0] else 0.0)
                    cost += self._rank[bucket[near]] + (0.0 if form == word else STEM)
                    if cost <= limit and (best is None or cost < best[0]):
                        best = (cost, bucket[near])
        return best[1] if best else None
