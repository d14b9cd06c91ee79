"""Sources that a citation can name: the article of data/sources.yaml and the school pages of data/official.yaml."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from advisor.knowledge.facts import Citation
from advisor.knowledge.official import Official
from advisor.knowledge.strict import Strict


class Source(Struct, frozen=True):
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


class SourceRow(Strict, frozen=True):
    """One source of data/sources.yaml."""

    title: str
    author: str = ""
    publisher: str = ""
    as_of: str = ""
    address: str = ""
    age: str = ""
    dated: bool = False
    note: str = ""
    sections: dict[str, str] = field(default_factory=dict)


def read_sources(rows: Mapping[str, SourceRow], official: Official) -> dict[str, Source]:
    """All sources by id."""
    out = {id_: Source(id_, row.title, row.as_of, row.address, row.age, row.sections) for id_, row in rows.items()}
    for id_, page in official.sources.items():
        out[id_] = Source(id_, f"{page.publisher}: {page.title}" if page.publisher else page.title,
                          "" if page.as_of == "unknown" else page.as_of, page.address, page.age)
    return out
