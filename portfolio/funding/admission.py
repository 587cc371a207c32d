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
from portfolio.wording import count, exact_money, percent

Unit = Literal["cents", "share", "months", "organizations", "roles", "small firms", "newcomers"]
HELIX = (HelixRole.BUSINESS, HelixRole.ACADEMIA, HelixRole.PUBLIC)
_NOUNS = {
    "organizations": ("partner", "partners"),
    "roles": ("role of the triple helix", "roles of the triple helix"),
    "small firms": ("small firm", "small firms"),
    "newcomers": ("newcomer", "newcomers"),
    "months": ("month", "months"),
}


@dataclass(frozen=True, slots=True)
class Measure:
    """Something of a project that a condition may limit: what it is called, its unit, its reading.

    `has` is a clause that tells an amount of it, `more` and `less` sentences that ask for as much
    more or less; `of` gives None where it is not known.
    """

    words: str
    unit: Unit
    has: str
    more: str
    less: str
    of: Callable[[Pool, Project, date], Fraction | None]


@dataclass(frozen=True, slots=True)
class Shortfall:
    """How a project misses a condition: what it has, and the smallest change that mends it.

    Both as clauses: “it has 1 partner”, “2 more partners would do”. `off` is how far it misses, in
    the measure's unit; 0 where nothing is known.
    """

    rule: str
    has: str
    change: str
    off: Fraction = Fraction(0)


def shortfall(rule: Admission, pool: Pool, project: Project, day: date) -> Shortfall | None:
    """How a project, as it would run, misses a condition on a day; None when it meets it."""
    if rule.classes and lead_class(pool, project) not in rule.classes:
        return None
    measure = MEASURES[rule.measure]
    found = measure.of(pool, project, day)
    if found is None:
        return Shortfall(
            rule.id, f"its {measure.words} is not known", f"its {measure.words} has to be stated"
        )
    low = None if rule.at_least is None else Fraction(rule.at_least)
    high = None if rule.at_most is None else Fraction(rule.at_most)
    has = measure.has.format(_said(found, measure.unit, pool))
    if low is not None and found < low:
        off = low - found
        return Shortfall(rule.id, has, _change(measure, measure.more, off, pool, project), off)
    if high is not None and found > high:
        off = found - high
        return Shortfall(rule.id, has, _change(measure, measure.less, off, pool, project), off)
    return None


def _change(measure: Measure, words: str, off: Fraction, pool: Pool, project: Project) -> str:
    """The change in words, rounded up so that it is enough; of a share, in the grant's cents."""
    if measure.unit == "share":
        return words.format(exact_money(-int(-off * project.cost // 1), pool.cluster.currency))
    if measure.unit == "cents":
        return words.format(exact_money(-int(-off // 1), pool.cluster.currency))
    if measure.unit == "months":
        return words.format(_said(off, measure.unit, pool))
    number = -int(-off // 1)
    one, many = _NOUNS[measure.unit]
    return words.format(number, one if number == 1 else many)


def admitted(rules: tuple[Admission, ...], pool: Pool, project: Project, day: date) -> bool:
    """Whether a project meets every one of these conditions."""
    return all(shortfall(rule, pool, project, day) is None for rule in rules)


def _said(amount: Fraction, unit: Unit, pool: Pool) -> str:
    match unit:
        case "cents":
            return exact_money(-int(-amount // 1), pool.cluster.currency)
        case "share":
            return percent(amount)
        case _:
            return count(-int(-amount // 1), *_NOUNS[unit])


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


def _counted(words: str, unit: Unit, of: Callable[[Pool, Project, date], Fraction]) -> Measure:
    return Measure(words, unit, "it has {}", "{} more {} would do", "{} fewer {} would do", of)


MEASURES: dict[str, Measure] = {
    "partners": _counted("partners", "organizations", _partners),
    "helix roles": _counted("roles of the triple helix", "roles", _helix),
    "small firms": _counted("small firms", "small firms", _small_firms),
    "newcomers": _counted("newcomers", "newcomers", _newcomers),
    "cost": Measure(
        "cost",
        "cents",
        "it costs {}",
        "costing {} more would do",
        "costing {} less would do",
        lambda pool, project, day: Fraction(project.cost),
    ),
    "grant": Measure(
        "grant",
        "cents",
        "it asks for {}",
        "asking for {} more would do",
        "asking for {} less would do",
        lambda pool, project, day: Fraction(project.grant),
    ),
    "grant share": Measure(
        "share of the cost that is asked for",
        "share",
        "it asks for {} of its cost",
        "asking for {} more would do",
        "asking for {} less would do",
        _grant_share,
    ),
    "duration": Measure(
        "duration",
        "months",
        "it takes {}",
        "taking {} longer would do",
        "taking {} less would do",
        _duration,
    ),
    "wait": Measure(
        "time until it starts",
        "months",
        "it starts in {}",
        "starting {} later would do",
        "starting {} sooner would do",
        _wait,
    ),
}
