"""How long one turn takes with the shipped pack: p50, p90, p99 and the slowest, over the scripted conversations.

    python benchmarks/turn.py [--rounds N] [--pack DIR] [PATH ...]

Every conversation is played from its beginning, so a turn has the state that it has in real life. The first round warms up and is not
counted. The time is that of `respond` alone, and of its reply as Markdown beside it.
"""

from __future__ import annotations

import argparse
import gc
import time
from pathlib import Path

import advisor
from advisor.dialogue.knowledge import default_root
from advisor.replies.render import to_markdown
from advisor.workbench.replay import script_files
from advisor.workbench.script import read_scripts

#: Milliseconds at the 99th percentile that one turn may take.
GOAL = 5.0


def percentile(times: list[float], share: float) -> float:
    """The time below which this share of all (sorted) times lies."""
    return times[min(len(times) - 1, int(share * len(times)))]


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description="Times one turn over scripted conversations.")
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--pack", type=Path)
    arguments = parser.parse_args()
    start = time.perf_counter()
    knowledge = advisor.load(arguments.pack)
    loaded = time.perf_counter() - start
    gc.freeze()  # as the command does: the pack is not searched for garbage
    scripts = [script for path in script_files(arguments.paths, arguments.pack or default_root()) for script in read_scripts(path)]
    respond, render = list[float](), list[float]()
    slowest = (0.0, "")
    for turn_of in range(arguments.rounds + 1):
        for placed in scripts:
            conversation = advisor.Conversation()
            for turn in placed.script.turns:
                first = time.perf_counter()
                conversation, reply = advisor.respond(knowledge, conversation, turn.student)
                second = time.perf_counter()
                to_markdown(reply)
                if turn_of:
                    respond.append(1000 * (second - first))
                    render.append(1000 * (time.perf_counter() - second))
                    slowest = max(slowest, (respond[-1], turn.student))
    print(f"{len(scripts)} conversations, {len(respond)} turns, pack loaded in {loaded:.2f} s\n")
    print("| milliseconds | p50 | p90 | p99 | slowest |")
    print("|---|---|---|---|---|")
    for name, times in (("respond", respond), ("as markdown", render)):
        times.sort()
        row = [percentile(times, share) for share in (0.5, 0.9, 0.99)]
        print(f"| {name} | " + " | ".join(f"{value:.2f}" for value in (*row, times[-1])) + " |")
    respond.sort()
    p99 = percentile(respond, 0.99)
    print(f"\np99 of {p99:.2f} ms: {'within' if p99 < GOAL else 'above'} the goal of {GOAL:g} ms. Slowest: {slowest[1][:80]!r}")


if __name__ == "__main__":
    main()
