"""How the chat looks, as text. Run with UPDATE_SNAPSHOTS=1 to write the screens anew, then read the difference."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.asyncio

SIZES = [(80, 24), (120, 32), (55, 20), (40, 12)]
STEPS = {
    "first": (),
    "close": ("ml or data science? i like stats, and explaining what the numbers mean, and building models is fun too",),
    "table": ("under 25k without the gre",),
    "wide-table": ("how do they differ",),
    "chart": ("chart",),
    "sources": ("under 25k", "@ctrl+o"),
    "failure": ("boom",),
}


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", STEPS)
async def test_screen(chat, snapshot, name, size):
    async with chat(size=size) as c:
        for step in STEPS[name]:
            await (c.press(step[1:]) if step.startswith("@") else c.say(step))
        snapshot(f"{name}-{size[0]}x{size[1]}", c.text)


@pytest.mark.parametrize("keys", ["f1", "slash", "ctrl+b", "ctrl+f"])
async def test_overlay(chat, snapshot, keys):
    async with chat() as c:
        await c.say("under 25k")
        await c.press(keys)
        snapshot(f"overlay-{keys.replace('+', '-')}", c.text)
