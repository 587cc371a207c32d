"""What an answer of the optimizer has to be, given the oracle's."""

from __future__ import annotations

from portfolio.pool import Pool
from portfolio.scenario import Scenario
from portfolio.selection import Selection, Status
from tests.support.oracle import Question
from tests.support.worth import worth

Asked = tuple[Pool, Scenario]


def question_of(asked: Asked) -> Question:
    """The question to the oracle."""
    pool, scenario = asked
    return Question(pool, scenario, worth(pool, scenario.objective))


def agrees(question: Question, selection: Selection) -> None:
    """The answer is the oracle's, is proven, meets every rule and says where its money comes from."""
    best = question.best()
    if best is None:
        assert selection.status is Status.INFEASIBLE
        assert (selection.chosen, selection.value, selection.payments) == ((), None, ())
        return
    assert selection.status is Status.OPTIMAL
    assert (selection.value, selection.bound) == (best.value, best.value)
    assert (selection.spend, selection.ids) == (best.spend, best.ids)
    assert question.allowed()[question.number(selection.ids)]
    assert {check.rule for check in selection.checks} == set(question.rules)
    assert all(check.met for check in selection.checks)
    if question.scenario.sources:
        assert sum(payment.cents for payment in selection.payments) == best.spend
