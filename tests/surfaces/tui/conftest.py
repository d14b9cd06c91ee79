"""What the tests of the chat share: an opened chat, the screen as text, and snapshots of it."""

from __future__ import annotations

import os
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from textual.pilot import Pilot

sys.path.insert(0, str(Path(__file__).parent))

from canned import session

from advisor.surfaces.tui.app import AdvisorApp
from advisor.surfaces.tui.screen import ChatScreen
from advisor.surfaces.tui.session import AnySession

SNAPSHOTS = Path(__file__).parent / "snapshots"
#: Set this to write the snapshots anew; then look at the difference.
UPDATE = "UPDATE_SNAPSHOTS"


@dataclass
class Chat:
    """An opened chat under test."""

    app: AdvisorApp
    pilot: Pilot[None]

    @property
    def screen(self) -> ChatScreen:
        screen = self.app.screen_stack[0]
        assert isinstance(screen, ChatScreen)
        return screen

    @property
    def said(self) -> list[str]:
        return self.screen.session.texts

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def type(self, text: str) -> None:
        self.screen.prompt.insert(text)
        await self.pilot.pause()

    async def say(self, text: str) -> None:
        await self.type(text)
        await self.press("enter")

    async def wait(self, condition: Callable[[], bool]) -> None:
        for _ in range(100):
            if condition():
                return
            await self.pilot.pause(0.05)
        raise AssertionError("it did not happen within five seconds\n" + self.text)

    @property
    def text(self) -> str:
        """What is on the screen, without colors."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join(strip.text.rstrip() for strip in strips) + "\n"


Open = Callable[..., AbstractAsyncContextManager[Chat]]


@pytest.fixture
def chat() -> Open:
    """Opens a chat: `async with chat(size=(80, 24)) as c`."""

    @asynccontextmanager
    async def opened(size: tuple[int, int] = (80, 24), over: AnySession | None = None) -> AsyncIterator[Chat]:
        app = AdvisorApp(over or session())
        async with app.run_test(size=size, notifications=True) as pilot:
            await pilot.pause()
            yield Chat(app, pilot)

    return opened


@pytest.fixture
def snapshot() -> Callable[[str, str], None]:
    """Compares a screen with the one that is stored under a name."""

    def compare(name: str, text: str) -> None:
        path = SNAPSHOTS / f"{name}.txt"
        if os.environ.get(UPDATE):
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf8")
        assert path.exists(), f"no snapshot {name}: run with {UPDATE}=1 and look at it"
        assert text == path.read_text(encoding="utf8"), f"{name} looks different; if that is meant, run with {UPDATE}=1"

    return compare
