"""Random small questions with first stages, each a function of one number."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from random import Random

from portfolio.cluster import Cluster
from portfolio.funding.rules import (
    Admission,
    AtMostOf,
    Capacity,
    CostReserve,
    Limit,
    Must,
    MustNot,
    Requires,
    Rule,
    Synergy,
    TotalBudget,
)
from portfolio.funding.sources import Source
from portfolio.pool import Pool
from portfolio.project import FirstStage, Project, ResourceNeed, ThreePoint
from portfolio.scenario import Objective, Scenario
from portfolio.units import Calendar

YEARS = Calendar(date(2027, 1, 1), 12, 3)
CHANCES = (0.0, 0.25, 0.3, 0.5, 0.6, 0.9, 1.0)
THEMES = ("energy", "ports")


def staging_question(seed: int) -> tuple[Pool, Scenario]:
    """Two to five projects, up to three of them with a first stage, under one to four rules."""
    draw = Random(seed)
    size = draw.randint(2, 5)
    open_ = set(draw.sample(range(size), draw.randint(1, min(size, 3))))
    projects = tuple(_project(draw, f"P{k}", k in open_) for k in range(size))
    pool = Pool(Cluster("small", "Small", "EUR", YEARS), projects)
    whole = sum(one.grant for one in projects)
    budget = whole * draw.choice((30, 45, 60, 80, 100)) // 100
    sources: tuple[Source, ...] = ()
    rules: list[Rule] = []
    if draw.random() < 0.5:
        parts = [draw.randint(1, 4) for _ in range(YEARS.count)]
        cents = tuple(budget * each // sum(parts) for each in parts)
        sources = (Source("s", "S", cents, carry_over=draw.random() < 0.3),)
    else:
        rules.append(TotalBudget(id="budget", limit=budget))
    ids = [one.id for one in projects]
    for kind in draw.sample(list(MAKERS), draw.randint(0, 3)):
        rules.append(MAKERS[kind](draw, ids))
    aim = Objective(aim="benefit") if draw.random() < 0.2 else Objective()
    return pool, Scenario(sources=sources, rules=tuple(rules), objective=aim)


def _project(draw: Random, project_id: str, staged: bool) -> Project:
    grant = draw.choice((100, 300, 550, 1_000)) * 100
    cost = grant + draw.choice((0, 0, 5_000))
    likely = round(cost * draw.uniform(0.5, 5))
    begins = draw.choice((0, 0, 1, 2))
    waits = staged and draw.random() < 0.3
    ends = draw.randrange(begins, YEARS.count)
    return Project(
        id=project_id,
        name=project_id,
        cost=cost,
        grant=grant,
        theme=draw.choice(THEMES),
        payoff=ThreePoint(likely // 2, likely, 2 * likely) if draw.random() < 0.95 else None,
        launch_cost=draw.choice((0, 0, 3_000)),
        p_technical=draw.choice((*CHANCES[1:], None)),
        p_commercial=draw.choice((None, 0.5, 0.8)),
        benefit=draw.choice((1.0, 2.5, 7.0, None)),
        start=YEARS.first_day(begins),
        end=YEARS.last_day(ends),
        latest_start=YEARS.first_day(draw.randrange(YEARS.count)) if waits else None,
        waiting_loss=Decimal(draw.choice(("0", "0.1", "0.25"))),
        resources=(ResourceNeed("staff", Decimal(draw.randint(0, 9))),),
        first_stage=FirstStage(
            grant * draw.choice((0, 10, 25, 40, 100)) // 100,
            draw.randint(1, YEARS.count),
            draw.choice(CHANCES),
        )
        if staged
        else None,
    )


def _limit(draw: Random, ids: list[str]) -> Rule:
    measure, least, most = draw.choice(
        (
            ("money share", "0.2", "0.7"),
            ("project share", "0.25", "0.75"),
            ("projects", "1", "2"),
            ("money", "5000", "60000"),
        )
    )
    low = draw.random() < 0.5
    return Limit(
        id="limit",
        attribute="theme",
        value=draw.choice(THEMES),
        measure=measure,  # type: ignore[arg-type]
        at_least=Decimal(least) if low else None,
        at_most=None if low else Decimal(most),
    )


def _reserve(draw: Random, ids: list[str]) -> Rule:
    overrun = Decimal(draw.choice(("0.1", "0.333")))
    return CostReserve(
        id="reserve", limit=draw.randint(50_000, 200_000), overrun=overrun, projects=1
    )


MAKERS: dict[str, Callable[[Random, list[str]], Rule]] = {
    "limit": _limit,
    "must": lambda draw, ids: Must(id="must", projects=(draw.choice(ids),)),
    "must not": lambda draw, ids: MustNot(id="not", projects=(draw.choice(ids),)),
    "requires": lambda draw, ids: Requires(
        id="needs", project=ids[0], needs=(draw.choice(ids[1:]),)
    ),
    "at most of": lambda draw, ids: AtMostOf(
        id="either", projects=tuple(draw.sample(ids, 2)), count=1
    ),
    "admission": lambda draw, ids: Admission(
        id="size", measure="grant", at_least=Decimal(draw.choice((20_000, 40_000)))
    ),
    "capacity": lambda draw, ids: Capacity(
        id="staff", resource="staff", amounts=(Decimal(draw.randint(3, 20)),)
    ),
    "reserve": _reserve,
    "synergy": lambda draw, ids: Synergy(
        id="both", projects=tuple(draw.sample(ids, 2)), worth=Decimal(draw.choice((-300, 400)))
    ),
}
