"""Who is looking: the board member that a visitor says to be, asked once and kept for the visit."""

from __future__ import annotations

import streamlit as st

from dashboard import state
from portfolio.organization import Member
from portfolio.pool import Pool

_MEMBER = "person.member"
NOBODY = ""


def member(pool: Pool) -> Member | None:
    """The board member that this visitor is, None for anybody else."""
    wanted = state.recall(_MEMBER)
    return next((each for each in pool.members if each.id == wanted), None)


def ask(pool: Pool, page: str) -> Member | None:
    """The choice “You are”, and who was chosen."""
    ids = [NOBODY, *(each.id for each in pool.members)]
    names = {each.id: each.name for each in pool.members} | {NOBODY: "Not on the board"}
    now = member(pool)
    key = state.widget(page, "person")
    chosen = st.selectbox(
        "You are",
        ids,
        index=ids.index(now.id) if now else 0,
        format_func=lambda each: names.get(each, each),
        key=key,
        on_change=_keep,
        args=(key, names),
    )
    return next((each for each in pool.members if each.id == chosen), None)


def _keep(key: str, names: dict[str, str]) -> None:
    chosen = str(st.session_state[key])
    state.remember(_MEMBER, chosen)
    state.set_who(names[chosen] if chosen != NOBODY else "")
