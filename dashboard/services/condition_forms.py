"""Conditions, aid, leaders, synergies and new ties as fields of a form, and the rules they make."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, assert_never

from dashboard.services import limit_cells
from dashboard.services.rule_fields import MOST_AMOUNT, Aid, Builder, Fields, some_projects
from portfolio.errors import Problem
from portfolio.funding.admission import MEASURES
from portfolio.funding.classes import CLASSES
from portfolio.funding.rules import (
    Admission,
    AidGrant,
    DeMinimis,
    LeaderLoad,
    NewTies,
    Rule,
    Synergy,
)
from portfolio.pool import Pool
from portfolio.units import from_cents, to_cents

CONDITION_WORDS = {
    "partners": "Partners beside the lead",
    "helix roles": "Roles of business, academia and public",
    "small firms": "Small firms, the lead among them",
    "newcomers": "Newcomers, the lead among them",
    "cost": "Whole cost",
    "grant": "Grant asked",
    "grant share": "Grant, % of the cost",
    "duration": "Duration in months",
    "wait": "Months until it starts",
}
MOST_YEARS = 50
MOST_AT_ONCE = 1_000
USUAL = DeMinimis(id="usual")
"""The ceiling and the years of Regulation (EU) 2023/2831."""

ConditionRule = Admission | DeMinimis | LeaderLoad | Synergy | NewTies


def filled(rule: ConditionRule, common: Fields) -> Fields:
    """The fields of a rule that stands; `common` has what every rule carries."""
    match rule:
        case Admission():
            return replace(
                common,
                condition=rule.measure,
                at_least=limit_cells.shown(rule.at_least, unit(rule.measure)),
                at_most=limit_cells.shown(rule.at_most, unit(rule.measure)),
                classes=rule.classes,
            )
        case DeMinimis():
            rows: tuple[Aid, ...] = tuple(
                (one.organization, one.on, float(from_cents(one.cents))) for one in rule.granted
            )
            ceiling = float(from_cents(rule.ceiling))
            return replace(common, limit=ceiling, years=rule.years, granted=rows)
        case LeaderLoad():
            return replace(common, count=rule.at_most)
        case Synergy():
            return replace(common, projects=rule.projects, worth=float(rule.worth))
        case NewTies():
            return replace(common, worth=float(rule.worth))
        case _:
            assert_never(rule)


def unit(condition: str) -> str:
    """What a condition is counted in: cents, a share, or whole numbers."""
    return MEASURES[condition].unit


def _admission(
    told: Fields, pool: Pool, common: dict[str, Any], problems: list[Problem]
) -> Rule | None:
    if told.condition not in MEASURES:
        problems.append(Problem("Of each project", told.condition, "Choose one from the list."))
        return None
    strange = [each for each in told.classes if each not in CLASSES]
    if strange:
        problems.append(Problem("Only where the lead is", strange[0], "Choose from the list."))
    kind = unit(told.condition)
    ceiling = {"share": 100, "cents": MOST_AMOUNT}.get(kind, 10_000)
    for label, amount in (("At least", told.at_least), ("At most", told.at_most)):
        if amount is None:
            continue
        whole = kind in ("share", "cents") or amount == int(amount)
        if not (0 <= amount <= ceiling and whole):
            what = "number" if kind in ("share", "cents") else "whole number"
            problems.append(Problem(label, f"{amount:g}", f"Write a {what} from 0 to {ceiling:,}."))
    if told.at_least is None and told.at_most is None:
        problems.append(Problem("At least, at most", "", "Write at least one of the two."))
    elif told.at_least is not None and told.at_most is not None and told.at_least > told.at_most:
        remedy = "It is above “at most”. Correct one of the two."
        problems.append(Problem("At least", f"{told.at_least:g}", remedy))
    if problems:
        return None
    return Admission(
        measure=told.condition,
        at_least=limit_cells.held(told.at_least, unit(told.condition)),
        at_most=limit_cells.held(told.at_most, unit(told.condition)),
        classes=told.classes,
        **common,
    )


def _de_minimis(
    told: Fields, pool: Pool, common: dict[str, Any], problems: list[Problem]
) -> Rule | None:
    ceiling = float(from_cents(USUAL.ceiling)) if told.limit is None else told.limit
    years = USUAL.years if told.years is None else told.years
    if not 0 <= ceiling <= MOST_AMOUNT:
        problems.append(Problem("At most", f"{ceiling:g}", "Write an amount, not below zero."))
    if not 1 <= years <= MOST_YEARS:
        remedy = f"Write a whole number of years from 1 to {MOST_YEARS}."
        problems.append(Problem("Within years", str(years), remedy))
    granted = tuple(
        entry
        for place, row in enumerate(told.granted, 1)
        if (entry := _granted(pool, place, row, problems)) is not None
    )
    if problems:
        return None
    return DeMinimis(
        ceiling=to_cents(Decimal(str(ceiling))), years=years, granted=granted, **common
    )


def _granted(pool: Pool, place: int, row: Aid, problems: list[Problem]) -> AidGrant | None:
    """A row of the ledger; None for one that is empty, or wrong, which is told."""
    organization, on, amount = row
    if not organization and on is None and amount is None:
        return None
    before = len(problems)
    if pool.organization(organization) is None:
        remedy = "Choose an organization from the list."
        problems.append(Problem("Granted before, organization", organization, remedy, place))
    if on is None:
        problems.append(Problem("Granted before, day", "", "Write the day of the grant.", place))
    if amount is None or not 0 <= amount <= MOST_AMOUNT:
        shown = "" if amount is None else f"{amount:g}"
        remedy = "Write an amount, not below zero."
        problems.append(Problem("Granted before, amount", shown, remedy, place))
    if len(problems) > before or on is None or amount is None:
        return None
    return AidGrant(organization, on, to_cents(Decimal(str(amount))))


def _leader_load(
    told: Fields, pool: Pool, common: dict[str, Any], problems: list[Problem]
) -> Rule | None:
    if told.count is None or not 0 <= told.count <= MOST_AT_ONCE:
        shown = "" if told.count is None else str(told.count)
        problems.append(Problem("At most", shown, "Write a whole number of projects."))
        return None
    return LeaderLoad(at_most=told.count, **common)


def _synergy(
    told: Fields, pool: Pool, common: dict[str, Any], problems: list[Problem]
) -> Rule | None:
    some_projects(told.projects, problems, 2)
    worth = _worth(told, problems)
    return (
        None
        if problems or worth is None
        else Synergy(projects=told.projects, worth=worth, **common)
    )


def _new_ties(
    told: Fields, pool: Pool, common: dict[str, Any], problems: list[Problem]
) -> Rule | None:
    worth = _worth(told, problems)
    if worth is not None and worth < 0:
        problems.append(Problem("Worth", f"{told.worth:g}", "Write a number, not below zero."))
    return None if problems or worth is None else NewTies(worth=worth, **common)


def _worth(told: Fields, problems: list[Problem]) -> Decimal | None:
    if told.worth is None or abs(told.worth) > MOST_AMOUNT:
        shown = "" if told.worth is None else f"{told.worth:g}"
        problems.append(Problem("Worth", shown, "Write a number."))
        return None
    return Decimal(str(told.worth))


BUILDERS: dict[str, Builder] = {
    "admission": _admission,
    "de minimis": _de_minimis,
    "leader load": _leader_load,
    "synergy": _synergy,
    "new ties": _new_ties,
}


def ledger_day(value: object) -> date | None:
    """The day in a cell of the ledger, as a table gives it; None for an empty one."""
    if value is None:
        return None
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None
