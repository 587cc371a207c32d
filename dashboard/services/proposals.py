"""The proposals of a question as rows and as marks of a map, with their place in the mix."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from dashboard.services import chosen, words
from dashboard.services.chosen import As
from dashboard.services.mix import Answered
from portfolio.pool import Pool
from portfolio.project import Project
from portfolio.scoring import value
from portfolio.scoring.payoff import payoff_with_caution
from portfolio.scoring.quadrants import median_thresholds

MOST_OUTSIDE = 100
"""How many proposals outside the mix a map shows."""


@dataclass(frozen=True, slots=True)
class Row:
    """A proposal, in the mix as it was chosen. Money in cents; `worth` in millionths.

    `chance` 0 to 1; None is not known. `version` and `start` are "" where not open, and `way` says
    how it was chosen otherwise than proposed, as “in its smaller version”.
    """

    id: str
    name: str
    theme: str
    lead: str
    inside: bool
    cost: int
    grant: int
    chance: float | None
    payoff: int | None
    worth: int
    note: str
    version: str = ""
    start: str = ""
    way: str = ""
    begins: date | None = None
    ends: date | None = None


@dataclass(frozen=True, slots=True)
class MapData:
    """What the map shows: rows with a chance and a payoff above zero, and how many have none.

    `left_out` proposals outside the mix are further from entering than those shown. The lines are
    the medians: a chance 0 to 1 and a payoff in cents.
    """

    rows: tuple[Row, ...]
    unknown: int
    left_out: int
    line_chance: float | None
    line_payoff: int | None


def rows(answered: Answered) -> tuple[Row, ...]:
    """Every proposal: the mix first, each part by falling worth."""
    pool, objective = answered.pool, answered.scenario.objective
    worth = value.values(pool, objective)
    notes = {**value.assumed(pool, objective), **value.incomplete(pool, objective)}
    held = {
        one.project.id: one
        for one in chosen.as_chosen(pool, objective, answered.selection.chosen).values()
    }
    found = [
        _chosen_row(pool, held[project.id], notes)
        if project.id in held
        else _row(pool, project, worth[project.id], notes)
        for project in pool.candidates
    ]
    return tuple(sorted(found, key=lambda row: (not row.inside, -row.worth, row.id)))


def map_data(answered: Answered) -> MapData:
    """The marks of the bubble map; of those outside, the nearest misses by worth per money."""
    found = rows(answered)
    drawn = [row for row in found if row.chance is not None and (row.payoff or 0) > 0]
    inside = [row for row in drawn if row.inside]
    outside = sorted(
        (row for row in drawn if not row.inside),
        key=lambda row: (-Fraction(row.worth, max(row.grant, 1)), row.id),
    )
    lines = median_thresholds(answered.pool)
    return MapData(
        rows=(*inside, *outside[:MOST_OUTSIDE]),
        unknown=len(found) - len(drawn),
        left_out=max(len(outside) - MOST_OUTSIDE, 0),
        line_chance=None if lines is None else float(lines.chance),
        line_payoff=None if lines is None else round(lines.payoff),
    )


def by_money(answered: Answered) -> tuple[Row, ...]:
    """The marks of a map of grant against worth: the mix, and the nearest misses outside it."""
    found = rows(answered)
    inside = [row for row in found if row.inside]
    outside = sorted(
        (row for row in found if not row.inside),
        key=lambda row: (-Fraction(row.worth, max(row.grant, 1)), row.id),
    )
    return (*inside, *outside[:MOST_OUTSIDE])


def name(pool: Pool, project_id: str) -> str:
    """A project's name as its people write it."""
    return pool.project(project_id).name or project_id


def lead_name(pool: Pool, project: Project) -> str:
    """The lead organization's name, its id when it is not on record, "" without a lead."""
    organization = pool.organization(project.lead)
    return organization.name if organization else project.lead


def hover_lines(row: Row, unit: value.Unit, currency: str) -> tuple[str, ...]:
    """What the map says of a mark, in the words of the table."""
    lines = [
        _place(row),
        f"{row.theme or 'No theme'} · {row.lead or 'no lead'}",
        f"asks {words.short_money(row.grant, currency)} of {words.short_money(row.cost, currency)}",
        "chance not known" if row.chance is None else f"works in {words.chance(row.chance)} cases",
        f"worth {words.short_worth(row.worth, unit, currency)}",
    ]
    return tuple(lines)


def _place(row: Row) -> str:
    if not row.inside:
        return "not in the mix"
    return f"in the mix, {row.way}" if row.way else "in the mix"


def _chosen_row(pool: Pool, one: As, notes: Mapping[str, str]) -> Row:
    choice = one.choice
    return replace(
        _row(pool, one.project, one.worth, notes),
        inside=True,
        version=choice.version or "",
        start=chosen.start_label(pool, choice) or "",
        way=chosen.clause(pool, choice),
    )


def _row(pool: Pool, project: Project, worth: int, notes: Mapping[str, str]) -> Row:
    payoff = None if project.payoff is None else round(payoff_with_caution(project.payoff))
    return Row(
        id=project.id,
        name=project.name or project.id,
        theme=project.theme,
        lead=lead_name(pool, project),
        inside=False,
        cost=project.cost,
        grant=project.grant,
        chance=project.p_success,
        payoff=payoff,
        worth=worth,
        note=notes.get(project.id, ""),
        begins=project.start,
        ends=project.end,
    )
