"""The rules that cannot hold together, and the smallest change of each that would help."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.cli.mix_document import unit_name, units, worth
from dashboard.cli.output import Document, bullets, heading, page, paragraph, plain_number
from dashboard.services.repair import (
    doubts,
    headline,
    overlap,
    priced,
    set_words,
    several,
    way_out,
)
from optimizer import Clash, ClashRule
from portfolio.pool import Pool
from portfolio.scenario import Scenario


def clash_document(pool: Pool, scenario: Scenario, clash: Clash) -> Document:
    """The clash for programs, the further ones under `others`."""
    return {
        **_one_document(pool, scenario, clash),
        "others": [_one_document(pool, scenario, other) for other in clash.others],
        "complete": clash.complete,
        "sets": [_rules(rules) for rules in clash.sets],
        "all_sets": clash.all_sets,
    }


def _rules(rules: Sequence[ClashRule]) -> list[Document]:
    return [{"id": rule, "sentence": sentence} for rule, sentence in rules]


def _one_document(pool: Pool, scenario: Scenario, clash: Clash) -> Document:
    return {
        "rules": _rules(clash.rules),
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
                "worth": worth(repair.value),
                "price": worth(repair.price),
                "worth_unit": unit_name(pool, scenario),
            }
            for repair in clash.repairs
        ],
        "undecided": list(clash.undecided),
        "proven": clash.proven,
    }


def clash_text(pool: Pool, scenario: Scenario, clash: Clash) -> str:
    """Each clash in sentences, with the way out of each of its rules and what it costs."""
    parts = [heading("What clashes")]
    if clash.others:
        parts.append(paragraph(several(clash)))
    for found in clash.each:
        ways = [
            f"{sentence} → {way_out(found, rule)}. {priced(pool, scenario, found, rule)}".rstrip()
            for rule, sentence in found.rules
        ]
        title = "Smallest change of each that is enough alone"
        if clash.others:
            title += ", the other clashes set aside"
        parts += [
            paragraph(f"{headline(found)}:"),
            bullets([sentence for _, sentence in found.rules]),
            heading(title),
            bullets(ways),
        ]
    if len(clash.sets) > 1:
        parts += [paragraph(overlap(clash)), bullets([set_words(one) for one in clash.sets])]
    parts += [paragraph(doubt) for doubt in doubts(clash)]
    return page(*parts)
