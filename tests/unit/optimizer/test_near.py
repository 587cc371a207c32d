"""Mixes near the relaxation's optimum: all of them, none that the rules forbid, the first one first."""

from __future__ import annotations

from itertools import product
from random import Random

import numpy as np
import pytest

from optimizer.bounds import Certificate, certify
from optimizer.model import Row, sparse
from optimizer.near import Grid, near, whole

WIDTH = 8


def some_rows(draw: Random) -> list[Row]:
    rows = []
    for _ in range(3):
        coefficients = tuple(draw.choice((-3, 0, 1, 2, 5, 9)) for _ in range(WIDTH))
        rows.append(Row((), "", tuple(range(WIDTH)), coefficients, draw.randint(-2, 15)))
    return rows


def certificate_of(worth: list[int], rows: list[Row], rates: list[float]) -> Certificate:
    """What any rates prove, good or bad."""
    return certify(worth, sparse(rows, WIDTH), np.array(rates), (0,) * WIDTH, (1,) * WIDTH)


def all_mixes() -> list[frozenset[int]]:
    return [
        frozenset(j for j, bit in enumerate(bits) if bit) for bits in product((0, 1), repeat=WIDTH)
    ]


@pytest.mark.parametrize("seed", range(40))
def test_every_mix_that_is_near_enough_is_listed_and_none_that_breaks_a_row(seed: int) -> None:
    draw = Random(seed)
    rows = some_rows(draw)
    worth = [draw.choice((-20, 0, 10, 10, 30, 45)) for _ in range(WIDTH)]
    grants = [draw.choice((1, 2, 2, 3)) for _ in range(WIDTH)]
    certificate = certificate_of(worth, rows, [draw.uniform(0, 6) for _ in rows])
    reach = draw.choice((0, 15, 60))
    grid = Grid.of(rows, worth, grants)
    assert grid is not None
    found = near(grid, certificate, whole([row.limit for row in rows]), reach, 10_000)
    assert found is not None
    listed = {found.mix(number): number for number in range(len(found.value))}
    allowed = [mix for mix in all_mixes() if all(row.holds(mix) for row in rows)]
    assert set(listed) <= set(allowed)
    assert {
        mix for mix in allowed if sum(worth[j] for j in mix) >= certificate.whole - reach
    } <= set(listed)
    for mix, number in listed.items():
        assert found.value[number] == sum(worth[j] for j in mix)
        assert found.spend[number] == sum(grants[j] for j in mix)
        assert found.used(grid.matrix)[number].tolist() == [row.used(mix) for row in rows]
    if listed:
        best = max(
            listed,
            key=lambda mix: (
                sum(worth[j] for j in mix),
                -sum(grants[j] for j in mix),
                [j in mix for j in range(WIDTH)],
            ),
        )
        assert found.first(lambda _: None, lambda: False) == (best, sum(worth[j] for j in best))


def test_what_a_cut_forbids_is_passed_over_with_all_that_break_it() -> None:
    worth, grants = [5, 4, 3, 0, 0, 0, 0, 0], [1] * WIDTH
    grid = Grid.of([], worth, grants)
    assert grid is not None
    found = near(grid, certificate_of(worth, [], []), whole([]), 12, 10_000)
    assert found is not None
    asked: list[frozenset[int]] = []

    def at_most_one(mix: frozenset[int]) -> Row | None:
        asked.append(mix)
        row = Row((), "", tuple(range(WIDTH)), (1,) * WIDTH, 1)
        return None if row.holds(mix) else row

    assert found.first(at_most_one, lambda: False) == (frozenset({0}), 5)
    assert len(asked) == 2


def test_too_many_to_list_are_not_listed_in_part() -> None:
    grid = Grid.of([], [0] * WIDTH, [1] * WIDTH)
    assert grid is not None
    assert near(grid, certificate_of([0] * WIDTH, [], []), whole([]), 0, 100) is None


def test_numbers_too_long_for_exact_sums_have_no_grid() -> None:
    assert Grid.of([], [2**61, 2**61], [1, 1]) is None
    assert Grid.of([], [2**60, 2**60], [1, 1]) is not None


def test_a_list_is_not_gone_through_when_time_is_up() -> None:
    worth = [5, 4, 3, 0, 0, 0, 0, 0]
    grid = Grid.of([], worth, [1] * WIDTH)
    assert grid is not None
    found = near(grid, certificate_of(worth, [], []), whole([]), 12, 10_000)
    assert found is not None
    assert found.first(lambda _: None, lambda: True) is None
