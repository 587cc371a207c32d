"""The budget curve at once: a mix and a proven bound for every budget, without a search."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from optimizer.gathering import gathered, searched
from optimizer.guesses import Guess, bounded
from optimizer.ladder import Ladder
from optimizer.near import Mix
from optimizer.options import Options, Watch
from optimizer.validate import MOST, check
from optimizer.warm import Warm
from portfolio.pool import Pool
from portfolio.scenario import Scenario, with_money

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
    made = guesses(ladder, warm, sorted(set(budgets)))
    ids = _ids(ladder, {guess.mix for guess in made if guess.mix is not None})
    points = {
        guess.total: PreviewPoint(
            guess.total, guess.value, guess.bound, () if guess.mix is None else ids[guess.mix]
        )
        for guess in made
    }
    return tuple(points[budget] for budget in budgets)


def _ids(ladder: Ladder, mixes: Iterable[Mix]) -> dict[Mix, tuple[str, ...]]:
    """Ids of the projects of each mix, in order, each once; bonuses are none."""
    own = [project.id for project in ladder.facts.projects]
    return {
        mix: tuple(dict.fromkeys([own[j] for j in sorted(mix) if j < len(own)])) for mix in mixes
    }


def check_budgets(
    pool: Pool, scenario: Scenario, budgets: Sequence[int], options: Options = DEFAULT
) -> None:
    """Raise InputError with everything that keeps the question from being asked at a budget."""
    if budgets:
        check(pool, with_money(scenario, min(budgets)), options)
    # More money alone is at fault only where it is beyond all measure.
    if budgets and max(budgets) > MOST:
        check(pool, with_money(scenario, max(budgets)), options)


def guesses(ladder: Ladder, warm: Warm, totals: Sequence[int]) -> list[Guess]:
    """Bands for rising totals: bounds by weak duality, and mixes that are checked exactly."""
    most = sum(max(worth, 0) for worth in ladder.worth)
    made = [Guess(ladder, total, ladder.limits_at(total), most) for total in totals]
    if made and ladder.width:
        limits = np.array([guess.rungs for guess in made], dtype=np.float64).reshape(len(made), -1)
        known = bounded(warm, made, limits)
        if known is not None:
            gathered(warm, made, limits, known)
        searched(warm, made, limits)
    _carried(ladder, made)
    return made


def _carried(ladder: Ladder, made: Sequence[Guess]) -> None:
    """Take over what can be paid with less money; begin from the empty mix where that is allowed."""
    best: tuple[Mix, int] | None = (frozenset(), 0)
    if any(row.limit < 0 for row in ladder.still):
        best = None
    for guess in made:
        better = best is not None and (guess.value is None or best[1] > guess.value)
        if best is not None and better and guess.pays(best[0], ladder.used(best[0])):
            guess.mix, guess.value = best
        if guess.mix is not None and guess.value is not None:
            best = guess.mix, guess.value
