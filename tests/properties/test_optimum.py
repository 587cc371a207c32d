"""The optimizer against the oracle: value, status, feasibility, ties, order of input, money, rules."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from optimizer import Options, optimize
from portfolio.funding.rules import TotalBudget
from portfolio.scenario import StayClose
from portfolio.selection import Selection, Status
from tests.support.cases import cases
from tests.support.pools import questions
from tests.support.verdicts import Asked, agrees, question_of


@cases(500)
@given(questions(15))
def test_the_answer_is_the_best_of_all_mixes(asked: Asked) -> None:
    agrees(question_of(asked), optimize(*asked))


@cases(150)
@given(questions(10, money="sources", most_rules=1))
def test_money_by_source_and_period_is_exact_to_the_cent(asked: Asked) -> None:
    agrees(question_of(asked), optimize(*asked))


@cases(100)
@given(questions(10), st.randoms(use_true_random=False))
def test_the_order_of_the_input_changes_nothing(asked: Asked, random) -> None:
    pool, scenario = asked
    shuffled = {
        name: tuple(random.sample(rows, len(rows)))
        for name in ("projects", "organizations", "members", "criteria", "judgements")
        for rows in [getattr(pool, name)]
    }
    rules = tuple(random.sample(scenario.rules, len(scenario.rules)))
    sources = tuple(random.sample(scenario.sources, len(scenario.sources)))
    first = optimize(pool, scenario)
    second = optimize(replace(pool, **shuffled), replace(scenario, rules=rules, sources=sources))
    facts = [(s.status, s.value, s.bound, s.spend, s.ids) for s in (first, second)]
    assert facts[0] == facts[1]


@cases(60)
@given(questions(9, money="total"), st.integers(0, 3000))
def test_value_never_falls_when_the_total_budget_grows(asked: Asked, more: int) -> None:
    pool, scenario = asked
    richer = tuple(
        replace(rule, limit=rule.limit + more) if isinstance(rule, TotalBudget) else rule
        for rule in scenario.rules
    )
    no_worse(optimize(pool, scenario), optimize(pool, replace(scenario, rules=richer)))


@cases(60)
@given(questions(9, money="sources"), st.integers(0, 3000), st.data())
def test_value_never_falls_when_an_envelope_grows(asked: Asked, more: int, data) -> None:
    pool, scenario = asked
    which = data.draw(st.integers(0, len(scenario.sources) - 1))
    period = data.draw(st.integers(0, pool.cluster.calendar.count - 1))
    sources = list(scenario.sources)
    budgets = list(sources[which].budgets)
    budgets[period] += more
    sources[which] = replace(sources[which], budgets=tuple(budgets))
    richer = replace(scenario, sources=tuple(sources))
    no_worse(optimize(pool, scenario), optimize(pool, richer))


@cases(60)
@given(questions(9), st.data())
def test_value_never_falls_when_a_rule_goes(asked: Asked, data) -> None:
    pool, scenario = asked
    names = [rule.id for rule in scenario.rules]
    names += [f"budget:{source.id}" for source in scenario.sources]
    names += ["eligibility"] if scenario.sources else []
    if names:
        off = tuple(sorted({*scenario.off, data.draw(st.sampled_from(names))}))
        no_worse(optimize(pool, scenario), optimize(pool, replace(scenario, off=off)))


def no_worse(before: Selection, after: Selection) -> None:
    if before.status is Status.OPTIMAL:
        assert after.status is Status.OPTIMAL
        assert (after.value or 0) >= (before.value or 0)


@cases(100)
@given(questions(10), st.sampled_from(("0", "0.005", "0.05", "0.3", "1")), st.data())
def test_staying_close_means_fewest_changes_among_mixes_within_the_loss(
    asked: Asked, loss: str, data
) -> None:
    pool, scenario = asked
    question = question_of(asked)
    ids = [project.id for project in pool.candidates]
    agreed = tuple(data.draw(st.lists(st.sampled_from(ids), unique=True))) if ids else ()
    selection = optimize(pool, replace(scenario, stay_close=StayClose(agreed, Decimal(loss))))
    best = question.best()
    if best is None:
        assert selection.status is Status.INFEASIBLE
        return
    least = best.value - Fraction(loss) * abs(best.value)
    near = question.allowed() & (question.values >= float_free_ceiling(least))
    changes = question.changes(agreed)
    fewest = near & (changes == changes[near].min())
    expected = question.pick(fewest)
    assert expected is not None
    assert selection.status is Status.OPTIMAL
    assert (selection.ids, selection.value) == (expected.ids, expected.value)


def float_free_ceiling(number: Fraction) -> int:
    return -(-number.numerator // number.denominator)


@cases(50)
@given(questions(12), st.sampled_from((0.01, 0.1, 0.5)))
def test_a_gap_that_is_allowed_is_told(asked: Asked, gap: float) -> None:
    best = question_of(asked).best()
    selection = optimize(*asked, Options(gap=gap))
    if best is None:
        assert selection.status is Status.INFEASIBLE
        return
    assert selection.value is not None
    assert selection.bound is not None
    assert selection.value <= best.value <= selection.bound
    assert best.value - selection.value <= gap * abs(best.value) + 1
    if selection.status is Status.OPTIMAL:
        assert selection.value == best.value
