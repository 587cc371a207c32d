"""Questions in billions where a cent decides: what floats cannot tell apart."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from random import Random

from portfolio.cluster import Cluster
from portfolio.funding.rules import Limit, Rule, TotalBudget
from portfolio.pool import Pool
from portfolio.project import Project, ThreePoint
from portfolio.scenario import Scenario
from portfolio.units import Calendar

CENTS = (10**6, 10**7, 10**8, 10**9, 10**11, 10**12)


def project(project_id: str, grant: int, gain: int, theme: str, region: str) -> Project:
    """A certain project that is worth `gain` cents after its grant."""
    payoff = ThreePoint(*(grant + gain,) * 3)
    return Project(project_id, project_id, grant, grant, payoff=payoff, theme=theme, region=region)


def pool_of(projects: list[Project]) -> Pool:
    """A pool of one period."""
    cluster = Cluster("large", "Large", "EUR", Calendar(date(2027, 1, 1), 12, 1))
    return Pool(cluster, tuple(projects))


def money(attribute: str, value: str, least: int | None = None, most: int | None = None) -> Limit:
    """A class gets at least or at most so many cents."""
    return Limit(
        id=f"{attribute} {value}",
        attribute=attribute,
        value=value,
        measure="money",
        at_least=None if least is None else Decimal(least),
        at_most=None if most is None else Decimal(most),
    )


def to_the_cent(seed: int) -> tuple[Pool, Scenario]:
    """Amounts that differ by cents, and limits that one hidden mix meets to the cent or misses."""
    draw = Random(seed)
    grants, gains = draw.choice(CENTS), draw.choice(CENTS)
    grant_noise, gain_noise = draw.choice((1, 3, 100, grants)), draw.choice((1, 3, 100, gains))
    projects = [
        project(
            f"P{k}",
            grants * draw.randint(0, 3) + draw.randint(0, grant_noise),
            gains * draw.randint(-1, 3) + draw.randint(0, gain_noise),
            draw.choice("ab"),
            draw.choice("cd"),
        )
        for k in range(draw.randint(3, 12))
    ]
    hidden = [p for p in projects if draw.random() < 0.5]
    whole = sum(p.grant for p in hidden)
    rules: list[Rule] = [TotalBudget(id="budget", limit=max(0, whole + draw.choice((0, 0, -1, 1))))]
    for attribute, value in (("theme", "a"), ("theme", "b"), ("region", "c"), ("region", "d")):
        if draw.random() < 0.3:
            exact = sum(p.grant for p in hidden if getattr(p, attribute) == value)
            least, most = draw.choice(((exact, exact), (exact, None), (None, exact)))
            rules.append(money(attribute, value, least, most))
    if whole and draw.random() < 0.3:
        part = sum(p.grant for p in hidden if p.theme == "a")
        share = Decimal(part) / Decimal(whole)
        rules.append(Limit(id="share", attribute="theme", value="a", at_most=share))
    return pool_of(projects), Scenario(rules=tuple(rules))
