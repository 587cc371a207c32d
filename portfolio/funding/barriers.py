"""Why no mix can hold a project whatever else it holds, and the smallest change that would do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import MAXYEAR, date
from fractions import Fraction

from portfolio.funding.admission import shortfall
from portfolio.funding.aid import granted_before, receiver, undertaking
from portfolio.funding.eligibility import Caps, Objection, objections
from portfolio.funding.leading import leads
from portfolio.funding.rules import (
    Admission,
    AidGrant,
    CoFunding,
    DeMinimis,
    Eligibility,
    LeaderLoad,
)
from portfolio.funding.sources import Source
from portfolio.pool import Pool
from portfolio.project import Project
from portfolio.scenario import CO_FUNDING_ID, ELIGIBILITY_ID, Scenario, active_rules, decision_day
from portfolio.selection import Choice
from portfolio.units import Calendar
from portfolio.variants import variants
from portfolio.wording import MONTHS, count, exact_money, listed


@dataclass(frozen=True, slots=True)
class Barrier:
    """A rule that keeps a project out by itself: why, and what would be enough, as clauses.

    “it has 1 partner”, “2 more partners would do”. `choice` is the way to run the project that
    this is told of; `off` says how far it misses, in the rule's own unit, to compare ways by.
    """

    rule: str
    why: str
    change: str
    choice: Choice
    off: Fraction


def barriers(pool: Pool, scenario: Scenario, project: Project) -> tuple[Barrier, ...]:
    """What makes a project ineligible under a scenario; empty as soon as one way to run it is not.

    Looks at what the project is, not at what else a mix would hold or how much money there is:
    sources that may pay and their rates, conditions of admission, aid that its lead had before,
    running projects of its leader. Where every way to run it is barred, the one with the fewest
    barriers is told, of these the one that misses by least, the project as proposed first.
    """
    ways = [
        tuple(replace(found, choice=one.choice) for found in _of(pool, scenario, one.project))
        for one in variants(project, pool.cluster.calendar)
    ]
    return min(ways, key=lambda found: (len(found), sum(each.off for each in found)))


def _barrier(project: Project, rule: str, why: str, change: str, off: Fraction) -> Barrier:
    return Barrier(rule, why, change, Choice(project.id), off)


def _of(pool: Pool, scenario: Scenario, project: Project) -> Iterator[Barrier]:
    """The barriers of a project as it would run, in the order of the rules."""
    day = decision_day(pool.cluster.calendar, scenario)
    if scenario.sources and project.grant:
        yield from _money(pool, scenario, project)
    for rule in active_rules(scenario):
        match rule:
            case Admission():
                missed = shortfall(rule, pool, project, day)
                if missed is not None:
                    yield _barrier(project, rule.id, missed.has, missed.change, missed.off)
            case DeMinimis():
                yield from _aid(rule, pool, project, day)
            case LeaderLoad():
                yield from _leader(rule, pool, project)
            case _:
                continue


def _money(pool: Pool, scenario: Scenario, project: Project) -> Iterator[Barrier]:
    against = {source.id: objections(pool, project, source) for source in scenario.sources}
    if _rule_id(scenario, Eligibility) is None:
        against = dict.fromkeys(against, ())
    able = [source for source in scenario.sources if not against[source.id]]
    if not able:
        yield _nobody_pays(pool, scenario, project, against)
        return
    missing = _beyond_rates(pool, scenario, project, able)
    if missing:
        currency = pool.cluster.currency
        names = listed(source.name for source in able)
        may = "may pay" if len(able) == 1 else "may together pay"
        most = exact_money(project.grant - missing, currency)
        yield _barrier(
            project,
            _rule_id(scenario, CoFunding) or CO_FUNDING_ID,
            f"{names} {may} at most {most} of the {exact_money(project.grant, currency)} "
            "that it asks for",
            f"asking for {exact_money(missing, currency)} less would do",
            Fraction(missing),
        )


def _nobody_pays(
    pool: Pool, scenario: Scenario, project: Project, against: dict[str, tuple[Objection, ...]]
) -> Barrier:
    """That no source may pay, each with its reasons; the source that is nearest to it."""
    reasons = [
        f"{source.name}: {listed(found.why for found in against[source.id])}"
        for source in scenario.sources
    ]
    distance = {
        source.id: (len(against[source.id]), _beyond_rates(pool, scenario, project, [source]))
        for source in scenario.sources
    }
    nearest = min(scenario.sources, key=lambda source: distance[source.id])
    ifs = [found.remedy for found in against[nearest.id]]
    missing = distance[nearest.id][1]
    if missing:
        ifs.append(f"it asked for {exact_money(missing, pool.cluster.currency)} less")
    return _barrier(
        project,
        _rule_id(scenario, Eligibility) or ELIGIBILITY_ID,
        f"no source may pay for it ({'; '.join(reasons)})",
        f"{nearest.name} could pay if {listed(ifs)}",
        Fraction(missing),
    )


def _beyond_rates(pool: Pool, scenario: Scenario, project: Project, able: list[Source]) -> int:
    """Cents of the grant that the rates of these sources leave unpaid, period by period."""
    limits = Caps(pool, scenario).of(project)
    if any(source.id not in limits for source in able):
        return 0
    needs = project.grant_by_period(pool.cluster.calendar)
    return sum(
        max(need - sum(limits[source.id][period] for source in able), 0)
        for period, need in enumerate(needs)
    )


def _rule_id(scenario: Scenario, kind: type[Eligibility] | type[CoFunding]) -> str | None:
    """The id of the active rule of a kind, None where none is."""
    return next((rule.id for rule in active_rules(scenario) if isinstance(rule, kind)), None)


def _aid(rule: DeMinimis, pool: Pool, project: Project, day: date) -> Iterator[Barrier]:
    owner = receiver(pool, project)
    if owner is None or not project.grant:
        return
    before = granted_before(rule, pool, day).get(owner, 0)
    left = max(rule.ceiling - before, 0)
    if project.grant <= left:
        return
    currency = pool.cluster.currency
    lead = pool.organization(project.lead)
    name = owner if lead is None or owner != lead.id else lead.name
    had = exact_money(before, currency)
    least = exact_money(left, currency)
    room = f"{name} has had {had} in {count(rule.years, 'year')} and may have {least} more"
    asks = f"it asks for {exact_money(project.grant, currency)}"
    why = f"{room}; {asks}" if before else f"{name} may have {least}; {asks}"
    ways = []
    if left:
        ways.append(f"asking for {exact_money(project.grant - left, currency)} less")
    free = _free_from(rule, pool, owner, project.grant, day)
    if free is not None:
        ways.append(f"deciding from {free.day} {MONTHS[free.month - 1]} {free.year} on")
    ways = ways or ["a lead that is no part of it"]
    over = Fraction(project.grant - left)
    yield _barrier(project, rule.id, why, f"{' or '.join(ways)} would do", over)


def _free_from(rule: DeMinimis, pool: Pool, owner: str, grant: int, day: date) -> date | None:
    """The first day on which enough of what was granted before lies too far back to count."""
    if grant > rule.ceiling:
        return None
    own = [each for each in rule.granted if undertaking(pool, each.organization) == owner]
    days = sorted({_leaves(each, rule.years) for each in own})
    return next(
        (
            then
            for then in days
            if then > day and grant + granted_before(rule, pool, then).get(owner, 0) <= rule.ceiling
        ),
        None,
    )


def _leaves(grant: AidGrant, years: int) -> date:
    """The first day on which a grant no longer counts."""
    year = grant.on.year + years
    if year > MAXYEAR:
        return date.max
    try:
        return grant.on.replace(year=year)
    except ValueError:  # 29 February
        return date(year, 3, 1)


def _leader(rule: LeaderLoad, pool: Pool, project: Project) -> Iterator[Barrier]:
    calendar = pool.cluster.calendar
    if not project.leader:
        return
    running = leads(pool.running, calendar)
    full = [t for t in project.periods(calendar) if running[project.leader, t] >= rule.at_most]
    if not full:
        return
    number = running[project.leader, full[0]]
    busy = f"{project.leader} leads {count(number, 'running project')} in {_span(calendar, full)}"
    if rule.at_most:
        yield _barrier(project, rule.id, busy, "another leader would do", Fraction(len(full)))
    else:
        nobody = "nobody may lead a project"
        yield _barrier(project, rule.id, nobody, "naming no leader would do", Fraction(len(full)))


def _span(calendar: Calendar, periods: list[int]) -> str:
    labels = [calendar.label(period) for period in periods]
    return (
        labels[0]
        if len(labels) == 1
        else f"{labels[0]} and {count(len(labels) - 1, 'period')} more"
    )
