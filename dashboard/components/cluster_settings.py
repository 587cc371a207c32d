"""The cluster and the person: which one, who is looking, the board, and a new cluster."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard import cache, frames, navigation, state
from dashboard.cache import Workspace
from dashboard.components import errors, person
from dashboard.components.answer import heading
from dashboard.components.markdown import plain
from dashboard.services import board_forms, clock, new_cluster
from dashboard.services.cell_columns import lead_words
from portfolio.cluster import Cluster
from portfolio.errors import ClusterfolioError, InputError

LONGEST = 300


def cluster_settings(here: Workspace) -> None:
    """Choices first, then the cluster's own data, its board, and a new cluster."""
    with st.grid(2, min_column_width=260):
        _choose(here)
        person.ask(here.pool, "settings")
    st.caption("Your name goes into the log with what you change. There is no password behind it.")
    heading("The cluster")
    _cluster(here)
    heading("The board")
    _board(here)
    heading("A new cluster")
    new_cluster_form()


def _choose(here: Workspace) -> None:
    names = {each.id: each.name for each in here.store.clusters()}
    key = state.widget("settings", "cluster", here.cluster_id)
    st.selectbox(
        "Cluster",
        list(names),
        index=list(names).index(here.cluster_id),
        format_func=lambda each: names.get(each, each),
        key=key,
        on_change=lambda: state.choose_cluster(str(st.session_state[key])),
    )


def _cluster(here: Workspace) -> None:
    old = here.pool.cluster
    with st.form(f"settings.cluster.form.{here.cluster_id}"):
        name = st.text_input("Name", value=old.name, max_chars=LONGEST)
        purpose = st.text_area("Purpose", value=old.purpose, max_chars=2_000)
        with st.grid(3, min_column_width=180):
            board = st.date_input("Next board", value=old.next_board, format="DD/MM/YYYY")
            currency = st.text_input("Currency", value=old.currency, max_chars=3)
            rate = st.number_input(
                "Discount rate, % a year",
                min_value=0.0,
                max_value=50.0,
                value=round(old.discount_rate * 100, 4),
                step=0.5,
                format="%.4g",
            )
        saved = st.form_submit_button("Save the cluster")
    if not saved:
        return
    if not name.strip():
        st.error("Give the cluster a name.")
        return
    _save_cluster(
        here,
        replace(
            old,
            name=name.strip(),
            purpose=purpose.strip(),
            next_board=board,
            currency=currency.strip().upper(),
            discount_rate=round(rate / 100, 6),
        ),
    )


def _save_cluster(here: Workspace, new: Cluster) -> None:
    try:
        change = here.store.save_cluster(new, state.who(), expected=here.pool.cluster)
    except ClusterfolioError as error:
        st.error(plain(str(error)))
        return
    state.flash("The cluster is saved." if change else "Nothing was different.", str(change or ""))
    st.rerun()


def _board(here: Workspace) -> None:
    rows = board_forms.rows(here.pool)
    with st.form(f"settings.board.form.{here.cluster_id}", border=False):
        table = st.data_editor(
            frames.board(rows),
            key=state.widget("settings", "board", f"{here.cluster_id}.{here.key[2]}"),
            num_rows="dynamic",
            hide_index=True,
            column_config={
                "Name": st.column_config.TextColumn("Name", required=True),
                "Organization": st.column_config.SelectboxColumn(
                    "Organization", options=sorted(lead_words(here.pool).values())
                ),
                "Chair": st.column_config.CheckboxColumn("Chair", default=False),
            },
            column_order=["Name", "Organization", "Chair"],
            alt="The members of the board; rows can be added and removed",
        )
        saved = st.form_submit_button("Save the board")
    if not saved:
        return
    try:
        members = board_forms.build(here.pool, frames.board_rows(table))
        change = here.store.save_members(
            here.cluster_id, members, state.who(), expected=here.pool.members
        )
    except InputError as error:
        errors.show(error)
        return
    except ClusterfolioError as error:
        st.error(plain(str(error)))
        return
    state.flash("The board is saved." if change else "Nothing was different.", str(change or ""))
    st.rerun()


def new_cluster_form() -> None:
    """A cluster without projects; a list can be imported into it."""
    with (
        st.form("settings.new.form", border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        name = st.text_input("Name of a new cluster", max_chars=LONGEST)
        currency = st.text_input("Currency", value="EUR", max_chars=3, width=120)
        made = st.form_submit_button("Add the cluster")
    if not made:
        return
    if not name.strip():
        st.error("Give the cluster a name.")
        return
    store = cache.store()
    taken = {each.id for each in store.clusters()}
    cluster = new_cluster.empty_cluster(name, currency.strip().upper(), clock.today(), taken)
    try:
        store.create_cluster(cluster, state.who())
    except ClusterfolioError as error:
        st.error(plain(str(error)))
        return
    state.choose_cluster(cluster.id)
    state.flash(f"{cluster.name} is there. Import a list to begin.")
    navigation.go("Projects")
