"""Shares as dots in their allowed bands: one row a theme."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.components.chart import frame, hover, text
from dashboard.components.palette import BAND, BLUE, RUST, Mode

ROW = 34
REST = 60


@dataclass(frozen=True, slots=True)
class Share:
    """One row, in percent 0 to 100. Limits are None where the rules give none."""

    name: str
    share: float
    at_least: float | None
    at_most: float | None

    @property
    def inside(self) -> bool:
        """Whether it lies within its limits, to a tenth of a percent."""
        low = self.at_least is None or self.share >= self.at_least - 0.05
        return low and (self.at_most is None or self.share <= self.at_most + 0.05)


def share_dots(shares: Sequence[Share], mode: Mode) -> go.Figure:
    """Draw the rows, the first on top. A diamond lies outside its band, a dot inside."""
    figure = go.Figure()
    rows = list(range(len(shares)))[::-1]
    top = max([s.share for s in shares] + [s.at_most or 0 for s in shares] + [10.0]) * 1.2
    banded = [
        (r, s)
        for r, s in zip(rows, shares, strict=True)
        if s.at_least is not None or s.at_most is not None
    ]
    figure.add_bar(
        orientation="h",
        y=[row for row, _ in banded],
        base=[s.at_least or 0 for _, s in banded],
        x=[(top if s.at_most is None else s.at_most) - (s.at_least or 0) for _, s in banded],
        width=0.46,
        marker={"color": BAND[mode], "line": {"width": 0}},
        hoverinfo="skip",
        showlegend=False,
    )
    figure.add_scatter(
        x=[s.share for s in shares],
        y=rows,
        mode="markers+text",
        showlegend=False,
        marker={
            "size": 13,
            "symbol": ["circle" if s.inside else "diamond" for s in shares],
            "color": [BLUE if s.inside else RUST for s in shares],
        },
        text=[f"  {s.share:.0f} %" for s in shares],
        textposition="middle right",
        textfont={"size": 13},
        customdata=[hover(s.name, f"{s.share:.1f} % of the money", limits(s)) for s in shares],
        hovertemplate="%{customdata}<extra></extra>",
        cliponaxis=False,
    )
    figure.update_yaxes(
        tickvals=rows,
        ticktext=[text(s.name[:28]) for s in shares],
        range=[-0.6, len(shares) - 0.4],
        showgrid=False,
    )
    step = 10 if top <= 55 else 20
    ticks = list(range(0, int(top) + 1, step))
    figure.update_xaxes(range=[0, top], tickvals=ticks, ticktext=[f"{tick} %" for tick in ticks])
    return frame(figure, ROW * max(len(shares), 1) + REST, mode)


def limits(share: Share) -> str:
    """The band in words."""
    match share.at_least, share.at_most:
        case None, None:
            return "no limit"
        case low, None:
            return f"at least {low:g} %"
        case None, high:
            return f"at most {high:g} %"
        case low, high:
            return f"between {low:g} and {high:g} %"
