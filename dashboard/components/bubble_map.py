"""The bubble map: chance of success against payoff, area by cost, solid when in the mix."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log10, sqrt

import plotly.graph_objects as go

from dashboard.components.chart import frame, hover, text
from dashboard.components.markdown import cut
from dashboard.components.palette import INK, Mode, theme_colors, theme_groups
from dashboard.services.words import short_money, symbol

HEIGHT = 560
LARGEST = 44
"""Pixels across, of the bubble with the highest cost."""
SMALLEST = 9
NAMES = 4
LONGEST = 28
TURN = 0.7
"""Right of this share of the plot, names go left of their mark."""
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Dot:
    """A proposal on the map. `x`: chance 0 to 1. `y`: payoff given success, in currency units."""

    id: str
    name: str
    theme: str
    lead: str
    x: float
    y: float
    cost: int
    inside: bool
    hover: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lines:
    """Where the quadrants meet: chance 0 to 1, payoff in currency units."""

    x: float
    y: float


def bubble_map(dots: Sequence[Dot], lines: Lines | None, currency: str, mode: Mode) -> go.Figure:
    """Draw the map. Payoffs have to be above zero: the axis is logarithmic."""
    figure = go.Figure()
    groups = theme_groups(dot.theme for dot in dots)
    colors = theme_colors((dot.theme for dot in dots), mode)
    most = max((dot.cost for dot in dots), default=1) or 1
    for inside in (False, True):
        part = [dot for dot in dots if dot.inside is inside]
        shades = [colors[groups[dot.theme or "Other"]] for dot in part]
        figure.add_scatter(
            x=[dot.x for dot in part],
            y=[dot.y for dot in part],
            mode="markers",
            showlegend=False,
            marker={
                "size": [_size(dot.cost, most) for dot in part],
                "color": shades if inside else "rgba(0,0,0,0)",
                "opacity": 0.95 if inside else 1,
                "line": {
                    "width": 1 if inside else 2,
                    "color": "rgba(252,251,249,.7)" if inside else shades,
                },
            },
            customdata=[dot.id for dot in part],
            text=[hover(dot.name, *dot.hover) for dot in part],
            hovertemplate="%{text}<extra></extra>",
        )
    _axes(figure, dots, currency)
    if lines is not None:
        _quadrants(figure, lines, mode)
    _names(figure, dots, most)
    return frame(figure, HEIGHT, mode)


def _size(cost: int, most: int) -> float:
    return max(LARGEST * sqrt(max(cost, 0) / most), SMALLEST)


def _axes(figure: go.Figure, dots: Sequence[Dot], currency: str) -> None:
    xs = [dot.x for dot in dots] or [0.0, 1.0]
    low, high = max(min(xs) - 0.07, -0.03), min(max(xs) + 0.07, 1.06)
    figure.update_xaxes(
        range=[low, high],
        title_text="Chance of success",
        tickformat=".0%",
        nticks=6,
        tickvals=[k / 5 for k in range(6)],
        ticktext=[f"{20 * k} %" for k in range(6)],
    )
    ticks = _log_ticks([dot.y for dot in dots])
    span = _log_span([dot.y for dot in dots])
    figure.update_yaxes(
        type="log",
        range=span,
        tickvals=ticks,
        ticktext=[axis_money(tick, currency) for tick in ticks],
    )


def axis_money(units: float, currency: str) -> str:
    """Money for a tick, as short as it can be: €2 m, €500k."""
    sign = symbol(currency)
    if abs(units) >= 1e9:
        return f"{sign}{units / 1e9:g} bn"
    if abs(units) >= 1e6:
        return f"{sign}{units / 1e6:g} m"
    return (
        f"{sign}{units / 1e3:g}k"
        if abs(units) >= 1e3
        else short_money(round(units * 100), currency)
    )


def _log_span(values: Sequence[float]) -> list[float]:
    if not values:
        return [3, 6]
    low, high = log10(min(values)), log10(max(values))
    room = max((high - low) * 0.12, 0.15)
    return [low - room, high + room]


def _log_ticks(values: Sequence[float]) -> list[float]:
    """At most five round amounts inside the span: 1, 2, 5 of each power of ten, thinned evenly."""
    low, high = _log_span(values)
    all_ticks = [
        m * 10.0**p
        for p in range(int(low) - 1, int(high) + 2)
        for m in (1, 2, 5)
        if low <= log10(m * 10.0**p) <= high
    ]
    if len(all_ticks) > 5:
        decades = [tick for tick in all_ticks if log10(tick) % 1 < 1e-9]
        all_ticks = decades if len(decades) >= 3 else all_ticks[::2]
    return all_ticks[:: -(-len(all_ticks) // 5) or 1]


def _quadrants(figure: go.Figure, lines: Lines, mode: Mode) -> None:
    dotted = {"dash": "dot", "width": 1, "color": INK[mode]}
    figure.add_vline(x=lines.x, line=dotted, opacity=0.45)
    figure.add_hline(y=lines.y, line=dotted, opacity=0.45)
    corners = (
        ("Oysters", 0.0, 1.0, "left", "top"),
        ("Pearls", 1.0, 1.0, "right", "top"),
        ("White elephants", 0.0, 0.0, "left", "bottom"),
        ("Bread and butter", 1.0, 0.0, "right", "bottom"),
    )
    for name, x, y, xanchor, yanchor in corners:
        figure.add_annotation(
            text=f"<b>{name}</b>",
            x=x,
            y=y,
            xref="paper",
            yref="paper",
            xanchor=xanchor,
            yanchor=yanchor,
            showarrow=False,
        )


WIDTHS = (900, 300)
"""Pixels of a plot on a screen and on a phone; a name has to fit on both."""
PLOT_HEIGHT = 450
LETTER = 7.2
LINE = 10


def _names(figure: go.Figure, dots: Sequence[Dot], most: int) -> None:
    """Name the largest payoffs of the mix, only where a name covers no other mark or name."""
    if not dots:
        return
    xs, span = [dot.x for dot in dots], _log_span([dot.y for dot in dots])
    left, right = min(xs) - 0.07, max(xs) + 0.07
    place = {
        dot.id: (
            (dot.x - left) / (right - left or 1),
            (log10(dot.y) - span[0]) / (span[1] - span[0]) * PLOT_HEIGHT,
        )
        for dot in dots
    }
    taken: list[list[Box]] = []
    for dot in sorted(dots, key=lambda dot: (not dot.inside, -dot.y, dot.id)):
        if len(taken) >= NAMES or not dot.inside:
            break
        boxes = [_box(dot, place[dot.id], most, width) for width in WIDTHS]
        marks = [
            [
                (place[o.id][0] * width, place[o.id][1], _size(o.cost, most) / 2)
                for o in dots
                if o.id != dot.id
            ]
            for width in WIDTHS
        ]
        fits = all(
            box[0] >= 0 and box[2] <= width and not _covers(box, near, [t[k] for t in taken])
            for k, (box, near, width) in enumerate(zip(boxes, marks, WIDTHS, strict=True))
        )
        if not fits:
            continue
        taken.append(boxes)
        side = -1 if place[dot.id][0] > TURN else 1
        figure.add_annotation(
            x=dot.x,
            y=log10(dot.y),
            text=text(cut(dot.name, LONGEST)),
            showarrow=False,
            xanchor="right" if side < 0 else "left",
            xshift=side * (_size(dot.cost, most) / 2 + 5),
        )


def _box(dot: Dot, place: tuple[float, float], most: int, width: int) -> Box:
    """Where a name would stand, in pixels: left, bottom, right, top."""
    x, y = place[0] * width, place[1]
    reach = _size(dot.cost, most) / 2 + 5
    long = min(len(dot.name), LONGEST) * LETTER
    near, far = (x - reach - long, x - reach) if place[0] > TURN else (x + reach, x + reach + long)
    return (near, y - LINE, far, y + LINE)


def _covers(box: Box, marks: Sequence[tuple[float, float, float]], names: Sequence[Box]) -> bool:
    """Whether a name would lie on a mark (x, y, radius) or on another name."""
    return any(
        box[0] - radius < x < box[2] + radius and box[1] - radius < y < box[3] + radius
        for x, y, radius in marks
    ) or any(
        box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]
        for other in names
    )
