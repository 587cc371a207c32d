"""All candidates by their four parts, to be filtered by quadrant."""

from __future__ import annotations

import streamlit as st

from dashboard import cache, frames, navigation, state
from dashboard.cache import Workspace
from dashboard.components import answer, tables
from dashboard.components.choices import some_of
from dashboard.services import four_parts
from dashboard.services.four_parts import UNPLACED, Parts
from portfolio.scoring.quadrants import Quadrant


def parts_panel(here: Workspace, found: tuple[Parts, ...]) -> None:
    """Which quadrants to show, the table, and the way to one proposal's own sheet."""
    corners = [*(each.value for each in Quadrant), UNPLACED]
    present = [each for each in corners if any(part.corner == each for part in found)]
    chosen = some_of(
        "Quadrant", present, key=state.widget("score", "quadrant"), words=str.capitalize
    )
    shown = [part for part in found if not chosen or part.corner in chosen]
    currency = here.pool.cluster.currency
    tables.table(
        cache.remember(
            ("parts", here.key, tuple(chosen)), lambda: frames.four_parts(here.pool, shown)
        ),
        key=state.widget("score", "parts"),
        alt="Candidates with payoff, risk, resources and timeline",
        columns={
            name: tables.money_column(name, currency)
            for name in ("Expected payoff", "Payoff if it works", "Asked for", "Whole cost")
        }
        | {
            "Chance of success": st.column_config.NumberColumn("Chance of success", format="%d %%"),
            "Starts": st.column_config.DateColumn("Starts", format="D MMM YYYY"),
            "Ends": st.column_config.DateColumn("Ends", format="D MMM YYYY"),
        },
    )
    names = {part.project.id: part.project.name for part in shown}
    picked = st.selectbox(
        "Open a proposal's sheet",
        list(names),
        index=None,
        placeholder="Choose a proposal",
        format_func=lambda each: names.get(each, each),
        key=state.widget("score", "sheet"),
    )
    if picked:
        state.share(sheet=picked)
        navigation.go("Projects")


def say(found: tuple[Parts, ...]) -> None:
    """The answer above the table."""
    answer.answer(four_parts.headline(found), four_parts.unplaced(found))
