"""Many mixes around a few, by products of matrices.

Around each the projects that matter least, by their reduced costs, are turned round in all ways
at once. Floats choose: who takes up a mix counts it again in whole numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from optimizer.model import Floats

Numbers = NDArray[np.intp]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Around:
    """Mixes, most worth first: about what they are worth, and what they take of the moving rows.

    Shapes: worth `(mixes,)`, used `(mixes, moving)`. Mix k is the one at `place[k]` of `base`
    (some, columns) with those of its `columns` (some, turned) turned round that `way[k]` names.
    """

    worth: Floats
    used: Floats
    _place: Numbers
    _way: Numbers
    _base: Flags
    _columns: Numbers

    def mixes(self, numbers: Numbers) -> Flags:
        """Which columns some of the mixes hold, shape (mixes, columns)."""
        places = self._place[numbers]
        held = self._base[places]
        turned = ways(self._columns.shape[1])[:, self._way[numbers]].T > 0
        row = np.arange(len(numbers))[:, None]
        columns = self._columns[places]
        held[row, columns] ^= turned
        return held


def around(
    worth: Floats,
    rows: Floats,
    still: Floats,
    moving: list[int],
    base: Flags,
    losses: Floats,
    turned: int,
) -> Around:
    """Mixes around some, given what turning a column round there costs at least.

    At each, `turned` columns are turned round, in two to this power ways. What is found meets all
    rows but the `moving` ones. Shapes: worth `(columns,)`, rows `(rows, columns)`, their limits
    `still` `(rows,)`; base and losses `(some, columns)`, of losses the size alone counts.
    """
    count = min(turned, len(worth))
    columns = np.argpartition(np.abs(losses), count - 1, axis=1)[:, :count]
    fixed = np.ones(len(rows), dtype=np.bool_)
    fixed[moving] = False
    found = list(_found(worth, rows, np.where(fixed, still, np.inf), moving, base, columns))
    value = np.concatenate([one[0] for one in found])
    order = np.argsort(-value)
    used = np.concatenate([one[1] for one in found])
    way = np.concatenate([one[2] for one in found])
    place = np.repeat(np.arange(len(found)), [len(one[0]) for one in found])
    return Around(value[order], used[order], place[order], way[order], base, columns)


def _found(
    worth: Floats,
    rows: Floats,
    limits: Floats,
    moving: list[int],
    base: Flags,
    columns: Numbers,
) -> Iterator[tuple[Floats, Floats, Numbers]]:
    """At each the worth, the use of moving rows, and the ways that meet the limits."""
    turns = ways(columns.shape[1])
    for held, turned in zip(base, columns, strict=True):
        sign = np.where(held[turned], -1.0, 1.0)
        change = rows[:, turned] * sign
        start = rows @ held
        # Only rows that some of these mixes can break are looked at.
        tight = start + np.maximum(change, 0.0).sum(axis=1) > limits
        met = change[tight] @ turns <= (limits - start)[tight, None]
        way = np.flatnonzero(met.all(axis=0))
        kept = turns[:, way]
        used = start[moving, None] + change[moving] @ kept
        yield worth @ held + (worth[turned] * sign) @ kept, used.T, way


@cache
def ways(count: int) -> Floats:
    """All ways to turn so many columns, shape (count, 2^count)."""
    numbers = np.arange(2**count)
    return ((numbers >> np.arange(count)[:, None]) & 1).astype(np.float64)
