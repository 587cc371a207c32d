"""The main picture of Mix, the bubble map, and the table with the same rows."""

from __future__ import annotations

import streamlit as st

from dashboard import cache, frames
from dashboard.cache import Workspace
from dashboard.components import bubble_map, chart
from dashboard.components.answer import heading
from dashboard.components.palette import theme_colors
from dashboard.components.solving import Found
from dashboard.components.tables import money_column, percent_column, table
from dashboard.services import proposals
from portfolio.scoring import value
from portfolio.wording import count


def picture(here: Workspace, found: Found) -> None:
    """The map; a sentence where nothing can be drawn."""
    data = cache.remember(("map data", found.key), lambda: proposals.map_data(found.answered))
    if not data.rows:
        return
    heading("Solid circles are in the mix, rings are not")
    st.caption(
        "Each circle is a proposal. Further right: more likely to work."
        " Higher: returns more if it does. Larger: costs more."
    )
    mode = chart.mode()
    figure = cache.remember(("map", found.key, mode), lambda: _map(here, found, data, mode))
    chart.legend(theme_colors((row.theme for row in data.rows), mode))
    inside = sum(row.inside for row in data.rows)
    chart.show(
        figure,
        key="mix.map",
        alt=f"{count(len(data.rows), 'proposal')} by chance of success and payoff;"
        f" {inside} solid ones are in the mix.",
    )
    if data.left_out:
        st.caption(
            f"Of those outside, the 100 nearest misses are drawn; {data.left_out:,} are not."
        )
    if data.unknown:
        verb = "is" if data.unknown == 1 else "are"
        st.caption(
            f"{count(data.unknown, 'proposal')} without a known chance or payoff {verb} not drawn;"
            " the table has them all."
        )


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
        "Asked for": money_column("Asked for", currency),
        "Whole cost": money_column("Whole cost", currency),
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


def _map(
    here: Workspace, found: Found, data: proposals.MapData, mode: chart.Mode
) -> bubble_map.go.Figure:
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
