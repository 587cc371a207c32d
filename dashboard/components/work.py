"""Long work on a page: start it, say what is known meanwhile, offer Cancel, come back when done."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager

import streamlit as st
from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard import cache, state
from dashboard.components.errors import show
from dashboard.jobs import Job, JobState, Present, Report
from portfolio.wording import count

PATIENCE = 0.45
"""Seconds a page waits for quick work before it shows progress instead."""


def start(
    slot: str,
    key: Hashable,
    work: Callable[[Report, threading.Event], object],
    ahead_of: Sequence[str] = (),
    first: bool = False,
) -> Job:
    """The visitor's job for this key in this slot: the present one, or a new one.

    A finished job is taken up again as long as it is remembered and its key is the same; `again`
    drops it. One that was stopped because nobody looked begins anew. Quick work is done when this
    returns. A new job does not wait for what runs in the slots `ahead_of`: that answers an older
    question and is cancelled. `first`: the visitor has nothing to read before it is done, so it
    goes before work that only adds to an answer.
    """
    desk = cache.desk()
    job = desk.job(state.job(slot))
    state.use_slot(slot)
    if job is None or job.key != key or job.abandoned:
        for other in ahead_of:
            drop(other)
        visitor = state.visitor()
        job = desk.submit(visitor, slot, key, work, first=first, present=_present())
        state.set_job(slot, job.id)
        job.wait(PATIENCE)
    return job


def _present() -> Present:
    """Whether the browser tab that this run draws for is connected, asked at any later time."""
    here = get_script_run_ctx()
    if here is None or not runtime.exists():
        return lambda: True
    session, server = here.session_id, runtime.get_instance()
    return lambda: server.is_active_session(session)


def again(slot: str) -> None:
    """Forget the job of a slot, so that `start` begins anew."""
    state.set_job(slot, "")


def busy(slot: str) -> bool:
    """Whether the visitor's job in a slot is still at work, or waits to be."""
    job = cache.desk().job(state.job(slot))
    return job is not None and not job.finished


def drop(slot: str) -> None:
    """Cancel an unfinished job of the visitor and forget it; a finished one is kept."""
    job = cache.desk().job(state.job(slot))
    if job is not None and not job.finished:
        cache.desk().cancel(job.id)
        again(slot)


@contextmanager
def only_what_is_looked_at() -> Iterator[None]:
    """Around a page: work that the page before began and this one does not ask for is dropped."""
    state.begin_slots()
    yield
    for slot in state.unused_slots():
        drop(slot)


def progress(
    slot: str,
    words: Callable[[object], str],
    share: Callable[[object], float | None],
    redraw: float | None = None,
) -> None:
    """A line that tells what is known of a running job, with Cancel. Reruns the page at the end.

    `words` turns the job's progress (None at first) into a sentence, `share` into 0 … 1 or None
    when it is not known how far it is. With `redraw`, the page is drawn again after so many
    seconds when there is anything new, for results that arrive one by one.
    """
    job = cache.desk().job(state.job(slot))
    if job is not None:
        until = None if redraw is None else (job.seconds + redraw, job.progress)
        _line(slot, words, share, until)


@st.fragment(run_every=0.5)
def _line(
    slot: str,
    words: Callable[[object], str],
    share: Callable[[object], float | None],
    until: tuple[float, object] | None,
) -> None:
    """The line itself. The page is drawn again at the end, and with `until`, seconds of the job and
    what it had reported, once it is later than that and there is more.
    """
    job = cache.desk().job(state.job(slot))
    if job is None or job.finished or (until is not None and _more(job, *until)):
        st.rerun()
        return
    waits = job.state is JobState.WAITING
    line = _waiting(cache.desk().ahead(job)) if waits else words(job.progress)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.progress(share(job.progress) or 0.0, text=f"{line} {job.seconds:.0f} s")
        st.button(
            "Cancel",
            key=state.widget("work", "cancel", slot),
            on_click=cache.desk().cancel,
            args=(job.id,),
        )


def _waiting(ahead: int | None) -> str:
    """That a job waits, and for how many others where that is known."""
    others = "other work" if ahead is None else count(ahead, "other question")
    return f"Waiting for {others} to finish."


def _more(job: Job, seconds: float, drawn: object) -> bool:
    return job.seconds > seconds and job.progress is not drawn


def failed(job: Job) -> bool:
    """Show why a job ended without a result, if it did; whether it was so.

    A job that was stopped would be taken up again for ever, so a way to begin anew is drawn.
    """
    if job.state is JobState.FAILED and job.error is not None:
        show(job.error, job.reference)
        return True
    if job.state is JobState.STOPPED:
        st.markdown("Stopped before there was an answer.")
        st.button(
            "Look again",
            key=state.widget("work", "again", job.slot),
            on_click=again,
            args=(job.slot,),
        )
        return True
    return False
