"""What is told of a question whose solving is cut short by the clock or by the user."""

from __future__ import annotations

import threading
import time
from pathlib import Path

from optimizer import Options, Progress, optimize
from portfolio.feasibility import feasible, violations
from portfolio.selection import Selection, Status
from tests.support.hard import split_to_the_cent, tight_knapsack
from tests.support.published import Knapsack, chu_beasley


def worth_of(problem: Knapsack, selection: Selection) -> int:
    """The profit of a mix that keeps within every capacity, in millionths."""
    chosen = [int(i) for i in selection.ids]
    for row, capacity in zip(problem.weights, problem.capacities, strict=True):
        assert sum(row[k] for k in chosen) <= capacity
    return int(sum(problem.profits[k] for k in chosen) * 1_000_000)


def test_the_time_limit_gives_a_mix_that_is_not_called_the_best_and_a_true_bound(
    real_data: Path,
) -> None:
    problem = chu_beasley(real_data / "instances", 7)[0]
    begun = time.monotonic()
    selection = optimize(*problem.question(), Options(time_limit=2))
    assert time.monotonic() - begun < 10
    assert selection.status is Status.FEASIBLE
    assert selection.value == worth_of(problem, selection)
    assert selection.bound is not None
    assert selection.value <= problem.best_known * 1_000_000 <= selection.bound
    assert selection.gap is not None
    assert selection.gap > 0


def test_cancel_keeps_the_best_mix_found_so_far() -> None:
    problem = tight_knapsack()
    pool, scenario = problem.question()
    cancel = threading.Event()
    reported: list[Progress] = []

    def stop_at_the_first_mix(progress: Progress) -> None:
        reported.append(progress)
        if progress.value is not None:
            cancel.set()

    begun = time.monotonic()
    selection = optimize(
        pool, scenario, Options(time_limit=120), progress=stop_at_the_first_mix, cancel=cancel
    )
    assert time.monotonic() - begun < 60
    assert cancel.is_set()
    assert selection.status is Status.FEASIBLE
    assert selection.value == worth_of(problem, selection)
    assert selection.value >= max(p.value for p in reported if p.value is not None)
    assert selection.bound is not None
    assert selection.bound >= selection.value
    assert violations(pool, scenario, selection) == ()


def test_cancel_from_another_thread_ends_a_long_search_within_moments() -> None:
    problem = tight_knapsack()
    cancel = threading.Event()
    timer = threading.Timer(1.0, cancel.set)
    timer.start()
    begun = time.monotonic()
    selection = optimize(*problem.question(), Options(time_limit=120), cancel=cancel)
    timer.join()
    assert 1 <= time.monotonic() - begun < 11
    assert selection.status is Status.FEASIBLE
    assert selection.value == worth_of(problem, selection)


def test_progress_tells_of_values_that_rise_and_bounds_that_hold() -> None:
    problem = tight_knapsack()
    reported: list[Progress] = []
    selection = optimize(*problem.question(), Options(time_limit=3), progress=reported.append)
    values = [p.value for p in reported if p.value is not None]
    bounds = [p.bound for p in reported if p.bound is not None]
    assert len(values) > 1
    assert values == sorted(values)
    assert selection.value is not None
    assert min(bounds) >= selection.value == values[-1]
    seconds = [p.seconds for p in reported]
    assert seconds == sorted(seconds)


def test_a_question_cancelled_before_it_begins_ends_at_once() -> None:
    cancel = threading.Event()
    cancel.set()
    begun = time.monotonic()
    selection = optimize(*tight_knapsack().question(), Options(time_limit=120), cancel=cancel)
    assert time.monotonic() - begun < 10
    assert selection.status in (Status.FEASIBLE, Status.NO_SOLUTION_FOUND)


def test_finding_no_mix_in_time_is_not_called_impossible() -> None:
    pool, scenario, hidden = split_to_the_cent()
    assert feasible(pool, scenario, hidden)
    selection = optimize(pool, scenario, Options(time_limit=1))
    assert selection.status is Status.NO_SOLUTION_FOUND
    assert (selection.chosen, selection.value) == ((), None)
    assert selection.bound is None or selection.bound >= len(hidden) * 1_000_000
