"""Repairs of clashing rules against the oracle: each is enough, and nothing smaller is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

from hypothesis import assume, given

from optimizer import Repair, clash
from portfolio.funding.rules import (
    AtMostOf,
    Capacity,
    Eligibility,
    Limit,
    Must,
    MustNot,
    Requires,
    Rule,
    SourceBudget,
    TotalBudget,
)
from portfolio.scenario import with_rules
from tests.support.cases import cases
from tests.support.oracle import Question
from tests.support.pools import questions
from tests.support.verdicts import Asked, question_of

STEPS = {"share": Decimal("0.001"), "cents": Decimal(1), "projects": Decimal(1)}


@cases(300)
@given(questions(6, most_rules=6))
def test_each_rule_of_a_clash_has_the_smallest_change_that_is_enough_alone(asked: Asked) -> None:
    question = question_of(asked)
    assume(question.best() is None)
    found = clash(*asked)
    assert found is not None
    in_any = {name for each in found.each for name, _ in each.rules}
    pool, scenario = asked
    for each in found.each:
        aside = in_any - {name for name, _ in each.rules}
        narrowed = replace(scenario, off=(*scenario.off, *sorted(aside)))
        question = question_of((pool, narrowed))
        repairs = {repair.rule: repair for repair in each.repairs}
        for name, _ in each.rules:
            rest = set(question.rules) - {name}
            assert (name in repairs) == (question.best(rest) is not None)
        for name, repair in repairs.items():
            assert repair.proven
            assert repair.change
            assert changed_rules(asked, repair) <= {name}
            made = replace(repair.scenario, off=(*repair.scenario.off, *sorted(aside)))
            assert question_of((pool, made)).best() is not None
            assert_smallest(question, (pool, narrowed), question.rules[name], repair)


def changed_rules(asked: Asked, repair: Repair) -> set[str]:
    """Rules that differ between what was asked and what the repair asks."""
    old, new = asked[1], repair.scenario
    before = {rule.id: rule for rule in old.rules} | {f"budget:{s.id}": s for s in old.sources}
    after = {rule.id: rule for rule in new.rules} | {f"budget:{s.id}": s for s in new.sources}
    assert before.keys() == after.keys()
    return {i for i in before if before[i] != after[i]} | set(new.off) ^ set(old.off)


def assert_smallest(question: Question, asked: Asked, rule: Rule, repair: Repair) -> None:
    """By what the rule limits: the least of all mixes that meet the others, or one step less."""
    others = question.allowed(set(question.rules) - {rule.id})
    match rule:
        case TotalBudget():
            assert repair.amount == min(question.spends[others]) - rule.limit
        case SourceBudget():
            money = [i for i in question.rules if i.startswith("budget:") or i == "eligibility"]
            assert repair.amount == min(question.missing(money)[others])
            old = next(s for s in asked[1].sources if s.id == rule.source)
            new = next(s for s in repair.scenario.sources if s.id == rule.source)
            assert new.total - old.total == repair.amount
            assert all(a <= b for a, b in zip(old.budgets, new.budgets, strict=True))
        case Eligibility():
            assert repair.amount is None
        case Limit(at_least=low, at_most=high) if repair.amount is None:
            pool, scenario = asked
            assert None not in (low, high)
            for one in (replace(rule, at_least=None), replace(rule, at_most=None)):
                assert question_of((pool, with_rules(scenario, one))).best() is None
        case _:
            for tighter in less(rule, repair):
                pool, scenario = asked
                assert question_of((pool, with_rules(scenario, tighter))).best() is None


def less(rule: Rule, repair: Repair) -> Iterator[Rule]:
    """The rule changed by a step less than the repair changes it, in every way there is."""
    assert repair.amount is not None
    assert repair.amount > 0
    match rule:
        case Limit():
            yield from less_of_a_limit(rule, repair.unit, exact(repair.amount))
        case Capacity():
            step = Decimal("0.01")
            more = max(exact(repair.amount) - step, Decimal(0))
            yield replace(rule, amounts=tuple(amount + more for amount in rule.amounts))
        case AtMostOf():
            yield replace(rule, count=rule.count + int(repair.amount) - 1)
        case Must() | MustNot():
            for dropped in combinations(set(rule.projects), int(repair.amount) - 1):
                kept = tuple(i for i in rule.projects if i not in dropped)
                yield replace(rule, projects=kept)
        case Requires():
            for dropped in combinations(set(rule.needs), int(repair.amount) - 1):
                yield replace(rule, needs=tuple(i for i in rule.needs if i not in dropped))


def less_of_a_limit(rule: Limit, unit: str, amount: Decimal) -> Iterator[Limit]:
    """Either bound moved by one step less, of the scale on which limits are said."""
    less = amount - STEPS[unit]
    if rule.at_least is not None:
        yield replace(rule, at_least=rule.at_least - max(less, Decimal(0)))
    if rule.at_most is not None:
        yield replace(rule, at_most=rule.at_most + max(less, Decimal(0)))


def exact(number: Fraction) -> Decimal:
    """The number as a decimal."""
    return Decimal(number.numerator) / Decimal(number.denominator)
