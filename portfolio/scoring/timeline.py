"""Timeline: when a project runs, and when it pays off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from portfolio.project import Horizon, Project
from portfolio.scoring.measures import duration_months


@dataclass(frozen=True, slots=True)
class Timeline:
    """When a project runs; None is not known. `months` is its length, `to_payoff` in months."""

    start: date | None
    end: date | None
    months: Fraction | None
    to_payoff: int | None
    horizon: Horizon | None

    @property
    def quick_win(self) -> bool | None:
        """Whether it pays off within 12 months; None when that is not known."""
        return None if self.horizon is None else self.horizon is Horizon.QUICK_WIN


def timeline(project: Project) -> Timeline:
    """The timeline of a project.

    >>> plan = timeline(Project(id="a", name="A", start=date(2027, 1, 1), end=date(2028, 7, 1),
    ...                         months_to_payoff=30))
    >>> round(float(plan.months)), plan.horizon.value, plan.quick_win
    (18, 'medium', False)
    """
    return Timeline(
        start=project.start,
        end=project.end,
        months=duration_months(project),
        to_payoff=project.months_to_payoff,
        horizon=project.horizon,
    )
