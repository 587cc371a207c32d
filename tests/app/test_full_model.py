"""Versions, parts, later starts and what makes a project ineligible, as the screens tell them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

import optimizer
from data.store import Store
from portfolio.organization import HelixRole
from portfolio.pool import Pool
from portfolio.project import Version
from tests.support.harbor import THOUSAND, harbor
from tests.support.visits import Visit

Visitor = Callable[[], Visit]


@pytest.fixture
def barred() -> Pool:
    """The harbor whose one funder pays only where a firm leads: the buoy is not eligible."""
    pool = harbor()
    (region,) = pool.scenario.sources
    strict = replace(region, lead_roles=(HelixRole.BUSINESS,))
    return replace(pool, scenario=replace(pool.scenario, sources=(strict,)))


WHY = (
    "Each source pays only for what it is meant for: no source may pay for it (Region: the lead "
    "has to be business); **Region could pay if its lead were business**."
)


@pytest.mark.usefixtures("impatient")
def test_why_not_mine_says_what_makes_it_ineligible_and_what_would_do(
    visit: Visitor, empty_store: Store, barred: Pool
) -> None:
    empty_store.create_cluster(barred, "test")
    page = visit().open("mix", project="buoy")
    assert page.errors == []
    assert "No mix that meets the rules can hold" in page.text
    assert "Not eligible: no mix can hold it as it stands." in page.text
    assert WHY in page.text
    assert "Not eligible" not in visit().open("mix", project="crane").text


def test_the_page_of_all_ways_in_says_it_too(
    visit: Visitor, empty_store: Store, barred: Pool
) -> None:
    empty_store.create_cluster(barred, "test")
    page = visit().open("why_not", project="buoy")
    assert page.errors == []
    assert WHY in page.text


def test_the_sheet_says_what_makes_a_proposal_ineligible(
    visit: Visitor, empty_store: Store, barred: Pool
) -> None:
    empty_store.create_cluster(barred, "test")
    assert WHY in visit().open("projects", sheet="buoy").text
    assert "Not eligible" not in visit().open("projects", sheet="crane").text


def test_the_sheet_tells_in_which_ways_a_mix_may_hold_it(
    visit: Visitor, empty_store: Store
) -> None:
    empty_store.create_cluster(harbor(), "test")
    page = visit().open("projects", sheet="pier")
    assert page.errors == []
    assert (
        "A mix may hold it as proposed or in 1 other version. It may start from 2027 H2 to 2028 H1; "
        "each period of waiting loses 10\u00a0% of its worth."
    ) in page.text
    rows = next(each.value for each in page.at.dataframe if "Share of the worth" in each.value)
    assert [list(row) for row in rows.to_numpy()] == [
        ["As proposed", "€100,000", "€60,000", "100\u00a0%"],
        ["Pilot only", "€40,000", "€20,000", "50\u00a0%"],
    ]
    crane = visit().open("projects", sheet="crane").text
    assert "It may be funded in part, from 60\u00a0%, in steps of a tenth." in crane
    assert "A mix may hold it" not in visit().open("projects", sheet="buoy").text


def test_ways_to_run_a_project_are_edited_in_the_list(visit: Visitor, empty_store: Store) -> None:
    empty_store.create_cluster(harbor(), "test")
    page = visit().open("projects")
    table = page.at.data_editor[0].value
    assert list(table["Least share"].fillna(0)) == [0, 60, 0]
    key = next(key for key in page.at.session_state if key.startswith("projects.table"))
    row = {"Versions": "half: 5000 @ 0.5", "Latest start": "2028-01-01", "Loss by waiting": 4.0}
    page.at.session_state[key] = {"edited_rows": {0: row}, "added_rows": [], "deleted_rows": []}
    page.at.run()
    page.click("Save 3 changes")
    assert page.errors == []
    after = empty_store.pool("harbor").project("buoy")
    assert after.versions == (Version("half", 5 * THOUSAND, 5 * THOUSAND, Decimal("0.5")),)
    assert (after.latest_start, after.waiting_loss) == (date(2028, 1, 1), Decimal("0.04"))


LIST = (
    "id,name,cost,versions,least share\na,Alpha,1000,small: 600 @ 0.72,\nb,Beta,1000,small 600,0\n"
)


def test_an_import_by_hand_reads_versions_and_tells_all_that_is_wrong(
    visit: Visitor, empty_store: Store
) -> None:
    empty_store.create_cluster(harbor(), "test")
    page = visit().open("import_list")
    page.at.file_uploader[0].upload("list.csv", LIST.encode(), "text/csv").run()
    page.settle().click("Match the columns").click("Check the list")
    assert page.errors == []
    problems = next(each.value for each in page.at.dataframe if "What to do" in each.value)
    assert list(problems["Column"]) == ["Versions", "Least share"]


@pytest.mark.usefixtures("impatient")
def test_mix_shows_projects_as_they_were_chosen(visit: Visitor, empty_store: Store) -> None:
    empty_store.create_cluster(harbor(), "test")
    page = visit().open("mix")
    assert page.errors == []
    assert "Fund 3 of 3 proposals for €118,000. Together they should return €132,000" in page.text
    assert "Not as proposed: *Crane* at 60\u00a0%; *Pier* starts 2028 H1." in page.text
    table = next(each.value for each in page.at.dataframe if "In the mix" in each.value)
    assert list(table[["Proposal", "How", "Asked for", "Worth"]].itertuples(index=False)) == [
        ("Pier", "starts 2028 H1", 60_000, 80_000),
        ("Crane", "at 60\u00a0%", 48_000, 42_000),
        ("Buoy", "", 10_000, 10_000),
    ]
    assert [str(day)[:10] for day in table["Starts"]] == ["2028-01-01", "2027-01-01", "2027-01-01"]
    money = next(each.value for each in page.at.dataframe if "Together" in each.value)
    assert list(money.itertuples(index=False)) == [
        ("2027 H1", 58_000, 58_000),
        ("2027 H2", 0, 0),
        ("2028 H1", 60_000, 60_000),
        ("2028 H2", 0, 0),
        ("In all", 118_000, 118_000),
    ]
    assert "1 project of 3 starts later than it proposed" in page.text


@pytest.mark.usefixtures("impatient")
def test_a_decision_keeps_and_compares_what_was_chosen(visit: Visitor, empty_store: Store) -> None:
    empty_store.create_cluster(harbor(), "test")
    for title, money in (("First", (58, 20, 60, 0)), ("Second", (58, 20, 0, 0))):
        pool = empty_store.pool("harbor")
        scenario = harbor(money).scenario
        mix = optimizer.optimize(pool, scenario)
        empty_store.save_decision("harbor", title, "Board", "Why", scenario, mix)
    page = visit().open("decisions", record="2", compare="1")
    assert page.errors == []
    assert (
        "From First to Second, the proposals stay, but 1 of them otherwise than before."
        in page.text
    )
    assert (
        "Pier**: now in its smaller version “Pilot only”, starts 2027 H2 instead of 2028 H1"
    ) in page.text
    decided = next(each.value for each in page.at.dataframe if "Gets" in each.value)
    assert list(decided[["Proposal", "How", "Gets"]].itertuples(index=False)) == [
        ("Crane", "at 60\u00a0%", 48_000),
        ("Pier", "in its smaller version “Pilot only”", 20_000),
        ("Buoy", "", 10_000),
    ]


def test_budgets_tell_who_changes_version_or_start(visit: Visitor, empty_store: Store) -> None:
    empty_store.create_cluster(harbor(), "test")
    # A fifth of 138,000 is cut, in each half-year: the pier can only be had as its pilot.
    page = visit().open("budgets", setting=["region:110400"])
    assert page.errors == []
    assert "Stays, but otherwise" in [header.value for header in page.at.header]
    assert "Pier** · now in its smaller version “Pilot only”" in page.text
    steps = next(each.value for each in page.at.dataframe if "More money" in each.value)
    assert any("Pier: now as proposed" in words for words in steps["Changes"])
