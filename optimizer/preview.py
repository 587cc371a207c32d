"""The budget curve at once: a mix and a proven bound for every budget, without a search."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from optimizer.bounds import certify
from optimizer.model import Program
from optimizer.options import Options, Watch
from optimizer.rounding import Filler
from optimizer.search import Mix, Question
from optimizer.solver import Point, Relaxation
from optimizer.validate import check
from portfolio.pool import Pool
from portfolio.scenario import Scenario, with_money


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
    for budget in dict.fromkeys((min(budgets), max(budgets)) if budgets else ()):
        check(pool, with_money(scenario, budget))
    watch = Watch(Options())
    points: dict[int, PreviewPoint] = {}
    question = None
    for budget in sorted(set(budgets)):
        asked = with_money(scenario, budget)
        question = Question.of(pool, asked) if question is None else question.under(asked)
        points[budget] = _point(question, budget, watch)
    return tuple(points[budget] for budget in budgets)


def _point(question: Question, budget: int, watch: Watch) -> PreviewPoint:
    width = question.width
    lows, highs = (0,) * width, (1,) * width
    program = Program(question.worth, question.rows, lows, highs, (True,) * width)
    relaxed = Relaxation(program)
    point = relaxed.solve(watch)
    # Without an optimum to learn from, rates of zero still prove the sum of all worth above zero.
    rates = np.zeros(len(question.rows)) if point is None else point.rates
    bound = certify(question.worth, relaxed.rows, rates, lows, highs).whole
    mix = _rounded(question, relaxed, point)
    if mix is None:
        return PreviewPoint(budget, None, bound)
    value = question.value(mix)
    return PreviewPoint(budget, value, bound, question.facts.ids(mix))


def _rounded(question: Question, relaxed: Relaxation, point: Point | None) -> Mix | None:
    worth = question.worth
    x = [0.0] * len(worth) if point is None else point.x.tolist()
    order = sorted(range(len(worth)), key=lambda j: (-x[j], -worth[j], j))
    filler = Filler(relaxed.rows, worth)
    starts = [frozenset(j for j in order if x[j] >= least) for least in (0.999, 0.5)]
    mixes = [filler.fill(relaxed.rows.limits, start, order, frozenset()) for start in starts]
    allowed = [mix for mix in (*mixes, *starts) if question.cut(mix) is None]
    return max(allowed, key=question.value, default=None)
