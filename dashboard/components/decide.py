"""Put to the board: a mix becomes a decision, with who decided and why."""

from __future__ import annotations

import streamlit as st

from dashboard import navigation, state
from dashboard.cache import Workspace
from dashboard.components.markdown import plain
from dashboard.services import mix
from dashboard.services.mix import Answered
from portfolio.errors import ClusterfolioError

LONGEST_TITLE = 120
LONGEST_REASON = 4000


@st.dialog("Put this mix to the board", width="medium")
def decide(here: Workspace, answered: Answered) -> None:
    """Ask for a title, a name and a reason; save; go to the record."""
    st.markdown(
        f"**{plain(mix.headline(answered))}** The record keeps the question and today's data."
    )
    with st.form("decide.form", border=False):
        title = st.text_input(
            "Title", key="decide.title", max_chars=LONGEST_TITLE, placeholder="Mix for 2027"
        )
        who = st.text_input(
            "Decided by",
            value=state.recall("who"),
            key="decide.who",
            max_chars=LONGEST_TITLE,
            placeholder="The board, or your name",
        )
        why = st.text_area(
            "Why",
            key="decide.why",
            max_chars=LONGEST_REASON,
            placeholder="One or two sentences that can be minuted.",
        )
        sent = st.form_submit_button("Save the decision", type="primary")
    if not sent:
        return
    lacking = [
        name
        for name, text in (("Title", title), ("Decided by", who), ("Why", why))
        if not text.strip()
    ]
    if lacking:
        st.error(
            f"{' and '.join(lacking)} still {'needs' if len(lacking) == 1 else 'need'} a few words."
        )
        return
    if answered.pool != here.pool:
        st.error("The data was changed while you looked at this mix. Find it again, then save it.")
        return
    try:
        record = here.store.save_decision(
            here.cluster_id,
            title.strip(),
            who.strip(),
            why.strip(),
            answered.scenario,
            answered.selection,
            revision=here.key[2],
        )
    except ClusterfolioError as error:
        st.error(plain(str(error)))
        return
    state.set_who(who)
    state.share(record=str(record.id))
    state.flash(f"Saved as decision {record.id}: {title.strip()}")
    navigation.go("Decisions")
