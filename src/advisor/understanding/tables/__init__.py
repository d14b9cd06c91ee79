"""Questions about the tables: text and context in, queries and limits out."""

from advisor.understanding.tables.context import Frame, TableContext
from advisor.understanding.tables.entities import EntityFinder, Mention
from advisor.understanding.tables.lexicon import Lexicon
from advisor.understanding.tables.reader import TableReader, TableReading

__all__ = ["EntityFinder", "Frame", "Lexicon", "Mention", "TableContext", "TableReader", "TableReading"]
