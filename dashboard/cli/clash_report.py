"""The rules that cannot hold together, and the smallest change of each that would help."""

from __future__ import annotations

from dashboard.cli.mix_document import units
from dashboard.cli.output import Document, bullets, heading, page, paragraph, plain_number
from dashboard.services.repair import way_out
from optimizer import Clash
from portfolio.pool import Pool


def clash_document(pool: Pool, clash: Clash) -> Document:
    """The clash for programs."""
    return {
        "rules": [{"id": rule, "sentence": sentence} for rule, sentence in clash.rules],
        "repairs": [
            {
                "rule": repair.rule,
                "sentence": repair.sentence,
                "change": repair.change,
                "amount": (units if repair.unit == "cents" else plain_number)(repair.amount),
                "unit": (pool.cluster.currency or "money")
                if repair.unit == "cents"
                else repair.unit,
                "proven": repair.proven,
            }
            for repair in clash.repairs
        ],
        "undecided": list(clash.undecided),
        "proven": clash.proven,
    }


def clash_text(pool: Pool, clash: Clash) -> str:
    """The clash in sentences."""
    if len(clash.rules) == 1:
        first = "This rule cannot be met by any mix:"
    else:
        first = f"These {len(clash.rules)} rules cannot hold together:"
    sentences = [sentence for _, sentence in clash.rules]
    ways = [f"{sentence} → {way_out(clash, rule)}" for rule, sentence in clash.rules]
    title = "Smallest change of each that is enough alone"
    return page(
        heading("What clashes"), paragraph(first), bullets(sentences), heading(title), bullets(ways)
    )
