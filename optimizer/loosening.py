"""A limit or a capacity moved step by step until some mix meets it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from optimizer.search import Found, Mix
from portfolio.feasibility import checks
from portfolio.funding.rules import Capacity, Limit, limit_unit
from portfolio.funding.sentences import sentence
from portfolio.pool import Pool
from portfolio.scenario import Scenario
from portfolio.selection import RuleCheck
from portfolio.variants import Pick, variants
from portfolio.wording import NO_BREAK, exact_money

SHARE_STEP = Fraction(1, 1000)
DECIMALS_OF_SPREAD_NEEDS = 2


@dataclass(frozen=True, slots=True)
class Least:
    """The fewest steps known to be enough, a mix that they allow, and whether fewer are not."""

    steps: int
    mix: Mix
    proven: bool


def smallest(ask: Callable[[int], Found], needed: Callable[[Mix], int], mix: Mix) -> Least:
    """The fewest steps after which some mix is allowed, by halving.

    `ask` searches for any mix after so many steps, `needed` tells how many a mix needs, `mix` is
    allowed after some. More steps allow no less, and with none no mix is allowed.
    """
    enough, short = needed(mix), 0
    while enough - short > 1:
        middle = (enough + short) // 2
        found = ask(middle)
        if found.mix is not None:
            mix, enough = found.mix, needed(found.mix)
        elif found.proven:
            short = middle
        else:
            return Least(enough, mix, proven=False)
    return Least(enough, mix, proven=True)


@dataclass(frozen=True, slots=True)
class LooserFloor:
    """A limit's lower bound, coming down in steps: of 0.1 % for a share, of a cent or a project."""

    rule: Limit
    bound: Decimal

    @property
    def unit(self) -> str:
        """What the bound is in."""
        return unit_of(self.rule)

    @property
    def freed(self) -> Limit | None:
        """The rule without the bound; None when nothing is left of it."""
        return None if self.rule.at_most is None else self._at(None)

    def by(self, steps: int) -> Limit | None:
        """The rule so many steps looser; None when it forbids nothing any more."""
        step = step_of(self.rule)
        number = (ceil(Fraction(self.bound) / step) - steps) * step
        return self.freed if number <= 0 else self._at(decimal(number))

    def needed(self, pool: Pool, picks: Sequence[Pick]) -> int:
        """The fewest steps after which these projects keep to the bound."""
        step = step_of(self.rule)
        used = tightest(replace(self.rule, at_most=None), pool, picks).used
        return ceil(Fraction(self.bound) / step) - floor(used / step)

    def moved(self, steps: int) -> Fraction:
        """How far the bound comes down."""
        rule = self.by(steps)
        end = Decimal(0) if rule is None or rule.at_least is None else rule.at_least
        return Fraction(self.bound) - Fraction(end)

    def change(self, steps: int, pool: Pool) -> str:
        """The change in a few words."""
        rule = self.by(steps)
        if rule is None:
            return "Drop this rule"
        if self.unit == "cents":
            return f"Ask for {exact_money(int(self.moved(steps)), pool.cluster.currency)} less"
        return f"{sentence(rule, pool, Scenario())} instead of {bound_words(self.rule, self.bound)}"

    def _at(self, bound: Decimal | None) -> Limit:
        return replace(self.rule, at_least=bound, sentence="")


@dataclass(frozen=True, slots=True)
class LooserCeiling:
    """A limit's upper bound, going up in steps: of 0.1 % for a share, of a cent or a project."""

    rule: Limit
    bound: Decimal

    @property
    def unit(self) -> str:
        """What the bound is in."""
        return unit_of(self.rule)

    @property
    def freed(self) -> Limit | None:
        """The rule without the bound; None when nothing is left of it."""
        return None if self.rule.at_least is None else self._at(None)

    def by(self, steps: int) -> Limit | None:
        """The rule so many steps looser; None when it forbids nothing any more."""
        step = step_of(self.rule)
        number = (floor(Fraction(self.bound) / step) + steps) * step
        whole = self.unit == "share" and number >= 1
        return self.freed if whole else self._at(decimal(number))

    def needed(self, pool: Pool, picks: Sequence[Pick]) -> int:
        """The fewest steps after which these projects keep to the bound."""
        step = step_of(self.rule)
        used = tightest(replace(self.rule, at_least=None), pool, picks).used
        return ceil(used / step) - floor(Fraction(self.bound) / step)

    def moved(self, steps: int) -> Fraction:
        """How far the bound goes up."""
        rule = self.by(steps)
        end = Decimal(1) if rule is None or rule.at_most is None else rule.at_most
        return Fraction(end) - Fraction(self.bound)

    def change(self, steps: int, pool: Pool) -> str:
        """The change in a few words."""
        rule = self.by(steps)
        if rule is None:
            return "Drop this rule"
        if self.unit == "cents":
            return f"Allow {exact_money(int(self.moved(steps)), pool.cluster.currency)} more"
        return f"{sentence(rule, pool, Scenario())} instead of {bound_words(self.rule, self.bound)}"

    def _at(self, bound: Decimal | None) -> Limit:
        return replace(self.rule, at_most=bound, sentence="")


@dataclass(frozen=True, slots=True)
class LooserCapacity:
    """The amounts of a capacity, going up by the same in each period.

    A step is the last decimal that the rule or a project names, in any way to run it; 0.01 or
    smaller where needs are spread over periods.
    """

    rule: Capacity
    step: Fraction
    freed: None = None

    @classmethod
    def of(cls, rule: Capacity, pool: Pool) -> LooserCapacity:
        """The capacity with the step that fits its numbers."""
        amounts = [*rule.amounts]
        calendar = pool.cluster.calendar
        for one in (way.project for p in pool.candidates for way in variants(p, calendar)):
            amounts += [need.amount for need in one.resources if need.resource == rule.resource]
        least = DECIMALS_OF_SPREAD_NEEDS if len(rule.amounts) > 1 else 0
        return cls(rule, Fraction(1, 10 ** max(least, *map(_decimals, amounts))))

    @property
    def unit(self) -> str:
        """What the amounts are in."""
        return self.rule.resource

    def by(self, steps: int) -> Capacity:
        """The rule with so many steps more in each period."""
        more = decimal(self.moved(steps))
        return replace(self.rule, amounts=tuple(a + more for a in self.rule.amounts), sentence="")

    def needed(self, pool: Pool, picks: Sequence[Pick]) -> int:
        """The fewest steps after which these projects keep to the capacity."""
        check = tightest(self.rule, pool, picks)
        return ceil((check.used - (check.at_most or 0)) / self.step)

    def moved(self, steps: int) -> Fraction:
        """How much more there is in each period."""
        return steps * self.step

    def change(self, steps: int, pool: Pool) -> str:
        """The change in a few words."""
        when = " in each period" if len(self.rule.amounts) > 1 else ""
        return f"{plain(decimal(self.moved(steps)))} more {self.rule.resource}{when}"


Looser = LooserFloor | LooserCeiling | LooserCapacity


def looser(rule: Limit | Capacity, pool: Pool) -> list[Looser]:
    """The ways to loosen a rule: one for each of its bounds."""
    if isinstance(rule, Capacity):
        return [LooserCapacity.of(rule, pool)]
    ways: list[Looser] = []
    if rule.at_least is not None:
        ways.append(LooserFloor(rule, rule.at_least))
    if rule.at_most is not None:
        ways.append(LooserCeiling(rule, rule.at_most))
    return ways


def unit_of(rule: Limit) -> str:
    """What a limit is in: "share", "cents" or "projects"."""
    return limit_unit(rule.measure)


def step_of(rule: Limit) -> Fraction:
    """The step in which a limit is said."""
    return SHARE_STEP if unit_of(rule) == "share" else Fraction(1)


def tightest(rule: Limit | Capacity, pool: Pool, picks: Sequence[Pick]) -> RuleCheck:
    """How the rule stands alone in a mix."""
    (check,) = checks(pool, Scenario(rules=(rule,)), picks, ())
    return check


def decimal(number: Fraction) -> Decimal:
    """A number of steps as a decimal, exact."""
    return Decimal(number.numerator) / Decimal(number.denominator)


def bound_words(rule: Limit, bound: Decimal) -> str:
    """A bound with all its decimals."""
    if unit_of(rule) == "share":
        return f"{plain(bound * 100)}{NO_BREAK}%"
    return plain(bound)


def plain(number: Decimal) -> str:
    """A number with all its decimals and no more."""
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _decimals(number: Decimal) -> int:
    exponent = Decimal(number).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
