"""Names in messages and examples replaced by their kind, so that an intent is learned once for all of them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from advisor.understanding.tables import EntityFinder, Mention

_PLACE = re.compile(r"\{([a-z_]+)\}")


def mask(text: str, mentions: Sequence[Mention], kinds: Sequence[str]) -> str:
    """The text with each mention of one of these kinds replaced by `{kind}`."""
    out, last = [], 0
    for mention in sorted(mentions, key=lambda m: m.start):
        if mention.kind in kinds and mention.start >= last:
            out += [text[last : mention.start], f"{{{mention.kind}}}"]
            last = mention.end
    return "".join((*out, text[last:]))


def masked(text: str, names: EntityFinder, kinds: Sequence[str]) -> str:
    """`mask` with the mentions that the text itself holds."""
    return mask(text, names.find(text), kinds)


def expanded(example: str, names: Mapping[str, Sequence[str]], always: str) -> tuple[str, ...]:
    """An example as it stands and, when it has placeholders other than that of `always`
    (a kind whose names are masked in every message), once with real names in their place.

    Real names teach the words ("ml or data science"); which names is decided by the example's length, so that they vary
    without chance.
    """
    if not any(kind != always for kind in _PLACE.findall(example)):
        return (example,)
    count = 0

    def fill(found: re.Match[str]) -> str:
        nonlocal count
        count += 1
        known = names.get(found[1], ())
        return known[(len(example) + count) % len(known)] if known and found[1] != always else found[0]

    return (example, _PLACE.sub(fill, example))
