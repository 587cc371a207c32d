"""Values by budget: exact points, the instant preview around them, and the next steps worth money."""

from __future__ import annotations

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
    assume("budget" in question.rules)
    best = question.best()
    assume(best is not None)
    expected = steps_of(question)[:3]
    steps = next_steps(*asked, optimize(*asked), 3)
    assert [step.budget for step in steps] == [spend for spend, _ in expected]
    limit = question.rules["budget"].limit
    assert [step.more for step in steps] == [spend - limit for spend, _ in expected]
