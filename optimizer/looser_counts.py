"""Money in all, and at most so many of some projects, moved step by step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from portfolio.funding.rules import AtMostOf, TotalBudget
from portfolio.funding.sentences import sentence
from portfolio.pool import Pool
from portfolio.scenario import Scenario
from portfolio.variants import Pick, realized
from portfolio.wording import exact_money


@dataclass(frozen=True, slots=True)
class LooserTotal:
    """The limit of the money in all, going up by the cent."""

    rule: TotalBudget
    freed: None = None
    unit: str = "cents"

    def by(self, steps: int) -> TotalBudget:
        """The rule with so many cents more."""
        return replace(self.rule, limit=self.rule.limit + steps, sentence="")

    def needed(self, pool: Pool, picks: Sequence[Pick]) -> int:
        """The fewest cents more with which these projects keep to the limit."""
        return sum(one.project.grant for one in realized(pool, picks)) - self.rule.limit

    def moved(self, steps: int) -> Fraction:
        """How much more there is."""
        return Fraction(steps)

    def change(self, steps: int, pool: Pool) -> str:
        """The change in a few words."""
        return f"{exact_money(steps, pool.cluster.currency)} more in all"


@dataclass(frozen=True, slots=True)
class LooserCount:
    """How many of some projects may be in, going up one by one."""

    rule: AtMostOf
    freed: None = None
    unit: str = "projects"

    def by(self, steps: int) -> AtMostOf:
        """The rule with so many more."""
        return replace(self.rule, count=self.rule.count + steps, sentence="")

    def needed(self, pool: Pool, picks: Sequence[Pick]) -> int:
        """The fewest more with which these projects keep to the count."""
        ids = {one.project.id for one in realized(pool, picks)}
        return len(ids.intersection(self.rule.projects)) - self.rule.count

    def moved(self, steps: int) -> Fraction:
        """How many more there may be."""
        return Fraction(steps)

    def change(self, steps: int, pool: Pool) -> str:
        """The change in a few words."""
        return f"{sentence(self.by(steps), pool, Scenario())} instead of {self.rule.count}"
