"""Earned schedule: how much planned time the work done so far is worth (Lipke, 2003).

Plans are cumulative, in any unit, one entry at the end of each period: `planned[0]` is what is
planned by the end of period 1. Periods may be days, months or the cluster's own.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise


def earned_schedule(planned: Sequence[float], earned: float) -> float:
    """ES = C + (EV − PV_C) / (PV_{C+1} − PV_C), in periods, with C = max{k : PV_k ≤ EV}.

    `planned` never falls; PV_0 is 0. Nothing earned is worth no time unless nothing was planned
    at first; more earned than planned in all is worth the whole plan.

    >>> earned_schedule([10, 30, 60, 100, 140], 40)
    2.3333333333333335
    """
    done = bisect_right(planned, earned)
    if done == len(planned):
        return float(done)
    before = planned[done - 1] if done else 0.0
    return done + max(earned - before, 0.0) / (planned[done] - before)


def spi_t(earned: float, actual: float) -> float | None:
    """SPI(t) = ES / AT, the share of the planned pace; None before any time has passed.

    >>> spi_t(10, 12)
    0.8333333333333334
    """
    return earned / actual if actual > 0 else None


def ieac_t(duration: float, pace: float | None) -> float | None:
    """IEAC(t) = PD / SPI(t), the duration to expect at this pace; None when nothing moves.

    >>> ieac_t(10, 0.8)
    12.5
    """
    return duration / pace if pace else None


def without_pauses(planned: Sequence[float]) -> tuple[float, ...]:
    """The plan with the clock stopped: periods in which nothing is planned are left out.

    >>> without_pauses([10, 20, 20, 20, 30])
    (10, 20, 30)
    """
    return tuple(now for before, now in pairwise([0, *planned]) if now > before)


def working_time(planned: Sequence[float], actual: float) -> float:
    """Actual time with the planned pauses up to it taken out; past the plan, time goes on.

    >>> working_time([10, 20, 20, 20, 30], 3.5), working_time([10, 20, 20, 20, 30], 4.5)
    (2.0, 2.5)
    """
    pauses = sum(
        min(max(actual - period, 0.0), 1.0)
        for period, (before, now) in enumerate(pairwise([0, *planned]))
        if now <= before
    )
    return actual - pauses
