"""Resources: the money a project needs by period, who may pay it, and its named resources."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from portfolio.funding.eligibility import objections
from portfolio.pool import Pool
from portfolio.project import Project
from portfolio.scenario import Scenario
from portfolio.scoring.exact import exact


@dataclass(frozen=True, slots=True)
class SourceAnswer:
    """Whether a source may pay for the project; `objections` are clauses after “because”."""

    source: str
    name: str
    objections: tuple[str, ...]

    @property
    def may_pay(self) -> bool:
        """Whether nothing speaks against it."""
        return not self.objections


@dataclass(frozen=True, slots=True)
class PeriodMoney:
    """Cents of grant that fall in a period, with the period's label."""

    label: str
    cents: int


@dataclass(frozen=True, slots=True)
class Need:
    """What the project needs of a named resource (staff days, a test site) over its life."""

    resource: str
    amount: Fraction


@dataclass(frozen=True, slots=True)
class Resources:
    """What a project takes. Money in cents, None when the cost is not known.

    `by_period` leaves out periods without money.
    """

    cost: int | None
    grant: int | None
    co_funding: int | None
    by_period: tuple[PeriodMoney, ...]
    sources: tuple[SourceAnswer, ...]
    needs: tuple[Need, ...]


def resources(pool: Pool, project: Project, scenario: Scenario | None = None) -> Resources:
    """The resources of a project under a scenario's sources (the standing ones unless given)."""
    question = pool.scenario if scenario is None else scenario
    calendar = pool.cluster.calendar
    totals: dict[str, Fraction] = {}
    for need in project.resources:
        totals[need.resource] = totals.get(need.resource, Fraction(0)) + exact(need.amount)
    return Resources(
        cost=project.cost if project.cost_known else None,
        grant=project.grant if project.cost_known else None,
        co_funding=project.co_funding if project.cost_known else None,
        by_period=tuple(
            PeriodMoney(calendar.label(period), cents)
            for period, cents in enumerate(project.grant_by_period(calendar))
            if cents
        ),
        sources=tuple(
            SourceAnswer(
                source.id, source.name, tuple(o.why for o in objections(pool, project, source))
            )
            for source in question.sources
        ),
        needs=tuple(Need(name, totals[name]) for name in sorted(totals)),
    )
