"""Tables of the screens as DataFrames: column names in the reader's words, numbers in plain units."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dashboard.services.proposals import Row
from portfolio.errors import Problem
from portfolio.scoring.value import Unit


def problems(found: Sequence[Problem]) -> pd.DataFrame:
    """Problems of an input, one a row."""
    return pd.DataFrame(
        {
            "Row": pd.array([problem.row for problem in found], dtype="Int64"),
            "Column": [problem.field for problem in found],
            "What it says": [problem.value for problem in found],
            "What to do": [problem.remedy for problem in found],
        }
    )


def rows(columns: Sequence[str], cells: Sequence[Sequence[object]]) -> pd.DataFrame:
    """A table from rows of cells; it keeps its columns when there are no rows."""
    return pd.DataFrame([list(row) for row in cells], columns=list(columns))


def proposals(found: Sequence[Row], unit: Unit) -> pd.DataFrame:
    """Proposals with their place in the mix; money in whole units, worth in units of `unit`."""
    scale = 1_000_000
    return pd.DataFrame(
        {
            "In the mix": ["● in" if row.inside else "○ out" for row in found],
            "Proposal": [row.name for row in found],
            "Theme": [row.theme for row in found],
            "Lead": [row.lead for row in found],
            "Asked for": [row.grant / 100 for row in found],
            "Whole cost": [row.cost / 100 for row in found],
            "Chance of success": pd.array(
                [None if row.chance is None else round(row.chance * 100, 1) for row in found],
                dtype="Float64",
            ),
            "Worth": [
                round(row.worth / scale) if unit == "money" else row.worth / scale for row in found
            ],
            "Note": [row.note for row in found],
        }
    )
