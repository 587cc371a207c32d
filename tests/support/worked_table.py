"""The worked table of six projects that the design states, in millions."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from portfolio.cluster import Cluster
from portfolio.funding.rules import TotalBudget
from portfolio.pool import Pool
from portfolio.project import Project, ThreePoint
from portfolio.scenario import Scenario
from portfolio.units import Calendar, to_cents

MILLION = 1_000_000
MICRO = 1_000_000
# name: PV, Pts, Pcs, D, C and the expected commercial value that follows
TABLE = {
    "Alpha": ("30", 0.8, 0.5, "3", "5", "5"),
    "Beta": ("63.75", 0.5, 0.8, "5", "2", "19.5"),
    "Gamma": ("8.62", 0.75, 0.75, "2", "1", "2.09875"),
    "Delta": ("3", 1.0, 1.0, "1", "0.5", "1.5"),
    "Echo": ("50", 0.6, 0.75, "5", "3", "15.7"),
    "Foxtrot": ("66.25", 0.5, 0.8, "10", "2", "15.5"),
}


def cents(millions: str) -> int:
    """Cents of an amount in millions."""
    return to_cents(Decimal(millions) * MILLION)


def micro(millions: str) -> int:
    """Millionths of a currency unit of an amount in millions."""
    return int(Decimal(millions) * MILLION * MICRO)


def worked_pool() -> Pool:
    """The six projects; all money is asked from the cluster."""
    projects = tuple(
        Project(
            id=name,
            name=name,
            cost=cents(development),
            grant=cents(development),
            payoff=ThreePoint(cents(pv), cents(pv), cents(pv)),
            launch_cost=cents(launch),
            p_technical=technical,
            p_commercial=commercial,
        )
        for name, (pv, technical, commercial, development, launch, _) in TABLE.items()
    )
    return Pool(Cluster("w", "Worked", "EUR", Calendar(date(2027, 1, 1), 12, 1)), projects)


def worked_scenario(millions: str) -> Scenario:
    """The most expected payoff out of a total budget."""
    return Scenario(rules=(TotalBudget(id="budget", limit=cents(millions)),))
