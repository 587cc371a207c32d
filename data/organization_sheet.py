"""Organizations described in a table of their own, as the template's second sheet has them."""

from __future__ import annotations

from typing import Any

from data.fields import FieldSpec, fields_of
from data.mapping import FieldMap
from data.parse_date import NotRead
from data.read_cell import read_cell, says_nothing
from data.read_excel import Workbook
from data.read_table import opened, table_of
from data.table import Table, TableGuess
from data.text import plain, quoted, slug
from portfolio.errors import InputError, Problem
from portfolio.organization import HelixRole, Organization, SizeClass

SHEET = "Organizations"


def organizations_in(
    source: bytes | Workbook,
) -> tuple[tuple[Organization, ...], tuple[Problem, ...]]:
    """The organizations on a workbook's sheet “Organizations”, with what could not be read there.

    Both are empty for any other file, and when the sheet holds no rows.
    """
    book = opened(source) if isinstance(source, bytes) else source
    if not isinstance(book, Workbook) or SHEET not in book.sheets:
        return (), ()
    told = TableGuess(sheet=SHEET, orientation="rows", header_row=1)
    try:
        table = table_of(book, "", told)
    except InputError:
        return (), ()
    return read_organizations(table)


def read_organizations(table: Table) -> tuple[tuple[Organization, ...], tuple[Problem, ...]]:
    """Each row of a table as an organization; a row without a name, or of a known one, is left out."""
    columns = _columns(table)
    found: dict[str, Organization] = {}
    names: set[str] = set()
    problems: list[Problem] = []
    for number, row in zip(table.numbers, table.rows, strict=True):
        values: dict[str, Any] = {}
        for spec, place in columns:
            if says_nothing(row[place]):
                continue
            value = read_cell(spec, FieldMap(spec.name), row[place], table.guess)
            if isinstance(value, NotRead):
                problems.append(_problem(spec.label, row[place], value.remedy, number))
            else:
                values[spec.name] = value
        name = values.get("name", "")
        key = values.get("id") or slug(name)
        if not name:
            problems.append(_problem("Name", "", "The name is missing. Write one.", number))
        elif key in found or slug(name) in names:
            problems.append(_problem("Name", name, "It stands here twice. Keep one row.", number))
        else:
            names.add(slug(name))
            found[key] = _organization(key, values)
    return tuple(found.values()), tuple(problems)


def _columns(table: Table) -> list[tuple[FieldSpec, int]]:
    places: dict[str, int] = {}
    for place, header in enumerate(table.header):
        places.setdefault(plain(header), place)
    found = []
    for spec in fields_of("organization").values():
        words = map(plain, (spec.label, spec.name, *spec.aliases))
        at = next((places[word] for word in words if word in places), None)
        if at is not None:
            found.append((spec, at))
    return found


def _organization(key: str, values: dict[str, Any]) -> Organization:
    told = {
        name: values[name]
        for name in ("name", "group", "sector", "region", "country", "newcomer", "on_board")
        if name in values
    }
    role = HelixRole(values.get("role", HelixRole.BUSINESS))
    size = SizeClass(values.get("size", SizeClass.SMALL))
    return Organization(id=key, role=role, size=size, **told)


def _problem(label: str, value: str, remedy: str, row: int) -> Problem:
    return Problem(f"{SHEET}, {label}", quoted(value), remedy, row)
