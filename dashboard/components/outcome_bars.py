"""The outcomes of a mix as bars: how many cases end where, and what is usual and what is not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import plotly.graph_objects as go

from dashboard.components.chart import frame, hover, text
from dashboard.components.palette import BLUE, INK, PAGE, RUST, Mode

HEIGHT, TOP, BOTTOM = 360, 16, 56
LINE = 20
"""Pixels that the words of a line take above the plot."""

Side = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Pillar:
    """One bar: from and to in currency units, its cases of 100, and its span in words."""

    low: float
    high: float
    cases: float
    span: str
    told: str

    @property
    def loses(self) -> bool:
        """Whether the cases in it lose money."""
        return self.high <= 0


@dataclass(frozen=True, slots=True)
class Line:
    """A place on the axis with its words, which stand to its left, its right, or over it."""

    at: float
    words: str
    side: Side = "center"


def outcome_bars(
    pillars: Sequence[Pillar],
    lines: Sequence[Line],
    money_ticks: tuple[Sequence[float], Sequence[str]],
    mode: Mode,
) -> go.Figure:
    """Draw the bars, those that lose hatched, and the lines, each with its words on a row above."""
    figure = go.Figure()
    for loses, color, pattern in ((True, RUST, "/"), (False, BLUE, "")):
        part = [pillar for pillar in pillars if pillar.loses is loses]
        figure.add_bar(
            x=[(pillar.low + pillar.high) / 2 for pillar in part],
            y=[pillar.cases for pillar in part],
            width=[(pillar.high - pillar.low) * 0.94 for pillar in part],
            marker={
                "color": color,
                "line": {"width": 0},
                "pattern": {"shape": pattern, "fillmode": "overlay", "size": 6, "solidity": 0.3},
            },
            text=[hover(pillar.span, pillar.told) for pillar in part],
            textposition="none",
            hovertemplate="%{text}<extra></extra>",
            showlegend=False,
        )
    for row, line in enumerate(lines):
        _draw(figure, line, LINE * (len(lines) - 1 - row), mode)
    figure.update_xaxes(
        tickvals=money_ticks[0], ticktext=money_ticks[1], title_text="The mix ends at"
    )
    figure.update_yaxes(ticksuffix=" of 100", nticks=5, rangemode="tozero")
    figure.update_layout(bargap=0)
    framed = frame(figure, HEIGHT, mode)
    framed.update_layout(margin={"t": TOP + LINE * len(lines), "b": BOTTOM})
    return framed


def _draw(figure: go.Figure, line: Line, above: int, mode: Mode) -> None:
    """One line, up to its words: so many pixels above the plot."""
    usual = line.side == "center"
    plot = HEIGHT - TOP - BOTTOM - 3 * LINE
    figure.add_shape(
        type="line",
        x0=line.at,
        x1=line.at,
        y0=0,
        y1=1 + (above + LINE) / plot,
        yref="paper",
        line={
            "width": 1.5 if usual else 1,
            "color": INK[mode],
            "dash": "solid" if usual else "dot",
        },
    )
    figure.add_annotation(
        x=line.at,
        y=1,
        yref="paper",
        yanchor="bottom",
        yshift=above,
        xshift={"left": -4, "center": 0, "right": 4}[line.side],
        text=text(line.words),
        showarrow=False,
        bgcolor=PAGE[mode],
        xanchor={"left": "right", "center": "center", "right": "left"}[line.side],
    )
