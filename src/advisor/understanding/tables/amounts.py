"""Numbers in words and figures: `30k`, `$25,000`, `twenty-five grand`, `20-30k`, `between fifty and sixty thousand`, `30k+`."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from advisor.knowledge.words import Words
from advisor.understanding.tables.lexicon import stems
from advisor.understanding.tokens import Token

_FIGURE = re.compile(r"(\d[\d,]*(?:\.\d+)?)([a-z]*)(\+?)")
_SIGNS = {"<": "under", ">": "over", "≤": "at most", "≥": "at least", "~": "about"}
#: From here on a bare number is money: no program has as many credits, courses or years.
MONEY_FROM = 3_000


class Amount(Struct, frozen=True):
    """A number, or a range of two, at the words `[start, end)`. `money` when the writing says so ($, k, thousand).

    `hint` is an operator that is written into it ("30k+", "20ish"); `word` when it is a bare number word below ten.
    """

    start: int
    end: int
    low: float
    high: float
    money: bool = False
    hint: str = ""
    word: bool = False

    @property
    def ranged(self) -> bool:
        return self.low != self.high


class Amounts:
    """Reads the numbers of a text by the number words of the pack."""

    def __init__(self, words: Words) -> None:
        self._numbers: Mapping[tuple[str, ...], float] = {stems(word): value for word, value in words.numbers.items()}
        self._scales: Mapping[str, float] = {stems(word)[0]: value for word, value in words.scales.items()}
        self._money = frozenset(stems(word)[-1] for word in words.money_words)
        self._joints = frozenset(stems(word)[0] for word in words.range_joints)
        self._ish = frozenset(stems(word) for word in words.ish)
        self._plus = frozenset(stems(word) for word in words.plus)
        self._ordinals = frozenset(words.ordinals)

    def find(self, text: str, words: tuple[Token, ...], keys: list[str]) -> tuple[Amount, ...]:
        """All amounts in order."""
        out: list[Amount] = []
        place = 0
        while place < len(words):
            one = self._one(text, words, keys, place)
            if one is None:
                place += 1
                continue
            one = self._range(text, words, keys, one)
            one = self._tail(words, keys, one)
            out.append(one)
            place = one.end
        return tuple(out)

    def _one(self, text: str, words: tuple[Token, ...], keys: list[str], place: int) -> Amount | None:
        token = words[place]
        if token.raw in self._ordinals:
            return None
        found = _FIGURE.fullmatch(token.raw)
        if found:
            value, unit = float(found[1].replace(",", "")), found[2]
            money = text[max(0, token.start - 1) : token.start] == "$" or text[token.end : token.end + 1] == "$"
            hint = "at least" if found[3] or text[token.end : token.end + 1] == "+" else ""
            hint = _SIGNS.get(text[max(0, token.start - 3) : token.start].replace("$", "").strip()[-1:], hint)
            if unit == "ish":
                unit, hint = "", "about"
            if unit and unit not in self._scales and unit not in ("usd", "s"):
                return None
            if unit in self._scales:
                value, money = value * self._scales[unit], True
            return self._scaled(words, keys, Amount(place, place + 1, value, value, money, hint))
        return self._word(words, keys, place)

    def _word(self, words: tuple[Token, ...], keys: list[str], place: int) -> Amount | None:
        for size in (2, 1):
            value = self._numbers.get(tuple(keys[place : place + size]))
            if value is None or place + size > len(words):
                continue
            end = place + size
            # "twenty five", "one hundred fifty"
            while end < len(words) and not words[end - 1].after:
                more = self._numbers.get((keys[end],))
                if more is None or more >= 100 or not (20 <= value % 100 <= 90 and more < 10 or value % 100 == 0 and value >= 100):
                    break
                value, end = value + more, end + 1
            return self._scaled(words, keys, Amount(place, end, value, value, word=value <= 10 and end == place + 1))
        return None

    def _scaled(self, words: tuple[Token, ...], keys: list[str], amount: Amount) -> Amount:
        """With the thousand, grand or dollars behind it."""
        while amount.end < len(words) and not words[amount.end - 1].after:
            key = keys[amount.end]
            if key in self._scales:
                factor = self._scales[key]
                amount = replace(amount, end=amount.end + 1, low=amount.low * factor, high=amount.high * factor,
                                 money=amount.money or factor >= 1000, word=False)
            elif key in self._money:
                amount = replace(amount, end=amount.end + 1, money=True, word=False)
            else:
                break
        return amount

    def _range(self, text: str, words: tuple[Token, ...], keys: list[str], first: Amount) -> Amount:
        """`20-30k`, `20 to 30k`: the scale of the second serves both."""
        end = first.end
        if end >= len(words) or first.hint:
            return first
        between = text[words[end - 1].end : words[end].start].strip(" $")
        joint = end
        if between not in ("-", "–", "—"):
            if words[end - 1].after or keys[end] not in self._joints or end + 1 >= len(words):
                return first
            joint = end + 1
        second = self._one(text, words, keys, joint)
        if second is None or second.word and not first.word:
            return first
        low, high = first.low, second.high
        if second.money and not first.money and low < 1000 <= high:
            low *= 1000
        if low >= high:
            return first
        return Amount(first.start, second.end, low, high, first.money or second.money)

    def _tail(self, words: tuple[Token, ...], keys: list[str], amount: Amount) -> Amount:
        """`30k or more`, `20k ish`."""
        if amount.hint or amount.ranged:
            return amount
        for size in (3, 2, 1):
            if amount.end + size <= len(words) and not words[amount.end - 1].after:
                tail = tuple(keys[amount.end : amount.end + size])
                if tail in self._plus:
                    return replace(amount, end=amount.end + size, hint="at least", word=False)
                if tail in self._ish:
                    return replace(amount, end=amount.end + size, hint="about", word=False)
        return amount
