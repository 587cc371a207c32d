"""`clusterfolio recommend`: the best mix, or the rules that forbid any."""

from __future__ import annotations

import argparse
from typing import Any

from dashboard.cli import others
from dashboard.cli.asking import Asked, ask
from dashboard.cli.checks import Checks
from dashboard.cli.clash_report import clash_document
from dashboard.cli.files import write_file
from dashboard.cli.mix_document import pool_document, remarks_document, selection_document
from dashboard.cli.mix_report import mix_report
from dashboard.cli.output import Output, to_json
from dashboard.cli.solving import Solved, solve
from dashboard.services import certificates
from optimizer import Alternatives
from optimizer.alternatives import MOST

USUAL = 5
"""Mixes that are looked for where only their distance is named."""
MOST_APART = 10_000


def run(args: argparse.Namespace, out: Output) -> int:
    """Answer the question; 1 when no mix was found."""
    checks = Checks(args)
    target = checks.target("out", "--out", (), replace=True)
    proof = checks.target("certificate", "--certificate", (), replace=True)
    number = checks.whole("k", "--k", 1, MOST)
    apart = checks.whole("apart", "--apart", 1, MOST_APART)
    asked = ask(args, checks)
    solved = solve(asked)
    found = None
    if number is not None or apart is not None:
        found = others.find(asked, number or USUAL, apart or 1)
    document = recommend_document(asked, solved, found)
    text = mix_report(asked, solved, found)
    out.answer(document, text)
    if target is not None:
        as_json = out.as_json or target.suffix.lower() == ".json"
        write_file(target, f"{to_json(document) if as_json else text}\n".encode())
    if proof is not None:
        answered = solved.answered
        text = certificates.certificate(answered.pool, answered.scenario, answered.selection)
        write_file(proof, text.encode())
    return 0 if solved.answered.selection.status.has_mix else 1


def recommend_document(
    asked: Asked, solved: Solved, found: Alternatives | None = None
) -> dict[str, Any]:
    """The answer for programs."""
    answered, clash = solved.answered, solved.clash
    pool = answered.pool
    return {
        **selection_document(pool, answered.scenario, answered.selection),
        "clash": None if clash is None else clash_document(pool, asked.scenario, clash),
        **({} if found is None else others.others_document(asked, found)),
        **pool_document(asked),
        **remarks_document(asked),
    }
