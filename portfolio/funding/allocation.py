"""Which source pays which project in which period, in cents, or the proof that they cannot."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from portfolio.funding.eligibility import Caps, eligible_sources
from portfolio.funding.maxflow import Network
from portfolio.funding.rules import SourceBudget
from portfolio.funding.sources import Source
from portfolio.pool import Pool
from portfolio.scenario import Scenario, active_rules
from portfolio.selection import Payment
from portfolio.variants import Pick, realized

Cell = tuple[frozenset[str], int]
Own = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Shortage:
    """A proof that a mix cannot be paid (Hall's condition, read off a minimum cut).

    The projects whose eligible sources and period are one of `cells` need `missing` cents more of
    `supplies`, pairs of source and period, than these hold, after all that others may pay. Only
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


@dataclass(slots=True)
class _Need:
    """Needs that the same sources may meet in the same period, each up to the same caps."""

    eligible: frozenset[str]
    period: int
    caps: Own
    entries: list[tuple[str, int]]

    @property
    def cents(self) -> int:
        return sum(cents for _, cents in self.entries)


def allocate(pool: Pool, scenario: Scenario, chosen: Iterable[Pick]) -> Allocation:
    """Cover the grants of the chosen projects from the scenario's sources.

    Exact in cents. The same mix always gets the same payments: money of earlier periods and of
    sources that stand first is used first. Raises NotFoundError for what cannot be chosen.
    """
    if not scenario.sources:
        return Allocation((), None)
    needs = _needs(pool, scenario, chosen)
    flows, shortage = _flow(scenario, needs)
    if shortage is not None:
        return Allocation((), shortage)
    return Allocation(_payments(needs, flows), None)


def _needs(pool: Pool, scenario: Scenario, chosen: Iterable[Pick]) -> list[_Need]:
    """Needs in a fixed order; projects that draw alike, without caps, share one."""
    eligible = eligible_sources(pool, scenario)
    needs: dict[tuple[Cell, str], _Need] = {}
    own = Caps(pool, scenario)
    for one in sorted(realized(pool, chosen), key=lambda one: one.choice.project):
        project = one.project
        limits = own.of(project)
        who = eligible[project.id]
        for period, cents in enumerate(project.grant_by_period(pool.cluster.calendar)):
            if not cents:
                continue
            most = tuple((name, limits[name][period]) for name in sorted(limits.keys() & who))
            key = ((who, period), project.id if most else "")
            needs.setdefault(key, _Need(who, period, most, [])).entries.append((project.id, cents))
    return sorted(
        needs.values(),
        key=lambda need: (need.period, len(need.eligible), sorted(need.eligible), need.entries[0]),
    )


Flows = list[list[tuple[str, int]]]


def _flow(scenario: Scenario, needs: Sequence[_Need]) -> tuple[Flows, Shortage | None]:
    """For each need, what each source pays of it; or the shortage."""
    total = sum(need.cents for need in needs)
    periods = max((need.period for need in needs), default=-1) + 1
    supplies = [(source.id, period) for source in scenario.sources for period in range(periods)]
    root, sink = 0, 1
    node_of = {supply: 2 + k for k, supply in enumerate(supplies)}
    first_need = 2 + len(supplies)
    network = Network(first_need + len(needs))
    limits = _limits(scenario, total)
    for source in scenario.sources:
        for period in range(periods):
            here = node_of[source.id, period]
            network.add(root, here, limits[source.id][period])
            if source.carry_over and period + 1 < periods:
                network.add(here, node_of[source.id, period + 1], total)
    edges: list[list[tuple[str, int]]] = []
    for k, need in enumerate(needs):
        own = dict(need.caps)
        edges.append(
            [
                (
                    source.id,
                    network.add(
                        node_of[source.id, need.period], first_need + k, own.get(source.id, total)
                    ),
                )
                for source in scenario.sources
                if source.id in need.eligible
            ]
        )
        network.add(first_need + k, sink, need.cents)
    sent = network.saturate(root, sink)
    if sent < total:
        short = network.reaching(sink)
        cells = ((n.eligible, n.period) for k, n in enumerate(needs) if first_need + k in short)
        return [], Shortage(
            cells=tuple(dict.fromkeys(cells)),
            supplies=tuple(supply for supply in supplies if node_of[supply] in short),
            missing=total - sent,
        )
    return [[(source, network.flow(edge)) for source, edge in pairs] for pairs in edges], None


def _limits(scenario: Scenario, unlimited: int) -> dict[str, tuple[int, ...]]:
    held = {rule.source for rule in active_rules(scenario) if isinstance(rule, SourceBudget)}

    def limit(source: Source) -> tuple[int, ...]:
        return source.payable if source.id in held else (unlimited,) * len(source.budgets)

    return {source.id: limit(source) for source in scenario.sources}


def _payments(needs: Sequence[_Need], flows: Flows) -> tuple[Payment, ...]:
    payments = []
    for need, paid_by in zip(needs, flows, strict=True):
        purses = deque((source, cents) for source, cents in paid_by if cents)
        for project, needed in need.entries:
            while needed:
                source, cents = purses.popleft()
                paid = min(cents, needed)
                payments.append(Payment(project, source, need.period, paid))
                needed -= paid
                if cents > paid:
                    purses.appendleft((source, cents - paid))
    return tuple(sorted(payments, key=lambda p: (p.project, p.period, p.source)))
