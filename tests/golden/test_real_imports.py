"""Real lists through the door. Every expected count comes from a plain count of the raw file."""

import csv
import re
from collections.abc import Callable
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from pabutools.election import (  # type: ignore[import-untyped]
    Additive_Cardinal_Sat,
    Cardinality_Sat,
    parse_pabulib,
)

from data.importer import ImportResult, compare, pool_of, read_result, read_table
from portfolio.funding.rules import TotalBudget

UK = {
    2014: "cp1252",
    2016: "cp1252",
    2018: "cp1252",
    2020: "latin-1",
    2021: "cp1252",
    2022: "cp1252",
    2023: "cp1252",
}
TURNED = (2014, 2016)


def raw(path: Path, encoding: str, separator: str, turned: bool = False) -> list[list[str]]:
    """The records under the header, read as plainly as can be; columns that are wholly blank go."""
    text = StringIO(path.read_bytes().decode(encoding), newline="")
    rows = list(csv.reader(text, delimiter=separator))
    if turned:
        width = max(map(len, rows))
        rows = [
            list(r) for r in zip(*([*row, *[""] * (width - len(row))] for row in rows), strict=True)
        ]
    return [row for row in rows if any(cell.strip() for cell in row)]


def uk(folder: Path, year: int) -> tuple[ImportResult, list[list[str]]]:
    path = folder / "real" / "uk_gmpp" / f"uk_{year}.csv"
    separator = ";" if year >= 2021 else ","
    return read_result(path.read_bytes(), path.name, "uk-gmpp"), raw(
        path, UK[year], separator, year in TURNED
    )


def column(rows: list[list[str]], test: Callable[[str], bool]) -> list[str]:
    place = next(k for k, head in enumerate(rows[0]) if test(head))
    return [row[place].strip() for row in rows[1:]]


def is_amount(cell: str) -> bool:
    return re.fullmatch(r"£?-?[\d,]+(\.\d+)?", cell) is not None


@pytest.mark.parametrize("year", UK)
def test_every_year_of_the_uk_portfolio_is_taken_in_with_each_unreadable_cost_named(
    real_data: Path, year: int
) -> None:
    result, rows = uk(real_data, year)
    costs = column(
        rows, lambda head: head.startswith(("wlc_baseline", "Total budgeted whole life"))
    )
    assert result.refused == ()
    assert len(result.projects) == result.rows == len(rows) - 1
    assert result.ready == sum(map(is_amount, costs))
    named = [problem for problem in result.unread if problem.field.startswith("Cost")]
    assert len(named) == sum(not is_amount(cost) for cost in costs)
    read = sum(project.cost for project in result.projects)
    # Amounts are in £m; a hundred million pennies each.
    assert read == round(
        sum(float(c.strip("£").replace(",", "")) * 1e8 for c in costs if is_amount(c))
    )


def test_the_list_of_2023_is_taken_in_as_promised(real_data: Path) -> None:
    result, rows = uk(real_data, 2023)
    assert len(rows) - 1 == 244
    assert len(result.projects) >= 230
    polls = next(p for p in result.projects if p.id == "CO_0024_2021-Q2")
    assert (polls.name, polls.cost, polls.rating, polls.p_technical) == (
        "Civil Service Pensions 2015 Remedy",
        3_400_000_000,
        "Amber",
        0.6,
    )
    assert (polls.start, polls.end) == (date(2020, 5, 20), date(2024, 9, 30))
    assert any("Green 90 %" in note for note in result.notes)


@pytest.mark.parametrize("year", [2022, 2023])
def test_of_two_rating_columns_the_filled_one_counts(real_data: Path, year: int) -> None:
    result, rows = uk(real_data, year)
    places = [k for k, head in enumerate(rows[0]) if head == "colour_rating"]
    first = [next((row[k].strip() for k in places if row[k].strip()), "") for row in rows[1:]]
    colors = {"green", "amber/green", "amber", "amber/red", "red"}
    wanted = [cell if cell.lower() in colors else "" for cell in first]
    assert [project.rating.lower() for project in result.projects] == [c.lower() for c in wanted]


def test_ids_link_the_lists_of_two_years(real_data: Path) -> None:
    older, newer = uk(real_data, 2022)[0], uk(real_data, 2023)[0]
    plan = compare(pool_of(older, "uk_2022.csv"), newer)
    both = {p.id for p in older.projects} & {p.id for p in newer.projects}
    assert len(both) == 206
    assert len(plan.changed) + len(plan.unchanged) == 206
    assert len(plan.new) == 244 - 206
    assert len(plan.gone) == len(older.projects) - 206


def test_the_same_list_twice_changes_nothing(real_data: Path) -> None:
    for year in UK:
        result = uk(real_data, year)[0]
        plan = compare(pool_of(result, "uk.csv"), result)
        assert (plan.new, plan.changed, plan.gone, plan.organizations) == ((), (), (), ())


def test_the_england_list_is_taken_in(real_data: Path) -> None:
    path = real_data / "real" / "uk_erdf" / "England_ESIF_2014-2020_Oct_2016.csv"
    result = read_result(path.read_bytes(), path.name, "uk-erdf")
    rows = raw(path, "utf-8-sig", ",")
    assert len(result.projects) == len(rows) - 1 == 394
    costs = column(rows, lambda head: head.startswith("Total project costs"))
    grants = column(rows, lambda head: head.startswith("ERDF/ESF investment"))
    cents = [round(float(cost.replace(",", ".")) * 100) for cost in costs]
    asked = [round(float(grant.replace(",", ".")) * 100) for grant in grants]
    above = sum(grant > cost for grant, cost in zip(asked, cents, strict=True))
    assert result.ready == 394 - above
    assert [p.cost for p in result.projects] == cents
    days = {(p.row, p.field): p.value for p in result.unread if p.field in ("Start", "End")}
    assert {"31/04/2014", "31-Nov-18"} <= set(days.values())
    clinic = result.projects[0]
    assert (clinic.start, clinic.end) == (date(2015, 11, 1), date(2018, 12, 31))


def test_the_denmark_list_is_taken_in_with_its_partners(real_data: Path) -> None:
    path = real_data / "real" / "dk_erdf" / "DK_ERDF_ESF_2007-2013.csv"
    result = read_result(path.read_bytes(), path.name, "dk-erdf")
    rows = raw(path, "utf-8-sig", ",")
    assert len(result.projects) == result.ready == len(rows) - 1 == 598
    budgets = column(rows, lambda head: head == "budget")
    assert [p.cost for p in result.projects] == [
        round(float(b.replace(",", ".")) * 100) for b in budgets
    ]
    leads = column(rows, lambda head: head == "navn")
    partners = column(rows, lambda head: head == "parter")
    others = [
        cell
        for cell, lead in zip(partners, leads, strict=True)
        if {name.strip(" .,") for name in cell.split(". ")} - {lead.strip(" .,"), ""}
    ]
    assert sum(1 for project in result.projects if project.partners) == len(others)
    names = {o.id: o.name for o in result.organizations}
    retail = next(p for p in result.projects if p.name.startswith("Fremtidens iværksætter"))
    assert [names[p.organization] for p in retail.partners] == ["Erhverv Silkeborg"]
    assert result.unread == result.refused == ()


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("FI_projektilista_2014-2020.tekes_councils.csv", {"running"}),
        ("projektilista-2007-2013.east_south_national.csv", {"closed"}),
    ],
)
def test_the_finland_lists_are_taken_in(real_data: Path, name: str, status: set[str]) -> None:
    path = real_data / "real" / "fi_erdf" / name
    result = read_result(path.read_bytes(), path.name, "fi-erdf")
    rows = raw(path, "utf-8-sig", ",")
    assert len(result.projects) == len(rows) - 1
    assert {str(project.status) for project in result.projects} == status
    assert result.ready >= 0.97 * len(result.projects)


@pytest.mark.parametrize(
    ("folder", "name", "profile"),
    [
        ("uk_gmpp", "uk_2014.csv", "uk-gmpp"),
        ("uk_gmpp", "uk_2018.csv", "uk-gmpp"),
        ("uk_gmpp", "uk_2023.csv", "uk-gmpp"),
        ("uk_erdf", "England_ESIF_2014-2020_Oct_2016.csv", "uk-erdf"),
        ("dk_erdf", "DK_ERDF_ESF_2007-2013.csv", "dk-erdf"),
        ("fi_erdf", "FI_projektilista_2014-2020.tekes_councils.csv", "fi-erdf"),
    ],
)
def test_a_list_finds_its_profile_by_itself(
    real_data: Path, folder: str, name: str, profile: str
) -> None:
    content = (real_data / "real" / folder / name).read_bytes()
    by_itself = read_result(content, name)
    assert by_itself == read_result(content, name, profile)
    assert by_itself.notes[0] == f"Read by the profile {profile}."


@pytest.mark.parametrize(
    ("path", "encoding", "separator", "orientation", "decimal"),
    [
        ("uk_gmpp/uk_2014.csv", "cp1252", ",", "columns", "."),
        ("uk_gmpp/uk_2016.csv", "cp1252", ",", "columns", "."),
        ("uk_gmpp/uk_2018.csv", "cp1252", ",", "rows", "."),
        ("uk_gmpp/uk_2020.csv", "latin-1", ",", "rows", "."),
        ("uk_gmpp/uk_2023.csv", "cp1252", ";", "rows", "."),
        ("uk_erdf/England_ESIF_2014-2020_Oct_2016.csv", "utf-8", ",", "rows", ","),
        ("dk_erdf/DK_ERDF_ESF_2007-2013.csv", "utf-8", ",", "rows", ","),
        ("fi_erdf/FI_projektilista_2014-2020.tekes_councils.csv", "utf-8", ",", "rows", "."),
        ("ca_it/data_2019.csv", "utf-8", ",", "rows", "."),
        ("nyc_capital/Capital_Projects.odd_pid.csv", "latin-1", ",", "rows", "."),
    ],
)
def test_guesses_how_each_file_is_written(
    real_data: Path, path: str, encoding: str, separator: str, orientation: str, decimal: str
) -> None:
    guess = read_table((real_data / "real" / path).read_bytes(), path).guess
    found = (guess.encoding, guess.separator, guess.orientation, guess.decimal, guess.header_row)
    assert found == (encoding, separator, orientation, decimal, 1)


def test_a_list_that_no_profile_knows_is_read_by_suggestion(real_data: Path) -> None:
    path = real_data / "real" / "ca_it" / "data_2019.csv"
    result = read_result(path.read_bytes(), path.name)
    rows = raw(path, "utf-8-sig", ",")
    budgets = column(rows, lambda head: head == "totalBudget")
    assert [p.cost for p in result.projects] == [round(float(b or 0) * 100) for b in budgets]
    assert result.ready == sum(1 for budget in budgets if budget)
    assert [p.id for p in result.projects] == column(rows, lambda head: head == "uniqueId")


def elections(folder: Path) -> list[Path]:
    return sorted((folder / "instances" / "pabulib").glob("*.pb"))


@pytest.mark.slow
def test_every_election_is_read_as_pabutools_reads_it(real_data: Path) -> None:
    files = elections(real_data)
    assert len(files) == 12
    for path in files:
        result = read_result(path.read_bytes(), path.name)
        instance, profile = parse_pabulib(str(path))
        approvals = instance.meta["vote_type"] in ("approval", "choose-1")
        measure = Cardinality_Sat if approvals else Additive_Cardinal_Sat
        satisfaction = profile.as_sat_profile(measure)
        wanted = {
            project.name: (
                round(float(project.cost) * 100),
                float(satisfaction.total_satisfaction_project(project)),
            )
            for project in instance
        }
        assert {p.id: (p.cost, p.benefit) for p in result.projects} == wanted, path.name
        assert result.problems == ()
        assert result.scenario is not None
        (rule,) = result.scenario.rules
        assert isinstance(rule, TotalBudget)
        assert rule.limit == round(float(instance.budget_limit) * 100)


def test_the_support_that_the_files_state_is_that_of_their_ballots(real_data: Path) -> None:
    for path in elections(real_data):
        projects = {p.id: p for p in read_result(path.read_bytes(), path.name).projects}
        lines = path.read_text("utf-8-sig").split("PROJECTS\n")[1].split("VOTES\n")[0]
        for row in csv.DictReader(StringIO(lines), delimiter=";"):
            stated = row.get("score") or row["votes"]
            assert projects[row["project_id"]].benefit == float(stated)
