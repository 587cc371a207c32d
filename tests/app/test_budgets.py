"""Budgets: presets, sliders, the curve with its table, and the way into Mix."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from data.store import Store
from portfolio.cluster import Cluster
from portfolio.funding.rules import Must
from portfolio.pool import Pool
from portfolio.scenario import with_rules
from portfolio.units import Calendar
from tests.support.clusters import large
from tests.support.visits import Visit
from tests.support.worked_table import worked_pool, worked_scenario

Visitor = Callable[[], Visit]


@pytest.fixture
def worked(empty_store: Store) -> Store:
    """The published example: 15 buys 42.29875, 20 buys 50.7."""
    pool = worked_pool()
    empty_store.create_cluster(replace(pool, scenario=worked_scenario("15")), "Ann")
    return empty_store


@pytest.mark.usefixtures("worked")
def test_what_was_agreed_is_said_first(visit: Visitor) -> None:
    page = visit().open("budgets")
    assert page.errors == []
    assert (
        "€15.00\u00a0million buys 4 proposals that should return €42.30\u00a0million" in page.text
    )
    assert [slider.label for slider in page.at.slider] == ["All money"]


@pytest.mark.usefixtures("worked")
def test_a_slider_says_what_the_change_loses_and_what_leaves(visit: Visitor) -> None:
    page = visit().open("budgets")
    page.at.slider[0].set_value(20_000_000).run()
    page.settle()
    assert page.errors == []
    assert "With €20.00\u00a0million instead of €15.00\u00a0million" in page.text
    assert "the mix returns €50.70\u00a0million: €8.40\u00a0million more." in page.text
    assert "Each euro more brings about €1.68." in page.text
    assert {"Leaves", "Enters"} <= {header.value for header in page.at.header}
    assert page.at.query_params["setting"] == "all:20000000"


@pytest.mark.usefixtures("worked")
def test_the_next_money_is_told_exact_and_at_the_rate(visit: Visitor) -> None:
    page = visit().open("budgets")
    (box,) = (each for each in page.at.number_input if each.label == "How much more money")
    box.set_value(1_000_000).run()
    page.settle()
    assert page.errors == []
    # 16 buy Delta beside the others: 1.5 more. The rate at 15 is 1.55 a unit.
    assert "The next €1.00\u00a0million returns €1.50\u00a0million more." in page.text
    (shown,) = (each.value for each in page.at.dataframe if "Buys (exact)" in each.value)
    row = shown.iloc[0]
    assert (row["Buys (exact)"], row["At the rate"]) == (1_500_000, 1_550_000)
    assert (row["How sure"], row["Enters"], row["Leaves"]) == ("exact", "Delta", "")


@pytest.mark.usefixtures("worked")
def test_a_link_reopens_the_setting_and_agreed_brings_it_back(visit: Visitor) -> None:
    page = visit().open("budgets", setting="all:12000000")
    assert page.at.slider[0].value == 12_000_000
    assert "With €12.00\u00a0million instead of €15.00\u00a0million" in page.text
    page.click("As agreed")
    assert page.at.slider[0].value == 15_000_000
    assert "€15.00\u00a0million buys" in page.text


def ticked(page: Visit) -> list[str]:
    """The presets that the page shows as taken."""
    return [button.label for button in page.at.button if "check" in button.proto.icon]


@pytest.mark.usefixtures("worked")
def test_a_cut_of_a_fifth_is_one_click(visit: Visitor) -> None:
    page = visit().open("budgets")
    page.click("20 % cut")
    assert page.errors == []
    assert page.at.slider[0].value == 12_000_000
    assert ticked(page) == ["20 % cut"]
    page.at.slider[0].set_value(9_000_000).run()
    assert ticked(page) == []


@pytest.mark.usefixtures("worked")
def test_the_curve_is_a_table_too_and_never_falls(visit: Visitor) -> None:
    page = visit().open("budgets")
    curve = next(each.value for each in page.at.dataframe if "Certainty" in each.value)
    assert len(curve) > 10
    assert list(curve["Expected payoff"]) == sorted(curve["Expected payoff"])
    here = curve.loc[curve["Money"] == 15_000_000, "Expected payoff"]
    assert list(here) == [42_298_750]


@pytest.mark.usefixtures("worked")
def test_the_budget_goes_to_mix(visit: Visitor) -> None:
    page = visit().open("budgets", setting="all:20000000")
    page.click("Use this budget in Mix")
    assert page.at.title[0].value == "The mix we suggest"
    assert page.at.query_params["money"] == "20000000"
    assert "Fund 3 of 6 proposals" in page.text


@pytest.mark.usefixtures("impatient", "store_url")
def test_each_funder_has_a_slider(visit: Visitor, store: Store) -> None:
    page = visit().open("budgets")
    assert page.errors == []
    funders = store.pool(store.find("demo")).scenario.sources
    labels = [slider.label.replace("\\", "") for slider in page.at.slider]
    assert labels == [source.name for source in funders]


def test_money_for_which_no_mix_meets_the_rules_is_said(visit: Visitor, worked: Store) -> None:
    pool = worked.pool("w")
    must = Must(id="must", projects=("Foxtrot", "Echo"))
    worked.save_standing_scenario("w", with_rules(pool.scenario, must), "Ann")
    page = visit().open("budgets", setting="all:5000000")
    assert page.errors == []
    assert "With €5.00\u00a0million, no mix meets all rules." in page.text


def test_a_cluster_without_proposals_says_how_to_begin(visit: Visitor, empty_store: Store) -> None:
    calendar = Calendar(date(2027, 1, 1), 12, 1)
    empty_store.create_cluster(Pool(Cluster("c", "C", "EUR", calendar)), "Ann")
    page = visit().open("budgets")
    assert page.errors == []
    assert "No proposals yet." in page.text


@pytest.mark.usefixtures("impatient")
def test_a_very_large_list_is_answered(visit: Visitor, empty_store: Store) -> None:
    empty_store.create_cluster(large(800), "Ann")
    page = visit().open("budgets")
    assert page.errors == []
    assert "€20,000 buys 40 proposals" in page.text


@pytest.mark.usefixtures("worked")
def test_aim_and_rules_of_the_question_in_mix_count_here_too(visit: Visitor) -> None:
    page = visit().open("budgets", out=["Beta"], setting="all:20000000")
    assert page.errors == []
    assert "Aim and rules are those of your question in Mix." in page.text
    page.click("Use this budget in Mix")
    assert page.at.query_params["out"] == "Beta"
    assert page.at.query_params["money"] == "20000000"
