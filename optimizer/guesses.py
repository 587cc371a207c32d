"""What is known of many totals without a search: a proven bound and a mix at each."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from optimizer.around import Numbers
from optimizer.ladder import Ladder
from optimizer.model import Floats
from optimizer.near import Mix
from optimizer.solver import Point
from optimizer.warm import Counted, Warm
from portfolio.scenario import Scenario

FIRST_SOLVES, MOST_SOLVES, WIDE = 3, 25, 20
MORE_SOLVES, ROUNDS = 3, 2
"""The relaxation is solved at a few totals, at one for so many projects, and once more at those
whose bounds may be far off."""
CLOSE = 1e-3
STEPS = 4
"""Rates between two optima are tried in so many steps."""


@dataclass(slots=True)
class Guess:
    """What is known of a total: limits of its rungs, a bound, and the best mix met."""

    ladder: Ladder
    total: int
    rungs: list[int]
    bound: int
    mix: Mix | None = None
    value: int | None = None
    _asked: Scenario | None = None

    @property
    def asked(self) -> Scenario:
        """The scenario with this total."""
        if self._asked is None:
            self._asked = self.ladder.under(self.total)
        return self._asked

    def pays(self, mix: Mix, used: Sequence[int]) -> bool:
        """Whether a mix that takes so much of each rung can be paid; other rules are not looked at."""
        fits = all(use <= limit for use, limit in zip(used, self.rungs, strict=True))
        asked = self.ladder.scenario if self.ladder.exact else self.asked
        return fits and self.ladder.pays(asked, mix)

    def take(self, one: Counted) -> bool:
        """Take a mix that is better, allowed, and can be paid; whether it was taken."""
        better = self.value is None or one.worth > self.value
        if not better or not one.allowed or not self.pays(one.mix, one.used):
            return False
        self.mix, self.value = one.mix, one.worth
        return True


@dataclass(frozen=True, slots=True)
class Tangents:
    """Rates that bound the curve of the relaxation.

    `points` are optima by rising place of their total. `rates` are theirs and, in `STEPS` steps,
    those between any two next to each other, (many, rows); `least` tells which bound each total.
    """

    points: Mapping[int, Point]
    rates: Floats
    least: Numbers


def bounded(warm: Warm, made: Sequence[Guess], limits: Floats) -> Tangents | None:
    """Lower the bounds of guesses by rising total; None where the relaxation tells nothing.

    It is solved at a few totals only: a bound by weak duality is linear in the limits, so that any
    rates bound all totals. `limits` are those of the rungs, (totals, rungs).
    """
    known: Tangents | None = None
    points: dict[int, Point] = {}
    tried: set[int] = set()
    for _ in range(ROUNDS):
        places = _where_next(made, tried)
        tried.update(places)
        new = {place: warm.solve(made[place].rungs) for place in places}
        found = {place: point for place, point in new.items() if point is not None}
        if not found:
            break
        points = dict(sorted((points | found).items()))
        rates = between(np.array([point.rates for point in points.values()]))
        bounds, least = warm.bounds(rates, limits)
        for guess, bound in zip(made, bounds, strict=True):
            guess.bound = min(guess.bound, bound)
        known = Tangents(points, rates, least)
    return known


def between(rates: Floats) -> Floats:
    """Rates and, in steps, those between any two that are next to each other.

    Any rates prove a bound, and where two give the same one those between them give a better one.
    Those of each step stand together, the last of all at the end.
    """
    change = rates[1:] - rates[:-1]
    return np.concatenate([*(rates[:-1] + change * (k / STEPS) for k in range(STEPS)), rates[-1:]])


def _where_next(made: Sequence[Guess], tried: Collection[int]) -> list[int]:
    """Rising places of the totals whose bounds may be furthest off; none when all are close.

    The curve of the relaxation lies above the lines that join what is known of it.
    """
    if not tried:
        last = len(made) - 1
        count = min(max(made[0].ladder.width // WIDE, FIRST_SOLVES), MOST_SOLVES)
        return sorted({last * k // (count - 1) for k in range(count)})
    places = sorted(tried)
    bounds = np.array([float(guess.bound) for guess in made])
    totals = np.array([float(guess.total) for guess in made])
    room = bounds - np.interp(totals, totals[places], bounds[places])
    widest = [
        low + int(np.argmax(room[low:high])) for low, high in pairwise(places) if high - low > 1
    ]
    widest = [place for place in widest if room[place] > CLOSE * abs(bounds[place])]
    return sorted(sorted(widest, key=lambda place: -room[place])[:MORE_SOLVES])
