"""Earned schedule and the review, on any plan and any report."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import accumulate

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.cluster import Cluster
from portfolio.pool import Pool
from portfolio.project import Milestone, Partner, Project, ProjectStatus, Report
from portfolio.review.earned_schedule import earned_schedule
from portfolio.review.plan import plan_of
from portfolio.review.signal import State
from portfolio.review.verdicts import Verdict, review
from portfolio.units import Calendar

STEPS = st.lists(st.integers(1, 50), min_size=1, max_size=15)
DAYS = st.dates(date(2025, 1, 1), date(2031, 12, 31))
CLUSTER = Cluster("c", "Cluster", "EUR", Calendar(date(2027, 1, 1), 6, 8))


@given(STEPS, st.floats(0, 1))
def test_the_time_earned_is_where_the_plan_meets_the_work_done(
    steps: list[int], share: float
) -> None:
    planned = list(accumulate(steps))
    earned = share * planned[-1]
    expected = np.interp(earned, [0, *planned], range(len(planned) + 1))
    assert earned_schedule(planned, earned) == pytest.approx(float(expected))


@given(st.lists(st.integers(0, 50), max_size=15), st.floats(0, 800), st.floats(0, 800))
def test_more_work_never_earns_less_time_and_never_more_than_the_plan(
    steps: list[int], one: float, other: float
) -> None:
    planned = list(accumulate(steps))
    less, more = sorted((one, other))
    assert 0 <= earned_schedule(planned, less) <= earned_schedule(planned, more) <= len(planned)


@st.composite
def running(draw: st.DrawFn) -> Project:
    """A running project with anything missing, in any order."""
    name = draw(st.sampled_from("abcdefghij"))
    milestone = st.builds(
        Milestone,
        st.sampled_from(("Gate 1", "Permit", "")),
        DAYS,
        st.none() | DAYS,
        st.none() | DAYS,
        st.booleans(),
    )
    report = st.builds(
        Report,
        DAYS,
        st.floats(0, 1),
        st.integers(0, 200_000),
        st.none() | DAYS,
        st.sampled_from(("", "Green", "Amber/Red", "?")),
    )
    grant = draw(st.sampled_from((0, 100_000)))
    return Project(
        id=name,
        name=name.upper(),
        status=ProjectStatus.RUNNING,
        cost=grant + draw(st.sampled_from((0, 50_000))),
        grant=grant,
        start=draw(st.none() | DAYS),
        end=draw(st.none() | DAYS),
        spend=tuple(draw(st.lists(st.integers(0, 5), max_size=5))),
        milestones=tuple(draw(st.lists(milestone, max_size=4))),
        reports=tuple(draw(st.lists(report, max_size=5))),
        partners=tuple(draw(st.lists(st.builds(Partner, st.just("o"), st.booleans()), max_size=3))),
        cost_known=draw(st.booleans()),
    )


@given(running())
def test_a_plan_rises_from_nothing_to_all_of_the_work(project: Project) -> None:
    plan = plan_of(project, CLUSTER.calendar)
    if plan is None:
        return
    assert plan.share(plan.start) == 0
    assert plan.share(plan.end) == pytest.approx(1)
    assert list(plan.planned) == sorted(plan.planned)
    assert len(plan.planned) == (plan.end - plan.start).days


@given(st.lists(running(), max_size=6, unique_by=lambda project: project.id), DAYS)
def test_a_review_holds_every_running_project_with_five_signals_and_true_dates(
    projects: list[Project], on: date
) -> None:
    found = review(Pool(CLUSTER, tuple(projects)), on)
    assert sorted(one.project for one in found) == sorted(project.id for project in projects)
    order = [list(Verdict).index(one.verdict) for one in found]
    assert order == sorted(order)
    for one in found:
        assert len(one.signals) == 5
        for signal in one.signals:
            assert signal.fact
            bad = signal.state in (State.LOOK_CLOSER, State.AGAINST)
            assert signal.since is None or (bad and signal.since <= on)
        fine = sum(signal.state is State.FINE for signal in one.signals)
        if one.verdict is Verdict.ON_PLAN:
            assert fine >= 3
        assert one.unspent is None or one.unspent >= 0


@given(running(), DAYS)
def test_what_is_reported_later_changes_nothing_on_an_earlier_day(
    project: Project, on: date
) -> None:
    later = Report(on + timedelta(days=1), 0.0, 10**9, rating="Red")
    told = replace(project, reports=(later, *project.reports))
    before, after = (review(Pool(CLUSTER, (p,)), on) for p in (project, told))
    assert before == after
