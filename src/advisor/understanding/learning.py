"""The arithmetic of the matcher, in numpy: vectors from feature counts, weights from labeled vectors.

Only this module and `calibration` compute with numpy, and they are imported when a matcher is first built or asked, so that
importing `advisor.understanding` stays cheap.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from zlib import crc32

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from advisor.understanding.calibration import SHARPNESS
from advisor.understanding.features import BLOCK_WEIGHTS, FeatureSpace

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

# Chosen on validation lines of three public sets and on held-out examples of the shipped pack; accuracy moves by less than a
# point around each.
MEAN_FACTOR = 3.0
RATE = 0.13
FIRST_ENERGY = 0.01
SURE_ENOUGH = 0.98
NEGLIGIBLE = 0.005
PASSES = 3
SETTLED = 1  # passes before the steps count for the average
# Scores of lines that were not learned from come out a tenth too sure: with this their confidence is as high as the share that is right.
TEMPER = 0.9
_CHUNK = 1000  # rows at a time, so that they stay in the processor's cache


class Vectors(Struct, frozen=True):
    """Sparse vectors of length 1: the features of line n are `ids[starts[n]:starts[n + 1]]`, with `values` alike."""

    starts: Ints
    ids: Ints
    values: Floats

    def __len__(self) -> int:
        return len(self.starts) - 1

    def row(self, number: int) -> tuple[Ints, Floats]:
        """Feature ids and values of one line."""
        here = slice(self.starts[number], self.starts[number + 1])
        return self.ids[here], self.values[here]


def block_numbers(space: FeatureSpace) -> Ints:
    """The block of each feature id."""
    return np.repeat(np.arange(len(space.names)), [len(block) for block in space.names])


class Sums(Struct, frozen=True):
    """How much of each feature each line has: three columns, sorted by line and feature id, each pair once."""

    lines: int
    rows: Ints
    ids: Ints
    amounts: NDArray[np.float64]


def sums_of(lines: Sequence[Sequence[int]], amounts: Sequence[Sequence[float]] | None, size: int) -> Sums:
    """Adds up the feature ids of lines; `amounts` goes with them, or is None when each counts 1."""
    rows = np.repeat(np.arange(len(lines)), [len(ids) for ids in lines])
    ids = np.array(list(chain.from_iterable(lines)), dtype=np.int64)
    weights = None if amounts is None else np.array(list(chain.from_iterable(amounts)), dtype=np.float64)
    keys, where = np.unique(rows * max(size, 1) + ids, return_inverse=True)
    added = np.bincount(where, weights=weights, minlength=len(keys)).astype(np.float64)
    return Sums(len(lines), keys // max(size, 1), keys % max(size, 1), added)


def rarity(sums: Sums, size: int) -> Floats:
    """How telling each feature is: log of how few of the lines have it, plus 1 (inverse document frequency)."""
    having = np.bincount(sums.ids, minlength=size)
    weights: Floats = (np.log((1 + sums.lines) / (1 + having)) + 1).astype(np.float32)
    return weights


def vectors_of(sums: Sums, rare: Floats, blocks: Ints) -> Vectors:
    """Amounts damped, times rarity; each block of a line to length 1 and weighted; the whole line to length 1."""
    rows, ids = sums.rows, sums.ids
    values = np.log2(1 + sums.amounts) * rare[ids]
    kinds = blocks[ids]
    parts = rows * len(BLOCK_WEIGHTS) + kinds
    energy = np.bincount(parts, weights=values * values, minlength=sums.lines * len(BLOCK_WEIGHTS))
    values *= np.asarray(BLOCK_WEIGHTS)[kinds] / np.sqrt(energy[parts])
    whole = np.bincount(rows, weights=values * values, minlength=sums.lines)
    values /= np.sqrt(whole[rows])
    starts = np.searchsorted(rows, np.arange(sums.lines + 1))
    return Vectors(starts.astype(np.int64), ids, values.astype(np.float32))


def learn(vectors: Vectors, labels: Sequence[int], names: Sequence[str], size: int, classes: int) -> Floats:
    """Weights [size, classes]: class means first, then rounds of softmax regression with one rate per feature, averaged over
    their steps (Polyak and Juditsky 1992).

    `names` are the lines as text. The order of a round is that of a checksum of round and line: mixed, and the same for all
    lines that stay when others come or go. So a new example moves what it is about and nothing else: against a seeded shuffle a
    quarter as many messages change their intent.
    """
    of_line = np.asarray(labels, dtype=np.int64)
    rows = np.repeat(np.arange(len(vectors)), np.diff(vectors.starts))
    per_class = np.maximum(np.bincount(of_line, minlength=classes), 1)
    shares = MEAN_FACTOR * vectors.values / per_class[of_line[rows]].astype(np.float32)
    means = np.bincount(vectors.ids, weights=shares, minlength=size) / max(classes, 1)
    weights = np.empty((size, classes), dtype=np.float32)
    weights[:] = -means[:, None]
    flat = weights.reshape(-1)
    np.add.at(flat, vectors.ids * classes + of_line[rows], shares)
    # The average is what the steps led to, less each step by the share of the steps that came before it.
    early = np.zeros_like(weights)
    early_flat = early.reshape(-1)
    energy = np.full(size, FIRST_ENERGY, dtype=np.float32)
    averaged = max(1, len(vectors) * (PASSES - SETTLED))
    for turn in range(PASSES):
        order = sorted(range(len(vectors)), key=lambda line: crc32(f"{turn} {names[line]}".encode()))
        for at, line in enumerate(order, len(vectors) * (turn - SETTLED)):
            ids, values = vectors.row(line)
            right = labels[line]
            wrong = softmax(values @ weights.take(ids, axis=0))
            if wrong[right] > SURE_ENOUGH:
                continue
            wrong[right] -= 1
            rates = energy[ids] + values * values * (wrong @ wrong)
            energy[ids] = rates
            # Most intents are hardly touched by a line; leaving those out saves half the time.
            touched = np.flatnonzero(np.abs(wrong) > NEGLIGIBLE)
            step = (RATE * values / np.sqrt(rates))[:, None] * wrong[touched]
            places = (ids * classes)[:, None] + touched
            flat[places] -= step
            if at > 0:
                early_flat[places] += step * np.float32(at / averaged)
    weights += early
    weights *= np.float32(TEMPER)
    return weights


def whole_numbers(weights: Floats, steps: int, zero: int) -> tuple[Floats, NDArray[np.uint8]]:
    """Weights as numbers from zero - steps to zero + steps, with one scale a feature; `weights` is used up."""
    scales = np.empty(len(weights), dtype="<f4")
    whole = np.empty(weights.shape, dtype=np.uint8)
    for start in range(0, len(weights), _CHUNK):
        part = weights[start:start + _CHUNK]
        scale = np.maximum(part.max(axis=1, initial=0.0), -part.min(axis=1, initial=0.0)) / steps + np.float32(1e-12)
        part *= (1 / scale)[:, None]
        part += zero + 0.5
        scales[start:start + _CHUNK] = scale
        whole[start:start + _CHUNK] = part
    return scales, whole


def softmax(scores: Floats) -> Floats:
    """Scores to shares that sum to 1, SHARPNESS times as sharp."""
    shares: Floats = np.exp(SHARPNESS * (scores - scores.max()))
    shares /= shares.sum()
    return shares
