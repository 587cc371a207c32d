"""Computed measures: levels of a criterion that follow from a project's own figures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from portfolio.project import Project
from portfolio.scoring.exact import exact
from portfolio.scoring.payoff import project_ecv
from portfolio.scoring.risk import risk

JUDGED = "judged"
DAYS_A_MONTH = Fraction(1461, 48)
"""365.25 days a year over 12 months."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure by name: its unit ("" for a ratio, "money" in currency units) and what it says.

    `of` answers None when the project's figures do not tell.
    """

    name: str
    unit: str
    meaning: str
    of: Callable[[Project], Fraction | None]


def leverage_ratio(project: Project) -> Fraction | None:
    """Other money for each unit of grant; None without a grant or a known cost."""
    if not project.cost_known or project.grant <= 0:
        return None
    return Fraction(project.co_funding, project.grant)


def payoff_per_grant(project: Project) -> Fraction | None:
    """Expected payoff (ECV) for each unit of grant; None without a grant or a payoff."""
    payoff = project_ecv(project)
    return payoff / project.grant if payoff is not None and project.grant > 0 else None


def duration_months(project: Project) -> Fraction | None:
    """Months from start to end, by days; None when a date is missing."""
    if project.start is None or project.end is None:
        return None
    return (project.end - project.start).days / DAYS_A_MONTH


def _money(cents: Fraction | int | None) -> Fraction | None:
    return None if cents is None else Fraction(cents) / 100


def _spending(project: Project, cents: int) -> Fraction | None:
    return _money(cents) if project.cost_known else None


def _number(value: float | int | None) -> Fraction | None:
    return None if value is None else exact(value)


MEASURES: dict[str, Measure] = {
    measure.name: measure
    for measure in (
        Measure(
            "benefit",
            "",
            "The ready-made benefit that came with the list",
            lambda project: _number(project.benefit),
        ),
        Measure(
            "chance of success",
            "",
            "Chance of technical and commercial success together, 0 to 1",
            lambda project: risk(project).success,
        ),
        Measure(
            "cost", "money", "The whole cost", lambda project: _spending(project, project.cost)
        ),
        Measure("duration", "months", "Months from start to end", duration_months),
        Measure(
            "expected payoff",
            "money",
            "Expected payoff after all costs (ECV)",
            lambda project: _money(project_ecv(project)),
        ),
        Measure(
            "expected payoff per unit of grant",
            "",
            "Expected payoff after all costs for each unit of grant",
            payoff_per_grant,
        ),
        Measure(
            "grant",
            "money",
            "The grant asked for",
            lambda project: _spending(project, project.grant),
        ),
        Measure(
            "leverage ratio", "", "Other money that follows each unit of grant", leverage_ratio
        ),
        Measure(
            "months to payoff",
            "months",
            "Months until the first payoff",
            lambda project: _number(project.months_to_payoff),
        ),
        Measure(
            "partners",
            "partners",
            "Active partners beside the lead",
            lambda project: Fraction(sum(partner.active for partner in project.partners)),
        ),
    )
}
