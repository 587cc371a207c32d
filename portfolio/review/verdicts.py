"""The review: each running project with its signals, its lateness and what they call for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portfolio.pool import Pool
from portfolio.project import Project
from portfolio.review.lateness import Lateness, lateness
from portfolio.review.signal import DEFAULT_LIMITS, Limits, Signal, State
from portfolio.review.signals import signals
from portfolio.review.spending_signal import unspent

CLOSE_FROM = 3
PLAN_FROM = 2
LEAST_KNOWN = 3


class Verdict(StrEnum):
    """What the signals call for, worst first."""

    CLOSE_OR_RESCUE = "close or rescue"
    ASK_FOR_A_PLAN = "ask for a plan"
    WATCH = "watch"
    ON_PLAN = "on plan"


@dataclass(frozen=True, slots=True)
class ProjectReview:
    """A running project on a day.

    `unspent` is the part of the grant, in cents, that closing it today would free; None when no
    report tells.
    """

    project: str
    name: str
    verdict: Verdict
    signals: tuple[Signal, ...]
    lateness: Lateness
    unspent: int | None

    def signals_at(self, state: State) -> tuple[Signal, ...]:
        """The signals in a state."""
        return tuple(signal for signal in self.signals if signal.state is state)


def verdict(found: Sequence[Signal]) -> Verdict:
    """What independent signals call for together.

    Three against: close or rescue. Two against, or one with two more to look closer at: ask for
    a plan. Anything else that is not fine, or fewer than three signals known: watch.
    """
    states = [signal.state for signal in found]
    against, closer = states.count(State.AGAINST), states.count(State.LOOK_CLOSER)
    known = len(states) - states.count(State.NOT_KNOWN)
    if against >= CLOSE_FROM:
        return Verdict.CLOSE_OR_RESCUE
    if against >= PLAN_FROM or (against and closer >= PLAN_FROM):
        return Verdict.ASK_FOR_A_PLAN
    if against or closer or known < LEAST_KNOWN:
        return Verdict.WATCH
    return Verdict.ON_PLAN


def review(pool: Pool, on: date, limits: Limits = DEFAULT_LIMITS) -> tuple[ProjectReview, ...]:
    """All running projects as known on a day, worst first.

    Worse is the harder verdict, then more signals against, more to look closer at, more days
    late; then order of id.
    """
    reporting = any(report.on <= on for project in pool.running for report in project.reports)
    found = [_review(pool, project, on, limits, reporting) for project in pool.running]
    return tuple(sorted(found, key=_badness))


def _review(
    pool: Pool, project: Project, on: date, limits: Limits, reporting: bool
) -> ProjectReview:
    found = signals(project, pool.cluster, on, limits, reporting=reporting)
    return ProjectReview(
        project=project.id,
        name=project.name,
        verdict=verdict(found),
        signals=found,
        lateness=lateness(project, pool.cluster.calendar, on),
        unspent=unspent(project, on),
    )


def _badness(found: ProjectReview) -> tuple[int, int, int, int, str]:
    return (
        list(Verdict).index(found.verdict),
        -len(found.signals_at(State.AGAINST)),
        -len(found.signals_at(State.LOOK_CLOSER)),
        -(found.lateness.days or 0),
        found.project,
    )
