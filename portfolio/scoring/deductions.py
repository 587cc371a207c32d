"""What is taken off the worth of a mix for what could go wrong with it, in whole steps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import ceil

from portfolio.funding.rules import WEIGHED, Deducting, LossWeight, PayoffReserve
from portfolio.project import Project
from portfolio.scenario import Objective, Scenario, active_rules
from portfolio.scoring.value import MICRO, unit
from portfolio.simulation.tail import tail_loss


def deducting(scenario: Scenario) -> tuple[Deducting, ...]:
    """The active rules that take something off, in order."""
    return tuple(rule for rule in active_rules(scenario) if isinstance(rule, Deducting))


def step(objective: Objective) -> int:
    """Millionths in which deductions count: whole currency units, or thousandths of other units.

    >>> step(Objective(aim="payoff")), step(Objective(aim="score"))
    (1000000, 1000)
    """
    return MICRO if unit(objective) == "money" else MICRO // 1_000


def micro_a_cent(rule: LossWeight) -> Fraction:
    """Millionths of worth that a cent of loss in the worst outcomes takes off."""
    return Fraction(rule.worth) * MICRO / WEIGHED


def short(rule: PayoffReserve, worth: int) -> int:
    """Millionths by which a project worth so many may fall short, rounded up; 0 for one below zero."""
    return ceil(max(worth, 0) * Fraction(rule.shortfall))


def deducted(
    rule: Deducting, objective: Objective, mix: Sequence[Project], worths: Iterable[int]
) -> int:
    """Millionths that a rule takes off a mix, rounded up to whole steps; below zero it adds.

    `mix` are its projects as they would run, in order of id, `worths` what each is worth.
    """
    if isinstance(rule, LossWeight):
        lost = tail_loss(tuple(mix), rule.level, rule.outcomes, rule.seed)
        amount = lost * micro_a_cent(rule)
    else:
        falls = sorted((short(rule, worth) for worth in worths), reverse=True)
        amount = Fraction(sum(falls[: rule.projects]))
    whole = step(objective)
    return ceil(amount / whole) * whole
