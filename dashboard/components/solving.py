"""The best mix on a page: from memory, from the visitor's job, or as progress while it is sought."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from dashboard import cache, state
from dashboard.cache import Workspace
from dashboard.components import patience, work
from dashboard.components.answer import Badge, badges
from dashboard.jobs import JobState
from dashboard.services import mix
from dashboard.services.mix import Answered
from data.codec import fingerprint
from optimizer import Options
from portfolio.scenario import Scenario
from portfolio.selection import Status

FIRST_LOOK = 30.0
"""Seconds that a first search may take."""
FOLLOWING = (
    "why",
    "prices",
    "clash",
    "steps",
    "curve",
    "trade",
    "others",
    "why_not.why",
    "why_not",
    "next_money",
)
"""Slots of work that builds on an answer; a new question does not wait for it."""


@dataclass(frozen=True, slots=True)
class Found:
    """An answer to show. `old`: it answers the question before; `coming`: the new one is sought.

    `key` names this very answer: of one question there can be several that are not proven.
    """

    answered: Answered
    old: bool
    key: tuple[object, ...]
    coming: bool = False


def answer_key(here: Workspace, scenario: Scenario) -> tuple[object, ...]:
    """All that an answer depends on."""
    return ("mix", *here.key, fingerprint(scenario))


def best_mix(here: Workspace, scenario: Scenario, slot: str = "mix") -> Found | None:
    """The best mix for a scenario.

    While it is sought, a progress line with Cancel is drawn, and where it was stopped a way to
    look again; the answer to the visitor's question before is returned with `old`. None when there
    is none, or when it failed (which is shown).
    """
    key = answer_key(here, scenario)
    kept = cache.answer(key)
    if isinstance(kept, Answered):
        state.set_shown(slot, key, "")
        return Found(kept, False, key)
    seconds = patience.seconds(slot, key, FIRST_LOOK)
    options = Options(time_limit=seconds)
    job = work.start(
        slot,
        (*key, seconds),
        lambda report, cancel: mix.find(here.pool, scenario, options, report, cancel),
        ahead_of=FOLLOWING,
        # Who asked to look longer has an answer to read meanwhile.
        first=seconds <= FIRST_LOOK,
    )
    if work.failed(job):
        return _before(here, slot, coming=False) if job.state is JobState.STOPPED else None
    if isinstance(job.result, Answered):
        if job.result.proven:
            cache.keep_answer(key, job.result)
        state.set_shown(slot, key, job.id)
        return Found(job.result, False, _key_of(job.result, key))
    if not job.finished:
        work.progress(slot, mix.progress_words(here.pool, scenario), mix.progress_share)
    return _before(here, slot, coming=True)


def seek(here: Workspace, cancel: threading.Event) -> None:
    """Seek the best mix for a cluster's standing question and keep it, before anybody asks."""
    if here.pool.candidates:
        scenario = here.pool.scenario
        found = mix.find(here.pool, scenario, Options(FIRST_LOOK), lambda _: None, cancel)
        if found.proven:
            cache.keep_answer(answer_key(here, scenario), found)


def keep_looking(slot: str) -> None:
    """Search again for the answer that stands on the page, and longer; other questions as ever."""
    shown = state.shown(slot)
    if shown is not None:
        patience.look_longer(slot, shown[0], FIRST_LOOK)
    work.again(slot)


def _key_of(answered: Answered, key: tuple[object, ...]) -> tuple[object, ...]:
    """The name of an answer: its question, and its projects where another search may find others."""
    return key if answered.proven else (*key, *answered.selection.ids)


def certainty(found: Found, slot: str, more: Sequence[Badge] = ()) -> None:
    """The proof in a badge, then `more` badges, and a way to look longer where there is none yet."""
    proven = found.answered.selection.status is Status.OPTIMAL
    badges(
        [
            Badge(
                mix.certainty(found.answered),
                "green" if proven else "orange",
                "check_circle" if proven else "info",
            ),
            *more,
        ]
    )
    if not found.answered.proven and not found.old:
        st.button(
            "Keep looking",
            key=state.widget(slot, "longer"),
            on_click=keep_looking,
            args=(slot,),
        )


def say_old(found: Found) -> None:
    """Say so when the answer is to the question before."""
    if found.old:
        coming = "; the new one is on its way" if found.coming else ""
        st.caption(f"Answer to the previous question{coming}.")


def _before(here: Workspace, slot: str, coming: bool) -> Found | None:
    shown = state.shown(slot)
    if shown is None or shown[0][1:3] != here.key[:2]:
        return None
    key, job_id = shown
    answered = cache.answer(key)
    if answered is None and (job := cache.desk().job(job_id)) is not None:
        answered = job.result
    if not isinstance(answered, Answered):
        return None
    return Found(answered, True, _key_of(answered, key), coming)
