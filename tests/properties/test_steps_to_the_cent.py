"""The budget curve against the oracle to the cent: steps at every cent, amounts in billions."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from optimizer import next_steps, optimize, preview, sweep
from portfolio.scenario import with_money
from tests.support.cases import cases
from tests.support.large import to_the_cent
from tests.support.pools import questions
from tests.support.verdicts import Asked, agrees, question_of

MOST_CENTS = 2_500


@cases(12)
@given(questions(5, money="sources", most_rules=2), st.integers(1, 3_000))
def test_with_several_funders_no_cent_is_skipped(asked: Asked, money: int) -> None:
    steps_are_the_first_to_the_cent(asked, money)


@cases(12)
@given(questions(6, money="both"), st.integers(0, 3_000))
def test_with_funders_and_a_total_no_cent_is_skipped(asked: Asked, money: int) -> None:
    steps_are_the_first_to_the_cent(asked, money)


def steps_are_the_first_to_the_cent(asked: Asked, money: int) -> None:
    pool, scenario = asked
    scenario = with_money(scenario, money)
    base = optimize(pool, scenario)
    assume(scenario.money is not None)
    record = base.value
    expected = []
    for total, value in best_values(pool, scenario, money + 1, money + MOST_CENTS).items():
        if value is not None and (record is None or value > record):
            expected.append((total, value))
            record = value
    steps = next_steps(pool, scenario, base, len(expected) + 1)
    told = [(step.budget, step.selection.value) for step in steps]
    assert told[: len(expected)] == expected
    assert all(total > money + MOST_CENTS for total, _ in told[len(expected) :])


def best_values(pool, scenario, low: int, high: int) -> dict[int, int | None]:
    """The oracle's best value at each total; totals that allow the same mixes share one."""
    known: dict[object, int | None] = {}
    out = {}
    for total in range(low, high + 1):
        at = with_money(scenario, total)
        bare = question_of((pool, replace(at, rules=(), sources=())))
        key = (at.sources, int((bare.spends <= total).sum()))
        if key not in known:
            best = question_of((pool, at)).best()
            known[key] = None if best is None else best.value
        out[total] = known[key]
    return out


@pytest.mark.parametrize("seed", range(25))
def test_the_curve_is_exact_where_a_cent_decides_in_billions(seed: int) -> None:
    pool, scenario = to_the_cent(seed)
    money = scenario.money or 0
    budgets = [money, money + 1, max(money - 1, 0), 2 * money]
    points = sweep(pool, scenario, budgets)
    for point, guess in zip(points, preview(pool, scenario, budgets), strict=True):
        question = question_of((pool, with_money(scenario, point.budget)))
        agrees(question, point.selection)
        best = question.best()
        assert best is None or best.value <= guess.bound
        if guess.value is not None:
            mix = question.number(guess.chosen)
            assert question.allowed()[mix]
            assert question.values[mix] == guess.value
