"""A student's way through the chat, driven by keys and mouse."""

from __future__ import annotations

import pytest
from canned import session
from textual import events
from textual.widgets import Input

from advisor.surfaces.tui import log as log_module
from advisor.surfaces.tui.chips import Chip
from advisor.surfaces.tui.help import HelpScreen
from advisor.surfaces.tui.log import TurnView
from advisor.surfaces.tui.panel import PanelLines, PanelScreen
from advisor.surfaces.tui.prompt import LONGEST
from advisor.surfaces.tui.session import Turn

pytestmark = pytest.mark.asyncio


async def test_a_whole_conversation(chat):
    async with chat() as c:
        assert "Interview me" in c.text
        assert c.app.focused is c.screen.prompt
        await c.say("ml or data science?")
        assert "It is close between data science and machine learning." in c.text
        assert "data science ██████ 7.2" in c.text
        await c.press("2")
        await c.wait(lambda: len(c.said) == 2)
        await c.say("under 25k")
        assert "about $22,500" in c.text
        await c.press("ctrl+o")
        assert "https://example.org/guide" in c.text
        await c.press("ctrl+l")
        assert c.screen.session.fresh
        assert "Interview me" in c.text
        await c.say("/undo")
        assert c.said == ["ml or data science?", "What the data tells people", "under 25k"]
        await c.press("ctrl+q")
    assert c.app.return_code == 0


async def test_a_number_is_a_chip_unless_more_is_typed(chat):
    async with chat() as c:
        await c.press("2", "5", "k")
        assert c.screen.prompt.text == "25k"
        await c.pilot.pause(0.9)
        assert c.said == []
        await c.press("enter")
        assert c.said == ["25k"]
        await c.press("1")
        assert c.screen.chips.chips[0].has_class("-meant")
        await c.press("backspace")
        assert not c.screen.chips.chips[0].has_class("-meant")
        await c.pilot.pause(0.9)
        assert c.said == ["25k"]
        await c.press("3", "enter")
        assert c.said[-1] == "Only asynchronous"


async def test_a_number_without_a_chip_is_text(chat):
    async with chat() as c:
        await c.press("9")
        await c.pilot.pause(0.9)
        assert c.said == []
        await c.press("enter")
        assert c.said == ["9"]


async def test_chips_by_mouse_and_by_tab(chat):
    async with chat() as c:
        assert await c.pilot.click(c.screen.chips.chips[1])
        await c.pilot.pause()
        assert c.said == ["Cheapest one without the GRE?"]
        await c.say("close")
        await c.press("tab", "tab")
        assert isinstance(c.app.focused, Chip)
        await c.press("enter")
        assert c.said[-1] == "What the data tells people"
        assert c.app.focused is c.screen.prompt


async def test_escape_and_typing_lead_back_to_the_prompt(chat):
    async with chat() as c:
        await c.press("tab", "escape")
        assert c.app.focused is c.screen.prompt
        await c.press("tab", "h", "i")
        assert c.app.focused is c.screen.prompt
        assert c.screen.prompt.text == "hi"


async def test_table_rows_by_tab_and_by_mouse(chat):
    async with chat(size=(120, 32)) as c:
        await c.say("25k")
        await c.press("tab", "tab", "tab", "tab")
        assert isinstance(c.app.focused, TurnView)
        await c.press("down", "enter")
        assert c.said[-1] == "Tell me about State U"
        await c.say("25k")
        view = c.screen.chat.views[-1]
        y = next(at for at, row in enumerate(view.rows()) if row.content.plain.strip().startswith("Lakeside"))
        await c.pilot.click(view, offset=(12, y + 1))
        await c.pilot.pause()
        assert c.said[-1] == "Tell me about Lakeside"


async def test_citations_unfold_by_a_click(chat):
    async with chat() as c:
        await c.say("chart")
        view = c.screen.chat.views[-1]
        y = next(at for at, row in enumerate(view.rows()) if "[1]" in row.content.plain)
        await c.pilot.click(view, offset=(8, y + 1))
        await c.pilot.pause()
        assert "The guide · related degrees · June 2026" in c.text


async def test_history_at_the_edges_keeps_the_draft(chat):
    async with chat() as c:
        await c.say("first")
        await c.say("second\nof two lines")
        await c.type("draft")
        await c.press("up")
        assert c.screen.prompt.text == "second\nof two lines"
        await c.press("up")
        assert c.screen.prompt.text == "second\nof two lines"
        await c.press("up")
        assert c.screen.prompt.text == "first"
        await c.press("up", "down", "down", "down")
        assert c.screen.prompt.text == "draft"


async def test_ctrl_j_breaks_the_line_and_the_prompt_grows(chat):
    async with chat() as c:
        await c.press("a", "ctrl+j", "b", "ctrl+j", "c")
        assert c.screen.prompt.size.height == 3
        await c.press("enter")
        assert c.said == ["a\nb\nc"]
        assert c.screen.prompt.size.height == 1


async def test_keys_that_come_in_one_burst_stay_in_order(chat):
    async with chat() as c:
        for key in ("c", "l", "o", "s", "e", "enter", "1", "enter"):
            c.app.post_message(events.Key(key, key if len(key) == 1 else None))
        await c.wait(lambda: len(c.said) == 2)
        assert c.said == ["close", "Making the models better"]


async def test_enter_on_nothing_says_nothing(chat):
    async with chat() as c:
        await c.say("  \n ")
        assert c.said == []


async def test_commands_after_a_slash(chat):
    async with chat() as c:
        await c.press("slash")
        assert "/profile" in c.text and "/quit" in c.text
        await c.press("h", "enter")
        assert isinstance(c.app.screen, HelpScreen)
        await c.press("escape")
        await c.press("slash", "down", "tab")
        assert c.screen.prompt.text == "/new"
        await c.press("escape")
        assert not c.screen.menu.display
        c.screen.prompt.clear()
        await c.say("/nonsense")
        assert c.said == []
        await c.say("/quit")
    assert c.app.return_code == 0


async def test_help_by_key(chat):
    async with chat() as c:
        await c.press("f1")
        assert "ctrl+q" in c.text or "ctrl+z" in c.text
        await c.press("f1")
        assert not isinstance(c.app.screen, HelpScreen)
        assert c.app.focused is c.screen.prompt


async def test_keys_at_the_bottom_work_by_mouse(chat):
    async with chat() as c:
        line = c.text.splitlines()[-1]
        await c.pilot.click("#keys", offset=(line.index("help"), 0))
        await c.pilot.pause()
        assert isinstance(c.app.screen, HelpScreen)


async def test_panel_beside_above_and_over(chat):
    async with chat(size=(120, 32)) as c:
        await c.say("close")
        assert c.screen.side.display and not c.screen.summary.display
        await c.press("ctrl+b")
        assert not c.screen.side.display and c.screen.summary.display
        await c.say("/profile")
        assert isinstance(c.app.focused, PanelLines)
        await c.press("down", "down", "down", "down", "enter")
        assert c.said[-1] == "Why data science?"
        await c.pilot.resize_terminal(80, 24)
        await c.pilot.pause()
        assert not c.screen.side.display and c.screen.summary.display
        await c.press("ctrl+b")
        assert isinstance(c.app.screen, PanelScreen)
        await c.press("enter")
        assert c.screen.prompt.text == "Actually, "
        assert c.app.focused is c.screen.prompt


async def test_find(chat):
    async with chat() as c:
        for word in ("close", "chart", "close", "nothing"):
            await c.say(word)
        await c.press("ctrl+f")
        assert isinstance(c.app.focused, Input)
        await c.press(*"spend")
        assert "2 of 2" in c.text
        await c.press("enter")
        assert "1 of 2" in c.text
        await c.press(*"zzz")
        assert "not found" in c.text
        await c.press("escape")
        assert c.app.focused is c.screen.prompt
        assert not c.screen.find_bar.display


async def test_copy_takes_the_last_answer(chat):
    async with chat() as c:
        await c.say("25k")
        await c.press("ctrl+y")
        assert c.app.clipboard.startswith("**Three programs fit.**")
        assert "| North Tech |" in c.app.clipboard


async def test_selected_text_comes_without_the_gutter(chat):
    async with chat() as c:
        await c.say("close")
        c.screen.chat.views[-1].text_select_all()
        await c.pilot.pause()
        text = c.screen.get_selected_text()
        assert text and "\nIt is close between" in text


async def test_a_failure_of_the_engine_loses_nothing(chat):
    async with chat() as c:
        await c.say("close")
        await c.say("boom")
        assert "Something went wrong" in c.text
        assert c.screen.session.conversation.said == ("close",)
        await c.press("up")
        assert c.screen.prompt.text == "boom"
        c.screen.prompt.clear()
        await c.say("chart")
        assert c.screen.session.conversation.said == ("close", "chart")


async def test_a_failing_panel_is_an_empty_one(chat):
    broken = session()
    broken.look = lambda conversation: 1 / 0
    async with chat(size=(120, 32), over=broken) as c:
        await c.say("close")
        assert "nothing yet" in c.text


async def test_a_long_conversation_is_a_window(chat):
    long = session()
    long.turns += [Turn(f"message {at}", long.answer(long.conversation, "chart")[1]) for at in range(1000)]
    async with chat(over=long) as c:
        assert len(c.screen.chat.views) == log_module.MOUNTED
        assert c.screen.chat.views[-1].turn.text == "message 999"
        await c.say("close")
        assert len(c.screen.chat.views) == log_module.MOUNTED
        c.screen.action_top()
        await c.pilot.pause()
        assert "earlier messages" in c.text
        await c.press("pageup")
        assert c.screen.chat.views[0].turn.text == "message 941"
        assert len(c.screen.chat.views) == log_module.MOUNTED
        await c.press("ctrl+f")
        c.screen.find_bar.input.value = "message 7"
        await c.pilot.pause()
        await c.press("down")
        assert "message 7" in c.text
        assert len(c.screen.chat.views) == log_module.MOUNTED
        await c.press("escape")
        await c.say("chart")
        assert c.screen.chat.views[-1].turn.text == "chart"


@pytest.mark.parametrize("size", [(80, 24), (120, 32), (55, 20), (40, 12), (20, 5), (1, 1)])
async def test_any_size(chat, size):
    async with chat() as c:
        await c.say("25k")
        await c.pilot.resize_terminal(*size)
        await c.pilot.pause()
        await c.say("differ")
        await c.press("ctrl+o", "f1", "escape", "ctrl+b", "escape", "ctrl+f", "escape")
        await c.pilot.resize_terminal(100, 30)
        await c.pilot.pause()
        assert "They differ most in price" in c.text


async def test_a_long_paste_is_cut_and_said(chat):
    async with chat() as c:
        c.screen.prompt.post_message(events.Paste("word " * 20_000))
        await c.pilot.pause()
        assert len(c.screen.prompt.text) == LONGEST
        await c.press("enter")
        assert len(c.said) == 1
        assert "more characters" in c.text
        assert "That I don't know." in c.text


async def test_no_color(chat, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    async with chat() as c:
        await c.say("25k")
        assert c.app.theme == "ansi-dark"
        colors = {
            (segment.style.color, segment.style.bgcolor)
            for strip in c.app.screen._compositor.render_strips()
            for segment in c.app._filters[-1].apply(list(strip), c.app.current_theme.dark)  # type: ignore[arg-type]
            if segment.style
        }
        assert all(color is None or color.is_default for pair in colors for color in pair)
