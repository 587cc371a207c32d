"""Long work: the old answer stays, progress is told, Cancel keeps the best so far, errors say little."""

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import pytest

import optimizer
from dashboard import cache
from dashboard.services import mix
from data.store import Store
from optimizer import Options, Progress, Step
from portfolio.errors import EngineError
from portfolio.pool import Pool
from portfolio.scenario import Scenario
from portfolio.selection import Status
from tests.support.visits import Visit
from tests.support.worked_table import worked_pool, worked_scenario

Visitor = Callable[[], Visit]
PATIENCE = 30.0


@pytest.fixture
def worked(empty_store: Store) -> Store:
    pool = worked_pool()
    empty_store.create_cluster(replace(pool, scenario=worked_scenario("15")), "Ann")
    return empty_store


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Makes every question but the standing one take until the event, or until it is cancelled."""
    go_on, real = threading.Event(), mix.find

    def find(
        pool: Pool,
        scenario: Scenario,
        options: Options,
        report: Callable[[object], None],
        cancel: threading.Event,
    ) -> mix.Answered:
        found = real(pool, scenario, options, report, threading.Event())
        if scenario == pool.scenario:
            return found
        value = found.selection.value or 0
        report(Progress(value, value * 102 // 100, 1.0))
        while not go_on.wait(0.02):
            if cancel.is_set():
                early = replace(
                    found.selection, status=Status.FEASIBLE, bound=value + 400_000 * 1_000_000
                )
                return replace(found, selection=early)
        return found

    monkeypatch.setattr(mix, "find", find)
    yield go_on
    go_on.set()


def ask_for_more(page: Visit) -> None:
    (money,) = (each for each in page.at.number_input if each.label.startswith("Money"))
    money.set_value(20_000_000)
    (button,) = (each for each in page.at.button if each.label == "Find the best mix")
    button.click().run()


@pytest.mark.usefixtures("worked")
def test_the_answer_to_the_previous_question_stays_until_the_new_one_is_there(
    visit: Visitor, slow: threading.Event
) -> None:
    page = visit().open("mix")
    ask_for_more(page)
    assert page.errors == []
    assert "Answer to the previous question" in page.text
    assert "Fund 4 of 6 proposals for €15.00\u00a0million" in page.text
    (line,) = page.at.get("progress")
    assert "Best so far €50.70\u00a0million, at most 2\u00a0% missing." in line.proto.text
    slow.set()
    page.settle()
    assert "Answer to the previous question" not in page.text
    assert "Fund 3 of 6 proposals for €20.00\u00a0million" in page.text


def held_by(users: Sequence[str], go_on: threading.Event) -> None:
    """First answers of other visitors that take until the event."""
    begun = threading.Semaphore(0)

    def work(report: Callable[[object], None], cancel: threading.Event) -> None:
        begun.release()
        go_on.wait(PATIENCE)

    for user in users:
        cache.desk().submit(user, "mix", "q", work, first=True)
    assert all(begun.acquire(timeout=PATIENCE) for _ in users)


@pytest.mark.usefixtures("worked")
def test_who_waits_for_a_thread_is_told_so(visit: Visitor, slow: threading.Event) -> None:
    page = visit().open("mix")
    held_by(("ann", "bo", "cy"), slow)
    ask_for_more(page)
    (line,) = page.at.get("progress")
    assert "Waiting for 1 other question to finish." in line.proto.text
    slow.set()
    page.settle()
    assert "Fund 3 of 6 proposals for €20.00\u00a0million" in page.text


@pytest.mark.usefixtures("worked")
def test_who_waits_for_work_of_their_own_is_told_so(
    visit: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, real = threading.Event(), optimizer.next_steps

    def next_steps(*asked: Any, **options: Any) -> tuple[Step, ...]:
        go_on.wait(PATIENCE)
        return real(*asked, **options)

    monkeypatch.setattr(optimizer, "next_steps", next_steps)
    page = visit()
    page.at.run()
    page.at.switch_page("dashboard/pages/budgets.py").run()
    for _ in range(20):  # until the first answer is there
        lines = [line.proto.text for line in page.at.get("progress")]
        if len(lines) == 2:
            break
        page.at.run()
    steps, curve = sorted(lines)
    assert steps.startswith("Looking for the next steps.")
    assert curve.startswith("Waiting for other work to finish.")
    go_on.set()
    page.settle()
    assert page.errors == []


@pytest.mark.usefixtures("worked", "slow")
def test_cancel_keeps_the_best_so_far_and_says_what_could_be_missing(visit: Visitor) -> None:
    page = visit().open("mix")
    ask_for_more(page)
    page.click("Cancel")
    assert page.errors == []
    assert "Fund 3 of 6 proposals" in page.text
    assert "Good, not proven best: at most €400,000 (0.8\u00a0%) could be missing." in page.text
    assert "Keep looking" in [button.label for button in page.at.button]


@pytest.mark.usefixtures("worked")
def test_an_early_answer_is_never_kept_as_the_answer(visit: Visitor, slow: threading.Event) -> None:
    page = visit().open("mix")
    ask_for_more(page)
    page.click("Cancel")
    slow.set()
    page.click("Keep looking")
    assert "Proven best" in page.text
    other = visit().open("mix", money="20000000")
    assert "Proven best" in other.text


@pytest.mark.usefixtures("worked")
def test_who_comes_back_to_work_that_was_stopped_for_nobody_gets_the_whole_answer(
    visit: Visitor, slow: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = visit().open("mix")
    ask_for_more(page)
    with monkeypatch.context() as long_away:
        long_away.setattr("dashboard.jobs.UNSEEN", -1.0)
        cache.desk().submit("passer-by", "look", object(), lambda report, cancel: None)
    assert cache.desk().idle(PATIENCE)
    slow.set()
    page.at.run()
    page.settle()
    assert page.errors == []
    assert "Fund 3 of 6 proposals for €20.00\u00a0million" in page.text
    assert "Proven best" in page.text
    assert "not proven" not in page.text


@pytest.fixture
def twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Finds the mix of the standing question at first for any other one, the best one after that."""
    real, asked = mix.find, set[str]()

    def find(
        pool: Pool,
        scenario: Scenario,
        options: Options,
        report: Callable[[object], None],
        cancel: threading.Event,
    ) -> mix.Answered:
        found = real(pool, scenario, options, report, cancel)
        if scenario == pool.scenario or str(scenario) in asked:
            return found
        asked.add(str(scenario))
        lesser = real(pool, pool.scenario, options, report, cancel).selection
        bound = found.selection.value
        return replace(found, selection=replace(lesser, status=Status.FEASIBLE, bound=bound))

    monkeypatch.setattr(mix, "find", find)


def inside(page: Visit) -> set[str]:
    """The proposals that the page's table has in the mix."""
    (frame,) = (each.value for each in page.at.dataframe if "In the mix" in each.value)
    return set(frame["Proposal"][frame["In the mix"] == "● in"])


def drawn(page: Visit) -> str:
    """The map of the page, as it is sent to the browser."""
    return str(next(iter(page.at.get("plotly_chart"))).spec)


@pytest.mark.usefixtures("worked", "twice")
def test_a_better_mix_found_later_replaces_the_table_and_the_map(visit: Visitor) -> None:
    page = visit().open("mix", money="20000000")
    assert "Fund 4 of 6 proposals" in page.text
    early, map_before = inside(page), drawn(page)
    page.click("Keep looking")
    assert "Fund 3 of 6 proposals for €20.00\u00a0million" in page.text
    assert (len(early), len(inside(page))) == (4, 3)
    assert drawn(page) != map_before


@pytest.mark.usefixtures("worked")
def test_our_own_fault_shows_a_reference_and_no_trace(
    visit: Visitor, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> mix.Answered:
        raise EngineError("row 7 of the matrix")

    monkeypatch.setattr(mix, "find", broken)
    page = visit().open("mix")
    (message,) = page.errors
    assert message.startswith("Something is wrong on our side (ref. ")
    assert "matrix" not in page.text
    reference = message.split("ref. ")[1][:4]
    assert reference in caplog.text


@pytest.mark.usefixtures("worked")
def test_a_fault_in_a_page_shows_a_reference_and_no_trace(
    visit: Visitor, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(answered: object) -> str:
        raise ZeroDivisionError("the depth")

    monkeypatch.setattr(mix, "headline", broken)
    page = visit().open("mix")
    (message,) = page.errors
    assert message.startswith("Something is wrong on our side (ref. ")
    assert "the depth" not in page.text
    assert "the depth" in caplog.text
