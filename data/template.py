"""The workbook to fill in: projects and organizations with drop-downs, and a guide to every field."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from data.fields import FieldSpec, Of, fields_of
from data.flat import Flat, flat_organization, flat_project
from data.organization_sheet import SHEET as ORGANIZATIONS
from portfolio.pool import Pool
from portfolio.project import Project

PROJECTS = "Projects"
GUIDE = "Field guide"

_ROWS = 2_000
_WIDTHS = {"summary": 50, "name": 36, "lead": 28, "partners": 36, "lesson": 40}
# Text is text, whatever it begins with: nothing in a list may become a formula or a link.
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def workbook(pool: Pool | None = None, projects: tuple[Project, ...] = ()) -> bytes:
    """The template as xlsx, with these projects and the pool's organizations filled in.

    Its headers are the fields' labels, so that it reads back without any matching by hand.
    """
    content = BytesIO()
    with xlsxwriter.Workbook(content, _OPTIONS) as book:
        book.set_properties({"title": "Projects of the cluster", "created": date(2026, 1, 1)})
        look = _look(book)
        currency = pool.cluster.currency if pool else ""
        rows = [flat_project(project, pool) for project in projects] if pool else []
        _fill(book.add_worksheet(PROJECTS), "project", rows, look, currency)
        members = [flat_organization(o) for o in pool.organizations] if pool else []
        _fill(book.add_worksheet(ORGANIZATIONS), "organization", members, look)
        _guide(book.add_worksheet(GUIDE), look)
    return content.getvalue()


def _look(book: xlsxwriter.Workbook) -> dict[str, Format]:
    head = {"bold": True, "bg_color": "#E6EFF1", "border": 1, "border_color": "#D9D4CA"}
    return {
        "head": book.add_format({**head, "text_wrap": True, "valign": "top"}),
        "needed": book.add_format(
            {
                **head,
                "bg_color": "#0F5468",
                "font_color": "#FFFFFF",
                "text_wrap": True,
                "valign": "top",
            }
        ),
        "date": book.add_format({"num_format": "yyyy-mm-dd"}),
        "money": book.add_format({"num_format": "#,##0.##"}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
    }


def headed(spec: FieldSpec, currency: str) -> str:
    """A field's label as a header; amounts of money name their currency."""
    return f"{spec.label} ({currency})" if spec.unit == "currency" and currency else spec.label


def _fill(
    sheet: Worksheet,
    of: Of,
    rows: list[dict[str, Flat]],
    look: dict[str, Format],
    currency: str = "",
) -> None:
    last = max(_ROWS, len(rows))
    sheet.freeze_panes(1, 2)
    for column, spec in enumerate(fields_of(of).values()):
        needed = spec.required != "no"
        sheet.write_string(0, column, headed(spec, currency), look["needed" if needed else "head"])
        sheet.write_comment(0, column, _hint(spec), {"x_scale": 2, "y_scale": 1.2})
        sheet.set_column(column, column, _WIDTHS.get(spec.name, 16), _format(spec, look))
        check = _check(spec)
        if check:
            sheet.data_validation(1, column, last, column, check)
        for row, cells in enumerate(rows, start=1):
            _write(sheet, row, column, cells[spec.name], look)


def _write(sheet: Worksheet, row: int, column: int, value: Flat, look: dict[str, Format]) -> None:
    match value:
        case None:
            pass
        case bool():
            sheet.write_string(row, column, "yes" if value else "no")
        case Decimal():
            sheet.write_number(row, column, float(value), look["money"])
        case int() | float():
            sheet.write_number(row, column, value)
        case date():
            sheet.write_datetime(row, column, value, look["date"])
        case _:
            sheet.write_string(row, column, value[:32_767])


def _format(spec: FieldSpec, look: dict[str, Format]) -> Format | None:
    if spec.type == "date":
        return look["date"]
    return look["money"] if spec.type == "money" else None


def _hint(spec: FieldSpec) -> str:
    parts = [spec.meaning]
    if spec.unit:
        parts.append(f"Unit: {spec.unit}.")
    if spec.default:
        parts.append(f"When empty: {spec.default}.")
    return " ".join(parts)


def _check(spec: FieldSpec) -> dict[str, Any] | None:
    """What a spreadsheet lets a person write in a column, with the words it refuses with."""
    match spec.type:
        case "choice":
            values = [choice.value for choice in spec.choices]
            return {"validate": "list", "source": values, **_refusal("Choose one from the list.")}
        case "yes or no":
            return {"validate": "list", "source": ["yes", "no"], **_refusal("Choose yes or no.")}
        case "date":
            span = {
                "criteria": "between",
                "minimum": date(1900, 1, 1),
                "maximum": date(2200, 12, 31),
            }
            return {"validate": "date", **span, **_refusal("Write a day, as 2027-04-01.")}
        case "chance":
            span = {"criteria": "between", "minimum": 0, "maximum": 1}
            return {"validate": "decimal", **span, **_refusal("Write a number from 0 to 1.")}
        case "money" | "number":
            span = {"criteria": "between", "minimum": -1e13, "maximum": 1e13}
            return {"validate": "decimal", **span, **_refusal("Write digits alone, as 12000.")}
        case "whole number":
            span = {"criteria": "between", "minimum": 0, "maximum": 1200}
            return {"validate": "integer", **span, **_refusal("Write a whole number, as 12.")}
        case _:
            return None


def _refusal(words: str) -> dict[str, str]:
    return {"error_title": "Not understood", "error_message": words}


def _guide(sheet: Worksheet, look: dict[str, Format]) -> None:
    heads = ("Sheet", "Column", "What it holds", "Needed", "When empty", "Choices", "Meaning")
    for column, (head, width) in enumerate(zip(heads, (14, 26, 22, 14, 22, 36, 90), strict=True)):
        sheet.write_string(0, column, head, look["head"])
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 0)
    row = 1
    tables: tuple[tuple[str, Of], ...] = ((PROJECTS, "project"), (ORGANIZATIONS, "organization"))
    for title, of in tables:
        for spec in fields_of(of).values():
            holds = f"{spec.type} ({spec.unit})" if spec.unit else spec.type
            choices = ", ".join(choice.value for choice in spec.choices)
            empty = spec.default or ("refused" if spec.required == "yes" else "not known")
            cells = (title, spec.label, holds, spec.required, empty, choices, spec.meaning)
            for column, cell in enumerate(cells):
                sheet.write_string(row, column, cell, look["wrap"])
            row += 1
