"""Who pays what: against the maximum flow of networkx, and shortages that prove themselves."""

from __future__ import annotations

from collections import defaultdict
from itertools import accumulate

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from portfolio.funding.allocation import Shortage, allocate
from portfolio.funding.eligibility import eligible_sources
from portfolio.pool import Pool
from portfolio.scenario import Scenario
from tests.support.pools import questions

ROOT, SINK = "root", "sink"


@st.composite
def mixes(draw: st.DrawFn) -> tuple[Pool, Scenario, tuple[str, ...]]:
    """A pool, envelopes to pay it from, and a mix."""
    pool, scenario = draw(questions(8, most_rules=0, money="sources"))
    return pool, scenario, tuple(p.id for p in pool.candidates if draw(st.booleans()))


def needs(pool: Pool, mix: tuple[str, ...]) -> dict[tuple[str, int], int]:
    calendar = pool.cluster.calendar
    return {
        (project, period): cents
        for project in mix
        for period, cents in enumerate(pool.project(project).grant_by_period(calendar))
        if cents
    }


def most_that_can_be_paid(pool: Pool, scenario: Scenario, mix: tuple[str, ...]) -> int:
    """Maximum flow with a node for every project and period, by networkx."""
    graph = nx.DiGraph()
    graph.add_nodes_from((ROOT, SINK))
    eligible = eligible_sources(pool, scenario)
    for source in scenario.sources:
        limited = f"budget:{source.id}" not in scenario.off
        for period, cents in enumerate(source.budgets):
            graph.add_edge(ROOT, (source.id, period), **({"capacity": cents} if limited else {}))
            if source.carry_over and period + 1 < len(source.budgets):
                graph.add_edge((source.id, period), (source.id, period + 1))
    for (project, period), cents in needs(pool, mix).items():
        graph.add_edge(("need", project, period), SINK, capacity=cents)
        for source_id in eligible[project]:
            graph.add_edge((source_id, period), ("need", project, period))
    return int(nx.maximum_flow_value(graph, ROOT, SINK))


@given(mixes())
def test_a_mix_is_paid_exactly_when_the_maximum_flow_covers_it(
    asked: tuple[Pool, Scenario, tuple[str, ...]],
) -> None:
    pool, _, mix = asked
    missing = sum(needs(pool, mix).values()) - most_that_can_be_paid(*asked)
    shortage = allocate(*asked).shortage
    assert (shortage.missing if shortage else 0) == missing


@given(mixes())
def test_payments_cover_every_need_from_who_may_pay_and_within_the_envelopes(
    asked: tuple[Pool, Scenario, tuple[str, ...]],
) -> None:
    pool, scenario, mix = asked
    found = allocate(*asked)
    if found.shortage:
        assert found.payments == ()
        return
    paid: dict[tuple[str, int], int] = defaultdict(int)
    drawn = {source.id: [0] * len(source.budgets) for source in scenario.sources}
    eligible = eligible_sources(pool, scenario)
    for payment in found.payments:
        assert payment.cents > 0
        assert payment.source in eligible[payment.project]
        paid[payment.project, payment.period] += payment.cents
        drawn[payment.source][payment.period] += payment.cents
    assert paid == needs(pool, mix)
    for source in scenario.sources:
        if f"budget:{source.id}" in scenario.off:
            continue
        used, held = drawn[source.id], list(source.budgets)
        if source.carry_over:
            used, held = list(accumulate(used)), list(accumulate(held))
        assert all(cents <= limit for cents, limit in zip(used, held, strict=True))


def within_reach(scenario: Scenario, eligible: frozenset[str], period: int) -> set[tuple[str, int]]:
    return {
        (source.id, t)
        for source in scenario.sources
        if source.id in eligible
        for t in range(0 if source.carry_over else period, period + 1)
    }


@given(mixes())
def test_a_shortage_proves_itself_without_the_flow(
    asked: tuple[Pool, Scenario, tuple[str, ...]],
) -> None:
    pool, scenario, mix = asked
    shortage = allocate(*asked).shortage
    if shortage is None:
        return
    supplies = set(shortage.supplies)
    eligible = eligible_sources(pool, scenario)
    wanted = sum(
        cents
        for (project, period), cents in needs(pool, mix).items()
        if (eligible[project], period) in shortage.cells
    )
    for who, period in shortage.cells:
        assert within_reach(scenario, who, period) <= supplies
    budgets = {source.id: source.budgets for source in scenario.sources}
    assert wanted - sum(budgets[source][t] for source, t in supplies) == shortage.missing > 0


@given(mixes())
def test_a_shortage_names_only_envelopes_that_its_projects_could_draw_on(
    asked: tuple[Pool, Scenario, tuple[str, ...]],
) -> None:
    _, scenario, _ = asked
    shortage = allocate(*asked).shortage
    if shortage:
        assert set(shortage.supplies) == reach_of(scenario, shortage)


def reach_of(scenario: Scenario, shortage: Shortage) -> set[tuple[str, int]]:
    return set().union(*(within_reach(scenario, *cell) for cell in shortage.cells))


@given(mixes())
def test_the_order_of_the_mix_changes_no_payment(
    asked: tuple[Pool, Scenario, tuple[str, ...]],
) -> None:
    pool, scenario, mix = asked
    assert allocate(pool, scenario, mix[::-1]) == allocate(pool, scenario, mix)
