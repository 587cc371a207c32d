"""The full model against the oracle: the answer for each kind of rule, and each assignment judged."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optimizer import optimize
from portfolio.feasibility import checks, feasible
from portfolio.funding.allocation import allocate
from portfolio.scoring.worth import mix_value
from tests.support.cases import cases
from tests.support.full_oracle import MONEY, FullQuestion
from tests.support.full_pools import KINDS, Asked, full_questions
from tests.support.full_verdicts import agrees_in_full, well_paid

ASKED = {kind: full_questions(kind) for kind in KINDS}
LARGER = full_questions(most=7, most_rules=4, assignments=6000)
SMALL = {kind: full_questions(kind, most=3, assignments=18) for kind in KINDS}


@pytest.mark.parametrize("kind", KINDS)
@cases(1000)
@given(data=st.data())
def test_the_answer_is_the_best_of_all_assignments(kind: str, data: st.DataObject) -> None:
    asked = data.draw(ASKED[kind])
    agrees_in_full(FullQuestion(*asked), optimize(*asked))


@cases(200)
@given(LARGER)
def test_the_answer_is_the_best_of_thousands_of_assignments(asked: Asked) -> None:
    agrees_in_full(FullQuestion(*asked), optimize(*asked))


@pytest.mark.parametrize("kind", KINDS)
@cases(200)
@given(data=st.data())
def test_every_assignment_is_judged_and_valued_by_the_words_of_each_rule(
    kind: str, data: st.DataObject
) -> None:
    asked = data.draw(SMALL[kind])
    question = FullQuestion(*asked)
    allowed, missing = question.allowed(), question.missing(question.rules)
    other = [name for name, rule in question.rules.items() if not isinstance(rule, MONEY)]
    meets = {name: question.meets(name) for name in other}
    for number in range(question.count):
        chosen = question.chosen(number)
        allocation = allocate(*asked, chosen)
        assert feasible(*asked, chosen) == bool(allowed[number])
        assert mix_value(*asked, chosen) == question.values[number]
        shortage = allocation.shortage
        assert (shortage.missing if shortage else 0) == missing[number]
        told = {check.rule: check.met for check in checks(*asked, chosen, allocation.payments)}
        if shortage is None:
            well_paid(question, chosen, allocation.payments)
            assert all(told[name] for name in told if name not in other)
        assert list(told) == list(question.rules)
        assert {n: told[n] for n in other} == {n: bool(meets[n][number]) for n in other}
