"""What the next money buys, in words: exact answers, and beside them the rate, each labelled."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.services import words
from dashboard.services.budgets import agreed_name
from optimizer import Purchase
from portfolio.pool import Pool
from portfolio.scenario import Scenario
from portfolio.scoring import value
from portfolio.scoring.value import MICRO
from portfolio.wording import money

HOW_TO_READ = (
    "Exact: the best mix with so much more, less the best mix now. Rate: what the amount would bring "
    "if projects could be split; it tells which way things go, not what you get."
)


USUAL = 100_000_00


def usual(total: int | None) -> int:
    """The amount looked at first, in cents: 100,000, or about a twentieth where that is much money.

    >>> usual(210_000_000), usual(1_500), usual(None)
    (10000000, 500, 10000000)
    """
    if total is None or total >= 5 * USUAL:
        return USUAL
    return words.round_step(total) * 500


def headline(pool: Pool, scenario: Scenario, found: Sequence[Purchase], mark: words.Mark) -> str:
    """Which money buys most, as one sentence."""
    currency, unit = pool.cluster.currency, value.unit(scenario.objective)
    known = [one for one in found if one.gain is not None]
    if not known:
        return "What more money buys was not found in time."
    amount = money(known[0].cents, currency)
    best = max(known, key=lambda one: one.gain or 0)
    if not best.gain or best.gain < 0:
        whoever = ", whoever gives it" if scenario.sources else ""
        return f"The next {amount} buys nothing{whoever}."
    worth = words.worth(best.gain, unit, currency)
    whose = f"from {mark(name(scenario, best))}" if best.source else "in all, shared as agreed,"
    start = f"The next {amount} {whose}" if scenario.sources else f"The next {amount}"
    verb = "returns" if unit == "money" else "adds"
    more = " more" if unit == "money" else ""
    return f"{start} {verb} {worth}{more}."


def name(scenario: Scenario, purchase: Purchase) -> str:
    """Whose money it is."""
    if not purchase.source:
        return agreed_name(scenario)
    return next(one.name for one in scenario.sources if one.id == purchase.source)


def rate_gain(purchase: Purchase) -> int | None:
    """What the whole amount would bring at the rate, in millionths; None where there is no rate."""
    if purchase.rate is None:
        return None
    return round(purchase.rate * purchase.cents / 100 * MICRO)
