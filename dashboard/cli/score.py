"""`clusterfolio score`: the proposals ranked, and what each criterion adds."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

from dashboard.cli.mix_document import unit_name, units, worth
from dashboard.cli.mix_report import plain_money, table_worth
from dashboard.cli.output import (
    Column,
    Output,
    bullets,
    heading,
    page,
    paragraph,
    plain_number,
    problem_document,
    table,
)
from dashboard.services import pools, words
from portfolio.pool import Pool
from portfolio.scoring import value
from portfolio.scoring.profile import Profile, profiles
from portfolio.scoring.scorecard import Scorecard, scorecards
from portfolio.wording import count, percent

LETTERS = "ABCDEF"
"""Columns of criteria, as many as a line has room for."""


def run(args: argparse.Namespace, out: Output) -> int:
    """Score the proposals."""
    found = pools.find(args.pool, args.profile, args.store)
    cards = _ordered(found.pool)
    out.answer(_document(found, cards), _text(found, cards))
    return 0


def _ordered(pool: Pool) -> list[Scorecard]:
    """Best first: by points where there are criteria, else by worth under the standing aim."""
    worths = value.values(pool, pool.scenario.objective)

    def key(card: Scorecard) -> tuple[bool, Any, str]:
        known = card.points is not None
        return (not known, -(card.points or 0) if known else -worths[card.project], card.project)

    return sorted(scorecards(pool), key=key)


def _document(found: pools.Found, cards: Sequence[Scorecard]) -> dict[str, Any]:
    pool, objective = found.pool, found.pool.scenario.objective
    worths = value.values(pool, objective)
    incomplete = value.incomplete(pool, objective)
    by_id = {entry.project: entry for entry in profiles(pool)}
    return {
        "cluster": pool.cluster.name,
        "currency": pool.cluster.currency,
        "aim": objective.aim,
        "unit": unit_name(pool, pool.scenario),
        "projects": [
            {
                **_card(pool, card),
                "worth": worth(worths[card.project]),
                "incomplete": incomplete.get(card.project),
                **_profile(by_id[card.project]),
            }
            for card in cards
        ],
        "waiting": [{"id": p.id, "name": p.name} for p in pool.incomplete],
        "notes": list(found.notes),
        "unread": [problem_document(problem) for problem in found.problems],
    }


def _card(pool: Pool, card: Scorecard) -> dict[str, Any]:
    project = pool.project(card.project)
    return {
        "id": project.id,
        "name": project.name,
        "rank": card.rank,
        "points": plain_number(card.points),
        "coverage": plain_number(card.coverage),
        "at_least": plain_number(card.at_least),
        "at_most": plain_number(card.at_most),
        "criteria": [
            {
                "id": part.criterion,
                "name": part.name,
                "level": plain_number(part.level),
                "value": plain_number(part.value),
                "weight": plain_number(part.weight),
                "contribution": plain_number(part.contribution),
                "judges": part.judges,
            }
            for part in card.parts
        ],
        "cost": units(project.cost),
        "grant": units(project.grant),
    }


def _profile(entry: Profile) -> dict[str, Any]:
    parts = {
        aspect.name: {
            "sentence": aspect.sentence,
            "figures": {
                figure.label: {"value": figure.value, "unit": figure.unit}
                for figure in aspect.figures
            },
        }
        for aspect in entry.aspects
    }
    return {"quadrant": None if entry.quadrant is None else entry.quadrant.value, **parts}


def _text(found: pools.Found, cards: Sequence[Scorecard]) -> str:
    pool = found.pool
    fictional = " (fictional)" if pool.cluster.fictional else ""
    notes = [*found.notes]
    if pool.incomplete:
        waiting = count(len(pool.incomplete), "proposal")
        notes.append(f"{waiting} wait outside, as their cost is not known.")
    return page(
        heading(f"{pool.cluster.name}{fictional}: {count(len(cards), 'proposal')}"),
        _criteria_line(pool),
        _table(pool, cards) if cards else paragraph("No proposals yet."),
        page(heading("To know"), bullets(notes)) if notes else "",
    )


def _criteria_line(pool: Pool) -> str:
    if not pool.criteria:
        return paragraph("There are no criteria yet: proposals stand by what they are worth.")
    whole = sum(criterion.swing for criterion in pool.criteria) or 1
    lines = [
        f"{letter} {criterion.name}, {percent(criterion.swing / whole)}"
        for letter, criterion in zip(LETTERS, pool.criteria, strict=False)
    ]
    more = len(pool.criteria) - len(LETTERS)
    if more > 0:
        lines.append(f"and {more:,} more, which --json lists")
    first = "Points from 0 to 100; the columns by letter say what each criterion adds:"
    return page(paragraph(first), "\n".join(paragraph(line, indent="  ") for line in lines))


def _table(pool: Pool, cards: Sequence[Scorecard]) -> str:
    shown = LETTERS[: len(pool.criteria)]
    unit, currency = value.unit(pool.scenario.objective), pool.cluster.currency
    worths = value.values(pool, pool.scenario.objective)
    unknown = value.incomplete(pool, pool.scenario.objective)
    columns = [Column("#", "right"), Column("Project", gives=True)]
    if pool.criteria:
        columns.append(Column("Points", "right"))
    columns += [Column(letter, "right") for letter in shown]
    columns += [Column("Chance", "right"), Column("Grant", "right")]
    with_worth = unit != "points"
    columns += [Column("Payoff" if unit == "money" else "Benefit", "right")] * with_worth
    rows = []
    for place, card in enumerate(cards, start=1):
        project = pool.project(card.project)
        row = [f"{card.rank or place:,}", project.name]
        if pool.criteria:
            row.append("–" if card.points is None else f"{float(card.points):.1f}")
        row += [
            "–" if part.value is None else f"{float(part.contribution):.1f}"
            for part in card.parts[: len(shown)]
        ]
        row += [_chance(project.p_success), plain_money(project.grant, currency)]
        known = card.project not in unknown
        row += [table_worth(worths[card.project], unit, currency) if known else "–"] * with_worth
        rows.append(row)
    return table(columns, rows)


def _chance(probability: float | None) -> str:
    return "–" if probability is None else words.chance(probability)
