"""The schools' own pages stand beside the facts, never in their place; what is volatile and undated is never told."""

from __future__ import annotations

import pytest

from advisor.knowledge.facts import Citation
from advisor.knowledge.official import OfficialFact


def test_a_dated_statement_fills_an_empty_cell_and_is_marked(little):
    alpha = little.read().things["alpha"]
    fact = alpha.fact("deadline")
    assert (fact.official, fact.value.text, fact.as_of) == (True, "1 March", "2025")
    assert fact.citations == (Citation("alpha-page"),)
    assert fact.say == "applications are due on 1 March"
    assert alpha.beside["deadline"][0].say == fact.say


def test_what_is_volatile_and_undated_is_not_in_the_pack_at_all(little):
    beta = little.read().things["beta"]
    assert beta.fact("deadline") is None
    assert "deadline" not in beta.beside
    assert "1 May" not in repr(beta)


@pytest.mark.parametrize(("dated", "volatile", "tell", "told"), [
    (True, True, True, True), (True, False, True, True), (False, False, True, True), (False, True, True, False), (True, False, False, False),
])
def test_what_may_be_told(dated, volatile, tell, told):
    assert OfficialFact(source="s", dated=dated, volatile=volatile, tell=tell).told is told


def test_an_undated_statement_bears_no_year(little):
    little.change("data/official.yaml", "source: alpha-page, as_of: 2025, dated: yes}", "source: alpha-page, as_of: 2025}")
    assert little.read().things["alpha"].fact("deadline").as_of == ""


def test_a_cell_that_has_a_value_is_not_replaced(little):
    little.change("data/official.yaml", "\nbeta:\n", "\nbeta:\n  gre: {value: not_required, say: the GRE is optional, source: beta-page, as_of: 2024, dated: yes}\n")
    beta = little.read().things["beta"]
    assert beta.value("gre").text == "required"
    assert [f.official for f in beta.facts["gre"]] == [False]
    assert beta.beside["gre"][0].say == "the GRE is optional"


def test_a_sentence_where_a_figure_belongs_stays_beside_the_empty_cell(little):
    little.change("data/programs.yaml", "  credits: 36\n", "")
    little.change("data/official.yaml", "\nbeta:\n", "\nbeta:\n  credits: {value: it depends, say: it depends, source: beta-page}\n")
    beta = little.read().things["beta"]
    assert beta.fact("credits") is None
    assert beta.beside["credits"][0].say == "it depends"


def test_a_figure_fills_an_empty_column_of_figures(little):
    little.change("data/programs.yaml", "  credits: 36\n", "")
    little.change("data/official.yaml", "\nbeta:\n", "\nbeta:\n  credits: {value: 33, say: it takes 33 credits, source: beta-page}\n")
    fact = little.read().things["beta"].fact("credits")
    assert (fact.value.low, fact.official) == (33, True)


def test_disagreements(little):
    pack = little.read()
    (conflict,) = pack.conflicts
    assert (conflict.thing, conflict.attribute, conflict.citation, conflict.as_of) == ("beta", "gre", Citation("beta-page"), "unknown")
    assert pack.things["beta"].value("gre").text == "required"


def test_pages_are_sources_and_unknown_dates_are_called_so(little):
    sources = little.read().sources
    assert sources["alpha-page"].label(Citation("alpha-page")) == "Alpha: Alpha's page, 2025, https://alpha.example"
    assert sources["beta-page"].label(Citation("beta-page")) == "Beta's page, undated, https://beta.example"
    assert sources["guide"].label(Citation("guide", "costs")) == "costs, 2026"


def test_the_shipped_pack_tells_nothing_that_is_volatile_and_undated(knowledge):
    pack = knowledge.pack
    hidden = {(id_, key) for id_, facts in pack.official.facts.items() for key, fact in facts.items() if fact.volatile and not fact.dated}
    assert not any(key in pack.things[id_].beside for id_, key in hidden if id_ in pack.things)
    official = [(t.id, k, f) for t in pack.things.values() for k, facts in (*t.facts.items(), *t.beside.items()) for f in facts if f.official]
    assert official, "the shipped pack has statements of the schools"
    for id_, key, fact in official:
        assert pack.official.facts[id_][key].told
        assert fact.citations[0].source in pack.official.sources
        assert (id_, key) not in hidden


def test_every_disagreement_of_the_shipped_pack_is_about_a_cell_that_is_filled(knowledge):
    pack = knowledge.pack
    for conflict in pack.conflicts:
        thing = pack.things[conflict.thing]
        assert conflict.attribute in pack.kinds[thing.kind].attributes
        assert thing.facts.get(conflict.attribute), f"{conflict.thing} has no {conflict.attribute} to disagree about"
        assert conflict.citation.source in pack.sources


@pytest.mark.parametrize(("old", "new", "message", "hint"), [
    ("source: alpha-page, as_of", "source: «alpha-pag, as_of", "no source 'alpha-pag'", "did you mean 'alpha-page'?"),
    ("volatile: yes}", "«volatle: yes}", "the key 'volatle' is not known here", "did you mean 'volatile'?"),
    ("title: Beta's page, ", "«titel: Beta's page, ", "the key 'titel' is not known here", "did you mean 'title'?"),
    ("attribute: gre,", "«atribute: gre,", "the key 'atribute' is not known here", "did you mean 'attribute'?"),
    ("dated: yes}\nbeta", "dated: «sometimes}\nbeta", "bool", ""),
])
def test_mistakes(broken, old, new, message, hint):
    problem = broken("data/official.yaml", old, new).here()
    assert message in problem.message.replace("valid boolean", "bool")
    assert hint in problem.hint


def test_a_missing_key_is_told_at_the_statement(broken):
    found = broken("data/official.yaml", "{title: Beta's page, address: https://beta.example}", "«{title: Beta's page}")
    assert found.here().message == "the key 'address' is missing"


@pytest.mark.parametrize(("old", "new"), [
    pytest.param("program: beta,", "program: «bet,", id="the program of a disagreement"),
    pytest.param("attribute: gre,", "attribute: «gr,", id="the column of a disagreement"),
    pytest.param("optional, source: beta-page,", "optional, source: «bet-page,", id="the source of a disagreement"),
    pytest.param("\nbeta:\n", "\n«beta-x:\n", id="a subject"),
    pytest.param("\nbeta:\n  deadline:", "\nbeta:\n  «deadlin:", id="a column"),
    pytest.param("\nbeta:\n", "\nbeta:\n  more: [{text: a note, say: a note, source: «bet-page}]\n", id="the source of a further note"),
])
def test_what_official_names_exists(broken, old, new):
    assert broken("data/official.yaml", old, new).here().message


def test_a_wrong_source_under_occupations_has_its_place(broken):
    found = broken("data/official.yaml", "\nbeta:\n", "\noccupations:\n  vision:\n    summary: {value: x, say: x, source: «gone}\nbeta:\n")
    assert found.here().message == "no source 'gone'"


@pytest.mark.parametrize("text", [
    "sources: none\n",
    "sources: [a]\n",
    "occupations: [a]\n",
    "alpha: {more: 3}\n",
    "alpha: text\n",
    "- a\n",
    "text\n",
    "conflicts: a\n",
])
def test_a_file_of_the_wrong_shape_is_problems_not_a_crash(little, text):
    little.write("data/official.yaml", text)
    assert all(p.file == "data/official.yaml" for p in little.problems())
