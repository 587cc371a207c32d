"""The fictional Halm Maritime Cluster: its calendar, criteria, money and standing rules."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from portfolio.cluster import Cluster
from portfolio.funding.rules import (
    AidGrant,
    AtMostOf,
    Capacity,
    DeMinimis,
    LeaderLoad,
    Limit,
    Requires,
)
from portfolio.funding.sources import Rate, Source
from portfolio.organization import HelixRole
from portfolio.project import Scope
from portfolio.scenario import Objective, Scenario
from portfolio.scoring.criteria import Anchor, Criterion
from portfolio.units import Calendar

CLUSTER = Cluster(
    id="halm-maritime",
    name="Halm Maritime Cluster",
    currency="EUR",
    calendar=Calendar(date(2027, 1, 1), 6, 8),
    purpose=(
        "A fictional cluster of yards, ports, ship operators, schools and labs around an invented "
        "bay. Every name and figure is made up; any likeness to a real one is chance."
    ),
    discount_rate=0.035,
    next_board=date(2026, 12, 3),
    fictional=True,
)

OCTOBER = date(2026, 10, 15)
"""The board looked at its rules anew, and the agency wrote what it pays at most."""
LEVELS = (0, 2, 5, 7, 9)
VALUES = (0, 20, 50, 75, 100)


def _criterion(id: str, name: str, swing: float, question: str, *words: str) -> Criterion:
    anchors = tuple(
        Anchor(level, value, text) for level, value, text in zip(LEVELS, VALUES, words, strict=True)
    )
    return Criterion(id, name, swing, anchors, shape="anchored", question=question)


CRITERIA = (
    _criterion(
        "pull",
        "Somebody waits for it",
        100,
        "Who would pay for the result, and how do we know?",
        "nobody has asked for it",
        "some say that they are interested",
        "one has written that they want to try it",
        "one pays a part of it now",
        "a customer has signed",
    ),
    _criterion(
        "shared",
        "Shared use",
        80,
        "How many of us gain from it?",
        "its own partners alone",
        "a few of our members",
        "a whole trade among us",
        "most of our members",
        "everybody, members or not",
    ),
    _criterion(
        "team",
        "Team",
        60,
        "Can these people bring it off?",
        "we do not know who would do it",
        "good people, none of whom did this before",
        "half of the team has done it before",
        "the team has done it before",
        "the best team we could ask for",
    ),
    _criterion(
        "sea",
        "Clean sea and port",
        50,
        "What does it do for air, water and what lives in it?",
        "harm that we would have to repair",
        "nothing",
        "a little, and it can be measured",
        "much in one place",
        "much in every port that copies it",
    ),
    _criterion(
        "new",
        "New ground",
        40,
        "Will we know something that nobody here knew?",
        "it has been done here",
        "it has been done, but not here",
        "a new mix of known things",
        "new to our trade",
        "new to the world",
    ),
)


def _thousand(*amounts: int) -> tuple[int, ...]:
    return tuple(amount * 100_000 for amount in amounts)


SOURCES = (
    Source(
        id="region",
        name="Halm Region",
        budgets=_thousand(260, 220, 140, 110, 80, 40, 0, 0),
        carry_over=True,
        scopes=(Scope.CLUSTER_WIDE, Scope.HOT_SPOT),
        note="Structural funds; nothing for a few partners alone.",
    ),
    Source(
        id="agency",
        name="National agency",
        budgets=_thousand(190, 200, 150, 110, 60, 40, 0, 0),
        carry_over=False,
        themes=("Autonomous vessels", "Ocean sensing", "Port energy"),
        lead_roles=(HelixRole.BUSINESS, HelixRole.ACADEMIA),
        rates=(
            Rate("small", Decimal("0.45")),
            Rate("mid", Decimal("0.35")),
            Rate("large", Decimal("0.25")),
        ),
        note="Technology only; what is not spent in its half-year goes back.",
    ),
    Source(
        id="members",
        name="Members' fund",
        budgets=_thousand(120, 80, 50, 30, 20, 0, 0, 0),
        carry_over=True,
        public=False,
        note="Paid by the members, free for anything.",
    ),
    Source(
        id="foundation",
        name="Skills Foundation",
        budgets=_thousand(60, 60, 40, 20, 10, 10, 0, 0),
        carry_over=True,
        public=False,
        themes=("Shared labs", "Skills"),
        note="People and the rooms in which they learn.",
    ),
)

RULES = (
    Limit(
        id="themes",
        attribute="theme",
        at_least=Decimal("0.05"),
        at_most=Decimal("0.30"),
        origin="Strategy 2025, page 4",
    ),
    Limit(
        id="newcomers",
        attribute="newcomer",
        value="yes",
        at_least=Decimal("0.20"),
        origin="Board decision of March 2026",
    ),
    Limit(
        id="one-organization",
        attribute="lead",
        at_most=Decimal("0.15"),
        origin="Statutes, article 9",
    ),
    Limit(
        id="high-risk",
        attribute="risk",
        value="high",
        at_least=Decimal("0.10"),
        at_most=Decimal("0.25"),
        origin="Board decision of March 2026",
    ),
    Limit(
        id="quick-wins",
        attribute="horizon",
        value="quick win",
        measure="projects",
        at_least=Decimal(5),
        origin="Strategy 2025, page 6",
    ),
    Limit(
        id="few-partners",
        attribute="scope",
        value="private collaboration",
        at_most=Decimal("0.25"),
        origin="Agreement with the Region",
    ),
    Limit(
        id="across-borders",
        attribute="international",
        value="yes",
        measure="projects",
        at_least=Decimal(3),
        origin="Agreement with the Region",
    ),
    Capacity(
        id="staff-days",
        resource="staff days",
        amounts=tuple(Decimal(days) for days in (80, 100, 100, 80, 70, 55, 45, 45)),
        origin="Office plan 2027",
    ),
    Capacity(
        id="vessel-days",
        resource="test vessel days",
        amounts=(Decimal(50),),
        origin="Skipper's calendar",
    ),
    Requires(
        id="tug-needs-room",
        project="remote-tug",
        needs=("shore-control",),
        origin="Condition of the harbor master",
    ),
    AtMostOf(
        id="one-trial-in-the-fairway",
        projects=("collision-pool", "harbor-pilot", "remote-tug", "ferry-convoy"),
        count=1,
        origin="Condition of the harbor master",
    ),
    LeaderLoad(
        id="two-at-a-time",
        at_most=2,
        origin="Board decision of October 2026",
        valid_from=OCTOBER,
    ),
    DeMinimis(
        id="small-aid",
        granted=(
            AidGrant("dune", date(2023, 5, 4), 8_000_000),
            AidGrant("blue-grid-store", date(2024, 11, 18), 6_000_000),
            AidGrant("nordkai-comp", date(2025, 6, 2), 9_000_000),
            AidGrant("seawise-robotics", date(2026, 2, 10), 4_500_000),
        ),
        origin="Regulation (EU) 2023/2831",
        valid_from=OCTOBER,
    ),
)

SCENARIO = Scenario(
    name="December 2026 board",
    objective=Objective(),
    sources=SOURCES,
    rules=RULES,
)
