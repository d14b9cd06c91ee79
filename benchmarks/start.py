"""How long `advisor ask` takes from the shell, beside what cannot be avoided: importing pydantic, yaml and rapidfuzz.

    python benchmarks/start.py [--runs N]

The two are run in turn, each in a fresh process, so that a busy machine slows both; the ratio is of the fastest runs. The cache is
warm; what the very first start after a change of the pack takes stands in a row of its own.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time

#: How many times as long as the imports an answer may take.
GOAL = 3.0
QUESTION = ("-m", "advisor", "ask", "cheapest program without the gre")
CALLS = {
    "python -c pass": ("-c", "pass"),
    "import pydantic, yaml, rapidfuzz": ("-c", "import pydantic, yaml, rapidfuzz"),
    "import advisor": ("-c", "import advisor"),
    "advisor --version": ("-m", "advisor", "--version"),
    "advisor ask": QUESTION,
}


def seconds(arguments: tuple[str, ...], **environment: str) -> float:
    """How long one fresh process takes. A failure ends the benchmark."""
    start = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True, env={**os.environ, **environment})
    return time.perf_counter() - start


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description="Times the start of the command.")
    parser.add_argument("--runs", type=int, default=10)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as cache:
        cold = seconds(QUESTION, ADVISOR_CACHE=cache)
        times: dict[str, list[float]] = {name: [] for name in CALLS}
        for _ in range(runs):
            for name, arguments in CALLS.items():
                times[name].append(seconds(arguments, ADVISOR_CACHE=cache))
    print("| milliseconds | fastest | median |")
    print("|---|---|---|")
    for name, values in times.items():
        values.sort()
        print(f"| {name} | {1000 * values[0]:.0f} | {1000 * values[len(values) // 2]:.0f} |")
    print(f"| advisor ask, without a cache | {1000 * cold:.0f} | |")
    ratio = times["advisor ask"][0] / times["import pydantic, yaml, rapidfuzz"][0]
    print(f"\nadvisor ask takes {ratio:.1f} times the imports: {'within' if ratio <= GOAL else 'above'} the goal of {GOAL:g}")


if __name__ == "__main__":
    main()
