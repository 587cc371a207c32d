"""`clusterfolio review`: the running projects, worst first, and how we know."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from dashboard.cli.checks import Checks
from dashboard.cli.mix_document import units
from dashboard.cli.output import Output, heading, page, paragraph, problem_document
from dashboard.services import clock, pools, words
from portfolio.pool import Pool
from portfolio.review.signal import State, span
from portfolio.review.verdicts import ProjectReview, Verdict, review
from portfolio.wording import count, money

_MARKS = {State.FINE: "+", State.LOOK_CLOSER: "?", State.AGAINST: "!", State.NOT_KNOWN: "·"}


def run(args: argparse.Namespace, out: Output) -> int:
    """Look at the running projects as known on a day."""
    checks = Checks(args)
    on = checks.day("as_of", "--as-of") or clock.today()
    found = None
    with checks.gathering():
        found = pools.find(args.pool, args.profile, args.store)
    checks.done()
    if found is None:
        raise AssertionError("a pool that is not there has raised its problem")
    reviews = review(found.pool, on)
    out.answer(_document(found, on, reviews), _text(found.pool, on, reviews))
    return 0


def _document(found: pools.Found, on: date, reviews: Sequence[ProjectReview]) -> dict[str, Any]:
    return {
        "cluster": found.pool.cluster.name,
        "currency": found.pool.cluster.currency,
        "as_of": on.isoformat(),
        "projects": [_project(entry) for entry in reviews],
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


def _text(pool: Pool, on: date, reviews: Sequence[ProjectReview]) -> str:
    fictional = " (fictional)" if pool.cluster.fictional else ""
    return page(
        heading(f"{pool.cluster.name}{fictional}: running projects on {words.short_day(on)}"),
        paragraph(_finding(reviews)),
        *(_block(entry, pool.cluster.currency) for entry in reviews),
        "+ fine   ? look closer   ! against   · not known" if reviews else "",
    )


def _finding(reviews: Sequence[ProjectReview]) -> str:
    if not reviews:
        return "No project is running."
    late = sum((entry.lateness.days or 0) > 0 for entry in reviews)
    verdicts = Counter(entry.verdict for entry in reviews)
    parts = [f"{verdicts[verdict]} to {_CALLS[verdict]}" for verdict in _CALLS if verdicts[verdict]]
    first = f"{late:,} of {count(len(reviews), 'running project')} are late."
    return f"{first} {', '.join(parts)}." if parts else f"{first} Nothing calls for a decision."


_CALLS = {
    Verdict.CLOSE_OR_RESCUE: "close or rescue",
    Verdict.ASK_FOR_A_PLAN: "ask for a plan",
    Verdict.WATCH: "watch",
}


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
