"""Mix: which set of projects, and why."""

from __future__ import annotations

import streamlit as st

from dashboard.cache import Workspace
from dashboard.components import answer, page, solving
from dashboard.components.asking import Asked, current, show_notes
from dashboard.components.clash_panel import clash_panel
from dashboard.components.decide import decide
from dashboard.components.markdown import italic, plain
from dashboard.components.mix_picture import all_proposals, picture
from dashboard.components.others_panel import others_panel
from dashboard.components.question_form import question_form
from dashboard.components.risk_panel import risk_panel
from dashboard.components.rules_panel import rules_panel
from dashboard.components.schedule_panel import schedule_panel
from dashboard.components.solving import Found
from dashboard.components.why_panel import why_panel
from dashboard.services import mix
from dashboard.services.download import mix_csv
from portfolio.errors import InputError
from portfolio.selection import Status
from portfolio.wording import count


def main() -> None:
    """Ask in the sidebar, answer on the page."""
    here = page.begin("The mix we suggest")
    if not here.pool.candidates:
        page.no_proposals()
        return
    asked = current(here)
    question_form(here, asked)
    show_notes(asked)
    found = solving.best_mix(here, asked.scenario)
    if found is None:
        return
    solving.say_old(found)
    _answer(found)
    if found.answered.selection.status.has_mix:
        _understand(here, asked, found)
    elif found.answered.selection.status is Status.INFEASIBLE:
        clash_panel(found)


def _answer(found: Found) -> None:
    answered = found.answered
    answer.answer(plain(mix.headline(answered)), plain(mix.context(answered)))
    solving.certainty(found, "mix", _badges(found))
    if answered.selection.status.has_mix:
        answer.figures([answer.Figure(n.label, n.value, n.note) for n in mix.numbers(answered)])
        if otherwise := mix.otherwise(answered, italic):
            st.markdown(otherwise)


def _badges(found: Found) -> list[answer.Badge]:
    answered = found.answered
    marks: list[answer.Badge] = []
    if answered.selection.status.has_mix:
        met, whole = mix.rules_met(answered)
        if whole:
            marks.append(answer.Badge(f"{met} of {count(whole, 'rule')} met", "gray", "rule"))
        marks.append(answer.Badge("Checked to the cent", "gray", "calculate"))
    marks.append(answer.Badge(f"{answered.selection.seconds:.1f} s"))
    return marks


def _understand(here: Workspace, asked: Asked, found: Found) -> None:
    picture(here, found)
    left, right = st.columns(2, gap="medium")
    with left:
        why_panel(here, asked, found)
    with right:
        rules_panel(here, asked, found)
    risk_panel(here, found)
    schedule_panel(here, found)
    all_proposals(here, found)
    others_panel(here, found)
    with st.container(horizontal=True):
        if st.button("Put to the board…", key="mix.decide", type="primary", disabled=found.old):
            decide(here, found.answered)
        st.download_button(
            "Download",
            lambda: mix_csv(found.answered),
            file_name="mix.csv",
            mime="text/csv",
            key="mix.download",
            on_click="ignore",
            type="tertiary",
            icon=":material/download:",
        )


try:
    main()
except InputError as error:
    st.error("\n".join(f"- {plain(str(problem))}" for problem in error.problems))
