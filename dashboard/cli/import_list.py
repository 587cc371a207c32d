"""`clusterfolio import`: a list into the store, with a report before anything is written."""

from __future__ import annotations

import argparse
import getpass
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dashboard.cli.checks import Checks
from dashboard.cli.output import (
    Column,
    Output,
    bullets,
    heading,
    page,
    paragraph,
    problem_document,
    table,
)
from dashboard.services import importing, intake
from dashboard.services.intake import Intake
from dashboard.services.profiles import profile_named
from dashboard.services.store import is_there, open_store
from data.importer import Change, ImportResult, OrganizationChange, read_file, read_result
from data.store import Store
from portfolio.errors import InputError, Problem
from portfolio.organization import Organization
from portfolio.project import Project
from portfolio.wording import count, listed

MOST_SHOWN = 40
"""Changed projects, or organizations, that the text lists; JSON has them all."""
_KINDS = {"refused": "not taken in", "unread": "left empty", "doubt": "look at it"}


def run(args: argparse.Namespace, out: Output) -> int:
    """Report, then write what can be taken in, unless it is a dry run."""
    path = Path(args.file)
    result = _read(args, path)
    with _store(args) as store:
        found = intake.prepare(store, args.cluster or path.stem, result)
        _refuse(args, result)
        if not out.as_json:
            out.text(_report(path, result, found))
            out.flush()
        written = not args.dry_run and intake.write(store, found, _who())
        if out.as_json:
            out.answer(_document(result, found, written), "")
        else:
            out.text(paragraph(_closing(found, args.dry_run)))
    return 0


def _read(args: argparse.Namespace, path: Path) -> ImportResult:
    """The list; everything wrong with file and profile together."""
    checks = Checks(args)
    content = checks.tried(lambda: read_file(path))
    profile = checks.tried(lambda: profile_named(args.profile, args.store))
    return read_result(checks.sure(content), path.name, profile)


def _refuse(args: argparse.Namespace, result: ImportResult) -> None:
    """Stop where nothing could be taken in, or not all of what has to be."""
    if not result.projects:
        nothing = Problem("FILE", args.file, "No project could be read from it.")
        raise InputError((*result.problems, nothing))
    if args.strict and result.refused:
        raise InputError(result.problems)


@contextmanager
def _store(args: argparse.Namespace) -> Iterator[Store]:
    """The store. A dry run where there is none looks at a passing one, so that nothing is made."""
    if not args.dry_run or is_there(args.store):
        with open_store(args.store) as store:
            yield store
        return
    with (
        tempfile.TemporaryDirectory(prefix="clusterfolio-") as folder,
        open_store(f"sqlite:///{folder}/passing.db") as store,
    ):
        yield store


def _who() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "Command line"


def _kinds(result: ImportResult) -> list[tuple[str, Problem]]:
    """Every problem with its kind, in the order of the file."""
    every = [
        *(("refused", problem) for problem in result.refused),
        *(("unread", problem) for problem in result.unread),
        *(("doubt", problem) for problem in result.doubts),
    ]
    return sorted(every, key=lambda pair: pair[1].row or 0)


def _document(result: ImportResult, found: Intake, written: bool) -> dict[str, Any]:
    cluster = found.pool.cluster
    return {
        "cluster": {"id": cluster.id, "name": cluster.name, "currency": cluster.currency},
        "created": found.created,
        "written": written,
        "rows": result.rows,
        "taken": len(result.projects),
        "ready": result.ready,
        "new": _named(found.plan.new),
        "changed": [_change(change) for change in found.plan.changed],
        "gone": _named(found.plan.gone),
        "unchanged": len(found.plan.unchanged),
        "organizations": {
            "new": _named(found.plan.new_organizations),
            "changed": [_change(change) for change in found.plan.changed_organizations],
        },
        "problems": [
            {"kind": kind, **problem_document(problem)} for kind, problem in _kinds(result)
        ],
        "notes": list(found.notes),
    }


def _named(those: Sequence[Project | Organization]) -> list[dict[str, str]]:
    return [{"id": each.id, "name": each.name} for each in those]


def _change(change: Change | OrganizationChange) -> dict[str, Any]:
    return {
        "id": change.after.id,
        "name": change.after.name,
        "fields": [
            {"field": entry.field, "old": entry.old, "new": entry.new} for entry in change.fields
        ],
    }


def _report(path: Path, result: ImportResult, found: Intake) -> str:
    return page(
        heading(f"{path.name} into {found.pool.cluster.name}"),
        paragraph(_finding(result)),
        bullets(found.notes),
        _problems_table(result),
        page(heading("What it changes"), *_changes(found)),
    )


def _finding(result: ImportResult) -> str:
    taken = f"{len(result.projects):,} of {count(result.rows, 'row')} can be taken in"
    parts = [taken]
    without_cost = len(result.projects) - result.ready
    if without_cost:
        parts.append(f"{without_cost:,} of them without a cost, so that no mix can hold them yet")
    sentence = f"{', '.join(parts)}."
    if result.unread:
        sentence += f" {count(len(result.unread), 'cell')} could not be read and stay empty."
    return sentence


def _problems_table(result: ImportResult) -> str:
    problems = _kinds(result)
    if not problems:
        return ""
    columns = [
        Column("Row", "right"),
        Column("Field", gives=True),
        Column("It says", gives=True),
        Column("So it is"),
    ]
    rows = [
        ["" if p.row is None else str(p.row), p.field, p.value, _KINDS[kind]]
        for kind, p in problems
    ]
    remedies = dict.fromkeys(f"{p.field}: {p.remedy}" for _, p in problems)
    return page(
        heading(f"{count(len(problems), 'cell or row', 'cells or rows')} to look at"),
        table(columns, rows),
        page(paragraph("What to do:"), bullets(list(remedies))),
    )


def _changes(found: Intake) -> Iterator[str]:
    plan = found.plan
    if found.created:
        yield paragraph(f"{found.pool.cluster.name} is not in the store yet; it is made.")
    if plan.new:
        names = listed((project.name for project in plan.new), most=5)
        yield paragraph(f"New: {count(len(plan.new), 'project')}: {names}.")
    if plan.changed:
        yield _changed(plan.changed, "project")
    if plan.gone:
        names = listed((project.name for project in plan.gone), most=5)
        gone = count(len(plan.gone), "project")
        yield paragraph(f"Gone from the list, and kept as they are: {gone}: {names}.")
    if plan.unchanged:
        yield paragraph(f"Unchanged: {count(len(plan.unchanged), 'project')}.")
    if plan.new_organizations:
        names = listed((each.name for each in plan.new_organizations), most=5)
        yield paragraph(f"New: {count(len(plan.new_organizations), 'organization')}: {names}.")
    if plan.changed_organizations:
        yield _changed(plan.changed_organizations, "organization")


def _changed(those: Sequence[Change | OrganizationChange], what: str) -> str:
    lines = [_change_line(change) for change in those[:MOST_SHOWN]]
    more = len(those) - MOST_SHOWN
    if more > 0:
        lines.append(f"and {more:,} more; --json lists them all")
    return page(paragraph(f"Changed: {count(len(those), what)}:"), bullets(lines))


def _change_line(change: Change | OrganizationChange) -> str:
    told = "; ".join(f"{entry.field} {entry.old} → {entry.new}" for entry in change.fields)
    return f"{change.after.name} ({change.after.id}): {told}"


def _closing(found: Intake, dry_run: bool) -> str:
    if not found.plan.writes:
        return "Nothing is different, so nothing was written."
    done = importing.taken_words(found.plan)
    if dry_run:
        return f"Nothing was written: this was a dry run. Without --dry-run it takes in {done}."
    return f"Taken in: {done}. The cluster answers to “{found.pool.cluster.name}”."
