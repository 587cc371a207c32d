"""When a mix runs and who pays: as it was chosen, not as it was proposed."""

from dataclasses import replace
from datetime import date

import optimizer
from dashboard.components.plan_bars import plan_bars
from dashboard.services import schedule
from dashboard.services.mix import Answered
from portfolio.project import Project
from portfolio.selection import Choice, Selection, Status
from tests.support.harbor import THOUSAND, harbor

POOL = harbor()


def answered(*chosen: Choice) -> Answered:
    return Answered(POOL, POOL.scenario, Selection(Status.OPTIMAL, chosen))


def test_a_project_that_waits_keeps_its_length_and_tells_when_it_proposed_to_run() -> None:
    buoy, pier = schedule.runs(answered(Choice("buoy"), Choice("pier", None, 2)))
    assert (pier.start, pier.end) == (date(2028, 1, 1), date(2028, 6, 30))
    assert pier.proposed == (date(2027, 7, 1), date(2027, 12, 31))
    assert (pier.grant, pier.way) == (60 * THOUSAND, "starts 2028 H1")
    assert (buoy.start, buoy.proposed) == (date(2027, 1, 1), None)


def test_what_has_no_dates_runs_in_the_periods_in_which_its_money_counts() -> None:
    bare = Project("bare", "Bare", THOUSAND, THOUSAND)
    pool = replace(POOL, projects=(bare,))
    mix = Selection(Status.OPTIMAL, (Choice("bare"),))
    (run,) = schedule.runs(Answered(pool, pool.scenario, mix))
    assert (run.start, run.end) == (date(2027, 1, 1), date(2027, 6, 30))


def test_the_finding_counts_those_that_start_later() -> None:
    runs = schedule.runs(answered(Choice("buoy"), Choice("pier", None, 2)))
    assert schedule.finding(runs) == "1 project of 2 starts later than it proposed"
    assert schedule.finding(runs[:1]) == "Each project starts as it proposed"


def test_money_of_sources_adds_up_to_the_money_of_periods() -> None:
    mix = optimizer.optimize(POOL, POOL.scenario)
    by_source = schedule.spend_by_source(POOL, POOL.scenario, mix)
    assert by_source["region"] == schedule.spend_by_period(POOL, mix)
    assert sum(by_source["region"]) == mix.spend == 118 * THOUSAND


def test_a_gray_bar_stands_only_above_what_waits() -> None:
    runs = schedule.runs(answered(Choice("buoy"), Choice("pier", None, 2)))
    gray, solid = plan_bars(runs, "EUR", "light").data
    assert (list(gray.base), list(solid.base)) == (["2027-07-01"], ["2027-01-01", "2028-01-01"])
    assert "proposed to start 1 Jul 2027" in solid.customdata[1]
