"""`clusterfolio template`: an empty workbook to fill in."""

from __future__ import annotations

import argparse
from pathlib import Path

from dashboard.cli.checks import Checks
from dashboard.cli.files import write_file
from dashboard.cli.output import Output, paragraph
from data.template import workbook


def run(args: argparse.Namespace, out: Output) -> int:
    """Write the workbook."""
    checks = Checks(args)
    checks.target("file", "FILE", (".xlsx",), replace=args.force)
    checks.done()
    path = Path(args.file)
    write_file(path, workbook())
    done = f"{path} is written. Fill it in, then: clusterfolio import {path}"
    out.answer({"file": str(path)}, paragraph(done))
    return 0
