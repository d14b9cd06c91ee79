"""Draws docs/chat.svg, the picture in the README, from the real chat: `.venv/bin/python docs/picture.py`."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import advisor
from advisor.surfaces.tui.app import AdvisorApp
from advisor.surfaces.tui.engine import open_session

SAID = ("I love the math behind models and want to build them, but I can't spend more than 25k. Which degree?", "and without the GRE?")
SIZE = (120, 34)


async def drawn() -> str:
    """The screen after the messages, as SVG without fonts from elsewhere."""
    app = AdvisorApp(open_session(advisor.load()))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        for text in SAID:
            app.screen_stack[0].prompt.insert(text)  # type: ignore[attr-defined]
            await pilot.press("enter")
            for _ in range(20):
                await pilot.pause(0.05)
        svg = app.export_screenshot(title="advisor")
    return re.sub(r"@font-face \{.*?\}\n", "", svg, flags=re.DOTALL)


if __name__ == "__main__":
    Path(__file__).with_name("chat.svg").write_text(asyncio.run(drawn()), encoding="utf-8")
