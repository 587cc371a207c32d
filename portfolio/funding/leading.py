"""How many projects each person leads at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from portfolio.project import Project
from portfolio.units import Calendar


def leads(projects: Iterable[Project], calendar: Calendar) -> Counter[tuple[str, int]]:
    """How many of these projects each named leader has in each period."""
    return Counter(
        (project.leader, t)
        for project in projects
        if project.leader
        for t in project.periods(calendar)
    )
