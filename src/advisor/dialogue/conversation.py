"""The state of a conversation: a small frozen value that goes to JSON and back; any process can take the next turn."""

from __future__ import annotations

from msgspec import DecodeError, Struct, json
from msgspec.structs import replace

from advisor.knowledge.facts import Citation
from advisor.knowledge.profile import Profile
from advisor.understanding.tables import Frame, TableContext

#: How many earlier states `undo` can reach.
UNDO = 20
#: How many turns the summary keeps.
LOG = 200


class Said(Struct, frozen=True, forbid_unknown_fields=True):
    """What the last reply said, so that "why?" and "are you sure?" have something to stand on."""

    intent: str | None = None
    lead: str = ""
    citations: tuple[Citation, ...] = ()
    suggestions: tuple[str, ...] = ()
    degree_shown: bool = False


class State(Struct, frozen=True, forbid_unknown_fields=True):
    """All that a turn may lean on, but for the earlier states."""

    turn: int = 0
    profile: Profile = Profile()
    tables: TableContext = TableContext()
    pending: str = ""                       # the question that waits for an answer
    asked: tuple[str, ...] = ()             # questions asked so far, answered or declined
    interviewing: bool = False
    told: tuple[str, ...] = ()              # disagreements and cautions already told: each once a conversation
    rest: tuple[str, ...] = ()              # ids that "more" would show
    top: str | None = None                  # the degree that led at the last verdict
    said: Said = Said()
    log: tuple[tuple[str, str], ...] = ()   # (what the student said, the first sentence of the reply)


class Conversation(Struct, frozen=True, forbid_unknown_fields=True):
    """The present state and the ones before it."""

    state: State = State()
    past: tuple[State, ...] = ()

    def then(self, state: State) -> Conversation:
        """The conversation one turn on."""
        return Conversation(state, (*self.past, self.state)[-UNDO:])

    def undone(self) -> Conversation:
        """The conversation one turn back; unchanged when there is none."""
        return Conversation(self.past[-1], self.past[:-1]) if self.past else self

    def to_json(self) -> str:
        return json.encode(self).decode()

    @staticmethod
    def from_json(text: str) -> Conversation:
        """The conversation that `to_json` wrote. Raises ValueError for anything else, a misspelt key among it."""
        try:
            return json.decode(text, type=Conversation)
        except (DecodeError, RecursionError) as error:
            raise ValueError(f"no saved conversation: {error}") from error


def focus(state: State, kind: str) -> str:
    """The thing of a kind that was talked about last; "" when there is none, or there were several."""
    frame = next((frame for frame in state.tables.stack if frame.kind == kind), None)
    return frame.ids[0] if frame and frame.ids else ""


def with_frame(state: State, kind: str, ids: tuple[str, ...], depth: int = 4) -> State:
    """The state with these things in focus (a new frame on top; at most `depth` are kept)."""
    if not ids:
        return state
    frame = Frame(kind, ids)
    stack = (frame, *(old for old in state.tables.stack if old != frame))[:depth]
    return replace(state, tables=replace(state.tables, stack=stack))
