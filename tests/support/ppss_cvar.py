"""A published portfolio of 20 projects with start years, by mean and CVaR, as a question of ours.

Read from ../shared/data/instances/ppss_cvar: an open implementation (MIT license, by Danny816123 on
GitHub) of "Project portfolio selection and scheduling optimization based on risk measure: a
conditional value at risk approach". Its model, as its code states it:

- A project that starts in year s of 20 costs c at 1.1^s, and brings cash in the ten years after,
  year k at 1.1^(s+k). In an outcome each amount is its mean plus z of its standard deviations, and
  z is the same for all amounts of all projects.
- The aim is λ · E + (1 − λ) · CVaR_α of the portfolio's net present value, CVaR_α the mean of its
  worst 1 − α.
- 175 to invest every five years, what is left goes on to the next five. P6 and P8 have to be in.
  Weighted risk of at most 100, strategic score of at least 0.2.

Since one number moves all cash, net present value is mean + z · deviation for every portfolio, the
worst outcomes are the same for all, and both E and CVaR add up over projects.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from statistics import NormalDist

from portfolio.cluster import Cluster
from portfolio.funding.rules import Capacity, Must, SourceBudget
from portfolio.funding.sources import Source
from portfolio.pool import Pool
from portfolio.project import Project, ResourceNeed
from portfolio.scenario import Objective, Scenario
from portfolio.units import Calendar

YEARS, STAGE, STAGE_MONEY = 20, 5, 175
RATE = 1.1
LEAST_STRATEGY, MOST_RISK = 0.2, Decimal(100)
ALWAYS = ("P06", "P08")
RISKS = ("Tech_risk", "Sch_risk", "EP_risk", "Org_risk", "Stc_risk")
Starts = dict[str, int]
"""Start years, 1 to 20, by project."""


@dataclass(frozen=True)
class Proposal:
    """A project of the table: its cost, cash by year (mean and deviation), strategy and risk."""

    id: str
    cost: int
    means: tuple[float, ...]
    deviations: tuple[float, ...]
    strategy: float
    risk: Decimal

    def mean(self, start: int) -> float:
        """Expected net present value when it starts in a year."""
        cash = sum(m / RATE**k for k, m in enumerate(self.means, 1))
        return (cash - self.cost) / RATE**start

    def deviation(self, start: int) -> float:
        """Its standard deviation."""
        return sum(d / RATE**k for k, d in enumerate(self.deviations, 1)) / RATE**start


@dataclass(frozen=True)
class Published:
    """One line of the published selections."""

    alpha: float
    weight: float
    starts: Starts


def proposals(folder: Path) -> dict[str, Proposal]:
    """The 20 projects."""
    weights = {row[0]: Decimal(row[-1]) for row in _rows(folder / "Table_4.csv")[1:]}
    header, *rows = _rows(folder / "Table_5.csv")
    names = [name.strip() for name in header]
    found = {}
    for row in rows:
        told = dict(zip(names, row, strict=True))
        name = _id(told["Project number"])
        found[name] = Proposal(
            name,
            -int(told["c"]),
            tuple(float(told[f"{k}_in_cash_mean"]) for k in range(1, 11)),
            tuple(float(told[f"{k}_in_cash_std"]) for k in range(1, 11)),
            float(told["st_sc"]),
            sum((weights[kind] * Decimal(told[kind]) for kind in RISKS), Decimal(0)),
        )
    return found


def published(folder: Path) -> list[Published]:
    """The published selections, by α and λ."""
    header, *rows = _rows(folder / "decisions.csv")
    return [
        Published(
            float(row[0]),
            float(row[1]),
            {_id(n): int(s) for n, s in zip(header[2:22], row[2:22], strict=True) if int(s)},
        )
        for row in rows
    ]


def tail(alpha: float) -> float:
    """How many deviations the mean of the worst 1 − α lies below the mean: φ(z_α) / (1 − α)."""
    if alpha == 1:
        return 0.0  # stated with λ = 1 alone, where it weighs nothing
    normal = NormalDist()
    return normal.pdf(normal.inv_cdf(alpha)) / (1 - alpha)


def aim(table: dict[str, Proposal], starts: Starts, alpha: float, weight: float) -> float:
    """λ · E + (1 − λ) · CVaR_α of a portfolio."""
    mean = sum(table[name].mean(start) for name, start in starts.items())
    deviation = sum(table[name].deviation(start) for name, start in starts.items())
    return weight * mean + (1 - weight) * (mean - tail(alpha) * deviation)


def question(table: dict[str, Proposal], alpha: float, weight: float) -> tuple[Pool, Scenario]:
    """The published question in the words of the model.

    Worth is the ready-made benefit: what a project adds to the aim when it starts in the first
    year. A year later it adds a tenth less of itself, 1/1.1, which is what waiting costs.
    """
    calendar = Calendar(date(2001, 1, 1), 12, YEARS)
    last = date(2001 + YEARS - 1, 1, 1)
    projects = tuple(
        Project(
            each.id,
            each.id,
            cost=each.cost * 100,
            grant=each.cost * 100,
            benefit=aim(table, {each.id: 1}, alpha, weight),
            resources=(ResourceNeed("risk", each.risk),),
            latest_start=last,
            waiting_loss=1 - Decimal(1) / Decimal(str(RATE)),
        )
        for each in table.values()
    )
    budgets = [0] * YEARS
    budgets[::STAGE] = [STAGE_MONEY * 100] * (YEARS // STAGE)
    rules = (
        SourceBudget(id="money", source="fund"),
        Must(id="always", projects=ALWAYS),
        Capacity(id="risk", resource="risk", amounts=(MOST_RISK,)),
    )
    fund = Source("fund", "Fund", tuple(budgets), carry_over=True)
    cluster = Cluster("ppss", "Published portfolio", "EUR", calendar)
    return Pool(cluster, projects), Scenario(
        objective=Objective("benefit"), sources=(fund,), rules=rules
    )


def strategy(table: dict[str, Proposal], starts: Starts) -> float:
    """The strategic score of a portfolio."""
    return sum(table[name].strategy for name in starts)


def _id(name: str) -> str:
    """P1 as P01, so that the order of ids is that of the table."""
    return f"P{int(name[1:]):02}"


def _rows(path: Path) -> list[list[str]]:
    with path.open(newline="", encoding="utf-8-sig") as told:
        return list(csv.reader(told))
