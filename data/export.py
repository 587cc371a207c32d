"""Projects out of the house: CSV and Excel that read back to the same projects and run no formula."""

from __future__ import annotations

import csv
import re
from io import StringIO

from data.fields import fields_of
from data.flat import as_text, flat_project
from data.template import headed, workbook
from portfolio.pool import Pool
from portfolio.project import Project

# What a spreadsheet would run when it stands first in a cell, behind any marks put there before.
_LIVE = re.compile(r"'*[=+\-@\t\r＝＋－＠]")


def export_csv(pool: Pool, projects: tuple[Project, ...] | None = None) -> bytes:
    """The projects (all of the pool unless told) under their fields' labels, comma-separated UTF-8.

    Text that a spreadsheet would run as a formula gets a ' before it, which an import takes away.
    """
    specs = fields_of("project")
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(headed(spec, pool.cluster.currency) for spec in specs.values())
    for project in pool.projects if projects is None else projects:
        flat = flat_project(project, pool)
        writer.writerow(
            inert(value) if isinstance(value := flat[name], str) else as_text(value)
            for name in specs
        )
    return text.getvalue().encode("utf-8-sig")


def inert(text: str) -> str:
    """Text that no spreadsheet runs: a ' goes before what it would take for a formula."""
    return f"'{text}" if _LIVE.match(text) else text


def export_xlsx(pool: Pool, projects: tuple[Project, ...] | None = None) -> bytes:
    """The projects (all of the pool unless told) in the template, with the pool's organizations."""
    return workbook(pool, pool.projects if projects is None else projects)
