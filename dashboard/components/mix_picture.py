"""The main picture of Mix, the bubble map, and the table with the same rows."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go
import streamlit as st

from dashboard import cache, frames
from dashboard.cache import Workspace
from dashboard.components import bubble_map, chart
from dashboard.components.answer import heading
from dashboard.components.money_map import money_map
from dashboard.components.palette import Mode, theme_colors
from dashboard.components.solving import Found
from dashboard.components.tables import money_column, percent_column, table
from dashboard.services import proposals
from portfolio.scoring import value
from portfolio.wording import count


def picture(here: Workspace, found: Found) -> None:
    """The map of chance and payoff; where neither is known, the map of money and worth."""
    data = cache.remember(("map data", found.key), lambda: proposals.map_data(found.answered))
    if not data.rows:
        _money_picture(here, found)
        return
    heading("Solid circles are in the mix, rings are not")
    st.caption(
        "Each circle is a proposal. Further right: more likely to work."
        " Higher: returns more if it does. Larger: costs more."
    )
    mode = chart.mode()
    figure = cache.remember(("map", found.key, mode), lambda: _map(here, found, data, mode))
    chart.legend(theme_colors((row.theme for row in data.rows), mode))
    _draw(figure, data.rows, "chance of success and payoff")
    _left_out(data.left_out)
    if data.unknown:
        verb = "is" if data.unknown == 1 else "are"
        st.caption(
            f"{count(data.unknown, 'proposal')} without a known chance or payoff {verb} not drawn;"
            " the table has them all."
        )


def _money_picture(here: Workspace, found: Found) -> None:
    rows = cache.remember(("money rows", found.key), lambda: proposals.by_money(found.answered))
    heading("Solid circles are in the mix, rings are not")
    st.caption("Each circle is a proposal. Further right: asks for more. Higher: is worth more.")
    mode = chart.mode()
    unit = value.unit(found.answered.scenario.objective)
    currency = here.pool.cluster.currency
    figure = cache.remember(
        ("money map", found.key, mode), lambda: money_map(rows, unit, currency, mode)
    )
    chart.legend(theme_colors((row.theme for row in rows), mode))
    _draw(figure, rows, "money asked for and worth")
    _left_out(len(here.pool.candidates) - len(rows))


def _draw(figure: go.Figure, rows: Sequence[proposals.Row], by: str) -> None:
    inside = sum(row.inside for row in rows)
    chart.show(
        figure,
        key="mix.map",
        alt=f"{count(len(rows), 'proposal')} by {by}; {inside} solid ones are in the mix.",
    )


def _left_out(left_out: int) -> None:
    if left_out > 0:
        st.caption(f"Of those outside, the 100 nearest misses are drawn; {left_out:,} are not.")


def all_proposals(here: Workspace, found: Found) -> None:
    """The table of every proposal, the mix first."""
    rows = cache.remember(("rows", found.key), lambda: proposals.rows(found.answered))
    heading(f"All {count(len(rows), 'proposal')}")
    frame = cache.remember(
        ("proposal table", found.key),
        lambda: frames.proposals(rows, value.unit(found.answered.scenario.objective)),
    )
    currency = here.pool.cluster.currency
    money_worth = value.unit(found.answered.scenario.objective) == "money"
    worth = "Expected payoff" if money_worth else "Worth"
    columns = {
        "How": st.column_config.TextColumn("How", width="medium"),
        "Asked for": money_column("Asked for", currency),
        "Whole cost": money_column("Whole cost", currency),
        "Starts": st.column_config.DateColumn("Starts", format="D MMM YYYY"),
        "Ends": st.column_config.DateColumn("Ends", format="D MMM YYYY"),
        "Chance of success": percent_column("Chance of success"),
        "Worth": money_column(worth, currency)
        if money_worth
        else st.column_config.NumberColumn(worth, format="%.1f"),
    }
    table(
        frame,
        key="mix.table",
        alt="Every proposal with its place in the mix, money, chance and worth",
        columns=columns,
    )


def _map(here: Workspace, found: Found, data: proposals.MapData, mode: Mode) -> go.Figure:
    currency = here.pool.cluster.currency
    unit = value.unit(found.answered.scenario.objective)
    dots = [
        bubble_map.Dot(
            id=row.id,
            name=row.name,
            theme=row.theme,
            lead=row.lead,
            x=row.chance or 0.0,
            y=(row.payoff or 0) / 100,
            cost=row.cost,
            inside=row.inside,
            hover=proposals.hover_lines(row, unit, currency),
        )
        for row in data.rows
    ]
    lines = None
    if data.line_chance is not None and data.line_payoff is not None and data.line_payoff > 0:
        lines = bubble_map.Lines(data.line_chance, data.line_payoff / 100)
    return bubble_map.bubble_map(dots, lines, currency, mode)
