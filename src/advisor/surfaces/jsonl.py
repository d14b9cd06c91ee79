"""`advisor ask --jsonl`: one JSON object a line in, one out, in order, flushed. Each session is a conversation of its own.

In:  {"session": "any id", "say": "text"}
Out: {"session", "text", "intent", "confidence", "degree", "programs", "citations", "suggestions"}, or {"error": "..."} in the
place of a line that cannot be answered; the stream goes on, and the session is as it was.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, TypeVar

from advisor.replies.blocks import Reply
from advisor.replies.render import to_markdown

Conversation = TypeVar("Conversation")

#: Longest line that is read, in bytes. A message is cut far below that; what is longer is not held in memory.
MAX_LINE = 2_000_000


class BadLine(ValueError):
    """A line that is no message; the text says what was expected."""


def serve(
    source: BinaryIO,
    sink: BinaryIO,
    begin: Callable[[], Conversation],
    answer: Callable[[Conversation, str], tuple[Conversation, Reply]],
) -> None:
    """Answers every line of `source` on `sink` until it ends. Only errors of `sink` itself are raised."""
    sessions: dict[str, Conversation] = {}
    for raw in _lines(source):
        try:
            session, text = _message(raw)
            key = json.dumps(session)
            sessions[key], reply = answer(sessions[key] if key in sessions else begin(), text)
            out = {"session": session, **as_json(reply)}
        except BadLine as error:
            out = {"error": str(error)}
        except Exception as error:  # noqa: BLE001 (one message must not end the others' conversations)
            out = {"error": f"internal error: {type(error).__name__}: {error}"}
        # ASCII with escapes: whatever the session's id holds, the line can be written and read.
        sink.write(json.dumps(out).encode("ascii") + b"\n")
        sink.flush()


def as_json(reply: Reply) -> dict[str, Any]:
    """The reply as the plain data of the contract, without the session."""
    degree = reply.degree
    return {
        "text": to_markdown(reply),
        "intent": reply.intent,
        "confidence": round(reply.confidence, 3),
        "degree": degree and {"top": degree.top, "ranking": [{"id": id_, "score": round(score, 3)} for id_, score in degree.ranking]},
        "programs": list(reply.programs),
        "citations": [{"source": citation.source, "section": citation.section} for citation in reply.citations],
        "suggestions": list(reply.suggestions),
    }


def _lines(source: BinaryIO) -> Iterator[bytes | None]:
    """The lines as they come; None for one that is too long, whose rest is read past."""
    while raw := source.readline(MAX_LINE):
        if raw.endswith(b"\n") or len(raw) < MAX_LINE:
            yield raw
            continue
        while raw and not raw.endswith(b"\n"):
            raw = source.readline(MAX_LINE)
        yield None


def _message(raw: bytes | None) -> tuple[str | int | float, str]:
    """The session and the text of a line. Raises BadLine."""
    if raw is None:
        raise BadLine(f"the line is longer than {MAX_LINE:,} bytes")
    try:
        data = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise BadLine("the line is not UTF-8 text") from None
    except RecursionError:
        raise BadLine("the line is nested too deep") from None
    except ValueError as error:
        raise BadLine(f"the line is not JSON: {error}") from None
    if not isinstance(data, dict):
        raise BadLine('an object was expected: {"session": "any id", "say": "text"}')
    for key in ("session", "say"):
        if key not in data:
            raise BadLine(f'the key "{key}" is missing')
    session, text = data["session"], data["say"]
    if isinstance(session, bool) or not isinstance(session, (str, int, float)):
        raise BadLine('"session" must be a text or a number')
    if not isinstance(text, str):
        raise BadLine('"say" must be a text')
    return session, text
