"""`clusterfolio export`: the projects of a pool as a file, or its standing question."""

from __future__ import annotations

import argparse
from pathlib import Path

from dashboard.cli.checks import Checks
from dashboard.cli.files import write_file
from dashboard.cli.output import Output, paragraph
from dashboard.services import pools
from data.export import export_csv, export_xlsx
from data.scenario_toml import write_scenario
from portfolio.pool import Pool
from portfolio.wording import count

ENDINGS = (".csv", ".xlsx", ".toml")


def run(args: argparse.Namespace, out: Output) -> int:
    """Write the file that its ending asks for."""
    checks = Checks(args)
    checks.target("file", "FILE", ENDINGS, replace=args.force)
    found = checks.sure(checks.tried(lambda: pools.find(args.pool, args.profile, args.store)))
    path = Path(args.file)
    write_file(path, _content(path.suffix.lower(), found.pool))
    what = count(len(found.pool.projects), "project")
    if path.suffix.lower() == ".toml":
        what = "The standing question"
    document = {"file": str(path), "projects": len(found.pool.projects)}
    out.answer(document, paragraph(f"{what}: {path}"))
    return 0


def _content(ending: str, pool: Pool) -> bytes:
    match ending:
        case ".csv":
            return export_csv(pool)
        case ".xlsx":
            return export_xlsx(pool)
        case _:
            return write_scenario(pool.scenario).encode("utf-8")
