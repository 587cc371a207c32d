"""What each rule costs and what the next money buys, for programs and for people."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.cli.mix_document import projects_document, unit_name, units, worth
from dashboard.cli.output import Column, Document, heading, page, paragraph, table
from dashboard.services import next_money, words
from dashboard.services.proposals import name
from dashboard.services.why import price_words
from optimizer import Purchase, RulePrice
from portfolio.pool import Pool
from portfolio.scenario import Scenario
from portfolio.scoring import value
from portfolio.wording import money


def prices_document(
    pool: Pool, scenario: Scenario, prices: Sequence[RulePrice], bought: Sequence[Purchase]
) -> Document:
    """Both lists; worth in the unit of the aim, money in currency units."""
    return {
        "unit": unit_name(pool, scenario),
        "prices": [
            {
                "rule": price.rule,
                "sentence": price.sentence,
                "price": worth(price.price),
                "proven": price.proven,
                "enters": projects_document(pool, price.enters),
                "leaves": projects_document(pool, price.leaves),
            }
            for price in prices
        ],
        "next_money": [
            {
                "source": one.source or None,
                "name": next_money.name(scenario, one),
                "amount": units(one.cents),
                "exact": worth(one.gain),
                "proven": one.proven,
                "rate": one.rate,
                "at_rate": worth(next_money.rate_gain(one)),
                "enters": projects_document(pool, one.enters),
                "leaves": projects_document(pool, one.leaves),
            }
            for one in bought
        ],
    }


def prices_text(
    pool: Pool, scenario: Scenario, prices: Sequence[RulePrice], bought: Sequence[Purchase]
) -> str:
    """Two tables, each with a line that says how to read it."""
    unit, currency = value.unit(scenario.objective), pool.cluster.currency
    rules = table(
        (Column("Rule", gives=True), Column("Costs", "right")),
        [(price.sentence, price_words(price, scenario, pool)) for price in prices],
    )
    parts = [heading("What each rule costs"), rules if prices else paragraph("No rule applies.")]
    if not bought:
        return page(*parts, paragraph("Nothing limits the money."))

    def said(micro: int | None, proven: bool = True) -> str:
        if micro is None:
            return "not known"
        return f"{'' if proven else 'about '}{words.short_worth(micro, unit, currency)}"

    def names(ids: Sequence[str]) -> str:
        return ", ".join(name(pool, i) for i in ids)

    rows = [
        (
            next_money.name(scenario, one),
            said(one.gain, one.proven),
            said(next_money.rate_gain(one)),
            names(one.enters),
            names(one.leaves),
        )
        for one in bought
    ]
    columns = (
        Column("Whose money", gives=True),
        Column("Exact", "right"),
        Column("At the rate", "right"),
        Column("Enters", gives=True),
        Column("Leaves", gives=True),
    )
    return page(
        *parts,
        heading(f"What the next {money(bought[0].cents, currency)} buys"),
        paragraph(next_money.headline(pool, scenario, bought, str)),
        table(columns, rows),
        paragraph(next_money.HOW_TO_READ),
    )
