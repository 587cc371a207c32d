"""Seeds: what to plant and what to keep back, told first; then the money, and the seeds one by one."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

import optimizer
from data.store import Store
from optimizer import Options
from portfolio.cluster import Cluster
from portfolio.funding.rules import TotalBudget
from portfolio.pool import Pool
from portfolio.project import FirstStage, Project, ThreePoint
from portfolio.scenario import Scenario
from portfolio.selection import Status
from portfolio.units import Calendar
from tests.support.visits import Visit

Visitor = Callable[[], Visit]
CLUSTER = "halm-maritime"


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any plan will do for what is tested here."""
    whole = optimizer.stages

    def shorter(*args: Any, **named: Any) -> optimizer.Stages:
        return whole(*args, **{**named, "options": Options(gap=5.0)})

    monkeypatch.setattr(optimizer, "stages", shorter)


@pytest.fixture
def three(empty_store: Store) -> Store:
    """Three projects cost 100 and return 300 in one case of two, which 20 show; 140 to spend."""
    years = Calendar(date(2027, 1, 1), 12, 2)
    projects = tuple(
        Project(
            i,
            i,
            cost=10_000,
            grant=10_000,
            payoff=ThreePoint(30_000, 30_000, 30_000),
            p_technical=0.5,
            start=years.start,
            end=years.last_day(1),
            first_stage=FirstStage(2_000, 1, 0.5),
        )
        for i in "abc"
    )
    scenario = Scenario(rules=(TotalBudget(id="budget", limit=14_000),))
    pool = Pool(Cluster("c", "C", "EUR", years), projects, scenario=scenario)
    empty_store.create_cluster(pool, "Ann")
    return empty_store


@pytest.mark.usefixtures("three")
def test_the_figures_are_those_worked_out_by_hand() -> None:
    # 7/8 · (300 − 80) − 60 = 132.5 against .5 · 300 − 100 = 50.
    page = Visit().open("seeds")
    assert page.errors == []
    text = page.text.replace("\u00a0", " ")
    assert "Plant 3 seeds for €60, keep €80 back; about 0.9 will prove themselves" in text
    assert "Worth 165 % more than committing at once." in text
    assert "Proven best over all outcomes" in text
    assert "Rules kept in every outcome" in text
    values = {metric.label: metric.value for metric in page.at.metric}
    assert (values["Seeds"], values["Kept back"], values["Scaled up"]) == ("3", "€80", "0.9")
    (table,) = (each.value for each in page.at.dataframe if "Scaled up" in each.value)
    assert list(table["First grant"]) == [20, 20, 20]
    assert "Keep looking" not in [button.label for button in page.at.button]


@pytest.mark.usefixtures("three")
def test_a_plan_cut_short_is_kept_for_nobody_and_can_be_looked_at_longer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole, limits = optimizer.stages, []

    def cut_short(*args: Any, **named: Any) -> optimizer.Stages:
        limits.append(named["options"].time_limit)
        found = whole(*args, **named)
        return found if len(limits) > 2 else replace(found, status=Status.FEASIBLE)

    monkeypatch.setattr(optimizer, "stages", cut_short)
    assert "Good, not proven best" in Visit().open("seeds").text
    page = Visit().open("seeds")
    assert limits == [30, 30]
    page.click("Keep looking")
    assert limits == [30, 30, 120]
    assert "Proven best over all outcomes" in page.text


@pytest.mark.usefixtures("store_url", "soon")
def test_the_page_says_what_to_plant_and_shows_the_money_and_the_projects(visit: Visitor) -> None:
    page = visit().open("seeds", cluster=CLUSTER)
    assert page.errors == []
    text = page.text.replace("\u00a0", " ")
    assert any(words in text for words in ("than committing at once", "No seeds were found"))
    assert "The best mix without seeds returns" in text
    assert "All 64 ways in which the gates may turn out were counted" in text
    labels = [metric.label for metric in page.at.metric]
    assert labels == ["Seeds", "Kept back", "Scaled up", "Staging adds"]
    at_once = next(each.value for each in page.at.dataframe if "Grant" in each.value)
    assert len(at_once) > 0


@pytest.mark.usefixtures("store_url", "soon")
def test_a_first_stage_may_be_assumed_for_all(visit: Visitor) -> None:
    page = visit()
    page.at.query_params["seeds.which"] = "All of them"
    page.open("seeds", cluster=CLUSTER)
    assert page.errors == []
    labels = [slider.label for slider in page.at.slider]
    assert labels == ["First grant, of the whole grant", "Periods until the gate"]
    assert "drawn outcomes of the gates" in page.text


@pytest.mark.usefixtures("store_url")
def test_without_any_first_stage_the_page_says_how_to_get_one(visit: Visitor) -> None:
    page = visit()
    page.at.query_params["seeds.which"] = "Those that state one"
    page.open("seeds", cluster="weidenau-food")
    assert page.errors == []
    assert "No proposal has a first stage yet." in page.text
