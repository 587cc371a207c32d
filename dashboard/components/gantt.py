"""The Gantt: a thin gray plan above a thick forecast, late ones rust and hatched, gates as diamonds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import plotly.graph_objects as go

from dashboard.components.chart import frame, hover, text
from dashboard.components.palette import BLUE, GRAY, INK, PAGE, RUST, Mode

ROW = 55
REST = 60
NAME_LENGTH = 30


@dataclass(frozen=True, slots=True)
class Gate:
    """A decision point: when it was planned or reached, and whether it is passed."""

    name: str
    on: date
    passed: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """One initiative. `forecast_end` is None when nobody can tell; `lateness` is in words."""

    name: str
    start: date
    plan_end: date
    forecast_end: date | None
    late: bool
    lateness: str
    gates: tuple[Gate, ...] = ()


def gantt(bars: Sequence[Bar], today: date, mode: Mode) -> go.Figure:
    """Draw the bars, the first on top. Rows are numbered so that equal names stay apart."""
    figure = go.Figure()
    rows = list(range(len(bars)))[::-1]
    _bars(
        figure,
        [(r + 0.28, b.start, b.plan_end, b) for r, b in zip(rows, bars, strict=True)],
        0.16,
        GRAY,
        "",
    )
    for late, color, pattern in ((False, BLUE, ""), (True, RUST, "/")):
        part = [
            (row, bar.start, bar.forecast_end or bar.plan_end, bar)
            for row, bar in zip(rows, bars, strict=True)
            if bar.late is late
        ]
        _bars(figure, part, 0.36, color, pattern)
    _gates(figure, rows, bars, mode)
    for row, bar in zip(rows, bars, strict=True):
        figure.add_annotation(
            x=(bar.forecast_end or bar.plan_end).isoformat(),
            y=row,
            text=text(bar.lateness),
            showarrow=False,
            xanchor="left",
            xshift=8,
        )
    figure.add_vline(x=today.isoformat(), line={"width": 1.5, "color": INK[mode]})
    figure.add_annotation(
        x=today.isoformat(),
        y=1,
        yref="paper",
        text="<b>Today</b>",
        showarrow=False,
        yanchor="bottom",
        xanchor="center",
    )
    figure.update_yaxes(
        tickvals=rows,
        ticktext=[text(_short(bar.name)) for bar in bars],
        range=[-0.6, len(bars) - 0.3],
        showgrid=False,
    )
    if bars:
        first = min(bar.start for bar in bars)
        last = max([bar.forecast_end or bar.plan_end for bar in bars] + [today])
        free = timedelta(days=round((last - first).days * 0.3))
        figure.update_xaxes(type="date", range=[first.isoformat(), (last + free).isoformat()])
    figure.update_xaxes(tickformat="%b\n%Y", nticks=6)
    figure.update_layout(barmode="overlay", bargap=0)
    framed = frame(figure, ROW * max(len(bars), 1) + REST, mode)
    return framed.update_layout(margin={"t": 30})


def _bars(
    figure: go.Figure,
    rows: Sequence[tuple[float, date, date, Bar]],
    thickness: float,
    color: str,
    pattern: str,
) -> None:
    if not rows:
        return
    figure.add_bar(
        orientation="h",
        y=[row for row, *_ in rows],
        base=[start.isoformat() for _, start, _, _ in rows],
        x=[(max(end, start) - start).days * 86_400_000 for _, start, end, _ in rows],
        width=thickness,
        marker={
            "color": color,
            "line": {"width": 0},
            "pattern": {"shape": pattern, "fillmode": "overlay", "size": 6, "solidity": 0.25},
        },
        text=[""] * len(rows),
        customdata=[hover(bar.name, _dates(bar), bar.lateness) for *_, bar in rows],
        hovertemplate="%{customdata}<extra></extra>",
        showlegend=False,
    )


def _gates(figure: go.Figure, rows: Sequence[int], bars: Sequence[Bar], mode: Mode) -> None:
    gates = [(row, gate) for row, bar in zip(rows, bars, strict=True) for gate in bar.gates]
    for passed in (True, False):
        part = [(row, gate) for row, gate in gates if gate.passed is passed]
        figure.add_scatter(
            x=[gate.on.isoformat() for _, gate in part],
            y=[row for row, _ in part],
            mode="markers",
            showlegend=False,
            marker={
                "symbol": "diamond",
                "size": 13,
                "color": INK[mode] if passed else PAGE[mode],
                "line": {"width": 2, "color": INK[mode]},
            },
            text=[hover(gate.name, "passed" if passed else "not passed yet") for _, gate in part],
            hovertemplate="%{text}<extra></extra>",
        )


def _short(name: str) -> str:
    return name if len(name) <= NAME_LENGTH else f"{name[: NAME_LENGTH - 1].rstrip()}…"


def _dates(bar: Bar) -> str:
    ends = f"planned to end {bar.plan_end:%d %b %Y}"
    return ends if bar.forecast_end is None else f"{ends}, now {bar.forecast_end:%d %b %Y}"
