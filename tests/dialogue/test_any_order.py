"""Messages of every kind in any order, begun and ended in odd ways: a turn never fails, and what is kept stays sound."""

from __future__ import annotations

import random
import re

import pytest
from msgspec.structs import replace

from advisor import Conversation, respond
from advisor.understanding.intents import IntentMatcher

BEFORE = ("", "", "", "what if ", "suppose ", "and ", "no, ", "if i ", "say i ", "my budget is 30k. ", "not ", "I was rejected by Purdue. ")
AFTER = ("", "", "?", " right?", " instead", ". is that true?", ", what then", " and the other one", " under 20k")


@pytest.mark.parametrize("seed", range(8))
def test_messages_in_any_order_never_fail(knowledge, seed):
    chance = random.Random(seed)
    pack = knowledge.pack
    examples = [example for intent in pack.intents.values() for example in intent.examples]
    names = [thing.name for thing in pack.things.values()]
    columns = set(pack.kinds[pack.main].attributes) | {"id"}
    conversation = Conversation()
    for _ in range(60):
        example = re.sub(r"\{[^}]*\}", lambda _: chance.choice(names), chance.choice(examples))
        conversation, reply = respond(knowledge, conversation, chance.choice(BEFORE) + example + chance.choice(AFTER))
        assert reply.blocks, example
        assert {limit.key for limit in conversation.state.profile.limits} <= columns, example
        assert Conversation.from_json(conversation.to_json()) == conversation
        if chance.random() < 0.2:
            conversation = Conversation()


@pytest.mark.parametrize("words", ["jobs under 130k", "which role pays at least 140k"])
def test_why_not_a_school_after_a_list_of_careers(knowledge, words):
    conversation, _ = respond(knowledge, Conversation(), words)
    assert any(where.key == "salary" for where in conversation.state.tables.view), "the last list was one of careers"
    _, reply = respond(knowledge, conversation, "why not columbia")
    assert reply.intent == "program.why_not"


def test_a_pack_without_moves_is_answered_all_the_same(knowledge):
    moves = ("recommend_programs", "choose_degree", "what_if")
    intents = {id_: intent for id_, intent in knowledge.pack.intents.items() if intent.does not in moves}
    matcher = IntentMatcher({id_: intent.examples or (intent.question,) for id_, intent in intents.items()})
    bare = replace(knowledge, pack=replace(knowledge.pack, intents=intents), matcher=matcher, moves={})
    for words in ("I love building models. which degree?", "I like the idea of a co-op. Which program has one?", "no GRE for me, which programs"):
        _, reply = respond(bare, Conversation(), words)
        assert reply.blocks
