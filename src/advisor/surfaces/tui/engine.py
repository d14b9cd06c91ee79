"""Binds the chat to the engine: the public functions of `advisor`, over one loaded pack."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from importlib import import_module
from typing import Any

from advisor.knowledge.facts import Citation
from advisor.knowledge.sources import Source
from advisor.surfaces.tui.session import AnySession, ChatSession, SourceNote

_DAY = re.compile(r"\b(\d{4})-(\d\d)(?:-\d\d)?\b")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def readable(text: str) -> str:
    """The text with each ISO date (2026-06-10) as a month a person reads (June 2026)."""

    def month(found: re.Match[str]) -> str:
        number = int(found[2])
        return f"{_MONTHS[number - 1]} {found[1]}" if 1 <= number <= len(_MONTHS) else found[0]

    return _DAY.sub(month, text)


def describe(sources: Mapping[str, Source], citation: Citation) -> SourceNote:
    """What a citation of these sources says to a student. A source without a date is called undated."""
    source = sources[citation.source]
    section = source.sections.get(citation.section, citation.section)
    return SourceNote(source.title, section, readable(source.as_of) or "undated", source.address)


def open_session(knowledge: Any) -> AnySession:
    """A new chat over what `advisor.load` returned."""
    engine = import_module("advisor")
    pack = getattr(knowledge, "pack", knowledge)
    return ChatSession(
        begin=engine.Conversation,
        answer=partial(engine.respond, knowledge),
        greet=partial(engine.welcome, knowledge),
        look=partial(engine.panel, knowledge),
        describe=partial(describe, pack.sources),
        subtitle=getattr(pack, "wording", {}).get("subtitle", ""),
    )


def run_chat(knowledge: Any) -> None:
    """Opens the chat and returns when the student leaves. The caller has made sure that there is a terminal."""
    from advisor.surfaces.tui.app import run_app  # textual is loaded here, and only here

    run_app(open_session(knowledge))
