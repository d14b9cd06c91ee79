"""Measures the intent matcher on public data sets, beside ordinary peers in the same run, and prints tables.

    python benchmarks/intents.py DATA [--sets clinc150 banking77 hwu64] [--full] [--lines N] [--draws N] [--calibrate]

DATA holds a folder a set with `train_10.jsonl` (ten examples an intent; `train.jsonl` with --full) and `test.jsonl`; optional
are `oos_test.jsonl` or `near_oos_test.jsonl` (lines that belong to no intent). A line is {"text": ..., "intent": ...}. The data is
not part of the repository: see README.md here for where it comes from. Nothing is written; the same data gives the same figures,
times aside.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # one thread for everybody, so that times can be compared

from rapidfuzz import fuzz, process

from advisor.understanding import IntentMatcher

Line = tuple[str, str]
Answer = tuple[str, float]
"""An intent, and how sure: any number, larger is surer."""
Peer = Callable[[Sequence[Line]], Callable[[str], Answer]]
SLIP_RATE = 0.25
KEPT = 0.95
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def read(path: Path) -> list[Line]:
    """The lines of a file, or none when there is no such file."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8") as file:
        return [(row["text"], row["intent"]) for row in map(json.loads, file)]


def mistyped(text: str, chance: random.Random) -> str:
    """Each word of four letters or more is hit with probability 0.25 by one swap, deletion, insertion or substitution."""
    return " ".join(_slip(word, chance) for word in text.split())


def _slip(word: str, chance: random.Random) -> str:
    if len(word) < 4 or not word.isalpha() or chance.random() > SLIP_RATE:
        return word
    at, letter = chance.randrange(len(word) - 1), chance.choice(LETTERS)
    return chance.choice([
        word[:at] + word[at + 1] + word[at] + word[at + 2:],
        word[:at] + word[at + 1:],
        word[:at] + letter + word[at:],
        word[:at] + letter + word[at + 1:],
    ])


def by_intent(lines: Sequence[Line]) -> dict[str, list[str]]:
    """Examples as the matcher takes them."""
    grouped: dict[str, list[str]] = {}
    for text, intent in lines:
        grouped.setdefault(intent, []).append(text)
    return grouped


def advisor(lines: Sequence[Line], calibrate: bool = False) -> Callable[[str], Answer]:
    """The matcher under test."""
    matcher = IntentMatcher(by_intent(lines), calibrate=calibrate)

    def answer(text: str) -> Answer:
        best = matcher.rank(text, 1)[0]
        return best.intent, best.confidence

    return answer


def closest_line(lines: Sequence[Line]) -> Callable[[str], Answer]:
    """What a user of RapidFuzz writes first: the intent of the closest example by token_set_ratio."""
    texts = [text.lower() for text, _ in lines]

    def answer(text: str) -> Answer:
        found = process.extractOne(text.lower(), texts, scorer=fuzz.token_set_ratio)
        return lines[found[2]][1], found[1]

    return answer


def linear_svc(lines: Sequence[Line]) -> Callable[[str], Answer]:
    """TF-IDF of words and letters with a linear support vector machine: the usual strong baseline, when scikit-learn is there."""
    from sklearn.feature_extraction.text import TfidfVectorizer  # type: ignore[import-not-found]
    from sklearn.pipeline import make_pipeline, make_union  # type: ignore[import-not-found]
    from sklearn.svm import LinearSVC  # type: ignore[import-not-found]

    model = make_pipeline(
        make_union(TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True),
                   TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True)),
        LinearSVC(C=1.0))
    model.fit([text for text, _ in lines], [intent for _, intent in lines])

    def answer(text: str) -> Answer:
        scores = model.decision_function([text])[0]
        best = int(scores.argmax())
        return str(model.classes_[best]), float(scores[best])

    return answer


def separation(inside: Sequence[float], outside: Sequence[float]) -> tuple[float, float]:
    """AUROC, and the share of unknown lines below the threshold that keeps 95 % of the known ones; both in percent."""
    above = sum(sum(known > unknown for known in inside) + 0.5 * sum(known == unknown for known in inside) for unknown in outside)
    threshold = sorted(inside)[int(len(inside) * (1 - KEPT))]
    return 100 * above / (len(inside) * len(outside)), 100 * sum(unknown < threshold for unknown in outside) / len(outside)


def calibration_error(sure: Sequence[float], right: Sequence[bool]) -> float:
    """Mean distance between confidence and truth over ten bins, weighed by their lines (known lines only)."""
    error = 0.0
    for low in range(10):
        here = [(s, r) for s, r in zip(sure, right, strict=True) if low == min(9, int(s * 10))]
        error += abs(sum(s - r for s, r in here))
    return error / len(sure)


def measure(build: Peer, train: Sequence[Line], test: Sequence[Line], unknown: Sequence[Line]) -> dict[str, str]:
    """One row of the table. Slips are the same for every system."""
    began = time.perf_counter()
    answer = build(train)
    built = time.perf_counter() - began
    answer(test[0][0])
    times: list[float] = []
    sure: list[float] = []
    right: list[bool] = []
    for text, intent in test:
        began = time.perf_counter()
        found, how_sure = answer(text)
        times.append(1000 * (time.perf_counter() - began))
        sure.append(how_sure)
        right.append(found == intent)
    chance = random.Random(7)
    with_slips = sum(answer(mistyped(text, chance))[0] == intent for text, intent in test)
    times.sort()
    row = {"clean": f"{100 * sum(right) / len(test):.1f}", "typos": f"{100 * with_slips / len(test):.1f}", "AUROC": "", "recall@95": "",
           "error": f"{calibration_error(sure, right):.2f}" if max(sure) <= 1 and min(sure) >= 0 else "",
           "p50 ms": f"{times[len(times) // 2]:.2f}", "p99 ms": f"{times[int(len(times) * 0.99)]:.2f}", "build s": f"{built:.2f}"}
    if unknown:
        auroc, recall = separation(sure, [answer(text)[1] for text, _ in unknown])
        row |= {"AUROC": f"{auroc:.1f}", "recall@95": f"{recall:.1f}"}
    return row


def draws_of(lines: Sequence[Line], draws: int) -> list[list[Line]]:
    """Several samples of ten examples an intent, each from its own seed."""
    samples = []
    for seed in range(draws):
        chance = random.Random(100 + seed)
        samples.append([(text, intent) for intent, texts in sorted(by_intent(lines).items())
                        for text in chance.sample(texts, min(10, len(texts)))])
    return samples


def several_draws(folder: Path, count: int, test: Sequence[Line], calibrate: bool) -> str:
    """Mean accuracy of the matcher over fresh samples of examples: one sample says little."""
    clean: list[float] = []
    typos: list[float] = []
    for seed, sample in enumerate(draws_of(read(folder / "train.jsonl"), count)):
        answer, chance = advisor(sample, calibrate), random.Random(seed)
        clean.append(100 * sum(answer(text)[0] == intent for text, intent in test) / len(test))
        typos.append(100 * sum(answer(mistyped(text, chance))[0] == intent for text, intent in test) / len(test))
    return f"{count} draws of ten examples: clean {sum(clean) / count:.1f}, typos {sum(typos) / count:.1f}"


def main() -> int:
    """Runs what the command line asks for; 2 when there is no data."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--sets", nargs="*", default=["clinc150", "banking77", "hwu64"])
    parser.add_argument("--full", action="store_true", help="learn from all examples, not ten an intent")
    parser.add_argument("--lines", type=int, default=0, help="at most this many test lines, a seeded sample")
    parser.add_argument("--draws", type=int, default=0, help="also this many fresh samples of ten examples (matcher only)")
    parser.add_argument("--calibrate", action="store_true", help="learn the confidence curve from held-out examples")
    chosen = parser.parse_args()
    peers: dict[str, Peer] = {"advisor": lambda lines: advisor(lines, chosen.calibrate), "RapidFuzz token_set_ratio": closest_line}
    try:
        import sklearn  # type: ignore[import-not-found]  # noqa: F401
        peers["TF-IDF + LinearSVC"] = linear_svc
    except ImportError:
        print("scikit-learn is not installed; its row is left out")
    for name in chosen.sets:
        folder = chosen.data / name
        train = read(folder / ("train.jsonl" if chosen.full else "train_10.jsonl"))
        test = read(folder / "test.jsonl")
        if not train or not test:
            print(f"{folder} has no training or test lines", file=sys.stderr)
            return 2
        if 0 < chosen.lines < len(test):
            test = random.Random(1).sample(test, chosen.lines)
        unknown = read(folder / "oos_test.jsonl") or read(folder / "near_oos_test.jsonl")
        print(f"\n### {name}: {len({intent for _, intent in train})} intents, {len(train)} examples, {len(test)} test lines, "
              f"{len(unknown)} unknown\n")
        for number, (label, build) in enumerate(peers.items()):
            row = measure(build, train, test, unknown)
            if number == 0:
                print("| system | " + " | ".join(row) + " |\n|" + "---|" * (len(row) + 1))
            print(f"| {label} | " + " | ".join(row.values()) + " |", flush=True)
        if chosen.draws:
            print("\n" + several_draws(folder, chosen.draws, test, chosen.calibrate), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
