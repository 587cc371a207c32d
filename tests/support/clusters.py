"""Clusters for screen tests: a very large one, and one whose every text tries to do something."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from portfolio.cluster import Cluster
from portfolio.funding.rules import Limit, TotalBudget
from portfolio.organization import Member, Organization
from portfolio.pool import Pool
from portfolio.project import Milestone, Project, ProjectStatus, Report, ThreePoint
from portfolio.scenario import Scenario
from portfolio.scoring.criteria import Anchor, Criterion, Judgement
from portfolio.units import Calendar

CALENDAR = Calendar(date(2027, 1, 1), 12, 3)
HOSTILE = (
    "![see](https://evil.example/x.png) [go](javascript:alert(1)) <img src=x onerror=alert(1)> "
    "$x^2$ :red[x] :material/home: `code` **bold** # h | a | b | =1+1"
)


def large(proposals: int, running: int = 0) -> Pool:
    """A cluster with many proposals, in a few themes, and some projects under way."""
    found = [
        Project(
            id=f"p{k:05}",
            name=f"Proposal {k:05}",
            cost=1_000_00 + k * 100,
            grant=500_00,
            theme=f"Theme {k % 5}",
            lead=f"o{k % 40}",
            payoff=ThreePoint(1_000_00, 3_000_00 + k * 100, 9_000_00 + k * 100),
            p_technical=0.3 + (k % 7) / 10,
            p_commercial=0.6,
            start=date(2027, 1, 1),
            end=date(2028, 6, 30),
        )
        for k in range(proposals)
    ]
    under_way = [
        Project(
            id=f"r{k:05}",
            name=f"Initiative {k:05}",
            cost=1_000_00,
            grant=500_00,
            status=ProjectStatus.RUNNING,
            start=date(2025, 1, 1),
            end=date(2026, 12, 31),
            reports=(Report(date(2026, 10, 1), 0.2, 400_00, rating="Red"),),
            milestones=(Milestone("Gate 1", date(2026, 1, 1), gate=True),),
        )
        for k in range(running)
    ]
    return Pool(
        Cluster("large", "Large cluster", "EUR", CALENDAR),
        projects=(*found, *under_way),
        organizations=tuple(Organization(f"o{k}", f"Organization {k}") for k in range(40)),
        scenario=Scenario(rules=(TotalBudget(id="budget", limit=20_000_00),)),
    )


def hostile() -> Pool:
    """A cluster in which names, summaries, rules, criteria and reports are all hostile."""
    proposal = Project(
        id="a",
        name=f"A {HOSTILE}",
        cost=100_00,
        grant=50_00,
        summary=HOSTILE,
        theme=HOSTILE,
        lead="o",
        payoff=ThreePoint(100_00, 300_00, 900_00),
        p_technical=0.5,
        p_commercial=0.5,
        rating=HOSTILE,
    )
    running = Project(
        id="r",
        name=f"R {HOSTILE}",
        cost=100_00,
        grant=50_00,
        status=ProjectStatus.RUNNING,
        lead="o",
        start=date(2025, 1, 1),
        end=date(2026, 6, 30),
        milestones=(Milestone(HOSTILE, date(2025, 6, 1), gate=True),),
        reports=(Report(date(2026, 1, 1), 0.1, 90_00, rating=f"red {HOSTILE}", note=HOSTILE),),
    )
    criterion = Criterion(
        "c", HOSTILE, 100, (Anchor(0, 0, HOSTILE), Anchor(9, 100, HOSTILE)), question=HOSTILE
    )
    members = (Member("m", f"M {HOSTILE}", "o", True), Member("n", f"N {HOSTILE}"))
    return Pool(
        Cluster("hostile", f"C {HOSTILE}", "EUR", CALENDAR),
        projects=(proposal, running),
        organizations=(Organization("o", f"O {HOSTILE}"),),
        members=members,
        criteria=(criterion,),
        judgements=(Judgement("m", "a", "c", 0), Judgement("n", "a", "c", 9)),
        scenario=Scenario(
            rules=(
                TotalBudget(id="budget", limit=100_00, origin=HOSTILE),
                Limit(id="l", attribute="theme", measure="projects", at_most=5, sentence=HOSTILE),  # type: ignore[arg-type]
            )
        ),
    )


LIVE = re.compile(r"(?<!\\)(?:!\[|<img|\[go\]|\[x\]\(|\$x\^|`code|\*\*bold|:red\[x|:material/home)")
"""What of a hostile text would act if it stood in Markdown as it was typed."""


def acting(texts: Iterable[str]) -> list[str]:
    """The texts of a page in which something hostile would act."""
    return [text for text in texts if LIVE.search(text)]
