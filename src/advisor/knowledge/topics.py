"""rules/topics.yaml as frozen models: what a student can like, have or avoid, and the phrases that name it."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, field

from advisor.knowledge.strict import Strict


class Topic(Strict, frozen=True):
    """One topic. `label` completes "you like ..."; `phrases` are words in order, `&` any order, `{group}` any word of a group."""

    label: str
    phrases: Annotated[tuple[str, ...], Meta(min_length=1)]
    background: Annotated[bool, Meta(description="named without a cue, it is something one has")] = False
    suggests: Annotated[dict[str, str], Meta(description="a slot and its value that this topic suggests")] = field(default_factory=dict)


class Topics(Strict, frozen=True, kw_only=True):
    """All topics by id, and the groups of words that their phrases may name in braces."""

    groups: dict[str, tuple[str, ...]] = field(default_factory=dict)
    topics: dict[str, Topic]

    def label(self, topic: str) -> str:
        """The words that complete "you like ..."; the id itself for a topic that is not in the pack."""
        known = self.topics.get(topic)
        return known.label if known else topic.replace("_", " ")
