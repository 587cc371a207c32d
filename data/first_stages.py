"""The first stage of a project from its three cells, and why it may be none."""

from __future__ import annotations

from data.parse_date import NotRead
from portfolio.project import FirstStage

USUAL_PERIODS = 1


def first_stage(
    first: int,
    periods: int | None,
    chance: float | None,
    grant: int | None,
    p_technical: float | None,
) -> FirstStage | NotRead:
    """A first stage of `first` cents; `grant` is the whole one in cents, None where not known.

    One period where none is stated. The chance to pass the gate is that of technical success where
    it is not stated itself.
    """
    if grant is not None and first > grant:
        return NotRead("The first grant is above the whole grant. Correct one of the two.")
    if periods is not None and periods < 1:
        return NotRead("A first stage lasts a period or more.")
    gate = p_technical if chance is None else chance
    if gate is None:
        return NotRead("Write the chance to pass the gate, or that of technical success.")
    return FirstStage(first, USUAL_PERIODS if periods is None else periods, gate)
