"""The least change, every smaller one tried: money and costs in cents, and the full model."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest
from hypothesis import assume, given

from optimizer import Options, Route, WhyNot, optimize, why_not
from portfolio.cluster import Cluster
from portfolio.funding.rules import (
    Admission,
    DeMinimis,
    LeaderLoad,
    Limit,
    Rule,
    Synergy,
    TotalBudget,
)
from portfolio.funding.sources import Rate, Source
from portfolio.organization import HelixRole, Organization
from portfolio.pool import Pool
from portfolio.project import Project, ThreePoint, Version
from portfolio.scenario import (
    Objective,
    Scenario,
    with_money,
    with_rules,
    with_source_totals,
    without,
)
from portfolio.units import Calendar
from tests.support.cases import cases
from tests.support.full_oracle import FullQuestion
from tests.support.full_pools import full_questions
from tests.support.large import to_the_cent
from tests.support.loosened import loosened, step_of
from tests.support.pools import SEEDS
from tests.support.verdicts import Asked, question_of

CALENDAR = Calendar(date(2027, 1, 1), 12, 3)


def tiny(seed: int) -> Asked:
    """Five projects of a few cents each, so that every cent can be tried."""
    draw = Random(seed)
    projects = []
    for name in "abcde":
        grant = draw.randint(0, 9)
        projects.append(
            Project(
                name,
                name.upper(),
                cost=grant + draw.choice((0, 0, 3)),
                grant=grant,
                payoff=ThreePoint(*(draw.randint(1, 12),) * 3),
                benefit=float(draw.randint(1, 9)),
                theme=draw.choice("xy"),
                spend=draw.choice(((), (1, 2), (2, 1, 1), (3, 3, 4))),
                end=draw.choice((None, date(2029, 12, 31))),
            )
        )
    rules: list[Rule] = []
    if draw.random() < 0.4:
        share = Decimal(draw.choice(("0.2", "0.4", "0.5")))
        bound = draw.choice(("at_least", "at_most"))
        rules.append(Limit(id="share", attribute="theme", value="x", **{bound: share}))  # type: ignore[arg-type]
    if draw.random() < 0.3:
        least = Decimal(draw.randint(1, 5))
        rules.append(
            Limit(id="least", attribute="theme", value="y", measure="money", at_least=least)
        )
    sources: tuple[Source, ...] = ()
    if draw.random() < 0.6:
        sources = tuple(
            Source(name, name, tuple(draw.randint(0, 6) for _ in range(3)), draw.random() < 0.5)
            for name in "fg"[: draw.randint(1, 2)]
        )
    else:
        rules.append(TotalBudget(id="budget", limit=draw.randint(0, 20)))
    aim = draw.choice(("payoff", "benefit", "benefit"))
    scenario = Scenario(objective=Objective(aim=aim), sources=sources, rules=tuple(rules))  # type: ignore[arg-type]
    return Pool(Cluster("c", "C", "EUR", CALENDAR), tuple(projects)), scenario


def belongs(asked: Asked, name: str) -> bool:
    question = question_of(asked)
    having, lacking = question.best(having=[name]), question.best(lacking=[name])
    return having is not None and (lacking is None or having.value >= lacking.value)


def with_cost(asked: Asked, name: str, cost: int) -> Asked:
    pool, scenario = asked
    old = pool.project(name)
    share = old.grant * cost // old.cost
    new = replace(old, cost=cost, grant=share)
    return replace(
        pool, projects=tuple(new if p.id == name else p for p in pool.projects)
    ), scenario


@cases(150)
@given(SEEDS)
def test_the_least_cut_and_the_least_money_are_the_first_of_all(seed: int) -> None:
    asked = pool, scenario = tiny(seed)
    base = optimize(pool, scenario)
    assume(base.status.has_mix)
    out = [p.id for p in pool.candidates if p.id not in base.ids]
    assume(out)
    name = out[seed % len(out)]
    told = why_not(pool, scenario, base, name)
    assume(not told.tied)
    assert told.undecided == ()
    found = {(route.kind, route.of): route for route in told.routes}
    assert all(route.exact for route in told.routes)
    if pool.project(name).cost:
        every = (cost for cost in reversed(range(pool.project(name).cost)))
        first = next((c for c in every if belongs(with_cost(asked, name, c), name)), None)
        route = found.get(("cost", ""))
        assert first == (None if route is None else route.then)
    dials = [("budget", "")] if scenario.money is not None else []
    for kind, of in [*dials, *(("source", source.id) for source in scenario.sources)]:
        route = found.get((kind, of))
        for total, at in money(asked, of):
            if belongs((pool, at), name):
                assert route is not None
                assert route.then == total
                break
        else:
            assert route is None or (route.then or 0) > MOST_CENTS


MOST_CENTS = 90


def money(asked: Asked, source: str) -> Iterator[tuple[int, Scenario]]:
    _, scenario = asked
    if not source:
        for total in range((scenario.money or 0) + 1, MOST_CENTS + 1):
            yield total, with_money(scenario, total)
        return
    now = next(one.total for one in scenario.sources if one.id == source)
    for total in range(now + 1, MOST_CENTS + 1):
        yield total, with_source_totals(scenario, {source: total})


def full(seed: int) -> Asked:
    """Three projects with versions, parts, later starts, rates, fees, conditions, aid, synergy."""
    draw = Random(seed)
    projects = []
    for k, name in enumerate("abc"):
        grant = draw.choice((100, 200, 300, 450))
        cost = grant + draw.choice((0, 100, 200))
        smaller = Version("small", cost * 6 // 10, grant * 6 // 10, Decimal("0.72"))
        projects.append(
            Project(
                name,
                name.upper(),
                cost=cost,
                grant=grant,
                lead=draw.choice(("firm", "uni")),
                leader="Kim",
                payoff=ThreePoint(*(draw.choice((400, 900, 1500)),) * 3),
                p_technical=draw.choice((None, 0.5)),
                benefit=float(draw.randint(1, 9)),
                start=date(2027, 1, 1),
                end=date(2027 + draw.randint(0, 1), 12, 31),
                versions=(smaller,) if k and draw.random() < 0.5 else (),
                latest_start=date(2028, 1, 1) if draw.random() < 0.3 else None,
                waiting_loss=Decimal("0.1"),
            )
        )
    rates = (Rate("*", Decimal("0.8")),) if draw.random() < 0.5 else ()
    fee = draw.choice((Decimal(0), Decimal("0.05")))
    budgets = tuple(draw.choice((0, 100, 200, 300)) for _ in range(3))
    source = Source("s", "S", budgets, draw.random() < 0.5, rates=rates, fee=fee)
    some: list[Rule] = [
        Admission(id="size", measure="cost", at_most=Decimal(draw.choice((250, 400)))),
        Admission(id="asks", measure="grant share", at_most=Decimal("0.7")),
        DeMinimis(id="aid", ceiling=draw.choice((200, 400))),
        LeaderLoad(id="load", at_most=draw.randint(1, 2)),
        Synergy(id="together", projects=("a", "b"), worth=Decimal(draw.choice((-2, 3)))),
    ]
    rules = tuple(draw.sample(some, draw.randint(0, 3)))
    aim = draw.choice(("payoff", "benefit"))
    pool = Pool(
        Cluster("c", "C", "EUR", CALENDAR),
        tuple(projects),
        (
            Organization("firm", "Firm", HelixRole.BUSINESS),
            Organization("uni", "Uni", HelixRole.ACADEMIA),
        ),
    )
    return pool, Scenario(objective=Objective(aim=aim), sources=(source,), rules=rules)  # type: ignore[arg-type]


def holds(asked: Asked, name: str) -> bool:
    question = FullQuestion(*asked)
    having, lacking = question.best(having=[name]), question.best(lacking=[name])
    return having is not None and (lacking is None or having.value >= lacking.value)


def cheaper(asked: Asked, name: str, cost: int) -> Asked:
    pool, scenario = asked
    old = pool.project(name)

    def part(cents: int) -> int:
        return cents * cost // old.cost

    versions = tuple(replace(v, cost=part(v.cost), grant=part(v.grant)) for v in old.versions)
    new = replace(old, cost=cost, grant=part(old.grant), versions=versions)
    return replace(
        pool, projects=tuple(new if p.id == name else p for p in pool.projects)
    ), scenario


def with_benefit(asked: Asked, name: str, micro: int) -> Asked:
    pool, scenario = asked
    new = replace(pool.project(name), benefit=micro / 10**6)
    return replace(
        pool, projects=tuple(new if p.id == name else p for p in pool.projects)
    ), scenario


def with_payoff(asked: Asked, name: str, cents: int) -> Asked:
    pool, scenario = asked
    new = replace(pool.project(name), payoff=ThreePoint(cents, cents, cents))
    return replace(
        pool, projects=tuple(new if p.id == name else p for p in pool.projects)
    ), scenario


@cases(60)
@given(SEEDS)
def test_with_versions_rates_and_conditions_each_route_is_enough_and_a_step_less_is_not(
    seed: int,
) -> None:
    each_route_is_enough_and_a_step_less_is_not(full(seed), seed)


@cases(100)
@given(full_questions(most=3, assignments=60), SEEDS)
def test_under_the_full_model_each_route_is_enough_and_a_step_less_is_not(
    asked: Asked, seed: int
) -> None:
    each_route_is_enough_and_a_step_less_is_not(asked, seed)


def each_route_is_enough_and_a_step_less_is_not(asked: Asked, seed: int) -> None:
    pool, scenario = asked
    base = optimize(pool, scenario)
    assume(base.status.has_mix)
    out = [p.id for p in pool.candidates if p.id not in base.ids]
    assume(out)
    name = out[seed % len(out)]
    told, draw = why_not(pool, scenario, base, name), Random(seed)
    assert told.tied == holds(asked, name)
    for route in told.routes:
        at, below = both_sides(asked, name, route)
        if at is not None:
            assert holds(at, name)
        if below is not None and route.exact:
            assert not holds(below, name)
        if route.kind == "cost" and route.exact and route.then != pool.project(name).cost - 1:
            dearer = draw.randrange(int(route.then or 0) + 1, pool.project(name).cost)
            assert not holds(cheaper(asked, name, dearer), name)
    for lever in told.helpless:
        if lever.kind == "rule":
            assert not holds((pool, without(scenario, lever.of)), name)
        if lever.kind == "payoff" and scenario.objective.aim == "payoff":
            assert FullQuestion(*asked).best(having=[name]) is None
    assert exact_but_for_costs(asked, name, told)


def exact_but_for_costs(asked: Asked, name: str, told: WhyNot) -> bool:
    """Only a cost that other numbers hang on may be left without proof."""
    pool, scenario = asked
    project = pool.project(name)
    hangs = len(project.spend) > 2 or scenario.objective.aim == "blend"
    loose = {route.kind for route in told.routes if not route.exact}
    loose |= {lever.kind for lever in told.undecided}
    return loose <= ({"cost"} if hangs else set())


def both_sides(asked: Asked, name: str, route: Route) -> tuple[Asked | None, Asked | None]:
    """The question with a route's change made, and with a step less."""
    pool, scenario = asked
    then = int(route.then or 0)
    match route.kind:
        case "payoff" if route.words:
            return with_payoff(asked, name, then), with_payoff(asked, name, then - 1)
        case "payoff" if scenario.objective.aim == "benefit":
            micro = int((route.then or 0) * 10**6)
            return with_benefit(asked, name, micro), with_benefit(asked, name, micro - 1)
        case "payoff":
            return None, None
        case "cost":
            return cheaper(asked, name, then), cheaper(asked, name, then + 1)
        case "budget":
            return (pool, with_money(scenario, then)), (pool, with_money(scenario, then - 1))
        case "source":
            return tuple(  # type: ignore[return-value]
                (pool, with_source_totals(scenario, {route.of: total}))
                for total in (then, then - 1)
            )
        case "rule" if route.change is None:
            return (pool, without(scenario, route.of)), None
        case _:
            rule = next(rule for rule in scenario.rules if rule.id == route.of)
            change = route.change or Fraction(0)
            moved = Decimal(change.numerator) / Decimal(change.denominator)
            down = (route.then or 0) < (route.now or 0)
            less = max(moved - step_of(rule, pool), Decimal(0))
            at, below = (loosened(rule, down, by) for by in (moved, less))
            assert at is not None
            assert below is not None
            return (pool, with_rules(scenario, at)), (pool, with_rules(scenario, below))


@pytest.mark.parametrize("seed", range(4))
def test_amounts_in_billions_are_told_to_the_cent(seed: int) -> None:
    asked = pool, scenario = to_the_cent(seed)
    base = optimize(pool, scenario)
    out = [p.id for p in pool.candidates if p.id not in base.ids]
    for name in out[:2]:
        for route in why_not(pool, scenario, base, name).routes:
            if route.kind == "budget":
                total = int(route.then or 0)
                assert belongs((pool, with_money(scenario, total)), name)
                assert not belongs((pool, with_money(scenario, total - 1)), name)
            if route.kind == "cost":
                cost = int(route.then or 0)
                assert belongs(with_cost(asked, name, cost), name)
                assert not belongs(with_cost(asked, name, cost + 1), name)


def test_a_stopped_search_says_what_it_left_open() -> None:
    asked = next(one for seed in range(99) if outside(one := tiny(seed)))
    pool, scenario = asked
    base = optimize(pool, scenario)
    cancel = threading.Event()
    cancel.set()
    told = why_not(pool, scenario, base, outside(asked)[0], cancel=cancel)
    assert all(not route.exact or belongs_after(asked, told, route) for route in told.routes)
    began = time.monotonic()
    why_not(pool, scenario, base, outside(asked)[0], Options(time_limit=0.05))
    assert time.monotonic() - began < 5


def outside(asked: Asked) -> list[str]:
    base = optimize(*asked)
    if not base.status.has_mix:
        return []
    return [p.id for p in asked[0].candidates if p.id not in base.ids and not belongs(asked, p.id)]


def belongs_after(asked: Asked, told: WhyNot, route: Route) -> bool:
    at, _ = both_sides(asked, told.project, route)
    return at is None or belongs(at, told.project)
