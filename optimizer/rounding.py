"""A good mix in no time: fill up greedily, best candidates first, never getting further from the rules."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from optimizer.model import Floats, Sparse

MOST_ROUNDS = 6


class Filler:
    """Fills mixes under rows that stay the same while their limits may change.

    `parts` are columns that write down amounts: rows with them are left out. Entries stand column
    by column: those of column j from `_ends[j]` to `_ends[j + 1]`.
    """

    def __init__(
        self, rows: Sparse, worth: Sequence[int], parts: Collection[int] = frozenset()
    ) -> None:
        self._scale = np.ones(len(rows.limits))
        np.maximum.at(self._scale, rows.row, np.abs(rows.value))
        by_column = np.argsort(rows.column, kind="stable")
        counts = np.bincount(rows.column, minlength=rows.width)
        self._column = rows.column[by_column]
        self._ends = [0, *counts.cumsum().tolist()]
        self._row = rows.row[by_column]
        self._value = rows.value[by_column] / self._scale[self._row]
        self._gains = np.array([one > 0 for one in worth], dtype=np.bool_)
        # Rows that write down amounts are met by doing so.
        self._free = np.zeros(len(rows.limits), dtype=np.bool_)
        if parts:
            self._free[rows.row[np.isin(rows.column, [*parts])]] = True

    def fill(
        self, limits: Floats, start: Iterable[int], order: Sequence[int], kept_out: frozenset[int]
    ) -> frozenset[int]:
        """A mix grown from `start` in this order; it may still break a rule.

        A project enters when no rule is broken more than before, and it is worth something or
        mends a rule.
        """
        mix = set(start)
        held = np.zeros(len(self._gains), dtype=np.bool_)
        held[[*mix]] = True
        used = np.bincount(self._row, self._value * held[self._column], len(limits))
        room = np.where(self._free, np.inf, limits / self._scale - used)
        open_ = ~held
        open_[[*kept_out]] = False
        places = np.array(order, dtype=np.intp)
        for _ in range(MOST_ROUNDS):
            entering = places[(self._enters(room) & open_)[places]].tolist()
            if not entering:
                break
            for column in entering:
                own = slice(self._ends[column], self._ends[column + 1])
                row, value = self._row[own], self._value[own]
                before = room[row]
                more = np.minimum(before, 0.0).sum() - np.minimum(before - value, 0.0).sum()
                if more < 0 or (more <= 0 and self._gains[column]):
                    room[row] = before - value
                    open_[column] = False
                    mix.add(column)
        return frozenset(mix)

    def _enters(self, room: Floats) -> NDArray[np.bool_]:
        """Columns by which rules are broken less, or not more where they are worth something."""
        before = room[self._row]
        more = np.minimum(before, 0.0) - np.minimum(before - self._value, 0.0)
        by_column = np.bincount(self._column, more, len(self._gains))
        return np.asarray((by_column < 0) | ((by_column <= 0) & self._gains))
