"""A project's sheet in a drawer: its four parts, its score or signals, milestones and reports."""

from __future__ import annotations

import streamlit as st

from dashboard import cache, frames, navigation, state
from dashboard.cache import Workspace
from dashboard.components.answer import Badge, badges
from dashboard.components.barred import barred
from dashboard.components.markdown import plain
from dashboard.components.signal_rows import verdict_badge, verdict_signals
from dashboard.services import agreement, one_project, sheet
from dashboard.services.present import present
from portfolio.errors import ClusterfolioError, NotFoundError
from portfolio.project import Project, ProjectStatus
from portfolio.review.verdicts import review
from portfolio.scoring.profile import Aspect, Profile, profile


def project_sheet(here: Workspace) -> None:
    """Open the sheet that the address names, if it names one."""
    wanted = state.shared(state.SHEET)
    if not wanted:
        return
    try:
        project = here.pool.project(wanted)
    except NotFoundError:
        state.share(sheet=None)
        st.warning("The link names a project that is not in this cluster.")
        return
    st.dialog(plain(project.name), width="large", position="right", on_dismiss=_close)(_sheet)(
        here, project
    )


def _close() -> None:
    state.share(sheet=None)


def _sheet(here: Workspace, project: Project) -> None:
    pool = here.pool
    told = profile(pool, project)
    st.markdown(f"**{sheet.what(pool, project, plain)}** {plain(project.summary)}")
    _marks(here, project, told)
    with st.grid(2, min_column_width=300) as grid:
        for aspect in told.aspects:
            with grid.cell():
                _aspect(aspect)
    for table in sheet.tables(pool, project):
        st.header(table.heading, anchor=False)
        st.dataframe(
            frames.rows(table.columns, table.rows),
            key=state.widget("sheet", table.heading.lower(), project.id),
            alt=f"{table.heading} of the project",
            hide_index=True,
        )
    with st.container(horizontal=True):
        _onward(project)
        if st.button("Take it off the list", key=state.widget("sheet", "remove")):
            _remove(here, project)


def _remove(here: Workspace, project: Project) -> None:
    try:
        change = one_project.remove(here.store, here.cluster_id, project, state.who())
    except ClusterfolioError as error:
        st.error(plain(str(error)))
        return
    state.share(sheet=None)
    state.flash(f"{project.name} is off the list.", undo=str(change or ""))
    st.rerun()


def _onward(project: Project) -> None:
    """The screen on which this project is decided upon."""
    if project.status is ProjectStatus.PROPOSAL and project.cost_known:
        if st.button("Why in or out: see it in Mix", key=state.widget("sheet", "mix")):
            state.share(sheet=None, project=project.id)
            navigation.go("Mix")
    elif project.status is ProjectStatus.RUNNING and st.button(
        "See it in Review", key=state.widget("sheet", "review")
    ):
        state.share(sheet=None)
        navigation.go("Review")


def _marks(here: Workspace, project: Project, told: Profile) -> None:
    """What is known of it beside its four parts: score, signals or outcome, by its stage."""
    pool = here.pool
    match project.status:
        case ProjectStatus.PROPOSAL:
            if told.quadrant is not None:
                badges([Badge(told.quadrant.value.capitalize(), "blue")])
            found = cache.remember(("agreement", here.key, None), lambda: agreement.agreement(pool))
            if pool.criteria and project.id in found.cards:
                st.markdown(sheet.score_words(found.cards[project.id]))
            if ways := sheet.ways_words(pool, project):
                st.markdown(ways)
            barred(pool, pool.scenario, project)
        case ProjectStatus.RUNNING:
            on = present(pool)
            row = next(each for each in review(pool, on) if each.project == project.id)
            verdict_badge(row.verdict)
            verdict_signals(row, on)
        case ProjectStatus.CLOSED:
            st.markdown(plain(sheet.outcome_words(project, pool.cluster.currency)))
            if project.outcome and project.outcome.lesson:
                st.markdown(f"What we learned: {plain(project.outcome.lesson)}")


def _aspect(aspect: Aspect) -> None:
    st.header(aspect.name.capitalize(), anchor=False)
    st.markdown(plain(aspect.sentence))
    known = {plain(figure.label): plain(figure.text) for figure in aspect.figures if figure.text}
    if known:
        st.table(known, border="horizontal", alt=f"Figures of its {aspect.name}")
