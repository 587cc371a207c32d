"""Every mix that no other dominates under incomplete information, by looking at each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from math import lcm

import numpy as np
from numpy.typing import NDArray

from optimizer.search import Mix, Question
from portfolio.scoring.information import Ratings

Whole = NDArray[np.int64]
Table = tuple[tuple[Fraction, ...], ...]
MOST_CANDIDATES = 16
CHUNK = 4_096
MICRO = 1_000_000


def nondominated(
    question: Question,
    ratings: Ratings,
    extremes: Table,
    over: Callable[[], bool],
) -> list[Mix] | None:
    """The non-dominated mixes among those that meet every rule, in a fixed order.

    Mix p dominates q when at each extreme point of the weights Σ_{p∖q} w·low ≥ Σ_{q∖p} w·high,
    and is worth more than q somewhere (Liesiö, Mild and Salo, 2007, theorem 1). Values are whole
    millionths of a point and weights have one denominator, so nothing is rounded after that.
    None when time runs out.
    """
    low, high = _scaled(ratings.low, extremes), _scaled(ratings.high, extremes)
    mixes = _meeting(question)
    # Whoever dominates is worth more at a point inside the information, so it comes first.
    order = np.argsort(-(mixes @ (low + high).sum(axis=1)), kind="stable")
    front = _Front(low, high, question.facts.columns_of.values())
    kept: list[Mix] = []
    for row in mixes[order]:
        if over():
            return None
        mix = frozenset(np.flatnonzero(row).tolist())
        if not front.dominates(row) and question.cut(mix) is None:
            front.add(row)
            kept.append(mix)
    return kept


class _Front:
    """The non-dominated mixes so far, and whether one of them dominates another mix.

    Σ_{p∖q} low − Σ_{q∖p} high = p·low − q·high + Σ_{p∩q} (high − low), at each extreme point.
    Two ways to choose a project share its score: where p holds way a and q way b of one project,
    their difference is least, and most, at one end of the score for both.
    """

    def __init__(self, low: Whole, high: Whole, projects: Iterable[Sequence[int]]) -> None:
        self._low, self._high = low, high
        self._open = frozenset(np.flatnonzero((high - low).any(axis=1)).tolist())
        self._ways = {column: list(ways) for ways in projects for column in ways}
        ends = {
            b: (low[ways] - low[b], high[ways] - high[b])
            for b, ways in self._ways.items()
            if b in self._open
        }
        self._least = {
            b: np.minimum(*both) - (low[self._ways[b]] - high[b]) for b, both in ends.items()
        }
        self._most = {
            b: np.maximum(*both) - (high[self._ways[b]] - low[b]) for b, both in ends.items()
        }
        self._mixes = np.zeros((64, len(low)), dtype=np.int64)
        self._at_low = np.zeros((64, low.shape[1]), dtype=np.int64)
        self._at_high = np.zeros_like(self._at_low)
        self._size = 0

    def dominates(self, row: Whole) -> bool:
        """Whether a mix of the front dominates this one."""
        size = self._size
        margin = self._at_low[:size] - row @ self._high
        most = self._at_high[:size] - row @ self._low
        shared = [column for column in np.flatnonzero(row).tolist() if column in self._open]
        if shared:
            held = self._mixes[:size].take([way for b in shared for way in self._ways[b]], axis=1)
            margin = margin + held @ np.vstack([self._least[b] for b in shared])
            most = most + held @ np.vstack([self._most[b] for b in shared])
        return bool(((margin >= 0).all(axis=1) & (most > 0).any(axis=1)).any())

    def add(self, row: Whole) -> None:
        """One more mix of the front."""
        if self._size == len(self._mixes):
            arrays = (self._mixes, self._at_low, self._at_high)
            doubled = (np.vstack([each, np.zeros_like(each)]) for each in arrays)
            self._mixes, self._at_low, self._at_high = doubled
        self._mixes[self._size] = row
        self._at_low[self._size] = row @ self._low
        self._at_high[self._size] = row @ self._high
        self._size += 1


def _scaled(values: Table, extremes: Table) -> Whole:
    """Worth of each candidate at each extreme point, times one denominator: (candidates, points)."""
    unit = lcm(*(part.denominator for point in extremes for part in point))
    weights = np.array([[int(part * unit) for part in point] for point in extremes], dtype=np.int64)
    micro = np.array([[round(v * MICRO) for v in row] for row in values], dtype=np.int64)
    return np.asarray(micro.reshape(len(values), -1) @ weights.T)


def _meeting(question: Question) -> Whole:
    """Every mix that meets the rows, one a row of zeros and ones, in order of their number."""
    return np.vstack(list(_chunks(question)))


def _chunks(question: Question) -> Iterator[Whole]:
    width = question.width
    lines = np.zeros((len(question.rows), width), dtype=object)
    for number, row in enumerate(question.rows):
        lines[number, list(row.columns)] = row.coefficients
    limits = np.array([row.limit for row in question.rows], dtype=object)
    if all(sum(map(abs, row.coefficients)) < 2**62 > abs(row.limit) for row in question.rows):
        lines, limits = lines.astype(np.int64), limits.astype(np.int64)
    places = np.arange(width, dtype=np.int64)
    for first in range(0, 1 << width, CHUNK):
        numbers = np.arange(first, min(first + CHUNK, 1 << width), dtype=np.int64)
        mixes = (numbers[:, None] >> places) & 1
        yield mixes[(mixes @ lines.T <= limits).all(axis=1)] if len(lines) else mixes
