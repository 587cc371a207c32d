"""What more money buys: the next steps to a better mix, exact to the cent."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace

from optimizer.climb import Climb
from optimizer.explain import standing_mix
from optimizer.ladder import Ladder
from optimizer.optimize import DEFAULT
from optimizer.options import Listener, Options, Watch
from optimizer.search import Question
from optimizer.validate import check
from portfolio.pool import Pool
from portfolio.scenario import Scenario
from portfolio.selection import Selection, Status


@dataclass(frozen=True, slots=True)
class Step:
    """A budget in cents at which a better mix exists than at any below, and what it brings.

    `more` cents than the question has, `gain` in millionths, and who enters and leaves are all
    told against the mix begun from. `selection` is the best mix at `budget`.
    """

    budget: int
    more: int
    gain: int
    enters: tuple[str, ...]
    leaves: tuple[str, ...]
    selection: Selection


def next_steps(
    pool: Pool,
    scenario: Scenario,
    base: Selection,
    count: int,
    options: Options = DEFAULT,
    *,
    progress: Listener | None = None,
    cancel: threading.Event | None = None,
) -> tuple[Step, ...]:
    """The next `count` steps of the curve of best values against money in all.

    The first step is the smallest whole number of cents T above `scenario.money` with
    V*(with_money(T)) > V, where V is the value of `base` (its bound, if proven); each next one is
    the smallest T with a value above the step before. Every step is proven: no total between has
    a better mix. Fewer are returned when no more money helps, and when time or `cancel` ends the
    search; none when nothing limits money in all. What was agreed before (`stay_close`) plays no
    part. `options.time_limit` is for all steps together. Raises InputError, also for a base whose
    mix is no answer to this question.
    """
    scenario = replace(scenario, stay_close=None)
    check(pool, scenario, options)
    money = scenario.money
    if money is None:
        return ()
    watch = Watch(options, progress, cancel)
    if base.status.has_mix:
        standing_mix(Question.of(pool, scenario), base)
    climb = Climb(Ladder(pool, scenario), watch)
    inside = frozenset(base.ids)
    best = base.bound if base.status is Status.OPTIMAL else base.value
    found: list[Step] = []
    total = money
    while len(found) < count:
        watch.part(len(found), count)
        step = climb.step(total + 1, best)
        if step is None:
            break
        total, selection = step
        best = selection.value
        mix = frozenset(selection.ids)
        found.append(
            Step(
                total,
                total - money,
                (selection.value or 0) - (base.value or 0),
                tuple(sorted(mix - inside)),
                tuple(sorted(inside - mix)),
                selection,
            )
        )
    watch.part(len(found), count)
    return tuple(found)
