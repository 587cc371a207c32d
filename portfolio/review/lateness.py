"""Lateness: where a running project will end, against where it promised to, and how we know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portfolio.project import Project
from portfolio.review.plan import Plan, pace, plan_of, reports_until
from portfolio.units import Calendar
from portfolio.wording import day, percent

EARLY = 0.1
"""Share of the planned time before which a pace is too young to judge by."""


@dataclass(frozen=True, slots=True)
class Lateness:
    """`days` late (below zero: early) from `baseline` to `forecast`, None when either is unknown.

    `basis` is a clause that says where the forecast comes from.
    """

    baseline: date | None
    forecast: date | None
    days: int | None
    basis: str


@dataclass(frozen=True, slots=True)
class _Forecast:
    end: date
    basis: str


def lateness(project: Project, calendar: Calendar, on: date) -> Lateness:
    """Days late as known on a day.

    The latest of three: the end that the last report forecasts, the end at the pace so far
    (earned schedule, once a tenth of the planned time has passed), and the day itself where the
    end has passed and the work is not done. Projects hope; their pace does not.
    """
    return lateness_by_plan(project, plan_of(project, calendar), on)


def lateness_by_plan(project: Project, plan: Plan | None, on: date) -> Lateness:
    """The same, for a plan that is already worked out."""
    finished = _finished(project, on)
    forecasts = [finished] if finished else _forecasts(project, plan, on)
    if not forecasts:
        return Lateness(project.end, None, None, "no report says when it will end")
    last = max(forecasts, key=lambda forecast: forecast.end)
    days = None if project.end is None else (last.end - project.end).days
    return Lateness(project.end, last.end, days, last.basis)


def _finished(project: Project, on: date) -> _Forecast | None:
    """The first report from which on the work has stayed done."""
    since = None
    for report in reports_until(project, on):
        since = (since or report.on) if report.complete >= 1 else None
    return None if since is None else _Forecast(since, "all work is reported done")


def _forecasts(project: Project, plan: Plan | None, on: date) -> list[_Forecast]:
    found = []
    reports = reports_until(project, on)
    own = next((report for report in reversed(reports) if report.forecast_end), None)
    if own and own.forecast_end:
        found.append(_Forecast(own.forecast_end, f"its own forecast of {day(own.on)}"))
    speed = pace(plan, reports[-1]) if plan and reports else None
    if speed and speed.end and speed.elapsed >= EARLY:
        basis = f"{percent(round(speed.spi, 2))} of the planned pace up to {day(speed.on)}"
        found.append(_Forecast(speed.end, basis))
    if project.end and project.end < on:
        found.append(_Forecast(on, f"its end on {day(project.end)} has passed"))
    return found
