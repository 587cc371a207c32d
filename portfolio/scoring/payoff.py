"""Payoff: what a project should return, from three-point estimates or from a plan of cash flows.

The formulas take floats or Fractions and answer in the same; projects are valued in Fractions.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TypeVar

from portfolio.project import CashYear, Project, ThreePoint
from portfolio.scoring.exact import exact

Number = TypeVar("Number", float, Fraction)

FIRST_CALENDAR_YEAR = 1000
"""Years of a cash plan from here on are calendar years; below, they count from now (0)."""


def pert_mean(low: Number, likely: Number, high: Number) -> Number:
    """Mean of three points: (low + 4·likely + high) / 6.

    The mean that PERT gives a beta distribution (Malcolm and others, 1959).

    >>> pert_mean(10.0, 20.0, 60.0)
    25.0
    """
    return (low + 4 * likely + high) / 6


def ecv(
    present_value: Number,
    p_technical: Number,
    p_commercial: Number,
    development: Number,
    launch: Number,
) -> Number:
    """Expected commercial value: ((PV·Pcs − C)·Pts) − D (Cooper, Edgett and Kleinschmidt).

    `present_value` PV of the income given success, `development` D spent in any case, `launch` C
    spent only after technical success. Pcs stands inside and Pts outside: the launch is paid for
    before the market answers. All money in one unit, chances as decimals.

    >>> ecv(30.0, 0.8, 0.5, 3.0, 5.0)
    5.0
    """
    return (present_value * p_commercial - launch) * p_technical - development


def present_value_needed(
    target: Number,
    p_technical: Number,
    p_commercial: Number,
    development: Number,
    launch: Number,
) -> Number | None:
    """The PV at which `ecv` reaches `target`; None when a chance is zero and no PV does.

    >>> present_value_needed(5.0, 0.8, 0.5, 3.0, 5.0)
    30.0
    """
    if not p_technical or not p_commercial:
        return None
    return ((target + development) / p_technical + launch) / p_commercial


def technical_chance_needed(
    target: Number,
    present_value: Number,
    p_commercial: Number,
    development: Number,
    launch: Number,
) -> Number | None:
    """The Pts at which `ecv` reaches `target`; None when no chance up to 1 does.

    >>> round(technical_chance_needed(5.0, 30.0, 0.5, 3.0, 5.0), 10)
    0.8
    """
    after_success = present_value * p_commercial - launch
    if target + development <= 0:
        return target * 0
    if after_success < target + development:
        return None
    return (target + development) / after_success


def npv(cash: Sequence[Number], rate: Number) -> Number:
    """Net present value: Σ_t CF_t / (1 + rate)^t, the first amount falling now (t = 0).

    `rate` is a decimal a year (0.1 for 10 %). Nothing at all is worth 0.

    >>> round(npv([-1.0, -2.0, -4.0, 3.0, 8.0, 8.0], 0.1), 5)
    6.56146
    """
    return rnpv(cash, [rate * 0 + 1] * len(cash), rate)


def rnpv(cash: Sequence[Number], reached: Sequence[Number], rate: Number) -> Number:
    """Risk-adjusted NPV: Σ_t CF_t · Π p(stage passed before t) / (1 + rate)^t.

    `reached` is the product itself: the chance that the plan is still alive at t. Spending is
    weighted like income, since money of a stage that is never reached is never spent.
    Raises ValueError when the lengths differ.

    >>> round(rnpv([-1.0, -2.0, -4.0, 3.0, 8.0, 8.0], [1.0, 0.6, 0.3, 0.24, 0.24, 0.24], 0.1), 5)
    -0.03814
    """
    total = rate * 0
    for year, (amount, chance) in enumerate(zip(cash, reached, strict=True)):
        total += amount * chance / (1 + rate) ** year
    return total


def payoff_with_caution(payoff: ThreePoint, caution: float = 0.0) -> Fraction:
    """PERT mean in cents, moved by `caution` (0 to 1) towards the low estimate.

    >>> payoff_with_caution(ThreePoint(10, 20, 60), 0.5)
    Fraction(35, 2)
    """
    mean = Fraction(payoff.low + 4 * payoff.likely + payoff.high, 6)
    return mean + exact(caution) * (payoff.low - mean) if caution else mean


def project_ecv(project: Project, caution: float = 0.0) -> Fraction | None:
    """ECV in cents: D is the whole cost, a chance that is not known counts as 1.

    None when the payoff or the cost is not known.
    """
    if project.payoff is None or not project.cost_known:
        return None
    # `ecv` with all over one denominator, since this is asked of every project all the time.
    income = payoff_with_caution(project.payoff, caution)
    commercial, technical = chance(project.p_commercial), chance(project.p_technical)
    launched = income.denominator * commercial.denominator
    after = income.numerator * commercial.numerator - project.launch_cost * launched
    whole = launched * technical.denominator
    return Fraction(after * technical.numerator - project.cost * whole, whole)


def project_rnpv(
    project: Project, rate: float, this_year: int, caution: float = 0.0
) -> Fraction | None:
    """rNPV in cents of the plan of cash flows; None when there is no plan.

    Calendar years count from `this_year`, several amounts of a year add up, and a year's gate
    weighs on all later years. With caution, income shrinks as the three-point payoff does from
    its mean to its low; a project without those three points keeps its income.
    """
    if not project.cash:
        return None
    return sum(
        (
            present * reached
            for _, present, reached in rnpv_years(project, rate, this_year, caution)
        ),
        Fraction(0),
    )


def rnpv_years(
    project: Project, rate: float, this_year: int, caution: float = 0.0
) -> list[tuple[int, Fraction, Fraction]]:
    """What rNPV adds up: by year from now, cents at their present value, and the chance to get there.

    The chance is the product of the gates of all years before; the cents are not weighted with it.
    Arguments as for `project_rnpv`.

    >>> from portfolio.project import CashYear
    >>> plan = Project("a", "A", cash=(CashYear(0, -100, 0.5), CashYear(1, 300)))
    >>> [(year, int(cents), str(chance)) for year, cents, chance in rnpv_years(plan, 0.0, 2027)]
    [(0, -100, '1'), (1, 300, '1/2')]
    """
    income = _income_factor(project.payoff, caution)
    alive = Fraction(1)
    discount = 1 + exact(rate)
    found = []
    for year, amounts, passed in _by_year(project.cash, this_year):
        cents = sum(amount * income if amount > 0 else Fraction(amount) for amount in amounts)
        found.append((year, cents / discount**year, alive))
        alive *= passed
    return found


def chance(probability: float | None) -> Fraction:
    """A chance as an exact number; not known counts as 1, which callers have to say."""
    return Fraction(1) if probability is None else exact(probability)


def _income_factor(payoff: ThreePoint | None, caution: float) -> Fraction:
    if payoff is None:
        return Fraction(1)
    mean = payoff_with_caution(payoff)
    return payoff_with_caution(payoff, caution) / mean if mean > 0 else Fraction(1)


def _by_year(cash: Sequence[CashYear], this_year: int) -> list[tuple[int, list[int], Fraction]]:
    """Years from now in order, each with its amounts and the chance that its gates are passed."""
    years: dict[int, tuple[list[int], Fraction]] = {}
    for entry in cash:
        year = entry.year - this_year if entry.year >= FIRST_CALENDAR_YEAR else entry.year
        amounts, passed = years.get(year, ([], Fraction(1)))
        years[year] = ([*amounts, entry.amount], passed * exact(entry.p_pass))
    return [(year, *years[year]) for year in sorted(years)]
