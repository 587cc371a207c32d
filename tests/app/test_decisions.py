"""Decisions: the list, a record, the same question asked again, two side by side."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from data.store import Store
from optimizer import optimize
from portfolio.decision import Decision
from portfolio.funding.sources import Source
from portfolio.scenario import Scenario, StayClose
from portfolio.selection import Status
from tests.support.clusters import HOSTILE
from tests.support.visits import Visit
from tests.support.worked_table import cents, worked_pool, worked_scenario

Visitor = Callable[[], Visit]


@pytest.fixture
def worked(empty_store: Store) -> Store:
    pool = worked_pool()
    empty_store.create_cluster(replace(pool, scenario=worked_scenario("15")), "Ann")
    return empty_store


def decide(store: Store, title: str, scenario: Scenario) -> Decision:
    selection = optimize(store.pool("w"), scenario)
    return store.save_decision("w", title, "The board", "It is best.", scenario, selection)


def test_nothing_decided_leads_to_mix(visit: Visitor, worked: Store) -> None:
    page = visit().open("decisions")
    assert page.errors == []
    assert "Nothing is decided yet." in page.text
    assert page.click("Open Mix").at.title[0].value == "The mix we suggest"


def test_a_record_tells_question_mix_reason_who_and_fingerprint(
    visit: Visitor, worked: Store
) -> None:
    record = decide(worked, "Mix for 2027", worked_scenario("15"))
    page = visit().open("decisions")
    assert page.errors == []
    assert "1 decision on record." in page.text
    assert "4 proposals for €15.00\u00a0million, worth €42.30\u00a0million." in page.text
    assert "The mix with the highest expected payoff for €15.00\u00a0million" in page.text
    assert "Why: It is best." in page.text
    assert "Decided by The board on" in page.text
    assert record.fingerprint in [code.value for code in page.at.code]


def test_asking_again_gives_the_same_answer(visit: Visitor, worked: Store) -> None:
    decide(worked, "Mix for 2027", worked_scenario("15"))
    page = visit().open("decisions").click("Ask again")
    assert page.errors == []
    assert "Same question, same answer" in page.text
    assert "The data is what it was then." in page.text


def test_asking_again_on_changed_data_tells_the_difference(visit: Visitor, worked: Store) -> None:
    decide(worked, "Mix for 2027", worked_scenario("15"))
    gamma = worked.pool("w").project("Gamma")
    worked.save_project("w", replace(gamma, p_technical=0.01), "Ann", gamma)
    page = visit().open("decisions").click("Ask again")
    assert "Same question, same answer" in page.text
    assert (
        "The data has changed since. Asked today, *Delta* enters, and *Gamma* leaves." in page.text
    )


def test_a_record_reopens_in_mix(visit: Visitor, worked: Store) -> None:
    record = decide(worked, "More money", worked_scenario("20"))
    page = visit().open("decisions").click("Reopen in Mix")
    assert page.at.title[0].value == "The mix we suggest"
    assert page.at.query_params["base"] == str(record.id)
    assert "The question starts from the record More money." in page.text
    assert "Fund 3 of 6 proposals" in page.text


AGREED = ("Alpha", "Beta", "Delta", "Echo")
"""For 14 of 15 million and worth 41.7: the best mix has Gamma for Delta and is worth 42.29875."""
KEPT = "Together they should return €41.70\u00a0million"
BEST = "Together they should return €42.30\u00a0million"


def close_to_agreed() -> Scenario:
    return replace(worked_scenario("15"), stay_close=StayClose(AGREED, Decimal("0.02")))


def test_a_record_that_stayed_close_reopens_as_it_was_and_can_be_let_go(
    visit: Visitor, worked: Store
) -> None:
    record = decide(worked, "Few changes", close_to_agreed())
    reopened = visit().open("decisions").click("Reopen in Mix")
    assert reopened.errors == []
    assert KEPT in reopened.text
    page = visit().open("mix", base=str(record.id))
    assert KEPT in page.text
    assert "It stays as close as possible to what was agreed, within 2\u00a0%" in page.text
    (close,) = (box for box in page.at.checkbox if box.label.startswith("Fewest changes"))
    assert (close.label, close.value) == ("Fewest changes from what was agreed before", True)
    close.uncheck()
    page.click("Find the best mix")
    assert page.at.query_params["close"] == "none"
    assert BEST in page.text
    (close,) = (box for box in page.at.checkbox if box.label.startswith("Fewest changes"))
    close.check()
    page.click("Find the best mix")
    assert "close" not in page.at.query_params
    assert KEPT in page.text


def test_a_standing_question_that_stays_close_does_so_in_mix(visit: Visitor, worked: Store) -> None:
    worked.save_standing_scenario("w", close_to_agreed(), "Ann")
    page = visit().open("mix")
    assert KEPT in page.text
    assert "Ask as agreed" not in [button.label for button in page.at.button]


def test_what_to_stay_close_to_can_be_chosen_where_there_are_two(
    visit: Visitor, worked: Store
) -> None:
    record = decide(worked, "The best", worked_scenario("15"))
    worked.save_standing_scenario("w", close_to_agreed(), "Ann")
    page = visit().open("mix")
    (close,) = (box for box in page.at.selectbox if box.label == "Fewest changes")
    assert close.options[:2] == ["Do not matter", "From what was agreed before"]
    assert close.value == ""
    close.select(str(record.id))
    page.click("Find the best mix")
    assert page.at.query_params["close"] == str(record.id)
    assert BEST in page.text


def test_a_link_to_stay_close_to_a_record_that_is_not_there_says_so(
    visit: Visitor, worked: Store
) -> None:
    page = visit().open("mix", close="99")
    assert page.errors == []
    assert "The decision that the link wants to stay close to is not on record" in page.text
    assert BEST in page.text


def test_two_records_side_by_side(visit: Visitor, worked: Store) -> None:
    first = decide(worked, "First", worked_scenario("15"))
    second = decide(worked, "Second", worked_scenario("20"))
    page = visit().open("decisions", record=str(second.id), compare=str(first.id))
    assert page.errors == []
    assert "From First to Second, 1 proposal enters and 2 proposals leave." in page.text
    assert "The questions differ in one thing." in page.text
    assert "The money in all is €20.00\u00a0million instead of €15.00\u00a0million." in page.text
    assert "The later mix is worth €8.40\u00a0million more." in page.text
    assert [metric.value for metric in page.at.metric] == ["2", "1", "2", "+€5.00\u00a0m"]


def test_a_mix_found_early_and_proven_later_is_the_same_mix_side_by_side(
    visit: Visitor, worked: Store
) -> None:
    best = optimize(worked.pool("w"), worked_scenario("15"))
    bound = (best.value or 0) + 400_000_000_000
    early = replace(best, status=Status.FEASIBLE, bound=bound)
    first = worked.save_decision("w", "Early", "Board", "", worked_scenario("15"), early)
    second = decide(worked, "Proven", worked_scenario("15"))
    page = visit().open("decisions", record=str(second.id), compare=str(first.id))
    assert page.errors == []
    assert "From Early to Proven, the mix stays the same." in page.text
    assert "Both answer the same question." in page.text
    assert (
        "The earlier one was the best found by then, not proven best, "
        "the later one was proven best." in page.text
    )
    page = visit().open("decisions", record=str(first.id))
    assert "not proven best: at most €400,000 (0.9\u00a0%) could be missing." in page.text
    page.click("Ask again")
    assert "same mix as on" in page.text
    assert "then the best found, now proven best." in page.text


def test_another_spread_of_the_same_money_is_another_question(
    visit: Visitor, worked: Store
) -> None:
    pool = worked.pool("w")
    city = Source("city", "City <b>", (cents("15"),))
    seed = replace(city, id="seed", name="Seed fund", budgets=(cents("5"),))
    even = Scenario(sources=(replace(city, budgets=(cents("10"),)), seed))
    uneven = Scenario(sources=(city, replace(seed, budgets=(0,))))
    selection = optimize(pool, even)
    first = worked.save_decision("w", "Even", "Board", "", even, selection)
    second = worked.save_decision("w", "Uneven", "Board", "", uneven, selection)
    page = visit().open("decisions", record=str(second.id), compare=str(first.id))
    assert page.errors == []
    assert "The questions differ." in page.text
    assert "City <b> gives €15.00\u00a0million instead of €10.00\u00a0million in all." in page.text
    assert "Seed fund gives €0 instead of €5.00\u00a0million in all." in page.text


def test_a_link_to_a_record_that_is_not_there_says_so(visit: Visitor, worked: Store) -> None:
    decide(worked, "First", worked_scenario("15"))
    page = visit().open("decisions", record="99")
    assert page.errors == []
    assert "The record that the link names is not on record here." in page.text


def test_a_hostile_record_shows_as_typed(visit: Visitor, worked: Store) -> None:
    scenario = worked_scenario("15")
    selection = optimize(worked.pool("w"), scenario)
    worked.save_decision("w", HOSTILE, HOSTILE, HOSTILE, scenario, selection)
    page = visit().open("decisions")
    assert page.errors == []
    for kind in ("markdown", "header", "caption"):
        for each in page.at.get(kind):
            assert "![see](" not in str(each.value)


def test_the_demo_decision_can_be_replayed(visit: Visitor, store_url: str) -> None:
    page = visit().open("decisions").click("Ask again")
    assert page.errors == []
    assert "Same question, same answer as on 17 September 2026." in page.text
