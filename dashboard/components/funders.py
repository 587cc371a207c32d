"""The funders: their envelopes by period in one table, and each one's conditions."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard import frames, state
from dashboard.cache import Workspace
from dashboard.components import errors, settings_draft, tables
from dashboard.components.markdown import plain
from dashboard.services import drafts, source_forms
from dashboard.services.source_forms import RATE_WORDS, Fields
from portfolio.errors import InputError
from portfolio.funding.sources import Source
from portfolio.organization import HelixRole
from portfolio.project import Scope
from portfolio.scenario import Scenario
from portfolio.scoring.classes import groups

_EDITED = "settings.funder"
_TURN = "settings.funder.turn"
NEW = "new"
MOST_TOLD = 8
"""Funders whose conditions stand on the page all at once."""


def funders(here: Workspace) -> None:
    """The table of envelopes, then one funder's conditions."""
    now = settings_draft.draft(here)
    if not now.sources:
        st.markdown(
            "There is no funder. The money in all is then a rule, or nothing limits it. "
            "Add a funder to plan money by period and by what it may pay for."
        )
    else:
        _envelopes(here, now)
    _conditions(here, now)


def _envelopes(here: Workspace, now: Scenario) -> None:
    currency = here.pool.cluster.currency
    heads = source_forms.labels(here.pool)
    key = state.widget("settings", "envelopes", f"{here.cluster_id}.{state.recall(_TURN)}")
    st.data_editor(
        frames.envelopes(now.sources, heads),
        key=key,
        hide_index=True,
        disabled=["Funder", "In all", "Unspent money"],
        column_config={
            head: tables.money_column(head, currency, min_value=0) for head in (*heads, "In all")
        },
        alt="Envelopes of the funders by period; the amounts can be edited",
    )
    written = st.session_state.get(key, {}).get("edited_rows", {})
    if not written:
        st.caption("Change an amount by a double click.")
        return
    sources, problems = source_forms.with_envelopes(
        here.pool, now, {int(place): row for place, row in written.items()}
    )
    if problems:
        errors.show(InputError(problems))
        return
    st.button(
        "Put the amounts into the draft",
        type="primary",
        key=state.widget("settings", "amounts"),
        on_click=_keep_amounts,
        args=(here, sources),
    )


def _keep_amounts(here: Workspace, sources: tuple[Source, ...]) -> None:
    now = settings_draft.draft(here)
    settings_draft.change(here, replace(now, sources=sources))
    state.remember(_TURN, str(int(state.recall(_TURN) or "0") + 1))


def _conditions(here: Workspace, now: Scenario) -> None:
    names = {source.id: source.name for source in now.sources}
    edited = state.recall(_EDITED)
    if edited == NEW or edited in names:
        _form(here, now, edited)
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if names:
            picked = st.selectbox(
                "Conditions of",
                list(names),
                format_func=lambda each: names.get(each, each),
                key=state.widget("settings", "funder"),
            )
            st.button(
                "Edit the funder",
                key=state.widget("settings", "funder.edit"),
                on_click=state.remember,
                args=(_EDITED, picked),
            )
            st.button(
                "Remove the funder",
                key=state.widget("settings", "funder.remove"),
                on_click=_remove,
                args=(here, picked),
            )
        st.button(
            "Add a funder…",
            key=state.widget("settings", "funder.add"),
            on_click=state.remember,
            args=(_EDITED, NEW),
        )
    if names:
        shown = now.sources if len(now.sources) <= MOST_TOLD else ()
        for source in shown or (each for each in now.sources if each.id == picked):
            st.markdown(f"**{plain(source.name)}.** {plain(source_forms.says(source))}")


def _form(here: Workspace, now: Scenario, edited: str) -> None:
    old = next((each for each in now.sources if each.id == edited), None)
    given = source_forms.fields_of(old) if old else Fields()
    with st.form(f"settings.funder.form.{edited}"):
        name = st.text_input("Name", value=given.name, max_chars=source_forms.LONGEST)
        with st.container(horizontal=True):
            carry = st.toggle("Unspent money may be spent later", value=given.carry_over)
            public = st.toggle("Public money", value=given.public)
        themes = st.multiselect(
            "Only these themes",
            sorted({*groups(here.pool, "theme"), *given.themes}),
            default=list(given.themes),
            placeholder="Any theme",
        )
        scopes = st.multiselect(
            "Only these scopes",
            [scope.value for scope in Scope],
            default=list(given.scopes),
            placeholder="Any scope",
        )
        roles = st.multiselect(
            "Only where the lead is",
            [role.value for role in HelixRole],
            default=list(given.lead_roles),
            placeholder="Any organization",
        )
        rates = _rates(given)
        fee = st.number_input(
            "Kept for administration, % of its money",
            min_value=0.0,
            max_value=99.9,
            value=given.fee,
            step=0.5,
            format="%.10g",
            width=320,
        )
        note = st.text_input("Note", value=given.note, max_chars=source_forms.LONGEST)
        with st.container(horizontal=True):
            done = st.form_submit_button("Put it into the draft", type="primary")
            leave = st.form_submit_button("Leave it as it was")
    if leave:
        _close()
        st.rerun()
    if not done:
        return
    told = Fields(name, carry, public, tuple(themes), tuple(scopes), tuple(roles), note, rates, fee)
    taken = [each.name for each in now.sources if each is not old]
    empty = (0,) * here.pool.cluster.calendar.count
    try:
        built = source_forms.build(
            old.id if old else source_forms.new_id(now), told, old.budgets if old else empty, taken
        )
    except InputError as error:
        errors.show(error)
        return
    settings_draft.change(here, drafts.with_source(now, built))
    _close()
    st.rerun()


def _rates(given: Fields) -> tuple[tuple[str, float], ...]:
    """The largest share of a project's cost, by class of the lead; an empty field sets no limit."""
    known = dict(given.rates)
    st.markdown("At most so many per cent of a project's cost, by who leads it")
    found = {}
    with st.grid(4, min_column_width=150):
        for lead, words in RATE_WORDS.items():
            found[lead] = st.number_input(
                words[0].upper() + words[1:],
                min_value=0.0,
                max_value=100.0,
                value=known.get(lead),
                step=5.0,
                format="%.10g",
                placeholder="no limit",
            )
    return tuple((lead, rate) for lead, rate in found.items() if rate is not None)


def _remove(here: Workspace, source_id: str) -> None:
    settings_draft.change(here, drafts.without_source(settings_draft.draft(here), source_id))


def _close() -> None:
    state.remember(_EDITED, "")
