"""A scenario: what is asked. Money, rules and the objective, in one frozen value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from portfolio.funding.rules import CoFunding, Eligibility, Rule, SourceBudget, TotalBudget
from portfolio.funding.sources import Source
from portfolio.units import Calendar, scale

Aim = Literal["payoff", "score", "blend", "benefit"]
Method = Literal["ecv", "rnpv"]

TOTAL_BUDGET_ID = "budget"
ELIGIBILITY_ID = "eligibility"
CO_FUNDING_ID = "co-funding"


@dataclass(frozen=True, slots=True)
class Objective:
    """What the mix should have most of.

    `aim`: expected payoff (by `method`), weighted score, a blend of both (`payoff_weight` 0 to 1
    for payoff), or the ready-made benefit of each project. `caution` 0 to 1 moves each payoff
    from its PERT mean (0) to its low estimate (1).
    """

    aim: Aim = "payoff"
    method: Method = "ecv"
    payoff_weight: float = 0.5
    caution: float = 0.0


@dataclass(frozen=True, slots=True)
class StayClose:
    """Among mixes within `loss` (0.005 for 0.5 %) of the best, fewest changes from `agreed`."""

    agreed: tuple[str, ...]
    loss: Decimal = Decimal("0.005")


@dataclass(frozen=True, slots=True)
class Scenario:
    """What is asked of the optimizer.

    `sources` are the envelopes to spend, none for a list that has only a total budget rule.
    `off` names rules that do not count this time, budgets of sources included.
    `on` is the day for which dated rules are read; None reads all of them.
    """

    name: str = ""
    objective: Objective = field(default_factory=Objective)
    sources: tuple[Source, ...] = ()
    rules: tuple[Rule, ...] = ()
    off: tuple[str, ...] = ()
    on: date | None = None
    stay_close: StayClose | None = None

    @property
    def money(self) -> int | None:
        """Cents that may be committed in all by the rules that count; None without a limit."""
        counting = active_rules(self)
        limits = [rule.limit for rule in counting if isinstance(rule, TotalBudget)]
        held = {rule.source for rule in counting if isinstance(rule, SourceBudget)}
        if self.sources and all(source.id in held for source in self.sources):
            limits.append(sum(source.total for source in self.sources))
        return min(limits, default=None)


def source_budget_id(source: str) -> str:
    """The id of the rule that holds a source to its envelope."""
    return f"budget:{source}"


def all_rules(scenario: Scenario) -> tuple[Rule, ...]:
    """Every rule of the scenario, switched off or not; the budgets of its sources first."""
    budgets: list[Rule] = [
        SourceBudget(id=source_budget_id(source.id), source=source.id)
        for source in scenario.sources
    ]
    if scenario.sources:
        budgets.append(Eligibility(id=ELIGIBILITY_ID))
    if any(source.rates for source in scenario.sources):
        budgets.append(CoFunding(id=CO_FUNDING_ID))
    return (*budgets, *scenario.rules)


def active_rules(scenario: Scenario) -> tuple[Rule, ...]:
    """The rules that count: switched on, and in force on the scenario's day."""
    return tuple(
        rule
        for rule in all_rules(scenario)
        if rule.id not in scenario.off and _in_force(rule, scenario.on)
    )


def decision_day(calendar: Calendar, scenario: Scenario) -> date:
    """The day on which the mix is decided: the scenario's, or the calendar's first."""
    return scenario.on or calendar.start


def _in_force(rule: Rule, day: date | None) -> bool:
    if day is None:
        return True
    begun = rule.valid_from is None or rule.valid_from <= day
    return begun and (rule.valid_to is None or day <= rule.valid_to)


def without(scenario: Scenario, rule_id: str) -> Scenario:
    """The same question with one rule switched off."""
    return replace(scenario, off=tuple(sorted({*scenario.off, rule_id})))


def numbered_id(scenario: Scenario, prefix: str) -> str:
    """The prefix with the first number that makes it no rule's id."""
    taken = {rule.id for rule in scenario.rules}
    return next(name for k in range(len(taken) + 1) if (name := f"{prefix}:{k}") not in taken)


def with_rules(scenario: Scenario, *rules: Rule) -> Scenario:
    """The same question with more rules; a rule whose id stands already is replaced."""
    ids = {rule.id for rule in rules}
    kept = tuple(rule for rule in scenario.rules if rule.id not in ids)
    return replace(scenario, rules=(*kept, *rules))


def with_source_totals(scenario: Scenario, totals: Mapping[str, int]) -> Scenario:
    """The same question with so many cents from these sources; the others stay as they are."""
    sources = tuple(
        source.scaled(totals[source.id]) if source.id in totals else source
        for source in scenario.sources
    )
    return replace(scenario, sources=sources)


def with_money(scenario: Scenario, cents: int) -> Scenario:
    """The same question with `cents` to commit in all.

    Every source is scaled in the proportions agreed; a total budget rule takes the new limit. A
    scenario with neither gets a total budget rule. Budgets that were switched off count again.
    """
    totals = scale(tuple(source.total for source in scenario.sources), cents)
    sources = tuple(
        source.scaled(total) for source, total in zip(scenario.sources, totals, strict=True)
    )
    rules = tuple(
        replace(rule, limit=cents) if isinstance(rule, TotalBudget) else rule
        for rule in scenario.rules
    )
    limited = sources or any(isinstance(rule, TotalBudget) for rule in rules)
    if not limited:
        rules = (TotalBudget(id=TOTAL_BUDGET_ID, limit=cents), *rules)
    budgets = {rule.id for rule in rules if isinstance(rule, TotalBudget)}
    budgets |= {source_budget_id(source.id) for source in sources}
    off = tuple(rule_id for rule_id in scenario.off if rule_id not in budgets)
    return replace(scenario, sources=sources, rules=rules, off=off)
