"""Long work in threads: a queue, one job at a time for each user, with progress and Cancel.

Nothing of Streamlit is used here. A screen submits work, keeps the job's id in its session, and
looks again later: `desk.job(id)`.
"""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Hashable
from enum import StrEnum

from portfolio.errors import ClusterfolioError, EngineError

log = logging.getLogger(__name__)

Report = Callable[[object], None]
Work = Callable[[Report, threading.Event], object]
"""Work reports progress through its first argument and stops soon after its second is set."""

KEPT = 200
"""How many finished jobs stay readable; older ones are forgotten."""


class JobState(StrEnum):
    """Where a job stands. STOPPED: cancelled before there was a result."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"


class Job:
    """One piece of work. Read its fields freely; only the desk and its worker write them.

    `progress` is the last thing reported, `result` what the work returned (also when it was
    cancelled and returned the best so far), `error` what it raised and `reference` the code under
    which the log holds an error that is our fault.
    """

    def __init__(self, user: str, slot: str, key: Hashable, work: Work) -> None:
        self.id = secrets.token_hex(8)
        self.user = user
        self.slot = slot
        self.key = key
        self.work = work
        self.state = JobState.WAITING
        self.progress: object = None
        self.result: object = None
        self.error: Exception | None = None
        self.reference = ""
        self.cancelled = threading.Event()
        self._finished = threading.Event()
        self._begun = time.monotonic()
        self._run_at: float | None = None
        self._ended: float | None = None

    @property
    def finished(self) -> bool:
        """Whether nothing more will happen."""
        return self._finished.is_set()

    @property
    def seconds(self) -> float:
        """Wall time since it was submitted, until its end."""
        return (self._ended or time.monotonic()) - self._begun

    @property
    def worked(self) -> float:
        """Wall time of the work itself, without the time it stood in the queue."""
        if self._run_at is None:
            return 0.0
        return (self._ended or time.monotonic()) - self._run_at

    def wait(self, seconds: float) -> bool:
        """Wait at most so long for the end; whether it has come."""
        return self._finished.wait(seconds)

    def cancel(self) -> None:
        """Ask the work to stop; what it has found so far is kept."""
        self.cancelled.set()

    def run(self) -> None:
        """Do the work in the calling thread and remember how it ended."""
        self._run_at = time.monotonic()
        self.state = JobState.RUNNING
        try:
            self.result = self.work(self._report, self.cancelled)
            self._end(JobState.DONE)
        except Exception as error:
            self.error = error
            if self.cancelled.is_set():
                self._end(JobState.STOPPED)
                return
            if not is_the_users(error):
                self.reference = new_reference()
                log.exception("Job %s failed (ref. %s)", self.slot, self.reference)
            self._end(JobState.FAILED)

    def stop_waiting(self) -> None:
        """End a job that never began."""
        self._end(JobState.STOPPED)

    def _report(self, progress: object) -> None:
        self.progress = progress

    def _end(self, state: JobState) -> None:
        self.state = state
        self._ended = time.monotonic()
        self._finished.set()


class Desk:
    """Takes jobs and gives them to a few threads, never two of one user at the same time."""

    def __init__(self, threads: int = 2) -> None:
        self._threads = threads
        self._change = threading.Condition()
        self._waiting: deque[Job] = deque()
        self._busy: set[str] = set()
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._started = 0

    def submit(self, user: str, slot: str, key: Hashable, work: Work) -> Job:
        """Queue work and return at once.

        A user's unfinished job in the same slot is superseded: it is cancelled. The same key again
        is the same question: the job that is already at it is returned.
        """
        with self._change:
            for other in [job for job in self._jobs.values() if not job.finished]:
                if (other.user, other.slot) == (user, slot):
                    if other.key == key and not other.cancelled.is_set():
                        return other
                    self._cancel(other)
            job = Job(user, slot, key, work)
            self._jobs[job.id] = job
            self._waiting.append(job)
            self._forget()
            if self._started < self._threads:
                self._started += 1
                threading.Thread(target=self._serve, name="desk", daemon=True).start()
            self._change.notify_all()
        return job

    def job(self, job_id: str) -> Job | None:
        """The job with this id, None once it is forgotten."""
        return self._jobs.get(job_id)

    def ahead(self, job: Job) -> int:
        """How many jobs stand before a waiting one."""
        with self._change:
            waiting = list(self._waiting)
        return waiting.index(job) if job in waiting else 0

    def cancel(self, job_id: str) -> None:
        """Cancel a job: at once when it waits, soon when it runs."""
        with self._change:
            job = self._jobs.get(job_id)
            if job is not None:
                self._cancel(job)

    def idle(self, seconds: float) -> bool:
        """Wait at most so long until nothing waits or runs; whether it is so."""
        with self._change:
            return self._change.wait_for(lambda: not self._waiting and not self._busy, seconds)

    def _cancel(self, job: Job) -> None:
        job.cancel()
        if job in self._waiting:
            self._waiting.remove(job)
            job.stop_waiting()

    def _forget(self) -> None:
        finished = [job.id for job in self._jobs.values() if job.finished]
        for job_id in finished[: max(len(self._jobs) - KEPT, 0)]:
            del self._jobs[job_id]

    def _next(self) -> Job | None:
        return next((job for job in self._waiting if job.user not in self._busy), None)

    def _serve(self) -> None:
        while True:
            with self._change:
                self._change.wait_for(lambda: self._next() is not None)
                job = self._next()
                if job is None:
                    continue
                self._waiting.remove(job)
                self._busy.add(job.user)
            job.run()
            with self._change:
                self._busy.discard(job.user)
                self._change.notify_all()


def is_the_users(error: Exception) -> bool:
    """Whether an error is about what came in, and its text may be shown to the user."""
    return isinstance(error, ClusterfolioError) and not isinstance(error, EngineError)


def new_reference() -> str:
    """A short code that ties what a user saw to what the log holds."""
    return secrets.token_hex(2).upper()
