"""A mix as a file: every proposal with its place in it. No cell can act as a formula."""

from __future__ import annotations

import csv
import io

from dashboard.services import proposals
from dashboard.services.mix import Answered, certainty
from data.export import inert
from portfolio.scoring import value
from portfolio.units import from_cents

HEADER = (
    *("id", "name", "theme", "lead", "in the mix", "version", "start"),
    *("cost", "grant", "chance", "worth", "note"),
)


def mix_csv(answered: Answered) -> bytes:
    """The mix as CSV in UTF-8 with a byte-order mark, so that spreadsheets read its letters."""
    out = io.StringIO(newline="")
    write = csv.writer(out).writerow
    write((*HEADER, "unit of worth", "certainty"))
    unit = answered.pool.cluster.currency
    kind = value.unit(answered.scenario.objective)
    for row in proposals.rows(answered):
        write(
            (
                inert(row.id),
                inert(row.name),
                inert(row.theme),
                inert(row.lead),
                "in" if row.inside else "out",
                inert(row.version),
                inert(row.start),
                f"{from_cents(row.cost):f}",
                f"{from_cents(row.grant):f}",
                "" if row.chance is None else f"{row.chance:g}",
                f"{row.worth / 1_000_000:.2f}",
                inert(row.note),
                unit if kind == "money" else kind,
                certainty(answered),
            )
        )
    return b"\xef\xbb\xbf" + out.getvalue().encode()
