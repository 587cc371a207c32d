"""The oracles themselves: their funding test against a maximum flow, their worth against the model's."""

from __future__ import annotations

from collections.abc import Collection
from itertools import combinations

import networkx
from hypothesis import given
from hypothesis import strategies as st

from portfolio.funding.rules import CoFunding, Eligibility
from portfolio.pool import Pool
from portfolio.scenario import Objective, Scenario
from portfolio.scoring.classes import ATTRIBUTES
from portfolio.scoring.value import total, values
from tests.support.full_oracle import FullQuestion, Terms, content_of, is_budget_of
from tests.support.full_pools import full_questions
from tests.support.oracle import (
    Question,
    active_periods,
    by_period,
    grant_by_period,
    project_class,
)
from tests.support.pools import objectives, pools, questions
from tests.support.worth import worth


def paid_by_flow(question: Question, mix: tuple[str, ...], money: set[str]) -> bool:
    """Whether a maximum flow from envelopes to grants covers every grant of the mix."""
    graph = networkx.DiGraph()
    graph.add_nodes_from(("root", "sink"))
    needed = 0
    for source in question.scenario.sources:
        for period, cents in enumerate(source.budgets):
            limited = f"budget:{source.id}" in money
            graph.add_edge("root", (source.id, period), capacity=cents if limited else 10**9)
            if source.carry_over and period:
                graph.add_edge((source.id, period - 1), (source.id, period), capacity=10**9)
    for project in question.projects:
        if project.id not in mix:
            continue
        for period, cents in enumerate(grant_by_period(project, question.calendar)):
            needed += cents
            graph.add_edge((project.id, period), "sink", capacity=cents)
            for source in question.payers(project, "eligibility" in money):
                graph.add_edge((source.id, period), (project.id, period), capacity=10**9)
    return bool(networkx.maximum_flow_value(graph, "root", "sink") == needed)


@given(questions(5, money="sources", most_rules=0))
def test_what_the_oracle_says_can_be_paid_is_what_a_maximum_flow_can_pay(
    asked: tuple[Pool, Scenario],
) -> None:
    pool, scenario = asked
    question = Question(pool, scenario, dict.fromkeys((p.id for p in pool.projects), 0))
    allowed = question.allowed()
    said = {question.members(m): bool(allowed[m]) for m in range(len(allowed))}
    assert said == {mix: paid_by_flow(question, mix, set(question.rules)) for mix in said}


def missing_by_flow(question: FullQuestion, number: int, rules: Collection[str]) -> int:
    """What a maximum flow leaves unpaid, rates, fees and money carried on included."""
    graph = networkx.DiGraph()
    graph.add_nodes_from(("root", "sink"))
    counting = [question.rules[name] for name in rules]
    terms = Terms(
        any(isinstance(rule, Eligibility) for rule in counting),
        any(isinstance(rule, CoFunding) for rule in counting),
    )
    for source in question.scenario.sources:
        held = any(is_budget_of(rule, source) for rule in counting)
        for period, cents in enumerate(content_of(source)):
            room = cents if held else 10**9
            graph.add_edge("root", (source.id, period), capacity=room)
            if source.carry_over and period:
                graph.add_edge((source.id, period - 1), (source.id, period), capacity=10**9)
    needed = 0
    for way in question.members(number):
        need = by_period(way.project, way.project.grant, question.calendar)
        needed += sum(need)
        for period, cents in enumerate(need):
            graph.add_edge((way.choice, period), "sink", capacity=cents)
        for source in question.scenario.sources:
            for period, most in enumerate(question.may_pay_at_most(way, source, terms)):
                graph.add_edge((source.id, period), (way.choice, period), capacity=most)
    return needed - int(networkx.maximum_flow_value(graph, "root", "sink"))


@given(full_questions("co-funding", most=3, most_rules=0), st.data())
def test_what_cannot_be_paid_by_the_full_oracle_is_what_a_maximum_flow_leaves_unpaid(
    asked: tuple[Pool, Scenario], data: st.DataObject
) -> None:
    question = FullQuestion(*asked)
    rules = data.draw(st.sampled_from([list(question.rules), *combinations(question.rules, 2)]))
    missing = question.missing(rules)
    for number in data.draw(st.lists(st.integers(0, question.count - 1), min_size=1, max_size=6)):
        assert missing[number] == missing_by_flow(question, number, rules)


@given(pools(), objectives())
def test_worth_of_every_project_follows_the_published_formulas_to_the_millionth(
    pool: Pool, objective: Objective
) -> None:
    expected = worth(pool, objective)
    assert values(pool, objective) == expected
    assert total(pool, objective, list(expected)[:5]) == sum(list(expected.values())[:5])


@given(pools())
def test_the_grant_falls_into_the_periods_as_the_spend_profile_says(pool: Pool) -> None:
    calendar = pool.cluster.calendar
    for project in pool.projects:
        assert list(project.grant_by_period(calendar)) == grant_by_period(project, calendar)
        assert project.periods(calendar) == active_periods(project, calendar)


@given(pools())
def test_the_class_of_a_project_on_each_attribute_is_the_one_its_words_and_numbers_say(
    pool: Pool,
) -> None:
    for project in pool.projects:
        ours = {name: project_class(project, name) for name in ATTRIBUTES}
        assert {name: of(project) for name, of in ATTRIBUTES.items()} == ours
