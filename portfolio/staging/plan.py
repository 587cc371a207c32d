"""A plan in two stages: what is funded at once, which seeds are planted, and its rules."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from portfolio.feasibility import feasible
from portfolio.funding.needs import to_bring
from portfolio.funding.rules import Admission, Requires
from portfolio.pool import Pool
from portfolio.scenario import Scenario, active_rules, without
from portfolio.selection import Choice
from portfolio.staging.staged import Staged


@dataclass(frozen=True, slots=True)
class Plan:
    """What is decided before any gate: projects funded in whole, and seeds by project and start."""

    at_once: tuple[Choice, ...]
    seeds: tuple[Choice, ...]


def holds(
    pool: Pool,
    scenario: Scenario,
    staged: Mapping[Choice, Staged],
    plan: Plan,
    scaled_up: Collection[str],
) -> bool:
    """Whether what is funded where these seeds are scaled up meets every rule and can be paid.

    Each seed counts as it is funded: stopped with its first grant, or whole. Two rules are read
    otherwise. A condition on single projects looks at the whole project, not at what is left of it
    when it is stopped. What a project needs has to go on where it goes on: one that was stopped is
    not there any more; and to be planted it takes what it needs to be planted at least.
    """
    here = funded(pool, staged, plan, scaled_up)
    chosen = (*plan.at_once, *(Choice(seed.project) for seed in plan.seeds))
    conditions = [rule for rule in active_rules(scenario) if isinstance(rule, Admission)]
    lenient = scenario
    for rule in conditions:
        lenient = without(lenient, rule.id)
    if not feasible(here, lenient, chosen):
        return False
    whole = funded(pool, staged, plan, [seed.project for seed in plan.seeds])
    alone = replace(scenario, sources=(), rules=tuple(conditions))
    if not feasible(whole, alone, chosen):
        return False
    going_on = {choice.project for choice in plan.at_once} | set(scaled_up)
    return all(
        rule.project not in going_on or to_bring(rule, pool) <= going_on
        for rule in active_rules(scenario)
        if isinstance(rule, Requires)
    )


def funded(
    pool: Pool, staged: Mapping[Choice, Staged], plan: Plan, scaled_up: Collection[str]
) -> Pool:
    """The pool with each seed of the plan as it is funded where these are scaled up."""
    seeds = {
        seed.project: staged[seed].grown if seed.project in scaled_up else staged[seed].stopped
        for seed in plan.seeds
    }
    projects = tuple(seeds.get(one.id, one) for one in pool.projects)
    return replace(pool, projects=projects)
