"""A condition on projects, or a ceiling on aid, leaders, overruns or losses, moved step by step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil

from optimizer.loosening import SHARE_STEP
from optimizer.validate import MOST
from portfolio.feasibility import standing
from portfolio.funding.admission import MEASURES, shortfall
from portfolio.funding.rules import Admission, CostReserve, DeMinimis, LeaderLoad, LossLimit
from portfolio.funding.sentences import sentence
from portfolio.pool import Pool
from portfolio.scenario import Scenario, decision_day
from portfolio.variants import Pick, realized
from portfolio.wording import exact_money

Ceiling = DeMinimis | LeaderLoad | CostReserve | LossLimit


@dataclass(frozen=True, slots=True)
class LooserWhole:
    """A rule with one whole number that nothing may pass, going up by one a step."""

    rule: Ceiling
    on: date | None
    freed: None = None

    @property
    def unit(self) -> str:
        """What the ceiling is in."""
        return "projects" if isinstance(self.rule, LeaderLoad) else "cents"

    def by(self, steps: int) -> Ceiling:
        """The rule so many steps looser."""
        bound = self._bound + steps
        match self.rule:
            case DeMinimis():
                return replace(self.rule, ceiling=bound, sentence="")
            case CostReserve():
                return replace(self.rule, limit=bound, sentence="")
            case LeaderLoad() | LossLimit():
                return replace(self.rule, at_most=bound, sentence="")

    def needed(self, pool: Pool, picks: Sequence[Pick]) -> int:
        """The fewest steps after which these projects keep to it."""
        rows = standing(self.rule, pool, Scenario(on=self.on), picks)
        return max((ceil(row.used) - self._bound for row in rows if not row.met), default=0)

    def moved(self, steps: int) -> Fraction:
        """How far the ceiling goes up."""
        return Fraction(steps)

    def change(self, steps: int, pool: Pool) -> str:
        """The change in a few words."""
        if isinstance(self.rule, LeaderLoad):
            return f"{sentence(self.by(steps), pool, Scenario())} instead of {self.rule.at_most}"
        what = " aid" if isinstance(self.rule, DeMinimis) else ""
        return f"Allow {exact_money(steps, pool.cluster.currency)} more{what}"

    @property
    def _bound(self) -> int:
        match self.rule:
            case DeMinimis():
                return self.rule.ceiling
            case CostReserve():
                return self.rule.limit
            case LeaderLoad() | LossLimit():
                return self.rule.at_most


@dataclass(frozen=True, slots=True)
class LooserCondition:
    """One bound of a condition on each project, moving by a cent, one, or 0.1 % of a share a step."""

    rule: Admission
    on: date | None
    upper: bool

    @property
    def unit(self) -> str:
        """What the bound is in."""
        return MEASURES[self.rule.measure].unit

    @property
    def freed(self) -> Admission:
        """The rule with the bound as far away as it goes: the measure still has to be known."""
        return self._at(self._furthest)

    def by(self, steps: int) -> Admission:
        """The rule so many steps looser."""
        moved = Decimal(steps) * Decimal(self._step.numerator) / Decimal(self._step.denominator)
        if self.upper:
            return self._at(min(self._bound + moved, self._furthest))
        return self._at(max(self._bound - moved, self._furthest))

    def needed(self, pool: Pool, picks: Sequence[Pick]) -> int:
        """The fewest steps after which these projects keep to the bound."""
        day = decision_day(pool.cluster.calendar, Scenario(on=self.on))
        of = MEASURES[self.rule.measure].of
        own = _bounded(self.rule, None, upper=not self.upper)
        steps = 0
        for one in realized(pool, picks):
            if shortfall(own, pool, one.project, day) is not None:
                found = of(pool, one.project, day) or Fraction(0)
                steps = max(steps, ceil(abs(found - Fraction(self._bound)) / self._step))
        return steps

    def moved(self, steps: int) -> Fraction:
        """How far the bound moves."""
        then = self.by(steps).at_most if self.upper else self.by(steps).at_least
        return abs(Fraction(then or 0) - Fraction(self._bound))

    def change(self, steps: int, pool: Pool) -> str:
        """The change in a few words."""
        return sentence(self.by(steps), pool, Scenario())

    def _at(self, bound: Decimal) -> Admission:
        return _bounded(self.rule, bound, upper=self.upper)

    @property
    def _furthest(self) -> Decimal:
        if not self.upper:
            return Decimal(0)
        return max(self._bound, Decimal(1) if self.unit == "share" else Decimal(MOST))

    @property
    def _bound(self) -> Decimal:
        bound = self.rule.at_most if self.upper else self.rule.at_least
        return Decimal(0) if bound is None else bound

    @property
    def _step(self) -> Fraction:
        return SHARE_STEP if self.unit == "share" else Fraction(1)


def _bounded(rule: Admission, bound: Decimal | None, *, upper: bool) -> Admission:
    if upper:
        return replace(rule, at_most=bound, sentence="")
    return replace(rule, at_least=bound, sentence="")


LooserRule = LooserWhole | LooserCondition


def looser_conditions(rule: Admission | Ceiling, on: date | None) -> list[LooserRule]:
    """The ways to loosen a condition: one for each of its bounds."""
    if not isinstance(rule, Admission):
        return [LooserWhole(rule, on)]
    bounds = {True: rule.at_most, False: rule.at_least}
    return [
        LooserCondition(rule, on, upper) for upper, bound in bounds.items() if bound is not None
    ]
