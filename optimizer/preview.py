"""The budget curve at once: a mix and a proven bound for every budget, without a search."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np

from optimizer.ladder import Ladder
from optimizer.model import Row, sparse
from optimizer.near import Mix, Near, Whole, near, whole
from optimizer.options import Options, Watch
from optimizer.rounding import Filler
from optimizer.solver import Point
from optimizer.validate import check
from optimizer.warm import Warm
from portfolio.pool import Pool
from portfolio.scenario import Scenario, with_money

MOST_SOLVES = 16
MOST_GROUPS = 25
MOST_LISTED = 2_000
MOST_TRIES = 6
MOST_PAID = 20
FEW = 12
CLOSE = 1e-4
DEFAULT = Options()


@dataclass(frozen=True, slots=True)
class PreviewPoint:
    """What a budget buys at least and at most: `value` ≤ V* ≤ `bound`, in millionths.

    `chosen` are the ids of a mix that meets every rule and is worth `value`; None and empty where
    none was found, which does not mean that there is none.
    """

    budget: int
    value: int | None
    bound: int
    chosen: tuple[str, ...] = ()


def preview(pool: Pool, scenario: Scenario, budgets: Sequence[int]) -> tuple[PreviewPoint, ...]:
    """A proven band around the best value at each budget in cents, in the order given.

    Budgets are applied by `with_money`. Each mix is checked in whole numbers and cents; each bound
    follows from weak duality and holds whatever the solver's rounding. Raises InputError.
    """
    check_budgets(pool, scenario, budgets)
    ladder = Ladder(pool, scenario)
    warm = Warm(ladder, Watch(DEFAULT))
    known = ladder.facts
    points = {
        guess.total: PreviewPoint(
            guess.total,
            guess.value,
            guess.bound,
            () if guess.mix is None else known.ids(guess.mix),
        )
        for guess in guesses(ladder, warm, sorted(set(budgets)))
    }
    return tuple(points[budget] for budget in budgets)


def check_budgets(
    pool: Pool, scenario: Scenario, budgets: Sequence[int], options: Options = DEFAULT
) -> None:
    """Raise InputError with everything that keeps the question from being asked at a budget."""
    for budget in dict.fromkeys((min(budgets), max(budgets)) if budgets else ()):
        check(pool, with_money(scenario, budget), options)


@dataclass(slots=True)
class Guess:
    """What is known of a total: limits of its rungs, a bound, and the best mix met.

    `by` is the place whose rates gave the bound.
    """

    total: int
    asked: Scenario
    rungs: list[int]
    bound: int
    by: int | None = None
    mix: Mix | None = None
    value: int | None = None


def guesses(ladder: Ladder, warm: Warm, totals: Sequence[int]) -> list[Guess]:
    """Bands for rising totals.

    The relaxation is solved at a few totals only. Its rates bound all of them, since a bound by
    weak duality is linear in the limits; and mixes near its optimum are tried at its neighbors.
    """
    asked = [ladder.under(total) for total in totals]
    most = sum(max(worth, 0) for worth in ladder.worth)
    made = [
        Guess(total, one, ladder.limits(one, total), most)
        for total, one in zip(totals, asked, strict=True)
    ]
    if made and ladder.width:
        solved = _bounded(warm, made)
        fill: _Fill | None = None
        for group in _groups(len(made)):
            _listed(ladder, warm, made, group, solved)
            if made[group[0]].value is None:
                fill = fill or _Fill(ladder, warm)
                fill.group(made, group)
    _carried(ladder, made)
    return made


def _bounded(warm: Warm, made: Sequence[Guess]) -> dict[int, Point]:
    """Lower the bounds by solving at a few totals; what was solved, by place."""
    limits = np.array([guess.rungs for guess in made], dtype=np.float64).reshape(len(made), -1)
    solved: dict[int, Point] = {}
    tried: set[int] = set()
    while len(tried) < MOST_SOLVES and (place := _where_next(made, tried)) is not None:
        tried.add(place)
        point = warm.solve(made[place].rungs)
        if point is None:
            continue
        solved[place] = point
        for guess, bound in zip(made, warm.bounds(point.rates, limits), strict=True):
            if bound < guess.bound:
                guess.bound, guess.by = bound, place
    return solved


def _where_next(made: Sequence[Guess], tried: Collection[int]) -> int | None:
    """The total whose bound may be furthest off; None when all are close.

    The curve of the relaxation lies above the lines that join what is known of it.
    """
    for end in (len(made) - 1, 0):
        if end not in tried:
            return end
    places = sorted(tried)
    bounds = np.array([float(guess.bound) for guess in made])
    totals = np.array([float(guess.total) for guess in made])
    least = np.interp(totals, totals[places], bounds[places])
    room = bounds - least
    room[places] = 0.0
    widest = int(np.argmax(room))
    return widest if room[widest] > CLOSE * abs(bounds[widest]) else None


def _groups(count: int) -> Iterator[range]:
    """Places in groups of neighbors."""
    size = max(1, -(-count // MOST_GROUPS))
    for begin in range(0, count, size):
        yield range(begin, min(begin + size, count))


def _listed(
    ladder: Ladder, warm: Warm, made: Sequence[Guess], group: range, solved: Mapping[int, Point]
) -> None:
    """Try mixes near the relaxation's optimum at the top of a group on all of the group."""
    top = made[group[-1]]
    if warm.grid is None or top.by is None:
        return
    certificate = warm.certificate(solved[top.by].rates, top.rungs)
    limits = warm.limits(top.rungs)
    losses = np.sort(np.abs(certificate.losses))
    reach = ceil(losses[min(FEW, len(losses)) - 1])
    for _ in range(MOST_TRIES):
        close = near(warm.grid, certificate, limits, reach, MOST_LISTED)
        if close is None:
            reach //= 2
            continue
        order = np.argsort(-close.value, kind="stable")
        uses = close.used(warm.grid.matrix[:, warm.numbers])[order]
        for place in group:
            _take(ladder, made[place], close, order, uses)
        if made[group[0]].value is not None:
            return
        reach = max(2 * reach, 1)


def _take(ladder: Ladder, guess: Guess, close: Near, order: Whole, uses: Whole) -> None:
    """Take the best of the mixes listed that can be paid at a total."""
    fits = np.flatnonzero((uses <= whole(guess.rungs)).all(axis=1))
    for number in order[fits[:MOST_PAID]]:
        value = int(close.value[number])
        if guess.value is not None and value <= guess.value:
            return
        mix = close.mix(int(number))
        if ladder.pays(guess.asked, guess.rungs, mix):
            guess.mix, guess.value = mix, value
            return


class _Fill:
    """Mixes grown from the relaxation's optimum, where listing finds none."""

    def __init__(self, ladder: Ladder, warm: Warm) -> None:
        self._ladder = ladder
        self._warm = warm
        self._filler = Filler(sparse(ladder.rows, ladder.width), ladder.worth)

    def group(self, made: Sequence[Guess], group: range) -> None:
        """Grow a mix with the least money of a group, and on from there with more."""
        point = self._warm.solve(made[group[0]].rungs)
        if point is None:
            return
        worth = self._ladder.worth
        order = sorted(range(len(worth)), key=lambda j: (-point.x[j], -worth[j], j))
        starts: list[Iterable[int]] = [
            [j for j in order if point.x[j] >= least] for least in (0.999, 0.5)
        ]
        for place in group:
            guess = made[place]
            rows = self._ladder.rows_at(guess.rungs)
            limits = np.array([row.limit for row in rows], dtype=np.float64)
            for start in starts:
                mix = self._filler.fill(limits, start, order, frozenset())
                value = sum(worth[column] for column in mix)
                better = guess.value is None or value > guess.value
                if better and self._allows(guess, rows, mix):
                    guess.mix, guess.value = mix, value
            if guess.mix is not None:
                starts = [guess.mix]

    def _allows(self, guess: Guess, rows: Sequence[Row], mix: Mix) -> bool:
        fits = all(row.holds(mix) for row in rows)
        return fits and self._ladder.pays(guess.asked, guess.rungs, mix)


def _carried(ladder: Ladder, made: Sequence[Guess]) -> None:
    """Take over what can be paid with less money; begin from the empty mix where that is allowed."""
    best: tuple[Mix, int] | None = (frozenset(), 0)
    if any(row.limit < 0 for row in ladder.still):
        best = None
    for guess in made:
        better = best is not None and (guess.value is None or best[1] > guess.value)
        if best is not None and better and ladder.pays(guess.asked, guess.rungs, best[0]):
            guess.mix, guess.value = best
        if guess.mix is not None and guess.value is not None:
            best = guess.mix, guess.value
