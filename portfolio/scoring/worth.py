"""What a mix is worth: its projects, what they earn together, less what could go wrong."""

from __future__ import annotations

from collections.abc import Iterable

from portfolio.pool import Pool
from portfolio.scenario import Scenario
from portfolio.scoring.bonuses import bonuses
from portfolio.scoring.deductions import deducted, deducting
from portfolio.scoring.value import variant_values
from portfolio.variants import Pick, realized


def mix_value(pool: Pool, scenario: Scenario, picks: Iterable[Pick]) -> int:
    """Worth of a mix in millionths: the sum over its projects and over what they earn together,
    less what the scenario's rules take off for what could go wrong.

    Raises NotFoundError for what no candidate can be chosen as.
    """
    chosen = sorted(realized(pool, picks), key=lambda one: one.project.id)
    worths = variant_values(pool, scenario.objective, chosen)
    mix = [one.project for one in chosen]
    ids = {project.id for project in mix}
    more = sum(bonus.worth for bonus in bonuses(pool, scenario) if bonus.earned(ids))
    less = sum(deducted(rule, scenario.objective, mix, worths) for rule in deducting(scenario))
    return sum(worths) + more - less
