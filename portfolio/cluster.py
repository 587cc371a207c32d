"""A cluster: its purpose, money, calendar and the criteria by which its board judges."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portfolio.units import Calendar


@dataclass(frozen=True, slots=True)
class Cluster:
    """One cluster organization. `discount_rate` is a decimal a year (0.035 for 3.5 %).

    `fictional` marks the demo: screens and reports say so.
    """

    id: str
    name: str
    currency: str
    calendar: Calendar
    purpose: str = ""
    discount_rate: float = 0.035
    next_board: date | None = None
    fictional: bool = False
