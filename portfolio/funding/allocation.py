"""Which source pays which project in which period, in cents, or the proof that they cannot."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

from portfolio.funding.eligibility import eligible_sources
from portfolio.funding.maxflow import Network
from portfolio.funding.rules import SourceBudget
from portfolio.funding.sources import Source
from portfolio.pool import Pool
from portfolio.scenario import Scenario, active_rules
from portfolio.selection import Payment

Cell = tuple[frozenset[str], int]


@dataclass(frozen=True, slots=True)
class Shortage:
    """A proof that a mix cannot be paid (Hall's condition, read off a minimum cut).

    The projects whose eligible sources and period are one of `cells` can draw only on
    `supplies`, pairs of source and period, and need `missing` cents more than these hold. Only
    what has a part in the shortage is among them.
    """

    cells: tuple[Cell, ...]
    supplies: tuple[tuple[str, int], ...]
    missing: int


@dataclass(frozen=True, slots=True)
class Allocation:
    """Payments that cover every grant of the mix, or the shortage that forbids it."""

    payments: tuple[Payment, ...]
    shortage: Shortage | None


def allocate(pool: Pool, scenario: Scenario, chosen: Iterable[str]) -> Allocation:
    """Cover the grants of the chosen projects from the scenario's sources.

    Exact in cents. The same mix always gets the same payments: money of earlier periods and of
    sources that stand first is used first.
    """
    if not scenario.sources:
        return Allocation((), None)
    needs = _needs(pool, scenario, chosen)
    demand = {cell: sum(cents for _, cents in entries) for cell, entries in needs.items()}
    flows, shortage = _flow(scenario, demand)
    if shortage is not None:
        return Allocation((), shortage)
    return Allocation(_payments(needs, flows), None)


def _needs(
    pool: Pool, scenario: Scenario, chosen: Iterable[str]
) -> dict[Cell, list[tuple[str, int]]]:
    """Needs by cell: projects that draw on the same sources in the same period share one."""
    eligible = eligible_sources(pool, scenario)
    needs: dict[Cell, list[tuple[str, int]]] = {}
    for project_id in sorted(chosen):
        project = pool.project(project_id)
        for period, cents in enumerate(project.grant_by_period(pool.cluster.calendar)):
            if cents:
                cell = (eligible[project_id], period)
                needs.setdefault(cell, []).append((project_id, cents))
    return needs


def _flow(
    scenario: Scenario, demand: dict[Cell, int]
) -> tuple[dict[Cell, list[tuple[str, int]]], Shortage | None]:
    cells = sorted(demand, key=lambda cell: (cell[1], len(cell[0]), sorted(cell[0])))
    total = sum(demand.values())
    periods = max((period for _, period in cells), default=-1) + 1
    supplies = [(source.id, period) for source in scenario.sources for period in range(periods)]
    root, sink = 0, 1
    node_of = {supply: 2 + k for k, supply in enumerate(supplies)}
    first_cell = 2 + len(supplies)
    network = Network(first_cell + len(cells))
    limits = _limits(scenario, total)
    for source in scenario.sources:
        for period in range(periods):
            here = node_of[source.id, period]
            network.add(root, here, limits[source.id][period])
            if source.carry_over and period + 1 < periods:
                network.add(here, node_of[source.id, period + 1], total)
    edges: dict[Cell, list[tuple[str, int]]] = {}
    for k, (eligible, period) in enumerate(cells):
        cell = (eligible, period)
        edges[cell] = [
            (source.id, network.add(node_of[source.id, period], first_cell + k, total))
            for source in scenario.sources
            if source.id in eligible
        ]
        network.add(first_cell + k, sink, demand[cell])
    sent = network.saturate(root, sink)
    if sent < total:
        short = network.reaching(sink)
        return {}, Shortage(
            cells=tuple(c for k, c in enumerate(cells) if first_cell + k in short),
            supplies=tuple(s for s in supplies if node_of[s] in short),
            missing=total - sent,
        )
    return {
        cell: [(source, network.flow(edge)) for source, edge in pairs]
        for cell, pairs in edges.items()
    }, None


def _limits(scenario: Scenario, unlimited: int) -> dict[str, tuple[int, ...]]:
    held = {rule.source for rule in active_rules(scenario) if isinstance(rule, SourceBudget)}

    def limit(source: Source) -> tuple[int, ...]:
        return source.budgets if source.id in held else (unlimited,) * len(source.budgets)

    return {source.id: limit(source) for source in scenario.sources}


def _payments(
    needs: dict[Cell, list[tuple[str, int]]], flows: dict[Cell, list[tuple[str, int]]]
) -> tuple[Payment, ...]:
    payments = []
    for cell, entries in needs.items():
        purses = deque((source, cents) for source, cents in flows[cell] if cents)
        for project, needed in entries:
            while needed:
                source, cents = purses.popleft()
                paid = min(cents, needed)
                payments.append(Payment(project, source, cell[1], paid))
                needed -= paid
                if cents > paid:
                    purses.appendleft((source, cents - paid))
    return tuple(sorted(payments, key=lambda p: (p.project, p.period, p.source)))
