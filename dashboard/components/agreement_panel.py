"""Where the board agrees: a row of scores for each proposal, the widest gap on top, and the table."""

from __future__ import annotations

import streamlit as st

from dashboard import cache, frames, state
from dashboard.cache import Workspace
from dashboard.components import answer, chart, person, tables
from dashboard.components.spread_dots import Scores, spread_dots
from dashboard.services.agreement import AGREED_WITHIN, Agreement, gap
from portfolio.wording import count

MOST = 60
"""Rows of the picture; the table holds all."""


def agreement_panel(here: Workspace, found: Agreement) -> None:
    """The picture and the table; names of members only where the chair shows them."""
    if not found.ordered:
        return
    apart = len(found.ordered) - len(found.agreed)
    answer.heading(
        f"On {count(apart, 'proposal')} our scores lie more than {AGREED_WITHIN} points apart"
        if apart
        else "Our scores lie close together on every proposal"
    )
    shown = found.ordered[:MOST]
    rest = (
        "" if len(shown) == len(found.ordered) else f" The {MOST} widest of {len(found.ordered)}."
    )
    st.caption(
        "A ring is one member's score, a diamond where scores lie further apart; the band holds "
        f"the middle half. Widest gap first.{rest}"
    )
    names = _names(here)
    swings = tuple(criterion.swing for criterion in found.pool.criteria)
    figure = cache.remember(
        ("spread", here.key, swings, bool(names), chart.mode()),
        lambda: spread_dots([_scores(found, each, names) for each in shown], chart.mode()),
    )
    chart.show(
        figure,
        key=state.widget("score", "spread"),
        alt=f"Members agree on {len(found.agreed)} of {count(len(found.ordered), 'proposal')}. "
        "The table below holds the same scores.",
    )
    tables.table(
        cache.remember(("scores", here.key, swings), lambda: frames.scores(found)),
        key=state.widget("score", "table"),
        alt="Every proposal with its score, its place and how far members lie apart",
        columns={
            name: st.column_config.NumberColumn(name, format="%.0f")
            for name in ("Score", "Lowest", "Highest", "Apart")
        },
    )


def _names(here: Workspace) -> dict[str, str]:
    """Members' names by id where the chair shows them on this screen, else none."""
    me = person.member(here.pool)
    if me is None or not me.chair:
        st.caption("Names are hidden. The chair can show them: choose your name in Settings.")
        return {}
    shown = st.toggle("Show names on this screen", key=state.widget("score", "names"))
    return {each.id: each.name for each in here.pool.members} if shown else {}


def _scores(found: Agreement, project_id: str, names: dict[str, str]) -> Scores:
    card = found.cards[project_id]
    given = tuple(
        (names.get(said.member, "one member"), float(said.points)) for said in card.members
    )
    spread = card.spread
    return Scores(
        name=found.pool.project(project_id).name,
        given=given if names else tuple(sorted(given, key=lambda pair: pair[1])),
        lower=float(spread.lower) if spread else 0.0,
        upper=float(spread.upper) if spread else 0.0,
        agreed=gap(card) <= AGREED_WITHIN,
    )
