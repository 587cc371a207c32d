"""No mix meets all rules: which cannot hold together, and the cheapest way out of each."""

from __future__ import annotations

import streamlit as st

from dashboard import state
from dashboard.components.answer import heading
from dashboard.components.asking import Asked, ask
from dashboard.components.markdown import plain
from dashboard.services.mix import Answered
from dashboard.services.question import switched
from dashboard.services.repair import tried, way_out
from portfolio.wording import count


def clash_panel(asked: Asked, answered: Answered) -> None:
    """One row a rule of the clash, with its repair and a button to try it."""
    clash = answered.clash
    if clash is None:
        st.markdown("Which rules clash was not found in time. Switch rules off to find out.")
        return
    repairs = {repair.rule: repair for repair in clash.repairs}
    one = len(clash.rules) == 1
    heading(
        "No mix meets this rule"
        if one
        else f"These {count(len(clash.rules), 'rule')} cannot hold together"
    )
    for k, (rule, words) in enumerate(clash.rules):
        repair = repairs.get(rule)
        with st.container(border=True):
            st.markdown(f"**{plain(words)}**")
            question = (
                None
                if repair is None
                else tried(asked.question, asked.scenario, asked.start, repair)
            )
            st.markdown(plain(way_out(clash, rule)))
            with st.container(horizontal=True):
                if question is not None:
                    st.button(
                        "Try it",
                        key=state.widget("mix", "try", rule),
                        type="primary" if k == 0 else "secondary",
                        on_click=ask,
                        args=(question,),
                    )
                st.button(
                    "Switch it off",
                    key=state.widget("mix", "off", rule),
                    type="tertiary",
                    on_click=ask,
                    args=(switched(asked.question, asked.start, rule, False),),
                )
