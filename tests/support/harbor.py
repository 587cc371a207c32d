"""A small cluster whose projects may be chosen in several ways; the best mix is worked out by hand.

Worth is payoff less cost, in thousands: the pier 100, its pilot 60, either a tenth of its payoff
less when it waits (80 and 50); the crane 70, of which a part keeps its share; the buoy 10.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from portfolio.cluster import Cluster
from portfolio.funding.sources import Source
from portfolio.organization import HelixRole, Organization
from portfolio.pool import Pool
from portfolio.project import Project, ThreePoint, Version
from portfolio.scenario import Scenario
from portfolio.units import Calendar

THOUSAND = 100_000
"""Cents."""


def surely(payoff: int) -> ThreePoint:
    """A payoff in thousands that nobody doubts."""
    return ThreePoint(payoff * THOUSAND, payoff * THOUSAND, payoff * THOUSAND)


PIER = Project(
    "pier",
    "Pier",
    cost=100 * THOUSAND,
    grant=60 * THOUSAND,
    lead="dock",
    theme="Quays",
    payoff=surely(200),
    p_technical=1.0,
    p_commercial=1.0,
    start=date(2027, 7, 1),
    end=date(2027, 12, 31),
    versions=(Version("Pilot only", 40 * THOUSAND, 20 * THOUSAND, Decimal("0.5")),),
    latest_start=date(2028, 3, 1),
    waiting_loss=Decimal("0.1"),
)
CRANE = Project(
    "crane",
    "Crane",
    cost=80 * THOUSAND,
    grant=80 * THOUSAND,
    lead="dock",
    theme="Cargo",
    payoff=surely(150),
    p_technical=1.0,
    p_commercial=1.0,
    start=date(2027, 1, 1),
    end=date(2027, 6, 30),
    least_share=Decimal("0.6"),
)
BUOY = Project(
    "buoy",
    "Buoy",
    cost=10 * THOUSAND,
    grant=10 * THOUSAND,
    lead="uni",
    theme="Cargo",
    payoff=surely(20),
    p_technical=1.0,
    p_commercial=1.0,
    start=date(2027, 1, 1),
    end=date(2027, 6, 30),
)


def harbor(by_period: tuple[int, ...] = (58, 20, 60, 0)) -> Pool:
    """The cluster, with one funder of so many thousands in each half-year.

    As it stands, the best mix is the buoy, 60 % of the crane and the pier from 2028 H1: 132.
    Without the money of 2028 H1, its pilot in 2027 H2: 112.
    """
    return Pool(
        Cluster("harbor", "Harbor", "EUR", Calendar(date(2027, 1, 1), 6, 4)),
        projects=(PIER, CRANE, BUOY),
        organizations=(
            Organization("dock", "Dock Works", HelixRole.BUSINESS),
            Organization("uni", "Coast University", HelixRole.ACADEMIA),
        ),
        scenario=Scenario(
            sources=(Source("region", "Region", tuple(k * THOUSAND for k in by_period)),)
        ),
    )
