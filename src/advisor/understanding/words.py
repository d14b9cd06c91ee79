"""Words for everyone who reads text: tokens with their places (see tokens.py), stems, and placeholders of examples."""

from __future__ import annotations

from functools import cache

from advisor.understanding.tokens import Token, stem, tokens

__all__ = ["Token", "is_placeholder", "stem", "stem_of", "tokens"]


def is_placeholder(word: str) -> bool:
    """Whether a word stands for any name of a kind: "{program}"."""
    return word.startswith("{") and word.endswith("}")


@cache
def stem_of(word: str) -> str:
    """The stem of a word; a placeholder is its own stem."""
    return word if is_placeholder(word) else stem(word)
