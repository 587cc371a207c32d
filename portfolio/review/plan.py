"""The plan of a running project day by day, and its pace against it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from portfolio.project import Project, Report
from portfolio.review.earned_schedule import (
    earned_schedule,
    ieac_t,
    spi_t,
    without_pauses,
    working_time,
)
from portfolio.units import Calendar


@dataclass(frozen=True, slots=True)
class Plan:
    """Work planned from `start` to `end`.

    `planned` is the cumulative share at the end of each day, 0 to 1; `clock` the same without
    the days for which nothing is planned.
    """

    start: date
    end: date
    planned: tuple[float, ...]
    clock: tuple[float, ...]

    @property
    def days(self) -> int:
        """Days from start to end."""
        return len(self.planned)

    def share(self, on: date) -> float:
        """Share of the work planned by a day, 0 to 1."""
        passed = (on - self.start).days
        return self.planned[min(passed, self.days) - 1] if passed > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a project moved up to a day.

    `spi` is SPI(t), 1 on plan; `elapsed` the share of the planned working time that has passed;
    `end` where the work ends at this pace, None when nothing moves.
    """

    on: date
    spi: float
    elapsed: float
    end: date | None


def plan_of(project: Project, calendar: Calendar) -> Plan | None:
    """The plan of a project; None when a date is missing or the end is not after the start.

    The work follows the project's spending profile, evenly within each period of the calendar,
    and evenly over the whole time where there is none.
    """
    if project.start is None or project.end is None or project.end <= project.start:
        return None
    days = (project.end - project.start).days
    planned = tuple(accumulate(_work_by_day(project, calendar, project.start, days)))
    return Plan(project.start, project.end, planned, without_pauses(planned))


def pace(plan: Plan, report: Report) -> Pace | None:
    """The pace up to a report, by earned schedule; None before any work was to be done.

    The clock stops on days for which nothing is planned.
    """
    worked = working_time(plan.planned, (report.on - plan.start).days)
    whole = len(plan.clock)
    spi = spi_t(earned_schedule(plan.clock, report.complete * plan.clock[-1]), worked)
    if spi is None:
        return None
    duration = ieac_t(whole, spi)
    end = None if duration is None else _later(plan.start, duration + plan.days - whole)
    return Pace(report.on, spi, worked / whole, end)


def reports_until(project: Project, on: date) -> tuple[Report, ...]:
    """The reports up to a day, oldest first."""
    return tuple(sorted((r for r in project.reports if r.on <= on), key=lambda r: r.on))


def _later(start: date, days: float) -> date | None:
    try:
        return start + timedelta(days=round(days))
    except OverflowError:  # past the year 9999: at that pace it never ends
        return None


def _work_by_day(project: Project, calendar: Calendar, start: date, days: int) -> list[float]:
    even = [1 / days] * days
    first = calendar.index(start)
    work: list[float] = []
    for offset, amount in enumerate(project.spend):
        next_period = (calendar.first_day(first + offset + 1) - start).days
        here = min(next_period, days) - len(work)
        work += [amount / here] * here if here > 0 else []
    work += [0.0] * (days - len(work))
    whole = sum(work)
    return [amount / whole for amount in work] if whole > 0 else even
