"""What is wrong in any file of the pack is told with its place, its nearest right word, and all at once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from advisor.errors import PackError
from advisor.knowledge.reading import read_pack

ROOT = Path(__file__).resolve().parents[2]

K, T, D, P, C, V, N, F, W, A = ("data/kinds.yaml", "rules/topics.yaml", "rules/degrees.yaml", "rules/programs.yaml", "rules/cautions.yaml",
                                "rules/interview.yaml", "rules/intents/costs.yaml", "data/faq.yaml", "rules/wording.yaml", "data/office.yaml")


def test_the_small_pack_is_fine(little):
    pack = little.read()
    assert list(pack.things) == ["alpha", "beta", "vision", "language"]
    assert list(pack.intents) == ["cost.help", "faq.hard"]
    assert [t.id for t in pack.of_kind("program")] == ["alpha", "beta"]


# ---------------------------------------------------------------- keys and types
@pytest.mark.parametrize(("file", "old", "new", "message", "hint"), [
    (K, "{type: number, label: credits}", "{type: number, «labl: credits, label: c}", "'labl' is not known", "did you mean 'label'?"),
    (K, "type: choice\n", "type: «choise\n", "was expected, not 'choise'", "did you mean 'choice'?"),
    (K, "better: lower", "better: «lowr", "was expected, not 'lowr'", "did you mean 'lower'?"),
    (K, "say: requires the GRE, yes_no: yes", "say: requires the GRE, yes_no: «maybe", "was expected, not 'maybe'", ""),
    (K, "  plural: fields\n", "  plural: fields\n  «columnss: [name]\n", "'columnss' is not known", "did you mean 'columns'?"),
    (T, "{label: Python, phrases", "{label: Python, «phrase: [p], phrases", "'phrase' is not known", "did you mean 'phrases'?"),
    (D, "    because: you", "    «becuse: x\n    because: you", "'becuse' is not known", "did you mean 'because'?"),
    (D, "favors: {ml: strong}", "favors: {ml: «strng}", "was expected, not 'strng'", "did you mean 'strong'?"),
    (P, "  broken: it", "  «brokn: x\n  broken: it", "'brokn' is not known", "did you mean 'broken'?"),
    (P, "favors: {alpha: strong}", "favors: {alpha: «very}", "was expected, not 'very'", ""),
    (C, "  source: guide/tests", "  «sorce: guide/tests", "'sorce' is not known", "did you mean 'source'?"),
    (V, "  amount: tuition", "  «amout: tuition", "'amout' is not known", "did you mean 'amount'?"),
    (V, "  about: programs", "  about: «program", "was expected, not 'program'", "did you mean 'programs'?"),
    (V, "{label: I do, means", "{label: I do, «mean: {}, means", "'mean' is not known", "did you mean 'means'?"),
    (N, "  chips: [What else?]", "  «chip: [What else?]", "'chip' is not known", "did you mean 'chips'?"),
    (N, "      else:", "      «otherwise: x\n      else:", "'otherwise' is not known", ""),
    (N, "      columns:", "      «column: [x]\n      columns:", "'column' is not known", "did you mean 'columns'?"),
    (F, "  question: Is", "  «qestion: x\n  question: Is", "'qestion' is not known", "did you mean 'question'?"),
    (N, "  programs: [alpha]", "  programs: «{a: b}", "a list was expected", ""),
    (P, "  when: {likes: math}", "  when: «math", "a mapping (key: value) was expected", ""),
    (D, "degrees: [ml, ds]", "degrees: «{ml: ds}", "a list was expected", ""),
    (D, "scale: {strong: 3,", "scale: {strong: «much,", "number", ""),
])
def test_a_key_or_value_that_does_not_belong_there(broken, file, old, new, message, hint):
    problem = broken(file, old, new).here()
    assert message in problem.message
    assert hint in problem.hint


@pytest.mark.parametrize(("file", "old", "new", "key"), [
    (K, "{type: number, label: credits}", "«{label: credits}", "type"),
    (K, "{type: number, label: credits}", "«{type: number}", "label"),
    (T, "{label: Python, phrases: [python]}", "«{label: Python}", "phrases"),
    (D, "margins: {close: 1, ahead: 2}", "margins: «{close: 1}", "ahead"),
    (C, '  say: "{program.name} expects {program.expects}."\n', "", "say"),
    (V, "{label: I do, means", "«{means", "label"),
    (D, "    because: you like numbers\n", "", "because"),
])
def test_a_key_that_is_missing_is_told_where_it_is_missing(little, file, old, new, key):
    mark = little.change(file, old, new)
    problem = next(p for p in little.problems() if p.message == f"the key {key!r} is missing")
    assert problem.file == file
    if "«" in new:
        assert (problem.line, problem.column) == mark


@pytest.mark.parametrize(("file", "old", "new", "message"), [
    (N, '    - say: "{program.name} costs {program.tuition}."\n', "    - «say: one\n      list: [two]\n", "a block has one of: say, list, table, ask"),
    (N, "    - table: program\n", "    - «limit: 3\n", "a block has one of: say, list, table, ask"),
    (N, "    - table: program\n", "    - «say: program\n", "where, ids, columns, sort and limit belong to a table"),
    (N, "    - table: program\n", "    - «table: program\n      limit: 0\n", "limit is how many rows are shown: 1 or more"),
    (F, "    - say: It takes work.\n", "    - «say: It {takes work.\n", "expected '}'"),
    (F, "    - say: It takes work.\n", "    - «say: It }takes work.\n", "Single '}'"),
    (F, "    - say: It takes work.\n", "    - «say: It {program.name:>9} work.\n", "a path stands alone between braces"),
    (F, "    - say: It takes work.\n", "    - «say: It {} work.\n", "a path stands alone between braces"),
    (F, "  question: Is it hard?\n", "", "an intent needs examples of how students say it"),
])
def test_a_block_or_an_intent_that_makes_no_sense(little, file, old, new, message):
    mark = little.change(file, old, new)
    (problem,) = little.problems()
    assert message in problem.message
    assert problem.file == file
    if "«" in new:
        assert (problem.line, problem.column) == mark


def test_an_intent_without_answer_and_action(little):
    little.write(F, "hard:\n  question: Is it hard?\n")
    (problem,) = little.problems()
    assert (problem.line, problem.column) == (2, 3)
    assert problem.message == "an intent needs an answer, or an action (does: ...)"


# ---------------------------------------------------------------- names that lead nowhere
@pytest.mark.parametrize(("file", "old", "new", "message", "hint"), [
    (D, "when: {likes: math}", "when: {likes: «maths}", "no topic 'maths'", "did you mean 'math'?"),
    (D, "favors: {ml: strong}", "favors: {«mll: strong}", "no degree 'mll'", "did you mean 'ml'?"),
    (D, "source: guide/fields", "source: «guide/feilds", "guide has no section 'feilds'", "did you mean 'fields'?"),
    (P, "when: {refuses: gre}", "when: {refuses: «gree}", "no topic 'gree'", "did you mean 'gre'?"),
    (P, "when: {refuses: gre}", "when: {«refuse: gre}", "no stance or slot 'refuse'", "did you mean 'refuses'?"),
    (P, "require: {program.gre: not_required}", "require: {«program.gree: not_required}", "no attribute of a program 'gree'", "did you mean 'gre'?"),
    (P, "require: {program.gre: not_required}", "require: {program.gre: «not_requird}", "no value of gre 'not_requird'", "did you mean 'not_required'?"),
    (P, "require: {program.gre: not_required}", "require: {«programm.gre: not_required}", "no kind 'programm'", "did you mean 'program'?"),
    (P, "favors: {alpha: strong}", "favors: {«alpa: strong}", "no program 'alpa'", "did you mean 'alpha'?"),
    (P, "disfavors: {beta: some}", "disfavors: {«vision: some}", "no program 'vision'", ""),
    (P, "  source: guide/tests", "  source: «guide/test", "guide has no section 'test'", "did you mean 'tests'?"),
    (C, "when: {program.expects:", "when: {«program.expect:", "no attribute of a program 'expect'", "did you mean 'expects'?"),
    (C, '  say: "{program.name} expects {program.expects}."', '  say: «"{program.name} expects {program.expect}."', "a program has no 'expect'", "expects"),
    (C, '  say: "{program.name} expects', '  say: «"{programm.name} expects', "{programm.name} leads nowhere", "did you mean 'program'?"),
    (C, "  source: guide/tests", "  source: «gide", "no source 'gide'", "did you mean 'guide'?"),
    (V, "when: {likes: python}", "when: {likes: «pyton}", "no topic 'pyton'", "did you mean 'python'?"),
    (V, "means: {likes: [math]}", "means: {likes: «[maths]}", "no topic 'maths'", "did you mean 'math'?"),
    (V, "means: {avoids: math}", "means: {«avoid: math}", "no stance 'avoid'", "did you mean 'avoids'?"),
    (V, "  covered_by: [math]", "  covered_by: «[meth]", "no topic 'meth'", "did you mean 'math'?"),
    (N, '    - say: "{program.name} costs {program.tuition}."', '    - «say: "{program.name} costs {program.tution}."', "a program has no 'tution'", "tuition"),
    (N, '    - say: "{program.name} costs', '    - «say: "{alfa.name} costs', "{alfa.name} leads nowhere", "did you mean 'alpha'?"),
    (N, '    - say: "{program.name} costs', '    - «say: "{program} costs', "{program} leads nowhere", ""),
    (N, "when: {program.tuition: known}", "when: {«program.tution: known}", "no attribute of a program 'tution'", "did you mean 'tuition'?"),
    (N, "      where: {program.gre: not_required}", "      where: {program.gre: «maybe}", "no value of gre 'maybe'", ""),
    (N, "      where: {program.gre: not_required}", "      where: «{credits: between 3}", "between needs two numbers", ""),
    (N, "    - table: program", "    - table: «progam", "no kind 'progam'", "did you mean 'program'?"),
    (N, "columns: [tuition, gre]", "columns: «[tuition, gree]", "no attribute of a program 'gree'", "did you mean 'gre'?"),
    (N, "ids: [alpha, beta]", "ids: «[alpha, bta]", "no program 'bta'", "did you mean 'beta'?"),
    (N, "  programs: [alpha]", "  programs: «[alpa]", "no program 'alpa'", "did you mean 'alpha'?"),
    (N, "      source: guide/costs", "      source: «guide/cost", "guide has no section 'cost'", "did you mean 'costs'?"),
    (F, "      source: guide/fields", "      source: «giude/fields", "no source 'giude'", "did you mean 'guide'?"),
    (W, "empty: Say something.", "empty: «Say {something.", "expected '}'", ""),
])
def test_a_name_that_leads_nowhere(broken, file, old, new, message, hint):
    problem = broken(file, old, new).here()
    assert message in problem.message
    assert hint in problem.hint


def test_a_column_to_sort_by_that_does_not_exist(little):
    little.change(N, "      sort: tuition", "      sort: tution")
    assert [(p.message, p.hint) for p in little.problems()] == [("no attribute of a program 'tution'", "did you mean 'tuition'?")]


def test_a_wrong_group_of_any_is_told_at_its_when(little):
    little.change(P, "when: {refuses: gre}", "when: {any: [{refuses: gre}, {likes: nothing}]}")
    (problem,) = little.problems()
    assert (problem.file, problem.line, problem.message) == (P, 2, "no topic 'nothing'")


@pytest.mark.parametrize(("file", "old", "new", "message"), [
    (N, "when: {program.tuition: known}", "when: {program.name: «Alpha}", "name is a text: it can be known or unknown, anything else never holds"),
    (N, "when: {program.tuition: known}", "when: {program.length: «not long}", "length is a text: it can be known or unknown, anything else never holds"),
    (N, "when: {program.tuition: known}", "when: {program.tuition: «7000}", "tuition is a figure: test it by exactly, at most, at least, under, over, about or between"),
    (N, "when: {program.tuition: known}", "when: {program.gre: «at most 3}", "gre is no figure, so 'at most' never holds"),
    (N, "when: {program.tuition: known}", "when: {program.gre: «declined}", "only an answer of the student's can be declined (gre is a column)"),
    (N, "when: {program.tuition: known}", "when: {«field.summary: known}", "no field can be tested here, so this never holds"),
    (N, "when: {program.tuition: known}", "when: {likes: «at most 3}", "likes takes topics, not 'at most'"),
    (N, "when: {program.tuition: known}", "when: {numbers: «over 3}", "an answer is one of its choices, known, unknown or declined, not 'over'"),
    (N, "when: {program.tuition: known}", "when: {tuition: «at most 3}", "a limit of the student's is known or unknown; anything else never holds (tuition)"),
    (N, "where: {program.gre: not_required}", "where: {gre: «maybe}", "no value of gre 'maybe'"),
    (N, "where: {program.gre: not_required}", "where: {«gree: required}", "no attribute of a program 'gree'"),
    (N, "where: {program.gre: not_required}", "where: {«field.name: known}", "no field can be tested here, so this never holds"),
    (N, "where: {program.gre: not_required}", 'where: {program.expects: «"any of {has}"}', "{has}: nothing of the student's can be named here"),
    (N, "where: {program.gre: not_required}", "where: {strong_in: «visions}", "no field 'visions'"),
    (N, "ids: [alpha, beta]", "ids: «[alpha, vision]", "no program 'vision'"),
    (N, "  programs: [alpha]", "  programs: «[vision]", "no program 'vision'"),
    (P, "when: {refuses: gre}", "when: {«program.gre: required}", "no program can be tested here, so this never holds"),
    (P, "require: {program.gre: not_required}", "require: {«any: [{gre: not_required}]}", "any is not read in a limit"),
    (P, "require: {program.gre: not_required}", "require: «{tuition: at most nan}", "a number was expected, not 'nan'"),
    (D, "when: {likes: math}", "when: {«has: math}", "no stance or slot 'has'"),
    (D, "factors: {likes: 1, wants: 1, avoids: -1, refuses: -1,", "factors: «{likes: 1, wants: 1, refuses: -1,", "factors lacks avoids"),
    (V, "limits: {tuition: at most 25000}", "limits: {gre: «maybe}", "no value of gre 'maybe'"),
    (V, "  about: programs\n", "  about: programs\n  splits: «[mll]\n", "no degree 'mll'"),
    (T, "phrases: [python]}", "phrases: [python], suggests: {withdraws: «tution}}", "no attribute of a program 'tution'"),
    (K, "{type: number, label: credits}", "{type: number, label: credits, page: «pge}", "no attribute of a program 'pge'"),
    (K, "{type: number, label: credits}", "{type: number, label: credits, sort_key: «crdits}", "no attribute of a program 'crdits'"),
    (K, "{type: number, label: credits}", "{type: number, label: credits, general: some, general_source: «guid/costs}", "no source 'guid'"),
    (K, "{type: number, label: credits}", "{type: number, label: credits, bands: {low: {words: [few], test: «at most few}}}", "a number was expected, not 'few'"),
    (K, "{of: tuition, by: credits,", "{of: tuition, by: «length,", "length is no figure, so nothing can be worked out from it"),
    (K, "  columns: [name, tuition]", "  columns: [name, tuition]\n  not_held: {other: {name: Other, aliases: [o], near: «alfa}}", "no program 'alfa'"),
    (K, "  columns: [name, tuition]", "  columns: [name, tuition]\n  with_verdict: «sumary", "no attribute of a program 'sumary'"),
    (C, '  say: "{program.name} expects', '  say: «"{program.nme} expects', "a program has no 'nme' (in {program.nme})"),
    (C, '  say: "{program.name} expects', '  say: «"{ expects', "unexpected '{' in field name"),
    ("data/sources.yaml", "guide:\n", "rumor: «hearsay\nguide:\n", "a mapping (key: value) was expected"),
])
def test_what_can_never_hold_or_be_told(broken, file, old, new, message):
    assert broken(file, old, new).here().message == message


@pytest.mark.parametrize(("file", "old", "new"), [
    (N, "when: {program.tuition: known}", "when: {program.length: known, likes: [math, python], numbers: [yes, no], budget: declined, tuition: unknown}"),
    (N, "where: {program.gre: not_required}", "where: {gre: [required, not_required], tuition: under 80k, any: [{credits: exactly 30}, {strong_in: not vision}]}"),
    (C, 'when: {program.expects: "any of {lacks}"}', 'when: {program.tuition: "over {tuition}"}'),
    (P, "require: {program.gre: not_required}", "require: {gre: not_required, tuition: at most 30000}"),
    (D, "when: {likes: math}", "when: {numbers: yes}"),
    (T, "phrases: [python]}", "phrases: [python], suggests: {field: vision, withdraws: tuition}}"),
])
def test_what_does_hold_is_let_be(little, file, old, new):
    little.change(file, old, new)
    little.read()


@pytest.mark.parametrize(("file", "old", "new"), [
    (T, "{label: Python, phrases: [python]}", "{label: Python}"), (D, "    because: you like numbers\n", ""), (V, "- question: numbers\n", "- qestion: numbers\n"),
    ("data/official.yaml", "title: Alpha's page, ", ""), (F, "  question: Is it hard?\n", ""), ("data/fields.yaml", "vision:\n  name: Vision\n  summary: pictures\n", "vision: pictures\n"),
    (K, "  plural: fields\n", ""),
])
def test_a_file_of_which_something_is_missing_breaks_no_other(little, file, old, new):
    little.change(file, old, new)
    assert {problem.file for problem in little.problems()} == {file}


@pytest.mark.parametrize("file", [K, "data/sources.yaml", T, "rules/words.yaml", "rules/stances.yaml", D, W, "data/programs.yaml", "data/fields.yaml", "data/official.yaml", V])
def test_a_file_that_is_gone_is_told_once(little, file):
    (little.root / file).unlink()
    (problem,) = little.problems()
    assert (problem.file, problem.line, problem.message.partition(":")[0]) == (file, 1, "cannot be read")


@pytest.mark.parametrize(("file", "old", "new"), [
    pytest.param(D, "when: {likes: math}", "when: {«comitment: unsure}", id="slot of a degree rule"),
    pytest.param(D, "disfavors: {ds: some}", "disfavors: {«dss: some}", id="degree that a rule disfavors"),
    pytest.param(V, "  amount: tuition", "  amount: «tution", id="column that an amount answers"),
    pytest.param(V, "limits: {tuition: at most 25000}", "limits: {«tution: at most 25000}", id="column of an answer's limit"),
    pytest.param(V, "limits: {tuition: at most 25000}", "limits: {tuition: «at most cheap}", id="test of an answer's limit"),
    pytest.param(T, "{label: Python, phrases: [python]}", "{label: Python, phrases: [python], suggests: {«feild: vision}}", id="kind that a topic suggests"),
    pytest.param(T, "{label: Python, phrases: [python]}", "{label: Python, phrases: [python], suggests: {field: «vison}}", id="thing that a topic suggests"),
    pytest.param(K, "columns: [name, tuition]", "columns: «[name, tution]", id="column that a table shows"),
    pytest.param(K, "{of: tuition, by: credits,", "{of: «tution, by: credits,", id="column of a worked-out figure"),
    pytest.param(K, "{type: list, of: field, label: strengths}", "{type: list, of: «feild, label: strengths}", id="kind of a list's items"),
    pytest.param(K, "{type: number, label: credits}", "{type: number, label: credits, with: «[tution]}", id="column shown along"),
    pytest.param(K, "near: 5%", "near: «little", id="share that is none"),
    pytest.param(N, "  chips: [What else?]", "  does: «recomend\n  chips: [What else?]", id="action of an intent"),
    pytest.param(C, 'when: {program.expects: "any of {lacks}"}', 'when: {program.expects: «"any of {laks}"}', id="list of the student's"),
    pytest.param(P, "require: {program.gre: not_required}", 'require: {program.tuition: «"at most {bugdet}"}', id="slot of a bound"),
    pytest.param(W, "empty: Say something.", "«emptty: Say something.", id="sentence that is missing"),
])
def test_more_names_that_lead_nowhere(broken, file, old, new):
    assert broken(file, old, new).here().message


def test_a_place_of_a_sentence_that_nothing_fills(tmp_path):
    shutil.copytree(ROOT / "data", tmp_path / "data")
    shutil.copytree(ROOT / "rules", tmp_path / "rules")
    path = tmp_path / W
    path.write_text(path.read_text().replace('"{first} and {second} differ', '"{frist} and {second} differ'))
    with pytest.raises(PackError):
        read_pack(tmp_path)


# ---------------------------------------------------------------- whole files
@pytest.mark.parametrize("file", [K, "data/sources.yaml", T, "rules/words.yaml", "rules/stances.yaml", D, W, "data/programs.yaml", "rules/common_words.txt",
                                  "data/office.yaml", C, P, V, F])
def test_a_file_that_is_gone_is_named(little, file):
    (little.root / file).unlink()
    assert (file, "cannot be read") in [(p.file, p.message.partition(":")[0]) for p in little.problems()]


@pytest.mark.parametrize(("file", "text", "message"), [
    (K, "- a\n", "a mapping (key: value) was expected in this file"), (F, "- a\n", "a mapping (key: value) was expected in this file"),
    (W, "text\n", "a mapping (key: value) was expected in this file"), (P, "a: b\n", "a list (lines that begin with -) was expected in this file"),
    (A, "name: x\n", "a list (lines that begin with -) was expected in this file"), (C, "text\n", "a list (lines that begin with -) was expected in this file"),
])
def test_a_file_of_the_wrong_shape(little, file, text, message):
    little.write(file, text)
    assert (file, 1, 1, message) in [(p.file, p.line, p.column, p.message) for p in little.problems()]


def test_files_may_be_empty_where_nothing_need_be_said(little):
    for file in (A, C, P, V, F, "data/official.yaml"):
        little.write(file, "# nothing yet\n")
    pack = little.read()
    assert (pack.office, pack.cautions, pack.program_rules, pack.interview, pack.conflicts) == ((), (), (), (), ())


def test_whom_to_contact(little):
    little.write(A, "- name: Advising\n  email: a@b.example\n  phone: +1 555 0100\n  for: money\n")
    (entry,) = little.read().office
    assert (entry.name, entry.phone, entry.for_) == ("Advising", "+1 555 0100", ("money",))
    little.write(A, "- nam: Advising\n")
    assert {(p.line, p.column, p.message) for p in little.problems()} == {(1, 3, "the key 'name' is missing"), (1, 3, "the key 'nam' is not known here")}


def test_an_intent_that_two_files_have(little):
    little.write("rules/intents/more.yaml", "other: {examples: [a], does: more}\ncost.help: {examples: [b], does: more}\n")
    (problem,) = little.problems()
    assert (problem.file, problem.line, problem.column) == ("rules/intents/more.yaml", 2, 1)
    assert problem.message == "the intent 'cost.help' exists already"


def test_a_new_file_of_intents_is_read(little):
    little.write("rules/intents/more.yaml", "other: {examples: [a], does: more}\n")
    assert list(little.read().intents) == ["cost.help", "other", "faq.hard"]


def test_a_folder_that_is_no_pack(tmp_path):
    with pytest.raises(PackError, match="is no pack"):
        read_pack(tmp_path)


# ---------------------------------------------------------------- all at once
def test_all_problems_of_all_files_are_told_in_order_and_counted(little):
    little.change(K, "  plural: fields", "  plurl: fields")
    little.change(P, "  broken: it", "  brokn: it")
    little.change(C, "  say: ", "  sya: ")
    little.write(W, "a: b\na: c\n")
    little.write("data/programs.yaml", b"\xff")
    little.change(F, "  question: Is", "\tquestion: Is")
    with pytest.raises(PackError) as raised:
        little.read()
    problems = raised.value.problems
    assert {p.file for p in problems} >= {K, P, C, W, F, "data/programs.yaml"}
    assert list(problems) == sorted(problems)
    text = str(raised.value)
    assert text.endswith(f"{len(problems)} problems in the pack")
    assert all(f"{p.file}:{p.line}:{p.column}: {p.message}" in text for p in problems)


def test_all_cross_checks_are_told_at_once(little):
    little.change(D, "favors: {ml: strong}", "favors: {mm: strong}")
    little.change(P, "favors: {alpha: strong}", "favors: {gamma: strong}")
    little.change(P, "when: {refuses: gre}", "when: {refuses: [gree, maths]}")
    little.change(C, "source: guide/tests", "source: guide/none")
    little.change(N, "columns: [tuition, gre]", "columns: [tution, gree]")
    assert sorted(p.message for p in little.problems()) == [
        "guide has no section 'none'", "no attribute of a program 'gree'", "no attribute of a program 'tution'", "no degree 'mm'",
        "no program 'gamma'", "no topic 'gree'", "no topic 'maths'"]


def test_the_shipped_pack_broken_in_one_place_says_exactly_that(tmp_path):
    shutil.copytree(ROOT / "data", tmp_path / "data")
    shutil.copytree(ROOT / "rules", tmp_path / "rules")
    path = tmp_path / "data/programs.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    row = next(i for i, line in enumerate(lines) if line.startswith("  tuition:"))
    lines[row] = lines[row].replace("tuition", "tution")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(PackError) as raised:
        read_pack(tmp_path)
    (problem,) = raised.value.problems
    assert (problem.file, problem.line, problem.column, problem.hint) == ("data/programs.yaml", row + 1, 3, "did you mean 'tuition'?")
    assert problem.source_line == lines[row]


def test_a_kind_that_questions_are_about_but_that_is_none_is_told_alone(little):
    little.change("rules/words.yaml", '"default_kind": "program"', '"default_kind": "programm"')
    (problem,) = little.problems()
    assert (problem.message, problem.hint) == ("no kind 'programm'", "did you mean 'program'?")
