"""Long numbers in short rows, bounds by weak duality, and a solver that is asked in silence."""

from __future__ import annotations

import itertools
import random
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from optimizer import solver
from optimizer.bounds import certify
from optimizer.digits import DIGIT, shortened
from optimizer.model import Program, Row, at_least, at_most, sparse
from optimizer.options import Options, Watch

BINARY = 6


def program(costs: tuple[int, ...], *rows: Row) -> Program:
    width = len(costs)
    return Program(costs, rows, (0,) * width, (1,) * width, (True,) * width)


def every_mix(width: int) -> list[frozenset[int]]:
    return [
        frozenset(j for j in range(width) if bits[j])
        for bits in itertools.product((0, 1), repeat=width)
    ]


def met(short: Program, values: list[int]) -> bool:
    """Whether whole values meet rows and bounds, added up by hand."""
    within = all(
        low <= value <= high
        for low, value, high in zip(short.lows, values, short.highs, strict=True)
    )
    return within and all(
        sum(a * values[j] for j, a in zip(row.columns, row.coefficients, strict=True)) <= row.limit
        for row in short.rows
    )


@pytest.mark.parametrize("seed", range(40))
def test_a_long_row_and_its_digits_are_met_by_the_same_mixes(seed: int) -> None:
    draw = random.Random(seed)
    size = 1 << draw.choice((40, 70, 95))
    entries = tuple(draw.randint(-size, size) or 1 for _ in range(BINARY))
    hidden = [j for j in range(BINARY) if draw.random() < 0.5]
    limit = sum(entries[j] for j in hidden) + draw.choice((-1, 0, 1))
    row = Row(("r",), "", tuple(range(BINARY)), entries, limit)
    split = shortened(program((0,) * BINARY, row))
    assert split.carries
    assert all(
        abs(a).bit_length() <= DIGIT + 1 for short in split.program.rows for a in short.coefficients
    )
    for mix in every_mix(BINARY):
        assert met(split.program, split.point(mix, BINARY)) == row.holds(mix)


def test_short_rows_stay_as_they_are() -> None:
    asked = program((1, 1), Row(("r",), "", (0, 1), (3, 5), 7))
    assert shortened(asked).program is asked


def test_a_cent_in_a_hundred_billion_decides() -> None:
    grants = (10_000_000_000_001, 20_000_000_000_000, 30_000_000_000_002)
    tight = at_most(("b",), "", dict(enumerate(grants)), 30_000_000_000_001)
    outcome = solver.solve(program((1, 1, 1), tight), Watch(Options()))
    assert (outcome.answer, outcome.x) == ("proven", (1, 1, 0))
    short = at_most(("b",), "", dict(enumerate(grants)), 30_000_000_000_000)
    outcome = solver.solve(program((1, 1, 1), short), Watch(Options()))
    assert outcome.x is not None
    assert sum(outcome.x) == 1


@pytest.mark.parametrize("seed", range(40))
def test_any_rates_prove_a_bound_and_settle_no_column_wrongly(seed: int) -> None:
    draw = random.Random(seed)
    costs = tuple(draw.randint(-(10**13), 10**13) for _ in range(BINARY))
    made = [
        at_most(("r",), "", {j: draw.randint(-50, 99) for j in range(BINARY)}, draw.randint(0, 150))
        for _ in range(3)
    ]
    rates = np.array([draw.choice((0.0, draw.random() * 1e11)) for _ in made])
    ones = (1,) * BINARY
    certificate = certify(costs, sparse(made, BINARY), rates, (0,) * BINARY, ones)
    allowed = [mix for mix in every_mix(BINARY) if all(row.holds(mix) for row in made)]
    best = max(sum(costs[j] for j in mix) for mix in allowed)
    assert certificate.whole >= best
    low, high = certificate.settled(best)
    for mix in allowed:
        if sum(costs[j] for j in mix) == best:
            assert not any(low[j] for j in mix)
            assert all(j in mix for j in range(BINARY) if high[j])


def test_fractions_become_the_smallest_whole_numbers_that_say_the_same() -> None:
    row = at_least(("r",), "", {0: 200, 1: 300, 2: 0}, 450)
    assert (row.columns, row.coefficients, row.limit) == ((0, 1), (-2, -3), -5)


@pytest.mark.parametrize("by_cbc", [False, True])
def test_what_cannot_be_met_is_called_so_by_either_solver(
    by_cbc: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(solver, "HAS_HIGHS", not by_cbc)
    odd = Row(("r",), "", (0, 1, 2), (2, 2, 2), 3)
    other = Row(("s",), "", (0, 1, 2), (-2, -2, -2), -3)
    assert solver.solve(program((1, 2, 3), odd, other), Watch(Options())).answer == "infeasible"


def test_nothing_is_printed_while_solving(repository: Path) -> None:
    lines = (
        "from tests.support.worked_table import worked_pool, worked_scenario",
        "from optimizer import optimize",
        "optimize(worked_pool(), worked_scenario('15'))",
    )
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(lines)],
        cwd=repository,
        capture_output=True,
        text=True,
        check=True,
    )
    assert (done.stdout, done.stderr) == ("", "")
