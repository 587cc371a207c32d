"""Why not mine? One proposal: what putting it in costs, who would leave, how it would enter."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

import optimizer
from dashboard import cache, navigation, state
from dashboard.cache import Workspace
from dashboard.components.answer import heading
from dashboard.components.asking import Asked, change
from dashboard.components.barred import barred
from dashboard.components.markdown import cut, italic, plain
from dashboard.components.solving import Found
from dashboard.components.sought import sought
from dashboard.services import proposals
from dashboard.services.question import Question
from dashboard.services.why import why
from optimizer import Explanation, Options

PAGE = "mix"
PATIENCE = Options(time_limit=20.0)


def why_panel(here: Workspace, asked: Asked, found: Found) -> None:
    """Pick a proposal and read why it is in or out."""
    heading("Why not mine?")
    rows = proposals.rows(found.answered)
    outside = [row for row in rows if not row.inside]
    inside = [row for row in rows if row.inside]
    names = {row.id: f"{cut(row.name)} · {'in' if row.inside else 'out'}" for row in rows}
    ids = [row.id for row in (*sorted(outside, key=_by_name), *sorted(inside, key=_by_name))]
    nearest = outside[0].id if outside else ""
    wanted = state.shared(state.PROJECT)
    wanted = wanted if wanted in names else nearest
    picked = st.selectbox(
        "A proposal",
        ids,
        index=ids.index(wanted) if wanted in ids else None,
        format_func=names.__getitem__,
        placeholder="Pick a proposal",
        label_visibility="collapsed",
        key=state.widget(PAGE, "why", here.cluster_id),
    )
    if picked != nearest or state.shared(state.PROJECT) in names:
        state.share(project=picked)
    if picked is None:
        st.markdown(
            "What putting it in would cost, who would have to leave, and how it would enter."
        )
        return
    explanation = _explanation(here, found, picked)
    if explanation is not None:
        note = next(row.note for row in rows if row.id == picked)
        _show(here, asked, found, explanation, note)


def _by_name(row: proposals.Row) -> tuple[str, str]:
    return (row.name.casefold(), row.id)


def _explanation(here: Workspace, found: Found, project_id: str) -> Explanation | None:
    answered = found.answered
    key = ("why", found.key, project_id)
    if found.old:
        kept = cache.answer(key)
        return kept if isinstance(kept, Explanation) else None
    return sought(
        "why",
        key,
        Explanation,
        lambda report, cancel: optimizer.explain_project(
            answered.pool,
            answered.scenario,
            answered.selection,
            project_id,
            PATIENCE,
            progress=report,
            cancel=cancel,
        ),
        lambda _: "Asking the question again, with and without it.",
        lambda explanation, job: (
            explanation.proven and job.worked < PATIENCE.time_limit and not job.cancelled.is_set()
        ),
    )


def _show(here: Workspace, asked: Asked, found: Found, explanation: Explanation, note: str) -> None:
    words = why(here.pool, found.answered.scenario, explanation, italic)
    with st.container(border=True):
        st.markdown(f"**{words.bold}**")
        if words.sentence:
            st.markdown(words.sentence)
        if note:
            st.markdown(f":material/info: Mind that {plain(note)}.")
        if explanation.clash:
            st.markdown(
                "These rules shut it out together:"
                if not explanation.inside
                else "These rules hold it in:"
            )
            sentences = {check.rule: check.sentence for check in found.answered.selection.checks}
            st.markdown(
                "\n".join(f"- {plain(sentences.get(rule, rule))}" for rule in explanation.clash)
            )
        project = here.pool.project(explanation.project)
        barred(here.pool, found.answered.scenario, project)
        if words.ways:
            st.markdown(words.lead)
            last = len(words.ways) - 1
            st.markdown(
                "\n".join(
                    f"- {way}{', or' if k < last else '.'}" for k, way in enumerate(words.ways)
                )
            )
        if not explanation.inside and explanation.cost is not None:
            st.button(
                "See the mix with it",
                key=state.widget(PAGE, "with_it"),
                on_click=_with_it,
                args=(explanation.project,),
            )
        if not explanation.inside and st.button(
            "Every way in", key=state.widget(PAGE, "every_way"), type="tertiary"
        ):
            state.share(project=explanation.project)
            navigation.go("Why not mine")
        if explanation.inside and explanation.cost is not None:
            st.button(
                "See the mix without it",
                key=state.widget(PAGE, "without_it"),
                on_click=_without_it,
                args=(explanation.project,),
            )


def _with_it(project_id: str) -> None:
    change(lambda asked: _put(asked.question, project_id, inside=True))


def _without_it(project_id: str) -> None:
    change(lambda asked: _put(asked.question, project_id, inside=False))


def _put(question: Question, project_id: str, *, inside: bool) -> Question:
    """The question with a proposal always in, or always out."""
    always_in, always_out = set(question.always_in), set(question.always_out)
    taken, left = (always_in, always_out) if inside else (always_out, always_in)
    taken.add(project_id)
    left.discard(project_id)
    return replace(
        question, always_in=tuple(sorted(always_in)), always_out=tuple(sorted(always_out))
    )
