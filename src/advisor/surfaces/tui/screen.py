"""The one screen of the chat: its parts, how they share the room, and what each key does."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.geometry import Size
from textual.screen import Screen
from textual.style import Style
from textual.widget import Widget

from advisor.replies.render import to_markdown
from advisor.surfaces.tui.chips import Chip, ChipBar
from advisor.surfaces.tui.commands import find_command
from advisor.surfaces.tui.engine import readable
from advisor.surfaces.tui.find import FindBar
from advisor.surfaces.tui.lines import Lines, Pick
from advisor.surfaces.tui.log import ChatLog, TurnView
from advisor.surfaces.tui.panel import PanelLines, PanelScreen, SidePanel, Summary
from advisor.surfaces.tui.prompt import CommandMenu, Prompt
from advisor.surfaces.tui.safe import QUIET, Text, label, printable, tell
from advisor.surfaces.tui.session import AnySession

#: From this width on the panel stands beside the conversation.
WIDE = 100

#: The keys that are shown, the first to be left out when there is no room at the end.
_KEY_LINE = (
    ("enter", "send", ""),
    ("f1", "help", "app.help"),
    ("ctrl+q", "quit", "app.quit"),
    ("tab", "chips", "app.focus_next"),
    ("ctrl+o", "sources", "screen.sources"),
    ("ctrl+f", "find", "screen.find"),
    ("ctrl+b", "panel", "screen.panel"),
)
#: The order in which they stand.
_KEY_ORDER = ("enter", "tab", "ctrl+o", "ctrl+f", "ctrl+b", "f1", "ctrl+q")


class TitleLine(Text):
    """Name and subject to the left, the date of the sources to the right."""

    def __init__(self, subtitle: str) -> None:
        super().__init__(id="title")
        self._subtitle = label(subtitle)
        self._sources = ""

    def dated(self, sources: str) -> None:
        """Sets what stands to the right."""
        self._sources = label(sources)
        self.on_resize()

    def on_resize(self) -> None:
        width = self.content_size.width
        right = f"sources: {self._sources}" if self._sources else ""
        left = Content.styled("advisor", "bold $accent") + (f"   {self._subtitle}" if self._subtitle else "")
        room = width - len(right) - 2
        if room < 7:
            right, room = "", width
        left = left.truncate(max(0, room), ellipsis=True)
        self.show(left + " " * max(0, width - left.cell_length - len(right)) + Content.styled(right, QUIET))


class KeyLine(Text):
    """The keys, as many as fit; each also works by mouse."""

    def on_resize(self) -> None:
        shown: dict[str, Content] = {}
        used = 0
        for key, word, action in _KEY_LINE:
            entry = Content.styled(key, "bold") + Content.styled(f" {word}", QUIET)
            if action:
                entry = entry.stylize(Style.from_meta({"@click": action}))
            if used + entry.cell_length > self.content_size.width:
                break
            used += entry.cell_length + 3
            shown[key] = entry
        self.show(Content("   ").join(shown[key] for key in _KEY_ORDER if key in shown))


class Conversation(Vertical):
    """The log takes what the chips leave, and no more than it needs: then the chips stand right under the reply."""

    def __init__(self, chat: ChatLog, chips: ChipBar) -> None:
        super().__init__(chat, chips)
        self._chat, self._chips = chat, chips

    def fit(self) -> None:
        """Shares the room between the two."""
        self._chips.arrange_chips()
        room = self.size.height
        taken = 0
        if self._chips.display:
            short = self.screen.has_class("-short")
            taken = min(self._chips.rows, 2) if short else self._chips.rows + 2
        if room:
            self._chat.styles.max_height = max(2, room - taken)

    def on_resize(self) -> None:
        self.fit()


class ChatScreen(Screen[None]):
    """Title, conversation with chips, panel, prompt, keys."""

    AUTO_FOCUS = "#prompt"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+l", "new", priority=True, show=False),
        Binding("ctrl+o", "sources", priority=True, show=False),
        Binding("ctrl+f", "find", priority=True, show=False),
        Binding("ctrl+y", "copy", priority=True, show=False),
        Binding("ctrl+b", "panel", priority=True, show=False),
        Binding("escape", "back", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
    ]

    def __init__(self, session: AnySession) -> None:
        super().__init__()
        self.session = session
        self.chat = ChatLog(session.source)
        self.chips = ChipBar()
        self.conversation = Conversation(self.chat, self.chips)
        self.side = SidePanel()
        self.summary = Summary()
        self.find_bar = FindBar(self.chat)
        self.menu = CommandMenu()
        self.prompt = Prompt(self.menu)
        self.title_line = TitleLine(session.subtitle)
        self._panel_wanted = True

    def compose(self) -> ComposeResult:
        yield self.title_line
        with Horizontal(id="body"):
            yield self.conversation
            yield self.side
        with Vertical(id="foot"):
            yield self.summary
            yield self.find_bar
            yield self.menu
            with Horizontal(id="entry"):
                yield Text("> ", id="mark")
                yield self.prompt
            yield KeyLine(id="keys")

    async def on_mount(self) -> None:
        await self._reopen()

    # What is shown

    async def _reopen(self) -> None:
        await self.chat.open(self.session.turns)
        self.prompt.remember(self.session.texts)
        await self._refresh_rest()

    async def _refresh_rest(self) -> None:
        panel = self.session.panel()
        # "The guide, 2026-06-10": the title line has room for the date; the list of sources gives the names.
        dates = dict.fromkeys(readable(source.rpartition(", ")[2]) for source in panel.sources)
        self.title_line.dated(", ".join(dates))
        self.side.lines.show(panel)
        self.summary.summarize(panel)
        suggestions = self.session.turns[-1].reply.suggestions
        await self.chips.offer(suggestions)
        count = self.prompt.chips = len(self.chips.texts)
        self.prompt.placeholder = f"answer, ask, or 1-{count}" if count > 1 else "answer or ask"
        self._share_room(self.size)
        self.conversation.fit()
        self.prompt.focus()

    def _share_room(self, size: Size) -> None:
        panel = self.session.panel()
        beside = size.width >= WIDE and self._panel_wanted
        self.side.display = beside
        self.summary.display = not beside and bool(panel.known or panel.degrees)

    def on_resize(self, event: events.Resize) -> None:
        self._share_room(event.size)

    @property
    def focus_chain(self) -> list[Widget]:
        """Prompt, search, chips, the rows of the newest table, the panel."""
        order: dict[type[Widget], int] = {Prompt: 0, Chip: 2, TurnView: 3, PanelLines: 4}
        chain = super().focus_chain
        tables = [widget for widget in chain if isinstance(widget, TurnView)]
        kept = [widget for widget in chain if not isinstance(widget, TurnView) or widget is tables[-1]]
        return sorted(kept, key=lambda widget: order.get(type(widget), 1))

    # What is said

    async def say(self, text: str) -> None:
        """Takes a turn, or runs the command that the text names."""
        if command := find_command(text):
            await self.run_action(command.action)
            return
        if text.startswith("/") and " " not in text.strip():
            tell(self.app, f"There is no {text.strip()}. Type / for the list, or f1 for help.", "warning")
            return
        self.find_bar.close()
        self.session.say(text)
        await self.chat.follow()
        self.prompt.remember(self.session.texts)
        await self._refresh_rest()

    @on(Prompt.Sent)
    @on(Chip.Pressed)
    async def _said(self, event: Prompt.Sent | Chip.Pressed) -> None:
        event.stop()
        if isinstance(event, Prompt.Sent) and self.menu.display:
            self.prompt.clear()
        await self.say(event.text)

    @on(Prompt.Numbered)
    async def _numbered(self, event: Prompt.Numbered) -> None:
        event.stop()
        if event.sure:
            await self.say(self.chips.texts[event.number - 1])
        else:
            self.chips.mean(event.number)

    @on(Lines.Picked)
    async def _picked(self, event: Lines.Picked) -> None:
        event.stop()
        await self._take(event.pick)

    async def _take(self, pick: Pick | None) -> None:
        if pick is None:
            self.prompt.focus()
        elif pick.send:
            await self.say(pick.text)
        else:
            self.prompt.put(pick.text)
            self.prompt.focus()

    def on_key(self, event: events.Key) -> None:
        """Typing goes to the prompt, wherever the focus is."""
        if self.focused in (self.prompt, self.find_bar.input) or not event.is_printable or not event.character:
            return
        event.stop()
        self.prompt.focus()
        self.prompt.insert(event.character)

    # Keys and commands

    async def action_new(self) -> None:
        """Begins a new conversation; undo brings the old one back."""
        was_fresh = self.session.fresh
        self.session.restart()
        self.find_bar.close()
        await self._reopen()
        if not was_fresh:
            tell(self.app, "A new conversation. /undo brings the last one back.")

    async def action_undo(self) -> None:
        """Takes the last message back, or returns to the conversation before."""
        if self.session.bring_back():
            await self._reopen()
        elif self.session.fresh:
            tell(self.app, "There is nothing to undo yet.")
        else:
            await self.say("undo")

    def action_profile(self) -> None:
        """The panel with the focus in it: beside the conversation, or over it."""
        if self.size.width >= WIDE:
            self._panel_wanted = True
            self._share_room(self.size)
            self.side.lines.focus()
        else:
            self.app.push_screen(PanelScreen(self.session.panel()), self._take)

    def action_panel(self) -> None:
        """Shows or hides the panel; where it has no place, over the conversation."""
        if self.size.width >= WIDE:
            self._panel_wanted = not self._panel_wanted
            self._share_room(self.size)
            self.prompt.focus()
        else:
            self.action_profile()

    def action_sources(self) -> None:
        """Unfolds the sources of the focused turn, or of the last one; once more folds them."""
        view = self.focused if isinstance(self.focused, TurnView) else self.chat.views[-1]
        if view.unfold():
            self.chat.scroll_to_turn(view)
        else:
            tell(self.app, "That answer cites no source.")

    def action_find(self) -> None:
        """Opens the search."""
        self.find_bar.open()

    def action_copy(self) -> None:
        """Copies the last answer, as markdown."""
        self.app.copy_to_clipboard(printable(to_markdown(self.session.turns[-1].reply)))
        tell(self.app, "Copied the last answer.")

    def action_back(self) -> None:
        """Closes what is open, then returns to the prompt, then to the end of the conversation."""
        closed = self.prompt.close_menu() or self.find_bar.close()
        if self.focused is not self.prompt:
            self.prompt.focus()
        elif not closed:
            self.chat.scroll_end(animate=False)

    async def action_page(self, way: int) -> None:
        """Scrolls the conversation by a page."""
        await self.chat.page(way)

    def action_top(self) -> None:
        """To the oldest message that is shown."""
        self.chat.leave()
        self.chat.scroll_home(animate=False)

    def action_bottom(self) -> None:
        """To the last message."""
        self.chat.scroll_end(animate=False)
