"""One's own scores, made for a phone: one criterion a screen, whole sentences, saved at each step."""

from __future__ import annotations

import streamlit as st

from dashboard import state
from dashboard.cache import Workspace
from dashboard.components import answer, person
from dashboard.components.markdown import plain
from dashboard.services import judging, proposals, words
from dashboard.services.judging import Answer, Sheet
from portfolio.errors import ClusterfolioError
from portfolio.project import Project
from portfolio.scoring.criteria import Criterion
from portfolio.wording import count, money

_PROJECT = "score.at.project"
_CRITERION = "score.at.criterion"


def give_scores(here: Workspace) -> None:
    """Ask who scores, then one question after another."""
    if not here.pool.members:
        answer.answer("The board has no members yet.", "Add them in Settings.")
        return
    me = person.ask(here.pool, "score")
    if me is None:
        answer.answer("Choose your name to begin.", "Your scores are saved under it.")
        return
    mine = judging.sheet(here.pool, me.id)
    if not mine.criteria:
        answer.answer("There is nothing to judge.", "All criteria follow from the figures.")
        return
    project = _project(here, mine)
    if project is None:
        answer.answer(
            "Done. Thank you.",
            f"You have scored all {count(len(here.pool.candidates), 'proposal')}. "
            "Names stay hidden until the chair shows them.",
        )
        st.button(
            "Look at them again",
            key=state.widget("score", "again"),
            on_click=_begin,
            args=(here.pool.candidates[0].id,),
        )
        return
    _question(here, mine, project)


def _project(here: Workspace, mine: Sheet) -> Project | None:
    """The proposal that is being scored: the one picked, else the first that is open."""
    wanted = state.recall(_PROJECT)
    known = {project.id for project in here.pool.candidates}
    if wanted not in known:
        wanted = mine.first_open() or ""
    return here.pool.project(wanted) if wanted else None


def _question(here: Workspace, mine: Sheet, project: Project) -> None:
    place = _place(mine, project.id)
    criterion = mine.criteria[place]
    said = mine.said.get((project.id, criterion.id))
    options = judging.answers(criterion, said)
    ids = [each.id for each in here.pool.candidates]
    answer.heading(f"{plain(project.name)} · {place + 1} of {len(mine.criteria)}")
    st.markdown(_about(here, project))
    key = state.widget("score", "answer", f"{mine.member}.{project.id}.{criterion.id}")
    st.radio(
        f"**{plain(criterion.name)}.** {plain(criterion.question)}",
        range(len(options)),
        index=judging.chosen(options, said),
        format_func=lambda k: plain(options[k].words),
        key=key,
    )
    last = place + 1 == len(mine.criteria)
    st.button(
        "Save and go to the next proposal" if last else "Save and next",
        key=state.widget("score", "next"),
        type="primary",
        width="stretch",
        on_click=_next,
        args=(here, mine, project, place, options, key),
    )
    if place:
        st.button(
            "Back",
            key=state.widget("score", "back"),
            width="stretch",
            on_click=_go,
            args=(project.id, place - 1),
        )
    done = mine.done_projects
    st.markdown(f"{done} of {count(len(ids), 'proposal')} done.")
    _jump(here, mine, project)


def _jump(here: Workspace, mine: Sheet, project: Project) -> None:
    names = {each.id: each.name for each in here.pool.candidates}
    key = state.widget("score", "jump", project.id)
    st.selectbox(
        "Score another proposal",
        list(names),
        index=list(names).index(project.id),
        format_func=lambda each: f"{'✓' if mine.done(each) else '○'} {names.get(each, each)}",
        key=key,
        on_change=lambda: _begin(str(st.session_state[key])),
    )


def _about(here: Workspace, project: Project) -> str:
    """Up to three lines on the proposal."""
    currency = here.pool.cluster.currency
    asks = money(words.whole_money(project.grant), currency)
    lead = proposals.lead_name(here.pool, project)
    facts = [part for part in (plain(lead), plain(project.theme), f"asks for {asks}") if part]
    summary = project.summary if len(project.summary) <= 240 else f"{project.summary[:239]}…"
    return "  \n".join(part for part in (plain(summary), " · ".join(facts)) if part)


def _place(mine: Sheet, project_id: str) -> int:
    kept = state.recall(_CRITERION)
    if state.recall(_PROJECT) == project_id and kept.isdecimal():
        return min(int(kept), len(mine.criteria) - 1)
    return mine.first_open_criterion(project_id)


def _begin(project_id: str) -> None:
    state.remember(_PROJECT, project_id)
    state.remember(_CRITERION, "")


def _go(project_id: str, place: int) -> None:
    state.remember(_PROJECT, project_id)
    state.remember(_CRITERION, str(place))


def _next(
    here: Workspace,
    mine: Sheet,
    project: Project,
    place: int,
    options: tuple[Answer, ...],
    key: str,
) -> None:
    chosen = st.session_state.get(key)
    if chosen is None:
        state.flash("Choose an answer first. “I do not know” is one.")
        return
    given = options[chosen]
    try:
        _save(here, mine, project, mine.criteria[place], given)
    except ClusterfolioError as error:
        state.flash(f"Not saved yet. {error}")
        return
    if given.interest or place + 1 == len(mine.criteria):
        _begin("")
    else:
        _go(project.id, place + 1)


def _save(
    here: Workspace, mine: Sheet, project: Project, criterion: Criterion, given: Answer
) -> None:
    here.store.save_judgements(
        here.cluster_id, judging.judgements(mine, project.id, criterion, given), state.who()
    )
