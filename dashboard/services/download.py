"""A mix as a file: every proposal with its place in it. No cell can act as a formula."""

from __future__ import annotations

import csv
import io

from dashboard.services import proposals
from dashboard.services.mix import Answered, certainty
from portfolio.scoring import value
from portfolio.units import from_cents

HEADER = ("id", "name", "theme", "lead", "in the mix", "cost", "grant", "chance", "worth", "note")
_LIVE = ("=", "+", "-", "@", "\t", "\r")


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
                safe(row.id),
                safe(row.name),
                safe(row.theme),
                safe(row.lead),
                "in" if row.inside else "out",
                f"{from_cents(row.cost):f}",
                f"{from_cents(row.grant):f}",
                "" if row.chance is None else f"{row.chance:g}",
                f"{row.worth / 1_000_000:.2f}",
                safe(row.note),
                unit if kind == "money" else kind,
                certainty(answered),
            )
        )
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def safe(text: str) -> str:
    """Text that no spreadsheet runs: an apostrophe goes before a leading sign.

    >>> safe("=1+1"), safe("Ice radar")
    ("'=1+1", 'Ice radar')
    """
    return f"'{text}" if text.startswith(_LIVE) else text
