"""The oracle itself: its funding test against a maximum flow, its worth against the model's."""

from __future__ import annotations

import networkx
from hypothesis import given

from portfolio.pool import Pool
from portfolio.scenario import Objective, Scenario
from portfolio.scoring.classes import ATTRIBUTES
from portfolio.scoring.value import total, values
from tests.support.oracle import Question, active_periods, grant_by_period, project_class
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
