"""A reply on paper: what `advisor ask "..."` prints, and what the plain chat prints turn by turn."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from advisor.knowledge.facts import Citation
from advisor.replies.blocks import Reply
from advisor.replies.render import to_markdown, to_plain

#: What a citation is called in words: the section, its date, its address.
Describe = Callable[[Citation], str]


def source_lines(citations: Sequence[Citation], describe: Describe) -> list[str]:
    """The sources behind the [1] marks of a reply, a line each."""
    return [f"[{number}] {describe(citation)}" for number, citation in enumerate(citations, 1)]


def on_paper(reply: Reply, describe: Describe, *, markdown: bool = False, trace: bool = False,
             words: Sequence[tuple[str, float]] = ()) -> str:
    """The reply, its sources, what could be said next, and with `trace` how it came about. Ends with a line break.

    `words`: what each word of the message added to the intent's score, for the trace.
    """
    parts = [to_markdown(reply) if markdown else to_plain(reply)]
    if reply.citations:
        lines = source_lines(reply.citations, describe)
        parts.append("\n".join(f"- {line}" for line in lines) if markdown else "\n".join(lines))
    if reply.suggestions:
        parts.append("You could say: " + " | ".join(reply.suggestions))
    if trace:
        head = f"intent {reply.intent or 'none'}, confidence {reply.confidence:.2f}"
        weighed = ", ".join(f"{word} {added:+.1f}" for word, added in words)
        parts.append("\n".join(["How this came about:", *(f"  {line}" for line in (head, *reply.trace, *((f"words: {weighed}",) if weighed else ())))]))
    return "\n\n".join(part for part in parts if part) + "\n"
