"""Values of the optimizer in the words of the user."""

from __future__ import annotations

from portfolio.pool import Pool
from portfolio.scenario import Objective
from portfolio.scoring.value import MICRO, MICRO_A_CENT, unit
from portfolio.wording import money


def amount(micro: int, pool: Pool, objective: Objective) -> str:
    """A value in millionths as money, points or plain benefit."""
    match unit(objective):
        case "money":
            return money(round(micro / MICRO_A_CENT), pool.cluster.currency)
        case "points":
            return f"{micro / MICRO:,.2f} points"
        case "benefit":
            return f"{micro / MICRO:,.6f}".rstrip("0").rstrip(".")
