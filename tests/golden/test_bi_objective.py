"""Bi-objective knapsacks of vOptLib: the whole published front, point by point."""

from __future__ import annotations

from pathlib import Path

import pytest

from optimizer import Front, Options, frontier
from portfolio.scenario import Objective
from portfolio.scoring.value import MICRO
from tests.support.bi_objective import published, read


def front(folder: Path, name: str) -> tuple[Front, list[tuple[int, int]]]:
    found = frontier(*read(folder, name), Objective(aim="payoff"), Options(time_limit=300))
    cents = MICRO // 100
    return found, [((p.selection.value or 0) // MICRO, p.second // cents) for p in found.points]


@pytest.mark.parametrize("name", ["2KP50-11", "2KP100-50"])
def test_the_front_is_the_published_one_point_by_point(real_data: Path, name: str) -> None:
    folder = real_data / "instances" / "moknapsack"
    found, points = front(folder, name)
    assert found.complete
    assert points == published(folder, name)
