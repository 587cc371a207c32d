"""The rules in plain Python against the oracle, on every mix of small pools."""

from __future__ import annotations

from hypothesis import given

from portfolio.feasibility import checks, feasible
from portfolio.funding.allocation import allocate
from portfolio.pool import Pool
from portfolio.scenario import Scenario, active_rules
from portfolio.selection import Payment
from tests.support.oracle import Question, grant_by_period
from tests.support.pools import questions


def every_mix(asked: tuple[Pool, Scenario]) -> tuple[Question, list[tuple[str, ...]]]:
    pool, scenario = asked
    question = Question(pool, scenario, {project.id: 0 for project in pool.candidates})
    return question, [question.members(m) for m in range(1 << len(question.ids))]


@given(questions(8))
def test_a_mix_is_feasible_in_plain_python_exactly_when_the_oracle_allows_it(
    asked: tuple[Pool, Scenario],
) -> None:
    question, mixes = every_mix(asked)
    allowed = question.allowed()
    disagreed = [m for k, m in enumerate(mixes) if feasible(*asked, m) != bool(allowed[k])]
    assert disagreed == []


@given(questions(5))
def test_each_broken_rule_is_named_and_no_other(asked: tuple[Pool, Scenario]) -> None:
    pool, scenario = asked
    question, mixes = every_mix(asked)
    assert [rule.id for rule in active_rules(scenario)] == list(question.rules)
    budgets = {name for name in question.rules if name.startswith("budget:")}
    other = [name for name in question.rules if name not in budgets and name != "eligibility"]
    meets = {name: question.allowed([name]) for name in other}
    for number, mix in enumerate(mixes):
        found = {check.rule: check.met for check in checks(pool, scenario, mix, ())}
        assert {n: found[n] for n in other} == {n: bool(meets[n][number]) for n in other}


@given(questions(6, money="sources", most_rules=0))
def test_payments_cover_each_grant_out_of_envelopes_that_may_pay_it(
    asked: tuple[Pool, Scenario],
) -> None:
    pool, scenario = asked
    question, mixes = every_mix(asked)
    allowed = question.allowed()
    for number, mix in enumerate(mixes):
        allocation = allocate(pool, scenario, mix)
        assert (allocation.shortage is None) == bool(allowed[number])
        if allocation.shortage is not None:
            assert allocation.shortage.missing > 0
            assert allocation.payments == ()
            continue
        _assert_paid(question, mix, allocation.payments)


def _assert_paid(question: Question, mix: tuple[str, ...], payments: tuple[Payment, ...]) -> None:
    for project in question.projects:
        by_period = [0] * question.calendar.count
        for payment in payments:
            if payment.project == project.id:
                assert payment.cents > 0
                by_period[payment.period] += payment.cents
                payers = question.payers(project, "eligibility" in question.rules)
                assert payment.source in {source.id for source in payers}
        chosen = project.id in mix
        expected = grant_by_period(project, question.calendar)
        assert by_period == (expected if chosen else [0] * len(expected))
    for source in question.scenario.sources:
        if f"budget:{source.id}" not in question.rules:
            continue
        spent = [0] * question.calendar.count
        for payment in payments:
            if payment.source == source.id:
                spent[payment.period] += payment.cents
        for t in range(len(spent)):
            first = 0 if source.carry_over else t
            assert sum(spent[first : t + 1]) <= sum(source.budgets[first : t + 1])
