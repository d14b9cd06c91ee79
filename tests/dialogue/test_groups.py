"""Groups of intents that the dialogue treats alike must be there: a renamed group would silently be treated as any other."""

from __future__ import annotations

import pytest

from advisor.dialogue import planning, respond


@pytest.mark.parametrize("group", sorted({*planning.ASIDE, *planning.CHATTER, planning.NOT_KNOWN, planning.BACKGROUND, respond.FEELING}))
def test_a_group_that_is_treated_alike_has_members(knowledge, group):
    assert sum(id_.startswith(group) for id_ in knowledge.pack.intents) > 5


def test_a_cry_for_help_is_urgent(knowledge):
    urgent = [id_ for id_, intent in knowledge.pack.intents.items() if intent.urgent]
    assert urgent
    assert all(id_.startswith(respond.FEELING) for id_ in urgent)
