"""Columns that are settled are counted into a program, and nothing else about it changes."""

from __future__ import annotations

import itertools
import random

import pytest

from optimizer import solver
from optimizer.model import Program, Row
from optimizer.moving import moving
from optimizer.options import Options, Watch

WIDTH = 7


def drawn(seed: int) -> Program:
    """Random rows and bounds, some columns settled at nothing and some at one."""
    draw = random.Random(seed)
    bounds = [draw.choice(((0, 1), (0, 1), (0, 0), (1, 1))) for _ in range(WIDTH)]
    rows = []
    for number in range(4):
        columns = tuple(sorted(draw.sample(range(WIDTH), draw.randint(1, WIDTH))))
        entries = tuple(draw.randint(-9, 9) or 1 for _ in columns)
        rows.append(Row((f"r{number}",), "", columns, entries, draw.randint(-6, 12)))
    return Program(
        [draw.randint(-50, 90) for _ in range(WIDTH)],
        rows,
        [low for low, _ in bounds],
        [high for _, high in bounds],
        [True] * WIDTH,
    )


def best(program: Program) -> int | None:
    """The best objective of all points, by trying each."""
    spans = [range(low, high + 1) for low, high in zip(program.lows, program.highs, strict=True)]
    values = [
        sum(cost * value for cost, value in zip(program.costs, x, strict=True))
        for x in itertools.product(*spans)
        if all(
            sum(a * x[j] for j, a in zip(row.columns, row.coefficients, strict=True)) <= row.limit
            for row in program.rows
        )
    ]
    return max(values, default=None)


@pytest.mark.parametrize("seed", range(60))
def test_what_is_left_has_the_same_optimum_beside_what_is_settled(seed: int) -> None:
    program = drawn(seed)
    reduced = moving(program)
    assert len(reduced.columns) < WIDTH or reduced.program is program
    left = best(reduced.program)
    assert (None if left is None else left + reduced.settled) == best(program)
    assert not reduced.impossible or best(program) is None


@pytest.mark.parametrize("gap", [0.0, 0.02])
@pytest.mark.parametrize("seed", range(60))
@pytest.mark.parametrize("by_cbc", [False, True])
def test_a_solve_gives_values_for_every_column(
    by_cbc: bool, seed: int, gap: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(solver, "HAS_HIGHS", not by_cbc)
    program = drawn(seed)
    outcome = solver.solve(program, Watch(Options()), gap=gap)
    optimum = best(program)
    if optimum is None:
        assert (outcome.answer, outcome.x) == ("infeasible", None)
        return
    assert outcome.x is not None
    got = sum(cost * value for cost, value in zip(program.costs, outcome.x, strict=True))
    bounds = zip(program.lows, outcome.x, program.highs, strict=True)
    assert all(low <= value <= high for low, value, high in bounds)
    assert optimum >= got >= optimum - gap * abs(optimum)
    if not by_cbc or not gap:
        assert outcome.bound is not None
        assert outcome.bound >= optimum


def test_the_columns_of_a_mix_to_begin_from_are_found_again() -> None:
    program = Program([1] * 4, [], [0, 1, 0, 0], [1, 1, 0, 1], [True] * 4)
    reduced = moving(program)
    assert reduced.columns == (0, 3)
    assert reduced.inside({1, 3}) == {1}
    assert reduced.whole((0, 1)) == (0, 1, 0, 1)
