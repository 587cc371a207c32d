"""Five signals of a running project: pace, gate, spending, reports and partners.

Each rests on other evidence: the work reported, the promises dated, the money paid out, the
reporting itself, and who is still on board.
"""

from __future__ import annotations

from datetime import date

from portfolio.cluster import Cluster
from portfolio.project import Project
from portfolio.review.gate_signal import gate_signal
from portfolio.review.pace_signal import pace_signal
from portfolio.review.reports_signal import reports_signal
from portfolio.review.signal import DEFAULT_LIMITS, Limits, Signal, State, from_limit
from portfolio.review.spending_signal import spending_signal
from portfolio.wording import count

SIGNALS = ("pace", "gate", "spending", "reports", "partners")


def signals(
    project: Project,
    cluster: Cluster,
    on: date,
    limits: Limits = DEFAULT_LIMITS,
    *,
    reporting: bool = True,
) -> tuple[Signal, ...]:
    """The five signals as they stood on a day, in the order of `SIGNALS`.

    Later reports do not count. `reporting`: see `reports_signal`.
    """
    return (
        pace_signal(project, cluster, on, limits),
        gate_signal(project, on, limits),
        spending_signal(project, cluster, on, limits),
        reports_signal(project, on, limits, reporting=reporting),
        partners_signal(project, limits),
    )


def partners_signal(project: Project, limits: Limits = DEFAULT_LIMITS) -> Signal:
    """How many of its partners have left; when they did is not on record."""
    if not project.partners:
        return Signal("partners", State.NOT_KNOWN, "no partners are on record")
    whole = len(project.partners)
    left = sum(not partner.active for partner in project.partners)
    state = from_limit(left / whole, limits.gone_closer, limits.gone_against)
    if state is State.FINE:
        return Signal("partners", state, f"{count(whole, 'partner')} on board")
    return Signal("partners", state, f"{left} of {count(whole, 'partner')} left")
