"""Running projects as the bars of a Gantt: what was planned, what is expected, and the gates between."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dashboard.services import slipping
from portfolio.pool import Pool
from portfolio.project import Milestone, Project
from portfolio.review.verdicts import ProjectReview

MOST = 25
"""Bars on one page; more cannot be told apart."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A gate on a bar: the day it was passed, or else the day it is expected."""

    name: str
    on: date
    passed: bool


@dataclass(frozen=True, slots=True)
class Span:
    """A project from its start to its planned and its expected end."""

    project: str
    name: str
    start: date
    plan_end: date
    forecast_end: date | None
    late: bool
    lateness: str
    gates: tuple[Decision, ...]


def spans(pool: Pool, rows: tuple[ProjectReview, ...], on: date) -> tuple[Span, ...]:
    """A bar for each project whose start and end are known, in the order given, at most `MOST`."""
    found = (_span(pool.project(row.project), row, on) for row in rows)
    return tuple(span for span in found if span is not None)[:MOST]


def _span(project: Project, row: ProjectReview, on: date) -> Span | None:
    if project.start is None or project.end is None or project.end < project.start:
        return None
    return Span(
        project=project.id,
        name=project.name,
        start=project.start,
        plan_end=project.end,
        forecast_end=row.lateness.forecast,
        late=(row.lateness.days or 0) > 0,
        lateness=slipping.late_words(row),
        gates=tuple(_gate(gate, on) for gate in project.milestones if gate.gate),
    )


def _gate(gate: Milestone, on: date) -> Decision:
    passed = gate.done is not None and gate.done <= on
    day = gate.done if passed and gate.done else gate.forecast or gate.baseline
    return Decision(gate.name, day, passed)
