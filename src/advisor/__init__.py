"""A rule-based advisor for choosing an online master's in machine learning and its neighbors.

knowledge = advisor.load()
conversation, reply = advisor.respond(knowledge, advisor.Conversation(), "cheapest one without the GRE?")

Names are brought in when they are first used, so that `advisor --version` and `--help` need not wait for the engine.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from advisor.dialogue.conversation import Conversation
    from advisor.dialogue.knowledge import Knowledge, load
    from advisor.dialogue.respond import panel, respond, welcome
    from advisor.errors import AdvisorError, PackError
    from advisor.replies.blocks import Panel, Reply

__all__ = ["AdvisorError", "Conversation", "Knowledge", "PackError", "Panel", "Reply", "load", "panel", "respond", "welcome"]

_HOME = {
    "AdvisorError": "errors", "Conversation": "dialogue.conversation", "Knowledge": "dialogue.knowledge", "PackError": "errors",
    "Panel": "replies.blocks", "Reply": "replies.blocks", "load": "dialogue.knowledge", "panel": "dialogue.respond",
    "respond": "dialogue.respond", "welcome": "dialogue.respond",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    return found


def __dir__() -> list[str]:
    return sorted(__all__)
