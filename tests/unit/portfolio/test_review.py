"""Running projects on a day: lateness, each signal's turning points, and what they call for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from portfolio.cluster import Cluster
from portfolio.pool import Pool
from portfolio.project import Milestone, Partner, Project, ProjectStatus, Report
from portfolio.review.gate_signal import gate_signal
from portfolio.review.lateness import lateness
from portfolio.review.pace_signal import pace_signal
from portfolio.review.plan import pace, plan_of
from portfolio.review.reports_signal import rating_state, reports_signal
from portfolio.review.signal import Signal, State
from portfolio.review.signals import SIGNALS, partners_signal, signals
from portfolio.review.spending_signal import spending_signal, unspent
from portfolio.review.verdicts import Verdict, review, verdict
from portfolio.units import Calendar

START = date(2027, 1, 1)
CALENDAR = Calendar(START, 6, 4)
CLUSTER = Cluster("c", "Cluster", "EUR", CALENDAR)
RUNNING = Project(
    id="barge",
    name="Battery barge",
    status=ProjectStatus.RUNNING,
    cost=100_000_00,
    grant=40_000_00,
    start=START,
    end=START + timedelta(days=400),
)


def day(number: int) -> date:
    return START + timedelta(days=number)


def reported(*reports: tuple[int, float], spent: float | None = None, **changes: object) -> Project:
    """The running project with a report (day, complete) each; spent as a share of the cost."""
    return replace(
        RUNNING,
        reports=tuple(
            Report(
                on=day(number),
                complete=complete,
                spent=round((complete if spent is None else spent) * RUNNING.cost),
            )
            for number, complete in reports
        ),
        **changes,  # type: ignore[arg-type]
    )


# Lateness


def test_half_the_pace_makes_the_end_twice_as_far_away() -> None:
    found = lateness(reported((200, 0.25)), CALENDAR, day(200))
    assert found.forecast == day(800)
    assert found.days == 400
    assert "50" in found.basis


def test_a_project_on_plan_is_neither_late_nor_early() -> None:
    assert lateness(reported((100, 0.25)), CALENDAR, day(100)).days == 0


def test_a_fast_project_is_early() -> None:
    assert lateness(reported((100, 0.5)), CALENDAR, day(100)).days == -200


def test_a_worse_forecast_of_its_own_wins_over_its_pace_and_says_so() -> None:
    project = reported((100, 0.25))
    report = replace(project.reports[0], forecast_end=day(460))
    found = lateness(replace(project, reports=(report,)), CALENDAR, day(120))
    assert found.days == 60
    assert found.basis == "its own forecast of 11 April 2027"


def test_a_rosy_forecast_of_its_own_does_not_hide_its_pace() -> None:
    project = reported((200, 0.25))
    report = replace(project.reports[0], forecast_end=day(400))
    assert lateness(replace(project, reports=(report,)), CALENDAR, day(200)).days == 400


def test_an_end_that_has_passed_is_late_by_the_days_since_even_without_reports() -> None:
    found = lateness(RUNNING, CALENDAR, day(430))
    assert found.days == 30
    assert "has passed" in found.basis


def test_a_project_is_not_late_on_its_last_day() -> None:
    assert lateness(RUNNING, CALENDAR, day(400)).days is None
    assert lateness(RUNNING, CALENDAR, day(401)).days == 1


def test_finished_work_is_late_by_the_day_it_was_first_reported_done_for_good() -> None:
    project = reported((390, 1.0), (395, 0.9), (410, 1.0), (500, 1.0))
    assert lateness(project, CALENDAR, day(600)).days == 10


def test_without_reports_before_its_end_lateness_is_not_known_rather_than_zero() -> None:
    assert lateness(RUNNING, CALENDAR, day(100)).days is None


def test_a_pace_of_a_few_days_forecasts_nothing() -> None:
    assert lateness(reported((20, 0.01)), CALENDAR, day(20)).days is None


def test_later_reports_do_not_count_on_an_earlier_day() -> None:
    project = reported((100, 0.25), (200, 0.25))
    assert lateness(project, CALENDAR, day(150)).days == 0


def test_a_pace_that_never_ends_is_no_crash() -> None:
    project = reported((100, 1e-9))
    assert lateness(project, CALENDAR, day(100)).days is None


# The plan


def test_work_follows_the_spending_profile_by_period() -> None:
    # 181 days of the first half-year, 184 of the second, 35 of the third.
    plan = plan_of(replace(RUNNING, spend=(1, 3, 0)), CALENDAR)
    assert plan is not None
    assert plan.share(day(181)) == pytest.approx(0.25)
    assert plan.share(day(365)) == pytest.approx(1.0)
    assert plan.days == 400


def test_the_clock_stops_in_a_period_without_planned_work() -> None:
    project = replace(reported((300, 0.5)), spend=(1, 0, 1))
    plan = plan_of(project, CALENDAR)
    assert plan is not None
    found = pace(plan, project.reports[0])
    assert found is not None
    assert found.spi == pytest.approx(1.0)
    assert found.end == RUNNING.end


def test_a_project_that_began_before_the_calendar_is_planned_all_the_same() -> None:
    early = replace(RUNNING, start=date(2026, 7, 1), end=date(2027, 7, 1), spend=(1, 1), reports=())
    plan = plan_of(early, CALENDAR)
    assert plan is not None
    assert plan.share(date(2027, 1, 1)) == pytest.approx(0.5)


def test_a_project_without_dates_has_no_plan() -> None:
    assert plan_of(replace(RUNNING, end=None), CALENDAR) is None
    assert plan_of(replace(RUNNING, end=START), CALENDAR) is None


# Pace


@pytest.mark.parametrize(
    ("complete", "state"),
    [
        (0.5, State.FINE),
        (0.45, State.FINE),
        (0.449, State.LOOK_CLOSER),
        (0.4, State.AGAINST),  # 80 % of the pace is 25 % late
        (0.41, State.LOOK_CLOSER),
        (0.2, State.AGAINST),
    ],
)
def test_pace_turns_at_nine_and_eight_tenths_of_the_plan(complete: float, state: State) -> None:
    assert pace_signal(reported((200, complete)), CLUSTER, day(200)).state is state


def test_the_first_tenth_of_the_time_is_never_against_a_project() -> None:
    assert pace_signal(reported((39, 0.0)), CLUSTER, day(39)).state is State.LOOK_CLOSER
    assert pace_signal(reported((41, 0.0)), CLUSTER, day(41)).state is State.AGAINST


def test_pace_without_a_report_is_not_known() -> None:
    assert pace_signal(RUNNING, CLUSTER, day(100)).state is State.NOT_KNOWN


def test_an_end_long_passed_is_against_a_project_without_reports() -> None:
    found = pace_signal(RUNNING, CLUSTER, day(500))
    assert found.state is State.AGAINST
    assert found.since == day(445)  # a ninth of 400 days past the end


def test_pace_has_been_bad_since_the_first_report_of_the_bad_run() -> None:
    project = reported((50, 0.02), (100, 0.25), (150, 0.2), (200, 0.2))
    assert pace_signal(project, CLUSTER, day(210)).since == day(150)


def test_a_fine_pace_has_no_since() -> None:
    assert pace_signal(reported((100, 0.25)), CLUSTER, day(100)).since is None


# Gate


def gate(baseline: int, **changes: object) -> Milestone:
    return Milestone("Gate 2", day(baseline), gate=True, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("late", "state"),
    [(0, State.FINE), (1, State.LOOK_CLOSER), (27, State.LOOK_CLOSER), (28, State.AGAINST)],
)
def test_a_missed_gate_turns_after_a_day_and_after_four_weeks(late: int, state: State) -> None:
    project = replace(RUNNING, milestones=(gate(100),))
    assert gate_signal(project, day(100 + late)).state is state


def test_a_missed_gate_says_by_how_much_and_since_when() -> None:
    found = gate_signal(replace(RUNNING, milestones=(gate(100),)), day(180))
    assert found == Signal("gate", State.AGAINST, "Gate 2 missed by 11 weeks", day(100))


def test_a_gate_forecast_late_counts_before_it_is_missed() -> None:
    project = replace(RUNNING, milestones=(gate(200, forecast=day(230)),))
    found = gate_signal(project, day(100))
    assert (found.state, found.fact) == (State.AGAINST, "Gate 2 is expected 4 weeks late")


def test_a_gate_passed_late_is_fine_now_and_was_not_then() -> None:
    project = replace(RUNNING, milestones=(gate(100, done=day(150)),))
    assert gate_signal(project, day(160)).state is State.FINE
    assert gate_signal(project, day(149)).state is State.AGAINST


def test_other_milestones_count_only_where_no_gate_is_planned() -> None:
    missed = Milestone("Permit", day(10))
    assert gate_signal(replace(RUNNING, milestones=(missed,)), day(90)).state is State.AGAINST
    project = replace(RUNNING, milestones=(missed, gate(300)))
    assert gate_signal(project, day(90)).state is State.FINE


def test_without_gates_or_milestones_the_gate_is_not_known() -> None:
    assert gate_signal(RUNNING, day(90)).state is State.NOT_KNOWN


# Spending


@pytest.mark.parametrize(
    ("complete", "spent", "state"),
    [
        (0.40, 0.40, State.FINE),
        (0.36, 0.40, State.FINE),
        (0.35, 0.40, State.LOOK_CLOSER),
        (0.32, 0.40, State.LOOK_CLOSER),
        (0.31, 0.40, State.AGAINST),
        (1.00, 1.01, State.AGAINST),
        (0.00, 0.04, State.FINE),
    ],
)
def test_spending_turns_when_the_money_brings_too_little_work(
    complete: float, spent: float, state: State
) -> None:
    project = reported((150, complete), spent=spent)
    assert spending_signal(project, CLUSTER, day(150)).state is state


def test_over_half_of_the_time_gone_and_under_a_quarter_spent_is_against() -> None:
    project = reported((240, 0.24), spent=0.24)
    assert spending_signal(project, CLUSTER, day(240)).state is State.AGAINST
    project = reported((240, 0.28), spent=0.28)
    assert spending_signal(project, CLUSTER, day(240)).state is State.LOOK_CLOSER
    project = reported((240, 0.31), spent=0.31)
    assert spending_signal(project, CLUSTER, day(240)).state is State.FINE


def test_spending_without_reports_or_budget_is_not_known() -> None:
    assert spending_signal(RUNNING, CLUSTER, day(90)).state is State.NOT_KNOWN
    free = replace(reported((100, 0.2)), grant=0, cost=0)
    assert spending_signal(free, CLUSTER, day(100)).state is State.NOT_KNOWN


def test_money_not_yet_spent_is_the_grants_part_of_what_the_last_report_leaves() -> None:
    project = reported((50, 0.1), (100, 0.25))
    assert unspent(project, day(100)) == 30_000_00
    assert unspent(project, day(60)) == 36_000_00
    assert unspent(RUNNING, day(60)) is None
    assert unspent(reported((50, 0.5), spent=1.2), day(60)) == 0
    assert unspent(reported((50, 0.5), grant=0), day(60)) == 0


# Reports


@pytest.mark.parametrize(
    ("silence", "state"),
    [
        (99, State.FINE),
        (100, State.LOOK_CLOSER),
        (189, State.LOOK_CLOSER),
        (190, State.AGAINST),
    ],
)
def test_silence_turns_after_one_and_after_two_missed_quarters(silence: int, state: State) -> None:
    assert reports_signal(reported((50, 0.1)), day(50 + silence)).state is state


def test_a_new_project_without_reports_is_not_known_and_an_old_one_is_silent() -> None:
    assert reports_signal(RUNNING, day(50)).state is State.NOT_KNOWN
    assert reports_signal(RUNNING, day(150)).state is State.LOOK_CLOSER
    assert reports_signal(RUNNING, day(250)).state is State.AGAINST


def test_where_no_project_reports_having_no_report_is_not_silence() -> None:
    assert reports_signal(RUNNING, day(250), reporting=False).state is State.NOT_KNOWN


@pytest.mark.parametrize(
    ("rating", "state"),
    [
        ("Green", State.FINE),
        ("Amber/Green", State.LOOK_CLOSER),
        ("amber", State.LOOK_CLOSER),
        ("Amber/Red", State.AGAINST),
        ("RED", State.AGAINST),
        ("Reduced scope", State.NOT_KNOWN),
        ("", State.NOT_KNOWN),
    ],
)
def test_a_rating_speaks_by_its_colors(rating: str, state: State) -> None:
    assert rating_state(rating) is state


def test_a_red_rating_counts_against_a_project_that_reports_on_time() -> None:
    project = reported((50, 0.1), (100, 0.2))
    red = replace(project.reports[1], rating="Red")
    found = reports_signal(replace(project, reports=(project.reports[0], red)), day(110))
    assert (found.state, found.since) == (State.AGAINST, day(100))


def test_a_project_keeps_its_own_rating_where_its_last_report_gives_none() -> None:
    assert reports_signal(reported((50, 0.1), rating="Red"), day(60)).state is State.AGAINST


# Partners


@pytest.mark.parametrize(
    ("left", "state"), [(0, State.FINE), (1, State.LOOK_CLOSER), (2, State.AGAINST)]
)
def test_partners_who_leave_turn_the_signal_and_half_of_them_turn_it_against(
    left: int, state: State
) -> None:
    partners = tuple(Partner(f"o{k}", active=k >= left) for k in range(4))
    assert partners_signal(replace(RUNNING, partners=partners)).state is state


def test_no_partners_on_record_is_not_known() -> None:
    assert partners_signal(RUNNING).state is State.NOT_KNOWN


# Verdict


def states(*found: State) -> tuple[Signal, ...]:
    return tuple(Signal(name, state, "") for name, state in zip(SIGNALS, found, strict=True))


F, L, A, N = State.FINE, State.LOOK_CLOSER, State.AGAINST, State.NOT_KNOWN


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ((A, A, A, F, F), Verdict.CLOSE_OR_RESCUE),
        ((A, A, F, F, F), Verdict.ASK_FOR_A_PLAN),
        ((A, L, L, F, F), Verdict.ASK_FOR_A_PLAN),
        ((A, L, F, F, F), Verdict.WATCH),
        ((L, L, L, L, L), Verdict.WATCH),
        ((F, F, F, F, F), Verdict.ON_PLAN),
        ((F, F, F, N, N), Verdict.ON_PLAN),
        ((F, F, N, N, N), Verdict.WATCH),
        ((N, N, N, N, N), Verdict.WATCH),
    ],
)
def test_the_verdict_counts_independent_signals_and_never_reads_not_known_as_fine(
    found: tuple[State, ...], expected: Verdict
) -> None:
    assert verdict(states(*found)) is expected


def test_the_five_signals_come_in_their_order() -> None:
    assert tuple(s.name for s in signals(RUNNING, CLUSTER, day(1))) == SIGNALS


def test_the_review_lists_running_projects_worst_first_and_no_others() -> None:
    def like(name: str, project: Project) -> Project:
        return replace(project, id=name, name=name)

    partners = (Partner("a"), Partner("b"))
    fine = like("a-fine", replace(reported((200, 0.5)), partners=partners))
    slow = like("b-slow", reported((200, 0.3), spent=0.5, milestones=(gate(100),)))
    slower = like("c-slower", reported((200, 0.2), spent=0.5, milestones=(gate(100),)))
    proposal = like("d", replace(RUNNING, status=ProjectStatus.PROPOSAL))
    found = review(Pool(CLUSTER, (fine, slow, slower, proposal)), day(200))
    assert [r.project for r in found] == ["c-slower", "b-slow", "a-fine"]
    assert found[0].verdict is Verdict.CLOSE_OR_RESCUE
    assert found[-1].verdict is Verdict.ON_PLAN
    assert found[0].unspent == 20_000_00


def test_of_two_projects_to_watch_the_one_with_a_signal_against_it_comes_first() -> None:
    quiet = replace(RUNNING, id="a", reports=reported((50, 0.12)).reports)  # look closer: silence
    gone = replace(RUNNING, id="b", partners=(Partner("o", active=False),))
    found = review(Pool(CLUSTER, (quiet, gone)), day(155))
    assert [r.verdict for r in found] == [Verdict.WATCH, Verdict.WATCH]
    assert [len(r.signals_at(State.AGAINST)) for r in found] == [1, 0]


def test_a_cluster_where_nobody_reports_is_not_called_silent() -> None:
    (found,) = review(Pool(CLUSTER, (RUNNING,)), day(300))
    assert {signal.state for signal in found.signals} == {State.NOT_KNOWN}
    assert found.verdict is Verdict.WATCH
