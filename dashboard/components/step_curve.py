"""The step curve: what the best mix is worth for every amount of what it is weighed against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import plotly.graph_objects as go

from dashboard.components.chart import frame
from dashboard.components.palette import BLUE, INK, RUST, Mode
from dashboard.services.budgets import Ticks

HEIGHT = 430
TOO_NEAR = 0.018
"""Share of the axis below which two numbers would stand on one another."""
MANY = 150
"""More dots than this are drawn smaller."""
WORDS = 0.3
"""Share of the axis that the words of a mark may take."""
ROOM = 0.15
"""Room above and below the curve for words, as a share of its height."""
PROVEN = "Proven"
NUMBERED = "①②③④⑤⑥⑦⑧⑨⑩"


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the curve and the worth there, both in plain units; `exact`: solved, not estimated.

    `bound`: no mix there can be worth more; None when not known. `hover` are its words, `id` its
    name where it can be clicked on.
    """

    place: float
    worth: float
    exact: bool
    bound: float | None = None
    hover: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on the curve with its words."""

    place: float
    worth: float
    label: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Axis:
    """Where an axis begins and ends, its ticks, and its title."""

    ends: tuple[float, float]
    ticks: Ticks
    title: str


def step_curve(
    points: Sequence[Point],
    dots: Sequence[Point],
    across: Axis,
    up: Ticks,
    setting: Mark | None,
    agreed: Mark | None,
    steps: Sequence[Mark],
    mode: Mode,
) -> go.Figure:
    """Draw the curve through `points`; where bounds are known, the band up to them is shaded.

    Between two points the worth is that of the first, so that they stand in the order in which it
    never falls. `dots` are those proven that are shown one by one; who has an id can be clicked on.
    """
    figure = go.Figure()
    xs = [point.place for point in points]
    if any(point.bound is not None and not point.exact for point in points):
        _band(figure, points)
    figure.add_scatter(
        x=xs,
        y=[point.worth for point in points],
        mode="lines",
        showlegend=False,
        line={"shape": "hv", "width": 2.5, "color": BLUE},
        text=[point.hover for point in points],
        hovertemplate="%{text}<extra></extra>",
    )
    if dots:
        _dots(figure, dots)
    ends = across.ends
    falls = bool(points) and points[0].place > points[-1].place
    if agreed is not None:
        if setting is not None and _collide(agreed, setting, ends):
            agreed = replace(agreed, label="")
        _mark(figure, agreed, "circle-open", INK[mode], falls, right=_at_right(agreed, ends))
    for step in _together(steps, (ends[1] - ends[0]) * TOO_NEAR):
        figure.add_annotation(
            x=step.place,
            y=step.worth,
            text=step.label,
            showarrow=False,
            yshift=13,
            xanchor="center",
        )
    if setting is not None:
        figure.add_vline(
            x=setting.place, line={"dash": "dot", "width": 1, "color": INK[mode]}, opacity=0.6
        )
        _mark(figure, setting, "diamond", RUST, falls, right=_at_right(setting, ends))
    figure.update_xaxes(
        tickvals=across.ticks.places, ticktext=across.ticks.words, title_text=across.title
    )
    low, high = heights(points) if points else (0.0, 1.0)
    margin = (high - low or abs(high) or 1.0) * ROOM
    figure.update_yaxes(tickvals=up.places, ticktext=up.words, range=[low - margin, high + margin])
    room = (ends[1] - ends[0]) * 0.01
    figure.update_xaxes(range=[ends[0] - room, ends[1] + room])
    return frame(figure, HEIGHT, mode)


def heights(points: Sequence[Point]) -> tuple[float, float]:
    """The lowest worth of a curve, and the highest worth or bound."""
    tops = [point.worth if point.bound is None else point.bound for point in points]
    return min(point.worth for point in points), max(tops)


def _band(figure: go.Figure, points: Sequence[Point]) -> None:
    """The room between what is known and the bounds.

    Between two points a mix may be worth up to the bound of the second, so that tops rise at once.
    """
    tops = [point.worth if point.bound is None or point.exact else point.bound for point in points]
    known = [point.worth for point in points]
    for heights, shape, fill in ((tops, "vh", None), (known, "hv", "tonexty")):
        figure.add_scatter(
            x=[point.place for point in points],
            y=heights,
            mode="lines",
            fill=fill,
            fillcolor="rgba(122,133,143,.25)",
            line={"width": 0, "shape": shape},
            hoverinfo="skip",
            showlegend=False,
        )


def _dots(figure: go.Figure, dots: Sequence[Point]) -> None:
    """Proven points. None of them fades when another is clicked on."""
    clear = {"marker": {"opacity": 1}}
    figure.add_scatter(
        x=[point.place for point in dots],
        y=[point.worth for point in dots],
        mode="markers",
        name=PROVEN,
        showlegend=False,
        marker={"size": 7 if len(dots) <= MANY else 4, "color": BLUE},
        customdata=[point.id for point in dots],
        selected=clear,
        unselected=clear,
        text=[point.hover for point in dots],
        hovertemplate="%{text}<extra></extra>",
    )


def _together(steps: Sequence[Mark], near: float) -> list[Mark]:
    """The steps' numbers; those that would stand on one another share one place."""
    found: list[Mark] = []
    for step in steps:
        if found and step.place - found[-1].place < near:
            last = found.pop()
            found.append(Mark(last.place, step.worth, last.label + step.label))
        else:
            found.append(step)
    return found


def _at_right(mark: Mark, ends: tuple[float, float]) -> bool:
    """Whether words to the right of a mark would leave the plot."""
    return mark.place > ends[0] + (ends[1] - ends[0]) * 0.75


def _collide(one: Mark, other: Mark, ends: tuple[float, float]) -> bool:
    """Whether the words of two marks would stand on one another on a narrow screen."""
    near = abs(one.place - other.place) < (ends[1] - ends[0]) * WORDS
    return near and _at_right(one, ends) == _at_right(other, ends)


def _mark(
    figure: go.Figure, mark: Mark, shape: str, color: str, falls: bool, *, right: bool
) -> None:
    """A mark with its words on the side where the curve is not: above where it falls to the right."""
    above = right != falls
    figure.add_scatter(
        x=[mark.place],
        y=[mark.worth],
        mode="markers",
        showlegend=False,
        marker={"symbol": shape, "size": 14, "color": color, "line": {"width": 2, "color": color}},
        cliponaxis=False,
        hoverinfo="skip",
    )
    if not mark.label:
        return
    words = f"<b>{mark.label}</b>" + (f"<br>{mark.detail}" if mark.detail else "")
    figure.add_annotation(
        x=mark.place,
        y=mark.worth,
        text=words,
        showarrow=False,
        align="right" if right else "left",
        xanchor="right" if right else "left",
        yanchor="bottom" if above else "top",
        xshift=-12 if right else 12,
        yshift=8 if above else -8,
    )
