"""The portfolio of Bertsimas and Sim, "The Price of Robustness" (2004), section 6.2."""

from __future__ import annotations

from math import sqrt

import pytest

from optimizer.lazy import largest
from optimizer.model import Program, Row
from optimizer.options import Options, Watch
from optimizer.solver import Relaxation

SIZE, UNIT = 150, 10**9


def robust(gamma: int) -> float:
    """max z, z ≤ Σ p x − Σ_{i∈S} σ x for each set S of gamma shares, Σ x ≤ 1; S as it is broken."""
    returns = [1.15 + i * 0.05 / SIZE for i in range(1, SIZE + 1)]
    spread = [0.05 / 450 * sqrt(2 * i * SIZE * (SIZE + 1)) for i in range(1, SIZE + 1)]
    whole = [round(UNIT * part) for part in returns]
    apart = [round(UNIT * part) for part in spread]
    columns = tuple(range(SIZE + 1))
    rows = [Row((), "", columns, (*[1] * SIZE, 0), 1)]
    highs = (*[1] * SIZE, 2)
    while True:
        costs = (*[0] * SIZE, 1)
        program = Program(costs, tuple(rows), (0,) * len(columns), highs, (False,) * len(columns))
        point = Relaxation(program).solve(Watch(Options(time_limit=60)))
        assert point is not None
        x, z = point.x[:SIZE], float(point.x[SIZE])
        worst = largest([part * share for part, share in zip(spread, x, strict=True)], gamma)
        lowest = sum(r * s for r, s in zip(returns, x, strict=True))
        lowest -= sum(spread[i] * x[i] for i in worst)
        if z - lowest < 1e-7:
            return z
        held = [apart[i] * (i in worst) - whole[i] for i in range(SIZE)]
        rows.append(Row((), "", columns, (*held, UNIT), 0))


@pytest.mark.parametrize(("gamma", "told"), [(5, 1.1709)])
def test_the_robust_return_is_the_published_one(gamma: int, told: float) -> None:
    assert robust(gamma) == pytest.approx(told, abs=5e-5)


def test_without_protection_the_best_share_takes_it_all() -> None:
    assert robust(0) == pytest.approx(1.2, abs=1e-9)
