"""Bars of a mix over time: solid as chosen, a thin gray one above where it waits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import plotly.graph_objects as go

from dashboard.components.chart import frame, hover, name_rows
from dashboard.components.palette import BLUE, GRAY, Mode
from dashboard.services import words
from dashboard.services.schedule import Run

ROW = 30
REST = 60


def plan_bars(found: Sequence[Run], currency: str, mode: Mode) -> go.Figure:
    """Draw the bars, the first to start on top."""
    figure = go.Figure()
    rows = list(range(len(found)))[::-1]
    moved = [(row + 0.34, run.proposed, run) for row, run in zip(rows, found, strict=True)]
    _bars(figure, [(y, days, run) for y, days, run in moved if days], 0.12, GRAY, currency)
    solid = [(float(row), (run.start, run.end), run) for row, run in zip(rows, found, strict=True)]
    _bars(figure, solid, 0.5, BLUE, currency)
    figure.update_layout(barmode="overlay", bargap=0)
    name_rows(figure, rows, [run.name for run in found])
    figure.update_xaxes(type="date", tickformat="%b\n%Y", nticks=6)
    return frame(figure, ROW * max(len(found), 1) + REST, mode)


def _bars(
    figure: go.Figure,
    bars: Sequence[tuple[float, tuple[date, date], Run]],
    thickness: float,
    color: str,
    currency: str,
) -> None:
    figure.add_bar(
        orientation="h",
        y=[y for y, _, _ in bars],
        base=[start.isoformat() for _, (start, _), _ in bars],
        x=[((end - start).days + 1) * 86_400_000 for _, (start, end), _ in bars],
        width=thickness,
        marker={"color": color, "line": {"width": 0}},
        customdata=[hover(run.name, *_lines(run, currency)) for *_, run in bars],
        hovertemplate="%{customdata}<extra></extra>",
        showlegend=False,
    )


def _lines(run: Run, currency: str) -> list[str]:
    lines = [
        f"{words.short_day(run.start)} to {words.short_day(run.end)}",
        f"gets {words.short_money(run.grant, currency)}",
    ]
    if run.way:
        lines.append(run.way)
    if run.proposed:
        lines.append(f"proposed to start {words.short_day(run.proposed[0])}")
    return lines
