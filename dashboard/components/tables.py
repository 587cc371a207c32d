"""Tables on screen: money and percent columns, long lists cut with a sentence, problems of an input."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from dashboard import frames
from dashboard.components.markdown import plain
from dashboard.services.words import symbol
from portfolio.errors import Problem

MOST_ROWS = 500
NOT_KNOWN = "–"
"""What an empty cell shows."""


def money_column(label: str, currency: str, **options: Any) -> Any:
    """A column of whole currency units (ints or floats), right-aligned, without cents."""
    return st.column_config.NumberColumn(label, format=f"{symbol(currency)}%,d", **options)


def points_column(label: str) -> Any:
    """A column of points, to a hundredth."""
    return st.column_config.NumberColumn(label, format="%.2f")


def percent_column(label: str, **options: Any) -> Any:
    """A column of percent, 0 to 100, as a bar with its number."""
    return st.column_config.ProgressColumn(
        label, format="%d %%", min_value=0, max_value=100, **options
    )


def table(
    frame: Any,
    *,
    key: str,
    alt: str,
    columns: dict[str, Any] | None = None,
    of: int | None = None,
    **options: Any,
) -> Any:
    """A table of many rows. `of`: how many there are when the frame holds only the first."""
    shown = frame.head(MOST_ROWS)
    whole = max(of or 0, len(frame))
    if whole > len(shown):
        st.caption(f"Showing {len(shown):,} of {whole:,}. Search or filter to narrow.")
    return st.dataframe(
        shown,
        key=key,
        alt=alt,
        hide_index=True,
        column_config=columns,
        placeholder=NOT_KNOWN,
        **options,
    )


def problem_words(problem: Problem) -> str:
    """A problem as a line of Markdown in which nothing of the input acts."""
    return plain(str(problem))


def problem_table(problems: Sequence[Problem], *, key: str) -> None:
    """Every problem of an input: row, column, what it says, what to do."""
    table(
        frames.problems(problems),
        key=key,
        alt=f"{len(problems)} problems, each with its row, its column and what to do",
        columns={"Row": st.column_config.NumberColumn("Row", format="%d", width="small")},
    )
