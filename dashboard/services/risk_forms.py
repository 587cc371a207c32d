"""Money kept back for overruns and limits on bad outcomes as forms, and the rules they make."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from dashboard.services.rule_fields import MOST_AMOUNT, Builder, Fields
from optimizer.validate import MOST_OUTCOMES, MOST_OVERRUN
from portfolio.errors import Problem
from portfolio.funding.rules import CostReserve, LossLimit, Rule
from portfolio.pool import Pool
from portfolio.units import from_cents, to_cents


def filled(rule: CostReserve | LossLimit, common: Fields) -> Fields:
    """The fields of a rule that stands; `common` has what every rule carries."""
    match rule:
        case CostReserve():
            limit, share = float(from_cents(rule.limit)), float(rule.overrun * 100)
            return replace(common, limit=limit, share=share, count=rule.projects)
        case LossLimit():
            return replace(
                common,
                limit=float(from_cents(rule.at_most)),
                share=float((1 - rule.level) * 100),
                outcomes=rule.outcomes,
                seed=rule.seed,
            )


def _cost_reserve(
    told: Fields, pool: Pool, common: dict[str, Any], problems: list[Problem]
) -> Rule | None:
    if told.limit is None or not 0 <= told.limit <= MOST_AMOUNT:
        problems.append(Problem("Money", _said(told.limit), "Write an amount, not below zero."))
    if told.share is None or not 0 <= told.share <= 100 * MOST_OVERRUN:
        remedy = f"Write a number from 0 to {100 * MOST_OVERRUN:,}."
        problems.append(Problem("More than planned", _said(told.share), remedy))
    if told.count is None or told.count < 0:
        problems.append(Problem("Projects", _said(told.count), "Write a whole number of projects."))
    if problems or told.limit is None or told.share is None or told.count is None:
        return None
    return CostReserve(
        limit=to_cents(Decimal(str(told.limit))),
        overrun=Decimal(str(told.share)) / 100,
        projects=told.count,
        **common,
    )


def _loss_limit(
    told: Fields, pool: Pool, common: dict[str, Any], problems: list[Problem]
) -> Rule | None:
    if told.limit is None or abs(told.limit) > MOST_AMOUNT:
        remedy = "Write an amount; below zero it has to gain."
        problems.append(Problem("Loses at most", _said(told.limit), remedy))
    if told.share is None or not 0 < told.share <= 100:
        remedy = "Write a number above 0, up to 100."
        problems.append(Problem("In the worst", _said(told.share), remedy))
    if not 1 <= told.outcomes <= MOST_OUTCOMES:
        remedy = f"Write a whole number from 1 to {MOST_OUTCOMES:,}."
        problems.append(Problem("Outcomes", str(told.outcomes), remedy))
    if problems or told.limit is None or told.share is None:
        return None
    return LossLimit(
        at_most=to_cents(Decimal(str(told.limit))),
        level=1 - Decimal(str(told.share)) / 100,
        outcomes=told.outcomes,
        seed=told.seed,
        **common,
    )


BUILDERS: dict[str, Builder] = {"cost reserve": _cost_reserve, "loss limit": _loss_limit}


def _said(number: float | None) -> str:
    return "" if number is None else f"{number:g}"
