"""Changes of the standing question that wait: what they are, what they do to the mix, save or drop."""

from __future__ import annotations

import json

import streamlit as st

from dashboard import state
from dashboard.cache import Workspace
from dashboard.components import errors, solving
from dashboard.components.answer import answer
from dashboard.components.markdown import italic, plain
from dashboard.services import drafts
from dashboard.services.merging import Merged, merged
from data.codec import scenario_from_json, to_json
from portfolio.errors import ClusterfolioError, InputError
from portfolio.scenario import Scenario
from portfolio.wording import count

_DRAFT = "settings.draft"
MOST_SENTENCES = 8


def draft(here: Workspace) -> Scenario:
    """The standing question with this visitor's changes, as it is where there are none."""
    waiting = _waiting(here)
    return here.pool.scenario if waiting is None else waiting.scenario


def change(here: Workspace, changed: Scenario) -> None:
    """Keep a changed question for this visit; none when nothing is left changed."""
    if changed == here.pool.scenario:
        state.remember(_DRAFT, "")
        return
    waiting = _waiting(here)
    entry = {
        "cluster": here.cluster_id,
        "base": to_json(here.pool.scenario if waiting is None else waiting.base),
        "mine": to_json(changed),
    }
    state.remember(_DRAFT, json.dumps(entry))
    st.toast("Not saved yet: the change and its effect stand at the top of the page.")


def panel(here: Workspace) -> None:
    """The changes that wait, and what they would do; nothing without any."""
    waiting = _waiting(here)
    if waiting is None:
        return
    standing, changed = here.pool.scenario, waiting.scenario
    told = drafts.differences(here.pool, standing, changed)
    with st.container(border=True):
        number = count(len(told), "change") if told else "A change"
        answer(f"{number} not saved yet.")
        lines = [f"- {plain(each)}" for each in told[:MOST_SENTENCES]]
        if len(told) > MOST_SENTENCES:
            lines.append(f"- and {len(told) - MOST_SENTENCES} more")
        st.markdown("\n".join(lines))
        wrong = drafts.problems(here.pool, changed)
        if wrong:
            errors.show(InputError(wrong))
        else:
            _effect(here, standing, changed)
        if waiting.moved:
            st.warning(plain(drafts.meanwhile(here.pool, waiting)))
        with st.container(horizontal=True):
            st.button(
                "Save for everybody",
                type="primary",
                disabled=bool(wrong),
                key=state.widget("settings", "save"),
                on_click=_save,
                args=(here, changed),
            )
            st.button(
                "Drop the changes",
                key=state.widget("settings", "drop"),
                on_click=state.remember,
                args=(_DRAFT, ""),
            )


def _effect(here: Workspace, standing: Scenario, changed: Scenario) -> None:
    """What the changes do to the mix of the standing question."""
    if not here.pool.candidates:
        return
    try:
        before = solving.best_mix(here, standing, "settings.before")
        after = solving.best_mix(here, changed, "settings.after") if before else None
    except InputError as error:
        errors.show(error)
        return
    if before is None or after is None or before.old or after.old:
        return
    bold, more = drafts.effect(before.answered, after.answered, italic)
    st.markdown(f"**With them:** {bold} {more}")
    if not (before.answered.proven and after.answered.proven):
        st.caption("One of the two mixes is not proven best yet, so this is close, not exact.")


def _save(here: Workspace, changed: Scenario) -> None:
    try:
        saved = here.store.save_standing_scenario(
            here.cluster_id, changed, state.who(), expected=here.pool.scenario
        )
    except ClusterfolioError as error:
        state.flash(str(error))
        return
    state.remember(_DRAFT, "")
    state.flash("Saved for everybody.", undo=str(saved or ""))


def _waiting(here: Workspace) -> Merged | None:
    """This visitor's changes on top of what stands by now; None when they change nothing."""
    entry = json.loads(state.recall(_DRAFT) or "null")
    if not entry or entry["cluster"] != here.cluster_id:
        return None
    base, mine = scenario_from_json(entry["base"]), scenario_from_json(entry["mine"])
    both = merged(base, here.pool.scenario, mine)
    return None if both.scenario == here.pool.scenario else both
