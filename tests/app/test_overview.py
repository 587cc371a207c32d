"""Overview: what needs a decision today, and its other states."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from data.store import Store
from portfolio.cluster import Cluster
from portfolio.pool import Pool
from portfolio.project import Project, ProjectStatus, ThreePoint
from portfolio.units import Calendar
from tests.support.visits import Visit

Visitor = Callable[[], Visit]
HALF_YEARS = Calendar(date(2027, 1, 1), 6, 4)
EMPTY = Cluster("quiet", "Quiet Cluster", "EUR", HALF_YEARS)


@pytest.mark.usefixtures("store_url")
def test_the_first_screen_answers_what_to_decide_today_without_a_click(visit: Visitor) -> None:
    page = visit().open()
    assert page.errors == []
    assert page.at.title[0].value == "What needs a decision today"
    assert "things wait for you" in page.text
    assert "Battery barge: close it or rescue it" in page.text
    assert "Every theme is inside its limits" in page.text
    assert {"Expected payoff", "Initiatives on plan"} <= {metric.label for metric in page.at.metric}


@pytest.mark.usefixtures("store_url")
def test_only_the_first_thing_that_waits_has_the_primary_button(visit: Visitor) -> None:
    page = visit().open()
    kinds = [button.proto.type for button in page.at.button]
    assert kinds.count("primary") == 1


@pytest.mark.usefixtures("store_url")
def test_what_waits_leads_to_where_it_is_decided(visit: Visitor) -> None:
    page = visit().open().click("Review it")
    assert page.at.title[0].value == "Which initiatives are slipping"


def test_a_store_without_clusters_says_how_to_begin(visit: Visitor, empty_store: Store) -> None:
    page = visit().open()
    assert page.errors == []
    assert "There is no cluster yet." in page.text


def test_a_cluster_without_projects_says_how_to_begin(visit: Visitor, empty_store: Store) -> None:
    empty_store.create_cluster(EMPTY, "Ann")
    page = visit().open()
    assert page.errors == []
    assert "No proposals yet." in page.text


def test_names_that_would_act_show_as_typed(visit: Visitor, empty_store: Store) -> None:
    name = "![x](http://evil.example/p.png) :red[**now**]"
    project = Project("evil", name, 10_000, 10_000, payoff=ThreePoint(0, 90_000, 99_000))
    hushed = Project("mute", name, 10_000, 10_000)
    empty_store.create_cluster(Pool(EMPTY, projects=(project, hushed)), name)
    page = visit().open()
    assert page.errors == []
    for each in page.at.markdown:
        assert "![x](http" not in each.value
        assert ":red[**now**]" not in each.value


def test_nothing_waits_where_all_is_well_and_agreed(visit: Visitor, empty_store: Store) -> None:
    done = Project(
        "done", "Done", 100, 100, status=ProjectStatus.CLOSED, closed_on=date(2026, 1, 1)
    )
    empty_store.create_cluster(Pool(EMPTY, projects=(done,)), "Ann")
    page = visit().open()
    assert page.errors == []
    assert "Nothing waits for a decision." in page.text


def test_a_board_that_has_met_is_not_said_to_come(visit: Visitor, empty_store: Store) -> None:
    past = Cluster("quiet", "Quiet", "EUR", HALF_YEARS, next_board=date(2020, 1, 2))
    proposal = Project("p", "P", 100, 100, payoff=ThreePoint(0, 900, 990))
    empty_store.create_cluster(Pool(past, projects=(proposal,)), "Ann")
    page = visit().open()
    assert "before the board meets" not in page.text
    assert "Was due on 2 January 2020." in page.text


def test_many_things_are_cut_to_five_with_a_way_to_the_rest(
    visit: Visitor, empty_store: Store
) -> None:
    late = tuple(_hopeless(f"late{k}") for k in range(9))
    empty_store.create_cluster(Pool(EMPTY, projects=late), "Ann")
    page = visit().open()
    assert page.errors == []
    assert page.text.count("close it or rescue it") == 5
    assert page.click("Show 4 more").text.count("close it or rescue it") == 9


def _hopeless(project_id: str) -> Project:
    """Far behind its plan, past its gate, silent, and left by its partners."""
    from portfolio.project import Milestone, Partner, Report

    today = datetime.now(UTC).date()
    begun = date(today.year - 2, 1, 1)
    return Project(
        project_id,
        project_id,
        1_000_000,
        1_000_000,
        status=ProjectStatus.RUNNING,
        start=begun,
        end=date(today.year + 1, 1, 1),
        partners=(Partner("a", active=False), Partner("b", active=False)),
        milestones=(Milestone("Gate", baseline=date(today.year - 1, 1, 1), gate=True),),
        reports=(Report(date(today.year - 2, 6, 1), complete=0.01, spent=900_000),),
    )
