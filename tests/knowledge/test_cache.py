"""The cache gives the same answers sooner; a damaged or foreign file in it is as good as none."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest

import advisor
from advisor.dialogue.knowledge import default_root
from advisor.knowledge import cache, reading
from advisor.knowledge.facts import Citation


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


def test_a_pack_with_problems_is_not_kept(little, folder):
    little.change("rules/cautions.yaml", "  say: ", "  sya: ")
    with pytest.raises(advisor.PackError):
        advisor.load(little.root)
    assert not folder.exists()


def test_the_key_of_the_code_changes_with_the_pack_and_with_any_module(tmp_path, monkeypatch):
    assert cache.code_key("a") == cache.code_key("a") != cache.code_key("b")
    module = tmp_path / "advisor/knowledge/cache.py"
    module.parent.mkdir(parents=True)
    module.write_text("")
    monkeypatch.setattr(cache, "__file__", str(module))
    key = cache.code_key("a")
    (tmp_path / "advisor/knowledge/notes.txt").write_text("no module")
    assert cache.code_key("a") == key
    (tmp_path / "advisor/more.py").write_text("x = 1")
    assert cache.code_key("a") != key


class Harmful:
    """Pickled, it asks the reader to call a function."""

    def __init__(self, function, *arguments):
        self._call = function, arguments

    def __reduce__(self):
        return self._call


@pytest.mark.parametrize("function", [print, os.getcwd, cache.pack_key, advisor.load, len, eval])
def test_a_cache_file_cannot_call_a_function(folder, function):
    (folder).mkdir()
    (folder / "k.n.pickle").write_bytes(pickle.dumps(Harmful(function, "x")))
    assert cache.load_compiled("k", "n") is None


@pytest.mark.parametrize("content", [b"", b"\x80", b"cos\nsystem\n(S'true'\ntR.", b"\xff" * 50, b"null", pickle.dumps({"a": object()})[:-3]])
def test_a_damaged_pickle_is_as_good_as_none(folder, content):
    folder.mkdir()
    (folder / "k.n.pickle").write_bytes(content)
    assert cache.load_compiled("k", "n") is None


def test_what_is_compiled_is_read_back(folder):
    value = (Citation("article", "costs"), frozenset({"a"}), {"b": [1, 2.5]})
    cache.save_compiled("k", "n", value)
    assert cache.load_compiled("k", "n") == value
    assert cache.load_compiled("other", "n") is None


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


def test_same_answers_learned_anew_and_from_the_cache(knowledge, known, folder, monkeypatch):
    assert replies(advisor.load(use_cache=False)) == known
    assert not folder.exists(), "without the cache nothing is kept"
    key = cache.pack_key(default_root())
    cache.save(key, "intents", knowledge.matcher.dump())
    assert replies(advisor.load()) == known, "what was learned was kept, the rest is kept now"
    assert {path.name.split(".", 1)[1] for path in folder.iterdir()} == {"intents.json", "engine.pickle"}
    monkeypatch.setattr(reading, "read_pack", None)
    assert replies(advisor.load()) == known, "all of it was kept: no YAML is read"


@pytest.mark.parametrize("damage", [b"{", pickle.dumps("no engine")])
def test_damaged_files_are_as_good_as_none(knowledge, known, folder, damage):
    key = cache.pack_key(default_root())
    cache.save(key, "intents", knowledge.matcher.dump())
    (folder / f"{cache.code_key(key)}.engine.pickle").write_bytes(damage)
    assert replies(advisor.load()) == known


@pytest.mark.parametrize("damage", [None, [], 5, "x", {}, {"curve": []}, {"curve": ["nan", 1, 2]}])
def test_damaged_weights_are_refused_so_that_they_are_learned_again(knowledge, damage):
    whole = knowledge.matcher.dump()
    with pytest.raises((ValueError, KeyError, TypeError)):
        type(knowledge.matcher).load({**whole, **damage} if isinstance(damage, dict) and damage else damage)
