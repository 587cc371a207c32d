"""One decision: what was asked, the mix, why, who and when; and the same question asked again."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from dashboard import cache, frames, navigation, state
from dashboard.cache import Workspace
from dashboard.components import work
from dashboard.components.answer import heading
from dashboard.components.asking import ask
from dashboard.components.markdown import italic, plain
from dashboard.components.tables import money_column, table
from dashboard.services import decisions, mix, replay, words
from dashboard.services.question import Question
from dashboard.services.replay import Replay
from data.codec import fingerprint
from optimizer import Options
from portfolio.decision import Decision

PATIENCE = Options(time_limit=60.0)


def load(here: Workspace, record: str) -> Decision | None:
    """The cluster's decision with this number, with its pool."""
    return cache.remember(
        ("decision", here.key[0], here.cluster_id, record),
        lambda: decisions.find(here.store, here.cluster_id, record),
    )


def show_record(here: Workspace, decision: Decision) -> None:
    """The record as it was kept, and what can be done with it."""
    pool = decision.pool or here.pool
    currency = pool.cluster.currency
    heading(plain(decision.title) or f"Decision {decision.id}")
    st.markdown(
        f"**{plain(decisions.answer_words(decision, currency))}** "
        f"{plain(decisions.question_words(decision, currency))}"
    )
    proof = decisions.proof_words(decision, here.pool)
    if proof:
        st.markdown(plain(proof))
    if decision.why:
        st.markdown(f"Why: {plain(decision.why)}")
    st.markdown(
        f"Decided by {plain(decision.who) or 'nobody named'} on "
        f"{words.day(decisions.made_on(decision))}, {decision.at:%H:%M} UTC."
    )
    _replayed(here, decision)
    with st.container(horizontal=True):
        st.button(
            "Ask again",
            key=state.widget("decisions", "replay", str(decision.id)),
            type="primary",
            on_click=_ask_again,
            args=(decision.id,),
        )
        if st.button("Reopen in Mix", key=state.widget("decisions", "reopen", str(decision.id))):
            ask(Question(base=str(decision.id)))
            navigation.go("Mix")
    _mix(decision, currency)
    _rules(decision, currency)
    with st.expander("Fingerprint"):
        st.markdown(
            "It covers the question, the answer, the data and the record before this one:"
            " change any of them and it changes."
        )
        st.code(decision.fingerprint, language=None, wrap_lines=True)
        st.caption(f"Data {decision.pool_fingerprint[:16]}…")


def _mix(decision: Decision, currency: str) -> None:
    if not decision.selection.chosen:
        return
    frame = cache.remember(("decided mix", decision.fingerprint), lambda: frames.decided(decision))
    table(
        frame,
        key=state.widget("decisions", "mix", str(decision.id)),
        alt="The proposals that were decided, with what each gets",
        columns={"Gets": money_column("Gets", currency)},
    )


def _rules(decision: Decision, currency: str) -> None:
    checks = decision.selection.checks
    if not checks:
        return
    with st.expander(f"How its {len(checks)} rules stood"):
        st.table(
            frames.rows(
                ("Rule", "Stood at"),
                [
                    (plain(check.sentence), plain(mix.check_words(check, currency)))
                    for check in checks
                ],
            ),
            hide_index=True,
            alt="Every rule with where the mix stood",
        )


@dataclass(frozen=True, slots=True)
class _Key:
    decision: int
    revision: tuple[str, str, int]


def _ask_again(decision_id: int) -> None:
    state.remember("decisions.replay", str(decision_id))
    work.again("replay")


def _replayed(here: Workspace, decision: Decision) -> None:
    if state.recall("decisions.replay") != str(decision.id):
        return
    job = work.start(
        "replay",
        _Key(decision.id, here.key),
        lambda report, cancel: replay.replay(
            decision, here.pool, fingerprint(here.pool), PATIENCE, report, cancel
        ),
    )
    if work.failed(job):
        return
    if isinstance(job.result, Replay):
        bold, sentence = replay.replay_words(job.result, italic)
        with st.container(border=True):
            st.markdown(f"**{bold}** {sentence}")
    elif not job.finished:
        pool = decision.pool or here.pool
        work.progress("replay", mix.progress_words(pool, decision.scenario), mix.progress_share)
