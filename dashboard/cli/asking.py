"""From typed arguments to a pool, a question and how long to look for its answer."""

from __future__ import annotations

import argparse
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from dashboard.cli.checks import Checks
from dashboard.services import pools
from data.scenario_file import read_scenario
from optimizer import Options
from portfolio.pool import Pool
from portfolio.scenario import Scenario, with_money

MOST_SECONDS = 86_400


@dataclass(frozen=True, slots=True)
class Asked:
    """A pool with what is known of its making, the question over it, and how to search."""

    found: pools.Found
    scenario: Scenario
    options: Options
    notes: tuple[str, ...]

    @property
    def pool(self) -> Pool:
        """The pool."""
        return self.found.pool


def ask(args: argparse.Namespace, checks: Checks) -> Asked:
    """The question that the arguments put; raises InputError with everything wrong with them."""
    budget = checks.money("budget", "--budget")
    seconds = checks.number("time_limit", "--time-limit", 0.01, MOST_SECONDS)
    gap = checks.number("gap", "--gap", 0, 1)
    found = checks.tried(lambda: pools.find(args.pool, args.profile, args.store))
    scenario = None
    if found is not None:
        pool = found.pool
        scenario = checks.tried(lambda: _scenario(args.scenario, pool))
    elif args.scenario is not None and not Path(args.scenario).is_file():
        checks.add("--scenario", args.scenario, "There is no such file.")
    found, scenario = checks.sure(found), checks.sure(scenario)
    notes = found.notes if args.scenario is None or _same_aim(scenario, found.pool) else ()
    if budget is not None:
        scenario = with_money(scenario, budget)
    if scenario.money is None and hasattr(args, "budget"):
        unlimited = "Nothing limits the money: state it with --budget or in a scenario file."
        notes = (*notes, unlimited)
    options = Options(
        time_limit=Options().time_limit if seconds is None else seconds,
        gap=Options().gap if gap is None else gap,
    )
    return Asked(found, scenario, options, notes)


@contextmanager
def stopping() -> Iterator[threading.Event]:
    """An event that Ctrl-C sets, so that a search ends with the best it has; twice ends it all."""
    stop = threading.Event()

    def on_interrupt(number: int, frame: object) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    if threading.current_thread() is not threading.main_thread():
        yield stop
        return
    before = signal.signal(signal.SIGINT, on_interrupt)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)


def _scenario(file: str | None, pool: Pool) -> Scenario:
    return pool.scenario if file is None else read_scenario(Path(file), pool)


def _same_aim(scenario: Scenario, pool: Pool) -> bool:
    return scenario.objective.aim == pool.scenario.objective.aim
