"""Agenda: what is agreed as a block, what is discussed, what is set aside, and for how long."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from data.store import Store
from portfolio.funding.rules import Must, MustNot
from portfolio.scenario import with_rules
from tests.support.visits import Visit

Visitor = Callable[[], Visit]
CLUSTER = "halm-maritime"
NEARLY = "Their weights, give or take 20 %"


def nearly(visit: Visitor) -> Visit:
    """The page for weights that are nearly agreed: soon answered."""
    page = visit()
    page.at.query_params["agenda.known"] = NEARLY
    return page.open("agenda", cluster=CLUSTER)


@pytest.mark.usefixtures("store_url")
def test_the_agenda_sorts_every_proposal_into_one_of_three_lists(
    visit: Visitor, store: Store
) -> None:
    page = nearly(visit)
    assert page.errors == []
    assert page.at.title[0].value.startswith("Agenda for")
    assert "Ask for the weight of" in page.text
    (asked,) = (each.value for each in page.at.dataframe if "Places it decides" in each.value)
    assert list(asked["Worth"]) == sorted(asked["Worth"], reverse=True)
    lists = page.at.get("button_group")[-1]
    seen: list[str] = []
    for name in lists.options:
        page.at.session_state["agenda.list"] = name
        page.at.run()
        (table,) = (each.value for each in page.at.dataframe if "In sensible mixes" in each.value)
        shares = set(table["In sensible mixes"])
        if name == "Agree as a block":
            assert shares == {100}
        elif name == "Set aside":
            assert shares == {0}
        seen += list(table["Proposal"])
    assert sorted(seen) == sorted(p.name for p in store.pool(CLUSTER).candidates)


@pytest.mark.usefixtures("store_url")
def test_the_minutes_left_are_shared_out(visit: Visitor) -> None:
    page = nearly(visit)
    (minutes,) = (each for each in page.at.slider if each.label == "Minutes for the meeting")
    minutes.set_value(60).run()
    order = page.at.get("table")[0].value
    assert "Read the decision back" in list(order["Part"])
    assert "10 min" in list(order["Time"])


@pytest.mark.usefixtures("store_url")
def test_rules_that_clash_are_said(visit: Visitor, store: Store) -> None:
    before = store.pool(CLUSTER).scenario
    clash = with_rules(
        before, Must(id="in", projects=("ice-radar",)), MustNot(id="out", projects=("ice-radar",))
    )
    store.save_standing_scenario(CLUSTER, clash, "Ann")
    page = nearly(visit)
    assert "No mix meets all rules." in page.text
    assert page.errors == []


@pytest.mark.usefixtures("store_url")
def test_without_criteria_there_is_nothing_to_weigh(visit: Visitor, store: Store) -> None:
    store.save_criteria(CLUSTER, (), "Ann")
    page = visit().open("agenda", cluster=CLUSTER)
    assert "There is nothing to weigh yet." in page.text
    assert "Add criteria" in [button.label for button in page.at.button]


def test_a_cluster_without_proposals_says_so(visit: Visitor, store: Store, store_url: str) -> None:
    pool = store.pool(CLUSTER)
    bare = replace(pool, cluster=replace(pool.cluster, id="bare"), projects=(), judgements=())
    store.create_cluster(bare, "Ann")
    assert "No proposals yet." in visit().open("agenda", cluster="bare").text
