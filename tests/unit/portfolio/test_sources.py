"""Rates, fees and payments of sources, by hand and against an independent maximum flow."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.cluster import Cluster
from portfolio.funding.allocation import allocate
from portfolio.funding.eligibility import Caps
from portfolio.funding.maxflow import Network
from portfolio.funding.rules import CoFunding
from portfolio.funding.sources import Rate, Source
from portfolio.organization import HelixRole, Organization, SizeClass
from portfolio.pool import Pool
from portfolio.project import Project
from portfolio.scenario import Scenario, active_rules
from portfolio.selection import Payment
from portfolio.units import Calendar

FIRM = Organization("acme", "Acme", HelixRole.BUSINESS, SizeClass.SMALL)
CLUSTER = Cluster("c", "C", "EUR", Calendar(date(2027, 1, 1), 6, 2))


def source(name: str, *budgets: int, fee: str = "0", rates: dict[str, str] | None = None) -> Source:
    shares = tuple(Rate(kind, Decimal(share)) for kind, share in (rates or {}).items())
    return Source(name, name.title(), budgets, fee=Decimal(fee), rates=shares)


@pytest.mark.parametrize(
    ("budget", "fee", "payable"),
    [
        (1_000, "0", 1_000),
        (1_000, "0.05", 950),
        (999, "0.05", 949),
        (1, "0.05", 0),
        (0, "0.05", 0),
        (100, "0.999", 0),
        (300, "0.3333", 200),
        (10**17, "0.1", 9 * 10**16),
    ],
)
def test_a_fee_is_kept_to_the_cent_and_the_rest_is_rounded_down(
    budget: int, fee: str, payable: int
) -> None:
    assert source("s", budget, fee=fee).payable == (payable,)


@pytest.mark.parametrize("fee", ["0", "0.05", "0.3333", "0.07", "0.999"])
def test_the_gross_of_an_amount_is_the_least_budget_that_pays_it(fee: str) -> None:
    for cents in (*range(50), 999, 10**12 + 1):
        gross = source("s", fee=fee).gross(cents)
        assert source("s", gross, fee=fee).payable[0] >= cents
        assert gross == 0 or source("s", gross - 1, fee=fee).payable[0] < cents


def test_a_class_has_its_own_rate_else_that_for_all_else_no_limit() -> None:
    rates = source("s", rates={"*": "0.8", "small": "0.5", "public": "1"})
    assert [rates.rate(kind) for kind in ("small", "public", "mid")] == [
        Decimal("0.5"),
        Decimal(1),
        Decimal("0.8"),
    ]
    assert source("s", rates={"small": "0.5"}).rate("mid") == 1
    assert source("s").rate("small") == 1


def pool(**fields: object) -> Pool:
    project = Project("a", "A", lead="acme", **fields)  # type: ignore[arg-type]
    return Pool(CLUSTER, (project,), (FIRM,))


def test_a_rate_limits_each_period_by_its_part_of_the_cost_rounded_up() -> None:
    # Half of 333 over two periods is 83.25 in each.
    here = pool(cost=333, grant=160, start=date(2027, 1, 1), end=date(2027, 12, 31))
    asked = Scenario(sources=(source("s", 500, 500, rates={"small": "0.5", "mid": "0.1"}),))
    assert Caps(here, asked).of(here.projects[0]) == {"s": (84, 84)}


@given(
    st.integers(1, 10**6),
    st.integers(1, 99),
    st.integers(1, 4),
    st.lists(st.integers(0, 9), max_size=5),
)
def test_a_grant_of_exactly_the_rate_can_be_paid_whatever_the_roundings(
    cost: int, hundredths: int, years: int, spend: list[int]
) -> None:
    calendar = Calendar(date(2027, 1, 1), 12, 4)
    project = Project(
        "a",
        "A",
        cost=cost,
        grant=cost * hundredths // 100,
        start=date(2027, 1, 1),
        end=calendar.last_day(years - 1),
        spend=tuple(spend),
    )
    rate = Rate("*", Decimal(hundredths) / 100)
    alone = Scenario(sources=(Source("s", "S", (cost,) * 4, rates=(rate,)),))
    here = Pool(Cluster("c", "C", "EUR", calendar), (project,))
    assert allocate(here, alone, ["a"]).shortage is None
    whole = Pool(Cluster("c", "C", "EUR", calendar), (replace(project, grant=cost),))
    rest = Rate("*", 1 - rate.share)
    both = Scenario(sources=(*alone.sources, Source("t", "T", (cost,) * 4, rates=(rest,))))
    assert allocate(whole, both, ["a"]).shortage is None


def test_the_whole_cost_is_no_limit_and_without_the_rule_there_is_none() -> None:
    here = pool(cost=100, grant=100)
    asked = Scenario(sources=(source("s", 100, 0, rates={"*": "1"}), source("t", 100, 0)))
    assert Caps(here, asked).of(here.projects[0]) == {}
    half = Scenario(sources=(source("s", 100, 0, rates={"*": "0.5"}),))
    assert allocate(here, half, ["a"]).shortage is not None
    off = Scenario(sources=half.sources, off=("co-funding",))
    assert allocate(here, off, ["a"]).payments == (Payment("a", "s", 0, 100),)


def test_rates_bring_their_rule_and_it_can_be_stated_beside() -> None:
    bare = Scenario(sources=(source("s", 1, 1),))
    assert not any(isinstance(rule, CoFunding) for rule in active_rules(bare))
    rated = Scenario(sources=(source("s", 1, 1, rates={"*": "0.5"}),))
    assert [rule.id for rule in active_rules(rated)] == ["budget:s", "eligibility", "co-funding"]


def test_what_one_source_may_not_pay_another_has_to() -> None:
    here = pool(cost=200, grant=150, start=date(2027, 7, 1))
    half = {"small": "0.5"}
    asked = Scenario(sources=(source("s", 0, 500, rates=half), source("t", 0, 50, rates=half)))
    assert allocate(here, asked, ["a"]).payments == (
        Payment("a", "s", 1, 100),
        Payment("a", "t", 1, 50),
    )
    short = Scenario(sources=(source("s", 0, 500, rates=half), source("t", 0, 49, rates=half)))
    found = allocate(here, short, ["a"]).shortage
    assert found is not None
    assert (found.missing, found.supplies) == (1, (("t", 1),))


def test_a_fee_can_be_what_is_missing() -> None:
    here = pool(cost=95, grant=95)
    asked = Scenario(sources=(source("s", 100, 0, fee="0.05"),))
    assert allocate(here, asked, ["a"]).payments == (Payment("a", "s", 0, 95),)
    short = Scenario(sources=(source("s", 99, 0, fee="0.05"),))
    found = allocate(here, short, ["a"]).shortage
    assert found is not None
    assert found.missing == 1


@pytest.mark.parametrize("seed", range(60))
def test_the_maximum_flow_is_that_of_an_independent_program(seed: int) -> None:
    draw = Random(seed)
    nodes = draw.randint(2, 12)
    network, graph = Network(nodes), networkx.MultiDiGraph()
    graph.add_nodes_from(range(nodes))
    capacity: dict[tuple[int, int], int] = {}
    edges = []
    for _ in range(draw.randint(0, 4 * nodes)):
        tail, head = draw.randrange(nodes), draw.randrange(nodes)
        room = draw.choice((0, 1, 5, 17, 10**15))
        edges.append((tail, head, room, network.add(tail, head, room)))
        capacity[tail, head] = capacity.get((tail, head), 0) + room
    simple = networkx.DiGraph()
    simple.add_nodes_from(range(nodes))
    for (tail, head), room in capacity.items():
        if tail != head:
            simple.add_edge(tail, head, capacity=room)
    expected = networkx.maximum_flow_value(simple, 0, nodes - 1)
    assert network.saturate(0, nodes - 1) == expected
    balance = [0] * nodes
    for tail, head, room, edge in edges:
        flow = network.flow(edge)
        assert 0 <= flow <= room
        balance[tail] -= flow
        balance[head] += flow
    assert balance == [-expected, *[0] * (nodes - 2), expected]
    # The sink side that is told is a cut that lets through no more than was sent.
    side = network.reaching(nodes - 1)
    assert 0 not in side
    cut = sum(room for tail, head, room, _ in edges if tail not in side and head in side)
    assert cut == expected
