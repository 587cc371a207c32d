"""What to look for in a list that does not say: benefit, else payoff, else a score by its figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from portfolio.pool import Pool
from portfolio.scenario import Objective
from portfolio.scoring.criteria import Anchor, Criterion
from portfolio.scoring.measures import MEASURES
from portfolio.wording import listed


@dataclass(frozen=True, slots=True)
class _Figure:
    """A computed measure that may serve as a criterion."""

    measure: str
    name: str
    swing: float
    more_is_better: bool


_FIGURES = (
    _Figure("leverage ratio", "other money for each unit of grant", 100, True),
    _Figure("chance of success", "chance of success", 80, True),
    _Figure("months to payoff", "months to payoff", 60, False),
    _Figure("duration", "duration", 40, False),
)
_LAST_RESORT = _Figure("grant", "grant asked for", 100, False)


def with_default_aim(pool: Pool) -> tuple[Pool, tuple[str, ...]]:
    """The pool with an aim that its figures can answer, and a sentence that says which.

    The first of these that fits: the ready-made benefit, where any candidate has one; expected
    payoff, where any has estimates (rNPV where only plans of cash flows are there); a score by
    the computed figures that tell the candidates apart, each from its lower to its upper decile.
    """
    candidates = pool.candidates
    if any(project.benefit is not None for project in candidates):
        aim = Objective(aim="benefit")
        note = "The list comes with benefits: the mix has the most benefit."
    elif any(project.payoff is not None for project in candidates):
        aim = Objective(aim="payoff")
        note = "The list comes with payoffs: the mix has the highest expected payoff."
    elif any(project.cash for project in candidates):
        aim = Objective(aim="payoff", method="rnpv")
        note = "The list comes with plans of cash flows: the mix has the highest expected payoff."
    else:
        return _by_figures(pool)
    notes = (note,) if _tells_apart(pool) or aim.aim != "benefit" else ()
    return replace(pool, scenario=replace(pool.scenario, objective=aim)), notes


def _tells_apart(pool: Pool) -> bool:
    """Whether benefits differ: where all are the same, what made them so has said it already."""
    return len({project.benefit for project in pool.candidates}) > 1


def _by_figures(pool: Pool) -> tuple[Pool, tuple[str, ...]]:
    found = [made for figure in _FIGURES if (made := _criterion(pool, figure)) is not None]
    names = [figure.name for figure, _ in found]
    if not found:
        found = [made for made in [_criterion(pool, _LAST_RESORT)] if made is not None]
        names = ["grant asked for (less is better)"]
    criteria = tuple(criterion for _, criterion in found)
    scenario = replace(pool.scenario, objective=Objective(aim="score"))
    if not criteria:
        flat = Criterion("counts", "Counts as one", 100, (Anchor(0, 100),), measure="grant")
        note = (
            "Nothing in the list tells its projects apart by worth: the mix has as many as it can."
        )
        return replace(pool, criteria=(flat,), scenario=scenario), (note,)
    note = (
        "The list has neither payoffs nor a benefit: projects are scored by their own figures "
        f"({listed(names)}), and the mix has the highest sum of points. "
        "Add payoffs to the list, or set the aim in a scenario file, for a better answer."
    )
    return replace(pool, criteria=criteria, scenario=scenario), (note,)


def _criterion(pool: Pool, figure: _Figure) -> tuple[_Figure, Criterion] | None:
    """The criterion, None where the figure is unknown or the same for all candidates."""
    measure = MEASURES[figure.measure]
    levels = sorted(
        level for project in pool.candidates if (level := measure.of(project)) is not None
    )
    if not levels:
        return None
    low, high = _deciles(levels)
    if low == high:
        low, high = levels[0], levels[-1]
    if low == high:
        return None
    worst, best = (low, high) if figure.more_is_better else (high, low)
    anchors = (Anchor(float(worst), 0), Anchor(float(best), 100))
    return figure, Criterion(
        id=figure.measure.replace(" ", "-"),
        name=figure.name[:1].upper() + figure.name[1:],
        swing=figure.swing,
        anchors=anchors,
        measure=figure.measure,
    )


def _deciles(levels: Sequence[Fraction]) -> tuple[Fraction, Fraction]:
    """The lower and the upper decile, each the next level outward: of few levels the ends."""
    last = len(levels) - 1
    return levels[last // 10], levels[last - last // 10]
