"""Every way to choose a project by the words of the model, in arithmetic of our own.

It shares no code with `portfolio.variants`: whole cents by halves to even, shares as fractions.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from portfolio.project import CashYear, Project, ResourceNeed, ThreePoint
from portfolio.selection import Choice
from portfolio.units import Calendar
from tests.support.oracle import active_periods, months_before


@dataclass(frozen=True)
class Way:
    """A choice, the project as it would run, and the share of its worth that is left."""

    choice: Choice
    project: Project
    share: Fraction


def ways(project: Project, calendar: Calendar) -> list[Way]:
    """As proposed, then its versions as stated, then its parts from the largest down; each of them
    at its own start and then one period later after the other."""
    starts = when(project, calendar)
    return [
        Way(
            Choice(project.id, name, start if len(starts) > 1 else None),
            later(sized(project, cost, grant, worth * kept), waited, calendar),
            worth * kept,
        )
        for name, cost, grant, worth in sizes(project)
        for waited, start in enumerate(starts)
        for kept in [(1 - Fraction(project.waiting_loss)) ** waited]
    ]


def when(project: Project, calendar: Calendar) -> range:
    """The periods in which it may start: its own, and those up to the one of its latest start."""
    first = last = active_periods(project, calendar).start
    if project.latest_start is not None:
        months = months_before(project.latest_start.year, project.latest_start.month, calendar)
        last = max(first, min(months // calendar.months, calendar.count - 1))
    return range(first, last + 1)


def sizes(project: Project) -> Iterator[tuple[str | None, int, int, Fraction]]:
    """Name, cost, grant and share of the worth of each size of a project."""
    yield None, project.cost, project.grant, Fraction(1)
    for version in project.versions:
        yield version.name, version.cost, version.grant, Fraction(version.worth)
    if project.least_share is None:
        return
    least = Fraction(project.least_share)
    shares = [Fraction(tenths, 10) for tenths in range(9, 0, -1) if Fraction(tenths, 10) > least]
    for share in [*shares, least] if least < 1 else shares:
        yield percent(share), round(project.cost * share), round(project.grant * share), share


def percent(share: Fraction) -> str:
    """A share in words, all its decimals and no more: 75 %, 12.5 %."""
    text = str(Decimal((share * 100).numerator) / Decimal((share * 100).denominator))
    return f"{text} %"


def sized(project: Project, cost: int, grant: int, worth: Fraction) -> Project:
    """What it needs in proportion to its cost, what it returns in proportion to its worth."""
    part = Fraction(cost, project.cost) if project.cost else Fraction(1)
    low_likely_high = project.payoff and [
        round(cents * worth)
        for cents in (project.payoff.low, project.payoff.likely, project.payoff.high)
    ]
    return replace(
        project,
        cost=cost,
        grant=grant,
        launch_cost=round(project.launch_cost * part),
        payoff=None if low_likely_high is None else ThreePoint(*low_likely_high),
        cash=tuple(
            replace(one, amount=round(one.amount * (worth if one.amount > 0 else part)))
            for one in project.cash
        ),
        resources=tuple(
            ResourceNeed(need.resource, millionths(Fraction(need.amount) * part))
            for need in project.resources
        ),
    )


def millionths(amount: Fraction) -> Decimal:
    """An amount to six decimals, halves to even."""
    return Decimal(round(amount * 10**6)) / 10**6


def later(project: Project, waited: int, calendar: Calendar) -> Project:
    """So many periods later. What had begun before the horizon begins with the period it waits for.

    Cash is planned by the year, so only whole years move it.
    """
    if not waited:
        return project
    months = waited * calendar.months
    began = project.start or calendar.start
    return replace(
        project,
        start=months_later(max(began, calendar.start), months),
        end=project.end and months_later(project.end, months),
        cash=tuple(
            CashYear(one.year + months // 12, one.amount, one.p_pass) for one in project.cash
        ),
    )


def months_later(day: date, months: int) -> date:
    """The same day so many months on, the last of its month where that has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
