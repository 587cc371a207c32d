"""Mixes around some and mixes filled up, against the same by counting one after the other."""

from __future__ import annotations

from itertools import product
from random import Random

import numpy as np
import pytest

from optimizer.around import around
from optimizer.bounds import Duality
from optimizer.guesses import STEPS, between
from optimizer.topping import topped

WIDTH, ROWS = 7, 4


def question(seed: int) -> tuple[Random, np.ndarray, np.ndarray, np.ndarray]:
    """Worth, rows and limits in small whole numbers, some of them below zero."""
    draw = Random(seed)
    worth = np.array([draw.randint(-5, 30) for _ in range(WIDTH)], dtype=float)
    rows = np.array(
        [[draw.choice((-3, 0, 1, 2, 5, 9)) for _ in range(WIDTH)] for _ in range(ROWS)],
        dtype=float,
    )
    limits = np.array([draw.randint(-2, 15) for _ in range(ROWS)], dtype=float)
    return draw, worth, rows, limits


@pytest.mark.parametrize("seed", range(30))
def test_all_ways_of_turning_the_least_important_are_found_and_none_that_breaks_a_fixed_row(
    seed: int,
) -> None:
    draw, worth, rows, limits = question(seed)
    losses = np.array([[draw.uniform(-9, 9) for _ in range(WIDTH)] for _ in range(3)])
    base, turned, moving = losses > 0, draw.choice((1, 3, WIDTH + 2)), [1]
    found = around(worth, rows, limits, moving, base, losses, turned)

    expected: list[tuple[tuple[bool, ...], float, float]] = []
    for held, loss in zip(base, np.abs(losses), strict=True):
        free = sorted(range(WIDTH), key=lambda j: loss[j])[:turned]
        for turn in product((False, True), repeat=len(free)):
            mix = [bool(x) for x in held]
            for column, turns in zip(free, turn, strict=True):
                mix[column] ^= turns
            used = [sum(row[j] for j in range(WIDTH) if mix[j]) for row in rows]
            if all(used[r] <= limits[r] for r in range(ROWS) if r not in moving):
                value = sum(worth[j] for j in range(WIDTH) if mix[j])
                expected.append((tuple(mix), float(value), float(used[1])))
    mixes = found.mixes(np.arange(len(found.worth)))
    told = [
        (tuple(map(bool, mix)), float(value), float(used[0]))
        for mix, value, used in zip(mixes, found.worth, found.used, strict=True)
    ]
    assert sorted(told) == sorted(expected)
    assert list(found.worth) == sorted(found.worth, reverse=True)


@pytest.mark.parametrize("seed", range(30))
def test_a_mix_is_filled_up_in_order_and_no_row_is_broken_more_than_before(seed: int) -> None:
    draw, _, rows, limits = question(seed)
    held = np.array([[draw.random() < 0.3 for _ in range(WIDTH)] for _ in range(5)])
    gains = np.array(
        [[draw.choice((-np.inf, draw.uniform(-9, 9))) for _ in range(WIDTH)] for _ in range(5)]
    )
    steps = draw.choice((2, WIDTH))
    room = limits - held @ rows.T
    filled = topped(rows, room, held, gains, steps)
    for k in range(5):
        open_ = [j for j in range(WIDTH) if not held[k][j] and gains[k][j] > -np.inf]
        mix = {j for j in range(WIDTH) if held[k][j]}
        least = [min(0.0, r) for r in room[k]]
        for column in sorted(open_, key=lambda j: -gains[k][j])[:steps]:
            then = limits - rows[:, sorted(mix | {column})].sum(axis=1)
            if all(left >= low for left, low in zip(then, least, strict=True)):
                mix.add(column)
        assert set(np.flatnonzero(filled[k]).tolist()) == mix


@pytest.mark.parametrize("seed", range(30))
def test_whatever_the_rates_no_mix_passes_their_bound_nor_loses_less_than_they_say(
    seed: int,
) -> None:
    draw, worth, rows, limits = question(seed)
    rates = np.array([[draw.uniform(0, 4) for _ in range(ROWS)] for _ in range(3)])
    duality = Duality(worth, rows)
    many = between(rates)
    assert len(many) == 2 * STEPS + 1
    bounds, losses = duality.bounds(many, limits), duality.losses(many)
    certificate = duality.certificate(many[0], limits)
    assert certificate.bound == pytest.approx(bounds[0])
    assert certificate.losses == pytest.approx(losses[0])
    for bits in product((0.0, 1.0), repeat=WIDTH):
        mix = np.array(bits)
        if (rows @ mix <= limits).all():
            lost = (np.abs(losses) * ((losses > 0) != (mix > 0))).sum(axis=1)
            assert (worth @ mix <= bounds - lost + 1e-9).all()
