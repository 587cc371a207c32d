"""What a simulation takes for granted: how far projects move together, and how heavy the tails are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import isfinite

from portfolio.errors import InputError, Problem
from portfolio.project import Project
from portfolio.wording import listed

MOST_OUTCOMES = 1_000_000
MOST_TAIL = 1_000.0
USUAL_TECHNOLOGY = 0.10

CLASSES: dict[str, Callable[[Project], str]] = {
    "theme": lambda project: project.theme,
    "sponsor": lambda project: project.lead,
    "technology": lambda project: project.technology,
}
"""The classes whose projects share a fate, and how a project says which one it is in ("" unknown)."""


@dataclass(frozen=True, slots=True)
class Assumptions:
    """The question to chance; every number that the data of the projects does not give.

    `theme`, `sponsor` and `technology` are the correlations that two projects owe to a theme, a
    lead organization or a technology that they share, as decimals; they add up for projects that
    share several, and what is left to 1 is each project's own luck. No technology stands for .10,
    or for what the other two leave where that is less. `tail` is the tail index α > 1
    of a payoff beyond its high estimate: the chance to exceed x falls as x^−α, so that a smaller
    one means rarer and larger surprises. `uplift` raises all costs by a share (0.24 for 24 %), for
    what projects of their kind have overrun.

    The defaults of the three are ours: theme and lead together .25, about the .12 to .24 that the
    Basel II formula for loans to firms (2006) takes for firms that share an economy, and a
    technology as much as a lead. The default
    of `tail` is ours too: the largest whole-number index whose payoffs have no finite skewness.
    """

    outcomes: int = 10_000
    seed: int = 1
    theme: float = 0.15
    sponsor: float = 0.10
    technology: float | None = None
    tail: float = 3.0
    uplift: float = 0.0

    def loading(self, kind: str) -> float:
        """The share of a project's luck that it owes to its class of a kind."""
        share: float | None = getattr(self, kind)
        if share is None:
            return min(USUAL_TECHNOLOGY, max(1 - self.theme - self.sponsor, 0.0))
        return share


def check(assumptions: Assumptions, projects: tuple[Project, ...]) -> None:
    """InputError with every assumption and every estimate that no outcome can be drawn from."""
    problems = (*_assumption_problems(assumptions), *_project_problems(projects))
    if problems:
        raise InputError(problems)


def _assumption_problems(assumptions: Assumptions) -> list[Problem]:
    found: list[Problem] = []
    if not 1 <= assumptions.outcomes <= MOST_OUTCOMES:
        remedy = f"Write a whole number from 1 to {MOST_OUTCOMES:,}."
        found.append(Problem("outcomes", str(assumptions.outcomes), remedy))
    shares = {k: assumptions.loading(k) for k in CLASSES if getattr(assumptions, k) is not None}
    for kind, share in shares.items():
        if not 0 <= share <= 1:
            found.append(Problem(f"same {kind}", str(share), "Write a number from 0 to 1."))
    if all(0 <= share <= 1 for share in shares.values()) and sum(shares.values()) > 1:
        together = " + ".join(str(share) for share in shares.values())
        names = [f"same {kind}" for kind in shares]
        found.append(Problem(listed(names), together, "Together they may be at most 1."))
    if not 1 < assumptions.tail <= MOST_TAIL:
        remedy = f"Write a number above 1, at most {MOST_TAIL:,.0f}."
        found.append(Problem("tail", str(assumptions.tail), remedy))
    if not (isfinite(assumptions.uplift) and -1 <= assumptions.uplift <= 100):
        remedy = "Write a share from −1 to 100, 0.24 for 24 %."
        found.append(Problem("uplift", str(assumptions.uplift), remedy))
    return found


def _project_problems(projects: tuple[Project, ...]) -> list[Problem]:
    found: list[Problem] = []
    for project in projects:
        name = project.name or project.id
        chances = {"technical": project.p_technical, "commercial": project.p_commercial}
        found += [
            Problem(f"{name}, chance of {kind} success", str(chance), "Write a chance from 0 to 1.")
            for kind, chance in chances.items()
            if chance is not None and not 0 <= chance <= 1
        ]
        points = project.payoff
        if points is not None and not points.low <= points.likely <= points.high:
            cents = f"{points.low}, {points.likely}, {points.high}"
            remedy = "Order them: low is at most likely, and likely at most high."
            found.append(Problem(f"{name}, low, likely and high payoff in cents", cents, remedy))
    return found
