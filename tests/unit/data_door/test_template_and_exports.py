"""Out of the house and in again: the template, CSV and Excel, and nothing that a spreadsheet runs."""

import csv
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

import openpyxl
import pytest

from data.export import export_csv, export_xlsx
from data.fields import fields_of
from data.importer import FieldChange, compare, read_result
from data.template import workbook
from portfolio.cluster import Cluster
from portfolio.organization import HelixRole, Organization, SizeClass
from portfolio.pool import Pool
from portfolio.project import (
    CashYear,
    Milestone,
    Outcome,
    Partner,
    Project,
    ProjectStatus,
    Report,
    ResourceNeed,
    Scope,
    ThreePoint,
)
from portfolio.units import Calendar

ORGANIZATIONS = (
    Organization("fjord", "Fjord, “Sea” & Sons", HelixRole.BUSINESS, SizeClass.LARGE, group="Sea"),
    Organization("uni", "Universität Kiel", HelixRole.ACADEMIA, SizeClass.NOT_A_FIRM, country="DE"),
    Organization("alone", "Nobody's", HelixRole.FINANCE, on_board=True, newcomer=True),
)
FULL = Project(
    id="p-1",
    name="Ice radar; phase 2",
    cost=123_456_789,
    grant=61_728_395,
    summary="Sees ice,\nand “more”.",
    status=ProjectStatus.RUNNING,
    lead="fjord",
    leader="Ida",
    partners=(Partner("uni"), Partner("alone", active=False)),
    theme="Sea",
    scope=Scope.CLUSTER_WIDE,
    region="North",
    international=True,
    newcomer=True,
    payoff=ThreePoint(-100, 200, 333),
    launch_cost=10,
    p_technical=0.1,
    p_commercial=1.0,
    cash=(CashYear(0, -5_050), CashYear(1, 10_000, 0.6)),
    benefit=1234.5,
    months_to_payoff=18,
    start=date(2027, 1, 1),
    end=date(2028, 2, 29),
    spend=(100, 100, 250),
    resources=(ResourceNeed("staff days", Decimal("12.5")),),
    sources=("region", "fund"),
    rating="Green",
    milestones=(Milestone("Gate", date(2027, 6, 1)),),
    reports=(
        Report(date(2026, 5, 1), 0.1, 100),
        Report(date(2026, 11, 1), 0.35, 700, date(2028, 3, 31), "Green", "Late"),
    ),
)
CLOSED = Project(
    id="p-2",
    name="Old one",
    cost=100,
    grant=100,
    status=ProjectStatus.CLOSED,
    closed_on=date(2025, 1, 1),
    outcome=Outcome(0, 120, False, "Too late", "Ask first"),
)
UNKNOWN = Project(id="p-3", name="No cost yet", cost_known=False)
LIVE = Project(
    id="@4", name="=1+1", cost=5, grant=5, theme="-cmd", summary="'+already", rating="\u200b+x"
)
POOL = Pool(
    Cluster("sea", "Sea", "EUR", Calendar(date(2027, 1, 1), 6, 8)),
    (FULL, CLOSED, UNKNOWN, LIVE),
    ORGANIZATIONS,
)


@pytest.mark.parametrize("export", [export_csv, export_xlsx])
def test_an_export_reads_back_without_any_change(export: Any) -> None:
    result = read_result(export(POOL), "out")
    assert (result.refused, result.currency) == ((), "EUR")
    assert [problem.field for problem in result.unread] == ["Cost"]
    plan = compare(POOL, result)
    assert plan.changed == ()
    assert (plan.new, plan.gone) == ((), ())
    assert {project.id for project in plan.unchanged} == {"p-1", "p-2", "p-3", "@4"}
    assert plan.organizations == ()


def test_a_workbook_brings_its_organizations_along() -> None:
    result = read_result(export_xlsx(POOL), "out.xlsx")
    assert result.organizations == tuple(sorted(ORGANIZATIONS, key=lambda o: o.id))
    grown = replace(ORGANIZATIONS[0], size=SizeClass.MID)
    older = replace(POOL, organizations=(grown, *ORGANIZATIONS[1:]))
    (change,) = compare(older, result).organizations
    assert (change.before, change.after) == (grown, ORGANIZATIONS[0])
    assert change.fields == (FieldChange("size", "mid", "large"),)


def test_a_csv_holds_no_cell_that_a_spreadsheet_would_run() -> None:
    rows = list(csv.reader(StringIO(export_csv(POOL).decode("utf-8-sig"), newline="")))
    texts = [cell for row in rows for cell in row]
    assert "'=1+1" in texts
    assert "''+already" in texts
    live = [t for t in texts if t[:1] in ("=", "+", "-", "@", "\t", "\r")]
    assert [text for text in live if not text.lstrip("-").replace(".", "").isdigit()] == []


def test_a_workbook_holds_no_formula_and_no_link() -> None:
    pool = replace(POOL, projects=(replace(LIVE, summary="https://example.org"),))
    sheet = openpyxl.load_workbook(BytesIO(export_xlsx(pool)))["Projects"]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert not any(cell.hyperlink for cell in cells)
    assert "=1+1" in [cell.value for cell in cells]


def test_only_some_projects_can_be_exported() -> None:
    assert [p.id for p in read_result(export_csv(POOL, (CLOSED,)), "x").projects] == ["p-2"]


def test_the_template_has_a_column_a_field_with_drop_downs_and_a_guide() -> None:
    book = openpyxl.load_workbook(BytesIO(workbook()))
    assert book.sheetnames == ["Projects", "Organizations", "Field guide"]
    for title, specs in (
        ("Projects", fields_of("project")),
        ("Organizations", fields_of("organization")),
    ):
        sheet = book[title]
        heads = [cell.value for cell in next(sheet.iter_rows(max_row=1))]
        assert heads == [spec.label for spec in specs.values()]
        lists = {
            str(check.sqref).split(":")[0]: check.formula1
            for check in sheet.data_validations.dataValidation
            if check.type == "list"
        }
        wanted = {
            f"{openpyxl.utils.get_column_letter(k)}2": [choice.value for choice in spec.choices]
            for k, spec in enumerate(specs.values(), start=1)
            if spec.choices
        }
        assert {at: lists[at].strip('"').split(",") for at in wanted} == wanted
    guide = book["Field guide"]
    assert guide.max_row == 1 + len(fields_of("project")) + len(fields_of("organization"))


def test_what_a_person_fills_into_the_template_is_taken_in() -> None:
    book = openpyxl.load_workbook(BytesIO(workbook()))
    sheet = book["Projects"]
    places = {spec.label: k for k, spec in enumerate(fields_of("project").values(), start=1)}
    filled = {
        "Name": "Port",
        "Status": "running",
        "Lead organization": "Hafen AG",
        "International": "yes",
        "Cost": 1234.5,
        "Chance of technical success": 0.6,
        "Start": date(2027, 4, 1),
    }
    for label, value in filled.items():
        sheet.cell(row=2, column=places[label], value=value)
    book["Organizations"].append(["", "Hafen AG", "public"])
    saved = BytesIO()
    book.save(saved)
    result = read_result(saved.getvalue(), "filled.xlsx")
    assert result.problems == ()
    (project,) = result.projects
    assert (project.id, project.status, project.cost, project.p_technical, project.start) == (
        "port",
        ProjectStatus.RUNNING,
        123_450,
        0.6,
        date(2027, 4, 1),
    )
    (organization,) = result.organizations
    assert (organization.name, organization.role) == ("Hafen AG", HelixRole.PUBLIC)


def test_faults_on_the_sheet_of_organizations_are_told() -> None:
    book = openpyxl.load_workbook(BytesIO(export_xlsx(POOL)))
    sheet = book["Organizations"]
    sheet.append(["", "", "public"])
    sheet.append(["", "Universität KIEL", "public"])
    sheet.append(["", "New", "wizard"])
    saved = BytesIO()
    book.save(saved)
    problems = [
        p for p in read_result(saved.getvalue(), "x.xlsx").unread if p.field.startswith("Org")
    ]
    assert [(p.field, p.value, p.row) for p in problems] == [
        ("Organizations, Name", "", 5),
        ("Organizations, Name", "Universität KIEL", 6),
        ("Organizations, Role", "wizard", 7),
    ]
