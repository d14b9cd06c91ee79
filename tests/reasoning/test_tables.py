"""The evaluator of questions: three-valued conditions, ties, borderline figures, polarity, relaxations."""

from __future__ import annotations

from advisor.knowledge.build import made
from advisor.knowledge.conditions import Test, parse_test
from advisor.knowledge.facts import Fact, Thing
from advisor.knowledge.holds import holds
from advisor.knowledge.kinds import Kind
from advisor.knowledge.queries import Query, Sort, Where
from advisor.knowledge.values import Value, parse_value
from advisor.reasoning.tables import TableAnswer, evaluate

KIND = made(Kind, {
    "plural": "schools", "file": "schools.yaml",
    "attributes": {
        "price": {"type": "money", "label": "price", "better": "lower", "near": "5%"},
        "credits": {"type": "number", "label": "credits"},
        "exam": {"type": "choice", "label": "exam", "values": {
            "required": {"say": "requires it", "yes_no": "yes"}, "optional": {"say": "makes it optional", "yes_no": "depends"},
            "not_required": {"say": "does without", "yes_no": "no"}}},
        "fields": {"type": "list", "label": "fields"},
        "pay": {"type": "money", "label": "pay", "reads": "reach", "better": "higher"},
        "outlook": {"type": "choice", "label": "outlook", "scale": ["moderate", "high"], "values": {"moderate": {"say": "m"}, "high": {"say": "h"}}},
    },
    "derived": {"per_credit": {"of": "price", "by": "credits"}},
})
ROWS = {
    "a": {"price": "about $7,000", "credits": "30", "exam": "not_required", "fields": ["x", "y"], "pay": "$100,000 to $150,000", "outlook": "high"},
    "b": {"price": "about $21,000", "credits": "32", "exam": "optional", "fields": ["x"], "pay": "$120,000 to $200,000", "outlook": "moderate"},
    "c": {"price": "about $75,000", "credits": "30", "exam": "required", "fields": ["y"]},
    "d": {"price": "at least about $75,000", "credits": "varies", "exam": "required"},
    "e": {"price": "about $54,000", "credits": "30", "exam": "unknown"},
}


def _value(key: str, raw: object) -> Value:
    attribute = KIND.attributes[key]
    return parse_value(attribute.type, raw, tuple(attribute.values))


THINGS = {id_: Thing(id_, "school", id_.upper(), facts={key: (Fact(_value(key, raw)),) for key, raw in row.items()}) for id_, row in ROWS.items()}


def where(key: str, test: str | list[str]) -> Where:
    return Where(key, parse_test(test))


def ask(query: Query, order: tuple[str, ...] = ()) -> TableAnswer:
    return evaluate(query, {"school": KIND}, THINGS, order)


def test_fits_set_aside_and_broken_are_kept_apart() -> None:
    answer = ask(Query("which", "school", where=(where("price", "at most 80000"), where("exam", "required"))))
    assert answer.fits == ("c",)
    assert answer.set_aside == (("d", ("price",)), ("e", ("exam",)))  # "75,000 or more" against 80,000; a missing cell
    assert [id_ for id_, _ in answer.broken] == ["a", "b"]
    assert answer.broken[0][1] == (where("exam", "required"),)


def test_a_price_over_the_limit_is_out_and_one_just_under_it_is_borderline() -> None:
    answer = ask(Query("which", "school", where=(where("price", "at most 53999"),)))
    assert "e" not in answer.fits
    answer = ask(Query("which", "school", where=(where("price", "at most 55000"),)))
    assert answer.fits == ("a", "b", "e") and answer.borderline == ("e",)
    assert ask(Query("which", "school", where=(where("price", "under 54000"),))).fits == ("a", "b")


def test_lists_come_cheapest_first_unless_an_order_is_given() -> None:
    assert ask(Query("which", "school", where=(where("exam", ["optional", "not_required"]),))).fits == ("a", "b")
    assert ask(Query("which", "school", where=(where("exam", ["optional", "not_required"]),)), order=("b", "a")).fits == ("b", "a")


def test_extremes_tell_ties_and_count_places() -> None:
    top = ask(Query("extreme", "school", sort=Sort("price", "higher")))
    assert set(top.extreme) == {"c", "d"}
    assert ask(Query("extreme", "school", sort=Sort("price", "lower"), nth=2)).extreme == ("b",)
    assert ask(Query("extreme", "school", sort=Sort("price", "lower"), limit=2)).extreme == ("a", "b")
    fewest = ask(Query("extreme", "school", sort=Sort("credits", "lower")))
    assert fewest.extreme == ("a", "e", "c") and fewest.unranked == ("d",)
    assert ask(Query("extreme", "school", sort=Sort("outlook", "higher"))).extreme == ("a",)
    assert ask(Query("extreme", "school", sort=Sort("price", "lower"), where=(Where("id", Test("not", ("a",))),))).extreme == ("b",)


def test_a_range_that_says_what_can_be_reached() -> None:
    assert ask(Query("which", "school", where=(where("pay", "over 180000"),))).fits == ("b",)
    assert ask(Query("extreme", "school", sort=Sort("pay", "higher"))).extreme == ("b",)
    assert ask(Query("which", "school", where=(where("pay", "under 160000"),))).fits == ("a",)


def test_yes_no_has_the_polarity_of_the_value() -> None:
    said = dict(ask(Query("yes_no", "school", tuple(ROWS), ("exam",), wanted=("required",))).polarity)
    assert said == {"a": "no", "b": "depends", "c": "yes", "d": "yes", "e": "unknown"}
    said = dict(ask(Query("yes_no", "school", tuple(ROWS), ("exam",), wanted=("not_required",))).polarity)
    assert said == {"a": "yes", "b": "depends", "c": "no", "d": "no", "e": "unknown"}
    assert ask(Query("yes_no", "school", ("a",), ("fields",), wanted=("y",))).polarity == (("a", "yes"),)


def test_yes_no_on_figures_and_orders() -> None:
    assert ask(Query("yes_no", "school", ("d",), ("price",), (where("price", "at most 80000"),))).polarity == (("d", "unknown"),)
    assert ask(Query("yes_no", "school", ("e",), ("price",), (where("price", "over 50000"),))).polarity == (("e", "yes"),)
    assert ask(Query("yes_no", "school", ("a",), ("price",), sort=Sort("price", "lower"))).polarity == (("a", "yes"),)
    assert ask(Query("yes_no", "school", ("b", "a"), ("price",), sort=Sort("price", "lower"))).polarity == (("b", "no"),)
    of_cheapest = ask(Query("yes_no", "school", (), ("exam",), sort=Sort("price", "lower"), wanted=("required",)))
    assert of_cheapest.polarity == (("a", "no"),)


def test_derived_figures_differences_and_averages_need_closed_cells() -> None:
    answer = ask(Query("per_unit", "school", ("a", "d"), ("per_credit",)))
    assert dict(answer.per_unit) == {"a": 7000 / 30, "d": None}
    assert ask(Query("difference", "school", ("a", "b"), ("price",))).difference == 14000
    assert ask(Query("difference", "school", ("a", "d"), ("price",))).difference is None
    mean = ask(Query("average", "school", attributes=("price",)))
    assert mean.average == (7000 + 21000 + 75000 + 54000) / 4 and mean.unranked == ("d",)


def test_relaxations_are_minimal() -> None:
    cheap, exam, field = where("price", "under 10000"), where("exam", "required"), where("fields", ["y"])
    answer = ask(Query("which", "school", where=(cheap, exam, field)))
    assert not answer.fits
    assert [(r.dropped, r.ids) for r in answer.relaxations] == [((cheap,), ("c",)), ((exam,), ("a",))]
    two = ask(Query("which", "school", where=(where("price", "under 5000"), where("exam", "optional"), where("fields", ["y"]))))
    assert two.relaxations and all(len(r.dropped) == 2 for r in two.relaxations)


def test_wishes_order_and_do_not_exclude() -> None:
    wish = Where("exam", Test("is", ("optional",)), must=False)
    assert ask(Query("which", "school", where=(where("price", "under 60000"), wish))).fits[0] == "b"


def test_counts_scopes_and_open_tests() -> None:
    assert ask(Query("count", "school", where=(where("exam", "required"),))).count == 2
    assert ask(Query("which", "school", where=(where("exam", "required"),), scope=("a", "c"))).fits == ("c",)
    assert ask(Query("which", "school", where=(where("exam", "known"),))).fits == ("a", "b", "c", "d")
    assert ask(Query("card", "school", ("a",))).cell("a", "price") is not None


def test_holds_tests_both_ends_of_a_range() -> None:
    three_to_four = parse_value("number", "3 to 4")
    assert holds(parse_test("at least 4"), three_to_four) is None
    assert holds(parse_test("at least 3"), three_to_four) is True
    assert holds(parse_test("over 4"), three_to_four) is False
    assert holds(parse_test("at least 4"), parse_value("number", "5 or more")) is True
    assert holds(parse_test("exactly 30"), parse_value("number", "varies")) is None
    assert holds(parse_test("about 50000"), parse_value("money", "about $53,000")) is True
    assert holds(parse_test("not required"), Value("choice", text="optional")) is True
