"""Review: which initiatives slip, what would clear each signal, and the page in its other states."""

from collections.abc import Callable
from datetime import date

import pytest

from data.store import Store
from portfolio.cluster import Cluster
from tests.support.clusters import CALENDAR, acting, hostile, large
from tests.support.visits import Visit

Visitor = Callable[[], Visit]
ON = "2026-11-24"


def on_day(visit: Visitor, day: str = ON, cluster: str = "") -> Visit:
    """The page as known on a day, by a link."""
    page = visit()
    page.at.query_params["review.on"] = day
    return page.open("review", **({"cluster": cluster} if cluster else {}))


@pytest.mark.usefixtures("store_url")
def test_the_page_says_what_slips_and_what_should_be_closed(visit: Visitor) -> None:
    page = on_day(visit)
    assert page.errors == []
    assert "of 18 initiatives are slipping, and one should probably be closed." in page.text
    assert page.at.header[0].value == "Battery barge"
    assert "Close or rescue" in page.text
    assert "missed by 11 weeks" in page.text
    assert "What would clear it" in [each.label for each in page.at.expander]
    assert "The gate is passed, or the board agrees to a later day for it." in page.text


@pytest.mark.usefixtures("store_url")
def test_the_bars_and_the_table_hold_the_same_initiatives(visit: Visitor) -> None:
    page = on_day(visit)
    table = page.at.dataframe[0].value
    assert len(table) == 18
    (chart,) = page.at.get("plotly_chart")
    drawn = table[table["Start"].notna() & table["Planned end"].notna()]
    assert all(name[:20] in str(chart.spec) for name in drawn["Initiative"])


@pytest.mark.usefixtures("store_url")
def test_an_earlier_day_knows_nothing_of_later_reports(visit: Visitor) -> None:
    early = on_day(visit, "2026-01-31")
    assert early.at.date_input[0].value == date(2026, 1, 31)
    assert "missed by" not in early.text
    assert early.errors == []


@pytest.mark.usefixtures("store_url")
def test_what_is_shown_can_be_chosen_and_stays_in_the_link(visit: Visitor) -> None:
    page = visit()
    page.at.query_params["review.show"] = ["on plan"]
    page.at.query_params["review.on"] = ON
    page.open("review")
    assert "Battery barge" not in [head.value for head in page.at.header]
    assert page.at.query_params["review.show"] in ("on plan", ["on plan"])


@pytest.mark.usefixtures("store_url")
def test_a_row_leads_to_its_sheet(visit: Visitor) -> None:
    page = on_day(visit)
    page.at.button(key="review.sheet.0").click().run()
    assert page.at.title[0].value == "What is on the table"
    assert "A running project of Blue Grid" in page.text


def test_nothing_running_has_its_own_sentence(visit: Visitor, store: Store) -> None:
    store.create_cluster(Cluster("bare", "Bare", "EUR", CALENDAR), "Anna")
    page = on_day(visit, cluster="bare")
    assert "No initiative is running." in page.text
    assert page.errors == []


def test_very_many_initiatives_show_the_worst_and_say_how_many_more(
    visit: Visitor, store: Store
) -> None:
    store.create_cluster(large(10, running=300), "Anna")
    page = on_day(visit, cluster="large")
    assert page.errors == []
    assert "And 288 more initiatives" in page.text
    assert len(page.at.dataframe[0].value) == 300


def test_hostile_names_facts_and_ratings_show_as_typed(visit: Visitor, store: Store) -> None:
    store.create_cluster(hostile(), "Anna")
    page = on_day(visit, cluster="hostile")
    assert page.errors == []
    raw = [str(each.value) for each in (*page.at.markdown, *page.at.header, *page.at.caption)]
    assert acting(raw) == []
