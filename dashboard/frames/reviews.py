"""Running projects with their dates, money and signals."""

from __future__ import annotations

from datetime import date

import pandas as pd

from dashboard.services.slipping import Slips, late_words
from portfolio.project import Project
from portfolio.review.signals import SIGNALS


def slips(found: Slips) -> pd.DataFrame:
    """The review: one running project a row, worst first, with its dates, money and signals."""
    projects = [found.pool.project(row.project) for row in found.rows]
    columns: dict[str, object] = {
        "Initiative": [row.name for row in found.rows],
        "What to do": [row.verdict.value.capitalize() for row in found.rows],
        "Start": [project.start for project in projects],
        "Planned end": [row.lateness.baseline for row in found.rows],
        "Expected end": [row.lateness.forecast for row in found.rows],
        "Late": [late_words(row) for row in found.rows],
        "How we know": [row.lateness.basis for row in found.rows],
        "Not yet spent": pd.array(
            [None if row.unspent is None else row.unspent / 100 for row in found.rows],
            dtype="Float64",
        ),
        "Gates": [_gates(project, found.on) for project in projects],
    }
    for place, name in enumerate(SIGNALS):
        said = [row.signals[place] for row in found.rows]
        columns[name.capitalize()] = [f"{each.state.value}: {each.fact}" for each in said]
    return pd.DataFrame(columns)


def _gates(project: Project, on: date) -> str:
    gates = [gate for gate in project.milestones if gate.gate]
    passed = sum(gate.done is not None and gate.done <= on for gate in gates)
    return f"{passed} of {len(gates)} passed" if gates else ""
