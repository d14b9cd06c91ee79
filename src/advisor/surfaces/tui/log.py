"""The conversation: a window over its turns, so that a long one stays as quick as a short one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import events
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget

from advisor.knowledge.facts import Citation
from advisor.replies.blocks import Table
from advisor.replies.render import to_plain
from advisor.surfaces.tui.lines import BLANK, Lines, Row
from advisor.surfaces.tui.paint import NARROW, TEXT_WIDTH, paint_reply, wrap
from advisor.surfaces.tui.safe import SHOWN, Text, printable
from advisor.surfaces.tui.session import SourceNote, Turn

#: So many turns are widgets at one time; the cost of a key press rises with them.
MOUNTED = 40
#: So many further ones a click on "earlier" brings.
STEP = 20
#: So many lines of a question stay in sight above a long answer.
_QUESTION_LINES = 4

Describe = Callable[[Citation], SourceNote]


class TurnView(Lines):
    """What the student wrote, and the reply."""

    def __init__(self, turn: Turn, describe: Describe) -> None:
        super().__init__(classes="turn")
        self.turn = turn
        self._describe = describe
        self.unfolded = False
        self._sought = ""
        self._reply_at = 0
        self.can_focus = any(isinstance(block, Table) and block.ids for block in turn.reply.blocks)

    def paint(self, width: int) -> Sequence[Row]:
        you, self.indent = ("  you  ", 7) if width >= NARROW else ("you  ", 5)
        room = width - self.indent
        rows: list[Row] = []
        if self.turn.text:
            lead = Content.styled(you, "bold $accent")
            text = Content(printable(self.turn.text.strip(), SHOWN))
            rows = [Row(line) for line in wrap(text, self.indent + min(room, TEXT_WIDTH), lead, " " * self.indent)]
            rows.append(BLANK)
        self._reply_at = len(rows)
        margin = Content(" " * self.indent)
        for row in paint_reply(self.turn.reply, room, self._describe, self.unfolded):
            rows.append(Row(margin + row.content, row.pick) if row.content.plain else row)
        return [Row(_marked(row.content, self._sought), row.pick) for row in rows] if self._sought else rows

    @property
    def start(self) -> int:
        """The line to begin with when not all of the turn has room: an answer is not pushed out by a long question."""
        return max(0, self._reply_at - _QUESTION_LINES)

    def unfold(self) -> bool:
        """Shows or hides the list of sources; False when there is none."""
        if not self.turn.reply.citations:
            return False
        self.unfolded = not self.unfolded
        self.repaint()
        return True

    def seek(self, words: str) -> None:
        """Marks the words wherever they stand in this turn; an empty string takes the marks off."""
        if words != self._sought:
            self._sought = words
            self.repaint()

    def on_click(self, event: events.Click) -> None:
        if event.style.meta.get("sources"):
            event.prevent_default()  # a mark in a table row unfolds, and does not pick the row
            event.stop()
            self.unfold()
            if isinstance(self.parent, ChatLog):
                self.parent.scroll_to_turn(self)


class EdgeRow(Text):
    """The row that stands for the turns above or below the window."""

    def __init__(self, step: int) -> None:
        super().__init__(classes="edge")
        self._step = step
        self.display = False

    def count(self, hidden: int) -> None:
        """Says how many turns are hidden on this side."""
        self.display = hidden > 0
        way = "earlier" if self._step < 0 else "later"
        self.show(f"{hidden} {way} message{'s' if hidden != 1 else ''}: click, or page {'up' if self._step < 0 else 'down'}")

    async def on_click(self) -> None:
        if isinstance(self.parent, ChatLog):
            await self.parent.move(self._step)


class ChatLog(VerticalScroll, can_focus=False):
    """Mounts at most `MOUNTED` turns of those it is given."""

    def __init__(self, describe: Describe) -> None:
        super().__init__(id="log")
        self._describe = describe
        self._turns: Sequence[Turn] = ()
        self._start = self._stop = 0
        self._sought = ""
        self._above, self._below = EdgeRow(-STEP), EdgeRow(STEP)
        # What is kept in sight while the room changes, until the student scrolls.
        self._kept: TurnView | None = None

    def on_mount(self) -> None:
        self.mount(self._above, self._below)

    @property
    def views(self) -> list[TurnView]:
        """The mounted turns, oldest first."""
        return [child for child in self.children if isinstance(child, TurnView)]

    async def open(self, turns: Sequence[Turn]) -> None:
        """Shows the end of this list of turns, which may grow: `follow` then shows what is new."""
        self._turns = turns
        await self._window(len(turns) - MOUNTED, len(turns), afresh=True)
        self.scroll_to_turn(self.views[-1])

    async def follow(self) -> None:
        """Shows the turns that came since, and scrolls to the last one."""
        await self._window(len(self._turns) - MOUNTED, len(self._turns))
        self.scroll_to_turn(self.views[-1])

    async def move(self, step: int) -> None:
        """Moves the window, and keeps in sight what was at its edge."""
        self.leave()
        edge = self.views[0 if step < 0 else -1]
        start = max(0, min(self._start + step, len(self._turns) - MOUNTED))
        await self._window(start, start + MOUNTED)
        if edge.parent is self:
            self.call_after_refresh(self.scroll_to_widget, edge, animate=False, top=step < 0)

    async def page(self, way: int) -> None:
        """A page up (-1) or down (1); at the window's edge the window moves."""
        self.leave()
        if way < 0 and self.scroll_offset.y == 0 and self._start > 0:
            await self.move(-STEP)
        elif way > 0 and self.is_vertical_scroll_end and self._stop < len(self._turns):
            await self.move(STEP)
        else:
            (self.scroll_page_up if way < 0 else self.scroll_page_down)(animate=False)

    def scroll_to_turn(self, view: TurnView) -> None:
        """Shows the end of the turn, or its beginning when it is longer than the room, and keeps it in sight.

        Sources that were unfolded stand at the end and are what is wanted: then the end is shown.
        """
        self._kept = view
        # The heights are known only after the layout that the mounting asked for.
        self.call_after_refresh(self._scroll_to_kept)

    def _scroll_to_kept(self) -> None:
        view = self._kept
        if view is None or not view.is_attached or not self.size.height:
            return
        if view.outer_size.height > self.size.height:
            most = view.outer_size.height - self.size.height
            top = view.virtual_region.y + (most if view.unfolded else min(view.start, most))
            self.scroll_to(y=top, animate=False, force=True)
        elif self.views and view is self.views[-1]:
            self.scroll_end(animate=False, force=True)
        else:
            self.scroll_to_widget(view, animate=False, center=True, force=True)

    def on_resize(self) -> None:
        self.call_after_refresh(self._scroll_to_kept)

    def leave(self) -> None:
        """The student scrolls: nothing is kept in sight any more."""
        self._kept = None

    on_mouse_scroll_up = on_mouse_scroll_down = on_scroll_to = on_scroll_up = on_scroll_down = leave

    def found(self, words: str) -> list[int]:
        """The turns that hold the words, oldest first, mounted or not."""
        words = words.casefold()
        return [
            at for at, turn in enumerate(self._turns)
            if words and words in f"{turn.text}\n{to_plain(turn.reply)}".casefold()
        ]

    async def reveal(self, at: int, words: str) -> None:
        """Brings a turn into sight and marks the words in all that are mounted."""
        self._sought = words
        if not self._start <= at < self._stop:
            start = max(0, min(at - MOUNTED // 2, len(self._turns) - MOUNTED))
            await self._window(start, start + MOUNTED)
        for view in self.views:
            view.seek(words)
        self.scroll_to_turn(self.views[at - self._start])

    def forget(self) -> None:
        """Takes the marks of a search off."""
        self._sought = ""
        for view in self.views:
            view.seek("")

    async def _window(self, start: int, stop: int, afresh: bool = False) -> None:
        start, stop = max(0, start), min(len(self._turns), stop)
        views = {} if afresh else dict(zip(range(self._start, self._stop), self.views, strict=True))
        gone = self.views if afresh else [view for at, view in views.items() if not start <= at < stop]
        made = {at: self._view(at) for at in range(start, stop) if at not in views}
        before = [view for at, view in made.items() if at < self._start and not afresh]
        after = [view for at, view in made.items() if view not in before]
        self._start, self._stop = start, stop
        self._above.count(start)
        self._below.count(len(self._turns) - stop)
        with self.app.batch_update():
            if gone:
                await self.remove_children(gone)
            if before:
                await self.mount_all(before, after=self._above)
            if after:
                await self.mount_all(after, before=self._below)

    def _view(self, at: int) -> Widget:
        view = TurnView(self._turns[at], self._describe)
        view.seek(self._sought)
        return view


def _marked(content: Content, words: str) -> Content:
    text, words = content.plain.casefold(), words.casefold()
    # Folding may lengthen a text ("ß"); then places would be wrong, and no mark is better than a wrong one.
    at = text.find(words) if words and len(text) == len(content.plain) else -1
    while at >= 0:
        content = content.stylize("reverse", at, at + len(words))
        at = text.find(words, at + len(words))
    return content
