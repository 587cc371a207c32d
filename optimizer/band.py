"""A front at once: a mix and a proven bound for every amount of the second criterion, unsearched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import floor, inf

import numpy as np

from optimizer.bounds import UNIT, Duality
from optimizer.guesses import between
from optimizer.hot import Corner, Hot
from optimizer.lazy import broken_between
from optimizer.model import Floats, Sparse, dense
from optimizer.most import most_of
from optimizer.optimize import DEFAULT
from optimizer.options import Watch
from optimizer.rounding import Filler
from optimizer.search import Mix, Question
from optimizer.second import Measure, Second, check_second, measure
from optimizer.solver import HAS_HIGHS
from optimizer.validate import check
from portfolio.pool import Pool
from portfolio.scenario import Scenario
from portfolio.selection import Choice

PLACES = 41
SOLVES = 13
"""The relaxation is solved at so many places; what it proves there bounds all of them."""
MOST_ROUNDS = 20
"""So often rows that an optimum breaks are added."""
SHARES = (0.999, 0.7, 0.3)
"""Columns of which the relaxation takes so much are in from the start."""
SLIGHT = 1e-6
WIDE = 400
"""With more columns, mixes are filled up only where the relaxation is solved."""


@dataclass(frozen=True, slots=True)
class BandPoint:
    """What a mix with at least `second` of the second criterion is worth: `value` ≤ V* ≤ `bound`.

    Millionths. `value` None: no mix was found; `bound` None: there is none, for certain.
    """

    second: int
    value: int | None
    bound: int | None


def band(
    pool: Pool, scenario: Scenario, second: Second, best: Sequence[Choice] = ()
) -> tuple[BandPoint, ...]:
    """A proven band around the front that `frontier` finds, at places from its one end to the other.

    `best` is the mix of most value, where it is known: the band begins there. Each value is that of
    a mix checked in whole numbers and cents; each bound follows from weak duality and holds
    whatever the solver's rounding. Raises InputError.
    """
    scenario = replace(scenario, stay_close=None)
    check(pool, scenario)
    check_second(pool, scenario, second)
    question = Question.of(pool, scenario)
    side = measure(question.facts, second)
    mixes = _Mixes(question, side)
    mixes.meet(question.facts.mix(best))
    mixes.meet(frozenset())
    watch = Watch(DEFAULT)
    top = most_of(question, side, watch)
    relaxed = _Relaxed(question, side, watch)
    bottom = mixes.bottom(relaxed.free)
    if bottom is None or bottom > top:
        return ()
    places = sorted({bottom + (top - bottom) * k // (PLACES - 1) for k in range(PLACES)})
    points = relaxed.along(places)
    mixes.fill(relaxed, places, points)
    bounds = relaxed.bounds(places)
    return tuple(map(BandPoint, places, mixes.values(places), bounds))


class _Mixes:
    """The mixes met: what each has of the second criterion, and what it is worth."""

    def __init__(self, question: Question, side: Measure) -> None:
        self._question, self._side = question, side
        self._known: dict[Mix, tuple[int, int]] = {}

    def meet(self, mix: Mix) -> None:
        """Take a mix in, where every rule allows it."""
        whole = self._question.facts.whole(mix)
        if whole not in self._known and self._question.cut(whole) is None:
            self._known[whole] = self._side.of(whole), self._question.value(whole)

    def bottom(self, free: Corner | None) -> int | None:
        """Where the band begins: at the best mix met, else at what the relaxation would have.

        None where there is neither.
        """
        if self._known:
            return max(self._known.values(), key=lambda one: one[::-1])[0]
        if free is None or free.x is None:
            return None
        slope = self._side.slope(free.x)
        return floor(-float(np.array(slope.entries, dtype=np.float64) @ free.x) / slope.factor)

    def fill(
        self, relaxed: _Relaxed, places: Sequence[int], points: Sequence[Floats | None]
    ) -> None:
        """Meet mixes near the relaxation's optima, and near points between them."""
        filler = Filler(relaxed.sparse, self._question.worth, relaxed.parts)
        worth = np.array(self._question.worth, dtype=np.float64)
        for place, x in zip(places, points, strict=True):
            if x is not None:
                order = np.lexsort((-worth, -x)).tolist()
                for share in SHARES:
                    start = np.flatnonzero(x >= share).tolist()
                    limits = relaxed.limits(place)
                    self.meet(filler.fill(limits, start, order, frozenset()))

    def values(self, places: Sequence[int]) -> list[int | None]:
        """The most that a mix met is worth with at least so much, for each place."""
        known = self._known.values()
        return [
            max((worth for second, worth in known if second >= place), default=None)
            for place in places
        ]


class _Relaxed:
    """The relaxation of a question at one amount of the second criterion after the other.

    `_rows` are its rows as floats, of which those in `_factors` move with the amount.
    """

    def __init__(self, question: Question, side: Measure, watch: Watch) -> None:
        self._question, self._side, self._watch = question, side, watch
        self._worth = np.array(question.worth, dtype=np.float64)
        self._rows = list(dense(question.rows, question.width))
        self._still = [float(row.limit) for row in question.rows]
        self._factors: dict[int, int] = {}
        self._proofs: list[Corner] = []
        self.parts = frozenset(
            j for j, whole in enumerate(question.facts.whole_columns) if not whole
        )

    @cached_property
    def free(self) -> Corner | None:
        """Its optimum whatever it has of the second criterion."""
        return self._solved(None)

    def along(self, places: Sequence[int]) -> list[Floats | None]:
        """A point at each of these rising places: an optimum, or one between two optima."""
        last = len(places) - 1
        solved = {}
        for place in sorted({last * k // (SOLVES - 1) for k in range(SOLVES)}):
            corner = self._solved(places[place])
            if corner is not None and corner.x is not None:
                solved[place] = corner.x
        if self._question.width > WIDE:
            return [solved.get(place) for place in range(len(places))]
        return [_between(solved, place) for place in range(len(places))]

    def bounds(self, places: Sequence[int]) -> list[int | None]:
        """The least that the rates found prove at each place; None where they prove there is no mix.

        A bound by weak duality is linear in the limits, so that any rates bound all places.
        """
        most = sum(max(worth, 0) for worth in self._question.worth)
        rates = [proof.rates for proof in self._proofs if proof.x is not None]
        rays = [proof.rates for proof in self._proofs if proof.x is None]
        proven = self._proven(self._worth, rates, places)
        nothing = self._proven(np.zeros(self._question.width), rays, places)
        return [
            None if none < 0 else min(floor(bound), most) if bound < inf else most
            for bound, none in zip(proven.tolist(), nothing.tolist(), strict=True)
        ]

    def limits(self, place: int) -> Floats:
        """The limit of each row at a place."""
        limits = np.array(self._still)
        for number, factor in self._factors.items():
            limits[number] = -factor * place
        return limits

    @property
    def sparse(self) -> Sparse:
        """All its rows."""
        rows = np.array(self._rows).reshape(len(self._rows), self._question.width)
        number, column = np.nonzero(rows)
        return Sparse(
            self._question.width,
            number.astype(np.int32),
            column.astype(np.int32),
            rows[number, column],
            np.array(self._still),
        )

    def _proven(self, costs: Floats, found: Sequence[Floats], places: Sequence[int]) -> Floats:
        """The least bound on costs · x that rates prove, for each place; infinite without any."""
        if not found:
            return np.full(len(places), inf)
        rates = np.array([np.pad(one, (0, len(self._rows) - len(one))) for one in found])
        if costs.any():
            rates = np.vstack([rates, between(rates)])
        nothing = Duality(costs, np.array(self._rows)).bounds(rates, np.array(self._still))
        own = rates[:, list(self._factors)] @ np.array([*self._factors.values()], dtype=np.float64)
        much = np.array(places, dtype=np.float64)[:, None]
        error = (len(self._factors) + 4) * UNIT * (np.abs(much) * own + np.abs(nothing))
        return np.asarray((nothing - much * own + error).min(axis=1))

    def _solved(self, least: int | None) -> Corner | None:
        """The optimum with at least so much, under as many rows as it takes for it to break none."""
        if not HAS_HIGHS or not self._question.width:
            return None
        moved = {} if least is None else self._factors
        limits = [float(-factor * (least or 0)) for factor in moved.values()]
        corner = self._hot.under(list(moved), limits)
        for _ in range(MOST_ROUNDS):
            if corner is None or corner.x is None or not self._mended(corner.x, least):
                break
            corner = self._hot.under([], [])
        if corner is not None:
            self._proofs.append(corner)
        return corner

    def _mended(self, x: Floats, least: int | None) -> bool:
        """Add the rows that a point breaks; whether there are any."""
        before = len(self._rows)
        for row in broken_between(self._question.facts, x):
            (line,) = dense([row], self._question.width)
            self._add(line, float(row.limit), float(row.limit))
        if least is not None:
            slope = self._side.slope(x)
            line, limit = np.array(slope.entries, dtype=np.float64), float(-slope.factor * least)
            if line @ x - limit > SLIGHT * (np.abs(line) @ x + abs(limit)):
                self._factors[len(self._rows)] = slope.factor
                self._add(line, 0.0, limit)
        return len(self._rows) > before

    def _add(self, line: Floats, still: float, limit: float) -> None:
        self._rows.append(line)
        self._still.append(still)
        self._hot.add(line, limit)

    @cached_property
    def _hot(self) -> Hot:
        rows = np.array(self._rows).reshape(len(self._rows), self._question.width)
        return Hot(self._worth, rows, np.array(self._still), self._watch.left)


def _between(solved: Mapping[int, Floats], place: int) -> Floats | None:
    """The optimum at a place, or between those on both sides of it."""
    low = max((one for one in solved if one <= place), default=None)
    high = min((one for one in solved if one >= place), default=None)
    if low is None or high is None or low == high:
        return solved.get(place)
    share = (place - low) / (high - low)
    return np.asarray(solved[low] * (1 - share) + solved[high] * share)
