"""Projects: search, edit in place, conflicts, the sheet, and the list when it is empty or huge."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from data.store import Store
from tests.support.clusters import acting, hostile, large
from tests.support.visits import Visit

Visitor = Callable[[], Visit]
CLUSTER = "halm-maritime"


def editor(page: Visit) -> str:
    """The key of the table to edit."""
    return next(key for key in page.at.session_state if key.startswith("projects.table"))


def write(page: Visit, place: int, **cells: object) -> None:
    """Write into cells of a row, by column label, as the table would."""
    row = {label.replace("_", " "): cell for label, cell in cells.items()}
    state = {"edited_rows": {place: row}, "added_rows": [], "deleted_rows": []}
    page.at.session_state[editor(page)] = state
    page.at.run()


def names(page: Visit) -> list[str]:
    """The names in the table."""
    return list(page.at.data_editor[0].value["Name"])


@pytest.mark.usefixtures("store_url")
def test_the_list_shows_proposals_and_says_how_many_are_ready(visit: Visitor) -> None:
    page = visit().open("projects")
    assert page.errors == []
    assert "43 of 44 proposals are ready to choose from; 1 lacks a cost." in page.text
    assert len(names(page)) == 44


@pytest.mark.usefixtures("store_url")
def test_a_search_and_the_incomplete_alone_narrow_the_list(visit: Visitor) -> None:
    page = visit().open("projects")
    page.at.text_input(key="projects.search").set_value("radar").run()
    assert names(page) == ["Ice radar"]
    page.at.text_input(key="projects.search").set_value("no such thing").run()
    assert "No project is like that." in page.text
    page.at.text_input(key="projects.search").set_value("")
    page.at.toggle(key="projects.incomplete").set_value(True).run()
    assert 0 < len(names(page)) < 44


@pytest.mark.usefixtures("store_url")
def test_a_link_opens_the_list_as_it_was_filtered(visit: Visitor) -> None:
    page = visit()
    page.at.query_params["projects.status"] = ["running"]
    page.at.query_params["projects.theme"] = ["Skills", "no such theme"]
    page.open("projects")
    shown = page.at.data_editor[0].value
    assert set(shown["Status"]) == {"running"}
    assert set(shown["Theme"]) == {"Skills"}


def test_edits_wait_until_they_are_saved_and_can_be_taken_back(
    visit: Visitor, store: Store
) -> None:
    page = visit().open("projects")
    place = names(page).index("Ice radar")
    before = store.pool(CLUSTER).project("ice-radar")
    write(page, place, Cost=500000.0, Start="2027-05-01")
    assert store.pool(CLUSTER).project("ice-radar") == before
    page.click("Save 2 changes")
    after = store.pool(CLUSTER).project("ice-radar")
    assert (after.cost, after.start and after.start.isoformat()) == (50_000_000, "2027-05-01")
    assert "Saved 2 changes." in page.text
    page.click("Undo")
    assert store.pool(CLUSTER).project("ice-radar") == before


def test_a_search_does_not_lose_edits_that_wait(visit: Visitor, store: Store) -> None:
    page = visit().open("projects")
    write(page, names(page).index("Ice radar"), Cost=500000.0)
    page.at.text_input(key="projects.search").set_value("harbor").run()
    assert "Ice radar" not in names(page)
    write(page, names(page).index("Harbor air watch"), Region="Everywhere")
    page.click("Save 2 changes")
    pool = store.pool(CLUSTER)
    assert pool.project("ice-radar").cost == 50_000_000
    assert pool.project("air-watch").region == "Everywhere"


def test_what_is_wrong_stands_there_before_saving_and_the_rest_is_saved(
    visit: Visitor, store: Store
) -> None:
    page = visit().open("projects")
    write(page, names(page).index("Ice radar"), Grant_asked=9e9)
    assert page.errors
    assert "The grant is above the cost." in page.text
    page.click("Save 1 change")
    assert store.pool(CLUSTER).project("ice-radar").grant < 9e9
    page.click("Drop them")
    assert page.errors == []


@pytest.mark.parametrize(
    ("answer", "cost"), [("Keep yours", 500_000_00), ("Take theirs", 90_000_00)]
)
def test_a_cell_that_somebody_else_changed_is_asked_about(
    visit: Visitor, store: Store, answer: str, cost: int
) -> None:
    page = visit().open("projects")
    write(page, names(page).index("Ice radar"), Cost=500000.0, Grant_asked=50000.0)
    radar = store.pool(CLUSTER).project("ice-radar")
    store.save_project(CLUSTER, replace(radar, cost=90_000_00, grant=90_000_00), "Anna", radar)
    page.click("Save 2 changes")
    assert "it now says €90,000, you wrote €500,000" in page.text
    assert "Anna changed the cost and the grant of Ice radar." in page.text
    page.click(answer)
    assert store.pool(CLUSTER).project("ice-radar").cost == cost


@pytest.mark.usefixtures("store_url")
@pytest.mark.parametrize(
    ("project", "words"),
    [
        ("ice-radar", "A proposal of Baltic Sonar"),
        ("battery-barge", "Gate 2: first charge at the quay missed by"),
        ("sail-kites", "A closed project"),
    ],
)
def test_a_link_opens_the_sheet_of_a_project(visit: Visitor, project: str, words: str) -> None:
    page = visit().open("projects", sheet=project)
    assert page.errors == []
    assert words in page.text
    assert {"Payoff", "Risk", "Resources", "Timeline"} <= {head.value for head in page.at.header}


@pytest.mark.usefixtures("store_url")
def test_a_link_to_a_project_that_is_not_there_says_so(visit: Visitor) -> None:
    page = visit().open("projects", sheet="no-such-project")
    assert "The link names a project that is not in this cluster." in page.text


def test_a_store_without_a_cluster_offers_the_way_in(visit: Visitor, empty_store: Store) -> None:
    page = visit().open("projects")
    assert page.errors == []
    assert "No proposals yet." in page.text
    assert "Import a list…" in [button.label for button in page.at.button]


def test_a_huge_list_shows_its_first_rows_and_how_many_there_are(
    visit: Visitor, store: Store
) -> None:
    store.create_cluster(large(4_120), "Anna")
    page = visit().open("projects", cluster="large")
    assert page.errors == []
    assert len(names(page)) == 500
    assert "Showing 500 of 4,120. Search to narrow." in page.text
    page.at.text_input(key="projects.search").set_value("04119").run()
    assert names(page) == ["Proposal 04119"]


def test_hostile_names_show_as_typed(visit: Visitor, store: Store) -> None:
    store.create_cluster(hostile(), "Anna")
    page = visit().open("projects", cluster="hostile", sheet="a")
    assert page.errors == []
    raw = [str(each.value) for each in (*page.at.markdown, *page.at.caption, *page.at.header)]
    assert acting(raw) == []
    assert names(page)[0].startswith("A ![see](https://evil.example/x.png)")


def test_a_project_is_added_by_hand_and_can_be_taken_back(visit: Visitor, store: Store) -> None:
    page = visit().open("projects")
    next(each for each in page.at.text_input if each.label == "Name").set_value("Ice radar")
    next(each for each in page.at.number_input if each.label == "Cost (EUR)").set_value(90000.0)
    page.click("Add the project")
    added = store.pool(CLUSTER).project("ice-radar-2")
    assert (added.name, added.cost, added.grant) == ("Ice radar", 90_000_00, 90_000_00)
    page.click("Undo")
    assert "ice-radar-2" not in {project.id for project in store.pool(CLUSTER).projects}


@pytest.mark.usefixtures("store_url")
def test_a_project_without_a_name_is_not_added(visit: Visitor) -> None:
    page = visit().open("projects")
    page.click("Add the project")
    assert "Write one to 2,000 signs." in page.text
