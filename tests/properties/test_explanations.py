"""Costs of projects, prices of rules, clashes and repairs against the oracle."""

from __future__ import annotations

from itertools import combinations

from hypothesis import assume, given

from optimizer import clash, forced_costs, optimize, rule_prices
from tests.support.cases import cases
from tests.support.oracle import Question
from tests.support.pools import questions
from tests.support.verdicts import Asked, question_of


def after(base: tuple[str, ...], enters: tuple[str, ...], leaves: tuple[str, ...]) -> set[str]:
    assert set(leaves) <= set(base)
    assert not set(enters) & set(base)
    return (set(base) | set(enters)) - set(leaves)


@cases(120)
@given(questions(7, most_rules=3))
def test_the_cost_of_forcing_each_project_in_or_out_is_exact(asked: Asked) -> None:
    question = question_of(asked)
    best = question.best()
    assume(best is not None)
    base = optimize(*asked)
    costs = forced_costs(*asked, base)
    assert set(costs) == set(question.ids)
    for project, told in costs.items():
        forced = {"lacking" if project in best.ids else "having": [project]}
        other = question.best(**forced)
        assert told.inside == (project in best.ids)
        assert told.proven
        if other is None:
            assert told.cost is None
            assert question.best(told.clash, **forced) is None
            continue
        assert told.cost == best.value - other.value
        mix = after(base.ids, told.enters, told.leaves)
        assert (project in mix) != told.inside
        assert question.allowed()[question.number(mix)]
        assert question.values[question.number(mix)] == other.value


@cases(150)
@given(questions(8, most_rules=4))
def test_the_price_of_every_rule_is_what_its_absence_would_bring(asked: Asked) -> None:
    question = question_of(asked)
    best = question.best()
    assume(best is not None)
    base = optimize(*asked)
    prices = rule_prices(*asked, base)
    assert sorted(price.rule for price in prices) == sorted(question.rules)
    assert [p.price for p in prices] == sorted((p.price for p in prices), reverse=True)
    for told in prices:
        rest = set(question.rules) - {told.rule}
        assert told.proven
        assert told.price == question.best(rest).value - best.value
        mix = after(base.ids, told.enters, told.leaves)
        assert question.allowed(rest)[question.number(mix)]
        assert question.values[question.number(mix)] == best.value + told.price


@cases(200)
@given(questions(6, most_rules=6))
def test_rules_that_clash_are_a_smallest_set_that_no_mix_meets(asked: Asked) -> None:
    question = question_of(asked)
    found = clash(*asked)
    if question.best() is not None:
        assert found is None
        return
    assert found is not None
    names = [name for name, _ in found.rules]
    assert question.best(names) is None
    assert len(names) == smallest_clash(question)


def smallest_clash(question: Question) -> int:
    """Size of the smallest set of rules that no mix meets, every set tried."""
    for size in range(len(question.rules) + 1):
        if any(question.best(names) is None for names in combinations(question.rules, size)):
            return size
    raise AssertionError("All rules together can be met.")
