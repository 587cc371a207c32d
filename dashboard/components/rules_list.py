"""The rules, one sentence each, with where they come from, when they hold, and a switch."""

from __future__ import annotations

import streamlit as st

from dashboard import state
from dashboard.cache import Workspace
from dashboard.components import settings_draft
from dashboard.components.markdown import plain
from dashboard.components.rule_form import rule_form
from dashboard.services import drafts, words
from dashboard.services.rule_forms import KINDS, new_id, said
from portfolio.funding.rules import Rule
from portfolio.scenario import Scenario, all_rules

_EDITED = "settings.edited"
NEW = "new:"
FROM_FUNDERS = {
    "source budget": "From the funder's envelope.",
    "eligibility": "From the funders' conditions.",
    "co-funding": "From the funders' rates.",
}


def rules_list(here: Workspace) -> None:
    """Every rule of the draft, the one that is being edited as a form, and a way to add one."""
    now = settings_draft.draft(here)
    edited = state.recall(_EDITED)
    own = {rule.id for rule in now.rules}
    for rule in all_rules(now):
        if rule.id == edited and rule.id in own and rule.kind in KINDS:
            rule_form(here, rule.kind, rule.id, rule, close)
        else:
            _row(here, now, rule, rule.id in own)
    if edited.startswith(NEW):
        kind = edited.removeprefix(NEW)
        rule_form(here, kind, new_id(now, kind), None, close)
    else:
        _add()


def close() -> None:
    """Nothing is being edited any more."""
    state.remember(_EDITED, "")


def _row(here: Workspace, now: Scenario, rule: Rule, own: bool) -> None:
    """A rule; `own` ones stand by themselves, the others come with the funders."""
    on = rule.id not in now.off
    key = state.widget("settings", "on", f"{rule.id}.{on}")
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        with st.container():
            st.toggle(
                plain(said(rule, here.pool, now)),
                value=on,
                key=key,
                on_change=_switch,
                args=(here, rule.id, key),
            )
            st.caption(_about(rule) if own else FROM_FUNDERS[rule.kind])
        if own and rule.kind in KINDS:
            st.button(
                "Edit",
                key=state.widget("settings", "edit", rule.id),
                on_click=state.remember,
                args=(_EDITED, rule.id),
            )
        if own:
            st.button(
                "Remove",
                key=state.widget("settings", "remove", rule.id),
                on_click=_remove,
                args=(here, rule.id),
            )


def _about(rule: Rule) -> str:
    """Where a rule comes from and when it holds."""
    parts = [plain(rule.origin)] if rule.origin else ["Origin not noted"]
    if rule.valid_from:
        parts.append(f"from {words.day(rule.valid_from)}")
    if rule.valid_to:
        parts.append(f"until {words.day(rule.valid_to)}")
    return " · ".join(parts)


def _add() -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        kind = st.selectbox(
            "Another rule about",
            list(KINDS),
            format_func=lambda each: KINDS.get(each, each),
            key=state.widget("settings", "kind"),
        )
        st.button(
            "Add a rule…",
            key=state.widget("settings", "add"),
            on_click=state.remember,
            args=(_EDITED, f"{NEW}{kind}"),
        )


def _switch(here: Workspace, rule_id: str, key: str) -> None:
    on = bool(st.session_state[key])
    settings_draft.change(here, drafts.switched(settings_draft.draft(here), rule_id, on))


def _remove(here: Workspace, rule_id: str) -> None:
    settings_draft.change(here, drafts.without_rule(settings_draft.draft(here), rule_id))
