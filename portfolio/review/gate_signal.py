"""The gate signal: dated promises, kept or not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from portfolio.project import Milestone, Project
from portfolio.review.signal import DEFAULT_LIMITS, Limits, Signal, State, from_limit, span
from portfolio.wording import count, day


def gate_signal(project: Project, on: date, limits: Limits = DEFAULT_LIMITS) -> Signal:
    """The open gate furthest past its baseline, now or as forecast; all milestones without gates.

    A gate that was passed late is no worry any more.
    """
    gates = [m for m in project.milestones if m.gate] or list(project.milestones)
    if not gates:
        return Signal("gate", State.NOT_KNOWN, "no gate or milestone is planned")
    waiting = sorted((m for m in gates if not _done(m, on)), key=lambda m: (m.baseline, m.name))
    if not waiting:
        return Signal("gate", State.FINE, _all_passed(gates))
    late = max(waiting, key=lambda m: _slip(m, on))
    slip = _slip(late, on)
    state = from_limit(slip, limits.gate_closer, limits.gate_against)
    if state is State.FINE:
        return Signal("gate", state, f"{_name(waiting[0])} is due on {day(waiting[0].baseline)}")
    if late.baseline < on:
        fact = f"{_name(late)} missed by {span((on - late.baseline).days)}"
        return Signal("gate", state, fact, late.baseline)
    return Signal("gate", state, f"{_name(late)} is expected {span(slip)} late")


def _done(milestone: Milestone, on: date) -> bool:
    return milestone.done is not None and milestone.done <= on


def _slip(milestone: Milestone, on: date) -> int:
    expected = max(milestone.forecast or milestone.baseline, on)
    return max((expected - milestone.baseline).days, 0)


def _all_passed(gates: Sequence[Milestone]) -> str:
    if len(gates) == 1:
        return f"{_name(gates[0])} passed"
    return f"all {count(len(gates), _kind(gates[0]))} passed"


def _kind(milestone: Milestone) -> str:
    return "gate" if milestone.gate else "milestone"


def _name(milestone: Milestone) -> str:
    return milestone.name or f"the {_kind(milestone)}"
