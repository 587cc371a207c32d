"""A good mix in no time: fill up greedily, best candidates first, never getting further from the rules."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import numpy as np

from optimizer.model import Floats, Sparse

MOST_ROUNDS = 6


class Filler:
    """Fills mixes under rows that stay the same while their limits may change.

    `parts` are columns that write down amounts: rows with them are left out.
    """

    def __init__(
        self, rows: Sparse, worth: Sequence[int], parts: Collection[int] = frozenset()
    ) -> None:
        scale = np.ones(len(rows.limits))
        np.maximum.at(scale, rows.row, np.abs(rows.value))
        dense = np.zeros((rows.width, len(rows.limits)))
        dense[rows.column, rows.row] = rows.value / scale[rows.row]
        # Rows that write down amounts are met by doing so.
        self._free = dense[list(parts)].any(axis=0)
        self._column = dense
        self._scale = scale
        self._worth = worth

    def fill(
        self, limits: Floats, start: Iterable[int], order: Sequence[int], kept_out: frozenset[int]
    ) -> frozenset[int]:
        """A mix grown from `start` in this order; it may still break a rule.

        A project enters when no rule is broken more than before, and it is worth something or
        mends a rule.
        """
        mix = set(start)
        room = np.where(self._free, np.inf, limits / self._scale)
        for column in mix:
            room = room - self._column[column]
        broken = _broken(room)
        for _ in range(MOST_ROUNDS):
            entered = False
            for column in order:
                if column in mix or column in kept_out:
                    continue
                left = room - self._column[column]
                then = _broken(left)
                if then < broken or (then <= broken and self._worth[column] > 0):
                    mix.add(column)
                    room, broken, entered = left, then, True
            if not entered:
                break
        return frozenset(mix)


def _broken(room: Floats) -> float:
    return float(-np.minimum(room, 0.0).sum())
