"""The criteria: what each asks, how much it counts, and its answers in words."""

from __future__ import annotations

import streamlit as st

from dashboard import frames, state
from dashboard.cache import Workspace
from dashboard.components import errors
from dashboard.components.legible import legible
from dashboard.services import criteria_forms
from dashboard.services.criteria_forms import MEASURE_WORDS, SHAPE_WORDS, Fields
from portfolio.errors import ClusterfolioError, InputError
from portfolio.scoring.criteria import Criterion
from portfolio.scoring.measures import JUDGED

_EDITED = "settings.criterion"
NEW = "new"


def criteria_settings(here: Workspace) -> None:
    """All criteria as a table, then one of them as a form."""
    criteria = here.pool.criteria
    if not criteria:
        st.markdown("There is no criterion yet. Add one, and the board can score the proposals.")
    else:
        st.dataframe(
            frames.criteria(criteria),
            key=state.widget("settings", "criteria"),
            alt="The criteria with their weights and how they are measured",
            hide_index=True,
            column_config={"Weight": st.column_config.NumberColumn("Weight", format="%.0f %%")},
        )
    edited = state.recall(_EDITED)
    names = {each.id: each.name for each in criteria}
    if edited == NEW or edited in names:
        _form(here, next((each for each in criteria if each.id == edited), None))
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if names:
            picked = st.selectbox(
                "Criterion",
                list(names),
                format_func=lambda each: names.get(each, each),
                key=state.widget("settings", "criterion.pick"),
            )
            st.button(
                "Edit the criterion",
                key=state.widget("settings", "criterion.edit"),
                on_click=state.remember,
                args=(_EDITED, picked),
            )
            st.button(
                "Remove the criterion",
                key=state.widget("settings", "criterion.remove"),
                on_click=_save,
                args=(here, criteria_forms.without(criteria, picked)),
            )
        st.button(
            "Add a criterion…",
            key=state.widget("settings", "criterion.add"),
            on_click=state.remember,
            args=(_EDITED, NEW),
        )


def _form(here: Workspace, old: Criterion | None) -> None:
    key = old.id if old else NEW
    with st.form(f"settings.criterion.form.{key}"):
        name = st.text_input(
            "Name", value=old.name if old else "", max_chars=criteria_forms.LONGEST
        )
        question = st.text_input(
            "The question it asks",
            value=old.question if old else "",
            max_chars=criteria_forms.LONGEST,
        )
        swing = st.slider(
            "Swing: how much the step from worst to best matters, the most important one 100",
            0,
            100,
            round(old.swing) if old else 50,
            format=legible("%d"),
        )
        with st.grid(2, min_column_width=240):
            measure = st.selectbox(
                "Measured by",
                list(MEASURE_WORDS),
                index=list(MEASURE_WORDS).index(old.measure)
                if old and old.measure in MEASURE_WORDS
                else 0,
                format_func=lambda each: MEASURE_WORDS.get(each, each),
            )
            shape = st.selectbox(
                "Between the levels",
                list(SHAPE_WORDS),
                index=list(SHAPE_WORDS).index(old.shape) if old else 0,
                format_func=lambda each: SHAPE_WORDS.get(each, each),
            )
        st.markdown("Answers: each level, what it is worth from 0 to 100, and what it means.")
        table = st.data_editor(
            frames.anchors(old.anchors if old else criteria_forms.FIRST),
            key=state.widget("settings", "anchors", key),
            num_rows="dynamic",
            hide_index=True,
            column_config={
                "Value": st.column_config.NumberColumn("Value", min_value=0, max_value=100)
            },
            alt="The answers of the criterion; rows can be added and removed",
        )
        with st.container(horizontal=True):
            done = st.form_submit_button("Save the criterion", type="primary")
            leave = st.form_submit_button("Leave it as it was")
    if leave:
        state.remember(_EDITED, "")
        st.rerun()
    if not done:
        return
    told = Fields(name, question, float(swing), measure, shape, frames.anchor_rows(table))
    others = [each.name for each in here.pool.criteria if each is not old]
    try:
        criterion_id = old.id if old else criteria_forms.new_id(name, here.pool.criteria)
        built = criteria_forms.build(criterion_id, told, others)
    except InputError as error:
        errors.show(error)
        return
    _save(here, criteria_forms.placed(here.pool.criteria, built))
    st.rerun()


def _save(here: Workspace, criteria: tuple[Criterion, ...]) -> None:
    try:
        change = here.store.save_criteria(
            here.cluster_id, criteria, state.who(), expected=here.pool.criteria
        )
    except ClusterfolioError as error:
        state.flash(str(error))
        return
    state.remember(_EDITED, "")
    judged = any(each.measure == JUDGED for each in criteria)
    words = "The criteria are saved." if judged else "Saved. No criterion asks the board now."
    state.flash(words, undo=str(change or ""))
