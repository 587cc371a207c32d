"""Rows of cells, and the problems of an input."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from portfolio.errors import Problem


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
