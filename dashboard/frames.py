"""Tables of the screens as DataFrames: column names in the reader's words, numbers in plain units."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

import pandas as pd

from dashboard.services.agreement import Agreement, in_words, means
from dashboard.services.board_forms import Row as BoardRow
from dashboard.services.cell_columns import COLUMNS, lead_words
from dashboard.services.criteria_forms import MEASURE_WORDS, anchored_words, weights
from dashboard.services.four_parts import Parts
from dashboard.services.project_cells import cells
from dashboard.services.project_edits import Edit
from dashboard.services.project_list import lacks
from dashboard.services.proposals import Row, lead_name
from dashboard.services.slipping import Slips, late_words
from data.importer import ImportPlan
from portfolio.decision import Decision
from portfolio.errors import Problem
from portfolio.funding.sources import Source
from portfolio.pool import Pool
from portfolio.project import Project
from portfolio.review.signals import SIGNALS
from portfolio.scoring.criteria import Anchor, Criterion
from portfolio.scoring.payoff import payoff_with_caution
from portfolio.scoring.scorecard import Scorecard
from portfolio.scoring.value import Unit


def problems(found: Sequence[Problem]) -> pd.DataFrame:
    """Problems of an input, one a row."""
    return pd.DataFrame(
        {
            "Row": pd.array([problem.row for problem in found], dtype="Int64"),
            "Column": [problem.field for problem in found],
            "What it says": [problem.value for problem in found],
            "What to do": [problem.remedy for problem in found],
        }
    )


def rows(columns: Sequence[str], cells: Sequence[Sequence[object]]) -> pd.DataFrame:
    """A table from rows of cells; it keeps its columns when there are no rows."""
    return pd.DataFrame([list(row) for row in cells], columns=list(columns))


def proposals(found: Sequence[Row], unit: Unit) -> pd.DataFrame:
    """Proposals with their place in the mix; money in whole units, worth in units of `unit`."""
    scale = 1_000_000
    return pd.DataFrame(
        {
            "Proposal": [row.name for row in found],
            "In the mix": ["● in" if row.inside else "○ out" for row in found],
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
            "Note": [row.note for row in found],
        }
    )


def slips(found: Slips) -> pd.DataFrame:
    """The review: one running project a row, worst first, with its dates, money and signals."""
    projects = [found.pool.project(row.project) for row in found.rows]
    columns: dict[str, object] = {
        "Initiative": [row.name for row in found.rows],
        "What to do": [row.verdict.value.capitalize() for row in found.rows],
        "Start": [project.start for project in projects],
        "Planned end": [row.lateness.baseline for row in found.rows],
        "Expected end": [row.lateness.forecast for row in found.rows],
        "Late": [late_words(row) for row in found.rows],
        "How we know": [row.lateness.basis for row in found.rows],
        "Not yet spent": pd.array(
            [None if row.unspent is None else row.unspent / 100 for row in found.rows],
            dtype="Float64",
        ),
        "Gates": [_gates(project, found.on) for project in projects],
    }
    for place, name in enumerate(SIGNALS):
        said = [row.signals[place] for row in found.rows]
        columns[name.capitalize()] = [f"{each.state.value}: {each.fact}" for each in said]
    return pd.DataFrame(columns)


def _gates(project: Project, on: date) -> str:
    gates = [gate for gate in project.milestones if gate.gate]
    passed = sum(gate.done is not None and gate.done <= on for gate in gates)
    return f"{passed} of {len(gates)} passed" if gates else ""


def scores(found: Agreement) -> pd.DataFrame:
    """Scores of all candidates: those that several members scored first, widest gap first."""
    rest = sorted(set(found.cards) - set(found.ordered))
    cards = [found.cards[each] for each in (*found.ordered, *rest)]
    spreads = [card.spread for card in cards]
    return pd.DataFrame(
        {
            "Proposal": [found.pool.project(card.project).name for card in cards],
            "Score": _numbers(card.points for card in cards),
            "Place": pd.array([card.rank for card in cards], dtype="Int64"),
            "Members": [len(card.members) for card in cards],
            "Lowest": _numbers(spread.low if spread else None for spread in spreads),
            "Highest": _numbers(spread.high if spread else None for spread in spreads),
            "Apart": _numbers(spread.width if spread else None for spread in spreads),
            "Not known": [", ".join(card.unknown) for card in cards],
        }
    )


def score_parts(found: Agreement, card: Scorecard) -> pd.DataFrame:
    """What one score is made of, a criterion a row."""
    return pd.DataFrame(
        {
            "Criterion": [part.name for part in card.parts],
            "Mean level": _numbers(part.level for part in card.parts),
            "In words": [
                in_words(criterion, part.level)
                for criterion, part in zip(found.pool.criteria, card.parts, strict=True)
            ],
            "Value": _numbers(part.value for part in card.parts),
            "Weight": _numbers(part.weight * 100 for part in card.parts),
            "Points": _numbers(
                None if part.value is None else part.contribution for part in card.parts
            ),
            "Mean of all": _numbers(means(found)),
            "Members": pd.array([part.judges or None for part in card.parts], dtype="Int64"),
            "From": [criterion.measure for criterion in found.pool.criteria],
        }
    )


def four_parts(pool: Pool, found: Sequence[Parts]) -> pd.DataFrame:
    """Candidates with payoff, risk, resources and timeline; money in whole units."""
    projects = [part.project for part in found]
    means = [None if p.payoff is None else payoff_with_caution(p.payoff) for p in projects]
    return pd.DataFrame(
        {
            "Proposal": [project.name for project in projects],
            "Quadrant": [part.corner for part in found],
            "Expected payoff": _units(part.expected for part in found),
            "Payoff if it works": _units(means),
            "Chance of success": _numbers(
                None if p.p_success is None else p.p_success * 100 for p in projects
            ),
            "Asked for": _units(project.grant for project in projects),
            "Whole cost": _units(project.cost for project in projects),
            "Lead": [lead_name(pool, project) for project in projects],
            "Starts": [project.start for project in projects],
            "Ends": [project.end for project in projects],
            "Months to payoff": pd.array([p.months_to_payoff for p in projects], dtype="Int64"),
            "Horizon": [p.horizon.value if p.horizon else "not known" for p in projects],
        }
    )


def _numbers(values: Iterable[Fraction | float | None]) -> object:
    return pd.array([None if v is None else float(v) for v in values], dtype="Float64")


def _units(cents: Iterable[Fraction | int | None]) -> object:
    """Whole currency units of cents."""
    return pd.array([None if c is None else round(c / 100) for c in cents], dtype="Int64")


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
    pool = decision.pool
    projects = [] if pool is None else [pool.project(i) for i in decision.selection.ids]
    projects.sort(key=lambda project: (-project.grant, project.id))
    return pd.DataFrame(
        {
            "Proposal": [project.name or project.id for project in projects],
            "Theme": [project.theme for project in projects],
            "Lead": [lead_name(pool, project) for project in projects if pool is not None],
            "Gets": [project.grant / 100 for project in projects],
        }
    )


def editable(pool: Pool, ids: Sequence[str], edits: Sequence[Edit]) -> pd.DataFrame:
    """Projects to edit, with edits that are not saved yet laid over the stored cells."""
    over = {(edit.project, edit.column): edit.new for edit in edits}
    projects = [pool.project(project_id) for project_id in ids]
    leads = lead_words(pool)
    rows = [
        {
            name: over.get((project.id, name), cell)
            for name, cell in cells(pool, project, leads).items()
        }
        for project in projects
    ]
    columns: dict[str, object] = {}
    for column in COLUMNS:
        columns[column.label] = _editable([row[column.name] for row in rows], column.kind)
        if column.name == "name":
            columns["Sheet"] = ["Open"] * len(ids)
    columns["Lacks"] = [", ".join(lacks(pool, project)) for project in projects]
    return pd.DataFrame(columns, index=list(ids))


def _editable(values: list[Any], kind: str) -> object:
    match kind:
        case "money" | "percent" | "whole":
            return pd.array([_float(value) for value in values], dtype="Float64")
        case "day":
            return pd.to_datetime(pd.Series(values, dtype="object"), errors="coerce").to_numpy()
        case "flag":
            return [value is True for value in values]
        case _:
            return pd.array([value if value else None for value in values], dtype="string")


def _float(value: Any) -> float | None:
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return float(value) if number else None


def named(projects: Sequence[Project]) -> pd.DataFrame:
    """Projects by name and id."""
    return pd.DataFrame(
        {"Project": [each.name for each in projects], "Id": [each.id for each in projects]}
    )


def changed(plan: ImportPlan) -> pd.DataFrame:
    """What an import would change, one attribute a row."""
    found = [(entry.after.name, field) for entry in plan.changed for field in entry.fields]
    return pd.DataFrame(
        {
            "Project": [name for name, _ in found],
            "What": [field.field.replace("_", " ") for _, field in found],
            "Stored": [field.old for _, field in found],
            "In the list": [field.new for _, field in found],
        }
    )


def envelopes(sources: Sequence[Source], heads: Sequence[str]) -> pd.DataFrame:
    """Funders with their money by period and in all, in whole units."""
    columns: dict[str, object] = {"Funder": [source.name for source in sources]}
    for period, head in enumerate(heads):
        amounts = (source.budgets[period : period + 1] for source in sources)
        columns[head] = pd.array([(each or (0,))[0] / 100 for each in amounts], dtype="Float64")
    columns["In all"] = pd.array([source.total / 100 for source in sources], dtype="Float64")
    columns["Unspent money"] = [
        "may be spent later" if source.carry_over else "goes back" for source in sources
    ]
    return pd.DataFrame(columns)


def criteria(found: Sequence[Criterion]) -> pd.DataFrame:
    """Criteria with their weights in per cent, what measures them, and their ends in words."""
    return pd.DataFrame(
        {
            "Criterion": [each.name for each in found],
            "Weight": list(weights(found)),
            "Swing": [each.swing for each in found],
            "Measured by": [MEASURE_WORDS.get(each.measure, each.measure) for each in found],
            "Question": [each.question for each in found],
            "Answers": [anchored_words(each) for each in found],
        }
    )


def anchors(found: Sequence[Anchor]) -> pd.DataFrame:
    """The answers of a criterion to edit."""
    return pd.DataFrame(
        {
            "Level": _numbers(each.level for each in found),
            "Value": _numbers(each.value for each in found),
            "In words": pd.array([each.text for each in found], dtype="string"),
        }
    )


def anchor_rows(frame: pd.DataFrame) -> tuple[tuple[object, object, object], ...]:
    """Edited answers as level, value and words; None where a cell is empty."""
    return tuple(
        (_cell(level), _cell(value), _cell(text))
        for level, value, text in zip(
            frame["Level"], frame["Value"], frame["In words"], strict=True
        )
    )


def board(found: Sequence[BoardRow]) -> pd.DataFrame:
    """The board to edit; the ids stand in a column that is not shown."""
    return pd.DataFrame(
        {
            "Id": pd.array([each[0] for each in found], dtype="string"),
            "Name": pd.array([each[1] for each in found], dtype="string"),
            "Organization": pd.array([each[2] or None for each in found], dtype="string"),
            "Chair": [each[3] for each in found],
        }
    )


def board_rows(frame: pd.DataFrame) -> tuple[BoardRow, ...]:
    """The edited board as rows."""
    return tuple(
        (str(_cell(i) or ""), str(_cell(name) or ""), str(_cell(of) or ""), _cell(chair) is True)
        for i, name, of, chair in zip(
            frame["Id"], frame["Name"], frame["Organization"], frame["Chair"], strict=True
        )
    )


def _cell(value: Any) -> Any:
    """A cell of an edited table as a plain value."""
    if pd.isna(value):
        return None
    return value.item() if hasattr(value, "item") else value
