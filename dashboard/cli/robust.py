"""`clusterfolio robust`: which proposals belong in however the criteria are weighed."""

from __future__ import annotations

import argparse
from decimal import Decimal

import optimizer
from dashboard.cli.asking import Asked, ask, stopping
from dashboard.cli.checks import Checks
from dashboard.cli.mix_document import pool_document
from dashboard.cli.mix_report import title
from dashboard.cli.output import Column, Document, Output, heading, page, paragraph, table
from dashboard.cli.progress import progress_line
from dashboard.services import robustness
from optimizer import Robustness
from optimizer.robustness import MOST_DRAWS
from portfolio.scoring.information import Information
from portfolio.wording import percent

NO_ANSWER = 1
USUAL_DRAWS = 1_000
MOST_SHOWN = 10
"""Numbers to ask for in the text; `--json` has more."""


def run(args: argparse.Namespace, out: Output) -> int:
    """Tell the core index of each proposal; 1 when no mix meets all rules."""
    checks = Checks(args)
    width = checks.number("width", "--width", 0, 1)
    draws = checks.whole("draws", "--draws", 1, MOST_DRAWS)
    asked = ask(args, checks)
    information = Information(
        weights="interval" if width is not None else "order",
        width=Decimal(str(width)) if width is not None else Information().width,
        scores="range" if args.range else "mean",
    )
    with stopping() as stop, progress_line(robustness.progress_words) as listen:
        found = optimizer.robustness(
            asked.pool,
            asked.scenario,
            information,
            asked.options,
            draws=draws or USUAL_DRAWS,
            progress=listen,
            cancel=stop,
        )
    out.answer(_document(asked, found), _text(asked, found))
    return 0 if found.indices else NO_ANSWER


def _document(asked: Asked, found: Robustness) -> Document:
    known = found.information
    return {
        "method": found.method,
        "draws": found.draws,
        "mixes": found.mixes,
        "mean_loss": found.mean_loss,
        "information": {
            "weights": known.weights,
            "width": float(known.width) if known.weights == "interval" else None,
            "scores": known.scores,
        },
        "projects": [
            {
                "id": each.project,
                "name": asked.pool.project(each.project).name,
                "core_index": each.index,
                "at_least": each.at_least,
                "at_most": each.at_most,
                "kind": each.kind,
                "turns_on": each.turns_on or None,
                "favors": each.favors if each.turns_on else None,
            }
            for each in found.indices
        ],
        "now": list(found.knowing.now),
        "knowing_all": found.knowing.perfect,
        "knowing_all_error": found.knowing.error,
        "ask_next": [
            {
                "project": each.project or None,
                "criterion": each.criterion,
                "kind": "score" if each.project else "weight",
                "value": each.value,
                "error": each.error,
                "settles": each.settles,
            }
            for each in found.knowing.asked
        ],
        **pool_document(asked),
    }


def _text(asked: Asked, found: Robustness) -> str:
    parts = [title(asked.pool, asked.scenario), paragraph(robustness.headline(asked.pool, found))]
    if found.indices:
        parts.append(paragraph(robustness.basis(found)))
    columns = [
        Column("Id", gives=True),
        Column("Proposal", gives=True),
        Column("In", "right"),
        Column("At least", "right"),
        Column("At most", "right"),
    ]
    for kind, head in robustness.HEADS.items():
        rows = [
            [
                each.project,
                asked.pool.project(each.project).name,
                percent(each.index),
                percent(each.at_least),
                percent(each.at_most),
            ]
            for each in robustness.of_kind(found, kind)
        ]
        if rows:
            parts += [heading(head), table(columns, rows)]
    return page(*parts, *_asking(asked, found))


def _asking(asked: Asked, found: Robustness) -> list[str]:
    """Which numbers to ask for next."""
    said = robustness.ask_next(asked.pool, found)
    if not said:
        return []
    columns = [
        Column("Ask for"),
        Column("Proposal", gives=True),
        Column("Criterion", gives=True),
        Column("Worth", "right"),
        Column("Give or take", "right"),
        Column("Places it decides", "right"),
    ]
    rows = [
        [
            *robustness.asked_for(asked.pool, each),
            robustness.points(each.value),
            robustness.points(each.error),
            f"{each.settles:.1f}",
        ]
        for each in found.knowing.asked[:MOST_SHOWN]
    ]
    told = [table(columns, rows)] if rows else []
    return [heading("What to ask next"), paragraph(said), *told]
