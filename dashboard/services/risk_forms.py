"""Rules on what could go wrong as forms, and the rules that forms make."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from dashboard.services.rule_fields import MOST_AMOUNT, Builder, Fields
from optimizer.validate import MOST_OUTCOMES, MOST_OVERRUN
from portfolio.errors import Problem
from portfolio.funding.rules import CostReserve, LossLimit, LossWeight, PayoffReserve, Rule
from portfolio.pool import Pool
from portfolio.units import from_cents, to_cents

Kind = CostReserve | LossLimit | LossWeight | PayoffReserve


def filled(rule: Kind, common: Fields) -> Fields:
    """The fields of a rule that stands; `common` has what every rule carries."""
    match rule:
        case CostReserve():
            limit, share = float(from_cents(rule.limit)), float(rule.overrun * 100)
            return replace(common, limit=limit, share=share, count=rule.projects)
        case PayoffReserve():
            return replace(common, share=float(rule.shortfall * 100), count=rule.projects)
        case LossLimit():
            return replace(_worst(rule, common), limit=float(from_cents(rule.at_most)))
        case LossWeight():
            return replace(_worst(rule, common), worth=float(rule.worth))


def _worst(rule: LossLimit | LossWeight, common: Fields) -> Fields:
    share = float((1 - rule.level) * 100)
    return replace(common, share=share, outcomes=rule.outcomes, seed=rule.seed)


def _cost_reserve(
    told: Fields, pool: Pool, common: dict[str, Any], problems: list[Problem]
) -> Rule | None:
    if told.limit is None or not 0 <= told.limit <= MOST_AMOUNT:
        problems.append(Problem("Money", _said(told.limit), "Write an amount, not below zero."))
    share = _share("More than planned", told, 100 * MOST_OVERRUN, problems)
    if told.count is None or told.count < 0:
        problems.append(Problem("Projects", _said(told.count), "Write a whole number of projects."))
    if problems or told.limit is None or share is None or told.count is None:
        return None
    return CostReserve(
        limit=to_cents(Decimal(str(told.limit))),
        overrun=share,
        projects=told.count,
        **common,
    )


def _payoff_reserve(
    told: Fields, pool: Pool, common: dict[str, Any], problems: list[Problem]
) -> Rule | None:
    share = _share("Less than promised", told, 100, problems)
    if told.count is None or told.count < 1:
        remedy = "Write a whole number of projects, from 1 on."
        problems.append(Problem("Projects", _said(told.count), remedy))
    if problems or share is None or told.count is None:
        return None
    return PayoffReserve(shortfall=share, projects=told.count, **common)


def _share(label: str, told: Fields, most: int, problems: list[Problem]) -> Decimal | None:
    """A share of 1, written in per cent from 0 to `most`."""
    if told.share is None or not 0 <= told.share <= most:
        problems.append(Problem(label, _said(told.share), f"Write a number from 0 to {most:,}."))
        return None
    return Decimal(str(told.share)) / 100


def _loss_limit(
    told: Fields, pool: Pool, common: dict[str, Any], problems: list[Problem]
) -> Rule | None:
    if told.limit is None or abs(told.limit) > MOST_AMOUNT:
        remedy = "Write an amount; below zero it has to gain."
        problems.append(Problem("Loses at most", _said(told.limit), remedy))
    level = _level(told, problems)
    if problems or told.limit is None or level is None:
        return None
    return LossLimit(
        at_most=to_cents(Decimal(str(told.limit))),
        level=level,
        outcomes=told.outcomes,
        seed=told.seed,
        **common,
    )


def _loss_weight(
    told: Fields, pool: Pool, common: dict[str, Any], problems: list[Problem]
) -> Rule | None:
    if told.worth is None or not 0 <= told.worth <= MOST_AMOUNT:
        problems.append(Problem("Worth", _said(told.worth), "Write a number, not below zero."))
    level = _level(told, problems)
    if problems or told.worth is None or level is None:
        return None
    worth = Decimal(str(told.worth))
    return LossWeight(worth=worth, level=level, outcomes=told.outcomes, seed=told.seed, **common)


def _level(told: Fields, problems: list[Problem]) -> Decimal | None:
    """The level of the worst outcomes; tells too what is wrong with how many are drawn."""
    level = None
    if told.share is not None and 0 < told.share <= 100:
        level = 1 - Decimal(str(told.share)) / 100
    else:
        remedy = "Write a number above 0, up to 100."
        problems.append(Problem("In the worst", _said(told.share), remedy))
    if not 1 <= told.outcomes <= MOST_OUTCOMES:
        remedy = f"Write a whole number from 1 to {MOST_OUTCOMES:,}."
        problems.append(Problem("Outcomes", str(told.outcomes), remedy))
    return level


BUILDERS: dict[str, Builder] = {
    "cost reserve": _cost_reserve,
    "loss limit": _loss_limit,
    "loss weight": _loss_weight,
    "payoff reserve": _payoff_reserve,
}


def _said(number: float | None) -> str:
    return "" if number is None else f"{number:g}"
