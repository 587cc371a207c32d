"""A project added by hand: the few cells to begin with; the rest is filled in in the list."""

from __future__ import annotations

import streamlit as st

from dashboard import state
from dashboard.cache import Workspace
from dashboard.components import errors
from dashboard.services import one_project
from dashboard.services.cell_columns import CHOICES, Cell, lead_words
from dashboard.services.cell_readers import LONGEST, MOST_UNITS
from portfolio.errors import ClusterfolioError


def add_project(here: Workspace) -> None:
    """A folded form."""
    currency = here.pool.cluster.currency
    themes = sorted({project.theme for project in here.pool.projects} - {""})
    with (
        st.expander("Add a project by hand"),
        st.form("projects.add.form", border=False, clear_on_submit=True),
    ):
        name = st.text_input("Name", max_chars=LONGEST)
        with st.grid(3, min_column_width=220):
            status = st.selectbox("Status", CHOICES["status"])
            theme = st.selectbox(
                "Theme", themes, index=None, accept_new_options=True, placeholder="Choose or write"
            )
            lead = st.selectbox(
                "Lead",
                sorted(lead_words(here.pool).values()),
                index=None,
                placeholder="Choose an organization",
            )
            cost = _amount(f"Cost ({currency})")
            grant = _amount(f"Grant asked ({currency})")
        done = st.form_submit_button("Add the project")
    if not done:
        return
    told: dict[str, Cell] = {
        "name": name,
        "status": status,
        "theme": theme,
        "lead": lead,
        "cost": cost,
        "grant": grant,
    }
    try:
        project, change = one_project.add(here.store, here.cluster_id, told, state.who())
    except ClusterfolioError as error:
        errors.show(error)
        return
    state.flash(f"{project.name} is on the list.", undo=str(change or ""))
    st.rerun()


def _amount(label: str) -> float | None:
    return st.number_input(
        label, min_value=0.0, max_value=float(MOST_UNITS), value=None, step=1000.0, format="%.10g"
    )
