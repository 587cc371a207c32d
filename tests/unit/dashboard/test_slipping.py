"""The review in sentences, on hand-made projects whose lateness is known."""

from dataclasses import replace
from datetime import date

import pytest

from dashboard.services import clock
from dashboard.services.bars import spans
from dashboard.services.clearing import clears
from dashboard.services.present import present
from dashboard.services.slipping import context, gantt_finding, headline, late_words, slips
from portfolio.cluster import Cluster
from portfolio.pool import Pool
from portfolio.project import Milestone, Partner, Project, ProjectStatus, Report
from portfolio.review.signal import State
from portfolio.units import Calendar

TODAY = date(2026, 7, 1)
FINE = Project(
    "fine",
    "Fine",
    100_00,
    100_00,
    status=ProjectStatus.RUNNING,
    start=date(2026, 1, 1),
    end=date(2026, 12, 31),
    milestones=(Milestone("Gate 1", date(2026, 3, 1), done=date(2026, 3, 1), gate=True),),
    partners=(Partner("o"),),
    reports=(Report(date(2026, 6, 30), 0.5, 50_00, rating="green"),),
)
BAD = replace(
    FINE,
    id="bad",
    name="Bad",
    milestones=(Milestone("Gate 1", date(2026, 3, 1), gate=True),),
    partners=(Partner("o", active=False),),
    reports=(Report(date(2026, 6, 30), 0.1, 60_00, date(2027, 12, 31), rating="red"),),
)
POOL = Pool(
    Cluster("c", "Cluster", "EUR", Calendar(date(2026, 1, 1), 12, 2)),
    projects=(FINE, BAD),
)


def test_the_answer_counts_what_slips_and_what_should_be_closed() -> None:
    found = slips(POOL, TODAY)
    assert headline(found) == "One of 2 initiatives is slipping, and it should probably be closed."
    assert "€40 of Bad is not yet spent." in context(found, str)
    assert gantt_finding(found, str).startswith("Bad now ends ")
    assert late_words(found.rows[0]).endswith(" late")


def test_nothing_slipping_and_nothing_running_have_their_own_sentences() -> None:
    assert headline(slips(replace(POOL, projects=(FINE,)), TODAY)) == "Nothing is slipping."
    assert headline(slips(replace(POOL, projects=()), TODAY)) == "No initiative is running."


def test_who_has_not_reported_for_a_month_may_slip_unseen() -> None:
    found = slips(POOL, date(2026, 9, 1))
    assert "2 of 2 have not reported for a month, so this list may be short." in context(found, str)


def test_bars_tell_the_plan_the_expected_end_and_which_gates_are_passed() -> None:
    bad, fine = spans(POOL, slips(POOL, TODAY).rows, TODAY)
    assert (bad.name, bad.late, [gate.passed for gate in bad.gates]) == ("Bad", True, [False])
    assert (fine.late, [gate.passed for gate in fine.gates]) == (False, [True])
    assert bad.forecast_end is not None
    assert bad.forecast_end >= date(2027, 12, 31)


def test_every_signal_that_is_not_fine_says_what_would_clear_it() -> None:
    (bad, _) = slips(POOL, TODAY).rows
    assert all(clears(signal) for signal in bad.signals if signal.state is not State.FINE)
    bare = replace(FINE, milestones=(), partners=(), reports=())
    (unknown,) = slips(replace(POOL, projects=(bare,)), TODAY).rows
    assert all(clears(signal) for signal in unknown.signals if signal.state is not State.FINE)


@pytest.mark.parametrize(
    ("today", "seen"),
    [
        (date(2026, 7, 5), date(2026, 7, 5)),
        (date(2031, 1, 1), date(2026, 6, 30)),
        (date(2020, 1, 1), date(2026, 6, 30)),
    ],
)
def test_a_sample_is_seen_on_its_own_day_outside_its_own_time(
    monkeypatch: pytest.MonkeyPatch, today: date, seen: date
) -> None:
    monkeypatch.setattr(clock, "today", lambda: today)
    sample = replace(POOL.cluster, fictional=True, next_board=date(2026, 7, 10))
    assert present(replace(POOL, cluster=sample)) == seen
    assert present(POOL) == today
