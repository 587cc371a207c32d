"""`clusterfolio verify`: whether a certificate tells the truth."""

from __future__ import annotations

import argparse
from pathlib import Path

from dashboard.cli.asking import MOST_SECONDS, stopping
from dashboard.cli.checks import Checks
from dashboard.cli.mix_document import chosen_documents
from dashboard.cli.output import Document, Output, bullets, heading, page, paragraph
from dashboard.services import certificates
from dashboard.services.certificates import Verdict
from data.certificate import LARGEST, Certificate, read_certificate
from optimizer import Options
from portfolio.errors import InputError, Problem

UNTRUE = 2


def run(args: argparse.Namespace, out: Output) -> int:
    """Replay a certificate; 2 when anything in it does not hold."""
    checks = Checks(args)
    seconds = checks.number("time_limit", "--time-limit", 0.01, MOST_SECONDS)
    written = checks.sure(checks.tried(lambda: read_certificate(_content(Path(args.file)))))
    if args.resolve:
        options = Options(Options().time_limit if seconds is None else seconds)
        with stopping() as stop:
            verdict = certificates.resolve(written, options, stop)
    else:
        verdict = certificates.replay(written)
    out.answer(_document(args.file, written, verdict), _text(args.file, verdict))
    return 0 if verdict.holds else UNTRUE


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no such file"
        problem = Problem("FILE", str(path), f"It cannot be read: {reason}.")
        raise InputError((problem,)) from None


def _document(file: str, written: Certificate, verdict: Verdict) -> Document:
    anew = verdict.anew
    pool, scenario = written.pool, written.scenario
    return {
        "certificate": file,
        "valid": verdict.holds,
        "sha256": written.computed,
        "status": written.selection.status.value,
        "chosen": chosen_documents(pool, scenario, written.selection.chosen),
        "versions": dict(written.versions),
        "checks": [
            {"check": check.name, "holds": check.holds, "words": check.words}
            for check in verdict.checks
        ],
        "resolved": None
        if anew is None
        else {
            "status": anew.status.value,
            "chosen": chosen_documents(pool, scenario, anew.chosen),
        },
    }


def _text(file: str, verdict: Verdict) -> str:
    whole = "Everything checked holds." if verdict.holds else "It does not hold."
    lines = [
        f"{'holds' if check.holds else 'DOES NOT HOLD'} · {check.name}: {check.words}"
        for check in verdict.checks
    ]
    asked = [] if verdict.anew is not None else [paragraph(_UNSEARCHED)]
    return page(heading(Path(file).name), paragraph(whole), bullets(lines), *asked)


_UNSEARCHED = (
    "That nothing better exists can only be told by searching again: --resolve does, and must "
    "come to the same answer."
)
