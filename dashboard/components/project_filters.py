"""Which projects the list shows: search, theme, status, only the incomplete; all in the address."""

from __future__ import annotations

import streamlit as st

from dashboard import state
from dashboard.components.choices import search, some_of, switch
from dashboard.services.project_list import Filter, themes
from portfolio.pool import Pool
from portfolio.project import ProjectStatus

MOST_PILLS = 12
"""Themes beyond so many are chosen from a list instead."""
LONGEST = 200


def filters(pool: Pool) -> Filter:
    """What the visitor asks for."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        text = search(
            "Search",
            key=state.widget("projects", "search"),
            placeholder="Name, lead, place or words of the summary",
            longest=LONGEST,
        )
        incomplete = switch("Only incomplete", key=state.widget("projects", "incomplete"))
    statuses = some_of(
        "Status",
        [status.value for status in ProjectStatus],
        key=state.widget("projects", "status"),
        default=[ProjectStatus.PROPOSAL.value],
        words=str.capitalize,
    )
    return Filter(text, tuple(_themes(pool)), tuple(statuses), incomplete)


def _themes(pool: Pool) -> list[str]:
    there = themes(pool)
    key = state.widget("projects", "theme")
    if len(there) < 2:
        return []
    if len(there) <= MOST_PILLS:
        return some_of("Theme", there, key=key)
    return st.multiselect("Theme", there, placeholder="All themes", key=f"{key}s")
