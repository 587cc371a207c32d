"""An answer of long work: from memory, from the visitor's job, or a line of progress until it is there."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

from dashboard import cache
from dashboard.components import work
from dashboard.jobs import Job, Report
from dashboard.services import mix

Answer = TypeVar("Answer")


def sought(
    slot: str,
    key: tuple[object, ...],
    kind: type[Answer],
    run: Callable[[Report, threading.Event], Answer],
    words: Callable[[object], str],
    whole: Callable[[Answer, Job], bool],
    *,
    first: bool = False,
) -> Answer | None:
    """The answer of class `kind` under this key; None while it is sought, or when it failed.

    `run` is the work, begun in the visitor's `slot`; `words` tells how far it is. An answer is kept
    for everybody only where it is `whole`: neither stopped nor cut short by time.
    """
    kept = cache.answer(key)
    if isinstance(kept, kind):
        return kept
    job = work.start(slot, key, run, first=first)
    if work.failed(job):
        return None
    if isinstance(job.result, kind):
        if whole(job.result, job):
            cache.keep_answer(key, job.result)
        return job.result
    if not job.finished:
        work.progress(slot, words, mix.progress_share)
    return None
