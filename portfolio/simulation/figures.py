"""What a board asks of many outcomes: how much, how sure, how bad, how great."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isfinite, sqrt

import numpy as np
from numpy.typing import NDArray

from portfolio.errors import InputError, Problem
from portfolio.project import Project
from portfolio.scoring.exact import exact
from portfolio.scoring.payoff import chance, ecv, payoff_with_caution
from portfolio.simulation.assumptions import Assumptions
from portfolio.simulation.cvar import cvar
from portfolio.simulation.outcome_table import Cents
from portfolio.simulation.outcomes import blocks

MOST_TIMES = 1_000_000.0


@dataclass(frozen=True, slots=True)
class Marks:
    """What counts as bad and as great.

    `lose`: cents that must not be lost. `times`: a project is a breakthrough when its net outcome
    is above zero and at least so many times its whole cost and launch. `beta`: CVaR is the mean
    loss of the worst share 1 − β of the outcomes.
    """

    lose: int = 0
    times: float = 5.0
    beta: float = 0.95


@dataclass(frozen=True, slots=True)
class Gaps:
    """How many projects rest on what is not known.

    `payoff`: worth nothing in every outcome, as payoff or cost is not known. Of the others:
    `chance`, a chance of theirs is not known and counts as certain; `spread`, their payoff is a
    single number, so that only success or failure can surprise.
    """

    payoff: int
    chance: int
    spread: int


@dataclass(frozen=True, slots=True)
class RiskFigures:
    """The risk of a mix. Money is net of all costs, in cents; chances are 0 to 1.

    `expected` is the exact mean, Σ ECV; `mean` that of the outcomes, with its standard error.
    `p5`, `p50` and `p95` are outcomes themselves: the least that at least so many percent do not
    exceed. `breakthrough` is the chance of at least one, `loss` the chance to lose more than
    `marks.lose`, `failures` the exact number of projects expected to fail, Σ (1 − Pts·Pcs).
    `cvar` is a loss, so below zero where even the worst outcomes bring something.
    """

    outcomes: int
    projects: int
    expected: int
    mean: int
    mean_error: int
    sd: int
    p5: int
    p50: int
    p95: int
    breakthrough: float
    loss: float
    failures: float
    cvar: int
    marks: Marks
    gaps: Gaps


def risk(
    projects: Sequence[Project],
    drawn: Iterable[Cents],
    assumptions: Assumptions | None = None,
    marks: Marks | None = None,
) -> tuple[RiskFigures, Cents]:
    """The figures of a mix, and its net outcomes, shape `(outcomes,)`, in the order drawn.

    `drawn` are tables of `outcomes` in the order of `projects`, one or several below one another.
    InputError for marks that cannot be used, ValueError when nothing was drawn.
    """
    assumed, marked = assumptions or Assumptions(), marks or Marks()
    _check(marked)
    heights = np.array([_breakthrough(project, assumed, marked) for project in projects], np.int64)
    nets: list[Cents] = []
    greats = 0
    for table in drawn:
        nets.append(table.sum(axis=1))
        great = np.zeros(len(table), dtype=np.bool_)
        for place, height in enumerate(heights):
            great |= table[:, place] >= height
        greats += int(great.sum())
    net = np.concatenate(nets)
    mean, sd = _moments(net)
    p5, p50, p95 = (
        int(each) for each in np.quantile(net, (0.05, 0.5, 0.95), method="inverted_cdf")
    )
    figures = RiskFigures(
        outcomes=len(net),
        projects=len(projects),
        expected=round(sum((expected(project, assumed) for project in projects), Fraction(0))),
        mean=round(mean),
        mean_error=round(sd / sqrt(len(net))),
        sd=round(sd),
        p5=p5,
        p50=p50,
        p95=p95,
        breakthrough=greats / len(net),
        loss=int((net < -marked.lose).sum()) / len(net),
        failures=float(sum((1 - _success(project) for project in projects), Fraction(0))),
        cvar=round(cvar(-net, marked.beta)),
        marks=marked,
        gaps=gaps(projects),
    )
    return figures, net


def simulate(
    projects: Sequence[Project],
    assumptions: Assumptions | None = None,
    marks: Marks | None = None,
) -> tuple[RiskFigures, Cents]:
    """`risk` of fresh outcomes, drawn block by block: any number of them fits the memory."""
    assumed = assumptions or Assumptions()
    return risk(projects, blocks(projects, assumed), assumed, marks)


def expected(project: Project, assumptions: Assumptions) -> Fraction:
    """ECV in cents with the uplift on its costs; 0 where payoff or cost is not known."""
    if project.payoff is None or not project.cost_known:
        return Fraction(0)
    raised = 1 + exact(assumptions.uplift)
    return ecv(
        payoff_with_caution(project.payoff),
        chance(project.p_technical),
        chance(project.p_commercial),
        raised * project.cost,
        raised * project.launch_cost,
    )


def gaps(projects: Sequence[Project]) -> Gaps:
    """How many projects rest on what is not known."""
    counting = [each for each in projects if each.payoff is not None and each.cost_known]
    return Gaps(
        payoff=len(projects) - len(counting),
        chance=sum(each.p_technical is None or each.p_commercial is None for each in counting),
        spread=sum(each.payoff.low == each.payoff.high for each in counting if each.payoff),
    )


def _success(project: Project) -> Fraction:
    return chance(project.p_technical) * chance(project.p_commercial)


def _breakthrough(project: Project, assumptions: Assumptions, marks: Marks) -> int:
    """The least net outcome that is a breakthrough, in cents."""
    costs = (1 + exact(assumptions.uplift)) * (project.cost + project.launch_cost)
    needed = -(-(costs * exact(marks.times)) // 1)
    return min(max(needed, 1), 2**63 - 1)


def _moments(net: NDArray[np.int64]) -> tuple[Fraction, float]:
    """The exact mean, and the standard deviation (0 for a single outcome)."""
    high, low = net >> 32, net & 0xFFFFFFFF
    mean = Fraction((int(high.sum()) << 32) + int(low.sum()), len(net))
    return mean, float(np.std(net, ddof=1)) if len(net) > 1 else 0.0


def _check(marks: Marks) -> None:
    found: list[Problem] = []
    if marks.lose < 0:
        found.append(Problem("lose", str(marks.lose), "Write an amount of 0 or more."))
    if not (isfinite(marks.times) and 0 <= marks.times <= MOST_TIMES):
        remedy = f"Write a number from 0 to {MOST_TIMES:,.0f}."
        found.append(Problem("breakthrough", str(marks.times), remedy))
    if not 0 <= marks.beta < 1:
        found.append(Problem("worst share", str(1 - marks.beta), "Write a share above 0, up to 1."))
    if found:
        raise InputError(tuple(found))
