"""The one door for text: what comes in from a student, a pipe or a saved file is made harmless here, once."""

from __future__ import annotations

import re
import unicodedata

from msgspec import Struct

#: Longer than any message that a person types; the rest is cut and the reply says so.
MAX_CHARS = 4_000
#: No more words are read than twice the longest story we have seen: a flood of short words is no more work than that.
_MOST_WORDS = re.compile(r"\W*+(?:\w++\W++){500}(?=\w)")

#: CSI and OSC sequences, then any other escape; they could move a cursor or set a title.
_ESCAPES = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b.?", re.DOTALL)
_LINE_BREAKS = re.compile(r"\r\n?|[\u2028\u2029\x85]")
#: Bidirectional overrides and isolates, zero-width characters but the joiner of emoji, byte order mark.
_INVISIBLE = re.compile(r"[\u202a-\u202e\u2066-\u2069\u200b\u200e\u200f\ufeff]")
_QUOTES = str.maketrans({"\u2018": "'", "\u2019": "'", "\u02bc": "'", "\u201c": '"', "\u201d": '"', "\u2013": "-",
                         "\u2014": " - ", "\u2212": "-", "\u00a0": " ", "\u2026": "..."})


class Cleaned(Struct, frozen=True):
    """`kept` is for showing and saving (NFC), `match` for understanding (NFKC, plain quotes); `cut` when it was too long."""

    kept: str
    match: str
    cut: bool = False


def clean(text: str) -> Cleaned:
    """The message without control characters, escape sequences and direction overrides, at most MAX_CHARS long."""
    cut = len(text) > MAX_CHARS
    text = _ESCAPES.sub("", text[: MAX_CHARS * 2])
    text = _INVISIBLE.sub("", _LINE_BREAKS.sub("\n", text))
    if not text.isprintable():
        text = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs", "Co", "Cn"))
    kept = unicodedata.normalize("NFC", text)[:MAX_CHARS].strip()
    match = unicodedata.normalize("NFKC", kept).translate(_QUOTES)
    if most := _MOST_WORDS.match(match):
        match, cut = most[0].rstrip(), True
    return Cleaned(kept, match, cut or len(text) > MAX_CHARS)
