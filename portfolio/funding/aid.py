"""Aid to single undertakings under a ceiling over rolling years."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from portfolio.funding.classes import aid_class
from portfolio.funding.rules import DeMinimis
from portfolio.pool import Pool
from portfolio.project import Project

FIRMS = ("small", "mid", "large")


def undertaking(pool: Pool, organization_id: str) -> str | None:
    """The single undertaking of an organization: its group, or itself; None when it is no firm."""
    organization = pool.organization(organization_id)
    if organization is None or aid_class(organization) not in FIRMS:
        return None
    return organization.group or organization.id


def granted_before(rule: DeMinimis, pool: Pool, day: date) -> dict[str, int]:
    """Cents by undertaking that were granted less than so many years before a day, or after it.

    A grant of the same date so many years ago has left the window; one of a later date has its own
    window in which the day lies (Regulation (EU) 2023/2831: over any period of three years).
    """
    begins = _years_before(day, rule.years)
    sums: dict[str, int] = defaultdict(int)
    for grant in rule.granted:
        owner = undertaking(pool, grant.organization)
        if owner is not None and begins < grant.on:
            sums[owner] += grant.cents
    return dict(sums)


def receiver(pool: Pool, project: Project) -> str | None:
    """The undertaking for which a project's grant counts; None where it counts for none."""
    return undertaking(pool, project.lead) if project.lead else None


def _years_before(day: date, years: int) -> date:
    if years >= day.year:
        return date.min
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return date(day.year - years, 2, 28)
