"""The way of a list into the store: what is said of it, its bad rows, and a cluster of its own."""

import csv
import io
from dataclasses import replace
from datetime import date

from dashboard.services import bad_rows, importing, new_cluster
from data.importer import ImportPlan, Mapping, OrganizationChange, Table, TableGuess
from data.samples import demo_pools
from portfolio.organization import Organization
from portfolio.pool import Pool
from portfolio.project import Project
from portfolio.scenario import Scenario
from portfolio.units import Calendar

LIST = (
    b"Name;Cost;Start;Note\n"
    b"Alpha;100;2027-01-01;=1+1\n"
    b"Beta;twelve;2027-02-01;b\n"
    b";300;2027-03-01;c\n"
    b"Delta;400;2028-06-30;d\n"
)
TURNED = b"Name,Alpha,Beta,\nCost,100,twelve,300\nStart,2027-01-01,2027-02-01,2027-03-01\n"
HALM = demo_pools()[0]


def read(content: bytes, **told: str) -> tuple[Table, Mapping]:
    """A list as a table, with its suggested matching."""
    table = importing.read(content, "list.csv", TableGuess(**told))  # type: ignore[arg-type]
    return table, importing.matched(table, None)


def rows(content: bytes) -> list[list[str]]:
    """A CSV that was made, as rows."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_the_answer_tells_what_is_ready_what_needs_a_person_and_what_stays_unknown() -> None:
    table, mapping = read(LIST)
    found = importing.check(LIST, table, mapping, None)
    assert importing.headline(found.result) == "3 rows are ready, 1 needs you."
    assert importing.context(found.result) == (
        "1 cell could not be read and would stay unknown. 1 lacks a cost."
    )
    assert found.plan is None


def test_rows_with_problems_come_back_as_a_file_to_correct_in_which_nothing_runs() -> None:
    table, mapping = read(LIST)
    result = importing.check(LIST, table, mapping, None).result
    bad = bad_rows.numbers_of(table, result.problems)
    assert sorted(bad) == [3, 4]
    written = rows(bad_rows.to_correct(table, result.problems))
    assert written[0] == ["Row", "What to do", "Name", "Cost", "Start", "Note"]
    assert [row[0] for row in written[1:]] == ["3", "4"]
    assert written[1][2:4] == ["Beta", "twelve"]
    everything = bad_rows.to_correct(table, [replace(result.problems[0], row=2)])
    assert rows(everything)[1][-1] == "'=1+1"
    report = rows(bad_rows.report(result.problems))
    assert len(report) == len(result.problems) + 1


def test_no_sign_of_a_formula_however_it_is_written_runs_in_a_file_to_correct() -> None:
    live = ("\uff1d1+1", "\uff0bA", "=1+1", "@x", "-A")
    content = "Name;Cost\n" + "".join(f"{cell};x\n" for cell in live)
    table, mapping = read(content.encode())
    result = importing.check(content.encode(), table, mapping, None).result
    cells = [row[2] for row in rows(bad_rows.to_correct(table, result.problems))[1:]]
    assert cells == ["'\uff1d1+1", "'\uff0bA", "'=1+1", "'@x", "'-A"]


def test_without_its_bad_rows_a_list_has_no_problem_left() -> None:
    table, mapping = read(LIST)
    result = importing.check(LIST, table, mapping, None).result
    clean = bad_rows.without(table, bad_rows.numbers_of(table, result.problems))
    again = importing.check(LIST, clean, mapping, None).result
    assert [project.name for project in again.projects] == ["Alpha", "Delta"]
    assert again.problems == ()


def test_where_projects_are_columns_their_problems_are_found_too() -> None:
    table, mapping = read(TURNED, orientation="columns")
    result = importing.check(TURNED, table, mapping, None).result
    bad = bad_rows.numbers_of(table, result.problems)
    assert sorted(bad) == [3, 4]
    assert "Beta" in bad_rows.to_correct(table, result.problems).decode()


def test_a_second_import_says_what_it_adds_changes_and_leaves() -> None:
    table, mapping = read(LIST)
    result = importing.check(LIST, table, mapping, None).result
    alpha, *_ = result.projects
    pool = Pool(
        replace(HALM.cluster, currency=""),
        projects=(replace(alpha, cost=1, grant=1), Project("old", "Old", 1, 1)),
    )
    plan = importing.check(LIST, table, mapping, pool).plan
    assert plan is not None
    assert importing.plan_words(plan) == (
        "It adds 2 projects and changes 1. 1 stored project is not in the list and stays."
    )


def test_organizations_are_told_beside_projects_or_alone() -> None:
    new = OrganizationChange(None, Organization("new", "New"))
    changed = OrganizationChange(Organization("old", "Old"), Organization("old", "Old", sector="x"))
    told = {
        ImportPlan(): ("It changes nothing: all of it is stored already.", "", "0 projects"),
        ImportPlan(organizations=(changed,), unchanged=HALM.projects[:3]): (
            "It changes 1 organization, and leaves 3 projects as they are.",
            "1 changed organization",
            "1 organization",
        ),
        ImportPlan(new=HALM.projects[:2], organizations=(new, changed)): (
            "It adds 2 projects, adds 1 organization and changes 1 organization.",
            "2 new projects, 1 new organization and 1 changed organization",
            "2 projects",
        ),
    }
    for plan, (words, taken, label) in told.items():
        assert importing.plan_words(plan) == words
        assert importing.taken_words(plan) == taken
        assert importing.plan_label(plan) == f"Import the {label}"


def test_a_list_in_another_currency_cannot_go_into_the_cluster() -> None:
    table, mapping = read(LIST)
    found = importing.check(LIST, table, replace(mapping, currency="GBP"), HALM)
    assert found.plan is None
    assert "EUR" in found.obstacle


def test_a_new_cluster_gets_a_free_id_a_calendar_and_an_aim_that_its_figures_answer() -> None:
    table, mapping = read(LIST)
    result = importing.check(LIST, table, mapping, None).result
    pool, notes = new_cluster.cluster_from(result, "list.csv", "My list", "Half-years", {"my-list"})
    assert (pool.cluster.id, pool.cluster.name) == ("my-list-2", "My list")
    assert pool.cluster.calendar == Calendar(date(2027, 1, 1), 6, 4)
    assert pool.scenario.objective.aim == "score"
    assert len(notes) == 1
    whole, _ = new_cluster.cluster_from(result, "list.csv", "", "One for all", ())
    assert (whole.cluster.name, whole.cluster.calendar.count) == ("list", 1)


def test_a_question_of_the_list_itself_is_kept() -> None:
    table, mapping = read(LIST)
    result = importing.check(LIST, table, mapping, None).result
    asked = replace(result, scenario=Scenario(name="asked"))
    pool, notes = new_cluster.cluster_from(asked, "list.pb", "L", "One for all", ())
    assert (pool.scenario.name, notes) == ("asked", ())


def test_an_empty_cluster_begins_with_the_next_year() -> None:
    made = new_cluster.empty_cluster("Nord Ost", "EUR", date(2026, 11, 24), {"nord-ost"})
    assert (made.id, made.calendar.start) == ("nord-ost-2", date(2027, 1, 1))
