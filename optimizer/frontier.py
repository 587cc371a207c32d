"""Every best trade of value for a second criterion: the whole front, hollows included."""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from optimizer.most import most_of
from optimizer.nearest import nearest
from optimizer.optimize import DEFAULT, selected
from optimizer.options import Listener, Options, Watch
from optimizer.search import Found, Mix, Question, Search
from optimizer.second import Measure, Second, check_second, measure
from optimizer.threshold import Threshold
from optimizer.validate import check
from optimizer.warm import Warm
from portfolio.errors import InputError, Problem
from portfolio.pool import Pool
from portfolio.scenario import Scenario
from portfolio.selection import Selection

MOST_POINTS = 2_000
SPREAD = 32
"""Gaps wider than such a part of the front are halved first, so that points are spread at once."""
PATIENCE = 0.1
"""The part of the time left that a gap is given at first: where no answer comes, others go before."""


@dataclass(frozen=True, slots=True)
class FrontPoint:
    """A mix that no other beats on one side without losing on the other.

    `second` is what it has of the second criterion, more being better: millionths of an aim's unit,
    added up over its projects (what they earn together is in the value alone), cents not spent
    (below zero), cents that it brings in the worst outcomes (below zero: it loses), or projects.
    """

    second: int
    selection: Selection


@dataclass(frozen=True, slots=True)
class Gap:
    """Points with `low` ≤ second < `high` may be missing; `low` None: none is known yet."""

    low: int | None
    high: int


@dataclass(frozen=True, slots=True)
class Front:
    """Points from the most value to the most of the second criterion, each proven.

    `complete`: every trade is there, one mix for each. Without it time, the wish of the user or
    the number of points ended the search, and more may lie in the `gaps`: `good` are mixes met
    there, of which it is not known whether others beat them.
    """

    points: tuple[FrontPoint, ...]
    gaps: tuple[Gap, ...] = ()
    good: tuple[FrontPoint, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether no point is missing."""
        return not self.gaps


def frontier(
    pool: Pool,
    scenario: Scenario,
    second: Second,
    options: Options = DEFAULT,
    *,
    most: int = MOST_POINTS,
    begun: Front | None = None,
    progress: Listener | None = None,
    cancel: threading.Event | None = None,
    arrived: Callable[[Front], None] | None = None,
) -> Front:
    """The front of the scenario's value against what else a mix may have.

    By ε-constraints (Haimes, Lasdon and Wismer, 1971): the most value of mixes that have at least
    so much of the second criterion, then with at least one unit more than the mix found, until no
    mix is left; and first in the middle of the widest gaps, as Hamacher, Pedersen and Ruzika (2007)
    do, so that the whole front is seen early. All in whole numbers: no point is passed over, and
    those that no weights find are among them. Losses count to the cent.

    `options.time_limit` is for all points. `arrived` is called with the front so far after each
    step; `begun` is such a front to go on from. What was agreed before (`stay_close`) plays no
    part. Raises InputError.
    """
    scenario = replace(scenario, stay_close=None)
    check(pool, scenario, options)
    check_second(pool, scenario, second)
    if not 1 <= most <= MOST_POINTS:
        text = f"Write a whole number from 1 to {MOST_POINTS:,}."
        raise InputError((Problem("most points", str(most), text),))
    watch = Watch(options, progress, cancel)
    question = Question.of(pool, scenario)
    work = _Front(question, measure(question.facts, second), watch, begun)
    while work.open and len(work.points) < most:
        work.step()
        watch.part(len(work.points), 0)
        if arrived is not None:
            arrived(work.front)
    return work.front


class _Front:
    """A front as it grows: its points by rising second criterion, and its gaps.

    `_tries`: how often a gap was asked about in vain.
    """

    def __init__(
        self, question: Question, side: Measure, watch: Watch, begun: Front | None
    ) -> None:
        self._question, self._side, self._watch = question, side, watch
        if begun is None:
            begun = Front((), (Gap(None, most_of(question, side, watch) + 1),))
        self.points = list(begun.points)
        self._good = list(begun.good)
        self._tries = dict.fromkeys(begun.gaps, 0)
        self._threshold = None if side.costs is None else Threshold(question, side.costs)
        self._warm = None if self._threshold is None else Warm(self._threshold, watch.silent())

    @property
    def front(self) -> Front:
        """As it stands."""
        gaps = sorted(self._tries, key=lambda gap: gap.high)
        open_ = [one for one in self._good if self._unbeaten(one)]
        return Front(tuple(self.points), tuple(gaps), tuple(sorted(open_, key=_second)))

    @property
    def open(self) -> bool:
        """Whether a point may be missing, and there is time to look for it."""
        return bool(self._tries) and not self._watch.over

    def step(self) -> None:
        """Ask once in the widest gap, of those that were asked about least often."""
        gap = min(self._tries, key=lambda one: (self._tries[one], -_width(one)))
        tries = self._tries.pop(gap)
        least = gap.low if tries else self._least(gap)
        watch = self._watch.within(min(PATIENCE * 2**tries, 1.0)).silent()
        found = self._best(least, self._known(least, gap.high), watch)
        if least is not None and gap.low is not None and least > gap.low:
            self._tries[Gap(gap.low, least)] = 0
        point = self._point(found)
        if not found.proven:
            self._tries[Gap(least, gap.high)] = tries + 1
            self._good += [point] if point is not None else []
        elif point is not None:
            if point.second + 1 < gap.high:
                self._tries[Gap(point.second + 1, gap.high)] = 0
            self._add(point)

    def _point(self, found: Found) -> FrontPoint | None:
        if found.mix is None:
            return None
        selection = selected(self._question, found, self._watch)
        return FrontPoint(self._side.of(found.mix), selection)

    def _least(self, gap: Gap) -> int | None:
        """How much of the second criterion to ask for: halfway in a wide gap, else its low end."""
        if gap.low is None or not self.points:
            return gap.low
        end = max(self.points[-1].second, gap.high, *(one.high for one in self._tries))
        wide = (gap.high - gap.low) * SPREAD > end - self.points[0].second
        return (gap.low + gap.high) // 2 if wide else gap.low

    def _best(self, least: int | None, known: Sequence[Mix], watch: Watch) -> Found:
        """The most value with at least so much of the second criterion, then most of that."""
        question, side = self._question, self._side
        if least is not None:
            near = self._nearest(least, known)
            if near is not None:
                return near
            question = side.having(question, least)
        search = Search(question, watch)
        best = search.best(known, ties=False)
        if best.mix is None or not best.proven or side.costs is None:
            return best
        return search.then(side.costs, best)

    def _nearest(self, least: int, known: Sequence[Mix]) -> Found | None:
        """The same by listing what is near the relaxation's optimum; None where that is too much."""
        if self._threshold is None or self._warm is None:
            return None
        question = self._threshold.question(least)
        enough = [mix for mix in known if self._side.of(mix) >= least]
        value = max(map(question.value, enough), default=None)
        close = nearest(self._warm, self._threshold.limits(least), question.cut, value)
        if close.mix is None or not close.proven:
            return None
        return Found(close.mix, close.value, close.value, proven=True)

    def _known(self, least: int | None, high: int) -> list[Mix]:
        """Mixes to begin from: that of the point at the end of a gap has enough, and good ones may."""
        place = bisect_left(self.points, high, key=_second)
        known = self.points[place : place + 1]
        known += [one for one in self._good if least is None or one.second >= least]
        facts = self._question.facts
        return [facts.mix(one.selection.chosen) for one in known]

    def _unbeaten(self, one: FrontPoint) -> bool:
        """Whether no point has as much of both."""
        place = bisect_left(self.points, one.second, key=_second)
        return place == len(self.points) or _worth(self.points[place]) < _worth(one)

    def _add(self, point: FrontPoint) -> None:
        """Take a point in, and leave out those worth no more that have less of the second."""
        place = bisect_left(self.points, point.second, key=_second)
        if not self._unbeaten(point):
            return
        end = place + (place < len(self.points) and self.points[place].second == point.second)
        begin = place
        while begin and _worth(self.points[begin - 1]) <= _worth(point):
            begin -= 1
        self.points[begin:end] = [point]


def _second(point: FrontPoint) -> int:
    return point.second


def _worth(point: FrontPoint) -> int:
    return point.selection.value or 0


def _width(gap: Gap) -> int:
    return gap.high - (gap.low or 0)
