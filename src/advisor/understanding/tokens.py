"""Text to tokens: contractions opened, separators kept as marks, each word with its stem and its place in the text.

The stances, the table questions and the speller all read these tokens. What stands here is spelling and inflection of
English; words that mean something for advising stand in the pack.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from msgspec import Struct

#: Marks between words. A hard one ends a sentence, a soft one ends a clause.
HARD = frozenset(".?")
SOFT = frozenset(",:")


class Token(Struct, frozen=True):
    """One word. `start` and `end` are its characters in the text as given; an opened contraction shares them.

    `before` and `after` are the marks around it: "." and "?" hard, "," and ":" soft, "" none.
    """

    stem: str
    raw: str
    start: int
    end: int
    before: str = ""
    after: str = ""


_OPENED: dict[str, str] = {
    "can't": "can not", "cannot": "can not", "cant": "can not", "won't": "will not", "wont": "will not",
    "ain't": "is not", "aint": "is not", "dont": "do not", "doesnt": "does not", "didnt": "did not",
    "isnt": "is not", "arent": "are not", "wasnt": "was not", "werent": "were not", "wouldnt": "would not",
    "shouldnt": "should not", "couldnt": "could not", "havent": "have not", "hasnt": "has not", "hadnt": "had not",
    "im": "i am", "ive": "i have", "youre": "you are", "theyre": "they are", "thats": "that is", "whats": "what is",
    "its": "it is", "it's": "it is", "that's": "that is", "what's": "what is", "who's": "who is", "there's": "there is",
    "here's": "here is", "how's": "how is", "let's": "let us", "lets": "let us", "wheres": "where is", "hows": "how is",
    "wanna": "want to", "gonna": "going to", "gotta": "got to", "hafta": "have to", "dunno": "do not know",
    "idk": "i do not know", "dotn": "do not", "dnot": "do not", "dont'": "do not", "kinda": "kind of", "sorta": "sort of", "lotta": "lot of", "w/": "with", "w/o": "without",
    "b/c": "because", "bc": "because", "cuz": "because", "coz": "because", "&": "and", "n": "and", "u": "you",
    "ur": "your", "tho": "though", "rn": "right now", "yrs": "years", "yr": "year", "alot": "a lot", "thru": "through",
    "luv": "love", "abt": "about", "vs": "versus", "&amp": "and", "y'all": "you all", "yall": "you all",
}
_ENDINGS: tuple[tuple[str, str], ...] = (
    ("n't", " not"), ("'re", " are"), ("'m", " am"), ("'d", " would"), ("'ve", " have"), ("'ll", " will"), ("'s", ""), ("'", ""),
)
#: "id" is a contraction only before these.
_AFTER_ID = frozenset({"like", "love", "rather", "prefer", "be", "want", "say", "hate", "enjoy", "also", "really", "much"})
#: Short words that are also abbreviations: in capitals they are tokens of their own, "IT", unless all is in capitals.
_CAPITALS = frozenset({"it", "da", "is", "de", "or", "us", "do"})

_WORD = re.compile(
    r"w/o?(?![a-z0-9])|b/c(?![a-z])|ci/cd|(?<![a-z])[a-z]/[a-z](?![a-z])|[0-9]+(?:[.,][0-9]+)+[a-z]*|[^\W_]+(?:'[^\W_]+)*'?[+#]*|&|\n+|[^\w\s]")
_STRAIGHT = str.maketrans({"‘": "'", "’": "'", "ʼ": "'", "`": "'", "“": '"', "”": '"', "–": "—", "…": "."})
_MARKS: dict[str, str] = {
    ".": ".", "!": ".", ";": ".", "?": "?", ",": ",", ":": ":", "(": ":", ")": ",", "/": ",", "—": ",", "|": ",", "•": ".", "+": ",",
    "[": ":", "]": ",", "=": ",",
}
_ABBREVIATION = re.compile(r"\b(?:m\.?s|m\.?c\.?s|b\.?s|ph\.?d|e\.g|i\.e|etc|approx|dr|prof|u\.s|no|vs)$")
_STRENGTH = {"": 0, ",": 1, ":": 2, ".": 3, "?": 4}

_KEEP = frozenset({"programming", "planning", "used", "during", "being", "something", "anything", "everything", "nothing", "evening",
                   "morning", "need", "data", "this", "does", "news", "always", "perhaps", "physics", "gas", "bias", "series", "learned"})
_IRREGULAR = {"using": "us", "doing": "do", "going": "go", "having": "hav", "done": "done", "taught": "teach", "built": "build",
              "maths": "math", "programing": "programming", "planing": "planning", "state": "state", "states": "state", "stated": "state", "miss": "miss", "missed": "miss", "missing": "miss", "learned": "learn", "learnt": "learn", "analyses": "analysi", "people": "people", "does": "do", "these": "these",
              "children": "child", "better": "better", "movies": "movi", "lying": "li", "dying": "di", "queries": "queri"}
_VOWELS = frozenset("aeiouy")


@lru_cache(maxsize=1 << 14)
def stem(word: str) -> str:
    """A light stem of a lower-case word: plurals, -ing, -ed, final e, y and double letters. "programming" and "planning" stay."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) < 4 or word in _KEEP or not word.isalpha():
        return word
    out = word
    if out.endswith("ies") and len(out) > 4:
        out = out[:-3] + "y"
    elif out.endswith(("sses", "xes", "ches", "shes")):
        out = out[:-2]
    elif out.endswith("s") and not out.endswith(("ss", "us", "is")):
        out = out[:-1]
    for ending in ("ing", "ed"):
        base = out[: -len(ending)]
        if out.endswith(ending) and len(base) >= 3 and not out.endswith("eed") and not _VOWELS.isdisjoint(base):
            out = base
            break
    if len(out) > 3 and out[-1] == out[-2] and out[-1] not in "eo":
        out = out[:-1]
    if len(out) > 3 and out.endswith("e"):
        out = out[:-1]
    if len(out) > 2 and out.endswith("y") and out[-2] not in _VOWELS:
        out = out[:-1] + "i"
    return out


def _plain(text: str) -> tuple[str, list[int] | None]:
    """Straight quotes and NFKC, with a map from each character to its place in the text (None: the places are the same)."""
    text = text.translate(_STRAIGHT)
    if text.isascii():
        return text, None
    parts: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        plain = unicodedata.normalize("NFKC", char)
        parts.append(plain)
        places.extend([place] * len(plain))
    places.append(len(text))
    return "".join(parts), places


def _open(word: str, following: str) -> str:
    """The words of a contraction, separated by blanks; any other word as it is."""
    if word in _OPENED:
        return _OPENED[word]
    if word == "id" and following in _AFTER_ID:
        return "i would"
    if "'" in word:
        for ending, opened in _ENDINGS:
            if word.endswith(ending):
                return (word[: -len(ending)] + opened).replace("'", "")
        return word.replace("'", "")
    return word


def _is_mark(text: str, found: re.Match[str]) -> bool:
    """A dot or dash inside a word ("node.js", "end-to-end") is no mark."""
    char = found[0]
    before = text[found.start() - 1 : found.start()]
    after = text[found.end() : found.end() + 1]
    if char == ".":
        if before.isalnum() and after.isalnum():
            return False
        short = _ABBREVIATION.search(text, max(0, found.start() - 6), found.start())
        return not short or (short[0] == "no" and not after.isdigit())
    if char == "+":
        return before.isspace() and after.isspace()
    return True


@lru_cache(maxsize=16)  # the readers of one message all ask for the words of the same text
def tokens(text: str) -> tuple[Token, ...]:
    """All words of a text in order. Never raises; text without a word gives ()."""
    plain, places = _plain(text)
    lower = plain.lower()
    if len(lower) != len(plain):  # a capital whose lower case is longer would shift every place after it
        lower = "".join(low if len(low := char.lower()) == 1 else char for char in plain)
    shouting = plain.isupper() and len(plain) > 4
    found = list(_WORD.finditer(lower))
    out: list[Token] = []
    mark = ""
    for index, match in enumerate(found):
        word = match[0]
        if not (word[0].isalnum() or word == "&"):
            new = "."
            if word[0] != "\n":
                new = _MARKS.get(word, "") if _is_mark(lower, match) else ""
                if word == "-" and lower[match.start() - 1 : match.start()].isspace():
                    new = ","
            if _STRENGTH[new] > _STRENGTH[mark]:
                mark = new
            continue
        if out and mark:
            last = out[-1]
            out[-1] = Token(last.stem, last.raw, last.start, last.end, last.before, mark)
        start, end = match.span()
        following = found[index + 1][0] if index + 1 < len(found) else ""
        capital = word in _CAPITALS and plain[start:end].isupper() and not shouting
        span = (start, end) if places is None else (places[start], places[end - 1] + 1)
        pieces = [word.upper()] if capital else _open(word.replace("/", "") if len(word) == 3 or word == "ci/cd" else word, following).split()
        if word in ("w/", "w/o", "b/c"):
            pieces = [_OPENED[word]]
        for piece in pieces:
            out.append(Token(piece if capital else stem(piece), piece, *span, before=mark))
            mark = ""
    if out and mark:
        last = out[-1]
        out[-1] = Token(last.stem, last.raw, last.start, last.end, last.before, mark)
    return tuple(out)


def words_of(phrase: str) -> list[tuple[str, str]]:
    """Stem and word of each word of a phrase of the pack: what `tokens` finds, but quicker for plain words."""
    pieces = phrase.split()
    if all(piece.isalpha() and piece.islower() and piece.isascii() and piece not in _OPENED for piece in pieces) and "id" not in pieces:
        return [(stem(piece), piece) for piece in pieces]
    return [(token.stem, token.raw) for token in tokens(phrase)]
