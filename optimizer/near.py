"""Every mix near the relaxation's optimum: the best one, proven without a search.

By weak duality no mix is worth more than the bound less the losses of the projects it holds, or
lacks, against the better side that their reduced costs tell. So all mixes worth at least
bound − reach are among the few whose losses sum to `reach` at most. They are listed, those that
the rules forbid are struck off in whole numbers as soon as nothing can mend them, and the first
of what is left is best, ties included.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimizer.bounds import Certificate
from optimizer.model import Floats, Row

Whole = NDArray[np.int64]
Marks = NDArray[np.uint64]
Mix = frozenset[int]
Cut = Callable[[Mix], Row | None]

SAFE = 2**62
MOST_COLUMNS = 63
PRUNE_FROM = 256


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows, worths and grants as whole-number arrays in which no sum can overflow.

    `matrix` is (columns, rows), `worth` and `grants` are (columns,).
    """

    matrix: Whole
    worth: Whole
    grants: Whole

    @classmethod
    def of(cls, rows: Sequence[Row], worth: Sequence[int], grants: Sequence[int]) -> Grid | None:
        """The arrays; None for numbers too long for them."""
        lines = [row.coefficients for row in rows] + [worth, grants]
        if any(sum(map(abs, line)) >= SAFE for line in lines):
            return None
        matrix = np.zeros((len(worth), len(rows)), dtype=np.int64)
        for number, row in enumerate(rows):
            matrix[list(row.columns), number] = row.coefficients
        return cls(matrix, np.array(worth, dtype=np.int64), np.array(grants, dtype=np.int64))


def whole(limits: Sequence[int]) -> Whole:
    """Limits as an array; those out of reach of any sum are cut to what no sum passes."""
    return np.array([min(max(limit, -SAFE), SAFE) for limit in limits], dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Near:
    """Mixes near the optimum, one a row: worth and grants in all.

    Mix k is `base` with those of `columns` turned round that `turned[k]` marks: 1 in, −1 out.
    """

    base: NDArray[np.bool_]
    columns: NDArray[np.int64]
    turned: Whole
    value: Whole
    spend: Whole

    def used(self, lines: Whole) -> Whole:
        """What each mix takes of rows given as arrays, shape (columns, rows)."""
        return np.asarray(self.base @ lines + self.turned @ lines[self.columns])

    def mix(self, number: int) -> Mix:
        """The columns of a mix."""
        held = self.base.copy()
        held[self.columns] ^= self.turned[number] != 0
        return frozenset(np.flatnonzero(held).tolist())

    def within(self, row: Row) -> NDArray[np.bool_]:
        """Which mixes meet one more row."""
        line = np.zeros(len(self.base), dtype=np.int64)
        line[list(row.columns)] = row.coefficients
        return np.asarray(self.used(line) <= row.limit)

    def first(self, cut: Cut, over: Callable[[], bool]) -> tuple[Mix, int] | None:
        """The first of the mixes that no cut forbids, with its value; None for none, or when `over`.

        First is most value, then least spend, then the order of ids.
        """
        alive = np.arange(len(self.value))
        while len(alive) and not over():
            number = self._first_of(alive)
            mix = self.mix(number)
            row = cut(mix)
            if row is None:
                return mix, int(self.value[number])
            alive = alive[self.within(row)[alive] & (alive != number)]
        return None

    def _first_of(self, numbers: NDArray[np.intp]) -> int:
        """Of some mixes the one that is worth most, spends least, and comes first by ids."""
        worth, spend = self.value[numbers], self.spend[numbers]
        best = numbers[worth == worth.max()]
        least = spend[worth == worth.max()]
        tied = best[least == least.min()].tolist()
        return int(tied[0]) if len(tied) == 1 else int(min(tied, key=self._precedence))

    def _precedence(self, number: int) -> list[bool]:
        mix = self.mix(number)
        return [place not in mix for place in range(len(self.base))]


def near(grid: Grid, certificate: Certificate, limits: Whole, reach: int, most: int) -> Near | None:
    """All mixes within the limits that are worth at least `certificate.whole` − reach, and others.

    None when more than `most` would have to be listed.
    """
    losses = np.abs(certificate.losses)
    # The bound is rounded down to whole numbers, sums of losses are rounded by the machine.
    room = reach * (1 + 1e-9) + 2
    columns = np.flatnonzero(losses <= room)
    if len(columns) > MOST_COLUMNS:
        return None
    columns = columns[np.argsort(-losses[columns], kind="stable")]
    base = certificate.losses > 0
    sign = np.where(base[columns], -1, 1)
    start, change = base @ grid.matrix, grid.matrix[columns] * sign[:, None]
    # Only rows that some of these mixes can break are looked at.
    tight = start + np.maximum(change, 0).sum(axis=0) > limits
    marks = _listed(losses[columns], room, change[:, tight], start[tight], limits[tight], most)
    if marks is None:
        return None
    bits = (marks[:, None] >> np.arange(len(columns), dtype=np.uint64)) & np.uint64(1)
    turned = bits.astype(np.int64) * sign
    return Near(
        base,
        columns,
        turned,
        base @ grid.worth + turned @ grid.worth[columns],
        base @ grid.grants + turned @ grid.grants[columns],
    )


def _listed(
    losses: Floats, room: float, change: Whole, start: Whole, limits: Whole, most: int
) -> Marks | None:
    """Sets of columns to turn, one column after the other, greatest loss first."""
    # One line a row of the rules: sums and comparisons then run along what is long.
    step, room_left = np.ascontiguousarray(change.T), (limits - start)[:, None]
    mends = np.zeros((len(limits), len(losses) + 1), dtype=np.int64)
    mends[:, :-1] = np.minimum(step, 0)[:, ::-1].cumsum(axis=1)[:, ::-1]
    sets = _Sets(len(limits))
    last = 1
    for place, loss in enumerate(losses.tolist()):
        sets.turn(place, loss, room, step[:, place, None])
        if sets.count > max(PRUNE_FROM, last + last // 4):
            sets.keep(room_left - mends[:, place + 1, None])
            last = sets.count
        if sets.count > most:
            return None
    sets.keep(room_left)
    return sets.marks[: sets.count]


class _Sets:
    """Sets of turned columns: their marks, what they lose and what they use of each row.

    The first `count` places of each array are in use; the arrays grow by doubling.
    """

    def __init__(self, rows: int) -> None:
        self.count = 1
        self.marks: Marks = np.zeros(PRUNE_FROM, dtype=np.uint64)
        self._lost: Floats = np.zeros(PRUNE_FROM)
        self._use: Whole = np.zeros((rows, PRUNE_FROM), dtype=np.int64)

    def turn(self, place: int, loss: float, room: float, step: Whole) -> None:
        """Beside each set the same with one column more, where it does not lose too much."""
        count = self.count
        turn = np.flatnonzero(self._lost[:count] <= room - loss)
        more = count + len(turn)
        if more > len(self.marks):
            self._grow(more)
        self.marks[count:more] = self.marks[turn] | np.uint64(1 << place)
        self._lost[count:more] = self._lost[turn] + loss
        np.add(self._use.take(turn, axis=1), step, out=self._use[:, count:more])
        self.count = more

    def keep(self, limits: Whole) -> None:
        """Only those that use no more than this."""
        count = self.count
        kept = np.flatnonzero((self._use[:, :count] <= limits).all(axis=0))
        more = len(kept)
        if more == count:
            return
        self.marks[:more] = self.marks[kept]
        self._lost[:more] = self._lost[kept]
        self._use[:, :more] = self._use.take(kept, axis=1)
        self.count = more

    def _grow(self, least: int) -> None:
        size = max(2 * len(self.marks), least)
        count = self.count
        marks, lost, use = self.marks, self._lost, self._use
        self.marks = np.empty(size, dtype=np.uint64)
        self._lost = np.empty(size)
        self._use = np.empty((len(use), size), dtype=np.int64)
        self.marks[:count], self._lost[:count] = marks[:count], lost[:count]
        self._use[:, :count] = use[:, :count]
