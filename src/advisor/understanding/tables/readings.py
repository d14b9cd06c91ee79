"""All that a clause may ask, each reading with the words it explains; the one that explains most is taken."""

from __future__ import annotations

from advisor.understanding.tables.reading_base import Candidate, merged
from advisor.understanding.tables.readings_named import OfNamed
from advisor.understanding.tables.readings_table import OverTable
from advisor.understanding.tables.readings_yes_no import YesNo

__all__ = ["Candidate", "Readings", "merged"]


class Readings(OfNamed, YesNo, OverTable):
    """The readings of one clause for one kind."""

    def all(self) -> list[Candidate]:
        """Every reading that is possible, in the order that settles ties."""
        makers = (self._not_held, self._absent, self._pair, self._difference, self._both_ends, self._compare, self._per_unit, self._yes_no_order,
                  self._yes_no_number, self._yes_no_own, self._yes_no_choice, self._yes_no_list, self._average, self._extreme, self._cheaper_than, self._fraction, self._count,
                  self._value, self._card, self._which, self._rank, self._top, self._named_only)
        return [candidate for make in makers for candidate in make()]
