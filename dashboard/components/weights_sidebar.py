"""The weights of the criteria in the sidebar: try others, save them for everybody, or go back."""

from __future__ import annotations

import streamlit as st

from dashboard import state
from dashboard.cache import Workspace
from dashboard.components.legible import legible
from dashboard.components.markdown import plain
from dashboard.services.agreement import with_swings
from portfolio.errors import ClusterfolioError
from portfolio.pool import Pool
from portfolio.scoring.weights import swing_weights


def weights(here: Workspace) -> dict[str, float] | None:
    """The swings that the visitor tries by criterion id; None while they are as agreed."""
    if not here.pool.criteria:
        return None
    with st.sidebar:
        st.markdown("**How much each criterion counts**")
        st.caption(
            "Take the swing from the worst to the best answer that matters most to you as 100, and "
            "set the others against it."
        )
        tried = {
            criterion.id: float(
                st.slider(
                    plain(criterion.name),
                    0,
                    100,
                    round(criterion.swing),
                    step=5,
                    format=legible("%d"),
                    help=plain(criterion.question) or None,
                    key=_key(here, criterion.id),
                )
            )
            for criterion in here.pool.criteria
        }
        agreed = {each.id: float(round(each.swing)) for each in here.pool.criteria}
        st.caption(_shares(here.pool, tried))
        if tried == agreed:
            return None
        st.markdown("The page shows your weights; nothing is saved yet.")
        st.button(
            "Save these weights",
            key=state.widget("score", "weights", "save"),
            on_click=_save,
            args=(here, tried),
            width="stretch",
        )
        st.button(
            "Back to the agreed ones",
            key=state.widget("score", "weights", "back"),
            on_click=_back,
            args=(here,),
            width="stretch",
        )
    return tried


def _key(here: Workspace, criterion_id: str) -> str:
    """The agreed swing is in the key, or a slider would keep its value when that changes."""
    swing = next(round(c.swing) for c in here.pool.criteria if c.id == criterion_id)
    return state.widget("score", "swing", f"{here.cluster_id}.{criterion_id}.{swing}")


def _shares(pool: Pool, tried: dict[str, float]) -> str:
    shares = swing_weights(list(tried.values()))
    return "Shares of the whole: " + " · ".join(
        f"{plain(criterion.name)} {float(share) * 100:.0f}\u00a0%"
        for criterion, share in zip(pool.criteria, shares, strict=True)
    )


def _save(here: Workspace, tried: dict[str, float]) -> None:
    criteria = with_swings(here.pool, tried).criteria
    try:
        change = here.store.save_criteria(
            here.cluster_id, criteria, state.who(), expected=here.pool.criteria
        )
    except ClusterfolioError as error:
        state.flash(str(error))
    else:
        state.flash("The weights are saved.", undo=str(change or ""))


def _back(here: Workspace) -> None:
    for criterion in here.pool.criteria:
        st.session_state[_key(here, criterion.id)] = round(criterion.swing)
