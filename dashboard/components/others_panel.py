"""Other good mixes beside the best one, on request: what each gives up, who enters and who leaves."""

from __future__ import annotations

import streamlit as st

import optimizer
from dashboard import cache, frames, state
from dashboard.cache import Workspace
from dashboard.components import tables
from dashboard.components.answer import heading
from dashboard.components.legible import legible
from dashboard.components.markdown import plain
from dashboard.components.solving import Found
from dashboard.components.sought import sought
from dashboard.services import alternatives
from optimizer import Alternatives, Options
from portfolio.scoring import value

PATIENCE = Options(time_limit=60.0)
MIXES = 6
MOST_APART = 10
USUAL_APART = 3


def others_panel(here: Workspace, found: Found) -> None:
    """The best mix again and the next ones, of which any two differ enough; asked for by a button."""
    heading("Other mixes that come close")
    apart = st.slider(
        "Projects in which any two mixes differ, at least",
        1,
        MOST_APART,
        USUAL_APART,
        format=legible("%d"),
        key="mix.apart",
    )
    key = ("others", found.key, apart)
    wanted = state.recall("mix.others") == str(key)
    if not wanted and not isinstance(cache.answer(key), Alternatives):
        st.button(
            "Look for other mixes",
            key="mix.others",
            on_click=state.remember,
            args=("mix.others", str(key)),
            disabled=found.old,
        )
        return
    several = _several(found, apart, key)
    if several is not None:
        _table(here, found, several)


def _several(found: Found, apart: int, key: tuple[object, ...]) -> Alternatives | None:
    answered = found.answered
    return sought(
        "others",
        key,
        Alternatives,
        lambda report, cancel: optimizer.alternatives(
            answered.pool,
            answered.scenario,
            PATIENCE,
            k=MIXES,
            apart=apart,
            progress=report,
            cancel=cancel,
        ),
        alternatives.progress_words,
        lambda several, _: alternatives.whole(several, MIXES),
    )


def _table(here: Workspace, found: Found, several: Alternatives) -> None:
    st.markdown(f"{alternatives.headline(several)} {alternatives.proof(several)}")
    currency = here.pool.cluster.currency
    by_money = value.unit(found.answered.scenario.objective) == "money"
    worth = tables.money_column("Worth less", currency) if by_money else "Worth less"
    tables.table(
        frames.alternatives(here.pool, several, by_money=by_money),
        key="mix.others.table",
        alt=alternatives.headline(several),
        columns={"Worth less": worth, "Money": tables.money_column("Money", currency)},
    )
    if found.answered.scenario.stay_close is not None:
        st.caption("These are looked for without staying close to what was agreed.")
    if words := alternatives.in_common(here.pool, several):
        st.caption(plain(words))
