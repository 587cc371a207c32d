"""The step curve while it is worked out: points fill in, Cancel keeps them, going on asks the rest."""

import json
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import pytest

import optimizer
from dashboard import cache
from data.store import Store
from optimizer import BudgetPoint, Options
from portfolio.pool import Pool
from portfolio.scenario import Scenario, StayClose
from portfolio.selection import Status
from tests.support.visits import Visit
from tests.support.worked_table import worked_pool, worked_scenario

Visitor = Callable[[], Visit]
FIRST = 5
"""Points that arrive before the sweep holds still."""
SETTING = "all:20000000"


@pytest.fixture
def worked(empty_store: Store) -> Store:
    pool = worked_pool()
    empty_store.create_cluster(replace(pool, scenario=worked_scenario("15")), "Ann")
    return empty_store


@dataclass
class Halting:
    """Sweeps that bring a few points and hold still until told to go on, or cancelled."""

    go_on: threading.Event = field(default_factory=threading.Event)
    holding: threading.Event = field(default_factory=threading.Event)
    asked: list[tuple[int, ...]] = field(default_factory=list)


@pytest.fixture
def halting(monkeypatch: pytest.MonkeyPatch) -> Iterator[Halting]:
    halt, real = Halting(), optimizer.sweep

    def sweep(
        pool: Pool,
        scenario: Scenario,
        budgets: Sequence[int],
        options: Options,
        *,
        cancel: threading.Event,
        arrived: Callable[[BudgetPoint], None],
    ) -> tuple[BudgetPoint, ...]:
        halt.asked.append(tuple(budgets))
        brought: list[BudgetPoint] = []
        for point in real(pool, scenario, budgets, options):
            if len(brought) == FIRST:
                halt.holding.set()
            while len(brought) >= FIRST and not halt.go_on.wait(0.02):
                if cancel.is_set():
                    return tuple(brought)
            brought.append(point)
            arrived(point)
        return tuple(brought)

    monkeypatch.setattr(optimizer, "sweep", sweep)
    yield halt
    halt.go_on.set()


def held(visit: Visitor, halting: Halting) -> Visit:
    """A visitor on Budgets while the curve holds still after its first points."""
    page = visit()
    page.at.query_params["setting"] = SETTING
    page.at.run()
    page.at.switch_page("dashboard/pages/budgets.py").run()
    for _ in range(20):
        if halting.holding.wait(0.5):
            page.at.run()
            return page
        page.at.run()
    raise AssertionError("the curve never began")


def proven(page: Visit) -> list[float]:
    """Amounts of money whose best mix the page's table calls proven."""
    (curve,) = (each.value for each in page.at.dataframe if "Certainty" in each.value)
    return sorted(curve["Money"][curve["Certainty"] == "proven best"])


def dots(page: Visit) -> list[float]:
    """Amounts of money at which the drawn curve has a dot."""
    spec = json.loads(next(iter(page.at.get("plotly_chart"))).proto.spec)
    return sorted(x for trace in spec["data"] if trace.get("name") == "Proven" for x in trace["x"])


def whole(halting: Halting) -> set[float]:
    """Every amount of money that the curve is asked for."""
    return {budget / 100 for budget in halting.asked[0]}


def brought(halting: Halting) -> set[float]:
    return {budget / 100 for budget in halting.asked[0][:FIRST]}


@pytest.mark.usefixtures("worked")
def test_points_fill_in_on_the_chart_while_the_curve_is_worked_out(
    visit: Visitor, halting: Halting
) -> None:
    page = held(visit, halting)
    assert page.errors == []
    (line,) = page.at.get("progress")
    of = len(halting.asked[0])
    assert f"exact points are arriving ({FIRST} of {of})." in line.proto.text
    assert brought(halting) <= set(dots(page))
    assert dots(page) == proven(page)
    assert not whole(halting) <= set(proven(page))
    assert "Dots are proven, the rest is estimated." in page.text
    halting.go_on.set()
    page.settle()
    assert whole(halting) <= set(proven(page))
    assert dots(page) == []
    assert "Dots are proven" not in page.text


@pytest.mark.usefixtures("worked")
def test_a_cancelled_curve_keeps_its_points_and_goes_on_from_them(
    visit: Visitor, halting: Halting
) -> None:
    page = held(visit, halting)
    page.click("Cancel")
    assert page.errors == []
    of = len(halting.asked[0])
    assert f"Stopped: {FIRST} of {of} points are proven" in page.text
    assert brought(halting) <= set(dots(page))
    halting.go_on.set()
    page.click("Go on")
    assert halting.asked[1] == halting.asked[0][FIRST:]
    assert whole(halting) <= set(proven(page))
    assert "Stopped" not in page.text
    assert halting.asked[2:] == []


@pytest.mark.usefixtures("worked")
def test_leaving_the_page_keeps_the_points_too(visit: Visitor, halting: Halting) -> None:
    page = held(visit, halting)
    page.at.switch_page("dashboard/pages/projects.py").run()
    assert cache.desk().idle(30)
    halting.go_on.set()
    other = visit().open("budgets", setting=SETTING)
    assert other.errors == []
    assert halting.asked[1] == halting.asked[0][FIRST:]
    assert whole(halting) <= set(proven(other))


@pytest.mark.usefixtures("worked")
def test_cancel_after_the_last_point_leaves_a_whole_curve(
    visit: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, ended, asked = optimizer.sweep, threading.Event(), list[tuple[int, ...]]()

    def sweep(
        pool: Pool,
        scenario: Scenario,
        budgets: Sequence[int],
        options: Options,
        *,
        cancel: threading.Event,
        arrived: Callable[[BudgetPoint], None],
    ) -> tuple[BudgetPoint, ...]:
        asked.append(tuple(budgets))
        points = real(pool, scenario, budgets, options, arrived=arrived)
        ended.set()
        cancel.wait(30)
        return points

    monkeypatch.setattr(optimizer, "sweep", sweep)
    page = visit()
    page.at.query_params["setting"] = SETTING
    page.at.run()
    page.at.switch_page("dashboard/pages/budgets.py").run()
    for _ in range(60):
        if ended.wait(0.5):
            break
        page.at.run()
    page.at.run()
    page.click("Cancel")
    assert "Stopped" not in page.text
    assert "Go on" not in [button.label for button in page.at.button]
    assert {budget / 100 for budget in asked[0]} <= set(proven(page))
    other = visit().open("budgets", setting=SETTING)
    assert set(proven(page)) == set(proven(other))
    assert len(asked) == 1, "the whole curve is kept"


@dataclass
class Hurried:
    """Sweeps in which time runs out for the last points, unless they may take longer than at first."""

    asked: list[tuple[tuple[int, ...], float]] = field(default_factory=list)


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> Hurried:
    hurry, real = Hurried(), optimizer.sweep

    def sweep(
        pool: Pool,
        scenario: Scenario,
        budgets: Sequence[int],
        options: Options,
        *,
        cancel: threading.Event,
        arrived: Callable[[BudgetPoint], None],
    ) -> tuple[BudgetPoint, ...]:
        first = not hurry.asked or options.time_limit <= hurry.asked[0][1]
        hurry.asked.append((tuple(budgets), options.time_limit))
        points = list(real(pool, scenario, budgets, options))
        if first:
            points[FIRST:] = [
                replace(
                    point,
                    selection=replace(
                        point.selection,
                        status=Status.FEASIBLE,
                        bound=(point.selection.value or 0) + 10**12,
                    ),
                )
                for point in points[FIRST:]
            ]
        for point in points:
            arrived(point)
        return tuple(points)

    monkeypatch.setattr(optimizer, "sweep", sweep)
    return hurry


@pytest.mark.usefixtures("worked")
def test_a_curve_that_ran_out_of_time_keeps_what_is_proven_and_can_go_on_for_longer(
    visit: Visitor, hurried: Hurried
) -> None:
    page = visit().open("budgets", setting=SETTING)
    assert page.errors == []
    budgets, seconds = hurried.asked[0]
    of = len(budgets)
    said = f"Time ran out: {FIRST} of {of} points are proven, the rest is a close estimate."
    assert said in page.text
    page.click("Go on")
    (left, longer) = hurried.asked[1]
    assert left == budgets[FIRST:]
    assert longer > seconds
    assert {budget / 100 for budget in budgets} <= set(proven(page))
    assert "Time ran out" not in page.text
    assert "Go on" not in [button.label for button in page.at.button]
    visit().open("budgets", setting=SETTING)
    assert len(hurried.asked) == 2, "the whole curve is kept"


@pytest.mark.usefixtures("worked")
def test_what_is_proven_of_a_curve_that_ran_out_of_time_is_there_for_the_next_visitor(
    visit: Visitor, hurried: Hurried
) -> None:
    visit().open("budgets", setting=SETTING)
    visit().open("budgets", setting=SETTING)
    assert hurried.asked[1][0] == hurried.asked[0][0][FIRST:]


def test_budgets_show_the_best_mix_even_where_the_question_stays_close(
    visit: Visitor, worked: Store
) -> None:
    close = replace(worked_scenario("15"), stay_close=StayClose(("Alpha", "Beta", "Delta", "Echo")))
    worked.save_standing_scenario("w", close, "Ann")
    page = visit().open("budgets")
    assert "should return €42.30\u00a0million" in page.text
    assert "the best mix for each amount, however much it changes." in page.text
