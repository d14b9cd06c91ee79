"""The cache gives the same answers sooner; a damaged or foreign file in it is as good as none."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import advisor
from advisor.knowledge import cache
from advisor.knowledge.pack import read_pack


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    path = tmp_path / "cache"
    monkeypatch.setenv("ADVISOR_CACHE", str(path))
    return path


def test_the_key_changes_with_any_file_and_with_nothing_else(little):
    key = cache.pack_key(little.root)
    assert key == cache.pack_key(little.root)
    little.write("rules/notes.md", "not of the pack")
    os.utime(little.root / "data/kinds.yaml", (0, 0))
    assert cache.pack_key(little.root) == key
    little.change("rules/wording.yaml", "something", "anything")
    changed = cache.pack_key(little.root)
    assert changed != key
    little.write("rules/intents/new.yaml", "")
    assert cache.pack_key(little.root) != changed


def test_what_is_kept_is_read_back_and_of_another_pack_nothing(folder):
    assert cache.load("k", "n") is None
    cache.save("k", "n", {"a": [1, "é"]})
    assert cache.load("k", "n") == {"a": [1, "é"]}
    assert cache.load("other", "n") is None
    assert cache.load("k", "other") is None


def test_old_files_are_dropped_and_no_part_is_left(folder):
    for i in range(12):
        cache.save(f"k{i}", "n", i)
    cache.save("k", "other", 1)
    assert len(list(folder.glob("*.n.json"))) <= 5
    assert cache.load("k11", "n") == 11
    assert list(folder.glob("*.part")) == []


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path, monkeypatch):
    file = tmp_path / "file"
    file.write_text("in the way")
    monkeypatch.setenv("ADVISOR_CACHE", str(file))
    cache.save("k", "n", 1)
    assert cache.load("k", "n") is None


def test_the_pack_is_the_same_from_the_cache(little, folder):
    key = cache.pack_key(little.root)
    first = read_pack(little.root, key)
    assert (folder / f"{key}.pack.json").exists()
    assert read_pack(little.root, key) == first == little.read()


def test_a_pack_with_problems_is_not_kept(little, folder):
    little.change("rules/cautions.yaml", "  say: ", "  sya: ")
    key = cache.pack_key(little.root)
    with pytest.raises(advisor.PackError):
        read_pack(little.root, key)
    assert cache.load(key, "pack") is None


def kept_as(text: str, id_: str):
    return pytest.param(text, id=id_)


@pytest.mark.parametrize("text", [
    kept_as("", "empty"), kept_as("{", "cut"), kept_as("null", "null"), kept_as("[]", "list"), kept_as("5", "number"), kept_as("{}", "empty mapping"),
    kept_as('{"data/kinds.yaml": {}}', "one file only"), kept_as('{"data/kinds.yaml": 5}', "number for a file"),
    kept_as('{"data/kinds.yaml": {"program": 5}}', "wrong file"),
    kept_as('{"data/official.yaml": {"sources": []}}', "wrong part"),
    kept_as("[" * 5000, "deep"),
])
def test_a_damaged_file_of_the_pack_is_as_good_as_none(little, folder, text):
    key = cache.pack_key(little.root)
    folder.mkdir()
    (folder / f"{key}.pack.json").write_text(text)
    assert read_pack(little.root, key) == little.read()


def test_bytes_that_are_no_text(little, folder):
    key = cache.pack_key(little.root)
    folder.mkdir()
    (folder / f"{key}.pack.json").write_bytes(b"\xff\xfe\x00")
    assert read_pack(little.root, key) == little.read()


MESSAGES = ("cheapest without the gre?", "i like statistics and telling stories with data", "compare usc and uiuc", "what is a transformer", "whats teh tution at colombia",
            "interview me", "2", "asdf qwerty", "under 25k", "why not columbia", "summary", "undo", "more", "are you sure?")


def replies(knowledge):
    conversation, out = advisor.Conversation(), []
    for message in MESSAGES:
        conversation, reply = advisor.respond(knowledge, conversation, message)
        out.append(reply)
    return out, conversation.to_json()


@pytest.fixture(scope="module")
def known(knowledge):
    return replies(knowledge)


def test_same_words_same_replies_twice(knowledge, known):
    assert replies(knowledge) == known


def test_same_answers_learned_anew_and_from_the_cache(knowledge, known, folder):
    assert replies(advisor.load(use_cache=False)) == known
    assert not folder.exists(), "without the cache nothing is kept"
    key = cache.pack_key(knowledge.root)
    cache.save(key, "intents", knowledge.matcher.dump())
    assert replies(advisor.load()) == known, "what was learned was kept, the rest is kept now"
    assert {path.name.split(".")[1] for path in folder.glob("*.json")} >= {"pack", "words", "intents"}
    assert replies(advisor.load()) == known, "all of it was kept"


@pytest.mark.parametrize("damage", ["{", "{}"])
def test_damaged_files_are_as_good_as_none(knowledge, known, folder, damage):
    key = cache.pack_key(knowledge.root)
    cache.save(key, "intents", knowledge.matcher.dump())
    for name in ("words", "pack"):
        (folder / f"{key}.{name}.json").write_text(damage)
    assert replies(advisor.load()) == known


@pytest.mark.parametrize("damage", [None, [], 5, "x", {}, {"curve": []}, {"curve": ["nan", 1, 2]}])
def test_damaged_weights_are_refused_so_that_they_are_learned_again(knowledge, damage):
    whole = knowledge.matcher.dump()
    with pytest.raises((ValueError, KeyError, TypeError)):
        type(knowledge.matcher).load({**whole, **damage} if isinstance(damage, dict) and damage else damage)


@pytest.mark.parametrize("damage", [{"known": [], "good": "word"}, {"known": 5, "good": 6}])
def test_damaged_words_are_as_good_as_none(knowledge, known, folder, damage):
    key = cache.pack_key(knowledge.root)
    cache.save(key, "intents", knowledge.matcher.dump())
    cache.save(key, "words", damage)
    assert replies(advisor.load()) == known
