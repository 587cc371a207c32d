"""Projects to edit, and what an import would change of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from dashboard.services.cell_columns import COLUMNS, lead_words
from dashboard.services.project_cells import cells
from dashboard.services.project_edits import Edit
from dashboard.services.project_list import lacks
from data.importer import Change, OrganizationChange
from portfolio.organization import Organization
from portfolio.pool import Pool
from portfolio.project import Project


def editable(pool: Pool, ids: Sequence[str], edits: Sequence[Edit]) -> pd.DataFrame:
    """Projects to edit, with edits that are not saved yet laid over the stored cells."""
    over = {(edit.project, edit.column): edit.new for edit in edits}
    projects = [pool.project(project_id) for project_id in ids]
    leads = lead_words(pool)
    rows = [
        {
            name: over.get((project.id, name), cell)
            for name, cell in cells(pool, project, leads).items()
        }
        for project in projects
    ]
    columns: dict[str, object] = {}
    for column in COLUMNS:
        columns[column.label] = _editable([row[column.name] for row in rows], column.kind)
        if column.name == "name":
            columns["Sheet"] = ["Open"] * len(ids)
    columns["Lacks"] = [", ".join(lacks(pool, project)) for project in projects]
    return pd.DataFrame(columns, index=list(ids))


def _editable(values: list[Any], kind: str) -> object:
    match kind:
        case "money" | "percent" | "share" | "whole" | "periods":
            return pd.array([_float(value) for value in values], dtype="Float64")
        case "day":
            return pd.to_datetime(pd.Series(values, dtype="object"), errors="coerce").to_numpy()
        case "flag":
            return [value is True for value in values]
        case _:
            return pd.array([value if value else None for value in values], dtype="string")


def _float(value: Any) -> float | None:
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return float(value) if number else None


def named(of: Sequence[Project | Organization], what: str = "Project") -> pd.DataFrame:
    """Projects or organizations by name and id; `what` heads the names."""
    return pd.DataFrame({what: [each.name for each in of], "Id": [each.id for each in of]})


def changed(entries: Sequence[Change | OrganizationChange], what: str = "Project") -> pd.DataFrame:
    """What an import would change, one attribute a row; `what` heads the names."""
    found = [(entry.after.name, field) for entry in entries for field in entry.fields]
    return pd.DataFrame(
        {
            what: [name for name, _ in found],
            "What": [field.field.replace("_", " ") for _, field in found],
            "Stored": [field.old for _, field in found],
            "In the list": [field.new for _, field in found],
        }
    )
