"""A project has barriers exactly when no way to run it, alone and with any money, keeps the rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random

from hypothesis import given

from portfolio.feasibility import feasible
from portfolio.funding.barriers import barriers
from portfolio.funding.rules import Admission, AidGrant, DeMinimis, LeaderLoad, Rule
from portfolio.funding.sources import Rate
from portfolio.organization import Organization, SizeClass
from portfolio.pool import Pool
from portfolio.project import Partner, ProjectStatus, Version
from portfolio.scenario import Scenario
from portfolio.variants import variants
from tests.support.cases import cases
from tests.support.pools import SEEDS, SOURCES, pools, some_source

MEASURES = {
    "partners": ("0", "1", "2"),
    "helix roles": ("1", "2"),
    "small firms": ("0", "1"),
    "cost": ("500", "1100"),
    "grant": ("300", "1250"),
    "grant share": ("0.5", "0.9"),
    "duration": ("6", "14"),
    "wait": ("0", "8"),
}


def _asked(seed: int, pool: Pool) -> Scenario:
    draw = Random(seed)
    count = pool.cluster.calendar.count
    sources = tuple(
        replace(
            some_source(draw.randrange(2**32), name, count),
            budgets=(10**9,) * count,
            rates=draw.choice(
                ((), (Rate("*", Decimal("0.5")),), (Rate("small", Decimal("0.25")),))
            ),
        )
        for name in SOURCES[: draw.randint(0, 3)]
    )
    rules: list[Rule] = []
    for k in range(draw.randint(0, 2)):
        measure = draw.choice(sorted(MEASURES))
        bound = Decimal(draw.choice(MEASURES[measure]))
        side = draw.choice(({"at_least": bound}, {"at_most": bound}))
        classes = draw.choice(((), ("small",), ("academia", "other")))
        rules.append(Admission(id=f"a{k}", measure=measure, classes=classes, **side))
    if draw.random() < 0.5:
        had = (AidGrant("acme", date(2025, 1, 1), draw.choice((0, 700, 1000, 1200))),)
        rules.append(DeMinimis(id="aid", ceiling=1000, granted=had))
    if draw.random() < 0.4:
        rules.append(LeaderLoad(id="load", at_most=draw.randint(0, 1)))
    off = draw.choice(((), (), ("eligibility",), ("co-funding",)))
    return Scenario(sources=sources, rules=tuple(rules), off=off)


def _with_ways(seed: int, pool: Pool) -> Pool:
    """The same pool, in which some projects may be run in several ways, and one runs already."""
    draw = Random(seed)
    changed = []
    for project in pool.projects:
        if draw.random() < 0.4:
            small = Version("small", project.cost // 2, project.grant // 3, Decimal("0.5"))
            project = replace(project, versions=(small,))
        if draw.random() < 0.3:
            project = replace(project, latest_start=date(2028, 1, 1))
        if draw.random() < 0.5:
            project = replace(project, partners=(Partner("acme"), Partner("uni", active=False)))
        if project.status is ProjectStatus.RUNNING:
            project = replace(project, leader="Kim", end=date(2027, 3, 1))
        changed.append(project)
    firm = Organization("acme", "Acme", size=SizeClass.SMALL)
    organizations = tuple(firm if o.id == "acme" else o for o in pool.organizations)
    return replace(pool, projects=tuple(changed), organizations=organizations)


@cases(300)
@given(pools(4), SEEDS)
def test_barriers_say_what_no_way_to_run_a_project_alone_can_pass(pool: Pool, seed: int) -> None:
    pool = _with_ways(seed, pool)
    scenario = _asked(seed, pool)
    for project in pool.candidates:
        ways = variants(project, pool.cluster.calendar)
        passes = any(feasible(pool, scenario, [one.choice]) for one in ways)
        assert (barriers(pool, scenario, project) == ()) is passes
