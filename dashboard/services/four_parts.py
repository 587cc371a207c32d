"""The four parts of each candidate: payoff, risk, resources and timeline, with its quadrant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from portfolio.pool import Pool
from portfolio.project import Project
from portfolio.scoring.quadrants import Quadrant, quadrants
from portfolio.scoring.value import expected_payoff
from portfolio.wording import count

UNPLACED = "not placed"
_MANY = {
    Quadrant.PEARL: ("pearl", "pearls"),
    Quadrant.OYSTER: ("oyster", "oysters"),
    Quadrant.BREAD_AND_BUTTER: ("bread and butter", "bread and butter"),
    Quadrant.WHITE_ELEPHANT: ("white elephant", "white elephants"),
}


@dataclass(frozen=True, slots=True)
class Parts:
    """One candidate. `expected` is its payoff after chances and costs, in cents; None: not known."""

    project: Project
    quadrant: Quadrant | None
    expected: Fraction | None

    @property
    def corner(self) -> str:
        """The quadrant in words."""
        return UNPLACED if self.quadrant is None else self.quadrant.value


def four_parts(pool: Pool) -> tuple[Parts, ...]:
    """All candidates, in order of id."""
    corners = quadrants(pool)
    return tuple(
        Parts(project, corners[project.id], expected_payoff(pool, project, pool.scenario.objective))
        for project in pool.candidates
    )


def headline(found: Sequence[Parts]) -> str:
    """How many stand in each corner, as a sentence."""
    counts = Counter(each.quadrant for each in found)
    placed = [count(counts[each], *_MANY[each]) for each in _MANY if counts[each]]
    if not placed:
        return "No proposal can be placed: payoffs or chances are not known."
    sentence = placed[0] if len(placed) == 1 else f"{', '.join(placed[:-1])} and {placed[-1]}"
    return f"Of {count(len(found), 'proposal')}, we have {sentence}."


def unplaced(found: Sequence[Parts]) -> str:
    """What is missing where a candidate has no corner; "" when all have one."""
    number = sum(each.quadrant is None for each in found)
    if not number:
        return "High and low are split at the middle proposal, for payoff and for chance."
    which = "it lacks" if number == 1 else "they lack"
    return f"{count(number, 'proposal')} cannot be placed: {which} a payoff or a chance."
