"""The only place where text from outside meets a Textual widget.

Textual reads square brackets in plain strings as markup: `[/]` in a student's message would crash the app and
`[@click=...]` would run one of its actions. A terminal obeys escape sequences. So every text that we did not write is
passed through `printable` and shown as `Content`, and no other module builds a `Static` or calls `notify` (a test looks).
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from textual.app import App
from textual.containers import Vertical
from textual.content import Content
from textual.style import Style
from textual.widgets import Static

#: The log shows so many characters of one message of the student's; the engine has its own limit.
SHOWN = 2_000
#: And so many of any other text, and of a name (a chip, a degree): nothing real is that long, and wrapping takes time.
LONGEST_SHOWN = 6_000
LONGEST_LABEL = 300

#: Of less weight than the text around it. ("$text-muted" is made for widgets: inside a content it comes out white.)
QUIET = "$foreground 60%"

# C0 and C1 controls except newline; marks and overrides that reorder a line of the screen; characters of no width that
# hide in a text. The joiner U+200D stays: emoji are made with it.
_UNSAFE = re.compile(
    "[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
# A whole escape sequence goes, not only its first character: "[2J" would be left on the screen as litter.
_ESCAPE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]P^_X][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\-~])")
_ADDRESS = re.compile(r"https?://[^\s<>\"'()\[\]]+[^\s<>\"'()\[\].,;:!?]")


def printable(text: str, limit: int | None = None) -> str:
    """The text without anything that a terminal would obey; over `limit` characters it is cut, and says so."""
    cut = len(text) - limit if limit is not None else 0
    if cut > 0:
        text = text[:limit]
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ")
    text = unicodedata.normalize("NFC", _UNSAFE.sub("", _ESCAPE.sub("", text)))
    return f"{text} … ({cut:,} more characters)" if cut > 0 else text


def plain(text: str, style: Style | str = "") -> Content:
    """The text as content: never markup, always printable, never longer than a person reads."""
    text = printable(text, LONGEST_SHOWN)
    return Content.styled(text, style) if style else Content(text)


def label(text: str) -> str:
    """The text as a name of something: one line, and not a long one."""
    return printable(" ".join(text[: LONGEST_LABEL * 2].split()), LONGEST_LABEL)


def linked(content: Content) -> Content:
    """The content with its web addresses as links that terminals can open."""
    for found in _ADDRESS.finditer(content.plain):
        content = content.stylize(Style(underline=True, link=found.group()), *found.span())
    return content


class Text(Static):
    """A widget that shows content, or a text as it is."""

    def __init__(self, content: Content | str = "", *, id: str | None = None, classes: str | None = None) -> None:
        shown = content if isinstance(content, Content) else plain(content)
        super().__init__(shown, markup=False, id=id, classes=classes)

    def show(self, content: Content | str) -> None:
        """Replaces what is shown."""
        self.update(content if isinstance(content, Content) else plain(content))


class Sheet(Vertical):
    """A sheet over the conversation, with its keys on the lower edge."""

    def __init__(self, keys: str) -> None:
        super().__init__(classes="sheet")
        self.border_subtitle = Content(f" {keys} ").markup


def tell(app: App[None], message: str, severity: Literal["information", "warning"] = "information") -> None:
    """A short notice in the corner, gone by itself."""
    app.notify(printable(message, 300), severity=severity, timeout=3, markup=False)
