"""The best sets that fit against all sets there are, and when none are given."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from optimizer import staging_sets
from optimizer.staging_sets import best_sets

Sets = set[tuple[bool, ...]]


def all_best(gains: list[int], more: list[list[int]], room: list[int], spare: int) -> Sets:
    """Every set that fits with a gain within `spare` of the most, by trying all."""
    fitting = {}
    for one in product((False, True), repeat=len(gains)):
        loads = [sum(v for v, taken in zip(row, one, strict=True) if taken) for row in more]
        if all(load <= limit for load, limit in zip(loads, room, strict=True)):
            fitting[one] = sum(gain for gain, taken in zip(gains, one, strict=True) if taken)
    most = max(fitting.values(), default=0)
    return {one for one, gain in fitting.items() if gain >= most - spare}


def test_sets_are_all_best_ones_or_none_are_given(monkeypatch: pytest.MonkeyPatch) -> None:
    # So few at a time that many cases are given up, and many come below the most again.
    monkeypatch.setattr(staging_sets, "MOST", 8)
    monkeypatch.setattr(staging_sets, "BEAM", 3)
    answered = given_up = 0
    for number in range(300):
        draw = np.random.default_rng(number)
        more = draw.integers(-3, 10, (int(draw.integers(1, 4)), 8))
        room = (np.maximum(more, 0).sum(axis=1) * draw.uniform(-0.05, 0.7)).astype(np.int64)
        gains = [int(gain) for gain in draw.integers(-2, 10, 8)]
        spare = int(draw.integers(0, 3))
        found = best_sets(gains, more, room, spare)
        if found is None:
            given_up += 1
            continue
        answered += 1
        told = {tuple(one) for one in found.tolist()}
        assert told >= all_best(gains, more.tolist(), room.tolist(), spare)
    assert min(answered, given_up) >= 30


def test_a_list_that_was_too_long_on_the_way_is_not_given_for_all() -> None:
    # The last member alone makes room for the others, one of each five beside it: 6⁴ such sets
    # fit, and the empty one. Before the last is looked at, all 2²⁰ sets of the others are open.
    gains = [100] * 20 + [1]
    more = np.zeros((5, 21), dtype=np.int64)
    more[0], more[0, 20] = 1, -30
    for k in range(4):
        more[k + 1, 5 * k : 5 * k + 5] = 1
        more[k + 1, 20] = 4
    found = best_sets(gains, more, np.array([0, 5, 5, 5, 5]), 0)
    assert found is None or int((found @ np.array(gains)).max()) == 401


def test_no_sets_are_given_when_it_is_time_to_stop() -> None:
    asked = ([3, 2], np.array([[1, 1]]), np.array([1]), 0)
    assert best_sets(*asked, lambda: True) is None
    found = best_sets(*asked)
    assert found is not None
    assert [True, False] in found.tolist()
