"""The pace signal: the work done against the plan, and the end that is in sight."""

from __future__ import annotations

from datetime import date, timedelta
from math import ceil

from portfolio.cluster import Cluster
from portfolio.project import Project
from portfolio.review.lateness import EARLY, lateness_by_plan
from portfolio.review.plan import Pace, Plan, pace, plan_of, reports_until
from portfolio.review.signal import (
    DEFAULT_LIMITS,
    Limits,
    Signal,
    State,
    bad_since,
    below_limit,
    from_limit,
    span,
    worst,
)
from portfolio.wording import percent


def pace_signal(
    project: Project, cluster: Cluster, on: date, limits: Limits = DEFAULT_LIMITS
) -> Signal:
    """SPI(t) by earned schedule, or the days late, whichever is worse.

    In the first tenth of the planned time a pace alone is never against a project.
    """
    plan = plan_of(project, cluster.calendar)
    by_pace, by_end = _states(project, plan, on, limits)
    state = worst(by_pace, by_end)
    if state is State.NOT_KNOWN:
        return Signal("pace", state, "no report tells how the work is getting on")
    history = [
        (moment, worst(*_states(project, plan, moment, limits)))
        for moment in _moments(project, plan, on, limits)
    ]
    facts = []
    speed = _speed(project, plan, on)
    if speed:
        facts.append(f"{percent(round(speed.spi, 2))} of the planned pace")
    if worst(by_pace, by_end) is not by_pace or not speed:
        late = lateness_by_plan(project, plan, on)
        facts.append(f"{_late(late.days or 0)} ({late.basis})")
    return Signal("pace", state, ", ".join(facts), bad_since(history))


def _speed(project: Project, plan: Plan | None, on: date) -> Pace | None:
    reports = reports_until(project, on)
    return pace(plan, reports[-1]) if plan and reports else None


def _states(project: Project, plan: Plan | None, on: date, limits: Limits) -> tuple[State, State]:
    """What the pace says, and what the end in sight says."""
    speed = _speed(project, plan, on)
    by_pace = State.NOT_KNOWN
    if speed:
        by_pace = below_limit(speed.spi, limits.pace_closer, limits.pace_against)
        if by_pace is State.AGAINST and speed.elapsed < EARLY:
            by_pace = State.LOOK_CLOSER
    late = lateness_by_plan(project, plan, on)
    by_end = State.NOT_KNOWN
    if plan and late.days is not None:
        share = late.days / plan.days
        by_end = from_limit(share, limits.late_closer, limits.late_against)
    return by_pace, by_end


def _moments(project: Project, plan: Plan | None, on: date, limits: Limits) -> list[date]:
    """The days up to `on` at which the signal may have turned."""
    moments = {on, *(report.on for report in reports_until(project, on))}
    if plan:
        overdue = plan.end + timedelta(days=ceil(limits.late_closer * plan.days))
        moments |= {overdue} if overdue < on else set()
    return sorted(moments)


def _late(days: int) -> str:
    if days == 0:
        return "on time"
    return f"{span(abs(days))} {'late' if days > 0 else 'early'}"
