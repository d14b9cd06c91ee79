"""The scores of one line in numpy: the arithmetic of `Model.vector` and `Model.scores`, four times as fast.

Only imported when numpy is worth its import, as `learning` and `calibration` are.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from advisor.understanding.features import BLOCK_WEIGHTS, BLOCKS, Counts, FeatureSpace, Place, stem_shares

_WEIGHTS = np.array(BLOCK_WEIGHTS)


class LineScores:
    """Weights as a model keeps them: `rows` by feature and intent, counted from `zero`; `scales` and `rare` by feature.

    All is counted in floats of 64 bits, which hold the whole numbers of `Model.scores` and their sums exactly.
    """

    def __init__(self, space: FeatureSpace, rows: bytes, scales: bytes, rare: bytes, zero: int, fine: int) -> None:
        self._space, self._zero, self._fine = space, zero, fine
        self._rows = np.frombuffer(rows, np.uint8).reshape(space.size, -1)
        self._scales = np.frombuffer(scales, "<f4").astype(np.float64)
        self._rare = np.frombuffer(rare, "<f4").astype(np.float64)
        self._blocks = np.repeat(np.arange(len(BLOCKS)), [len(block) for block in space.names])
        self._known: dict[str, NDArray[np.intp]] = {}

    def of(self, line: Sequence[Place]) -> list[float] | None:
        """A score for each intent; None when nothing of the line is known."""
        words = [share for place in line for share in place]
        pairs = Counts([], [], [])
        self._space.add_pairs(pairs, [stem_shares(place) for place in line])
        groups = [self._ids(word) for word, _ in words]
        ids = np.concatenate([*groups, np.array(pairs.ids, np.intp)])
        if not len(ids):
            return None
        amounts = np.concatenate([np.repeat([share for _, share in words], [len(group) for group in groups]), pairs.amounts])
        ids, where = np.unique(ids, return_inverse=True)
        values = np.log2(1 + np.bincount(where, amounts)) * self._rare[ids]
        blocks = self._blocks[ids]
        energies = np.bincount(blocks, values * values, len(BLOCKS))
        there = energies > 0
        shares = np.divide(_WEIGHTS, np.sqrt(energies), where=there, out=np.zeros(len(BLOCKS))) / np.sqrt((_WEIGHTS[there] ** 2).sum())
        worth = np.rint(values * shares[blocks] * self._scales[ids] * self._fine)
        totals = worth @ self._rows.take(ids, axis=0).astype(np.float64) - self._zero * worth.sum()
        scores: list[float] = (totals / self._fine).tolist()
        return scores

    def _ids(self, word: str) -> NDArray[np.intp]:
        """The features of a word by itself; those of known words are remembered, which keeps this as small as the pack."""
        found = self._known.get(word)
        if found is None:
            found = np.array(self._space.word_ids(word), np.intp)
            if self._space.knows(word):
                self._known[word] = found
        return found
