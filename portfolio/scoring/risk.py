"""Risk: the chances of success, and what is lost without it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from portfolio.project import Project
from portfolio.scoring.exact import exact


@dataclass(frozen=True, slots=True)
class Risk:
    """How a project may go wrong. Chances are 0 to 1, money in cents; None is not known.

    `success` is Pts · Pcs, `loss` the chance that nothing comes back: 1 − success. A chance that
    is not known counts as 1 in both as long as the other is known. `low_outcome` is what is left
    of the low estimate after all costs, given success; `most_lost` is the whole cost and the
    launch, which are gone when the technology works and the market does not.
    """

    technical: Fraction | None
    commercial: Fraction | None
    success: Fraction | None
    loss: Fraction | None
    low_outcome: int | None
    most_lost: int | None


def risk(project: Project) -> Risk:
    """The risk of a project as its own figures tell it.

    >>> from portfolio.project import ThreePoint
    >>> project = Project(id="a", name="A", cost=300, launch_cost=500, p_technical=0.8,
    ...                   p_commercial=0.5, payoff=ThreePoint(1000, 3000, 5000))
    >>> found = risk(project)
    >>> found.success, found.loss, found.low_outcome, found.most_lost
    (Fraction(2, 5), Fraction(3, 5), 200, 800)
    """
    technical = None if project.p_technical is None else exact(project.p_technical)
    commercial = None if project.p_commercial is None else exact(project.p_commercial)
    known = [p for p in (technical, commercial) if p is not None]
    success = None
    if known:
        success = known[0] * known[1] if len(known) == 2 else known[0]
    spent = project.cost + project.launch_cost if project.cost_known else None
    low = None if project.payoff is None or spent is None else project.payoff.low - spent
    return Risk(
        technical=technical,
        commercial=commercial,
        success=success,
        loss=None if success is None else 1 - success,
        low_outcome=low,
        most_lost=spent,
    )
