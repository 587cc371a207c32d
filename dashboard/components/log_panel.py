"""What was changed, by whom and when, with Undo where it can be taken back."""

from __future__ import annotations

import streamlit as st

from dashboard import state
from dashboard.cache import Workspace
from dashboard.components.markdown import plain
from dashboard.services import words
from portfolio.errors import ClusterfolioError

MOST = 30


def log_panel(here: Workspace) -> None:
    """The latest acts, newest first."""
    entries = here.store.changes(here.cluster_id, MOST)
    if not entries:
        st.markdown("Nothing has been changed yet.")
        return
    for entry in entries:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            when = f"{words.short_day(entry.at.date())}, {entry.at:%H:%M} UTC"
            st.markdown(f"{plain(entry.sentence)}  \n:gray[{when}]")
            if entry.can_undo:
                st.button(
                    "Undo",
                    key=state.widget("settings", "undo", str(entry.id)),
                    on_click=_undo,
                    args=(here, entry.id),
                )
    st.caption(f"The latest {len(entries)} changes.")


def _undo(here: Workspace, change_id: int) -> None:
    try:
        undone = here.store.undo(change_id, state.who())
    except ClusterfolioError as error:
        state.flash(str(error))
    else:
        state.flash("Taken back.", undo=str(undone))
