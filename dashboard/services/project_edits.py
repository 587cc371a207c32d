"""Edits of the list that are not saved yet: kept apart from the stored values, then saved as one act.

An edit knows what stood in its cell when it was made. Where somebody has changed that cell since, it
is not saved but asked about.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dashboard.services.cell_columns import BY_NAME, Cell
from dashboard.services.project_cells import cells, edited
from data.store import Store
from portfolio.errors import ConflictError, NotFoundError, Problem
from portfolio.pool import Pool
from portfolio.project import Project

TRIES = 3
"""How often saving begins anew when somebody else saves at the very same moment."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One cell: what stood there, and what is to stand there."""

    project: str
    column: str
    old: Cell
    new: Cell


@dataclass(frozen=True, slots=True)
class Conflict:
    """An edit whose cell somebody else has changed since to `theirs`; `act` says who did what."""

    edit: Edit
    theirs: Cell
    act: str


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of edits. `change` undoes what was saved; `failed` edits stay with the visitor."""

    change: int | None
    count: int
    conflicts: tuple[Conflict, ...]
    problems: tuple[Problem, ...]
    failed: tuple[Edit, ...]


def merge(
    pool: Pool, kept: Iterable[Edit], written: Mapping[str, Mapping[str, Cell]]
) -> tuple[Edit, ...]:
    """Edits kept so far with what is written now, by project id and column; unchanged cells go.

    A cell that was edited before keeps what it knows of its old value.
    """
    by_cell = {(edit.project, edit.column): edit for edit in kept}
    stored = {project.id: project for project in pool.projects}
    for project_id, columns in written.items():
        if project_id not in stored:
            continue
        now = cells(pool, stored[project_id])
        for column, new in columns.items():
            if column not in BY_NAME:
                continue
            before = by_cell.get((project_id, column))
            old = before.old if before else now[column]
            by_cell[project_id, column] = Edit(project_id, column, old, _plain(column, new))
    return tuple(edit for edit in by_cell.values() if not _same(edit.old, edit.new))


def check(pool: Pool, edits: Iterable[Edit]) -> tuple[Problem, ...]:
    """Everything that is wrong with edits as they stand."""
    found: list[Problem] = []
    for project_id, own in _by_project(edits).items():
        try:
            project = pool.project(project_id)
        except NotFoundError:
            continue
        found += edited(pool, project, {edit.column: edit.new for edit in own})[1]
    return tuple(found)


def save(store: Store, cluster_id: str, edits: Iterable[Edit], who: str) -> Saved:
    """Save what can be saved as one act; the rest comes back with the reason."""
    pending = tuple(edits)
    for attempt in range(TRIES):
        pool = store.pool(cluster_id)
        pairs, saved = _sort_out(store, pool, cluster_id, pending)
        if not pairs:
            return saved
        try:
            change = store.save_projects(cluster_id, pairs, who)
        except ConflictError:
            if attempt == TRIES - 1:
                raise
            continue
        return Saved(change, saved.count, saved.conflicts, saved.problems, saved.failed)
    return saved


def to_text(edits: Iterable[Edit]) -> str:
    """Edits as text, for a visitor's session."""
    return json.dumps([[e.project, e.column, e.old, e.new] for e in edits])


def from_text(text: str) -> tuple[Edit, ...]:
    """Edits back from text; "" is none."""
    return tuple(Edit(*entry) for entry in json.loads(text or "[]"))


def overridden(store: Store, cluster_id: str, edit: Edit) -> Edit:
    """The edit made over what stands there now: yours is kept."""
    pool = store.pool(cluster_id)
    now = cells(pool, pool.project(edit.project))[edit.column]
    return Edit(edit.project, edit.column, now, edit.new)


def _sort_out(
    store: Store, pool: Pool, cluster_id: str, edits: tuple[Edit, ...]
) -> tuple[list[tuple[Project | None, Project | None]], Saved]:
    """Pairs of projects to save, and what cannot be saved."""
    pairs: list[tuple[Project | None, Project | None]] = []
    conflicts: list[Conflict] = []
    problems: list[Problem] = []
    failed: list[Edit] = []
    number = 0
    for project_id, own in _by_project(edits).items():
        try:
            project = pool.project(project_id)
        except NotFoundError:
            problems.append(Problem(project_id, "", "Somebody has removed this project."))
            continue
        now = cells(pool, project)
        free = [edit for edit in own if _same(now[edit.column], edit.old)]
        for edit in own:
            if edit not in free and not _same(now[edit.column], edit.new):
                act = store.last_act(cluster_id, project_id)
                conflicts.append(Conflict(edit, now[edit.column], act))
        after, wrong = edited(pool, project, {edit.column: edit.new for edit in free})
        problems += wrong
        failed += free if wrong else []
        if not wrong and after != project:
            pairs.append((project, after))
            number += len(free)
    return pairs, Saved(None, number, tuple(conflicts), tuple(problems), tuple(failed))


def _by_project(edits: Iterable[Edit]) -> dict[str, list[Edit]]:
    found: dict[str, list[Edit]] = {}
    for edit in edits:
        found.setdefault(edit.project, []).append(edit)
    return found


def _plain(column: str, cell: Cell) -> Cell:
    """A cell as `cells` would say it: a day without its time."""
    return cell[:10] if BY_NAME[column].kind == "day" and isinstance(cell, str) else cell


def _same(one: Cell, other: Cell) -> bool:
    """Whether two cells say the same: empty text is as good as none."""
    if one in (None, "") and other in (None, ""):
        return True
    return one == other
