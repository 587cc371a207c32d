"""`clusterfolio review`: the running projects, worst first, and how we know."""

from __future__ import annotations

import argparse
from typing import Any

from dashboard.cli.checks import Checks
from dashboard.cli.mix_document import units
from dashboard.cli.output import Output, heading, page, paragraph, problem_document
from dashboard.services import pools, slipping, words
from dashboard.services.present import present
from dashboard.services.slipping import Slips
from portfolio.review.signal import State, span
from portfolio.review.verdicts import ProjectReview
from portfolio.wording import money

_MARKS = {State.FINE: "+", State.LOOK_CLOSER: "?", State.AGAINST: "!", State.NOT_KNOWN: "·"}


def run(args: argparse.Namespace, out: Output) -> int:
    """Look at the running projects as known on a day."""
    checks = Checks(args)
    day = checks.day("as_of", "--as-of")
    found = checks.sure(checks.tried(lambda: pools.find(args.pool, args.profile, args.store)))
    slips = slipping.slips(found.pool, day or present(found.pool))
    out.answer(_document(found, slips), _text(slips))
    return 0


def _document(found: pools.Found, slips: Slips) -> dict[str, Any]:
    return {
        "cluster": slips.pool.cluster.name,
        "currency": slips.pool.cluster.currency,
        "as_of": slips.on.isoformat(),
        "projects": [_project(row) for row in slips.rows],
        "unread": [problem_document(problem) for problem in found.problems],
    }


def _project(entry: ProjectReview) -> dict[str, Any]:
    late = entry.lateness
    return {
        "id": entry.project,
        "name": entry.name,
        "verdict": entry.verdict.value,
        "days_late": late.days,
        "baseline_end": None if late.baseline is None else late.baseline.isoformat(),
        "forecast_end": None if late.forecast is None else late.forecast.isoformat(),
        "basis": late.basis,
        "unspent": units(entry.unspent),
        "signals": [
            {
                "name": signal.name,
                "state": signal.state.value,
                "fact": signal.fact,
                "since": None if signal.since is None else signal.since.isoformat(),
            }
            for signal in entry.signals
        ],
    }


def _text(slips: Slips) -> str:
    cluster = slips.pool.cluster
    fictional = " (fictional)" if cluster.fictional else ""
    finding = f"{slipping.headline(slips)} {slipping.context(slips, str)}"
    return page(
        heading(f"{cluster.name}{fictional}: running projects on {words.short_day(slips.on)}"),
        paragraph(finding),
        *(_block(row, cluster.currency) for row in slips.rows),
        "+ fine   ? look closer   ! against   · not known" if slips.rows else "",
    )


def _block(entry: ProjectReview, currency: str) -> str:
    verdict = entry.verdict.value
    lines = [
        f"{entry.name} ({entry.project}): {verdict}",
        paragraph(_lateness(entry), indent="  "),
    ]
    if entry.unspent is not None:
        lines.append(f"  {money(entry.unspent, currency)} is not spent yet.")
    signals = [f"{_MARKS[s.state]} {s.name}: {s.fact}" for s in entry.signals]
    return "\n".join([*lines, *(paragraph(text, indent="  ") for text in signals)])


def _lateness(entry: ProjectReview) -> str:
    late = entry.lateness
    if late.days is None or late.forecast is None:
        return f"Whether it is late is not known: {late.basis}."
    end = words.short_day(late.forecast)
    if late.days == 0:
        return f"On time; ends on {end} ({late.basis})."
    side = "late" if late.days > 0 else "early"
    return f"{span(abs(late.days))} {side}; ends on {end} ({late.basis})."
