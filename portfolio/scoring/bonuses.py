"""What a mix earns beyond the sum of its projects: synergies, overlaps and new ties."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from portfolio.funding.rules import NewTies, Synergy
from portfolio.funding.ties import new_ties
from portfolio.pool import Pool
from portfolio.project import ProjectStatus
from portfolio.scenario import Scenario, active_rules
from portfolio.scoring.value import MICRO


@dataclass(frozen=True, slots=True)
class Bonus:
    """`worth` millionths, earned once when each of `groups` has a project in the mix."""

    rule: str
    worth: int
    groups: tuple[frozenset[str], ...]

    def earned(self, ids: Collection[str]) -> bool:
        """Whether a mix earns it."""
        return all(not group.isdisjoint(ids) for group in self.groups)


def bonuses(pool: Pool, scenario: Scenario) -> tuple[Bonus, ...]:
    """What the active rules add to the worth of some mixes, in a fixed order.

    Synergies with projects that no mix can hold are left out.
    """
    rules = (rule for rule in active_rules(scenario) if isinstance(rule, Synergy | NewTies))
    return tuple(bonus for rule in rules for bonus in bonuses_of(rule, pool))


def bonuses_of(rule: Synergy | NewTies, pool: Pool) -> tuple[Bonus, ...]:
    """What one rule adds to the worth of some mixes."""
    if isinstance(rule, Synergy):
        made = _synergy(rule, pool)
    else:
        worth = _micro(rule.worth)
        made = [Bonus(rule.id, worth, (frozenset(ids),)) for ids in new_ties(pool).values()]
    return tuple(bonus for bonus in made if bonus.worth)


def _synergy(rule: Synergy, pool: Pool) -> list[Bonus]:
    candidates = {project.id for project in pool.candidates}
    running = {i for i in rule.projects if pool.project(i).status is ProjectStatus.RUNNING}
    open_ = sorted(set(rule.projects) - running)
    if not open_ or not candidates.issuperset(open_):
        return []
    return [Bonus(rule.id, _micro(rule.worth), tuple(frozenset({i}) for i in open_))]


def _micro(worth: Decimal) -> int:
    return round(Fraction(worth) * MICRO)
