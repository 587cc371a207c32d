"""The list as a file, and the empty workbook to fill in. Files are made when they are asked for."""

from __future__ import annotations

import streamlit as st

from dashboard import navigation, state
from dashboard.cache import Workspace
from data.export import export_csv, export_xlsx
from data.template import workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def take_in_and_out(here: Workspace) -> None:
    """Import, template and downloads in one row."""
    with st.container(horizontal=True):
        if st.button("Import a list…", key=state.widget("projects", "import")):
            navigation.go("Import")
        template_button(here)
        if here.pool.projects:
            st.download_button(
                "Download as CSV",
                lambda: export_csv(here.pool),
                file_name=f"{here.cluster_id}.csv",
                mime="text/csv",
                on_click="ignore",
                key=state.widget("projects", "csv"),
            )
            st.download_button(
                "Download as Excel",
                lambda: export_xlsx(here.pool),
                file_name=f"{here.cluster_id}.xlsx",
                mime=XLSX,
                on_click="ignore",
                key=state.widget("projects", "xlsx"),
            )


def template_button(here: Workspace | None, page: str = "projects") -> None:
    """The empty workbook, with drop-downs and a guide to every field."""
    st.download_button(
        "Download the template",
        lambda: workbook(here.pool if here else None),
        file_name="clusterfolio-template.xlsx",
        mime=XLSX,
        on_click="ignore",
        key=state.widget(page, "template"),
    )
