"""Budgets by something else than money: the curve of trades, the mix picked on it, the way into Mix."""

import json
import threading
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from itertools import chain, combinations

import pytest

import optimizer
from data.store import Store
from optimizer import Front, Options, Second
from portfolio.funding.rules import LossLimit, Must
from portfolio.pool import Pool
from portfolio.scenario import Scenario, with_rules
from tests.support.clusters import large
from tests.support.visits import Visit
from tests.support.worked_table import TABLE, worked_pool, worked_scenario

Visitor = Callable[[], Visit]
AGAINST = "budgets.against"


@pytest.fixture
def worked(empty_store: Store) -> Store:
    """The published example: 15 buys 42.29875 by Alpha, Beta, Gamma and Echo."""
    empty_store.create_cluster(replace(worked_pool(), scenario=worked_scenario("15")), "Ann")
    return empty_store


def best_for_each_spend() -> list[tuple[float, float]]:
    """Of all 64 mixes of the table, money spent and worth of those that no other beats on both."""
    every = chain.from_iterable(combinations(TABLE.values(), size) for size in range(7))
    pairs = {
        (sum(Decimal(row[3]) for row in mix), sum(Decimal(row[5]) for row in mix)) for mix in every
    }
    fit = [(spent, worth) for spent, worth in pairs if spent <= 15]
    best = [
        (spent, worth)
        for spent, worth in fit
        if not any(s <= spent and w >= worth and (s, w) != (spent, worth) for s, w in fit)
    ]
    return sorted(((float(s * 10**6), float(w * 10**6)) for s, w in best), reverse=True)


def shown(page: Visit) -> list[tuple[float, float]]:
    """What the second criterion is and what the worth, by the page's table."""
    (found,) = (each.value for each in page.at.dataframe if "Given up" in each.value)
    return list(zip(found.iloc[:, 0], found["Expected payoff"], strict=True))


def dots(page: Visit) -> int:
    """How many points of the chart can be clicked on."""
    spec = json.loads(next(iter(page.at.get("plotly_chart"))).proto.spec)
    return sum(len(trace["x"]) for trace in spec["data"] if trace.get("name") == "Proven")


@pytest.mark.usefixtures("worked")
def test_every_best_trade_of_worth_for_money_is_shown_and_the_cheapest_said_first(
    visit: Visitor,
) -> None:
    page = visit().open("budgets", **{AGAINST: "Money spent"})
    assert page.errors == []
    assert shown(page) == best_for_each_spend()
    assert dots(page) == len(best_for_each_spend())
    # Delta for Gamma: 41.7 for 14 in place of 42.29875 for 15.
    said = "Giving up 1.4\u00a0% of the worth, €598,750, saves €1.00\u00a0million."
    assert said in page.text
    assert "there are no more." in page.text


@pytest.mark.usefixtures("worked")
def test_the_mix_picked_says_who_leaves_and_goes_to_mix_as_a_budget(visit: Visitor) -> None:
    page = visit().open("budgets", **{AGAINST: "Money spent"})
    (slider,) = page.at.select_slider
    slider.set_value("spend:-1000000000").run()
    page.settle()
    assert page.errors == []
    assert page.at.query_params["budgets.point"] == "spend:-1000000000"
    # 10 buy Beta and Echo, worth 35.2: 16.8 % less than 42.29875.
    assert (
        "Giving up 16.8\u00a0% of the worth, €7.10\u00a0million, saves €5.00\u00a0million."
        in page.text
    )
    assert "Leaves" in {header.value for header in page.at.header}
    assert "Alpha" in page.text
    assert "Enters" not in {header.value for header in page.at.header}
    link = visit().open("budgets", **{AGAINST: "Money spent", "budgets.point": "spend:-1000000000"})
    assert "saves €5.00\u00a0million." in link.text
    page.click("Use this budget in Mix")
    assert page.at.title[0].value == "The mix we suggest"
    assert page.at.query_params["money"] == "10000000"
    assert "Fund 2 of 6 proposals" in page.text


@pytest.mark.usefixtures("worked")
def test_the_worst_outcomes_are_a_limit_in_mix_that_can_be_taken_back(visit: Visitor) -> None:
    page = visit().open("budgets", **{AGAINST: "Bad outcomes"})
    assert page.errors == []
    assert "makes the worst tenth of outcomes" in page.text
    points = shown(page)
    assert points == sorted(points), "better outcomes cost worth"
    assert [worth for _, worth in points] == sorted((w for _, w in points), reverse=True)
    (slider,) = page.at.select_slider
    cents = int(str(slider.value).removeprefix("losses:"))
    page.click("Use this limit in Mix")
    assert page.errors == []
    units = f"{Decimal(-cents) / 100:f}".removesuffix(".00")
    assert page.at.query_params["losses"] == units
    assert "In the worst 10\u00a0% of outcomes the mix" in "".join(
        toggle.label for toggle in page.at.toggle
    )
    (switch,) = (each for each in page.at.toggle if "the worst" in each.label)
    switch.set_value(False).run()
    page.settle()
    assert "losses" not in page.at.query_params


@pytest.mark.usefixtures("worked")
def test_a_link_with_a_strange_point_shows_the_trade_said_first(visit: Visitor) -> None:
    page = visit().open("budgets", **{AGAINST: "Money spent", "budgets.point": "luck:7"})
    assert page.errors == []
    assert page.at.select_slider[0].value == "spend:-1400000000"


def test_where_nothing_can_be_gained_it_is_said(visit: Visitor, worked: Store) -> None:
    must = Must(id="all", projects=("Alpha", "Beta", "Delta", "Echo"))
    pool = worked.pool("w")
    worked.save_standing_scenario("w", with_rules(pool.scenario, must), "Ann")
    page = visit().open("budgets", **{AGAINST: "Bad outcomes"})
    assert page.errors == []
    assert "Bad outcomes: no other mix does better, whatever worth is given up." in page.text
    assert page.at.select_slider == []


def test_where_no_mix_meets_all_rules_there_is_nothing_to_trade(
    visit: Visitor, worked: Store
) -> None:
    never = LossLimit(id="never", at_most=-(10**15))
    worked.save_standing_scenario("w", with_rules(worked.pool("w").scenario, never), "Ann")
    page = visit().open("budgets", **{AGAINST: "Money spent"})
    assert page.errors == []
    assert "no mix meets all rules." in page.text


@pytest.mark.usefixtures("worked")
def test_a_trade_that_was_stopped_keeps_its_points_and_goes_on_from_them(
    visit: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, holding, begun_from = optimizer.frontier, threading.Event(), list[Front | None]()

    def frontier(
        pool: Pool,
        scenario: Scenario,
        second: Second,
        options: Options,
        *,
        begun: Front | None,
        cancel: threading.Event,
        arrived: Callable[[Front], None],
    ) -> Front:
        begun_from.append(begun)
        if begun is not None:
            return real(pool, scenario, second, options, begun=begun)
        part = real(pool, scenario, second, options, most=3)
        arrived(part)
        holding.set()
        cancel.wait(30)
        return part

    monkeypatch.setattr(optimizer, "frontier", frontier)
    page = visit()
    page.at.query_params[AGAINST] = "Money spent"
    page.at.run()
    page.at.switch_page("dashboard/pages/budgets.py").run()
    for _ in range(20):
        if holding.wait(0.5):
            break
        page.at.run()
    page.at.run()
    assert page.errors == []
    assert len(shown(page)) == 3
    assert "The best mixes between lie in the shaded band." in page.text
    page.click("Cancel")
    assert "Stopped: 3 points are proven, more may lie in the shaded band." in page.text
    page.click("Go on")
    assert [None if one is None else len(one.points) for one in begun_from] == [None, 3]
    assert shown(page) == best_for_each_spend()
    assert "Stopped" not in page.text


@pytest.mark.usefixtures("impatient")
def test_a_very_large_list_has_its_trades_too(visit: Visitor, empty_store: Store) -> None:
    empty_store.create_cluster(large(800), "Ann")
    page = visit().open("budgets", **{AGAINST: "Money spent"})
    assert page.errors == []
    assert "no other beats on both sides" in page.text
