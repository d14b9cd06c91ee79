"""From a line of text to its words, and from a word to its stem: the smallest units the intent matcher knows.

Words are lower case, without accents; contractions and the shorthand of chat are written out ("whats" -> "what is"), so
that a hurried line and a careful one meet. A placeholder such as `{program}` is one word, and stays what it is.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# A very long message costs time and says nothing more about its intent; a student's longest real lines are far shorter.
LONGEST_LINE = 120
LONGEST_WORD = 30

_TOKEN = re.compile(r"\{[a-z_]+\}|c\+\+|c#|[^\W_]+(?:'[^\W_]+)?")
_PLACEHOLDER = re.compile(r"\{[a-z_]+\}")

_ENDINGS = {"re": "are", "m": "am", "ll": "will", "ve": "have", "d": "would"}
_WRITTEN_OUT = {
    "aint": "is not", "arent": "are not", "cannot": "can not", "cant": "can not", "couldnt": "could not", "didnt": "did not",
    "doesnt": "does not", "dont": "do not", "gimme": "give me", "gonna": "going to", "gotta": "have to", "hadnt": "had not",
    "hasnt": "has not", "havent": "have not", "heres": "here is", "hows": "how is", "im": "i am", "isnt": "is not",
    "itll": "it will", "ive": "i have", "lets": "let us", "shouldnt": "should not", "thats": "that is", "theres": "there is",
    "theyre": "they are", "wanna": "want to", "wasnt": "was not", "werent": "were not", "whats": "what is", "whens": "when is",
    "wheres": "where is", "whos": "who is", "whys": "why is", "wont": "will not", "wouldnt": "would not", "youre": "you are",
    "youve": "you have",
    "abt": "about", "b4": "before", "bc": "because", "btw": "by the way", "cuz": "because", "dunno": "do not know",
    "idk": "i do not know", "pls": "please", "plz": "please", "ppl": "people", "r": "are", "rn": "right now",
    "thru": "through", "thx": "thanks", "tho": "though", "u": "you", "ur": "your", "vs": "versus", "w": "with", "wat": "what",
    "wo": "without", "yrs": "years", "yr": "year",
}


def is_placeholder(word: str) -> bool:
    """True for `{program}` and the like: a word that stands for any name of a kind."""
    return word.startswith("{") and _PLACEHOLDER.fullmatch(word) is not None


def words_of(text: str) -> list[str]:
    """The words of a line, in order, at most LONGEST_LINE of them."""
    plain = unicodedata.normalize("NFKD", text[:LONGEST_LINE * LONGEST_WORD]).lower().replace("’", "'").replace("`", "'")
    if not plain.isascii():
        plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    found: list[str] = []
    for token in _TOKEN.findall(plain):
        found.extend(_written_out(token))
        if len(found) >= LONGEST_LINE:
            return found[:LONGEST_LINE]
    return found


def _written_out(token: str) -> list[str]:
    head, apostrophe, tail = token.partition("'")
    whole = head + tail
    if whole in _WRITTEN_OUT:
        return _WRITTEN_OUT[whole].split()
    if not apostrophe:
        return [token[:LONGEST_WORD]]
    if tail in _ENDINGS:
        return [head[:LONGEST_WORD], _ENDINGS[tail]]
    return [head[:LONGEST_WORD]] if tail == "s" else [whole[:LONGEST_WORD]]


@lru_cache(maxsize=20_000)
def stem_of(word: str) -> str:
    """A word without its common endings: courses, course -> cours; applying, apply -> appli. For comparing, not for showing."""
    if len(word) <= 3 or word[0] == "{" or word.isdigit():
        return word
    stem = word
    if stem.endswith("ies") and len(stem) > 4:
        stem = stem[:-3] + "y"
    elif stem.endswith(("sses", "shes", "ches", "xes", "zes")):
        stem = stem[:-2]
    elif stem.endswith("s") and not stem.endswith(("ss", "us", "is")):
        stem = stem[:-1]
    for ending in ("ing", "ed", "ly"):
        short = stem[: -len(ending)]
        if stem.endswith(ending) and len(short) >= 3 and not stem.endswith("pply") and any(vowel in short for vowel in "aeiouy"):
            stem = short
            if ending != "ly" and stem[-1] == stem[-2] and stem[-1] not in "lsz":
                stem = stem[:-1]
            break
    if len(stem) > 3 and stem[-1] == "e":
        stem = stem[:-1]
    return stem[:-1] + "i" if len(stem) > 2 and stem[-1] == "y" else stem
