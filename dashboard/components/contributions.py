"""Contribution bars: what each criterion adds to one score, beside the most it could and the mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.components.chart import frame, hover, text
from dashboard.components.markdown import cut
from dashboard.components.palette import BAND, BLUE, INK, Mode

ROW = 44
REST = 60
NAME_LENGTH = 26


@dataclass(frozen=True, slots=True)
class Part:
    """One criterion's part of a score, in points; None is not known. `most` is what it can add."""

    name: str
    points: float | None
    most: float
    mean: float | None


def contribution_bars(parts: Sequence[Part], mode: Mode) -> go.Figure:
    """Draw a row a criterion, the first on top: gray what it can add, blue what it does.

    The line across a bar is the mean of all proposals.
    """
    figure = go.Figure()
    rows = list(range(len(parts)))[::-1]
    figure.add_bar(
        orientation="h",
        y=rows,
        x=[part.most for part in parts],
        width=0.62,
        marker={"color": BAND[mode], "line": {"width": 0}},
        hoverinfo="skip",
        showlegend=False,
    )
    figure.add_bar(
        orientation="h",
        y=rows,
        x=[part.points or 0 for part in parts],
        width=0.38,
        marker={"color": BLUE, "line": {"width": 0}},
        text=[f"  {_points(part.points)}" for part in parts],
        textposition="outside",
        textfont={"size": 13, "color": INK[mode]},
        cliponaxis=False,
        customdata=[_hover(part) for part in parts],
        hovertemplate="%{customdata}<extra></extra>",
        showlegend=False,
    )
    known = [(row, part) for row, part in zip(rows, parts, strict=True) if part.mean is not None]
    figure.add_scatter(
        x=[part.mean for _, part in known],
        y=[row for row, _ in known],
        mode="markers",
        marker={"symbol": "line-ns", "size": 24, "line": {"width": 2, "color": INK[mode]}},
        customdata=[_hover(part) for _, part in known],
        hovertemplate="%{customdata}<extra></extra>",
        showlegend=False,
    )
    figure.update_yaxes(
        tickvals=rows,
        ticktext=[text(cut(part.name, NAME_LENGTH)) for part in parts],
        range=[-0.6, len(parts) - 0.4],
        showgrid=False,
    )
    widest = max((part.most for part in parts), default=1.0) or 1.0
    figure.update_xaxes(range=[0, widest * 1.18], nticks=5, title_text="Points")
    figure.update_layout(barmode="overlay")
    return frame(figure, ROW * max(len(parts), 1) + REST, mode)


def _points(points: float | None) -> str:
    return "not known" if points is None else f"{points:.1f}"


def _hover(part: Part) -> str:
    return hover(
        part.name,
        f"{_points(part.points)} of {part.most:.1f} points",
        f"mean of all {_points(part.mean)}",
    )
