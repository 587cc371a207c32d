"""Jobs: a queue, first answers first, progress, Cancel, and a reference for what fails."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from dashboard.jobs import GONE, ROUND, UNSEEN, Desk, Job, JobState
from portfolio.errors import NotFoundError

PATIENCE = 10.0


def finish(job: Job) -> Job:
    assert job.wait(PATIENCE), "the job did not end"
    return job


def test_work_is_done_in_another_thread_and_its_result_is_kept() -> None:
    desk = Desk()
    job = finish(
        desk.submit("ann", "mix", "q", lambda report, cancel: threading.current_thread().name)
    )
    assert (job.state, job.result) == (JobState.DONE, "desk")
    assert desk.job(job.id) is job


def test_progress_can_be_read_while_the_work_goes_on() -> None:
    told, go_on = threading.Event(), threading.Event()

    def work(report, cancel):
        report("half")
        told.set()
        go_on.wait(PATIENCE)
        return "whole"

    job = Desk().submit("ann", "mix", "q", work)
    assert told.wait(PATIENCE)
    assert (job.state, job.progress, job.result) == (JobState.RUNNING, "half", None)
    go_on.set()
    assert finish(job).result == "whole"


def test_cancelled_work_keeps_the_best_it_returns() -> None:
    begun = threading.Event()

    def work(report, cancel):
        begun.set()
        cancel.wait(PATIENCE)
        return "best so far"

    desk = Desk()
    job = desk.submit("ann", "mix", "q", work)
    assert begun.wait(PATIENCE)
    desk.cancel(job.id)
    assert (finish(job).state, job.result) == (JobState.DONE, "best so far")


def test_work_that_breaks_off_when_cancelled_has_not_failed() -> None:
    begun = threading.Event()

    def work(report, cancel):
        begun.set()
        cancel.wait(PATIENCE)
        raise RuntimeError("stopped in the middle")

    desk = Desk()
    job = desk.submit("ann", "mix", "q", work)
    assert begun.wait(PATIENCE)
    desk.cancel(job.id)
    assert (finish(job).state, job.reference) == (JobState.STOPPED, "")


def test_a_failure_gets_a_reference_that_the_log_knows(caplog: pytest.LogCaptureFixture) -> None:
    def work(report, cancel):
        raise ValueError("the depth")

    job = finish(Desk().submit("ann", "mix", "q", work))
    assert job.state is JobState.FAILED
    assert len(job.reference) == 4
    assert job.reference in caplog.text
    assert "the depth" in caplog.text


def test_what_a_user_can_correct_is_no_fault_of_ours(caplog: pytest.LogCaptureFixture) -> None:
    def work(report, cancel):
        raise NotFoundError("There is no such cluster.")

    job = finish(Desk().submit("ann", "mix", "q", work))
    assert (job.state, job.reference, caplog.text) == (JobState.FAILED, "", "")
    assert isinstance(job.error, NotFoundError)


def test_one_user_has_one_job_at_a_time_and_another_user_does_not_wait() -> None:
    desk = Desk(threads=3)
    begun, go_on = threading.Event(), threading.Event()

    def slow(report, cancel):
        begun.set()
        go_on.wait(PATIENCE)

    first = desk.submit("ann", "mix", "1", slow)
    assert begun.wait(PATIENCE)
    second = desk.submit("ann", "prices", "2", lambda report, cancel: "second")
    other = desk.submit("bo", "mix", "3", lambda report, cancel: "other")
    assert finish(other).result == "other"
    assert second.state is JobState.WAITING
    assert desk.ahead(second) is None
    go_on.set()
    assert finish(second).result == "second"
    assert finish(first).state is JobState.DONE
    assert desk.idle(PATIENCE)


def test_the_same_question_again_joins_the_job_that_is_at_it() -> None:
    desk = Desk()
    go_on = threading.Event()
    first = desk.submit("ann", "mix", "q", lambda report, cancel: go_on.wait(PATIENCE))
    assert desk.submit("ann", "mix", "q", lambda report, cancel: None) is first
    go_on.set()
    finish(first)


def test_a_new_question_cancels_the_one_before_in_its_slot_only() -> None:
    desk = Desk(threads=1)
    begun = threading.Event()

    def patient(report, cancel):
        begun.set()
        cancel.wait(PATIENCE)
        return "old"

    old = desk.submit("ann", "mix", "old", patient)
    assert begun.wait(PATIENCE)
    waiting = desk.submit("ann", "prices", "p", lambda report, cancel: "prices")
    new = desk.submit("ann", "mix", "new", lambda report, cancel: "new")
    assert finish(new).result == "new"
    assert old.cancelled.is_set()
    assert finish(waiting).result == "prices"


def test_a_waiting_job_that_is_cancelled_never_runs() -> None:
    desk = Desk(threads=1)
    begun, go_on, ran = threading.Event(), threading.Event(), threading.Event()

    def slow(report, cancel):
        begun.set()
        go_on.wait(PATIENCE)

    desk.submit("ann", "mix", "1", slow)
    assert begun.wait(PATIENCE)
    waiting = desk.submit("bo", "mix", "2", lambda report, cancel: ran.set())
    desk.cancel(waiting.id)
    assert finish(waiting).state is JobState.STOPPED
    go_on.set()
    assert desk.idle(PATIENCE)
    assert not ran.is_set()


def test_old_finished_jobs_are_forgotten() -> None:
    desk = Desk()
    first = finish(desk.submit("ann", "mix", 0, lambda report, cancel: None))
    for number in range(1, 260):
        finish(desk.submit("ann", "mix", number, lambda report, cancel: None))
    assert desk.job(first.id) is None


class Clock:
    """A clock that stands still until it is put on."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Held:
    """Work that begins, and ends when it is let go or cancelled."""

    def __init__(self) -> None:
        self.begun, self.go_on = threading.Event(), threading.Event()

    def __call__(self, report, cancel):
        self.begun.set()
        while not (cancel.is_set() or self.go_on.wait(0.005)):
            pass
        return "stopped" if cancel.is_set() else "done"


def begun(*jobs: Job) -> bool:
    """Wait until all of these are at work."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if all(job.state is JobState.RUNNING for job in jobs):
            return True
        time.sleep(0.005)
    return False


def somebody_comes(desk: Desk) -> None:
    """Another visitor asks something; before that, the desk stops what nobody looks for."""
    desk.submit("passer-by", "look", object(), lambda report, cancel: None)


@contextmanager
def held_in_the_background(desk: Desk, *users: str) -> Iterator[list[Job]]:
    """Each of these users has a long price calculation that begins now or waits."""
    works = [Held() for _ in users]
    yield [
        desk.submit(user, "prices", "p", work, present=lambda: True)
        for user, work in zip(users, works, strict=True)
    ]
    for work in works:
        work.go_on.set()


def test_long_work_in_the_background_never_takes_the_last_thread() -> None:
    desk = Desk(threads=3)
    with held_in_the_background(desk, "ann", "bo", "cy", "di"):
        first = desk.submit("eve", "mix", "q", lambda report, cancel: "mix", first=True)
        assert finish(first).result == "mix"


def test_a_visitors_own_background_work_does_not_hold_up_the_first_answer() -> None:
    desk = Desk(threads=2)
    with held_in_the_background(desk, "ann"):
        first = desk.submit("ann", "mix", "q", lambda report, cancel: "mix", first=True)
        assert finish(first).result == "mix"


def test_a_first_answer_overtakes_background_work_that_waits() -> None:
    desk = Desk(threads=1)
    order: list[str] = []
    held = Held()
    desk.submit("ann", "prices", "p", held)
    assert held.begun.wait(PATIENCE)
    for user in ("bo", "cy"):
        desk.submit(user, "curve", "c", lambda report, cancel: order.append("curve"))
    first = desk.submit("di", "mix", "q", lambda report, cancel: order.append("mix"), first=True)
    assert desk.ahead(first) == 1
    held.go_on.set()
    assert desk.idle(PATIENCE)
    assert order == ["mix", "curve", "curve"]


def test_who_waits_is_told_how_many_have_to_end_before() -> None:
    desk = Desk(threads=3)
    with held_in_the_background(desk, "ann", "bo", "cy", "di") as (ann, bo, cy, di):
        assert begun(ann, bo)
        assert [desk.ahead(job) for job in (cy, di)] == [1, 2]
        assert desk.ahead(ann) is None


def test_no_number_is_told_where_it_depends_on_whose_work_ends_first() -> None:
    desk = Desk(threads=3)
    with held_in_the_background(desk, "ann", "bo") as running:
        assert begun(*running)
        own = desk.submit("ann", "curve", "c", lambda report, cancel: "curve")
        behind = desk.submit("cy", "curve", "c", lambda report, cancel: "curve")
        # Of two that end, Ann's lets hers begin first and Bo's that of Cy.
        assert (own.state, behind.state) == (JobState.WAITING, JobState.WAITING)
        assert (desk.ahead(own), desk.ahead(behind)) == (None, None)
    assert desk.idle(PATIENCE)


def test_work_of_a_closed_tab_stops_and_makes_room() -> None:
    clock, still = Clock(), {"ann": True, "bo": True}
    desk = Desk(threads=1, clock=clock)
    held = Held()
    running = desk.submit("ann", "mix", "1", held, first=True, present=lambda: still["ann"])
    assert held.begun.wait(PATIENCE)
    waiting = desk.submit("bo", "mix", "2", Held(), first=True, present=lambda: still["bo"])
    last = desk.submit("cy", "mix", "3", lambda report, cancel: "mix", present=lambda: True)
    still.update(ann=False, bo=False)
    clock.now += GONE - 1
    somebody_comes(desk)
    assert (running.state, waiting.state) == (JobState.RUNNING, JobState.WAITING)
    clock.now += 2
    somebody_comes(desk)
    assert waiting.state is JobState.STOPPED
    assert finish(last).result == "mix"
    assert finish(running).abandoned
    assert not last.abandoned


def test_work_that_an_open_tab_no_longer_looks_for_stops_late() -> None:
    clock = Clock()
    desk = Desk(clock=clock)
    looked, forgotten = (
        desk.submit(user, "curve", "c", Held(), present=lambda: True) for user in ("ann", "bo")
    )
    for _ in range(3):
        clock.now += 0.4 * UNSEEN
        assert desk.job(looked.id) is looked
        somebody_comes(desk)
    assert (looked.cancelled.is_set(), looked.abandoned) == (False, False)
    assert finish(forgotten).abandoned
    desk.cancel(looked.id)


def test_a_look_each_minute_as_of_a_tab_in_the_background_is_enough() -> None:
    clock = Clock()
    desk = Desk(clock=clock)
    job = desk.submit("ann", "curve", "c", Held(), present=lambda: True)
    for _ in range(5):
        clock.now += 2 * 60
        somebody_comes(desk)
        assert desk.job(job.id) is job
    assert not job.cancelled.is_set()
    desk.cancel(job.id)


def test_a_desk_without_work_stops_what_nobody_looks_for_by_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("dashboard.jobs.ROUND", ROUND / 100)
    clock = Clock()
    desk = Desk(threads=2, clock=clock)
    finish(desk.submit("ann", "mix", "q", lambda report, cancel: None, first=True))
    held = Held()
    job = desk.submit("bo", "curve", "c", held, present=lambda: False)
    assert held.begun.wait(PATIENCE)
    clock.now += GONE + 1
    assert finish(job).abandoned


def test_work_that_nobody_ordered_is_done_though_nobody_looks() -> None:
    clock = Clock()
    desk = Desk(clock=clock)
    held = Held()
    job = desk.submit("server", "warm", "w", held)
    clock.now += 10 * UNSEEN
    somebody_comes(desk)
    held.go_on.set()
    assert finish(job).result == "done"


def test_the_same_question_after_it_was_stopped_for_nobody_begins_anew() -> None:
    clock = Clock()
    desk = Desk(clock=clock)
    old = desk.submit("ann", "mix", "q", Held(), first=True, present=lambda: False)
    clock.now += GONE + 1
    somebody_comes(desk)
    new = desk.submit("ann", "mix", "q", lambda report, cancel: "mix", first=True)
    assert new is not old
    assert finish(new).result == "mix"
    assert not new.abandoned


def unknowable() -> bool:
    raise RuntimeError("no such session manager")


def test_a_screen_of_which_nothing_can_be_told_counts_as_open() -> None:
    clock = Clock()
    desk = Desk(clock=clock)
    held = Held()
    job = desk.submit("ann", "mix", "q", held, first=True, present=unknowable)
    assert held.begun.wait(PATIENCE)
    clock.now += GONE + 1
    other = desk.submit("bo", "mix", "q", lambda report, cancel: "mix", first=True)
    assert finish(other).result == "mix"
    assert not job.cancelled.is_set()
    clock.now += UNSEEN
    somebody_comes(desk)
    assert finish(job).abandoned


def test_a_desk_goes_on_when_it_could_not_tell_whether_a_screen_is_open(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("dashboard.jobs.ROUND", ROUND / 100)
    asked, clock, held = threading.Event(), Clock(), Held()

    def at_first_unknowable() -> bool:
        if not asked.is_set():
            asked.set()
            return unknowable()
        return False

    desk = Desk(threads=1, clock=clock)
    job = desk.submit("ann", "mix", "q", held, first=True, present=at_first_unknowable)
    assert held.begun.wait(PATIENCE)
    clock.now += GONE + 1
    assert finish(job).abandoned, "one thread at work, and nobody else came"
    assert asked.is_set()


def test_whether_a_screen_is_open_is_asked_while_others_can_use_the_desk() -> None:
    clock, looked = Clock(), threading.Event()
    desk = Desk(clock=clock)

    def present() -> bool:
        def look() -> None:
            desk.ahead(job)
            looked.set()

        threading.Thread(target=look, daemon=True).start()
        return looked.wait(PATIENCE)

    job = desk.submit("ann", "mix", "q", Held(), first=True, present=present)
    clock.now += GONE + 1
    somebody_comes(desk)
    assert looked.is_set()
    assert not job.cancelled.is_set()
    desk.cancel(job.id)


@pytest.mark.parametrize("signal", [SystemExit, KeyboardInterrupt, GeneratorExit])
def test_work_that_would_end_its_thread_fails_and_the_thread_goes_on(
    signal: type[BaseException], caplog: pytest.LogCaptureFixture
) -> None:
    def work(report, cancel):
        raise signal

    desk = Desk(threads=1)
    failed = finish(desk.submit("ann", "mix", "1", work))
    assert failed.state is JobState.FAILED
    assert failed.reference in caplog.text
    assert isinstance(failed.error, Exception)
    assert finish(desk.submit("ann", "mix", "2", lambda report, cancel: "mix")).result == "mix"
