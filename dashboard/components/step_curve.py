"""The step curve: what the best mix is worth for every amount of money."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.components.chart import frame
from dashboard.components.palette import BLUE, INK, RUST, Mode

HEIGHT = 430
TOO_NEAR = 0.018
"""Share of the axis below which two numbers would stand on one another."""
PROVEN = "Proven"
NUMBERED = "①②③④⑤⑥⑦⑧⑨⑩"


@dataclass(frozen=True, slots=True)
class Point:
    """Money and worth, both in plain units; `exact` once it was solved, not estimated.

    `bound`: no mix for this money can be worth more; None when not known.
    """

    money: float
    worth: float
    exact: bool
    bound: float | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on the curve with its words."""

    money: float
    worth: float
    label: str
    detail: str = ""


def step_curve(
    points: Sequence[Point],
    ends: tuple[float, float],
    setting: Mark | None,
    agreed: Mark | None,
    steps: Sequence[Mark],
    money_ticks: tuple[Sequence[float], Sequence[str]],
    worth_ticks: tuple[Sequence[float], Sequence[str]],
    hover: Sequence[str],
    money_title: str,
    mode: Mode,
) -> go.Figure:
    """Draw the curve. Where bounds are known, the band up to them is shaded.

    As long as some points are estimates, those that are proven have a dot.
    """
    figure = go.Figure()
    xs = [point.money for point in points]
    if any(point.bound is not None and not point.exact for point in points):
        tops = [
            point.worth if point.bound is None or point.exact else point.bound for point in points
        ]
        figure.add_scatter(
            x=xs,
            y=tops,
            mode="lines",
            line={"width": 0, "shape": "hv"},
            hoverinfo="skip",
            showlegend=False,
        )
        figure.add_scatter(
            x=xs,
            y=[point.worth for point in points],
            mode="lines",
            fill="tonexty",
            fillcolor="rgba(122,133,143,.25)",
            line={"width": 0, "shape": "hv"},
            hoverinfo="skip",
            showlegend=False,
        )
    figure.add_scatter(
        x=xs,
        y=[point.worth for point in points],
        mode="lines",
        showlegend=False,
        line={"shape": "hv", "width": 2.5, "color": BLUE},
        text=list(hover),
        hovertemplate="%{text}<extra></extra>",
    )
    exact = [point for point in points if point.exact]
    if len(exact) < len(points):
        figure.add_scatter(
            x=[point.money for point in exact],
            y=[point.worth for point in exact],
            mode="markers",
            name=PROVEN,
            showlegend=False,
            marker={"size": 7, "color": BLUE},
            hoverinfo="skip",
        )
    if agreed is not None:
        _mark(figure, agreed, "circle-open", INK[mode], right=_at_right(agreed, ends))
    for step in _together(steps, (ends[1] - ends[0]) * TOO_NEAR):
        figure.add_annotation(
            x=step.money,
            y=step.worth,
            text=step.label,
            showarrow=False,
            yshift=13,
            xanchor="center",
        )
    if setting is not None:
        figure.add_vline(
            x=setting.money, line={"dash": "dot", "width": 1, "color": INK[mode]}, opacity=0.6
        )
        _mark(figure, setting, "diamond", RUST, right=_at_right(setting, ends))
    figure.update_xaxes(tickvals=money_ticks[0], ticktext=money_ticks[1], title_text=money_title)
    figure.update_yaxes(tickvals=worth_ticks[0], ticktext=worth_ticks[1])
    room = (ends[1] - ends[0]) * 0.01
    figure.update_xaxes(range=[ends[0] - room, ends[1] + room])
    return frame(figure, HEIGHT, mode)


def _together(steps: Sequence[Mark], near: float) -> list[Mark]:
    """The steps' numbers; those that would stand on one another share one place."""
    found: list[Mark] = []
    for step in steps:
        if found and step.money - found[-1].money < near:
            last = found.pop()
            found.append(Mark(last.money, step.worth, last.label + step.label))
        else:
            found.append(step)
    return found


def _at_right(mark: Mark, ends: tuple[float, float]) -> bool:
    """Whether words to the right of a mark would leave the plot."""
    return mark.money > ends[0] + (ends[1] - ends[0]) * 0.75


def _mark(figure: go.Figure, mark: Mark, shape: str, color: str, *, right: bool) -> None:
    figure.add_scatter(
        x=[mark.money],
        y=[mark.worth],
        mode="markers",
        showlegend=False,
        marker={"symbol": shape, "size": 14, "color": color, "line": {"width": 2, "color": color}},
        hoverinfo="skip",
    )
    words = f"<b>{mark.label}</b>" + (f"<br>{mark.detail}" if mark.detail else "")
    figure.add_annotation(
        x=mark.money,
        y=mark.worth,
        text=words,
        showarrow=False,
        align="right" if right else "left",
        xanchor="right" if right else "left",
        yanchor="top",
        xshift=-12 if right else 12,
        yshift=-8,
    )
