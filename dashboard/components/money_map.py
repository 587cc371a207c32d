"""The map of lists that know no chances: money asked for against worth, solid when in the mix."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from dashboard.components.chart import frame, hover
from dashboard.components.palette import OTHERS, Mode, theme_colors, theme_groups
from dashboard.services import budgets
from dashboard.services.proposals import Row, hover_lines
from portfolio.scoring.value import Unit

HEIGHT = 480
MARK = 14


def money_map(rows: Sequence[Row], unit: Unit, currency: str, mode: Mode) -> go.Figure:
    """Draw the map on plain axes that begin at nothing."""
    figure = go.Figure()
    groups = theme_groups(row.theme for row in rows)
    colors = theme_colors((row.theme for row in rows), mode)
    for inside in (False, True):
        part = [row for row in rows if row.inside is inside]
        shades = [colors[groups[row.theme or OTHERS]] for row in part]
        figure.add_scatter(
            x=[row.grant / 100 for row in part],
            y=[row.worth / 1e6 for row in part],
            mode="markers",
            marker={
                "size": MARK,
                "color": shades if inside else "rgba(0,0,0,0)",
                "line": {"width": 2, "color": shades},
            },
            customdata=[row.id for row in part],
            text=[hover(row.name, *hover_lines(row, unit, currency)) for row in part],
            hovertemplate="%{text}<extra></extra>",
        )
    most = max((row.grant / 100 for row in rows), default=1.0) or 1.0
    worth = [row.worth / 1e6 for row in rows] or [1.0]
    money = budgets.money_ticks(0.0, most, currency)
    heights = budgets.worth_ticks(min(0.0, *worth), max(worth), unit, currency)
    figure.update_xaxes(
        range=[-most * 0.03, most * 1.06],
        tickvals=money.places,
        ticktext=money.words,
        title_text="Money asked for",
    )
    figure.update_yaxes(tickvals=heights.places, ticktext=heights.words)
    return frame(figure, HEIGHT, mode)
