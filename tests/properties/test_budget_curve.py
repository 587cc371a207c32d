"""Values by budget: exact points, the instant preview around them, and the next steps worth money."""

from __future__ import annotations

from random import Random

from hypothesis import assume, given
from hypothesis import strategies as st

from optimizer import next_steps, optimize, preview, sweep
from portfolio.pool import Pool
from portfolio.scenario import Scenario, with_money
from tests.support.cases import cases
from tests.support.oracle import Question
from tests.support.pools import questions
from tests.support.verdicts import Asked, agrees, question_of

BUDGETS = st.lists(st.integers(0, 9000), min_size=1, max_size=5)


def at(pool: Pool, scenario: Scenario, cents: int) -> Question:
    return question_of((pool, with_money(scenario, cents)))


@cases(100)
@given(questions(9), BUDGETS)
def test_every_point_of_a_sweep_is_the_best_mix_for_its_money(
    asked: Asked, budgets: list[int]
) -> None:
    points = sweep(*asked, budgets)
    assert [point.budget for point in points] == budgets
    for point in points:
        agrees(at(*asked, point.budget), point.selection)


@cases(120)
@given(questions(10), BUDGETS)
def test_the_preview_gives_a_mix_that_is_allowed_and_a_bound_that_holds(
    asked: Asked, budgets: list[int]
) -> None:
    points = preview(*asked, budgets)
    assert [point.budget for point in points] == budgets
    for point in points:
        question = at(*asked, point.budget)
        best = question.best()
        if best is None:
            assert point.value is None
            continue
        assert point.bound is not None
        assert best.value <= point.bound
        if point.value is not None:
            number = question.number(point.chosen)
            assert question.allowed()[number]
            assert point.value == question.values[number] <= best.value


def steps_of(question: Question) -> list[tuple[int, int]]:
    """Every budget above the present one from which more can be had, and what can be had there."""
    (budget,) = (rule for rule in question.rules.values() if rule.id == "budget")
    mask = question.allowed(set(question.rules) - {"budget"})
    best = question.best()
    assert best is not None
    reached, steps = best.value, []
    for spend in sorted({int(s) for s in question.spends[mask] if s > budget.limit}):
        value = int(question.values[mask & (question.spends <= spend)].max())
        if value > reached:
            reached = value
            steps.append((spend, value))
    return steps


@cases(100)
@given(questions(9, money="total", most_rules=2))
def test_the_next_steps_are_the_smallest_sums_that_buy_something_better(asked: Asked) -> None:
    question = question_of(asked)
    best = question.best()
    assume("budget" in question.rules and best is not None)
    base = optimize(*asked)
    steps = next_steps(*asked, base, 3)
    expected = steps_of(question)[:3]
    assert [(step.budget, step.gain) for step in steps] == [
        (spend, value - best.value) for spend, value in expected
    ]
    for step in steps:
        assert step.more == step.budget - question.rules["budget"].limit
        mix = (set(base.ids) | set(step.enters)) - set(step.leaves)
        assert mix == set(step.selection.ids)
        agrees(at(*asked, step.budget), step.selection)


@cases(60)
@given(questions(6, money="sources", most_rules=1), st.randoms(use_true_random=False))
def test_no_smaller_sum_shared_out_as_agreed_buys_more_than_a_next_step(
    asked: Asked, random: Random
) -> None:
    best = question_of(asked).best()
    money = asked[1].money
    assume(best is not None and money is not None)
    base = optimize(*asked)
    steps = next_steps(*asked, base, 2)
    reached, low = best.value, money + 1
    for step in steps:
        agrees(at(*asked, step.budget), step.selection)
        assert step.selection.value == base.value + step.gain > reached
        below = range(low, step.budget)
        tried = {*below[-10:], *random.sample(below, min(len(below), 20))}
        assert all(value_at(*asked, cents) <= reached for cents in tried)
        reached, low = step.selection.value, step.budget + 1
    if len(steps) < 2:
        for cents in random.sample(range(low, low + 50_000), 20):
            assert value_at(*asked, cents) <= reached


def value_at(pool: Pool, scenario: Scenario, cents: int) -> int:
    best = at(pool, scenario, cents).best()
    return -(10**18) if best is None else best.value
