"""What one more unit of money is worth by the relaxation's rates."""

from __future__ import annotations

from optimizer.ladder import Ladder
from optimizer.options import Options, Watch
from optimizer.validate import check
from optimizer.warm import Warm
from portfolio.pool import Pool
from portfolio.scenario import Scenario
from portfolio.scoring.value import MICRO

CENTS = 100


def lp_rate(pool: Pool, scenario: Scenario, source: str = "") -> float | None:
    """Payoff per extra unit of money by the relaxation's rates, along the way of `with_money`.

    With a `source`, of money that it alone gives, along the way of `with_source_totals`.

    Σ_r rate_r · d limit_r / d money. Points or benefit a unit of money for other aims. None when
    nothing limits money in all or the relaxation has no optimum. At a kink of the relaxation's
    curve it is a rate between those on both sides. Raises InputError.
    """
    check(pool, scenario)
    ladder = Ladder(pool, scenario, source)
    money = ladder.dial.present
    if money is None:
        return None
    point = Warm(ladder, Watch(Options())).solve(ladder.limits(ladder.under(money), money))
    if point is None:
        return None
    pairs = zip(ladder.rungs, ladder.slopes(), strict=True)
    micro_a_cent = sum(float(point.rates[rung.number]) * float(slope) for rung, slope in pairs)
    return micro_a_cent * CENTS / MICRO
