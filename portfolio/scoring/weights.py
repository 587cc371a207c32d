"""Swing weights: how much each criterion counts, from the swings that the board gave."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from portfolio.scoring.exact import exact


def swing_weights(swings: Sequence[float]) -> tuple[Fraction, ...]:
    """w_i = s_i / Σ s, best swing 100 (von Winterfeldt and Edwards, 1986); they sum to 1.

    All zero: every criterion counts the same. Raises ValueError on a swing below zero.

    >>> [round(float(w), 4) for w in swing_weights([100, 80, 60, 40])]
    [0.3571, 0.2857, 0.2143, 0.1429]
    """
    exact_swings = [exact(swing) for swing in swings]
    if any(swing < 0 for swing in exact_swings):
        raise ValueError("A swing weight is at least 0.")
    whole = sum(exact_swings, Fraction(0))
    if whole == 0:
        return tuple(Fraction(1, len(swings)) for _ in swings)
    return tuple(swing / whole for swing in exact_swings)
