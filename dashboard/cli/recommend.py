"""`clusterfolio recommend`: the best mix, or the rules that forbid any."""

from __future__ import annotations

import argparse
from typing import Any

from dashboard.cli.asking import Asked, ask, stopping
from dashboard.cli.checks import Checks
from dashboard.cli.clash_report import clash_document
from dashboard.cli.files import write_file
from dashboard.cli.mix_document import pool_document, remarks_document, selection_document
from dashboard.cli.mix_report import mix_report
from dashboard.cli.output import Output, to_json
from dashboard.cli.progress import progress_line
from dashboard.services import mix
from dashboard.services.mix import Answered
from portfolio.errors import EngineError
from portfolio.selection import Status


def run(args: argparse.Namespace, out: Output) -> int:
    """Answer the question; 1 when no mix was found."""
    checks = Checks(args)
    target = checks.target("out", "--out", (), replace=True)
    asked = ask(args, checks)
    answered = solve(asked)
    document = recommend_document(asked, answered)
    text = mix_report(asked, answered)
    out.answer(document, text)
    if target is not None:
        as_json = out.as_json or target.suffix.lower() == ".json"
        write_file(target, f"{to_json(document) if as_json else text}\n".encode())
    return 0 if answered.selection.status.has_mix else 1


def solve(asked: Asked) -> Answered:
    """The answer, and where no mix meets all rules, the rules that clash.

    Ctrl-C ends the search with the best mix so far. EngineError when the fault is ours.
    """
    say = mix.progress_words(asked.pool, asked.scenario)
    with stopping() as stop, progress_line(say) as listen:
        answered = mix.find(asked.pool, asked.scenario, asked.options, listen, stop)
    status = answered.selection.status
    if status in (Status.ERROR, Status.UNBOUNDED):
        raise EngineError(answered.selection.message or f"The search ended as {status}.")
    return answered


def recommend_document(asked: Asked, answered: Answered) -> dict[str, Any]:
    """The answer for programs."""
    pool, clash = answered.pool, answered.clash
    return {
        **selection_document(pool, answered.scenario, answered.selection),
        "clash": None if clash is None else clash_document(pool, clash),
        **pool_document(asked),
        **remarks_document(asked),
    }
