"""A rule-based advisor for choosing an online master's in machine learning and its neighbors.

knowledge = advisor.load()
conversation, reply = advisor.respond(knowledge, advisor.Conversation(), "cheapest one without the GRE?")
"""

from advisor.dialogue.conversation import Conversation
from advisor.dialogue.knowledge import Knowledge, load
from advisor.dialogue.respond import panel, respond, welcome
from advisor.errors import AdvisorError, PackError
from advisor.replies.blocks import Panel, Reply

__all__ = ["AdvisorError", "Conversation", "Knowledge", "PackError", "Panel", "Reply", "load", "panel", "respond", "welcome"]
