"""What a question may lean on: the last question, what was talked about, the student's limits; and how references resolve."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from advisor.knowledge.profile import Limit
from advisor.knowledge.queries import Query, Where

#: Measured: more frames add nothing.
FRAMES = 4
#: A bare column ("gre?") keeps the subject while no more things than these are in focus.
FEW = 3


#: Questions about cells: "the same for X" repeats them.
CELLS = ("value", "yes_no", "per_unit")


class Frame(Struct, frozen=True):
    """Things of one kind that were just talked about, in the order shown."""

    kind: str
    ids: tuple[str, ...]


class TableContext(Struct, frozen=True):
    """What the parse may lean on; a small value that goes to JSON. `stack` is newest first."""

    last: Query | None = None
    stack: tuple[Frame, ...] = ()
    view: tuple[Where, ...] = ()
    limits: tuple[Limit, ...] = ()
    columns: tuple[str, ...] = ()   # all that was asked of the subjects of the last question, for "the same for X"
    unseen: bool = False    # the last question stands in the same message: what it answers is not in the stack

    def speaks_of(self, kind: str) -> bool:
        """Whether this kind was asked about last, or told about by an answer of another sort ("what does an NLP engineer do?")."""
        if self.last is not None:
            return self.last.kind == kind
        return bool(self.stack) and self.stack[0].kind == kind

    def pushed(self, kind: str, ids: tuple[str, ...]) -> TableContext:
        """With a new frame on top; the same things again only move up."""
        if not ids:
            return self
        frame = Frame(kind, ids)
        rest = tuple(old for old in self.stack if old != frame)
        return replace(self, stack=(frame, *rest)[:FRAMES])

    def answered(self, query: Query, shown: tuple[str, ...] = (), group: tuple[str, ...] = ()) -> TableContext:
        """After a question: it is the last one, its conditions are the view, and what it was about is in focus.

        `shown` are the ids that the answer named, best first; `group` what an extreme was taken of (ranked): it is pushed
        first, so that "which of those" means the group and "it" the winner.
        """
        columns: tuple[str, ...] = ()
        if query.asked in CELLS and query.subjects:
            same = self.last is not None and self.last.asked in CELLS and self.last.subjects == query.subjects
            columns = tuple(dict.fromkeys((*(self.columns if same else ()), *query.attributes)))
        out = replace(self, last=query, view=query.where, columns=columns, unseen=False)
        if len(group) > 1:
            out = out.pushed(query.kind, group)
        return out.pushed(query.kind, query.subjects or shown or query.scope)

    def frames(self, kind: str | None = None) -> tuple[Frame, ...]:
        return tuple(frame for frame in self.stack if kind is None or frame.kind == kind)

    def it(self, kind: str) -> tuple[str, ...]:
        """The first thing in focus."""
        return next((frame.ids[:1] for frame in self.frames(kind)), ())

    def few(self, kind: str) -> tuple[str, ...]:
        """What is in focus when it is few enough to be meant without being named."""
        top = next(iter(self.frames(kind)), None)
        return top.ids if top and len(top.ids) <= FEW else ()

    def group(self, kind: str) -> tuple[str, ...]:
        """The last group of several things; else what is in focus."""
        frames = self.frames(kind)
        return next((frame.ids for frame in frames if len(frame.ids) > 1), frames[0].ids if frames else ())

    def recent(self, kind: str) -> tuple[str, ...]:
        """Everything that was lately talked about, newest first."""
        return tuple(dict.fromkeys(id_ for frame in self.frames(kind) for id_ in frame.ids))

    def they(self, kind: str) -> tuple[str, ...]:
        """The newest frame if it is a group; else the last singles together."""
        frames = self.frames(kind)
        if frames and len(frames[0].ids) > 1:
            return frames[0].ids
        return self.pair(kind) or self.it(kind)

    def pair(self, kind: str) -> tuple[str, ...]:
        """The last two things: a frame of two on top, or the last two single frames."""
        frames = self.frames(kind)
        if frames and len(frames[0].ids) == 2:
            return frames[0].ids
        singles = [frame.ids[0] for frame in frames if len(frame.ids) == 1]
        if len(singles) >= 2 and frames and len(frames[0].ids) == 1 and len(frames[1].ids) == 1:
            return (singles[1], singles[0])
        return next((frame.ids for frame in frames if len(frame.ids) == 2), ())

    def others(self, kind: str, all_: tuple[str, ...]) -> tuple[str, ...]:
        """The rest of the last group, else of the table."""
        frames = self.frames(kind)
        if not frames:
            return ()
        top = frames[0].ids
        if len(top) == 1:
            for frame in frames[1:]:
                if len(frame.ids) > 1 and top[0] in frame.ids:
                    return tuple(id_ for id_ in frame.ids if id_ not in top)
        return tuple(id_ for id_ in all_ if id_ not in top)
