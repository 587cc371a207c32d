"""How many of the sensible mixes hold each proposal: a dot always, a diamond at times, a cross never."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.components.chart import frame, hover, name_rows
from dashboard.components.palette import BAND, BLUE, INK, RUST, Mode
from optimizer.robustness import Kind

ROW = 24
REST = 60
MARKS: dict[Kind, str] = {"core": "circle", "borderline": "diamond", "exterior": "x"}


@dataclass(frozen=True, slots=True)
class Held:
    """One proposal: the share of the mixes that hold it, 0 to 1, and its kind.

    No kind: a row of words alone, for those that are not drawn.
    """

    name: str
    share: float = 0.0
    kind: Kind | None = None


def core_dots(rows: Sequence[Held], mode: Mode) -> go.Figure:
    """Draw a row a proposal, the first on top."""
    figure = go.Figure()
    places = list(range(len(rows)))[::-1]
    figure.add_bar(
        orientation="h",
        y=places,
        x=[row.share * 100 for row in rows],
        width=0.12,
        marker={"color": BAND[mode], "line": {"width": 0}},
        hoverinfo="skip",
    )
    colors: dict[Kind, str] = {"core": BLUE, "borderline": RUST, "exterior": INK[mode]}
    for kind, mark in MARKS.items():
        part = [(p, row) for p, row in zip(places, rows, strict=True) if row.kind == kind]
        figure.add_scatter(
            x=[row.share * 100 for _, row in part],
            y=[place for place, _ in part],
            mode="markers",
            marker={"symbol": mark, "size": 10, "color": colors[kind]},
            text=[hover(row.name, f"in {row.share:.0%} of the mixes") for _, row in part],
            hovertemplate="%{text}<extra></extra>",
            cliponaxis=False,
        )
    name_rows(figure, places, [row.name for row in rows])
    figure.update_xaxes(
        range=[-3, 103],
        tickvals=[0, 50, 100],
        ticktext=["0 %", "50 %", "100 %"],
        title_text="Share of the sensible mixes",
        showgrid=True,
    )
    return frame(figure, ROW * max(len(rows), 1) + REST, mode)
