"""The other mixes beside the best one, for `recommend --k`: found, for programs, and as text."""

from __future__ import annotations

import optimizer
from dashboard.cli.asking import Asked, stopping
from dashboard.cli.mix_document import (
    changed_documents,
    projects_document,
    selection_document,
)
from dashboard.cli.output import Column, Document, heading, page, paragraph, table
from dashboard.cli.progress import progress_line
from dashboard.services import alternatives, words
from dashboard.services.chosen import Mix
from optimizer import Alternatives
from portfolio.pool import Pool
from portfolio.scenario import Scenario
from portfolio.scoring import value
from portfolio.wording import money


def find(asked: Asked, k: int, apart: int) -> Alternatives:
    """The k best mixes; Ctrl-C ends the search with those found so far."""
    with stopping() as stop, progress_line(alternatives.progress_words) as listen:
        return optimizer.alternatives(
            asked.pool,
            asked.scenario,
            asked.options,
            k=k,
            apart=apart,
            progress=listen,
            cancel=stop,
        )


def others_document(asked: Asked, found: Alternatives) -> Document:
    """For programs: the mixes in order, the best first, and what they share."""
    pool = asked.pool
    best = Mix(pool, found.selections[0].chosen)
    return {
        "alternatives": [
            {
                **selection_document(pool, asked.scenario, selection),
                "enters": projects_document(pool, sorted(found.change(place)[0])),
                "leaves": projects_document(pool, sorted(found.change(place)[1])),
                "changed": changed_documents(best, Mix(pool, selection.chosen)),
            }
            for place, selection in enumerate(found.selections)
            if selection.status.has_mix
        ],
        "apart": found.apart,
        "exhausted": found.exhausted,
        "shared": projects_document(pool, sorted(found.shared)),
        "differing": projects_document(pool, sorted(found.differing)),
    }


def others_text(pool: Pool, scenario: Scenario, found: Alternatives) -> str:
    """A table of the mixes, and what all of them hold."""
    if not found.selections[0].status.has_mix:
        return ""
    unit, currency = value.unit(scenario.objective), pool.cluster.currency
    columns = [
        Column("Mix", "right"),
        Column("Worth", "right"),
        Column("Less", "right"),
        Column("Money", "right"),
        Column("Against the best mix", gives=True),
    ]
    best = found.selections[0].value or 0
    rows = []
    for place, selection in enumerate(found.selections):
        worth = selection.value or 0
        less = words.worth(best - worth, unit, currency) if place else ""
        spent = money(selection.spend, currency)
        against = alternatives.against(pool, found, place)
        rows.append([str(place + 1), words.worth(worth, unit, currency), less, spent, against])
    return page(
        heading("Other mixes"),
        paragraph(f"{alternatives.headline(found)} {alternatives.proof(found)}"),
        table(columns, rows),
        paragraph(alternatives.in_common(pool, found)),
    )
