"""What changes from one mix to another: who leaves, who enters, who stays but otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard.components import answer
from dashboard.components.markdown import plain
from dashboard.services import proposals
from dashboard.services.chosen import changes
from dashboard.services.mix import Answered
from portfolio.pool import Pool
from portfolio.project import Project
from portfolio.wording import money

MOST_LINES = 12
ICONS = {"leaves": ":red[:material/do_not_disturb_on:]", "enters": ":green[:material/add_circle:]"}


def changes_panel(then: Answered, now: Answered) -> None:
    """Who leaves and who enters from one mix to another, and who stays otherwise than before."""
    before, after = then.inside, now.inside
    changed = changes(then.as_chosen, now.as_chosen)
    if before == after and not changed:
        return
    left, right = st.columns(2, gap="medium")
    for column, name, ids, mix in (
        (left, "Leaves", before - after, then.mix),
        (right, "Enters", after - before, now.mix),
    ):
        if ids:
            with column:
                answer.heading(name)
                held = [project for project in mix if project.id in ids]
                st.markdown(_lines(now.pool, held, ICONS[name.lower()]))
    if changed:
        answer.heading("Stays, but otherwise")
        st.markdown(_otherwise(now.pool, changed))


def _otherwise(pool: Pool, changed: Mapping[str, str]) -> str:
    """Those in both mixes that are in another version, or from another period on."""
    lines = [
        f"**{plain(pool.project(project_id).name)}** · {plain(how)}"
        for project_id, how in changed.items()
    ]
    rest = len(lines) - MOST_LINES
    return "\n\n".join([*lines[:MOST_LINES], *([f"and {rest:,} more"] if rest > 0 else [])])


def _lines(pool: Pool, held: Sequence[Project], icon: str) -> str:
    currency = pool.cluster.currency
    lines = []
    largest = sorted(held, key=lambda p: (-p.grant, p.id))
    for project in largest[:MOST_LINES]:
        lead = proposals.lead_name(pool, project)
        parts = [f"**{plain(project.name)}**", money(project.grant, currency)]
        lines.append(f"{icon} {' · '.join([*parts, plain(lead)] if lead else parts)}")
    if len(held) > MOST_LINES:
        lines.append(f"and {len(held) - MOST_LINES:,} more")
    return "\n\n".join(lines)
