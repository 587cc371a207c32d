"""The points of the step curve, from estimates and exact answers together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from dashboard.services import words


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a budget in cents: a mix worth `value`, and a bound no mix can pass.

    Millionths; None is not known. Where value and bound meet, the point is exact.
    """

    budget: int
    value: int | None
    bound: int | None

    @property
    def exact(self) -> bool:
        """Whether no better mix exists for this budget."""
        return self.value is not None and self.bound is not None and self.bound <= self.value


def estimate(point: Known) -> str:
    """How much a point that is not exact may lack, for a table's cell."""
    if point.bound is None or point.value is None or point.value <= 0:
        return "estimate"
    gap = Fraction(point.bound - point.value, point.value)
    return f"estimate, at most {words.whole_percent(gap)} missing"


def points(known: Iterable[Known]) -> tuple[Known, ...]:
    """One point a budget, rising; points without any mix at or below their budget are left out.

    An exact point stands as it is. An estimate takes the best mix of a smaller budget where its
    own is worse, since more money never forbids a mix, and for the same reason the lowest bound of
    a larger one.
    """
    by_budget: dict[int, Known] = {}
    for point in known:
        by_budget[point.budget] = _better(by_budget.get(point.budget), point)
    rising = [by_budget[budget] for budget in sorted(by_budget)]
    best: int | None = None
    values: list[int | None] = []
    for point in rising:
        best = point.value if point.exact else _highest(best, point.value)
        values.append(best)
    least: int | None = None
    found: list[Known] = []
    for point, value in zip(reversed(rising), reversed(values), strict=True):
        least = point.bound if point.exact else _lowest(least, point.bound)
        if value is not None:
            bound = None if least is None else max(least, value)
            found.append(Known(point.budget, value, bound))
    return tuple(reversed(found))


def _better(one: Known | None, other: Known) -> Known:
    """The two as one: an exact one as it is, else the higher value and the lower bound."""
    if one is None or other.exact:
        return other
    if one.exact:
        return one
    return Known(one.budget, _highest(one.value, other.value), _lowest(one.bound, other.bound))


def _highest(one: int | None, other: int | None) -> int | None:
    return max((value for value in (one, other) if value is not None), default=None)


def _lowest(one: int | None, other: int | None) -> int | None:
    return min((value for value in (one, other) if value is not None), default=None)
