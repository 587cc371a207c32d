"""One project added by hand, and one taken off the list."""

from __future__ import annotations

from dashboard.services.cell_columns import Cells
from dashboard.services.project_cells import edited
from data.store import Store
from data.text import free_id, slug
from portfolio.errors import InputError
from portfolio.pool import Pool
from portfolio.project import Project


def made(pool: Pool, told: Cells) -> Project:
    """A new project of these cells; InputError with everything that is wrong with them."""
    name = str(told.get("name") or "").strip()
    bare = Project(
        free_id(slug(name or "project"), {p.id for p in pool.projects}), name, cost_known=False
    )
    project, problems = edited(pool, bare, told)
    if problems:
        raise InputError(problems)
    return project


def add(store: Store, cluster_id: str, told: Cells, who: str) -> tuple[Project, int | None]:
    """Store a new project; the number of the act takes it back."""
    project = made(store.pool(cluster_id), told)
    return project, store.save_project(cluster_id, project, who, None)


def remove(store: Store, cluster_id: str, project: Project, who: str) -> int | None:
    """Take a project off the list; the number of the act brings it back."""
    return store.save_projects(cluster_id, [(project, None)], who)
