"""What it is worth to know a number, against its definition worked out mix by mix and draw by draw."""

from __future__ import annotations

from decimal import Decimal
from random import Random

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from optimizer import Ask, robustness
from optimizer.ask_next import Drawn, knowing, settled
from optimizer.draws import drawn_values, drawn_weights
from portfolio.scoring.information import PARTS, Information, ratings
from tests.support.cases import cases
from tests.support.pools import SEEDS, questions
from tests.support.verdicts import Asked, question_of

GRID = (np.arange(4_000) + 0.5) / 4_000
"""Middles of as many equal stretches: the mean over them is that over an even spread."""


def by_definition(
    mixes: list[list[float]], low: np.ndarray, high: np.ndarray, mean: np.ndarray, p: int, j: int
) -> float:
    """The best expected worth at each value of one score, on average, less the best of now."""
    middle = (low + high) / 2
    score = low[p, j] + GRID * (high[p, j] - low[p, j])
    then = np.full(len(GRID), -np.inf)
    now = -np.inf
    for mix in mixes:
        rest = sum(
            mix[a] * mean[b] * middle[a, b]
            for a in range(len(mix))
            for b in range(len(mean))
            if (a, b) != (p, j)
        )
        then = np.maximum(then, rest + mix[p] * mean[j] * score)
        now = max(now, rest + mix[p] * mean[j] * middle[p, j])
    return float(then.mean()) - now


def some_case(seed: int) -> tuple[list[list[float]], Drawn]:
    """Up to five mixes of four projects, three criteria, and few different weights often drawn."""
    chance = Random(seed)
    mixes = [
        [chance.choice((0.0, 1.0, 1.0, 0.5)) for _ in range(4)] for _ in range(chance.randint(1, 5))
    ]
    low = np.array([[chance.randint(0, 60) for _ in range(3)] for _ in range(4)], dtype=float)
    wide = np.array([[chance.choice((0, 0, 10, 40)) for _ in range(3)] for _ in range(4)])
    parts = np.array([[chance.randint(1, 9) for _ in range(3)] for _ in range(4)], dtype=float)
    parts /= parts.sum(axis=1, keepdims=True)
    weights = np.array([parts[chance.randrange(4)] for _ in range(240)])
    even = np.random.default_rng(seed).random((240, 4, 3))
    return mixes, Drawn(
        ("a", "b", "c", "d"), ("x", "y", "z"), low, low + wide, weights, low + even * wide
    )


@cases(150)
@given(SEEDS)
def test_a_score_is_worth_what_deciding_after_it_brings_more(seed: int) -> None:
    mixes, drawn = some_case(seed)
    found = knowing(np.array(mixes), drawn)
    told = {(each.project, each.criterion): each.value for each in found.asked}
    mean = drawn.weights.mean(axis=0)
    for p, project in enumerate(drawn.projects):
        for j, criterion in enumerate(drawn.criteria):
            worth = by_definition(mixes, drawn.low, drawn.high, mean, p, j)
            assert told.get((project, criterion), 0.0) == pytest.approx(worth, abs=2e-4)
            if drawn.low[p, j] == drawn.high[p, j]:
                assert (project, criterion) not in told


@cases(150)
@given(SEEDS)
def test_a_weight_is_worth_what_deciding_in_each_of_its_cases_brings_more(seed: int) -> None:
    mixes, drawn = some_case(seed)
    found = knowing(np.array(mixes), drawn)
    told = {each.criterion: each.value for each in found.asked if not each.project}
    middle = (drawn.low + drawn.high) / 2

    def worth_of_best(rows: list[np.ndarray]) -> float:
        return max(
            sum(float(np.array(mix) @ middle @ w) for w in rows) / len(rows) for mix in mixes
        )

    for j, criterion in enumerate(drawn.criteria):
        cases_of: dict[float, list[np.ndarray]] = {}
        for w in drawn.weights:
            cases_of.setdefault(float(w[j]), []).append(w)
        then = sum(len(rows) * worth_of_best(rows) for rows in cases_of.values()) / 240
        worth = then - worth_of_best(list(drawn.weights))
        assert told.get(criterion, 0.0) == pytest.approx(worth, abs=2e-6)


@cases(100)
@given(SEEDS)
def test_knowing_everything_is_worth_the_best_of_each_draw(seed: int) -> None:
    mixes, drawn = some_case(seed)
    found = knowing(np.array(mixes), drawn)
    assert drawn.values is not None
    middle = (drawn.low + drawn.high) / 2
    expected = [float((np.array(mix) @ middle) @ drawn.weights.mean(axis=0)) for mix in mixes]
    now = mixes[int(np.argmax(expected))]
    more = [
        max(float(np.array(mix) @ v @ w) for mix in mixes) - float(np.array(now) @ v @ w)
        for v, w in zip(drawn.values, drawn.weights, strict=True)
    ]
    largest = max((each.value for each in found.asked), default=0.0)
    assert found.perfect == pytest.approx(max(float(np.mean(more)), largest), abs=2e-6)
    assert all(0 < each.value <= found.perfect for each in found.asked)
    # Knowing it all is worth no less than any one number: the draws are off by chance alone.
    errors = found.error + max((each.error for each in found.asked), default=0.0)
    assert largest <= np.mean(more) + 5 * errors + 1e-6


@cases(40)
@given(questions(5), st.booleans())
def test_no_mix_that_is_left_out_would_have_been_worth_more(asked: Asked, wide: bool) -> None:
    pool, scenario = asked
    assume(pool.criteria and pool.candidates)
    known = Information("interval", Decimal("0.5"), "range" if wide else "mean")
    question = question_of(asked)
    allowed = [question.members(int(m)) for m in np.flatnonzero(question.allowed())]
    found = robustness(pool, scenario, known, draws=100).knowing
    if not allowed:
        assert (found.now, found.asked, found.perfect) == ((), (), 0.0)
        return
    rated = ratings(pool, known)
    low, high = (
        np.array([[float(v) for v in row] for row in side]) for side in (rated.low, rated.high)
    )
    mean = drawn_weights(rated.weights, known, 100, 0).mean(axis=0) / PARTS
    mixes = [[float(name in mix) for name in rated.ids] for mix in allowed]
    told = {(each.project, each.criterion): each.value for each in found.asked}
    for p, project in enumerate(rated.ids):
        for j, criterion in enumerate(rated.criteria):
            worth = by_definition(mixes, low, high, mean, p, j)
            assert told.get((project, criterion), 0.0) == pytest.approx(worth, abs=1e-3)
    best = max(float(np.array(mix) @ ((low + high) / 2) @ mean) for mix in mixes)
    now = np.array([float(name in found.now) for name in rated.ids])
    assert float(now @ ((low + high) / 2) @ mean) == pytest.approx(best)
    assert drawn_values(rated, 1, 0).shape == (1, *low.shape)


def test_a_place_is_settled_where_each_case_is_of_one_mind() -> None:
    # Forty draws: the first project is in exactly while the number is high; the second by the
    # toss of a coin; the third always.
    high = np.arange(40) >= 20
    coin = np.array([Random(k).random() < 0.5 for k in range(40)])
    inside = np.column_stack([high, coin, np.ones(40, dtype=bool)])
    both = [np.flatnonzero(~high), np.flatnonzero(high)]
    assert settled(inside[:, [0]], both) == 1.0
    assert settled(inside, both) == 1.0
    assert settled(inside[:, [1, 2]], both) == 0.0
    assert settled(inside, [np.arange(40)]) == 0.0


def test_what_few_draws_show_by_chance_is_not_counted_as_settled() -> None:
    # One draw in a hundred holds the project, whatever the number is: nine of ten bins are of one
    # mind, as nine of ten handfuls picked blindly would be.
    inside = np.zeros((100, 1), dtype=bool)
    inside[37] = True
    bins = [np.arange(k, k + 10) for k in range(0, 100, 10)]
    assert settled(inside, bins) == 0.0


def test_a_number_that_no_mix_turns_on_is_not_asked_for() -> None:
    # Whatever b is worth on x, up to 90, the mix of a is worth 100.
    low, high = np.array([[100.0], [0.0]]), np.array([[100.0], [90.0]])
    drawn = Drawn(("a", "b"), ("x",), low, high, np.ones((50, 1)), np.array([low] * 50))
    found = knowing(np.eye(2), drawn)
    assert (found.now, found.asked, found.perfect) == (("a",), (), 0.0)


def test_a_close_call_is_worth_a_quarter_of_what_is_open() -> None:
    # a is worth 50 for certain and b anything from 0 to 100: after knowing b, the better of both
    # is worth 62.5 on average.
    low, high = np.array([[50.0], [0.0]]), np.array([[50.0], [100.0]])
    values = np.array([[[50.0], [k + 0.5]] for k in range(100)])
    drawn = Drawn(("a", "b"), ("x",), low, high, np.ones((100, 1)), values)
    found = knowing(np.eye(2), drawn)
    assert found.perfect == 12.5
    # Below 50 it is a and above it b, in every part, so both places are decided.
    assert found.asked == (Ask("b", "x", 12.5, 0.0, 2.0),)
