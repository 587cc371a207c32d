"""The day a cluster is looked at: today, or for a sample the last day of its own story."""

from __future__ import annotations

from datetime import date

from dashboard.services import clock
from portfolio.pool import Pool


def present(pool: Pool) -> date:
    """Today. A sample stands still, so once its next board has passed it is shown on its own day.

    That day is the one of its last report, which is also taken while today still lies before it.
    """
    today = clock.today()
    reports = [report.on for project in pool.running for report in project.reports]
    if not pool.cluster.fictional or not reports:
        return today
    last = max(reports)
    end = pool.cluster.next_board or last
    return today if last <= today <= max(end, last) else last
