"""Quadrants of payoff against chance of success: oyster, pearl, bread and butter, white elephant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from portfolio.pool import Pool
from portfolio.project import Project
from portfolio.scoring.payoff import payoff_with_caution
from portfolio.scoring.risk import risk


class Quadrant(StrEnum):
    """The four corners of the risk-reward map (Matheson and Matheson, 1998)."""

    OYSTER = "oyster"
    PEARL = "pearl"
    BREAD_AND_BUTTER = "bread and butter"
    WHITE_ELEPHANT = "white elephant"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From where on a payoff (cents, given success) and a chance (0 to 1) count as high."""

    payoff: Fraction
    chance: Fraction


def quadrant(project: Project, thresholds: Thresholds) -> Quadrant | None:
    """The corner a project stands in; None when its payoff or its chances are not known.

    The payoff is the PERT mean given success. What lies on a threshold counts as high.
    """
    chance = risk(project).success
    if project.payoff is None or chance is None:
        return None
    high = payoff_with_caution(project.payoff) >= thresholds.payoff
    likely = chance >= thresholds.chance
    if high:
        return Quadrant.PEARL if likely else Quadrant.OYSTER
    return Quadrant.BREAD_AND_BUTTER if likely else Quadrant.WHITE_ELEPHANT


def median_thresholds(pool: Pool) -> Thresholds | None:
    """The medians of the candidates' known payoffs and chances; None when either is unknown."""
    payoffs = [payoff_with_caution(p.payoff) for p in pool.candidates if p.payoff is not None]
    chances = [known for p in pool.candidates if (known := risk(p).success) is not None]
    if not payoffs or not chances:
        return None
    return Thresholds(median(payoffs), median(chances))


def quadrants(pool: Pool, thresholds: Thresholds | None = None) -> dict[str, Quadrant | None]:
    """The corner of each candidate by id, at the pool's medians unless thresholds are given."""
    lines = thresholds or median_thresholds(pool)
    return {p.id: None if lines is None else quadrant(p, lines) for p in pool.candidates}


def median(numbers: Sequence[Fraction]) -> Fraction:
    """The middle number, or the mean of the middle two. Raises IndexError on none.

    >>> median([Fraction(4), Fraction(1), Fraction(2), Fraction(9)])
    Fraction(3, 1)
    """
    ordered = sorted(numbers)
    return (ordered[len(ordered) // 2] + ordered[(len(ordered) - 1) // 2]) / 2
