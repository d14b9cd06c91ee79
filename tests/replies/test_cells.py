"""One cell as sentences: the value, a yes or no, what is unknown and who would know, what a school's page says."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from advisor.knowledge.facts import Citation, Fact
from advisor.knowledge.values import Value
from advisor.replies.cells import page_of, value_blocks, yes_no_blocks, yes_no_line
from advisor.replies.render import line_text
from advisor.replies.voice import Voice


def said(blocks) -> list[str]:
    return [line_text(block.line) for block in blocks]


def thing(voice, id_):
    return voice.pack.things[id_]


@pytest.mark.parametrize(("id_", "key", "sentences"), [
    ("alpha", "tuition", ["Alpha: tuition about $7,000."]),
    ("beta", "tuition", ["Beta: tuition $75,000 or more."]),
    ("alpha", "gre", ["Alpha does not require the GRE.", "Note: scores may help."]),
    ("beta", "gre", ["Beta requires the GRE."]),
    ("alpha", "official_page", ["Alpha's own page: https://alpha.example/apply_now?a=1|2#x"]),
    ("alpha", "deadline", ["Alpha's own page says that applications are due on 1 March (2025; https://alpha.example)."]),
    ("beta", "credits", ["I don't have credits for Beta."]),
    ("beta", "deadline", ["I don't have the deadline for Beta."]),
    ("alpha", "chances", ["No figure for Alpha. Programs like these take about half."]),
    ("alpha", "nothing", []),
])
def test_a_value(voice, id_, key, sentences):
    blocks = value_blocks(voice, thing(voice, id_), key)
    assert said(blocks) == sentences
    assert [block.lead for block in blocks] == [True, False][: len(blocks)]


def test_values_cite_their_source_and_what_is_unknown_the_page(voice):
    assert value_blocks(voice, thing(voice, "alpha"), "tuition")[0].citations == (Citation("guide", "costs"),)
    assert value_blocks(voice, thing(voice, "alpha"), "deadline")[0].citations == (Citation("alpha-page"),)
    assert value_blocks(voice, thing(voice, "beta"), "deadline")[0].citations == ()


def test_what_is_unknown_points_to_the_page_that_would_know(voice):
    alpha = replace(thing(voice, "alpha"), facts={"official_page": thing(voice, "alpha").facts["official_page"]})
    (block,) = value_blocks(voice, alpha, "deadline")
    assert line_text(block.line) == "I don't have the deadline for Alpha: https://alpha.example/apply_now?a=1|2#x."
    assert block.citations == (Citation("guide", "costs"),)
    assert page_of(voice, thing(voice, "beta")) is None


def test_an_undated_statement_is_called_undated_and_a_reading_ours(voice):
    alpha = thing(voice, "alpha")
    undated = replace(alpha.facts["deadline"][0], as_of="")
    inferred = Fact(Value("number", low=30, high=30), inferred="from its length")
    changed = replace(alpha, facts={"deadline": (undated,), "credits": (inferred,)})
    assert said(value_blocks(voice, changed, "deadline")) == ["Alpha's own page (undated, https://alpha.example) says that applications are due on 1 March."]
    assert said(value_blocks(voice, changed, "credits")) == ["Alpha: credits 30.", "Our reading, from its length."]


def test_what_the_page_says_beside_a_value_is_told_unless_it_is_a_disagreement(voice):
    page = Fact(Value("text"), (Citation("alpha-page"),), official=True, as_of="2025", say="it takes 30 credits")
    alpha = replace(thing(voice, "alpha"), beside={"credits": (page,), "tuition": (page,)})
    assert said(value_blocks(voice, alpha, "credits"))[1:] == ["Alpha's own page says that it takes 30 credits (2025; https://alpha.example)."]
    assert len(value_blocks(voice, alpha, "tuition")) == 1, "a disagreement has its own line"
    assert len(yes_no_blocks(voice, alpha, "credits", "yes")) == 2


@pytest.mark.parametrize(("id_", "key", "polarity", "sentence"), [
    ("beta", "gre", "yes", "Yes: Beta requires the GRE."),
    ("alpha", "gre", "no", "No: Alpha does not require the GRE."),
    ("alpha", "gre", "depends", None),
    ("alpha", "gre", "unknown", "Not said: whether it needs the GRE for Alpha; see https://alpha.example/apply_now?a=1|2#x."),
    ("beta", "gre", "unknown", "I don't have whether it needs the GRE for Beta."),
    ("alpha", "tuition", "yes", "Yes: Alpha has tuition about $7,000."),
    ("alpha", "tuition", "no", "No: Alpha has tuition about $7,000."),
    ("beta", "tuition", "unknown", "Not certain: Beta has tuition $75,000 or more."),
    ("beta", "credits", "unknown", "I don't have credits for Beta."),
    ("alpha", "deadline", "yes", "Alpha's own page says that applications are due on 1 March (2025; https://alpha.example)."),
])
def test_yes_and_no(voice, id_, key, polarity, sentence):
    if sentence is None:
        sentence = "Alpha does not require the GRE."
    line, _ = yes_no_line(voice, thing(voice, id_), key, polarity)
    assert line_text(line) == sentence


def test_every_cell_of_the_shipped_pack_can_be_asked_for_in_both_ways(knowledge):
    voice: Voice = knowledge.voice
    for kind in ("program", "career", "degree", "specialization"):
        for one in voice.pack.of_kind(kind):
            for key in voice.pack.kinds[kind].attributes:
                for block in value_blocks(voice, one, key):
                    text = line_text(block.line)
                    assert text[:1].isupper() or text.startswith("http") or not text[:1].isalpha(), text
                    assert "None" not in text
                for polarity in ("yes", "no", "unknown"):
                    assert line_text(yes_no_line(voice, one, key, polarity)[0])


def test_a_sentence_ends_once(knowledge):
    voice: Voice = knowledge.voice
    twice = [(one.id, key) for one in voice.pack.things.values() for key in voice.pack.kinds[one.kind].attributes
             for block in value_blocks(voice, one, key) if line_text(block.line).endswith("..")]
    assert twice == []
