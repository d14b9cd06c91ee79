"""`advisor ask --jsonl`: one line out for each line in, whatever comes in."""

from __future__ import annotations

import io
import json

import pytest
from fakes import respond
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.dialogue.conversation import Conversation
from advisor.surfaces import jsonl

KEYS = ["session", "text", "intent", "confidence", "degree", "programs", "citations", "suggestions"]


def served(*lines: bytes | str | dict[str, object]) -> list[dict[str, object]]:
    raw = [line if isinstance(line, bytes) else (line if isinstance(line, str) else json.dumps(line)).encode() for line in lines]
    out = io.BytesIO()
    jsonl.serve(io.BytesIO(b"".join(line + b"\n" for line in raw)), out, Conversation, respond)
    return [json.loads(line) for line in out.getvalue().decode().splitlines()]


def test_a_line_has_the_keys_of_the_contract_in_their_order():
    [line] = served({"session": "s", "say": "hi"})
    assert list(line) == KEYS
    assert line["session"] == "s"
    assert line["intent"] == "query.value.tuition"
    assert line["confidence"] == 0.877
    assert line["degree"] == {"top": "dd", "ranking": [{"id": "dd", "score": 3.25}, {"id": "ee", "score": 1.0}]}
    assert line["programs"] == ["aa", "bb"]
    assert line["citations"] == [{"source": "guide", "section": "costs"}]
    assert line["suggestions"] == ["Show programs", "undo"]
    assert "You said: hi" in str(line["text"])
    assert "Show programs" not in str(line["text"])


def test_sessions_are_conversations_of_their_own():
    lines = served(*({"session": s, "say": "x"} for s in ("a", "b", "a", 1, "1", "a")))
    counts = [int(str(line["text"]).partition("message ")[2].partition(".")[0]) for line in lines]
    assert counts == [1, 1, 2, 1, 1, 3]
    assert [line["session"] for line in lines] == ["a", "b", "a", 1, "1", "a"]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("", "not JSON"),
        ("{", "not JSON"),
        ("[1, 2]", "an object was expected"),
        ("null", "an object was expected"),
        ("{}", '"session" is missing'),
        ('{"session": "s"}', '"say" is missing'),
        ('{"say": "hi"}', '"session" is missing'),
        ('{"session": "s", "say": 3}', '"say" must be a text'),
        ('{"session": "s", "say": null}', '"say" must be a text'),
        ('{"session": null, "say": "hi"}', '"session" must be'),
        ('{"session": true, "say": "hi"}', '"session" must be'),
        ('{"session": ["s"], "say": "hi"}', '"session" must be'),
        (b'{"session": "s", "say": "\xff\xfe"}', "not UTF-8"),
        ("[" * 100_000, "nested too deep"),
        ('{"session": ' + "9" * 5000 + ', "say": "hi"}', "not JSON"),
        (b'{"session": "s", "say": "' + b"a" * (jsonl.MAX_LINE * 2 + 7) + b'"}', "longer than"),
    ],
)
def test_a_bad_line_gives_an_error_in_its_place_and_the_stream_goes_on(line, words):
    first, bad, last = served({"session": "s", "say": "one"}, line, {"session": "s", "say": "two"})
    assert list(bad) == ["error"]
    assert words in str(bad["error"])
    assert "message 1" in str(first["text"])
    assert "message 2" in str(last["text"])


def test_an_error_of_the_engine_keeps_the_conversation():
    lines = served(*({"session": "s", "say": text} for text in ("one", "boom", "two")))
    assert "the engine broke" in str(lines[1]["error"])
    assert "message 2" in str(lines[2]["text"])


def test_a_byte_order_mark_windows_line_ends_and_a_last_line_without_an_end():
    out = io.BytesIO()
    data = b'\xef\xbb\xbf{"session": "s", "say": "a"}\r\n{"session": "s", "say": "b"}'
    jsonl.serve(io.BytesIO(data), out, Conversation, respond)
    assert [list(json.loads(line)) for line in out.getvalue().splitlines()] == [KEYS, KEYS]


def test_each_answer_is_flushed_before_the_next_line_is_read():
    events: list[str] = []

    class Source(io.BytesIO):
        def readline(self, size: int | None = -1, /) -> bytes:
            events.append("read")
            return super().readline(size)

    class Sink(io.BytesIO):
        def flush(self) -> None:
            events.append("flush")

    jsonl.serve(Source(b'{"session": 1, "say": "a"}\n' * 2), Sink(), Conversation, respond)
    assert events[:4] == ["read", "flush", "read", "flush"]


def test_an_id_that_is_no_valid_text_is_given_back_as_it_was():
    [line] = served('{"session": "\\ud800", "say": "\\ud800 hi"}')
    assert line["session"] == "\ud800"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(st.binary(max_size=40), st.text(max_size=40).map(str.encode)), max_size=6))
def test_as_many_lines_come_out_as_go_in(blobs):
    lines = [blob.replace(b"\n", b" ") for blob in blobs]
    assert len(served(*lines)) == len(lines)
