"""The pairs that are kept: those that stand together or nearly do."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from transforms.merging.features import Array, Features
from transforms.merging.scores import NEAR, score_pairs

_MOST_PARTS = 16
_STRETCH = 131_072


@dataclass(frozen=True, slots=True)
class Scored:
    """Pairs of rows that score `NEAR` or more: `left` is the one of lower rank."""

    left: Array
    right: Array
    score: Array

    def __len__(self) -> int:
        """Number of pairs."""
        return len(self.score)

    def take(self, at: Array) -> Scored:
        """Some of the pairs, by position or mask."""
        return Scored(self.left[at], self.right[at], self.score[at])

    def near(self, rows: Array) -> Scored:
        """The pairs that have one of the masked rows."""
        found = [np.zeros(0, np.int64)]
        # a stretch at a time stays in the processor's cache: half the time for millions of pairs
        for start in range(0, len(self), _STRETCH):
            stretch = slice(start, start + _STRETCH)
            either = rows.take(self.left[stretch]) | rows.take(self.right[stretch])
            found.append(np.flatnonzero(either) + start)
        return self.take(np.concatenate(found))

    def join(self, *more: Scored) -> Scored:
        """These pairs and some more."""
        parts = (self, *more)
        return Scored(
            np.concatenate([part.left for part in parts]),
            np.concatenate([part.right for part in parts]),
            np.concatenate([part.score for part in parts]),
        )

    def keys(self) -> Array:
        """One number per pair."""
        out: Array = (self.left.astype(np.int64) << 32) | self.right
        return out


@dataclass(frozen=True, slots=True)
class Kept:
    """All pairs that are kept, in parts, so that a night's few need no copy of all others."""

    parts: tuple[Scored, ...]

    def whole(self) -> Scored:
        """The pairs in one piece."""
        first, *more = self.parts
        return first.join(*more) if more else first

    def near(self, rows: Array) -> Scored:
        """The pairs that have one of the masked rows."""
        first, *more = (part.near(rows) for part in self.parts)
        return first.join(*more)

    def join(self, more: Scored) -> Kept:
        """These pairs and some more."""
        if len(self.parts) < _MOST_PARTS:
            return Kept((*self.parts, more))
        return Kept((self.whole().join(more),))

    def without(self, some: Scored) -> Kept:
        """The pairs but some of them."""
        gone = np.sort(some.keys())
        parts = (part.take(~np.isin(part.keys(), gone)) for part in self.parts)
        return Kept(tuple(parts))


def keep_pairs(features: Features, left: Array, right: Array) -> Scored:
    """Of some pairs of rows those that score `NEAR` or more."""
    score = score_pairs(features, left, right)
    kept = score >= NEAR
    # there are dozens of pairs a report: half the width is half the memory
    return Scored(
        left[kept].astype(np.int32), right[kept].astype(np.int32), score[kept].astype(np.float32)
    )
