"""Programs that a student rules out or was refused by, found in a long message where no question names them.

"Got rejected by Georgia Tech twice, so please don't tell me OMSCS again": a phrase such as "rejected by" just before the
name, or one such as "turned me down" just after it.
"""

from __future__ import annotations

from collections.abc import Sequence

from advisor.knowledge.words import Words
from advisor.understanding.tables import Mention
from advisor.understanding.tables.lexicon import stems
from advisor.understanding.tokens import Token, tokens

#: So many words may stand between the phrase and the name ("rejected by both").
REACH = 1
HARD = frozenset({".", "?"})


class Exclusions:
    """Reads exclusions with the words of one pack."""

    def __init__(self, words: Words) -> None:
        self._before = frozenset(stems(phrase) for phrase in words.ruled_out_before)
        self._after = frozenset(stems(phrase) for phrase in words.ruled_out_after)
        self._longest = max((len(phrase) for phrase in (*self._before, *self._after)), default=0)

    def find(self, text: str, names: Sequence[Mention]) -> tuple[str, ...]:
        """Ids of the names ruled out, in order."""
        words = tokens(text) if names else ()
        return tuple(dict.fromkeys(name.id for name in names if self._ruled_out(words, name)))

    def _ruled_out(self, words: Sequence[Token], name: Mention) -> bool:
        before: list[str] = []
        for word in [word for word in words if word.end <= name.start][: -self._longest - REACH - 1 : -1]:
            if word.after in HARD:
                break
            before.insert(0, word.stem)
        after: list[str] = []
        if not any(word.after in HARD for word in words if name.start <= word.start < name.end):
            after = [word.stem for word in words if word.start >= name.end][: self._longest + REACH]
        return self._is_one(before, self._before, from_end=True) or self._is_one(after, self._after, from_end=False)

    def _is_one(self, stems_beside: list[str], phrases: frozenset[tuple[str, ...]], *, from_end: bool) -> bool:
        """Whether a phrase stands right at the name, or REACH words from it."""
        for gap in range(REACH + 1):
            for size in range(1, len(stems_beside) - gap + 1):
                start = len(stems_beside) - gap - size if from_end else gap
                if tuple(stems_beside[start : start + size]) in phrases:
                    return True
        return False
