"""The import wizard: files go in, guesses are corrected, problems are shown, good rows are stored."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from data.export import export_xlsx
from data.store import Store
from portfolio.cluster import Cluster
from portfolio.units import Calendar
from tests.support.clusters import acting
from tests.support.visits import Visit

Visitor = Callable[[], Visit]
CLUSTER = "halm-maritime"
HALF_YEARS = Calendar(date(2027, 1, 1), 6, 8)
LIST = (
    "Projektname;Gesamtkosten;Beginn;Thema\n"
    "Alpha;1.200,50;03/04/2027;A\n"
    "Beta;zwölf;05/06/2027;B\n"
    ";300;01/02/2027;A\n"
    "Delta;400;07/08/2027;B\n"
).encode("cp1252")


def send(page: Visit, content: bytes, name: str = "list.csv", mime: str = "text/csv") -> Visit:
    """Upload a file."""
    page.at.file_uploader[0].upload(name, content, mime)
    page.at.run()
    return page.settle()


def choose(page: Visit, label: str, value: object) -> None:
    """Choose from the list with this label."""
    next(each for each in page.at.selectbox if each.label == label).set_value(value).run()


def into(page: Visit, where: str) -> None:
    """Choose the cluster shown ("into") or a new one ("new")."""
    page.at.session_state["import.where"] = where
    page.at.run()


def labels(page: Visit) -> list[str]:
    """The buttons there are."""
    return [button.label for button in page.at.button]


def test_a_list_goes_in_step_by_step_and_only_its_good_rows_are_stored(
    visit: Visitor, store: Store
) -> None:
    before = store.pool(CLUSTER)
    page = send(visit().open("import_list"), LIST)
    assert "4 projects under 4 headers." in page.text
    assert page.at.radio[0].options == ["3 April 2027", "4 March 2027"]
    page.at.radio[0].set_value("day").run()
    page.click("Match the columns")
    assert "4 of 4 columns are matched." in page.text
    choose(page, "Amounts are in", "EUR")
    page.click("Check the list")
    assert "3 rows are ready, 1 needs you." in page.text
    assert store.pool(CLUSTER) == before
    into(page, "into")
    assert "It adds 3 projects." in page.text
    page.click("Import the 3 projects")
    after = store.pool(CLUSTER)
    alpha = after.project("alpha")
    assert (alpha.cost, alpha.start and alpha.start.isoformat(), alpha.theme) == (
        120_050,
        "2027-04-03",
        "A",
    )
    assert [project.name for project in after.incomplete if project.id == "beta"] == ["Beta"]
    assert "Imported 3 new projects" in page.text
    page.click("Undo")
    assert store.pool(CLUSTER).projects == before.projects


def test_every_guess_can_be_corrected(visit: Visitor, store: Store) -> None:
    page = send(visit().open("import_list"), b"a comment\nName|Cost\nAlpha|1.5\nBeta|2.5\n")
    next(box for box in page.at.number_input if box.label.startswith("Headers")).set_value(1).run()
    assert "3 projects under" in page.text
    next(box for box in page.at.number_input if box.label.startswith("Headers")).set_value(2).run()
    assert "2 projects under 2 headers." in page.text
    choose(page, "Cells are parted by", ",")
    assert "2 projects under 1 header." in page.text
    choose(page, "Direction", "columns")
    choose(page, "Cells are parted by", "|")
    choose(page, "Direction", "rows")
    page.click("Match the columns")
    assert "2 of 2 columns are matched." in page.text


def test_rows_with_unread_cells_can_be_left_out(visit: Visitor, store: Store) -> None:
    page = send(visit().open("import_list"), LIST)
    page.at.radio[0].set_value("day").run()
    page.click("Match the columns")
    page.click("Check the list")
    page.at.toggle[0].set_value(True).run()
    page.settle()
    assert "Import the 2 projects into a new cluster" in labels(page)


def test_a_matching_can_be_kept_and_chosen_again(visit: Visitor, store: Store) -> None:
    page = send(visit().open("import_list"), b"What;How much\nAlpha;1\nBeta;2\n")
    page.click("Match the columns")
    choose(page, "Name (needed)", "What")
    choose(page, "Cost", "How much")
    page.at.text_input(key="import.keep").set_value("Our lists")
    page.click("Keep the matching")
    assert [profile.name for profile in store.profiles()] == ["Our lists"]
    again = send(visit().open("import_list"), b"What;How much\nGamma;3\nDelta;4\n")
    again.click("Match the columns")
    assert "2 of 2 columns are matched." in again.text


def test_a_list_can_become_a_cluster_of_its_own(visit: Visitor, store: Store) -> None:
    page = send(
        visit().open("import_list"), b"Name;Cost;Benefit\nAlpha;1;10\nBeta;2;20\n", "town.csv"
    )
    page.click("Match the columns")
    page.click("Check the list")
    page.at.text_input(key="import.name").set_value("Our town").run()
    page.click("Import the 2 projects into a new cluster")
    pool = store.pool(store.find("Our town"))
    assert [project.name for project in pool.projects] == ["Alpha", "Beta"]
    assert pool.scenario.objective.aim == "benefit"
    assert "Our town holds 2 projects now." in page.text


@pytest.mark.parametrize(
    ("content", "button"),
    [
        (b"Name;Cost\nAlpha;1\nBeta;2\n", "Import the 2 projects into a new cluster"),
        (b"Id;Name;Cost\nice-radar;Other;1\nnew;Beta;2\n", "Import the 2 projects"),
        (b"Id;Name;Cost\nP1;ICE  radar;1\nP2;Beta;2\n", "Import the 2 projects"),
    ],
    ids=["nothing shared", "an id shared", "a name shared"],
)
def test_a_list_goes_into_the_cluster_shown_only_if_they_share_a_project(
    visit: Visitor, store: Store, content: bytes, button: str
) -> None:
    before = store.pool(CLUSTER)
    page = send(visit().open("import_list"), content)
    page.click("Match the columns")
    page.click("Check the list")
    page.click(button)
    assert (store.pool(CLUSTER) == before) == button.endswith("new cluster")


def test_a_list_goes_into_a_cluster_that_is_still_empty(visit: Visitor, empty_store: Store) -> None:
    empty_store.create_cluster(Cluster("bare", "Bare", "EUR", HALF_YEARS), "Anna")
    page = send(visit().open("import_list"), b"Name;Cost\nAlpha;1\nBeta;2\n")
    page.click("Match the columns")
    page.click("Check the list")
    page.click("Import the 2 projects")
    assert len(empty_store.pool("bare").projects) == 2


def test_a_list_that_changes_an_organization_alone_says_so_before_and_after(
    visit: Visitor, store: Store
) -> None:
    pool = store.pool(CLUSTER)
    first, *others = pool.organizations
    grown = replace(pool, organizations=(replace(first, sector="Sea bees"), *others))
    page = send(visit().open("import_list"), export_xlsx(grown), "halm.xlsx")
    page.click("Match the columns")
    page.click("Check the list")
    assert "It changes 1 organization" in page.text
    assert store.pool(CLUSTER) == pool
    page.click("Import the 1 organization")
    assert "Imported 1 changed organization." in page.text
    assert store.pool(CLUSTER) == grown


def test_a_pabulib_file_needs_no_matching_and_brings_its_budget(
    visit: Visitor, store: Store
) -> None:
    file = (
        "META\nkey;value\ndescription;d\ncountry;c\nunit;u\ninstance;2020\nnum_projects;2\n"
        "num_votes;2\nbudget;100\nvote_type;approval\nrule;greedy\nPROJECTS\nproject_id;cost;name\n"
        "1;60;Park\n2;50;Pool\nVOTES\nvoter_id;vote\n1;1,2\n2;1\n"
    )
    page = send(visit().open("import_list"), file.encode(), "town.pb", "text/plain")
    assert "All 2 rows are ready." in page.text
    page.click("Import the 2 projects into a new cluster")
    pool = store.pool(store.find("town"))
    assert pool.scenario.money == 100_00
    assert {project.name: project.benefit for project in pool.projects} == {"Park": 2, "Pool": 1}


@pytest.mark.usefixtures("store_url")
@pytest.mark.parametrize(
    "content",
    [
        b"   ",
        b"\x00" * 5_000,
        b"PK\x03\x04 not a workbook",
        b"only a header line",
        ("a;" * 3_000).encode() + b"\n" + ("1;" * 3_000).encode(),
    ],
    ids=["blank", "binary", "broken workbook", "headers alone", "3,000 columns"],
)
def test_a_file_that_is_no_list_is_refused_in_words(visit: Visitor, content: bytes) -> None:
    page = send(visit().open("import_list"), content)
    assert "This file could not be read." in page.text
    assert len(page.errors) == 1
    assert "Traceback" not in page.text
    page.click("Choose another file")
    assert "Choose a list of projects" in page.text


def test_a_hostile_list_shows_as_typed_and_runs_nothing(visit: Visitor, store: Store) -> None:
    hostile = (
        b'Name;Cost;Theme\n"![x](https://evil.example/x.png) <img src=x>";1;"=cmd|calc"\n'
        b"file:///etc/passwd;oops;t\n"
    )
    page = send(visit().open("import_list"), hostile, "<img src=x>.csv")
    page.click("Match the columns")
    page.click("Check the list")
    raw = [str(each.value) for each in (*page.at.markdown, *page.at.caption)]
    assert acting(raw) == []
    assert page.errors == []


def test_without_a_cluster_a_list_becomes_the_first_one(visit: Visitor, empty_store: Store) -> None:
    page = send(visit().open("import_list"), b"Name;Cost\nAlpha;1\nBeta;2\n", "first.csv")
    page.click("Match the columns")
    page.click("Check the list")
    page.click("Import the 2 projects into a new cluster")
    assert [cluster.name for cluster in empty_store.clusters()] == ["first"]


def test_ten_thousand_rows_are_taken_in(visit: Visitor, store: Store) -> None:
    rows = "".join(f"P{k};Project {k};{k + 1}\n" for k in range(10_000))
    page = send(visit().open("import_list"), f"Id;Name;Cost\n{rows}".encode())
    page.click("Match the columns")
    page.click("Check the list")
    into(page, "into")
    page.click("Import the 10,000 projects")
    assert len(store.pool(CLUSTER).candidates) > 10_000


def test_a_real_list_is_recognized_by_its_profile(
    visit: Visitor, store: Store, real_data: Path
) -> None:
    content = (real_data / "real" / "uk_gmpp" / "uk_2023.csv").read_bytes()
    page = send(visit().open("import_list"), content, "uk_2023.csv")
    page.click("Match the columns")
    page.click("Check the list")
    assert "All 244 rows are ready." in page.text
    page.click("Import the 244 projects into a new cluster")
    pool = store.pool(store.find("uk_2023"))
    assert (len(pool.projects), pool.cluster.currency) == (244, "GBP")
