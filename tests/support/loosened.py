"""Rules with a bound, an amount or a count moved by hand, in the steps in which they are told."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from portfolio.funding.rules import (
    Admission,
    AtMostOf,
    Capacity,
    DeMinimis,
    LeaderLoad,
    Limit,
    Rule,
    TotalBudget,
)
from portfolio.pool import Pool
from tests.support.ways import ways


def step_of(rule: Rule, pool: Pool) -> Decimal:
    """The step in which the numbers of a rule are told."""
    match rule:
        case Limit(measure="money share" | "project share"):
            return Decimal("0.001")
        case Capacity():
            runs = [way.project for p in pool.candidates for way in ways(p, pool.cluster.calendar)]
            needs = [n.amount for run in runs for n in run.resources if n.resource == rule.resource]
            places = [-int(Decimal(a).normalize().as_tuple().exponent) for a in needs]
            places += [-int(a.normalize().as_tuple().exponent) for a in rule.amounts]
            return Decimal(1).scaleb(-max(2 if len(rule.amounts) > 1 else 0, *places))
        case Admission(measure="grant share"):
            return Decimal("0.001")
        case _:
            return Decimal(1)


def loosened(rule: Rule, downward: bool, by: Decimal) -> Rule | None:
    """The rule with its bound moved; None where nothing of it is left."""
    match rule:
        case TotalBudget():
            return replace(rule, limit=rule.limit + int(by))
        case AtMostOf():
            return replace(rule, count=rule.count + int(by))
        case Capacity():
            return replace(rule, amounts=tuple(amount + by for amount in rule.amounts))
        case DeMinimis():
            return replace(rule, ceiling=rule.ceiling + int(by))
        case LeaderLoad():
            return replace(rule, at_most=rule.at_most + int(by))
        case Limit() | Admission() if downward:
            assert rule.at_least is not None
            return replace(rule, at_least=max(rule.at_least - by, Decimal(0)))
        case Limit() | Admission():
            assert rule.at_most is not None
            return replace(rule, at_most=rule.at_most + by)
    return None


def ways_of(rule: Rule) -> list[bool]:
    """Whether its bound can come down, and whether one can go up."""
    if not isinstance(rule, Limit | Admission):
        return [False]
    return [True] * (rule.at_least is not None) + [False] * (rule.at_most is not None)
