"""What is known of weights and scores while they are not agreed: an order, intervals, a range."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, product
from typing import Literal

from portfolio.pool import Pool
from portfolio.project import Project, ThreePoint
from portfolio.scoring.criteria import Criterion
from portfolio.scoring.exact import exact
from portfolio.scoring.measures import MEASURES
from portfolio.scoring.scorecard import Part, scorecards
from portfolio.scoring.value_functions import ValueFunction
from portfolio.scoring.weights import swing_weights

Knowledge = Literal["order", "interval"]
Scores = Literal["mean", "range"]
WORST, BEST = Fraction(0), Fraction(100)
PARTS = 1_000_000
"""Weights of intervals are whole millionths, so that their extreme points are exact."""


@dataclass(frozen=True, slots=True)
class Information:
    """Incomplete information in the sense of Liesiö, Mild and Salo (2007).

    `weights`: "order" knows which criterion counts more and by how much nobody says; "interval"
    knows each weight up to `width` of itself (0.2 for 20 %) either way. `scores`: "mean" takes a
    judged criterion at the members' mean and a payoff at the mean of its three points, "range"
    anywhere from the members' lowest to their highest and from the low payoff to the high one. A
    criterion that nobody knows of a project lies anywhere from worst to best.
    """

    weights: Knowledge = "order"
    width: Decimal = Decimal("0.2")
    scores: Scores = "mean"


@dataclass(frozen=True, slots=True)
class Ratings:
    """Criteria with their agreed weights, and between which values each candidate lies on each.

    `low` and `high` are 0 to 100, by candidate in order of id, then by criterion.
    """

    criteria: tuple[str, ...]
    weights: tuple[Fraction, ...]
    ids: tuple[str, ...]
    low: tuple[tuple[Fraction, ...], ...]
    high: tuple[tuple[Fraction, ...], ...]

    @property
    def exact(self) -> bool:
        """Whether every candidate has one value on every criterion."""
        return self.low == self.high


def ratings(pool: Pool, information: Information) -> Ratings:
    """The candidates' values on each criterion under this information."""
    weights = swing_weights([criterion.swing for criterion in pool.criteria])
    yardsticks = {each.id: (each, ValueFunction(each)) for each in pool.criteria}
    spans = [
        tuple(_span(project, part, *yardsticks[part.criterion], information) for part in card.parts)
        for project, card in zip(pool.candidates, scorecards(pool), strict=True)
    ]
    return Ratings(
        tuple(criterion.id for criterion in pool.criteria),
        weights,
        tuple(project.id for project in pool.candidates),
        tuple(tuple(low for low, _ in row) for row in spans),
        tuple(tuple(high for _, high in row) for row in spans),
    )


def extreme_weights(
    weights: Sequence[Fraction], information: Information
) -> tuple[tuple[Fraction, ...], ...]:
    """The extreme points of the weights that the information allows; each sums to 1.

    Order: equal weight on the criteria of an upper set, e1, (½, ½, 0 …) and so on; criteria of
    equal weight are not ordered among one another.
    """
    if information.weights == "order":
        return tuple(dict.fromkeys(_upper_sets(weights)))
    low, high = bounds(weights, information.width)
    return tuple(
        tuple(Fraction(part, PARTS) for part in point)
        for point in dict.fromkeys(_corners(low, high))
    )


def bounds(weights: Sequence[Fraction], width: Decimal) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Least and most of each weight in whole millionths; together they leave room for a sum of 1."""
    share = exact(width)
    low = tuple(int(weight * max(1 - share, Fraction(0)) * PARTS) for weight in weights)
    high = tuple(min(-int(-weight * (1 + share) * PARTS // 1), PARTS) for weight in weights)
    return low, high


def groups(weights: Sequence[Fraction]) -> tuple[tuple[int, ...], ...]:
    """Places of the criteria, those that weigh most first, equal ones together."""
    levels = sorted(set(weights), reverse=True)
    return tuple(tuple(j for j, w in enumerate(weights) if w == level) for level in levels)


def _upper_sets(weights: Sequence[Fraction]) -> Iterator[tuple[Fraction, ...]]:
    above: tuple[int, ...] = ()
    for group in groups(weights):
        for size in range(1, len(group) + 1):
            for some in combinations(group, size):
                inside = {*above, *some}
                share = Fraction(1, len(inside))
                yield tuple(share if j in inside else Fraction(0) for j in range(len(weights)))
        above += group


def _corners(low: Sequence[int], high: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """All but one at a bound, and that one what is left to a sum of 1."""
    for free in range(len(low)):
        others = [j for j in range(len(low)) if j != free]
        for sides in product((low, high), repeat=len(others)):
            point = [0] * len(low)
            for j, side in zip(others, sides, strict=True):
                point[j] = side[j]
            point[free] = PARTS - sum(point)
            if low[free] <= point[free] <= high[free]:
                yield tuple(point)


def _span(
    project: Project,
    part: Part,
    criterion: Criterion,
    value: ValueFunction,
    information: Information,
) -> tuple[Fraction, Fraction]:
    if part.value is None:
        return WORST, BEST
    if information.scores == "mean":
        return part.value, part.value
    if part.spread is not None:
        levels = [part.spread.low, part.spread.high]
    else:
        levels = _by_payoff(project, criterion)
    ends = [value.of(level) for level in levels] or [part.value]
    return min(ends), max(ends)


def _by_payoff(project: Project, criterion: Criterion) -> list[Fraction]:
    """A computed measure with the low payoff and with the high one; the same for most measures."""
    measure = MEASURES.get(criterion.measure)
    if project.payoff is None or measure is None:
        return []
    sides = (project.payoff.low, project.payoff.high)
    levels = (measure.of(replace(project, payoff=ThreePoint(side, side, side))) for side in sides)
    return [level for level in levels if level is not None]


def missing(pool: Pool) -> str:
    """What is missing before a core index says anything, "" when nothing is."""
    if not pool.criteria:
        return "There are no criteria yet. Add some in Settings and let the board score by them."
    if not pool.candidates:
        return "There is no proposal to look at."
    return ""
