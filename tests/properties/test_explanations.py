"""Costs of projects, prices of rules, clashes and repairs against the oracle."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from hypothesis import assume, given
from hypothesis import strategies as st

from optimizer import clash, forced_costs, optimize, rule_prices
from portfolio.funding.rules import Limit, Must, MustNot
from portfolio.scenario import with_rules
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
    assert len(names) == smallest_clash(question, set(question.rules))


@cases(200)
@given(questions(6, most_rules=6), st.integers(0, 3))
def test_clashes_beside_the_first_are_the_smallest_of_the_rules_left(
    asked: Asked, counts: int
) -> None:
    pool, scenario = asked
    projects = pool.candidates
    assume(len(projects) > 1)
    # A contradiction that has nothing to do with whatever else clashes.
    last = projects[-1].id
    contradiction = (Must(id="~in", projects=(last,)), MustNot(id="~out", projects=(last,)))
    # Any two of these clash in turn: exactly one project, exactly two, and so on.
    exactly = (Decimal(k + 1) for k in range(counts))
    turns = (
        Limit(id=f"~{k}", attribute="all", measure="projects", at_least=k, at_most=k)
        for k in exactly
    )
    scenario = with_rules(scenario, *contradiction, *turns)
    question = question_of((pool, scenario))
    found = clash(pool, scenario)
    assert found is not None
    assert found.proven
    assert found.complete
    every = set(question.rules)
    left = set(every)
    apart = True
    for each in found.each:
        names = {name for name, _ in each.rules}
        assert question.best(names) is None
        assert all(question.best(names - {name}) is not None for name in names)
        if names <= left:
            assert len(names) == smallest_clash(question, left)
        else:
            apart = False
        left -= names
    assert question.best(left) is not None
    if not apart:
        first = {name for name, _ in found.rules}
        assert all(question.best(every - {name}) is None for name in first)
    told = [{name for name, _ in each.rules} for each in found.each]
    for each, names in zip(found.each, told, strict=True):
        assert each.repairs or any(names & other for other in told if other != names)
    if len(found.each) == 1:
        rest = [every - {name} for name, _ in found.rules]
        assert any(question.best(one) is not None for one in rest)


@cases(200)
@given(questions(5, most_rules=7), st.integers(0, 3))
def test_all_smallest_sets_that_clash_are_found_up_to_ten(asked: Asked, counts: int) -> None:
    pool, scenario = asked
    # Any two of these clash: exactly no project, exactly one, and so on.
    exactly = (Decimal(k) for k in range(counts))
    turns = (
        Limit(id=f"~{k}", attribute="all", measure="projects", at_least=k, at_most=k)
        for k in exactly
    )
    scenario = with_rules(scenario, *turns)
    question = question_of((pool, scenario))
    found = clash(pool, scenario)
    every = minimal_clashes(question)
    if found is None:
        assert every == set()
        return
    told = [frozenset(name for name, _ in rules) for rules in found.sets]
    assert len(told) == len(set(told)) == min(len(every), 10)
    assert set(told) <= every
    assert found.all_sets == (len(every) <= 10)
    assert [len(one) for one in told] == sorted(len(one) for one in told)
    if len(every) <= 10:
        assert {frozenset(name for name, _ in each.rules) for each in found.each} <= set(told)


def minimal_clashes(question: Question) -> set[frozenset[str]]:
    """Every set of rules that no mix meets and of which each part can be met, all sets tried."""
    found: set[frozenset[str]] = set()
    for size in range(len(question.rules) + 1):
        for names in map(frozenset, combinations(question.rules, size)):
            if not any(one <= names for one in found) and not question.allowed(names).any():
                found.add(names)
    return found


@cases(120)
@given(questions(6, most_rules=6))
def test_a_repair_is_priced_by_what_the_best_mix_is_worth_after_it(asked: Asked) -> None:
    pool, scenario = asked
    found = clash(pool, scenario)
    if found is None:
        return
    in_any = {name for each in found.each for name, _ in each.rules}
    for each in found.each:
        names = {name for name, _ in each.rules}
        free = question_of((pool, replace(scenario, off=(*scenario.off, *in_any)))).best()
        for repair in each.repairs:
            off = (*repair.scenario.off, *(in_any - names))
            best = question_of((pool, replace(repair.scenario, off=off))).best()
            assert best is not None
            assert free is not None
            assert repair.value == best.value
            assert repair.price == free.value - best.value >= 0


def smallest_clash(question: Question, among: set[str]) -> int:
    """Size of the smallest set of some rules that no mix meets, every set tried."""
    for size in range(len(among) + 1):
        if any(question.best(names) is None for names in combinations(among, size)):
            return size
    raise AssertionError("All rules together can be met.")
