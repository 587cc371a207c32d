"""The door for lists of projects: from a file's bytes to projects, a plan, or a pool of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from data.fields import fields_of
from data.mapping import Mapping, Profile
from data.organization_sheet import organizations_in
from data.pabulib import is_pabulib, read_pabulib
from data.plan import Change, FieldChange, ImportPlan, OrganizationChange, compare
from data.profile import matching_profile, shipped_profile
from data.read_table import MOST_BYTES, opened, read_table, table_of
from data.suggest import suggest_mapping
from data.table import Question, Table, TableGuess
from data.take_in import ImportResult, apply
from data.text import cleaned, quoted, slug
from portfolio.cluster import Cluster
from portfolio.errors import InputError, Problem
from portfolio.pool import Pool
from portfolio.scenario import Objective, Scenario
from portfolio.units import Calendar
from portfolio.wording import listed

MOST_TOLD = 8
"""Columns that a note names."""

__all__ = [
    "Change",
    "FieldChange",
    "ImportPlan",
    "ImportResult",
    "Mapping",
    "OrganizationChange",
    "Profile",
    "Question",
    "Table",
    "TableGuess",
    "apply",
    "compare",
    "load_pool",
    "organizations_in",
    "pool_of",
    "read_file",
    "read_result",
    "read_table",
    "suggest_mapping",
]


def read_file(path: Path) -> bytes:
    """The bytes of a file on this machine. Raises InputError when there is none, or it is too large."""
    try:
        if not path.is_file():
            raise InputError((Problem("file", str(path), "There is no such file."),))
        if path.stat().st_size > MOST_BYTES:
            remedy = f"This file is {path.stat().st_size / 1e6:,.0f} MB; the most is {MOST_BYTES / 1e6:,.0f}."
            raise InputError((Problem("file", str(path), remedy),))
        return path.read_bytes()
    except (OSError, ValueError):
        raise InputError((Problem("file", str(path), "This file cannot be read."),)) from None


def read_result(
    content: bytes,
    filename: str,
    profile: Profile | str | None = None,
    guesses: TableGuess | None = None,
) -> ImportResult:
    """A file as projects in one go: by a profile, else by one that fits it, else by suggestion.

    `profile` is a profile or the name of a shipped one. A Pabulib file needs none. Raises InputError
    for a file that holds no list, NotFoundError for a profile that does not exist.
    """
    if is_pabulib(content):
        return read_pabulib(content)
    chosen = shipped_profile(profile) if isinstance(profile, str) else profile
    told = guesses or (chosen.guess if chosen else None)
    source = opened(content)
    table = table_of(source, filename, told)
    if chosen is None:
        chosen = matching_profile(table)
        if chosen is not None and guesses is None:
            table = table_of(source, filename, chosen.guess)
    organizations, problems = organizations_in(source)
    mapping = suggest_mapping(table) if chosen is None else chosen.mapping
    result = apply(table, mapping, organizations=organizations)
    notes = (
        (*_guessed(table, mapping), *result.notes)
        if chosen is None
        else (f"Read by the profile {chosen.name}.", *result.notes)
    )
    return replace(result, notes=notes, unread=(*result.unread, *problems))


def load_pool(
    source: Path | bytes, name: str = "", profile: Profile | str | None = None
) -> tuple[Pool, tuple[Problem, ...]]:
    """A file as a pool that stands for itself, and every problem met in reading it.

    `source` is a path on this machine, or the bytes of a file called `name`. `read_result` and
    `pool_of` do the same in two steps, and tell what was assumed.
    """
    content = read_file(source) if isinstance(source, Path) else source
    filename = name or (source.name if isinstance(source, Path) else "")
    result = read_result(content, filename, profile)
    return pool_of(result, filename), result.problems


def pool_of(result: ImportResult, filename: str) -> Pool:
    """The projects of a file as a cluster of their own, with a calendar of one period over all of them.

    The question is the file's own where it asks one (.pb); else the most benefit where projects
    have one, the most payoff where they do not.
    """
    stem = cleaned(Path(filename).stem) or "list"
    aim: Objective = Objective(
        aim="benefit" if any(p.benefit is not None for p in result.projects) else "payoff"
    )
    cluster = Cluster(
        id=slug(stem), name=stem, currency=result.currency, calendar=_one_period(result)
    )
    return Pool(
        cluster=cluster,
        projects=result.projects,
        organizations=result.organizations,
        scenario=result.scenario or Scenario(name=stem, objective=aim),
    )


def _one_period(result: ImportResult) -> Calendar:
    starts = [project.start for project in result.projects if project.start]
    ends = [project.end for project in result.projects if project.end]
    first = min((*starts, *ends), default=date(2000, 1, 1)).replace(month=1, day=1)
    last = max((*starts, *ends), default=first)
    return Calendar(first, 12 * (last.year - first.year + 1), 1)


def _guessed(table: Table, mapping: Mapping) -> Iterator[str]:
    """Which columns were matched under another name than their field's, and which were left out."""
    labels = {name: spec.label for name, spec in fields_of("project").items()}
    used = {header for entry in mapping.fields for header in entry.headers}
    renamed = [
        f"“{quoted(header, 40)}” as {labels.get(entry.field, entry.field)}"
        for entry in mapping.fields
        for header in entry.headers
        if slug(header) not in (slug(entry.field), slug(labels.get(entry.field, "")))
    ]
    if renamed:
        yield f"Columns matched by guess: {listed(renamed, most=MOST_TOLD)}."
    left = [f"“{quoted(header, 40)}”" for header in table.header if header not in used]
    if left:
        yield f"Columns left out, as no field fits: {listed(left, most=MOST_TOLD)}."
