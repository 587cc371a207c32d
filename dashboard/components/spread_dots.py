"""Scores of each proposal side by side: one ring a member, a bar for the middle half of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.components.chart import frame, hover, name_rows
from dashboard.components.palette import BAND, BLUE, RUST, Mode

ROW = 26
REST = 60


@dataclass(frozen=True, slots=True)
class Scores:
    """One proposal's scores in points, 0 to 100: who gave which, and where the middle half lies."""

    name: str
    given: tuple[tuple[str, float], ...]
    lower: float
    upper: float
    agreed: bool


def spread_dots(rows: Sequence[Scores], mode: Mode) -> go.Figure:
    """Draw a row a proposal, the first on top. Diamonds mark scores that are not agreed."""
    figure = go.Figure()
    places = list(range(len(rows)))[::-1]
    figure.add_bar(
        orientation="h",
        y=places,
        base=[row.lower for row in rows],
        x=[max(row.upper - row.lower, 0.6) for row in rows],
        width=0.5,
        marker={"color": BAND[mode], "line": {"width": 0}},
        hoverinfo="skip",
        showlegend=False,
    )
    for agreed, symbol, color in ((True, "circle-open", BLUE), (False, "diamond-open", RUST)):
        part = [
            (place, row, who, points)
            for place, row in zip(places, rows, strict=True)
            if row.agreed is agreed
            for who, points in row.given
        ]
        figure.add_scatter(
            x=[points for *_, points in part],
            y=[place for place, *_ in part],
            mode="markers",
            showlegend=False,
            marker={"symbol": symbol, "size": 10, "color": color, "line": {"width": 2}},
            text=[hover(row.name, f"{who}: {points:.0f} points") for _, row, who, points in part],
            hovertemplate="%{text}<extra></extra>",
            cliponaxis=False,
        )
    name_rows(figure, places, [row.name for row in rows])
    figure.update_xaxes(
        range=[-3, 103], tickvals=[0, 25, 50, 75, 100], title_text="Points of 100", showgrid=True
    )
    return frame(figure, ROW * max(len(rows), 1) + REST, mode)
