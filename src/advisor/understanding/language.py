"""Whether a message is in another language than the pack: such a message is answered by saying so."""

from __future__ import annotations

from collections.abc import Collection

from advisor.understanding.tokens import tokens

#: So many words of other languages, or letters of another script alone, make a message foreign.
FEW = 2


class Language:
    """Tells the language of one pack from others, by their small words."""

    def __init__(self, known: Collection[str], foreign: Collection[str]) -> None:
        self._foreign = frozenset(foreign)
        self._known = frozenset(known) - self._foreign

    def is_foreign(self, text: str) -> bool:
        """Whether small words of other languages are at least as many as known words, or no letter is a Latin one."""
        if not text.isascii() and any(map(str.isalpha, text)) and not any(map(str.isalpha, filter(str.isascii, text))):
            return True
        words = {token.raw.lower() for token in tokens(text)}
        others = len(words & self._foreign)
        return others >= FEW and others >= len(words & self._known)
