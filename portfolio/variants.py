"""The ways in which a project may be chosen: as proposed, in another version, in part, or later."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import copysign, inf

from portfolio.errors import NotFoundError
from portfolio.pool import Pool
from portfolio.project import (
    CashYear,
    Project,
    ProjectStatus,
    ResourceNeed,
    ThreePoint,
    Version,
)
from portfolio.scoring.exact import exact
from portfolio.selection import Choice
from portfolio.units import Calendar

PART_STEP = Fraction(1, 10)
"""A project that may be funded in part is offered at these steps of its grant."""

Pick = str | Choice
"""A choice of the mix; a plain id stands for the project as proposed."""


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to choose a project: the choice, the project as it would run then, and its share.

    `share` of the worth of the project as proposed is left, waiting counted.
    """

    choice: Choice
    project: Project
    share: Fraction


def variants(project: Project, calendar: Calendar) -> tuple[Variant, ...]:
    """Every way to choose a project; the first is the project as proposed, at its earliest start.

    Then by version, in the order stated, parts from the largest down, and by start. A choice
    names a version only where it is not the one proposed, and a start period only where the
    project may wait.
    """
    if not project.versions and project.least_share is None and project.latest_start is None:
        return (Variant(Choice(project.id), project, Fraction(1)),)
    starts = _starts(project, calendar)
    return tuple(
        one
        for version in (None, *project.versions, *parts(project))
        for one in _started(project, version, starts, calendar)
    )


def variant(project: Project, pick: Pick, calendar: Calendar) -> Variant:
    """The way that a choice names; NotFoundError when the project cannot be chosen so."""
    choice = Choice(pick) if isinstance(pick, str) else pick
    if choice.version is None and choice.start is None and not _waits(project, calendar):
        return Variant(Choice(project.id), project, Fraction(1))
    if choice.start is None and isinstance(pick, str):
        choice = Choice(project.id, None, _starts(project, calendar)[0])
    versions = {version.name: version for version in (*project.versions, *parts(project))}
    known = choice.version is None or choice.version in versions
    if not known or choice.start not in _starts(project, calendar):
        raise NotFoundError(f"“{project.name}” cannot be chosen in this version and period.")
    version = None if choice.version is None else versions[choice.version]
    return next(_started(project, version, (choice.start,), calendar))


def realized(pool: Pool, picks: Iterable[Pick]) -> list[Variant]:
    """The variants that a mix holds, in its order; NotFoundError for what is no candidate's."""
    calendar = pool.cluster.calendar
    chosen = []
    for pick in picks:
        project = pool.project(pick if isinstance(pick, str) else pick.project)
        if project.status is not ProjectStatus.PROPOSAL or not project.cost_known:
            raise NotFoundError(f"“{project.name}” is no candidate.")
        chosen.append(variant(project, pick, calendar))
    return chosen


def parts(project: Project) -> Iterator[Version]:
    """The parts of a project that may be funded: its least share, and the tenths above it.

    >>> one = Project("a", "A", cost=1_000, grant=800, least_share=Decimal("0.75"))
    >>> [(part.name, part.cost, part.grant) for part in parts(one)]
    [('90 %', 900, 720), ('80 %', 800, 640), ('75 %', 750, 600)]
    """
    if project.least_share is None:
        return
    least = Fraction(project.least_share)
    tenths = [share for k in range(9, 0, -1) if (share := k * PART_STEP) > least]
    for share in [*tenths, *([least] if least < 1 else [])]:
        worth = Decimal(share.numerator) / Decimal(share.denominator)
        percent = f"{worth * 100:f}"
        percent = percent.rstrip("0").rstrip(".") if "." in percent else percent
        yield Version(
            f"{percent} %", round(project.cost * share), round(project.grant * share), worth
        )


def _waits(project: Project, calendar: Calendar) -> bool:
    return project.latest_start is not None and _starts(project, calendar) != (None,)


def _starts(project: Project, calendar: Calendar) -> tuple[int | None, ...]:
    """The periods in which it may start; None alone where that is not open."""
    if project.latest_start is None:
        return (None,)
    first = project.periods(calendar).start
    last = min(calendar.index(project.latest_start), calendar.count - 1)
    return tuple(range(first, last + 1)) if last > first else (None,)


def _started(
    project: Project, version: Version | None, starts: Iterable[int | None], calendar: Calendar
) -> Iterator[Variant]:
    """A version from each of these periods on, None for the one that stands."""
    first = project.periods(calendar).start
    name = None if version is None else version.name
    size = Fraction(1) if version is None else Fraction(version.worth)
    sized = project if version is None else _resized(project, version)
    kept = 1 - Fraction(project.waiting_loss)
    run, known = sized, Fraction(1)
    for start in starts:
        waited = 0 if start is None else start - first
        share = size * kept**waited
        if share != known:
            run, known = sized if share == 1 else _worth(sized, share), share
        delayed = _delayed(run, waited, calendar) if waited else run
        yield Variant(Choice(project.id, name, start), delayed, share)


def _resized(project: Project, version: Version) -> Project:
    """Cost and grant of the version; what hangs on the cost in proportion to it."""
    size = Fraction(version.cost, project.cost) if project.cost else Fraction(1)
    return replace(
        project,
        cost=version.cost,
        grant=version.grant,
        launch_cost=round(project.launch_cost * size),
        cash=tuple(
            replace(one, amount=round(one.amount * size)) if one.amount < 0 else one
            for one in project.cash
        ),
        resources=tuple(
            ResourceNeed(need.resource, times(need.amount, size)) for need in project.resources
        ),
    )


def _worth(project: Project, share: Fraction) -> Project:
    """What it returns, in proportion to its share of the worth."""
    payoff = project.payoff
    return replace(
        project,
        payoff=None
        if payoff is None
        else ThreePoint(
            round(payoff.low * share), round(payoff.likely * share), round(payoff.high * share)
        ),
        cash=tuple(
            replace(one, amount=round(one.amount * share)) if one.amount > 0 else one
            for one in project.cash
        ),
        benefit=None if project.benefit is None else _benefit(project.benefit, share),
    )


def _benefit(benefit: float, share: Fraction) -> float:
    try:
        return float(exact(benefit) * share)
    except OverflowError:  # no float is as large; `value` reckons with what was written
        return copysign(inf, benefit)


def _delayed(project: Project, waited: int, calendar: Calendar) -> Project:
    """So many periods later: its dates, and its cash by whole years."""
    months = waited * calendar.months
    inside = project.start is not None and project.start >= calendar.start
    start = project.start if inside and project.start is not None else calendar.start
    return replace(
        project,
        start=_later(start, months),
        end=None if project.end is None else _later(project.end, months),
        cash=tuple(
            CashYear(one.year + months // 12, one.amount, one.p_pass) for one in project.cash
        ),
    )


def _later(day: date, months: int) -> date:
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    if year > date.max.year:
        return date.max
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def times(amount: Decimal, size: Fraction) -> Decimal:
    """An amount in proportion, rounded to a millionth so that it can be written down."""
    return Decimal(round(Fraction(amount) * size * 10**6)).scaleb(-6)
