"""Rows of a kind as things: facts with their sources, lists, cases, notes, and what is said of mistakes."""

from __future__ import annotations

import pytest

from advisor.knowledge.facts import Citation, citation
from advisor.knowledge.records import texts


def test_a_value_takes_the_source_of_its_file_and_one_of_its_own_instead(little):
    alpha = little.read().things["alpha"]
    assert alpha.fact("tuition").citations == (Citation("guide", "costs"),)
    assert alpha.facts["strong_in"][0].citations == (Citation("guide", "fields"),)
    assert alpha.facts["strong_in"][1].citations == (Citation("guide", "costs"),)
    assert alpha.fact("gre").citations == (Citation("guide", "costs"), Citation("guide", "tests")), "`also` adds one"


def test_a_row_may_name_the_source_of_all_its_values(little):
    little.change("data/programs.yaml", "beta:\n  name: Beta\n", "beta:\n  source: [guide/tests, guide]\n  name: Beta\n")
    assert little.read().things["beta"].fact("credits").citations == (Citation("guide", "tests"), Citation("guide"))


def test_names_and_aliases(little):
    little.change("data/programs.yaml", "aliases: [alf]", "aliases: Alf\n  caps: [AL]\n  full_name: Alpha College\n  see: {field: vision}")
    alpha = little.read().things["alpha"]
    assert (alpha.id, alpha.kind, alpha.name, alpha.full_name) == ("alpha", "program", "Alpha", "Alpha College")
    assert (alpha.aliases, alpha.caps, dict(alpha.see)) == (("Alf",), ("AL",), {"field": "vision"})


def test_an_item_of_a_list_may_have_a_note_and_the_value_has_all_items(little):
    alpha = little.read().things["alpha"]
    assert [f.note for f in alpha.facts["strong_in"]] == ["a lab of its own", ""]
    assert alpha.value("strong_in").items == ("vision", "language")
    assert alpha.value("expects").items == ("math", "python")


def test_a_list_may_share_what_is_beside_it(little):
    little.change("data/programs.yaml", "expects: [math, python]",
                  "expects: {value: [math, {value: python, weak: yes}], source: guide/tests, note: both}")
    facts = little.read().things["alpha"].facts["expects"]
    assert [(f.value.items, f.weak, f.note, f.citations) for f in facts] == [
        (("math",), False, "both", (Citation("guide", "tests"),)), (("python",), True, "both", (Citation("guide", "tests"),))]


def test_a_list_may_say_its_item_in_other_words(little):
    little.change("data/programs.yaml", "    - language\n", "    - {value: language, say: the study of language}\n")
    fact = little.read().things["alpha"].facts["strong_in"][1]
    assert (fact.value.items, fact.value.text) == (("language",), "the study of language")


def test_of_several_cases_the_usual_one_is_told_first(little):
    alpha = little.read().things["alpha"]
    assert [(f.for_, f.value.text) for f in alpha.facts["length"]] == [("full time", "2 years"), ("beside a job", "4 years")]
    assert alpha.fact("length").for_ == "beside a job"
    assert alpha.value("length").text == "4 years"


def test_without_a_usual_one_the_first_is_told(little):
    little.change("data/programs.yaml", "usual: yes, ", "")
    assert little.read().things["alpha"].fact("length").for_ == "full time"


def test_what_was_not_found_keeps_where_it_was_looked_for_and_is_no_value(little):
    little.write("data/official.yaml", "")
    alpha = little.read().things["alpha"]
    assert alpha.fact("deadline").looked_in == "guide/tests"
    assert alpha.value("deadline") is None
    assert little.read().things["beta"].value("deadline") is None
    assert little.read().things["beta"].fact("deadline") is None


def test_a_reading_of_ours_says_from_what(little):
    little.change("data/programs.yaml", "credits: 36", "credits: {value: 36, inferred: from its length}")
    assert little.read().things["beta"].fact("credits").inferred == "from its length"


@pytest.mark.parametrize(("old", "new", "message", "hint"), [
    ("  credits: 36", "  «credts: 36", "a program has no attribute 'credts'", "credits"),
    ("  credits: 36", "  «zzzz: 36", "a program has no attribute 'zzzz'", "declare it in data/kinds.yaml"),
    ("gre: required", "gre: «requird", "one of required, not_required was expected, not 'requird'", "did you mean 'required'?"),
    ("credits: 36", "credits: «many", "a number was expected", ""),
    ("tuition: 75,000+", "tuition: «dear", "a sum of money was expected", ""),
    ("tuition: 75,000+", "tuition: «[1, 2]", "one value was expected, a list was found", ""),
    ("credits: 36", "credits: {value: «many, note: so many}", "a number was expected", ""),
    ("credits: 36", "credits: {value: 36, «nte: x}", "the key 'nte' is not known in a fact", "did you mean 'note'?"),
    ("credits: 36", "credits: «{note: 36}", "needs `value`", ""),
    ("credits: 36", "credits: {value: «{value: 36}}", "a value was expected, not a mapping", ""),
    ("  name: Beta\n", "  full_name: Beta\n", "has no name", "name"),
    ("value: 2 years}", "«vale: 2 years}", "the key 'vale' is not known in a fact", "value"),
    ("    - language\n", "    - «langage\n", "no field 'langage'", "did you mean 'language'?"),
    ("{value: vision,", "{value: «alpha,", "no field 'alpha'", ""),
    ("source: guide/costs\n", "source: «guid/costs\n", "no source 'guid'", "did you mean 'guide'?"),
    ("also: guide/tests", "also: «guide/test", "guide has no section 'test'", "did you mean 'tests'?"),
])
def test_mistakes_of_a_row(little, old, new, message, hint):
    mark = little.change("data/programs.yaml", old, new)
    problems = [p for p in little.problems() if message in p.message]
    assert problems, little.problems()
    assert hint in problems[0].hint
    assert all(p.file == "data/programs.yaml" for p in problems)
    if "«" in new and not message.startswith(("no field", "no source", "guide has")):  # cross-checks point at the cell
        assert [(p.line, p.column) for p in problems] == [mark]


def test_a_cross_check_points_into_the_row(little):
    mark = little.change("data/programs.yaml", "    - language\n", "    - «langage\n")
    (problem,) = little.problems()
    assert problem.line in (mark[0], mark[0] - 1), "the list begins a line above"


def test_a_row_without_a_name_is_placed_at_its_id(broken):
    found = broken("data/programs.yaml", "beta:\n  name: Beta\n", "«beta:\n")
    assert found.here().message == "this program has no name"


def test_a_row_that_is_no_mapping_and_a_file_that_is_none(little):
    little.write("data/fields.yaml", "source: guide\nvision: pictures\n")
    assert ("data/fields.yaml", 2, 9, "a field is a mapping of attributes") in [(p.file, p.line, p.column, p.message) for p in little.problems()]
    little.write("data/fields.yaml", "- vision\n")
    assert "a mapping of fields was expected" in [p.message for p in little.problems()]


def test_an_id_that_two_kinds_share(little):
    little.change("data/fields.yaml", "language:\n", "alpha:\n")
    taken = next(p for p in little.problems() if "taken" in p.message)
    assert (taken.file, taken.line, taken.column) == ("data/fields.yaml", 5, 1)


def test_helpers():
    assert texts("a") == ("a",)
    assert texts(["a", "b"]) == ("a", "b")
    assert texts("") == texts(None) == ()
    assert citation("guide/costs") == Citation("guide", "costs")
    assert citation("guide") == Citation("guide")
    assert citation("guide/a/b") == Citation("guide", "a/b")
