"""The exact best mix at each of many budgets, neighbors helping each other."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from optimizer.optimize import DEFAULT, answer, selected
from optimizer.options import Listener, Options, Watch
from optimizer.search import Mix, Question
from optimizer.validate import check
from portfolio.pool import Pool
from portfolio.scenario import Scenario, with_money
from portfolio.selection import Selection


@dataclass(frozen=True, slots=True)
class BudgetPoint:
    """The answer at a budget in cents."""

    budget: int
    selection: Selection


def sweep(
    pool: Pool,
    scenario: Scenario,
    budgets: Sequence[int],
    options: Options = DEFAULT,
    *,
    progress: Listener | None = None,
    cancel: threading.Event | None = None,
    arrived: Callable[[BudgetPoint], None] | None = None,
) -> tuple[BudgetPoint, ...]:
    """The best mix at each budget in cents, in the order given: the same as `optimize` gives.

    Budgets are applied by `with_money`. `options.time_limit` is for each point. `arrived` is
    called with each point as it is found. Setting `cancel` returns the points that were finished.
    Raises InputError.
    """
    for budget in dict.fromkeys((min(budgets), max(budgets)) if budgets else ()):
        check(pool, with_money(scenario, budget), options)
    whole = Watch(replace(options, time_limit=float("inf")), progress, cancel)
    points: dict[int, BudgetPoint] = {}
    question, known = None, list[Mix]()
    for budget in sorted(set(budgets)):
        asked = with_money(scenario, budget)
        question = Question.of(pool, asked) if question is None else question.under(asked)
        watch = Watch(options, None, cancel)
        found = answer(question, watch, known, gap=options.gap)
        if watch.cancelled:
            break
        if found.mix is not None:
            known = [found.mix]
        points[budget] = BudgetPoint(budget, selected(question, found, watch))
        if arrived is not None:
            arrived(points[budget])
        whole.part(len(points), len(set(budgets)))
    return tuple(points[budget] for budget in budgets if budget in points)
