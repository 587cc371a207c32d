"""The full model's question: versions, free starts, four sources with rates, staff, shares, pairs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from random import Random

from portfolio.cluster import Cluster
from portfolio.funding.rules import AtMostOf, Capacity, Limit, Requires, Rule, Synergy
from portfolio.funding.sources import EVERY_CLASS, Rate, Source
from portfolio.pool import Pool
from portfolio.project import Project, ResourceNeed, ThreePoint, Version
from portfolio.scenario import Scenario
from portfolio.units import Calendar, from_cents, scale

THEMES = ("energy", "ports", "food", "health", "mobility")
RATES = {"state": "0.5", "region": "0.7", "members": "0.8", "union": "1"}
MONEY = 37
"""Budgets by source and period sum to so many hundredths of all costs."""


def full(size: int, periods: int, seed: int) -> tuple[Pool, Scenario]:
    """`size` projects over `periods` years, funded whole by four sources."""
    draw = Random(seed * 1_000_003 + size * 101 + periods)
    calendar = Calendar(date(2027, 1, 1), 12, periods)
    projects = [_project(draw, f"P{k:04}", size, calendar) for k in range(size)]
    pool = Pool(Cluster("bench", "Benchmark", "EUR", calendar), tuple(projects))
    return pool, Scenario(
        sources=_sources(draw, projects, periods), rules=_rules(draw, projects, periods)
    )


def _project(draw: Random, project_id: str, size: int, calendar: Calendar) -> Project:
    cost = max(round(draw.lognormvariate(12, 0.6)) // 1000, 1) * 100_000
    likely = cost * draw.uniform(2, 6)
    length = min(draw.randint(1, 3), calendar.count)
    kind = draw.random()
    return Project(
        id=project_id,
        name=f"Project {project_id}",
        cost=cost,
        grant=cost,
        lead=f"O{draw.randrange(max(size // 4, 1)):04}",
        theme=draw.choice(THEMES),
        international=draw.random() < 0.3,
        payoff=ThreePoint(round(likely * 0.6), round(likely), round(likely * 1.6)),
        p_technical=round(draw.uniform(0.4, 0.95), 2),
        start=calendar.start,
        end=calendar.last_day(length - 1),
        latest_start=calendar.first_day(calendar.count - length),
        resources=(ResourceNeed("staff", Decimal(draw.randint(10, 120))),),
        sources=_payers(draw),
        versions=_versions(cost, kind),
    )


def _versions(cost: int, kind: float) -> tuple[Version, ...]:
    """Forty in a hundred have a smaller version, fifteen others a larger one."""
    if kind < 0.40:
        return (Version("small", cost * 6 // 10, cost * 6 // 10, Decimal("0.72")),)
    if kind < 0.55:
        return (Version("large", cost * 15 // 10, cost * 15 // 10, Decimal("1.3")),)
    return ()


def _payers(draw: Random) -> tuple[str, ...]:
    """About half of the sources, whose rates reach the whole cost."""
    while True:
        named = tuple(name for name in RATES if draw.random() < 0.5)
        if sum(Decimal(RATES[name]) for name in named) >= 1:
            return named


def _sources(draw: Random, projects: list[Project], periods: int) -> tuple[Source, ...]:
    cells = len(RATES) * periods
    shares = tuple(draw.randint(50, 150) for _ in range(cells))
    money = scale(shares, sum(project.cost for project in projects) * MONEY // 100)
    return tuple(
        Source(
            name,
            name.title(),
            money[k * periods : (k + 1) * periods],
            rates=() if rate == "1" else (Rate(EVERY_CLASS, Decimal(rate)),),
        )
        for k, (name, rate) in enumerate(RATES.items())
    )


def _rules(draw: Random, projects: list[Project], periods: int) -> tuple[Rule, ...]:
    """Staff in each period is what the mix may use evenly, with a tenth to spare."""
    ids = [project.id for project in projects]
    staff = sum(int(project.resources[0].amount) for project in projects)
    a_period = Decimal(staff * 45 // 100 * 11 // 10 // periods)
    rules: list[Rule] = [
        Limit(id="themes", attribute="theme", at_least=Decimal("0.08"), at_most=Decimal("0.4")),
        Limit(id="lead", attribute="lead", measure="projects", at_most=Decimal(3)),
        Limit(id="abroad", attribute="international", value="yes", at_least=Decimal("0.2")),
        Capacity(id="staff", resource="staff", amounts=(a_period,) * periods),
    ]
    for k in range(11, len(ids), 12):
        needed = draw.choice([i for i in ids if i != ids[k]])
        rules.append(Requires(id=f"needs {k}", project=ids[k], needs=(needed,)))
    for k in range(0, len(ids) - 1, 20):
        pair = tuple(draw.sample(ids, 2))
        rules.append(AtMostOf(id=f"either {k}", projects=pair, count=1))
        two = tuple(draw.sample(ids, 2))
        more = from_cents(sum(p.cost for p in projects if p.id in two) // 10)
        rules.append(Synergy(id=f"both {k}", projects=two, worth=more))
    return tuple(rules)
