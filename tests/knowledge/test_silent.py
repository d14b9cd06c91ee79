"""What used to be passed over without a word: ids twice, a point for a comma, files that nothing reads, values without a source."""

from __future__ import annotations

import pytest

from advisor.knowledge import cache
from advisor.knowledge.values import CellError, parse_value

D, P, C, V, R, S = ("rules/degrees.yaml", "rules/programs.yaml", "rules/cautions.yaml", "rules/interview.yaml", "data/programs.yaml",
                    "data/official.yaml")


# ---------------------------------------------------------------- ids twice
@pytest.mark.parametrize(("file", "entry", "id_", "first"), [
    pytest.param(D, "  - rule: «numbers\n    when: {likes: math}\n    favors: {ml: some}\n    because: x\n    source: guide\n", "numbers", 7, id="degree rule"),
    pytest.param(P, "- limit: «no-gre\n  when: {refuses: gre}\n  require: {tuition: known}\n  source: guide\n", "no-gre", 1, id="limit"),
    pytest.param(P, "- prefer: «numbers\n  when: {likes: gre}\n  favors: {beta: some}\n  source: guide\n", "numbers", 6, id="preference"),
    pytest.param(P, "- prefer: «no-gre\n  when: {likes: gre}\n  favors: {beta: some}\n  source: guide\n", "no-gre", 1, id="limit and preference"),
    pytest.param(C, "- caution: «expected\n  when: {likes: gre}\n  say: x\n  source: guide\n", "expected", 1, id="caution"),
    pytest.param(V, "- question: «budget\n  ask: What?\n  choices: {a: {label: A}}\n", "budget", 1, id="question"),
])
def test_an_id_that_stands_there_twice(little, file, entry, id_, first):
    text = (little.root / file).read_text(encoding="utf-8")
    little.write(file, text + entry.replace("«", ""))
    (problem,) = little.problems()
    assert (problem.file, problem.line, problem.column) == (file, text.count("\n") + 1, entry.index("«") + 1)
    assert (problem.message, problem.hint) == (f"the id {id_!r} stands in this file twice", f"the first one is in line {first}")


def test_the_place_of_an_id_is_right_behind_an_entry_that_is_wrong(little):
    little.change(P, "  broken: it", "  brokn: it")
    little.write(P, (little.root / P).read_text(encoding="utf-8") + "- prefer: numbers\n  when: {likes: math}\n")
    assert [(p.line, p.message) for p in little.problems()] == [
        (4, "the key 'brokn' is not known here"), (12, "the id 'numbers' stands in this file twice")]


@pytest.mark.parametrize("text", ["- [a]\n- {limit: [a], when: {}}\n- limit: {a: b}\n- 5\n", "rules: 5\n", "5\n", "rules: [5, {rule: [a]}]\n"])
@pytest.mark.parametrize("file", [D, P, C, V])
def test_a_list_of_another_form_is_a_problem_and_no_traceback(little, file, text):
    little.write(file, text)
    assert little.problems()


# ---------------------------------------------------------------- a point for a comma
@pytest.mark.parametrize(("raw", "message"), [
    ("18.000", "18.000: a comma separates thousands: $18,000"), ("about $18.000", "18.000: a comma separates thousands: $18,000"),
    ("18.500+", "18.500: a comma separates thousands: $18,500"), ("$18,000 to $20.000", "20.000: a comma separates thousands: $20,000"),
    ("1.250.000", "1.250.000: a comma separates thousands: $1,250,000"), ("1,250.000", "1,250.000: a comma separates thousands: $1,250,000"),
])
def test_a_point_for_a_comma_in_a_sum(raw, message):
    with pytest.raises(CellError) as raised:
        parse_value("money", raw)
    assert str(raised.value) == message


@pytest.mark.parametrize(("type_", "raw", "low"), [
    ("money", "$99.50", 99.5), ("money", "7.5k", 7500), ("money", "18,000", 18000), ("money", "99.5", 99.5), ("number", "3.5", 3.5), ("number", "3.125", 3.125)])
def test_decimals_are_let_be(type_, raw, low):
    assert parse_value(type_, raw).low == low


def test_a_point_for_a_comma_is_told_at_the_cell(broken):
    problem = broken(R, "tuition: about $7,000", "tuition: «about $7.000").here()
    assert problem.message == "7.000: a comma separates thousands: $7,000"


def test_a_point_for_a_comma_on_a_page_of_a_school(broken):
    found = broken(S, "alpha:\n", "alpha:\n  tuition: {value: «it costs $7.000 in all, say: it costs $7000, source: alpha-page, dated: yes}\n")
    assert found.here().message == "7.000: a comma separates thousands: $7,000"


# ---------------------------------------------------------------- files that nothing reads
@pytest.mark.parametrize(("name", "hint"), [
    ("data/lakeside.yaml", "a new table needs a kind in data/kinds.yaml with `file: lakeside.yaml`"),
    ("data/progams.yaml", "did you mean 'data/programs.yaml'?"), ("data/programs.yml", "did you mean 'data/programs.yaml'?"),
    ("data/program.YAML", "did you mean 'data/programs.yaml'?"), ("data/topics.yaml", "did you mean 'rules/topics.yaml'?"),
    ("rules/my.yaml", "a new file of intents stands in rules/intents/"), ("rules/coverag.yaml", "did you mean 'rules/coverage.yaml'?"),
    ("rules/program.yaml", "did you mean 'rules/programs.yaml'?"), ("rules/intents/more.yml", "did you mean 'rules/intents/more.yaml'?"),
])
def test_a_file_that_nothing_reads(little, name, hint):
    little.write(name, "a: b\n")
    (problem,) = little.problems()
    assert (problem.file, problem.line, problem.column, problem.hint) == (name, 1, 1, hint)
    assert problem.message == "nothing reads this file: no file of the pack has this name"


def test_what_may_stand_beside_the_files_of_the_pack(little):
    for name in ("rules/coverage.yaml", "rules/notes.txt", "data/read.md", "rules/intents/more.yaml", "data/old.yaml/keep.txt"):
        little.write(name, "")
    little.read()


def test_tables_are_no_strays_while_the_kinds_cannot_be_read(little):
    (little.root / "data/kinds.yaml").unlink()
    assert [p.file for p in little.problems()] == ["data/kinds.yaml"]


def test_a_table_may_be_named_with_a_way_to_it(little):
    little.change("data/kinds.yaml", "file: fields.yaml", "file: ./fields.yaml")
    little.read()


def test_a_stray_is_noticed_though_the_pack_is_kept(little):
    key = cache.pack_key(little.root)
    little.write("rules/intents/more.yml", "")
    assert cache.pack_key(little.root) != key


# ---------------------------------------------------------------- sources
def test_a_row_without_a_source_is_told_once_at_the_row(little):
    little.change("data/fields.yaml", "source: guide/fields\n", "")
    little.change("data/fields.yaml", "  name: Vision\n", "  name: Vision\n  source: guide\n")
    (problem,) = little.problems()
    assert (problem.file, problem.line, problem.column) == ("data/fields.yaml", 5, 1)
    assert problem.message == "this field needs a source: nothing says where its summary is from"
    assert "`source: ...`" in problem.hint


def test_all_values_without_a_source_are_named(little):
    little.change(R, "source: guide/costs\nalpha:\n", "alpha:\n  source: guide/costs\n")
    (problem,) = little.problems()
    assert problem.message == "this program needs a source: nothing says where its tuition, credits, gre are from"


def test_values_with_sources_of_their_own_need_no_other(little):
    little.change("data/fields.yaml", "source: guide/fields\n", "")
    little.change("data/fields.yaml", "summary: pictures", "summary: {value: pictures, source: guide}")
    little.change("data/fields.yaml", "summary: words", "summary: unknown")
    little.read()


def test_a_slip_in_the_key_of_a_source_is_told_alone(little):
    little.change("data/fields.yaml", "source: guide/fields\n", "")
    little.change("data/fields.yaml", "summary: pictures", "summary: {value: pictures, sorce: guide}")
    little.change("data/fields.yaml", "summary: words", "summary: {value: words, source: guide}")
    (problem,) = little.problems()
    assert (problem.message, problem.hint) == ("the key 'sorce' is not known in a fact", "did you mean 'source'?")


def test_a_degree_rule_without_a_source(little):
    little.change(D, "    source: guide/fields\n", "")
    (problem,) = little.problems()
    assert (problem.file, problem.line, problem.column, problem.message) == (D, 7, 5, "this rule needs a source")


# ---------------------------------------------------------------- one slip, one message
def test_a_slip_in_the_key_of_a_value_is_told_once(broken):
    found = broken(R, "gre: required", "gre: {«valu: required}")
    assert found.here().hint == "did you mean 'value'?"
    assert len(found.problems) == 1
