"""A ladder's relaxation, kept warm from one amount of money to the next, and what it proves."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import floor
from typing import Protocol

import numpy as np

from optimizer.around import Flags, Numbers
from optimizer.bounds import UNIT, Certificate, Duality
from optimizer.facts import Facts
from optimizer.hot import Hot
from optimizer.ladder import Rung
from optimizer.model import Floats, Row, dense
from optimizer.near import Grid, Mix, Whole, whole
from optimizer.options import Watch
from optimizer.solver import HAS_HIGHS, Point

EXACT = 2.0**52


@dataclass(frozen=True, slots=True)
class Counted:
    """A mix in whole numbers: its worth, what it takes of each rung, and whether other rows allow it."""

    mix: Mix
    worth: int
    used: list[int]
    allowed: bool


class Rungs(Protocol):
    """A question some of whose rows move: what is asked of a ladder here.

    Of mixes that tie in worth the one with least of `thrift` comes first.
    """

    facts: Facts
    worth: tuple[int, ...]
    thrift: tuple[int, ...]
    rows: tuple[Row, ...]
    rungs: tuple[Rung, ...]

    @property
    def still(self) -> Sequence[Row]:
        """The rows that do not move."""

    @property
    def width(self) -> int:
        """Number of columns."""

    def rows_at(self, limits: Sequence[int]) -> list[Row]:
        """All rows, with these limits of the rungs."""

    def used(self, mix: Collection[int]) -> list[int]:
        """What a mix takes of each rung."""


class Warm:
    """The relaxation of a ladder at one amount of money after the other.

    `rows` are the ladder's rows as floats, shape (rows, columns), `still` their limits where no
    money moves them and 0 elsewhere; `numbers` are the rows that are rungs.
    """

    def __init__(self, ladder: Rungs, watch: Watch) -> None:
        self.rows = dense(ladder.rows, ladder.width)
        self.worth = np.array(ladder.worth, dtype=np.float64)
        self.numbers = [rung.number for rung in ladder.rungs]
        self.still = np.array([row.limit for row in ladder.rows], dtype=np.float64)
        self.still[self.numbers] = 0.0
        self._duality = Duality(self.worth, self.rows)
        self._ladder = ladder
        self._watch = watch

    @cached_property
    def grid(self) -> Grid | None:
        """The ladder in whole numbers; None for numbers too long for arrays.

        None too where something comes off: columns that write an amount down have no end of sets
        near an optimum, of which one is right.
        """
        if self._ladder.facts.deductions:
            return None
        return Grid.of(self._ladder.rows, self._ladder.worth, self._ladder.thrift)

    @property
    def over(self) -> bool:
        """Whether time is up."""
        return self._watch.over

    def limits(self, rungs: Sequence[int]) -> Whole:
        """Limits of all rows, given those of the rungs."""
        return whole([row.limit for row in self._ladder.rows_at(rungs)])

    def solve(self, rungs: Sequence[int]) -> Point | None:
        """The relaxation's optimum with these limits of the rungs; None where none is told."""
        if not HAS_HIGHS or not self._ladder.width or self._watch.over:
            return None
        corner = self._hot.under(self.numbers, [float(limit) for limit in rungs])
        if corner is None or corner.x is None:
            return None
        return Point(corner.x, corner.rates)

    def certificate(self, rates: Floats, rungs: Sequence[int]) -> Certificate:
        """What rates prove with these limits of the rungs."""
        limits = self.still.copy()
        limits[self.numbers] = rungs
        return self._duality.certificate(rates, limits)

    def losses(self, rates: Floats) -> Floats:
        """What leaving its better side costs each column at least, by each of many rates."""
        return self._duality.losses(rates)

    def bounds(self, rates: Floats, limits: Floats) -> tuple[list[int], Numbers]:
        """The least that many rates, (rates, rows), prove at totals, and which of them proves it.

        `limits` are those of the rungs, (totals, rungs). A bound by weak duality is linear in the
        limits: that without any money, plus rates times limits. As there, the rounding of a sum
        of k terms is at most (k + 2)·ε·Σ|term|.
        """
        nothing = self._duality.bounds(rates, self.still)
        own = rates[:, self.numbers].T
        error = (len(own) + 4) * UNIT * (np.abs(limits) @ own + np.abs(nothing))
        each = nothing + limits @ own + error
        least = each.argmin(axis=1)
        return [floor(bound) for bound in each[np.arange(len(each)), least].tolist()], least

    def counted(self, held: Flags) -> list[Counted]:
        """Mixes in whole numbers: which columns each holds, shape (mixes, columns)."""
        number, column = np.nonzero(held)
        ends = np.searchsorted(number, np.arange(len(held) + 1)).tolist()
        columns = column.tolist()
        mixes = [frozenset(columns[begin:end]) for begin, end in pairwise(ends)]
        if self._ladder.facts.deductions:
            return [self._counted(self._ladder.facts.whole(mix)) for mix in mixes]
        if not self._exact:
            return [self._counted(mix) for mix in mixes]
        used = held @ self.rows.T
        moving = used[:, self.numbers].astype(np.int64)
        used[:, self.numbers] = 0.0
        allowed = np.all(used <= self.still, axis=1)
        worth = (held @ self.worth).astype(np.int64)
        each = zip(mixes, worth.tolist(), moving.tolist(), allowed.tolist(), strict=True)
        return [Counted(*one) for one in each]

    def _counted(self, mix: Mix) -> Counted:
        ladder = self._ladder
        worth = sum(ladder.worth[column] for column in mix)
        return Counted(mix, worth, ladder.used(mix), all(row.holds(mix) for row in ladder.still))

    @cached_property
    def _exact(self) -> bool:
        """Whether no sum of entries is beyond the whole numbers that floats hold."""
        sums = [float(np.abs(self.worth).sum()), *np.abs(self.rows).sum(axis=1).tolist()]
        return bool(max(sums) < EXACT)

    @cached_property
    def _hot(self) -> Hot:
        return Hot(self.worth, self.rows, self.still, self._watch.left)
