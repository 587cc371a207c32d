"""The spending signal: money paid out against work done, and money about to lapse."""

from __future__ import annotations

from datetime import date

from portfolio.cluster import Cluster
from portfolio.project import Project, Report
from portfolio.review.plan import Plan, plan_of, reports_until
from portfolio.review.signal import (
    DEFAULT_LIMITS,
    Limits,
    Signal,
    State,
    bad_since,
    below_limit,
)
from portfolio.wording import money, percent

LEAST_SHARE = 0.05
"""Share of the money below which work per money says nothing yet."""


def spending_signal(
    project: Project, cluster: Cluster, on: date, limits: Limits = DEFAULT_LIMITS
) -> Signal:
    """Work done per money spent, and money that lags so far behind its plan that it may lapse.

    Money is counted against the whole cost. More spent than that counts against; so does under a
    quarter spent where half of it should be.
    """
    budget = budget_of(project)
    reports = reports_until(project, on)
    if budget is None:
        return Signal("spending", State.NOT_KNOWN, "its budget is not known")
    if not reports:
        return Signal("spending", State.NOT_KNOWN, "no report tells what is spent")
    plan = plan_of(project, cluster.calendar)
    history = [(r.on, _state(plan, r, budget, limits)) for r in reports]
    last, state = reports[-1], history[-1][1]
    amounts = f"{money(last.spent, cluster.currency)} of {money(budget, cluster.currency)}"
    fact = f"{amounts} spent for {percent(round(last.complete, 2))} of the work"
    if plan and _lapsing(plan, last, budget):
        fact += f", {percent(round(plan.share(last.on), 2))} was planned by then"
    return Signal("spending", state, fact, bad_since(history))


def budget_of(project: Project) -> int | None:
    """The whole cost in cents, which reported spending counts against; None when not known."""
    return (project.cost or project.grant or None) if project.cost_known else None


def unspent(project: Project, on: date) -> int | None:
    """Cents of the grant that the last report leaves unspent; None when not known.

    Grant and co-funding are taken to be spent side by side, in proportion, and never below 0:
    grant · (1 − spent / cost), rounded down, so that no more is promised than is there.
    """
    budget = budget_of(project)
    reports = reports_until(project, on)
    if budget is None or not reports:
        return None
    return project.grant * max(budget - reports[-1].spent, 0) // budget


def _state(plan: Plan | None, report: Report, budget: int, limits: Limits) -> State:
    spent = report.spent / budget
    if spent > 1:
        return State.AGAINST
    if plan and _lapsing(plan, report, budget):
        return State.AGAINST if spent < 0.25 else State.LOOK_CLOSER
    if spent < LEAST_SHARE:
        return State.FINE
    return below_limit(report.complete / spent, limits.thrift_closer, limits.thrift_against)


def _lapsing(plan: Plan, report: Report, budget: int) -> bool:
    """Whether half of the money should be spent, and not half of that is."""
    planned = plan.share(report.on)
    return planned >= 0.5 and report.spent / budget < planned / 2
