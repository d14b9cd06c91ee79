"""Typed cells: `about $7,000`, `5 or more`, `3 to 4`, `varies`, `required`, a list, a text, an address, or unknown."""

from __future__ import annotations

import re
from typing import Literal

from msgspec import Struct

State = Literal["known", "varies", "unknown"]
Type = Literal["money", "number", "choice", "list", "text", "address"]

#: Digits behind the point of a plain number that are kept.
_DIGITS = 6
#: From here on a plain number is written with commas.
_GROUPED = 10_000

_AMOUNT = r"\$?\s?(\d[\d,]*(?:\.\d+)?)\s?(k\b)?"
_RANGE = re.compile(rf"(?:from |between )?{_AMOUNT}\s*(?:to|-|–|and)\s*{_AMOUNT}(\s*(?:or more|\+))?", re.IGNORECASE)
_ONE = re.compile(rf"{_AMOUNT}(\s*(?:or more|\+))?", re.IGNORECASE)
#: A point where a comma is meant: three digits follow, as in 18.000 or 1.250.000.
_POINTED = re.compile(r"(?<![\d.,])\d[\d,]*(?:\.\d{3})+(?!\.?\d)", re.ASCII)


class Value(Struct, frozen=True):
    """One value of a cell.

    Numbers and money (USD) have `low` and `high`, equal when exact; `high` None is open above ("at least"). `approx` marks
    "about". Choices carry their id in `text`, lists their items.
    """

    type: Type
    state: State = "known"
    low: float | None = None
    high: float | None = None
    approx: bool = False
    text: str = ""
    items: tuple[str, ...] = ()

    @property
    def exact(self) -> bool:
        return self.low is not None and self.low == self.high

    @property
    def named_top(self) -> float | None:
        """The upper figure that is named: of "140,000 to 220,000 or more" it is 220,000, though the range is open."""
        return float(self.text) if self.high is None and self.type in ("money", "number") and self.text else self.high


class CellError(ValueError):
    """A cell that is not of its declared type; the message says what was expected."""


def _number(digits: str, thousands: str | None) -> float:
    return float(digits.replace(",", "")) * (1000 if thousands else 1)


def pointed(text: str) -> str:
    """What is wrong with a sum of money that has a point where a comma is meant (18.000 for 18,000); "" when none has."""
    if not (found := _POINTED.search(text)):
        return ""
    whole = re.sub(r"[.,]", "", found[0])
    return f"{found[0]}: a comma separates thousands: ${int(whole):,}"


def parse_value(type_: Type, raw: object, choices: tuple[str, ...] = ()) -> Value:
    """The value that a YAML scalar or list writes, by the attribute's declared type. Raises CellError."""
    if isinstance(raw, str) and raw.strip() in ("unknown", "varies"):
        return Value(type_, state="unknown" if raw.strip() == "unknown" else "varies")
    if type_ == "list":
        items = raw if isinstance(raw, list) else [raw]
        return Value(type_, items=tuple(str(item) for item in items))
    text = str(raw).strip()
    if type_ in ("text", "address"):
        return Value(type_, text=text)
    if type_ == "choice":
        if choices and text not in choices:
            raise CellError(f"one of {', '.join(choices)} was expected, not {text!r}")
        return Value(type_, text=text)
    if type_ == "money" and (wrong := pointed(text)):
        raise CellError(wrong)
    plain = text.lower()
    approx = plain.startswith(("about ", "at least about ", "roughly ", "~"))
    open_above = plain.startswith("at least ")
    for word in ("at least ", "about ", "roughly ", "~"):
        plain = plain.removeprefix(word)
    if found := _RANGE.fullmatch(plain.strip()):
        low, high = _number(found[1], found[2] or found[4]), _number(found[3], found[4])
        return Value(type_, low=low, high=None if found[5] else high, approx=approx, text=_figure(high, money=False).replace(",", "") if found[5] else "")
    if found := _ONE.fullmatch(plain.strip()):
        low = _number(found[1], found[2])
        return Value(type_, low=low, high=None if open_above or found[3] else low, approx=approx)
    raise CellError(f"a {'sum of money' if type_ == 'money' else 'number'} was expected, like "
                      f"{'about $7,000' if type_ == 'money' else '30, 5 or more, 3 to 4'}, not {text!r}")


def _figure(value: float, money: bool) -> str:
    """A figure in full: cents only where there are any, thousands set apart (a plain number of four digits may be a year)."""
    if money:
        return f"${value:,.0f}" if round(value, 2) == round(value) else f"${value:,.2f}"
    plain = f"{value:.{_DIGITS}f}".rstrip("0").rstrip(".")
    return f"{value:,.{_DIGITS}f}".rstrip("0").rstrip(".") if abs(value) >= _GROUPED else plain


def say_value(value: Value) -> str:
    """The value as plain text ("about $7,000", "5 or more", "3 to 4"); choices give their id (see Attribute.say)."""
    if value.state != "known":
        return "varies" if value.state == "varies" else "unknown"
    if value.type == "list":
        return ", ".join(value.items)
    if value.low is None:
        return value.text
    money = value.type == "money"
    about = "about " if value.approx else ""
    if value.high is None and value.text:  # a range that is open above
        return f"{about}{_figure(value.low, money)} to {_figure(float(value.text), money)} or more"
    if value.high is None:
        return f"{about}{_figure(value.low, money)} or more"
    if value.low == value.high:
        return f"{about}{_figure(value.low, money)}"
    return f"{about}{_figure(value.low, money)} to {_figure(value.high, money)}"
