"""The one description of every field, read from fields.csv, and the field guide made from it."""

from __future__ import annotations

import csv
import sys
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Literal

Of = Literal["project", "organization"]

_HEAD = """# Fields

What a list of projects can say, field by field. Made from `data/fields.csv` and `data/choices.csv`
by `python -m data.fields`; the same two tables drive import, template and checks.

A cell that is empty means that the value is not known: nothing is read as zero. Columns are matched
to fields by the labels below and by the other names that each field goes by in several languages;
the match can be changed before anything is taken in.
"""
_TITLES: dict[Of, str] = {
    "project": "Projects: one row each",
    "organization": "Organizations: one row each",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the values that a field may take, and the other words for it."""

    value: str
    aliases: tuple[str, ...]
    meaning: str


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field: a row of fields.csv. `choices` are its values where it has a fixed set."""

    name: str
    label: str
    type: str
    unit: str
    required: str
    default: str
    aliases: tuple[str, ...]
    meaning: str
    choices: tuple[Choice, ...] = ()


@cache
def fields_of(of: Of) -> dict[str, FieldSpec]:
    """The fields of a project or an organization by name, in the order of the table."""
    return {row["name"]: _spec(row) for row in _rows("fields.csv") if row["of"] == of}


def _spec(row: dict[str, str]) -> FieldSpec:
    choices = tuple(
        Choice(choice["value"], _split(choice["aliases"]), choice["meaning"])
        for choice in _rows("choices.csv")
        if (choice["of"], choice["field"]) == (row["of"], row["name"])
    )
    told = {key: row[key] for key in ("name", "label", "type", "unit", "required", "default")}
    return FieldSpec(
        **told, aliases=_split(row["aliases"]), meaning=row["meaning"], choices=choices
    )


@cache
def _rows(name: str) -> tuple[dict[str, str], ...]:
    text = (resources.files("data") / name).read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


def _split(aliases: str) -> tuple[str, ...]:
    return tuple(alias for alias in aliases.split("|") if alias)


def field_guide() -> str:
    """All fields as a page of Markdown: docs/fields.md."""
    parts = [_HEAD]
    for of, title in _TITLES.items():
        parts.append(f"## {title}\n")
        parts.append("| Field | Column | What it holds | Needed | When empty | Meaning |")
        parts.append("|---|---|---|---|---|---|")
        parts.extend(_row(spec) for spec in fields_of(of).values())
        parts.append("")
        for spec in fields_of(of).values():
            if spec.choices:
                parts.append(f"### {spec.label}\n")
                parts.extend(f"- **{c.value}**: {c.meaning}" for c in spec.choices)
                parts.append("")
    return "\n".join(parts).rstrip() + "\n"


def _row(spec: FieldSpec) -> str:
    holds = f"{spec.type} ({spec.unit})" if spec.unit else spec.type
    empty = spec.default or ("refused" if spec.required == "yes" else "not known")
    cells = (f"`{spec.name}`", spec.label, holds, spec.required, empty, spec.meaning)
    return f"| {' | '.join(cells)} |"


def main() -> None:
    """Write docs/fields.md beside the package, or to the path given."""
    default = Path(__file__).resolve().parent.parent / "docs" / "fields.md"
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else default
    target.write_text(field_guide(), encoding="utf-8")


if __name__ == "__main__":
    main()
