"""Long work in threads: a queue in which first answers go first, with progress and Cancel.

Nothing of Streamlit is used here. A screen submits work, keeps the job's id in its session, and
looks again later: `desk.job(id)`. Work that nobody looks for any more is stopped.
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

Present = Callable[[], bool]
"""Whether the screen that submitted a job still stands open; called from any thread."""

KEPT = 200
"""How many finished jobs stay readable; older ones are forgotten."""
GONE = 10.0
"""Seconds after the last look at which a job ends whose screen is closed: one may reconnect."""
UNSEEN = 150.0
"""Seconds after the last look at which a job ends in any case. Browsers let the clock of a tab in
the background run once a minute; this is longer than two such minutes."""
ROUND = 2.0
"""Seconds after which a thread that does nothing else looks for jobs that nobody looks for."""


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
    which the log holds an error that is our fault. `first`: a first answer, which somebody
    waits for. `present` None: it is done whether somebody looks or not. `abandoned`: it was stopped
    because nobody looked, so its result is nobody's wish.
    """

    def __init__(
        self,
        user: str,
        slot: str,
        key: Hashable,
        work: Work,
        first: bool = False,
        present: Present | None = None,
    ) -> None:
        self.id = secrets.token_hex(8)
        self.user = user
        self.first = first
        self.present = present
        self.abandoned = False
        self.seen = 0.0
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
        except BaseException as raised:  # else what ends the work would end its thread
            error = raised if isinstance(raised, Exception) else EngineError(repr(raised))
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
    """Takes jobs and gives them to a few threads.

    First answers go before all else, and one thread is kept for them (where there are several), so
    that long work in the background holds up none. A user has at most one job of either kind at work.
    `clock` tells seconds, for how long ago somebody looked for a job.
    """

    def __init__(self, threads: int = 3, clock: Callable[[], float] = time.monotonic) -> None:
        self._threads = threads
        self._clock = clock
        self._change = threading.Condition()
        self._waiting: deque[Job] = deque()
        self._running: list[Job] = []
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._started = 0

    def submit(
        self,
        user: str,
        slot: str,
        key: Hashable,
        work: Work,
        *,
        first: bool = False,
        present: Present | None = None,
    ) -> Job:
        """Queue work and return at once.

        A user's unfinished job in the same slot is superseded: it is cancelled. The same key again
        is the same question: the job that is already at it is returned. `first` and `present` are
        as `Job` says.
        """
        self._stop_abandoned()
        with self._change:
            for other in [job for job in self._jobs.values() if not job.finished]:
                if (other.user, other.slot) == (user, slot):
                    if other.key == key and not other.cancelled.is_set():
                        other.seen = self._clock()
                        return other
                    self._cancel(other)
            job = Job(user, slot, key, work, first, present)
            job.seen = self._clock()
            self._jobs[job.id] = job
            self._waiting.append(job)
            self._forget()
            self._staff()
            self._change.notify_all()
        return job

    def job(self, job_id: str) -> Job | None:
        """The job with this id, None once it is forgotten. Who asks looks for it."""
        job = self._jobs.get(job_id)
        if job is not None:
            job.seen = self._clock()
        return job

    def ahead(self, job: Job) -> int | None:
        """How many jobs have to end before a waiting one begins, as things stand.

        None where that depends on which of them ends first, and when the job does not wait.
        """
        with self._change:
            order = self._in_order()
            if job not in order:
                return None
            before = order[: order.index(job)]
            rivals = [*before, *(other for other in self._running if other.first == job.first)]
            users = [other.user for other in rivals]
            if len({job.user, *users}) <= len(users):
                return None  # Somebody's work waits for other work of the same visitor.
            if any(other.first != job.first for other in before):
                return None
            if not job.first and self._room():
                return None
            return len(before) + 1

    def cancel(self, job_id: str) -> None:
        """Cancel a job: at once when it waits, soon when it runs."""
        with self._change:
            job = self._jobs.get(job_id)
            if job is not None:
                self._cancel(job)

    def idle(self, seconds: float) -> bool:
        """Wait at most so long until nothing waits or runs; whether it is so."""
        with self._change:
            return self._change.wait_for(lambda: not self._waiting and not self._running, seconds)

    def _staff(self) -> None:
        if not self._started:
            threading.Thread(target=self._watch, name="desk-watch", daemon=True).start()
        if self._started < self._threads:
            self._started += 1
            threading.Thread(target=self._serve, name="desk", daemon=True).start()

    def _watch(self) -> None:
        while True:
            time.sleep(ROUND)
            self._stop_abandoned()

    def _stop_abandoned(self) -> None:
        """Cancel each job whose screen is closed, and each that nobody has looked for in long.

        Called without the lock: whether a screen stands open is for others to say.
        """
        with self._change:
            jobs = [job for job in (*self._waiting, *self._running) if not job.cancelled.is_set()]
        gone = [job for job in jobs if self._nobody_looks(job)]
        with self._change:
            for job in gone:
                if not (job.finished or job.cancelled.is_set()):
                    job.abandoned = True
                    self._cancel(job)

    def _nobody_looks(self, job: Job) -> bool:
        if job.present is None:
            return False
        unseen = self._clock() - job.seen
        return unseen > UNSEEN or (unseen > GONE and not _is_present(job.present))

    def _cancel(self, job: Job) -> None:
        job.cancel()
        if job in self._waiting:
            self._waiting.remove(job)
            job.stop_waiting()
            self._change.notify_all()

    def _forget(self) -> None:
        finished = [job.id for job in self._jobs.values() if job.finished]
        for job_id in finished[: max(len(self._jobs) - KEPT, 0)]:
            del self._jobs[job_id]

    def _in_order(self) -> list[Job]:
        return sorted(self._waiting, key=lambda job: not job.first)

    def _room(self) -> bool:
        """Whether one more job in the background leaves a thread for first answers."""
        behind = sum(not job.first for job in self._running)
        return behind < max(self._threads - 1, 1)

    def _next(self) -> Job | None:
        busy = {(job.user, job.first) for job in self._running}
        room = self._room()
        return next(
            (
                job
                for job in self._in_order()
                if (job.user, job.first) not in busy and (job.first or room)
            ),
            None,
        )

    def _take(self) -> Job:
        with self._change:
            while (job := self._next()) is None:
                self._change.wait()
            self._waiting.remove(job)
            self._running.append(job)
        return job

    def _serve(self) -> None:
        while True:
            job = self._take()
            job.run()
            with self._change:
                self._running.remove(job)
                self._change.notify_all()


def _is_present(present: Present) -> bool:
    """Whether a screen stands open; where that cannot be told, it may."""
    try:
        return present()
    except Exception:
        log.debug("It cannot be told whether a screen stands open.", exc_info=True)
        return True


def is_the_users(error: Exception) -> bool:
    """Whether an error is about what came in, and its text may be shown to the user."""
    return isinstance(error, ClusterfolioError) and not isinstance(error, EngineError)


def new_reference() -> str:
    """A short code that ties what a user saw to what the log holds."""
    return secrets.token_hex(2).upper()
