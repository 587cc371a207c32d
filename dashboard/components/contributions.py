"""Contribution bars: how much each criterion adds to the score of a few projects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.components.chart import frame, hover, text
from dashboard.components.palette import CATEGORIES, OTHER, Mode

ROW = 34
REST = 90


@dataclass(frozen=True, slots=True)
class Stack:
    """One project's score: points by criterion, in the order of the criteria; None is not known."""

    name: str
    parts: tuple[tuple[str, float | None], ...]
    total: float | None


def contribution_bars(stacks: Sequence[Stack], mode: Mode) -> go.Figure:
    """Draw one stacked bar a project, the first on top, its total written at the end."""
    figure = go.Figure()
    rows = list(range(len(stacks)))[::-1]
    names = [name for name, _ in stacks[0].parts] if stacks else []
    for k, name in enumerate(names):
        color = CATEGORIES[mode][k] if k < len(CATEGORIES[mode]) else OTHER[mode]
        figure.add_bar(
            orientation="h",
            y=rows,
            x=[stack.parts[k][1] or 0 for stack in stacks],
            name=text(name),
            marker={"color": color, "line": {"width": 0}},
            width=0.6,
            customdata=[
                hover(stack.name, f"{name}: {_points(stack.parts[k][1])}") for stack in stacks
            ],
            hovertemplate="%{customdata}<extra></extra>",
        )
    for row, stack in zip(rows, stacks, strict=True):
        known = sum(points or 0 for _, points in stack.parts)
        figure.add_annotation(
            x=known,
            y=row,
            showarrow=False,
            xanchor="left",
            xshift=6,
            text="not scored" if stack.total is None else f"{stack.total:.0f}",
        )
    figure.update_yaxes(
        tickvals=rows,
        ticktext=[text(stack.name[:28]) for stack in stacks],
        range=[-0.6, len(stacks) - 0.4],
        showgrid=False,
    )
    figure.update_xaxes(range=[0, 108], tickvals=[0, 25, 50, 75, 100], title_text="Points of 100")
    figure.update_layout(barmode="stack")
    return frame(figure, ROW * max(len(stacks), 1) + REST, mode)


def _points(points: float | None) -> str:
    return "not known" if points is None else f"{points:.1f} points"
