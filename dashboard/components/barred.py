"""Not eligible: what keeps a proposal out of every mix, and what would be enough."""

from __future__ import annotations

import streamlit as st

from dashboard.components.markdown import plain
from dashboard.services.eligible import HEADLINE, not_eligible
from portfolio.pool import Pool
from portfolio.project import Project
from portfolio.scenario import Scenario


def barred(pool: Pool, scenario: Scenario, project: Project) -> None:
    """The rules that a proposal misses by itself; nothing for one that is eligible."""
    found = not_eligible(pool, scenario, project)
    if not found:
        return
    st.markdown(f":orange[:material/block:] **{HEADLINE}**")
    st.markdown(
        "\n".join(
            f"- {plain(told.sentence)}: {plain(told.why)}; **{plain(told.change)}**."
            for told in found
        )
    )
