"""Branch and bound that takes nobody's word: what it proves is proven in whole numbers.

The solver only suggests where to branch, and rates of the rows. A branch is cut off when a row
cannot hold in it, by sums of whole numbers (`exact_rows`), or when weak duality at those rates
bounds it, with the rounding of the sums added (as `bounds.certify` does). Every mix is judged in
whole numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import gcd, inf, isfinite, nextafter

import numpy as np

from optimizer.bounds import UNIT
from optimizer.branching import WHOLE, Experience
from optimizer.exact_rows import ExactRows
from optimizer.hot import Hot
from optimizer.model import Floats, Program, Row
from optimizer.options import Watch
from optimizer.solver import HAS_HIGHS

A_NODE = 8_000
"""What a node costs besides the entries of its matrix, in entries."""
LARGEST = 1_000_000
"""Entries of the largest matrix that a tree is grown for."""
TRIAL, HOPELESS = 0.1, 10
"""After this part of its work a tree that seems so many times too large is given up."""

Mix = frozenset[int]
Judge = Callable[[Mix], Row | None]
Complete = Callable[[Mix], Mix]
Missed = Callable[[Floats], Sequence[Row]]


def as_it_is(mix: Mix) -> Mix:
    """A mix that needs nothing more."""
    return mix


def nothing(x: Floats) -> Sequence[Row]:
    """No rows."""
    return ()


@dataclass(frozen=True, slots=True)
class Grown:
    """The best mix a tree found.

    `done`: the tree came to its end, so the mix is best for certain (None: none is allowed), and
    `tied` says whether another is worth as much. Otherwise the mix is the best so far.
    """

    mix: Mix | None
    tied: bool
    done: bool


@dataclass(slots=True)
class _Node:
    """A branch: its box, a bound on it, how it came from its parent, its part of the whole tree."""

    lows: Floats
    highs: Floats
    bound: float = inf
    column: int = -1
    up: bool = False
    distance: float = 1.0
    part: float = 1.0


class Tree:
    """Maximize a program over whole columns, under its rows and what `judge` adds to them.

    `judge` gives None for a mix that is allowed, else a row that it breaks and that every allowed
    mix meets. Columns that are not whole go with the others: `complete` gives a mix those that it
    has, at their best, and `missed` rows on them that an x breaks.
    """

    def __init__(
        self,
        program: Program,
        judge: Judge,
        watch: Watch,
        complete: Complete = as_it_is,
        missed: Missed = nothing,
    ) -> None:
        self._all_costs = program.costs
        self._all_rows = list(program.rows)
        self._judge = judge
        self._complete = complete
        self._missed = missed
        self._watch = watch
        self._rows = ExactRows(program, LARGEST)
        self._costs: Floats = np.array(
            [program.costs[j] for j in self._rows.free], dtype=np.float64
        )
        self._own = np.array([program.whole[j] for j in self._rows.free], dtype=np.bool_)
        self._settled = self._worth(self._rows.inside)
        self._step = gcd(*program.costs) or 1
        self._experience = Experience(self._costs)
        self._hot: Hot | None = None
        self._best: Mix | None = None
        self._tied = False
        self._ties = True
        self._floor = -inf

    def grow(self, start: Mix | None, work: int, *, ties: bool = True) -> Grown:
        """Search from an allowed mix, None for none, until done or so much work is spent.

        Work is counted in nodes and entries of the matrix, so that it does not hang on the clock.
        Without `ties` the tree is smaller, and `tied` says nothing.
        """
        self._ties = ties
        if start is not None:
            self._accept(start)
        if not HAS_HIGHS or self._rows.large:
            return self._grown(done=False)
        if self._rows.possible:
            work //= A_NODE + self._rows.matrix.size
            return self._grown(done=self._searched(work))
        return self._grown(done=True)

    def _searched(self, most: int) -> bool:
        width = len(self._rows.free)
        open_nodes = [_Node(np.zeros(width), np.ones(width))]
        nodes, closed = 0, 0.0
        while open_nodes:
            node = open_nodes.pop()
            trial = nodes == int(most * TRIAL) and nodes > closed * most * HOPELESS
            if nodes >= most or trial or self._watch.over:
                return False
            nodes += 1
            more = [] if node.bound < self._floor else self._branched(node)
            open_nodes += more
            closed += 0.0 if more else node.part
        return True

    def _grown(self, done: bool) -> Grown:
        return Grown(self._best, self._tied, done)

    def _worth(self, mix: Mix) -> int:
        return sum(self._all_costs[column] for column in mix)

    def _accept(self, mix: Mix) -> None:
        """An allowed mix: what comes now has to be better, or as good while ties are looked for."""
        worth = self._worth(mix)
        best = None if self._best is None else self._worth(self._best)
        if best is None or worth > best:
            self._best, self._tied = mix, False
        elif worth < best or mix == self._best:
            return
        else:
            self._tied = True
        wanted = worth - self._settled + (0 if self._ties and not self._tied else self._step)
        floor = float(wanted)
        self._floor = floor if floor <= wanted else nextafter(floor, -inf)

    def _branched(self, node: _Node) -> list[_Node]:
        """What is left to look at of a branch: nothing, or its two halves."""
        lows, highs = node.lows, node.highs
        parent = node.bound
        if not self._rows.settle(lows, highs):
            self._learn(node, parent, self._floor)
            return []
        learned = False
        while (self._own & (lows < highs)).any():
            if self._hot is None:
                rows = self._rows
                self._hot = Hot(self._costs, rows.matrix, rows.limits, self._watch.left + 1.0)
            corner = self._hot.solve(lows, highs)
            if corner is None:
                return self._halves(node, None)
            if corner.x is None:
                if self._bound(np.zeros(len(lows)), corner.rates, lows, highs)[0] >= 0:
                    return self._halves(node, None)
                self._learn(node, parent, self._floor)
                return []
            node.bound, losses = self._bound(self._costs, corner.rates, lows, highs)
            if not learned:
                self._learn(node, parent, node.bound)
                learned = True
            if node.bound < self._floor:
                return []
            self._narrow(node, losses)
            if not self._rows.settle(lows, highs):
                return []
            whole = bool((np.minimum(corner.x, 1 - corner.x)[self._own] <= WHOLE).all())
            if not whole:
                return self._halves(node, corner.x)
            met = self._judged(corner.x)
            if not self._separated(corner.x) and met:
                return self._halves(node, corner.x)
        self._judged(lows)
        return []

    def _bound(
        self, costs: Floats, rates: Floats, lows: Floats, highs: Floats
    ) -> tuple[float, Floats]:
        """A bound on costs · x in a box, and what leaving its better side loses in each column.

        As `bounds.certify`, which see for the rounding. Below zero at costs of zero it proves, by
        Farkas' lemma, that nothing is in the box.
        """
        rows = self._rows
        reduced = costs - rates @ rows.matrix
        terms = len(rates) + 4
        doubt = (np.abs(costs) + rates @ rows.size) * (terms * UNIT)
        best = np.maximum(reduced * lows, reduced * highs)
        paid = rates * rows.limits
        error = float((doubt * highs).sum())
        error += (len(costs) + terms) * UNIT * float(np.abs(best).sum() + np.abs(paid).sum())
        bound = float(best.sum() + paid.sum()) + error
        losses = np.sign(reduced) * np.maximum(np.abs(reduced) - 2 * doubt, 0.0)
        return bound, losses

    def _narrow(self, node: _Node, losses: Floats) -> None:
        """Settle the columns whose other side cannot reach the floor."""
        slack = 4 * UNIT * (abs(node.bound) + np.abs(losses))
        decided = (node.lows < node.highs) & (node.bound - np.abs(losses) + slack < self._floor)
        node.lows[decided & (losses > 0)] = 1.0
        node.highs[decided & (losses < 0)] = 0.0

    def _learn(self, node: _Node, parent: float, bound: float) -> None:
        if node.column >= 0 and isfinite(parent) and isfinite(bound):
            self._experience.learn(node.column, node.up, parent - bound, node.distance)

    def _judged(self, x: Floats) -> bool:
        """Judge the mix at a whole x; False when a row was added that it breaks."""
        held = {column for column, value in zip(self._rows.free, x, strict=True) if value > 0.5}
        mix = self._complete(self._rows.inside | held)
        if not all(row.holds(mix) for row in self._all_rows):
            return True
        row = self._judge(mix)
        if row is None:
            self._accept(mix)
            return True
        return not self._add(row)

    def _separated(self, x: Floats) -> bool:
        """Add the rows that an x misses; whether there were any."""
        whole = np.zeros(len(self._all_costs))
        whole[list(self._rows.inside)] = 1.0
        whole[self._rows.free] = x
        added = [self._add(row) for row in self._missed(whole)]
        return any(added)

    def _add(self, row: Row) -> bool:
        """Add a row; whether it says anything here."""
        self._all_rows.append(row)
        line = self._rows.add(row)
        if line is not None and self._hot is not None:
            self._hot.add(*line)
        return line is not None

    def _halves(self, node: _Node, x: Floats | None) -> list[_Node]:
        """Both sides of a column, the nearer one last, since the last is looked at first."""
        open_ = self._own & (node.lows < node.highs)
        if not open_.any():
            self._judged(node.lows)
            return []
        at = np.full(len(open_), 0.5) if x is None else x
        column = self._experience.choose(at, open_)
        halves = []
        for up in (False, True):
            lows, highs = node.lows.copy(), node.highs.copy()
            (lows if up else highs)[column] = float(up)
            distance = max(abs(float(up) - float(at[column])), WHOLE)
            halves.append(_Node(lows, highs, node.bound, column, up, distance, node.part / 2))
        return halves if at[column] >= 0.5 else halves[::-1]
