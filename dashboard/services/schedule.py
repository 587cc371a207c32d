"""When the projects of a mix run, as they were chosen, and which source pays in which period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dashboard.services import chosen
from dashboard.services.mix import Answered
from portfolio.pool import Pool
from portfolio.project import Project
from portfolio.scenario import Scenario
from portfolio.selection import Selection
from portfolio.units import Calendar
from portfolio.wording import count

MOST = 25
"""Bars on one page; more cannot be told apart."""


@dataclass(frozen=True, slots=True)
class Run:
    """A project from its first day to its last; `proposed` holds both as proposed where it waits."""

    project: str
    name: str
    start: date
    end: date
    grant: int
    way: str
    proposed: tuple[date, date] | None


def runs(answered: Answered) -> tuple[Run, ...]:
    """The projects of a mix, the first to start first."""
    pool = answered.pool
    ways = chosen.clauses(pool, answered.selection.chosen)
    found = [_run(pool, project, ways.get(project.id, "")) for project in answered.mix]
    return tuple(sorted(found, key=lambda run: (run.start, run.end, run.name, run.project)))


def finding(found: tuple[Run, ...]) -> str:
    """What the bars show, for the heading above them."""
    moved = sum(run.proposed is not None for run in found)
    if not moved:
        return "Each project starts as it proposed"
    later = "starts later than it proposed" if moved == 1 else "start later than they proposed"
    return f"{count(moved, 'project')} of {len(found):,} {later}"


def spend_by_period(pool: Pool, selection: Selection) -> list[int]:
    """Cents of grant by period."""
    calendar = pool.cluster.calendar
    totals = [0] * calendar.count
    for project in chosen.projects(pool, selection.chosen):
        for period, cents in enumerate(project.grant_by_period(calendar)):
            totals[period] += cents
    return totals


def spend_by_source(pool: Pool, scenario: Scenario, selection: Selection) -> dict[str, list[int]]:
    """Cents paid by source and period; empty for a question without sources."""
    paid = {source.id: [0] * pool.cluster.calendar.count for source in scenario.sources}
    for payment in selection.payments:
        paid[payment.source][payment.period] += payment.cents
    return paid


def _run(pool: Pool, project: Project, way: str) -> Run:
    calendar = pool.cluster.calendar
    start, end = _days(project, calendar)
    proposed = _days(pool.project(project.id), calendar)
    return Run(
        project.id,
        project.name or project.id,
        start,
        end,
        project.grant,
        way,
        proposed if proposed[0] < start else None,
    )


def _days(project: Project, calendar: Calendar) -> tuple[date, date]:
    """Its first and last day; where they are not known, those of the periods it counts in."""
    periods = project.periods(calendar)
    start = project.start or calendar.first_day(periods.start)
    end = project.end or calendar.last_day(periods.stop - 1)
    return start, max(start, end)
