"""Sources that a citation can name: the article of data/sources.yaml and the school pages of data/official.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from advisor.knowledge.facts import Citation
from advisor.knowledge.official import Official


@dataclass(frozen=True, slots=True)
class Source:
    """A source: what it is called, its date, where it can be read, and the names of its sections."""

    id: str
    title: str
    as_of: str = ""
    address: str = ""
    age: str = ""
    sections: Mapping[str, str] = field(default_factory=dict)

    def label(self, citation: Citation) -> str:
        """How a citation of this source is written under a reply."""
        section = self.sections.get(citation.section, citation.section)
        parts = [section or self.title, self.as_of or "undated", *([self.address] if self.address else [])]
        return ", ".join(parts)


def read_sources(data: Mapping[str, Any], official: Official) -> dict[str, Source]:
    """All sources by id."""
    out = {}
    for id_, raw in data.items():
        if isinstance(raw, dict):
            sections = raw.get("sections")
            out[id_] = Source(id_, str(raw.get("title", id_)), str(raw.get("as_of", "")), str(raw.get("address", "")),
                              sections={k: str(v) for k, v in sections.items()} if isinstance(sections, dict) else {})
    for id_, page in official.sources.items():
        out[id_] = Source(id_, f"{page.publisher}: {page.title}" if page.publisher else page.title,
                          "" if page.as_of == "unknown" else page.as_of, page.address, page.age)
    return out
