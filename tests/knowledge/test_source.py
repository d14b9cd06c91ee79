"""YAML as plain data: every scalar a text, every mistake with its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.errors import Problem
from advisor.knowledge.source import MAX_BYTES, Place, nearest, parse, read


def problems_of(text: str) -> list[Problem]:
    problems: list[Problem] = []
    parse(text, "f.yaml", problems)
    return problems


def one(text: str) -> Problem:
    problems = problems_of(text)
    assert len(problems) == 1, problems
    return problems[0]


# ---------------------------------------------------------------- data and places
@pytest.mark.parametrize("word", ["no", "yes", "on", "off", "true", "False", "12:30", "010", "0x1F", "1e3", "7_000", "2026-06-10", ".5", "3.0",
                                  "NaN", "=", "y", "1,000", "50%"])
def test_a_scalar_is_the_text_that_stands_there(word):
    problems: list[Problem] = []
    data = parse(f"{word}: {word}\nlist: [{word.replace(',', '')}]\n", "f.yaml", problems).data
    assert problems == []
    assert data == {word: word, "list": [word.replace(",", "")]}


@pytest.mark.parametrize(("text", "data"), [
    ("", None), ("# only a comment\n", None), ("a:\n", {"a": ""}), ("a: ~\n", {"a": "~"}), ("a: null\n", {"a": "null"}), ('a: "null"\n', {"a": "null"}),
    ("a: 'it''s'\n", {"a": "it's"}), ("- a\n- b\n", ["a", "b"]), ("a: >-\n  one\n  two\n", {"a": "one two"}), ("{a: {b: [c, d]}}", {"a": {"b": ["c", "d"]}}),
    ("a: é 日本\n", {"a": "é 日本"}),
])
def test_data(text, data):
    problems: list[Problem] = []
    found = parse(text, "f.yaml", problems).data
    assert problems == []
    # an unquoted ~ or null may be read as nothing, or as its own text; a quoted one is text
    assert found == data or (data in ({"a": "~"}, {"a": "null"}) and '"' not in text and found == {"a": ""})


def test_places_count_from_one_and_are_as_wide_as_the_value():
    document = parse("first: one\nsecond:\n  - alpha\n  - {key: value here}\n", "f.yaml", [])
    assert document.values["first",] == Place(1, 8, 3)
    assert document.keys["first",] == Place(1, 1, 5)
    assert document.values["second", 0] == Place(3, 5, 5)
    assert document.values["second", 1, "key"] == Place(4, 11, 10)
    assert document.keys["second", 1, "key"] == Place(4, 6, 3)


def test_a_path_that_is_not_there_is_placed_at_the_nearest_thing_above():
    document = parse("a:\n  b: c\n", "f.yaml", [])
    assert document.place(("a", "gone", "deep")) == document.place(("a",))
    assert document.place(("nothing",)) == Place(1, 1, 1)
    assert document.place(("a", "b"), key=True) == Place(2, 3, 1)


def test_a_problem_shows_the_line_and_a_caret_under_the_value():
    problem = parse("a:\n  b: wrong\n", "f.yaml", []).problem(("a", "b"), "no such thing", "look again")
    assert str(problem) == "f.yaml:2:6: no such thing\n  2 |   b: wrong\n    |      ^^^^^\n  help: look again"


def test_a_column_counts_characters_not_bytes():
    document = parse("é日: {ü: x}\n", "f.yaml", [])
    assert document.values["é日", "ü"] == Place(1, 9, 1)


# ---------------------------------------------------------------- mistakes
def test_a_key_that_stands_twice():
    problem = one("a: 1\nb: 2\na: 3\n")
    assert (problem.line, problem.column) == (3, 1)
    assert "'a' stands here twice" in problem.message
    assert "line 1" in problem.hint


def test_a_key_that_stands_twice_further_down_and_the_first_is_kept():
    problems: list[Problem] = []
    document = parse("x:\n  no: 1\n  other: {k: v}\n  no: 2\n", "f.yaml", problems)
    assert [(p.line, p.column) for p in problems] == [(4, 3)]
    assert document.data == {"x": {"no": "1", "other": {"k": "v"}}}


@pytest.mark.parametrize(("text", "line", "column", "words"), [
    ("a: &x one\nb: *x\n", 1, 4, "alias"),  # the composer knows only where the repeated part stands
    ("a: &x {k: v}\nb: *x\n", 1, 4, "alias"),
    ("a: !!python/object:os.system x\n", 1, 4, "tag"),
    ("a: !secret x\n", 1, 4, "tag"),
    ("a: !!set {x, y}\n", 1, 4, "tag"),
    ("base: {k: v}\nb:\n  <<: {k: w}\n", 3, 3, "merge"),
    ("? {a: b}\n: c\n", 1, 3, "key must be a word"),
    ("? [a, b]\n: c\n", 1, 3, "key must be a word"),
    ("a: {program.name}: b\n", 1, 18, "not YAML"),
    ("a:\n\tb: c\n", 2, 1, "not YAML"),
    ("a: b: c\n", 1, 5, "not YAML"),
    ("a: [b\n", 2, 1, "not YAML"),
    ("a: 'b\n", 2, 1, "not YAML"),
    ("a: b\n c: d\n", 2, 3, "not YAML"),
    ("a: %b\n", 1, 4, "not YAML"),
    ("a: @b\n", 1, 4, "not YAML"),
    ("a: `b`\n", 1, 4, "not YAML"),
])
def test_what_is_not_read_is_placed_and_helped(text, line, column, words):
    problem = one(text)
    assert words in problem.message
    assert (problem.line, problem.column) == (line, column)
    assert problem.hint


@pytest.mark.parametrize(("text", "hint"), [
    ("a: b: c\n", "quotes"),
    ("a:\n\tb: c\n", "tabs"),
])
def test_the_two_usual_slips_have_their_own_hint(text, hint):
    assert hint in one(text).hint


def test_two_documents_in_a_file_are_a_problem():
    assert "not YAML" in one("a: b\n---\nc: d\n").message


@pytest.mark.parametrize("text", ["a: \x00\n", "a: \x07b\n", "\x1b[31m: x\n"])
def test_control_characters_are_a_problem(text):
    assert "not YAML" in one(text).message


def test_several_mistakes_are_all_told():
    assert [(p.line, p.column) for p in problems_of("a: 1\na: 2\nb: !t x\nc: &n y\nd: *n\n")] == [(2, 1), (3, 4), (4, 4)]


def test_a_file_that_is_nested_too_deep_is_refused_once():
    problem = one("[" * 60 + "]" * 60)
    assert "too deep" in problem.message


def test_a_file_nested_thousands_deep_does_not_bring_the_reader_down():
    assert problems_of("[" * 3000 + "]" * 3000)


def test_a_bomb_of_aliases_stays_small():
    lines = ["a0: &a0 [x, x]"] + [f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]" for i in range(1, 25)]
    problems: list[Problem] = []
    document = parse("\n".join(lines), "f.yaml", problems)
    assert len(problems) == 48
    assert len(str(document.data)) < 2000


# ---------------------------------------------------------------- files
def written(tmp_path, raw: bytes):
    path = tmp_path / "f.yaml"
    path.write_bytes(raw)
    problems: list[Problem] = []
    return read(path, "data/f.yaml", problems), problems


def test_a_byte_order_mark_is_no_part_of_the_first_key(tmp_path):
    document, problems = written(tmp_path, b"\xef\xbb\xbfa: b\n")
    assert problems == []
    assert document.data == {"a": "b"}
    assert document.keys["a",].column == 1


@pytest.mark.parametrize("coding", ["utf-16", "utf-16-le", "latin-1", "utf-32"])
def test_another_coding_is_a_problem_not_nonsense(tmp_path, coding):
    document, problems = written(tmp_path, "a: é\n".encode(coding))
    assert len(problems) == 1
    assert problems[0].file == "data/f.yaml"
    assert document.data is None


def test_the_line_with_the_wrong_byte_is_named(tmp_path):
    _, problems = written(tmp_path, b"a: b\nc: d\ne: \xff\n")
    assert (problems[0].line, problems[0].message) == (3, "is not UTF-8 text")


def test_windows_line_ends(tmp_path):
    document, problems = written(tmp_path, b"a: b\r\nc:\r\n  - d\r\n")
    assert problems == []
    assert document.data == {"a": "b", "c": ["d"]}
    assert document.values["c", 0] == Place(3, 5, 1)


def test_a_file_that_is_too_large(tmp_path):
    _, problems = written(tmp_path, b"# " + b"x" * MAX_BYTES)
    assert "larger" in problems[0].message


def test_a_file_that_is_not_there_or_is_a_folder(tmp_path):
    for path in (tmp_path / "gone.yaml", tmp_path):
        problems: list[Problem] = []
        assert read(path, "data/gone.yaml", problems).data is None
        assert [p.message.partition(":")[0] for p in problems] == ["cannot be read"]


# ---------------------------------------------------------------- nearest
@pytest.mark.parametrize(("word", "hint"), [("tution", "did you mean 'tuition'?"), ("Tuition", "did you mean 'tuition'?"), ("zzz", ""), ("", "")])
def test_the_nearest_word_is_offered_or_none(word, hint):
    assert nearest(word, ["credits", "tuition", "name"]) == hint
    assert nearest(word, []) == ""


@given(st.text(max_size=80))
def test_any_text_is_data_or_problems_and_never_an_exception(text):
    problems: list[Problem] = []
    document = parse(text, "f.yaml", problems)
    assert all(p.line >= 1 and p.column >= 1 and str(p) for p in problems)
    assert document.place(("x",)).line >= 1


@given(st.binary(max_size=60))
def test_any_bytes_are_data_or_problems(tmp_path_factory, raw):
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_bytes(raw)
    problems: list[Problem] = []
    read(path, "f.yaml", problems)
    assert all(p.line >= 1 for p in problems)
