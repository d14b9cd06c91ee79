"""rules/topics.yaml as frozen models: what a student can like, have or avoid, and the phrases that name it."""

from __future__ import annotations

from pydantic import Field

from advisor.knowledge.strict import Strict


class Topic(Strict):
    """One topic. `label` completes "you like ..."; `phrases` are words in order, `&` any order, `{group}` any word of a group."""

    label: str
    phrases: tuple[str, ...] = Field(min_length=1)
    background: bool = Field(default=False, description="named without a cue, it is something one has")
    suggests: dict[str, str] = Field(default_factory=dict, description="a slot and its value that this topic suggests")


class Topics(Strict):
    """All topics by id, and the groups of words that their phrases may name in braces."""

    groups: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    topics: dict[str, Topic]

    def label(self, topic: str) -> str:
        """The words that complete "you like ..."; the id itself for a topic that is not in the pack."""
        known = self.topics.get(topic)
        return known.label if known else topic.replace("_", " ")
