"""A session whose engine is canned: replies of every kind of block, chosen by a word of the message."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from advisor.knowledge.facts import Citation
from advisor.replies.blocks import Bar, Bars, Bullets, Line, Panel, Paragraph, Reply, Span, Table
from advisor.surfaces.tui.session import AnySession, ChatSession, SourceNote

DEGREES = Citation("article", "related-degrees")
COMPARE = Citation("article", "compare")
PAGE = Citation("north-page")
NOTES = {
    DEGREES: SourceNote("The guide", "related degrees", "June 2026", "https://example.org/guide"),
    COMPARE: SourceNote("The guide", "comparison", "June 2026", "https://example.org/guide"),
    PAGE: SourceNote("North University: admissions", "", "2024", "https://example.org/north/admissions?term=fall"),
}


class Canned(Struct, frozen=True):
    """The engine's value: only what the tests look at."""

    said: tuple[str, ...] = ()


def line(*parts: str) -> Line:
    """A line; every second part is strong."""
    return tuple(Span(part, strong=bool(at % 2)) for at, part in enumerate(parts))


WELCOME = Reply(
    (
        Paragraph(line("I help you choose a master's in machine learning or one of its neighbors, and a program that fits."), lead=True),
        Paragraph(line("I answer from a guide and from the schools' own pages, name the source each time, and say so when I don't know.")),
    ),
    suggestions=("Machine learning or data science?", "Cheapest one without the GRE?", "What does a capstone mean?", "Interview me"),
)
CLOSE = Reply(
    (
        Paragraph(line("It is close between data science and machine learning."), lead=True),
        Bullets(
            (
                line("For ", "data science", ": you like statistics and explaining what numbers mean."),
                line("For ", "machine learning", ": you enjoy building models, and that is where its courses spend their time."),
            ),
            (DEGREES,),
        ),
        Paragraph(line("One thing would decide it: what would you rather spend your days on?")),
    ),
    suggestions=("Making the models better", "What the data tells people", "Not sure"),
)
TABLE = Reply(
    (
        Paragraph(line("Three programs fit."), lead=True),
        Table(
            ("Program", "Tuition", "ML courses", "GRE", "Format"),
            (
                tuple(map(line, ("North Tech", "about $7,000", "5 or more", "not required", "online"))),
                tuple(map(line, ("State U", "about $21,000", "3 to 4", "not required", "online"))),
                tuple(map(line, ("Lakeside", "about $22,500", "3 to 4", "not required", "online"))),
            ),
            ("north", "state", "lake"),
            (COMPARE, PAGE),
        ),
        Paragraph(line("prices change, so check the school's page before you plan with them."), (PAGE,), caution=True),
    ),
    suggestions=("Compare all three", "Which is deepest in ML?", "Only asynchronous"),
)
WIDE_TABLE = Reply(
    (
        Paragraph(line("They differ most in price and in how they are taught."), lead=True),
        Table(
            ("Program", "What it stands out for", "Who it is for", "Tuition"),
            (
                tuple(map(line, ("North Tech", "a long list of courses, taken at one's own pace by many working people",
                                 "engineers who want depth and need little contact", "about $7,000"))),
                tuple(map(line, ("State U", "projects with partners from industry", "people who change fields", "about $21,000"))),
            ),
            ("north", "state"),
            (COMPARE,),
        ),
    ),
)
CHART = Reply(
    (
        Paragraph(line("Data science is ahead."), lead=True),
        Bars((Bar("data science", 7.2, "7.2"), Bar("machine learning", 5.2, "5.2"), Bar("data analytics", 1, "1")), (DEGREES,)),
    ),
)
UNKNOWN = Reply((Paragraph(line("That I don't know. Its own page would: https://example.org/north."), lead=True),))


def respond(conversation: Canned, text: str) -> tuple[Canned, Reply]:
    if "boom" in text:
        raise RuntimeError("canned failure")
    words = {"close": CLOSE, "25k": TABLE, "differ": WIDE_TABLE, "chart": CHART, "ml or": CLOSE}
    reply = next((reply for word, reply in words.items() if word in text.lower()), UNKNOWN)
    return replace(conversation, said=(*conversation.said, text)), reply


def panel(conversation: Canned) -> Panel:
    if not conversation.said:
        return Panel(sources=("June 2026",))
    return Panel(
        known=(("budget", "up to $25,000"), ("GRE", "rather not"), ("likes", "statistics, explaining, building models"), ("job", "backend")),
        degrees=(("data science", 7.2), ("machine learning", 5.2), ("data analytics", 1.0)),
        settled_by="career goal",
        programs=(("North Tech", "about $7,000"), ("State U", "about $21,000"), ("Lakeside", "about $22,500")),
        programs_fit=3,
        sources=("June 2026",),
    )


def session() -> AnySession:
    """A fresh canned session."""
    return ChatSession(
        begin=Canned, answer=respond, greet=lambda: WELCOME, look=panel, describe=lambda citation: NOTES[citation],
        subtitle="choosing a master's in ML and its neighbors",
    )


if __name__ == "__main__":  # to look at it
    from advisor.surfaces.tui.app import run_app

    run_app(session())
