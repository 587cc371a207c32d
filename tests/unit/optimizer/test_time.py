"""A search ends when its time is up, whatever the solver is busy with."""

from __future__ import annotations

import time
from random import Random
from typing import Any

import pytest

from optimizer import solver
from optimizer.model import Program, Row
from optimizer.options import Options, Watch

SLOW = 1.5
"""Seconds for which the solver looks at nothing else."""


def market_split(rows: int, width: int, seed: int) -> Program:
    """Rows that are hard to fill to the brim (Cornuéjols and Dawande, 1998)."""
    draw = Random(seed)
    lines = [[draw.randrange(100) for _ in range(width)] for _ in range(rows)]
    columns = tuple(range(width))
    made = [Row((), "", columns, tuple(line), sum(line) // 2) for line in lines]
    costs = tuple(map(sum, zip(*lines, strict=True)))
    return Program(costs, made, (0,) * width, (1,) * width, (True,) * width)


HARD, EASY = market_split(6, 50, 1), market_split(2, 12, 1)


@pytest.fixture
def apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solver, "LONG_STEPS", 0)


@pytest.fixture
def deaf(apart: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def heed(self: solver.HighsAtOnce, event: Any) -> None:
        time.sleep(SLOW)

    monkeypatch.setattr(solver.HighsAtOnce, "_heed", heed)


@pytest.mark.usefixtures("apart")
def test_in_a_thread_of_its_own_the_solver_gives_the_same() -> None:
    inside = solver.solve(EASY, Watch(Options()))
    assert inside.answer == "proven"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(solver, "LONG_STEPS", 10**9)
        assert solver.solve(EASY, Watch(Options())) == inside


@pytest.mark.usefixtures("deaf")
def test_a_solver_that_looks_at_no_clock_is_left_alone() -> None:
    begun = time.monotonic()
    outcome = solver.solve(HARD, Watch(Options(time_limit=0.2)), start={0, 1})
    assert time.monotonic() - begun < SLOW / 2
    assert outcome.answer == "found"
    assert outcome.x is not None
    chosen = [j for j, x in enumerate(outcome.x) if x]
    assert all(row.holds(chosen) for row in HARD.rows)
    assert solver.left_alone()
    for worker in solver.LEFT_ALONE:
        worker.join(10 * SLOW)
    assert not solver.left_alone()
