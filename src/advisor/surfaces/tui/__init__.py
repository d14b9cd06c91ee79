"""The chat in the terminal, with Textual. Nothing outside this package imports textual, and it only when a chat opens."""

from advisor.surfaces.tui.engine import run_chat

__all__ = ["run_chat"]
