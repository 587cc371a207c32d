"""The rules that cannot hold together, and the smallest change of each that would help."""

from __future__ import annotations

from dashboard.cli.mix_document import units
from dashboard.cli.output import Document, bullets, heading, page, paragraph, plain_number
from dashboard.services.repair import doubts, headline, several, way_out
from optimizer import Clash
from portfolio.pool import Pool


def clash_document(pool: Pool, clash: Clash) -> Document:
    """The clash for programs, the further ones under `others`."""
    return {
        **_one_document(pool, clash),
        "others": [_one_document(pool, other) for other in clash.others],
        "complete": clash.complete,
    }


def _one_document(pool: Pool, clash: Clash) -> Document:
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


def clash_text(clash: Clash) -> str:
    """Each clash in sentences, with the way out of each of its rules."""
    parts = [heading("What clashes")]
    if clash.others:
        parts.append(paragraph(several(clash)))
    for found in clash.each:
        ways = [f"{sentence} → {way_out(found, rule)}" for rule, sentence in found.rules]
        title = "Smallest change of each that is enough alone"
        if clash.others:
            title += ", the other clashes set aside"
        parts += [
            paragraph(f"{headline(found)}:"),
            bullets([sentence for _, sentence in found.rules]),
            heading(title),
            bullets(ways),
        ]
    parts += [paragraph(doubt) for doubt in doubts(clash)]
    return page(*parts)
