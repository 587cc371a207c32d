"""Proposals in a mix, and the decisions on record."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dashboard.services import chosen, schedule
from dashboard.services.chosen import Mix, change_words
from dashboard.services.mix import Answered
from dashboard.services.proposals import Row, lead_name
from optimizer import Alternatives
from portfolio.decision import Decision
from portfolio.pool import Pool
from portfolio.scoring.value import Unit


def proposals(found: Sequence[Row], unit: Unit) -> pd.DataFrame:
    """Proposals with their place in the mix; money in whole units, worth in units of `unit`."""
    scale = 1_000_000
    return pd.DataFrame(
        {
            "Proposal": [row.name for row in found],
            "In the mix": ["● in" if row.inside else "○ out" for row in found],
            **_ways([row.way for row in found]),
            "Asked for": [row.grant / 100 for row in found],
            "Chance of success": pd.array(
                [None if row.chance is None else round(row.chance * 100, 1) for row in found],
                dtype="Float64",
            ),
            "Worth": [
                round(row.worth / scale) if unit == "money" else row.worth / scale for row in found
            ],
            "Theme": [row.theme for row in found],
            "Lead": [row.lead for row in found],
            "Whole cost": [row.cost / 100 for row in found],
            "Starts": [row.begins for row in found],
            "Ends": [row.ends for row in found],
            "Note": [row.note for row in found],
        }
    )


def spending(answered: Answered) -> pd.DataFrame:
    """Money of a mix, a row a period and one in all, a column a source; in whole units."""
    pool, scenario, selection = answered.pool, answered.scenario, answered.selection
    calendar = pool.cluster.calendar
    labels = [calendar.label(period) for period in range(calendar.count)]
    names = {source.id: source.name for source in scenario.sources}
    columns = [
        (names[source], paid)
        for source, paid in schedule.spend_by_source(pool, scenario, selection).items()
    ]
    columns.append(("Together", schedule.spend_by_period(pool, selection)))
    return pd.DataFrame(
        {
            "Period": [*labels, "In all"],
            **{name: [cents / 100 for cents in (*paid, sum(paid))] for name, paid in columns},
        }
    )


def _ways(ways: Sequence[str]) -> dict[str, list[str]]:
    """How projects were chosen otherwise than proposed; no column where none was."""
    return {"How": list(ways)} if any(ways) else {}


def decisions(records: Sequence[Decision]) -> pd.DataFrame:
    """Decisions as they were kept, in the order given; money in whole units."""
    return pd.DataFrame(
        {
            "Title": [record.title for record in records],
            "When": [record.at.date() for record in records],
            "Money": [record.selection.spend / 100 for record in records],
            "Proposals": [len(record.selection.chosen) for record in records],
            "Decided by": [record.who for record in records],
            "No.": [record.id for record in records],
            "Why": [record.why for record in records],
        }
    )


def decided(decision: Decision) -> pd.DataFrame:
    """The mix of a decision, the largest grant first; names as they were on that day."""
    pool, selection = decision.pool, decision.selection
    projects = [] if pool is None else list(chosen.projects(pool, selection.chosen))
    projects.sort(key=lambda project: (-project.grant, project.id))
    ways = {} if pool is None else chosen.clauses(pool, selection.chosen)
    return pd.DataFrame(
        {
            "Proposal": [project.name or project.id for project in projects],
            **_ways([ways.get(project.id, "") for project in projects]),
            "Theme": [project.theme for project in projects],
            "Lead": [lead_name(pool, project) for project in projects if pool is not None],
            "Gets": [project.grant / 100 for project in projects],
        }
    )


def alternatives(pool: Pool, found: Alternatives, *, by_money: bool) -> pd.DataFrame:
    """Mixes side by side, the best first: what each is worth less, and how it differs from it."""
    best = found.selections[0]
    scale = 1_000_000
    less = [(best.value or 0) - (each.value or 0) for each in found.selections]

    changes = [found.change(place) for place in range(len(less))]

    mixes = [Mix(pool, each.chosen) for each in found.selections]
    otherwise = [change_words(mixes[0], mix, str) for mix in mixes]

    def names(ids: frozenset[str]) -> str:
        return " · ".join(pool.project(each).name or each for each in sorted(ids))

    return pd.DataFrame(
        {
            "Mix": ["Best", *(f"No. {k + 2}" for k in range(len(less) - 1))],
            "Worth less": [round(each / scale) if by_money else each / scale for each in less],
            "Money": [each.spend / 100 for each in found.selections],
            "Enters": [names(enters) for enters, _ in changes],
            "Leaves": [names(leaves) for _, leaves in changes],
            **({"Changes": otherwise} if any(otherwise) else {}),
        }
    )
