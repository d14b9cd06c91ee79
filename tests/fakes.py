"""A small engine for tests of the surfaces and the workbench: it repeats, counts, and can fail."""

from __future__ import annotations

from msgspec.structs import replace

from advisor.dialogue.conversation import Conversation, Said
from advisor.knowledge.conditions import Test
from advisor.knowledge.facts import Citation
from advisor.knowledge.profile import Limit, Profile, Slot, StanceEntry
from advisor.replies.blocks import DegreeRanking, Panel, Paragraph, Reply, Span

CITED = Citation("guide", "costs")


def paragraph(text: str, *citations: Citation, lead: bool = False) -> Paragraph:
    return Paragraph((Span(text),), citations, lead=lead)


def respond(conversation: Conversation, text: str) -> tuple[Conversation, Reply]:
    """Says what was said, and how many messages there were; "boom" fails."""
    if text == "boom":
        raise RuntimeError("the engine broke")
    state = conversation.state
    profile = Profile(
        stances=(StanceEntry("robotics", "likes"), StanceEntry("gre", "refuses")),
        limits=(Limit("tuition", Test("at most", high=25000)), Limit("gre", Test("is", values=("optional", "not_required")))),
        slots=(Slot("goal", "ml_engineer"), Slot("math", None)),
    )
    count = state.turn + 1
    conversation = conversation.then(replace(state, turn=count, profile=profile, said=Said(lead=text)))
    reply = Reply(
        (paragraph(f"You said: {text}.", CITED, lead=True), paragraph(f"That is message {count}. It's \u2018quoted\u2019 and costs $7,000.")),
        suggestions=("Show programs", "undo"),
        intent="query.value.tuition",
        confidence=0.87654,
        programs=("aa", "bb"),
        degree=DegreeRanking("dd", (("dd", 3.25), ("ee", 1.0))),
        trace=("rule x fired",),
    )
    return conversation, reply


def welcome() -> Reply:
    return Reply((paragraph("Hello there."),), suggestions=("Interview me",))


def panel(conversation: Conversation) -> Panel:
    return Panel(known=(("budget", "$25,000"),), degrees=(("Degree D", 3.0),)) if conversation.state.turn else Panel()


def describe(citation: Citation) -> str:
    return f"{citation.source}, {citation.section}, 2026"
