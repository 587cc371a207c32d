"""A list as a cluster of its own: its id, its calendar and a question to begin with."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from dashboard.services.default_aim import with_default_aim
from data.importer import ImportResult, pool_of
from data.text import free_id, slug
from portfolio.cluster import Cluster
from portfolio.pool import Pool
from portfolio.units import Calendar

PERIODS = {"One for all": 0, "Years": 12, "Half-years": 6, "Quarters": 3}
"""Months of a period by the words of the choice; 0 is one period over everything."""
MOST_PERIODS = 40


def cluster_from(
    result: ImportResult, filename: str, name: str, periods: str, taken: Collection[str]
) -> tuple[Pool, tuple[str, ...]]:
    """The pool of a new cluster, with the question that the list asks or one that its figures answer.

    `taken` are the ids that the store has already. The sentences say what was assumed.
    """
    pool = pool_of(result, filename)
    notes: tuple[str, ...] = ()
    if result.scenario is None:
        pool, notes = with_default_aim(pool)
    own = name.strip() or pool.cluster.name
    calendar = _calendar(pool.cluster.calendar, PERIODS.get(periods, 0))
    cluster = replace(pool.cluster, id=free_id(slug(own), taken), name=own, calendar=calendar)
    return replace(pool, cluster=cluster), notes


def empty_cluster(name: str, currency: str, today: date, taken: Collection[str]) -> Cluster:
    """A cluster without projects: four years of half-years from the next January on."""
    calendar = Calendar(date(today.year + 1, 1, 1), 6, 8)
    return Cluster(free_id(slug(name), taken), name.strip(), currency, calendar)


def _calendar(whole: Calendar, months: int) -> Calendar:
    if not months:
        return whole
    start = date(whole.start.year, 1, 1)
    span = (whole.last_day(whole.count - 1).year - start.year + 1) * 12
    return Calendar(start, months, min(-(-span // months), MOST_PERIODS))
