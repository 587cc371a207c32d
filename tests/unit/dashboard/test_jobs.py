"""Jobs: a queue, one at a time a user, progress, Cancel, and a reference for what fails."""

import threading

import pytest

from dashboard.jobs import Desk, Job, JobState
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
    desk = Desk(threads=2)
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
    assert desk.ahead(second) == 0
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
