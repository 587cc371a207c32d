"""The best mix under each of many limits on bad outcomes: value against CVaR, exact."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import inf

from optimizer.optimize import DEFAULT, answer, selected
from optimizer.options import Listener, Options, Watch
from optimizer.search import Found, Mix, Question
from optimizer.second import LOSSES, USUAL_WORST
from optimizer.validate import check
from portfolio.pool import Pool
from portfolio.scenario import Scenario, numbered_id
from portfolio.selection import Selection


@dataclass(frozen=True, slots=True)
class LossPoint:
    """The best mix that loses at most `limit` cents on average in the worst outcomes, and its loss.

    `loss` is None without a mix.
    """

    limit: int
    selection: Selection
    loss: Fraction | None


def loss_sweep(
    pool: Pool,
    scenario: Scenario,
    limits: Sequence[int],
    options: Options = DEFAULT,
    *,
    progress: Listener | None = None,
    cancel: threading.Event | None = None,
    arrived: Callable[[LossPoint], None] | None = None,
) -> tuple[LossPoint, ...]:
    """The best mix under each limit in cents, in the order given; a limit below zero asks for a gain.

    The losses are CVaR over simulated outcomes, those of `optimizer.second`. From the widest limit down: a
    best mix that meets the next limit too is best there, so that nothing is searched.
    `options.time_limit` is for each point. `arrived` is called with each as soon as it is known.
    Setting `cancel` returns the points that were finished. Raises InputError.
    """
    name = numbered_id(scenario, LOSSES)
    for limit in dict.fromkeys((min(limits), max(limits)) if limits else ()):
        check(pool, USUAL_WORST.limited(scenario, limit), options)
    whole = Watch(replace(options, time_limit=inf), progress, cancel)
    question = Question.of(pool, scenario)
    points: dict[int, LossPoint] = {}
    best: Found | None = None
    totals = sorted(set(limits), reverse=True)
    for limit in totals:
        watch = Watch(options, None, cancel)
        if watch.cancelled:
            break
        asked = question.under(USUAL_WORST.limited(scenario, limit))
        best = _next(asked, best, watch, options.gap)
        if watch.cancelled and not best.proven:
            break
        selection = selected(asked, best, watch)
        loss = next((one.used for one in selection.checks if one.rule == name), None)
        points[limit] = LossPoint(limit, selection, loss)
        if arrived is not None:
            arrived(points[limit])
        whole.part(len(points), len(totals))
    return tuple(points[limit] for limit in limits if limit in points)


def _next(asked: Question, wider: Found | None, watch: Watch, gap: float) -> Found:
    """The answer under a limit, given that under a wider one."""
    known: list[Mix] = []
    if wider is not None and wider.proven and asked.facts.scenario.stay_close is None:
        if wider.mix is None or asked.cut(wider.mix) is None:
            return wider
    elif wider is not None and wider.mix is not None:
        known = [wider.mix]
    return answer(asked, watch, known, gap=gap)
