"""What a project has to be so that a mix may hold it, and what would make it so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from portfolio.funding.classes import aid_class, lead_class
from portfolio.funding.rules import Admission
from portfolio.organization import HelixRole, Organization
from portfolio.pool import Pool
from portfolio.project import Project
from portfolio.wording import count, money, percent

Unit = Literal["cents", "share", "months", "organizations", "roles", "small firms", "newcomers"]
HELIX = (HelixRole.BUSINESS, HelixRole.ACADEMIA, HelixRole.PUBLIC)


@dataclass(frozen=True, slots=True)
class Measure:
    """Something of a project that a condition may limit: what it is called, its unit, its reading.

    `of` gives None where it is not known.
    """

    words: str
    unit: Unit
    of: Callable[[Pool, Project, date], Fraction | None]


@dataclass(frozen=True, slots=True)
class Shortfall:
    """How a project misses a condition: what it has, and the smallest change that mends it."""

    rule: str
    has: str
    change: str


def shortfall(rule: Admission, pool: Pool, project: Project, day: date) -> Shortfall | None:
    """How a project, as it would run, misses a condition on a day; None when it meets it."""
    if rule.classes and lead_class(pool, project) not in rule.classes:
        return None
    measure = MEASURES[rule.measure]
    found = measure.of(pool, project, day)
    if found is None:
        return Shortfall(rule.id, f"{measure.words} not known", f"State its {measure.words}")
    low = None if rule.at_least is None else Fraction(rule.at_least)
    high = None if rule.at_most is None else Fraction(rule.at_most)
    has = f"{measure.words} {_said(found, measure.unit, pool)}"
    if low is not None and found < low:
        more = _said(low - found, measure.unit, pool)
        return Shortfall(rule.id, has, f"{more} more would do")
    if high is not None and found > high:
        less = _said(found - high, measure.unit, pool)
        return Shortfall(rule.id, has, f"{less} less would do")
    return None


def admitted(rules: tuple[Admission, ...], pool: Pool, project: Project, day: date) -> bool:
    """Whether a project meets every one of these conditions."""
    return all(shortfall(rule, pool, project, day) is None for rule in rules)


def _said(amount: Fraction, unit: Unit, pool: Pool) -> str:
    match unit:
        case "cents":
            return money(-int(-amount // 1), pool.cluster.currency)
        case "share":
            return percent(float(amount))
        case "months":
            return count(-int(-amount // 1), "month")
        case _:
            return count(-int(-amount // 1), unit.removesuffix("s"))


def _organizations(pool: Pool, project: Project) -> Iterator[Organization | None]:
    names = dict.fromkeys([project.lead, *(p.organization for p in project.partners if p.active)])
    return (pool.organization(name) for name in names if name)


def _partners(pool: Pool, project: Project, day: date) -> Fraction:
    names = {partner.organization for partner in project.partners if partner.active}
    return Fraction(len(names - {project.lead}))


def _helix(pool: Pool, project: Project, day: date) -> Fraction:
    roles = {one.role for one in _organizations(pool, project) if one is not None}
    return Fraction(sum(role in roles for role in HELIX))


def _small_firms(pool: Pool, project: Project, day: date) -> Fraction:
    return Fraction(sum(aid_class(one) == "small" for one in _organizations(pool, project)))


def _newcomers(pool: Pool, project: Project, day: date) -> Fraction:
    return Fraction(sum(one is not None and one.newcomer for one in _organizations(pool, project)))


def _grant_share(pool: Pool, project: Project, day: date) -> Fraction | None:
    return Fraction(project.grant, project.cost) if project.cost else None


def _duration(pool: Pool, project: Project, day: date) -> Fraction | None:
    if project.start is None or project.end is None or project.end < project.start:
        return None
    return Fraction(_months(project.start, project.end))


def _wait(pool: Pool, project: Project, day: date) -> Fraction | None:
    return Fraction(0 if project.start is None else max(_months(day, project.start), 0))


def _months(begin: date, end: date) -> int:
    """Whole months from one day to another, a part of one counted whole."""
    months = (end.year - begin.year) * 12 + end.month - begin.month
    return months + (end.day > begin.day)


MEASURES: dict[str, Measure] = {
    "partners": Measure("partners", "organizations", _partners),
    "helix roles": Measure("roles of the triple helix", "roles", _helix),
    "small firms": Measure("small firms", "small firms", _small_firms),
    "newcomers": Measure("newcomers", "newcomers", _newcomers),
    "cost": Measure("cost", "cents", lambda pool, project, day: Fraction(project.cost)),
    "grant": Measure("grant", "cents", lambda pool, project, day: Fraction(project.grant)),
    "grant share": Measure("share of the cost that is asked for", "share", _grant_share),
    "duration": Measure("duration", "months", _duration),
    "wait": Measure("time until it starts", "months", _wait),
}
