"""What is known of the student, how the degrees rank, which programs fit: beside the conversation, or above the prompt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen

from advisor.replies.blocks import Panel
from advisor.surfaces.tui.lines import BLANK, Lines, Pick, Row
from advisor.surfaces.tui.paint import ABOUT, bar, figure, wrap
from advisor.surfaces.tui.safe import QUIET, Sheet, Text, label, plain

#: What picking an entry says, or begins to say: the words of a student, understood like any others.
WHY = "Why {name}?"
CORRECT = "Actually, "

_BAR = 10
_SHOWN_PROGRAMS = 10


class PanelLines(Lines):
    """The panel as rows. An entry of the profile can be corrected, a degree and a program asked about."""

    def __init__(self, panel: Panel, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._panel = panel
        self.can_focus = True

    def show(self, panel: Panel) -> None:
        """Replaces what is shown."""
        if panel != self._panel:
            self._panel = panel
            self.repaint()

    def paint(self, width: int) -> Sequence[Row]:
        return [*self._known(width), BLANK, *self._degrees(width), BLANK, *self._programs(width)]

    def _known(self, width: int) -> list[Row]:
        rows = [_title("What I know", "", width)]
        column = min(12, max((len(label(name)) for name, _ in self._panel.known), default=0))
        for name, value in self._panel.known:
            lead = Content.styled(f" {label(name)[:column]:<{column}}  ", QUIET)
            lines = wrap(Content(label(value)), width, lead, " " * lead.cell_length)
            rows += [Row(line, Pick(CORRECT, send=False, entry=name)) for line in lines]
        return rows if self._panel.known else [*rows, _quiet("nothing yet")]

    def _degrees(self, width: int) -> list[Row]:
        rows = [_title("Degrees", "why?" if self._panel.degrees else "", width)]
        top = max((value for _, value in self._panel.degrees), default=0.0)
        column = min(22, max((len(label(name)) for name, _ in self._panel.degrees), default=0))
        for name, value in self._panel.degrees:
            shown = Content(label(name)).truncate(column, ellipsis=True)
            lead = Content(" ") + shown.pad_right(column - shown.cell_length) + "  "
            room = max(3, min(_BAR, width - lead.cell_length - 5))
            scale = Content.styled(bar(value, top, room), "$accent")
            line = lead + scale + (" " if scale else "") + figure(value)
            rows.append(Row(line, Pick(WHY.format(name=label(name)))))
        if self._panel.settled_by:
            rows += [Row(line.stylize(QUIET)) for line in wrap(Content(f"settled by: {label(self._panel.settled_by)}"), width, " ", " ")]
        return rows if self._panel.degrees else [*rows, _quiet("no favorite yet")]

    def _programs(self, width: int) -> list[Row]:
        count = self._panel.programs_fit
        rows = [_title("Programs", f"{count} fit{'s' if count == 1 else ''}" if self._panel.programs else "", width)]
        shown = self._panel.programs[:_SHOWN_PROGRAMS]
        column = min(width - 8, max((len(label(name)) for name, _ in shown), default=0))
        for name, value in shown:
            lead = Content(label(name)).truncate(column, ellipsis=True)
            lead = Content(" ") + lead.pad_right(column - lead.cell_length) + "  "
            lines = wrap(Content(label(value)), width, lead, " " * lead.cell_length)
            rows += [Row(line, Pick(ABOUT.format(name=label(name)))) for line in lines]
        more = max(count, len(self._panel.programs)) - len(shown)
        if shown and more > 0:
            rows.append(_quiet(f"and {more} more"))
        return rows if shown else [*rows, _quiet("none picked out yet")]


def _title(text: str, aside: str, width: int) -> Row:
    gap = " " * max(2, width - len(text) - len(aside))
    return Row(Content.styled(text, "bold") + (Content.styled(gap + aside, QUIET) if aside else ""))


def _quiet(text: str) -> Row:
    return Row(Content.styled(f" {text}", QUIET))


class SidePanel(VerticalScroll, can_focus=False):
    """The panel beside the conversation of a wide terminal."""

    def __init__(self) -> None:
        super().__init__(id="side")
        self.lines = PanelLines(Panel(), id="side-lines")

    def compose(self) -> ComposeResult:
        yield self.lines


class Summary(Text):
    """The panel in one or two lines, for a narrow terminal. Two lines at most, each cut at its end."""

    def __init__(self) -> None:
        super().__init__(id="summary")
        self._panel = Panel()

    def summarize(self, panel: Panel) -> None:
        """Replaces what is shown."""
        self._panel = panel
        self._draw()

    def on_resize(self) -> None:
        self._draw()

    def _draw(self) -> None:
        width = self.content_size.width or self.app.size.width - 2
        lines = [line for line in (self._degrees(width), self._known(width)) if line]
        self.show(Content("\n").join(lines))

    def _degrees(self, width: int) -> Content:
        degrees = [(label(name), value) for name, value in self._panel.degrees if value > 0]
        top = max((value for _, value in degrees), default=0.0)
        # The bars shrink before a degree is left out; the figure stays with its bar.
        for room in (6, 3):
            line = Content("")
            for name, value in degrees:
                scale = Content.styled(bar(value, top, room), "$accent")
                entry = Content(f"{name} ") + scale + f" {figure(value)}"
                if line and line.cell_length + entry.cell_length + 3 > width:
                    break
                line = line + ("   " if line else "") + entry
            else:
                break
        return line.truncate(width, ellipsis=True)

    def _known(self, width: int) -> Content:
        if not self._panel.known:
            return Content("")
        text = " · ".join(f"{label(name)} {label(value)}" for name, value in self._panel.known)
        line = Content.styled("you: ", QUIET) + plain(text)
        return line.truncate(width, ellipsis=True)

    def on_click(self) -> None:
        if isinstance(self.screen, ModalScreen):
            return
        self.call_later(self.screen.run_action, "screen.profile")


class PanelScreen(ModalScreen[Pick | None]):
    """The panel over the conversation, where there is no room beside it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+b,q", "dismiss", show=False),
    ]

    def __init__(self, panel: Panel) -> None:
        super().__init__()
        self._panel = panel

    def compose(self) -> ComposeResult:
        with Sheet("up down choose   enter ask   esc back"), VerticalScroll(can_focus=False):
            yield PanelLines(self._panel)

    def on_lines_picked(self, event: Lines.Picked) -> None:
        event.stop()
        self.dismiss(event.pick)
