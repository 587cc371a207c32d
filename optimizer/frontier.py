"""Every best trade of value for a second criterion: the whole front, hollows included."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from optimizer.facts import Facts
from optimizer.model import at_least
from optimizer.objective import own_worths, value
from optimizer.optimize import DEFAULT, selected
from optimizer.options import Listener, Options, Watch
from optimizer.search import Found, Question, Search
from optimizer.validate import check
from portfolio.errors import InputError, Problem
from portfolio.pool import Pool
from portfolio.scenario import Objective, Scenario
from portfolio.selection import Selection

Second = Objective | Literal["spend", "projects"]
MOST_POINTS = 2_000


@dataclass(frozen=True, slots=True)
class FrontPoint:
    """A mix that no other beats on one side without losing on the other.

    `second` is what it has of the second criterion: millionths of an aim's unit, added up over its
    projects (what they earn together is in the value alone), cents not spent (below zero), or
    projects.
    """

    second: int
    selection: Selection


@dataclass(frozen=True, slots=True)
class Front:
    """Points from the most value to the most of the second criterion.

    `complete`: every such trade is there, one mix for each, and each is proven; without it time
    or the number of points ended the search.
    """

    points: tuple[FrontPoint, ...]
    complete: bool


def frontier(
    pool: Pool,
    scenario: Scenario,
    second: Second,
    options: Options = DEFAULT,
    *,
    most: int = MOST_POINTS,
    progress: Listener | None = None,
    cancel: threading.Event | None = None,
    arrived: Callable[[FrontPoint], None] | None = None,
) -> Front:
    """The front of the scenario's value against another aim, least spend or most projects.

    By ε-constraints (Haimes, Lasdon and Wismer, 1971): the most value, of those mixes the one with
    most of the second criterion; then the same with at least one unit more of it, until no mix is
    left. All in whole numbers, so that no point is passed over, and points that no weights find
    are among them. `options.time_limit` is for all points. `arrived` is called with each as soon as
    it is known. What was agreed before (`stay_close`) plays no part. Raises InputError.
    """
    scenario = replace(scenario, stay_close=None)
    check(pool, scenario, options)
    if isinstance(second, Objective):
        check(pool, replace(scenario, objective=second))
    if not 1 <= most <= MOST_POINTS:
        text = f"Write a whole number from 1 to {MOST_POINTS:,}."
        raise InputError((Problem("most points", str(most), text),))
    watch = Watch(options, progress, cancel)
    question = Question.of(pool, scenario)
    costs = _worth(question.facts, second)
    points: list[FrontPoint] = []
    least: int | None = None
    while len(points) < most:
        found = _next(question, costs, least, watch)
        if found.mix is None:
            return Front(tuple(points), found.proven)
        point = FrontPoint(value(costs, found.mix), selected(question, found, watch))
        points.append(point)
        if arrived is not None:
            arrived(point)
        watch.part(len(points), 0)
        if not found.proven:
            return Front(tuple(points), complete=False)
        least = point.second + 1
    return Front(tuple(points), complete=False)


def _next(question: Question, costs: tuple[int, ...], least: int | None, watch: Watch) -> Found:
    """The most value with at least so much of the second criterion, then most of that."""
    if least is not None:
        question = question.having(at_least((), "second", dict(enumerate(costs)), least))
    search = Search(question, watch.silent())
    best = search.best(ties=False)
    if best.mix is None or not best.proven:
        return best
    return search.then(costs, best)


def _worth(known: Facts, second: Second) -> tuple[int, ...]:
    if second == "spend":
        return tuple(-grant for grant in known.grants)
    ways = len(known.variants)
    nothing = (0,) * (known.width - ways)
    if second == "projects":
        return (1,) * ways + nothing
    return own_worths(known, second) + nothing
