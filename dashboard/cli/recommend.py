"""`clusterfolio recommend`: the best mix, or the rules that forbid any."""

from __future__ import annotations

import argparse
from typing import Any

from dashboard.cli.asking import Asked, ask
from dashboard.cli.checks import Checks
from dashboard.cli.clash_report import clash_document
from dashboard.cli.files import write_file
from dashboard.cli.mix_document import pool_document, remarks_document, selection_document
from dashboard.cli.mix_report import mix_report
from dashboard.cli.output import Output, to_json
from dashboard.cli.solving import Solved, solve


def run(args: argparse.Namespace, out: Output) -> int:
    """Answer the question; 1 when no mix was found."""
    checks = Checks(args)
    target = checks.target("out", "--out", (), replace=True)
    asked = ask(args, checks)
    solved = solve(asked)
    document = recommend_document(asked, solved)
    text = mix_report(asked, solved)
    out.answer(document, text)
    if target is not None:
        as_json = out.as_json or target.suffix.lower() == ".json"
        write_file(target, f"{to_json(document) if as_json else text}\n".encode())
    return 0 if solved.answered.selection.status.has_mix else 1


def recommend_document(asked: Asked, solved: Solved) -> dict[str, Any]:
    """The answer for programs."""
    answered, clash = solved.answered, solved.clash
    pool = answered.pool
    return {
        **selection_document(pool, answered.scenario, answered.selection),
        "clash": None if clash is None else clash_document(pool, clash),
        **pool_document(asked),
        **remarks_document(asked),
    }
