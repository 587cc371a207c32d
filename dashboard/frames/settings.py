"""Funders, criteria and the board, to edit and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from dashboard.frames.columns import cell, numbers
from dashboard.services.board_forms import Row as BoardRow
from dashboard.services.condition_forms import ledger_day
from dashboard.services.criteria_forms import MEASURE_WORDS, anchored_words, weights
from dashboard.services.rule_fields import Aid
from portfolio.funding.sources import Source
from portfolio.scoring.criteria import Anchor, Criterion


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


def ledger(found: Sequence[Aid], leads: Mapping[str, str]) -> pd.DataFrame:
    """Aid granted before, to edit; `leads` are organizations in words, by id."""
    return pd.DataFrame(
        {
            "Organization": pd.array([leads.get(i, i) for i, _, _ in found], dtype="string"),
            "Granted on": pd.to_datetime(
                pd.Series([on for _, on, _ in found], dtype="object")
            ).to_numpy(),
            "Amount": pd.array([amount for _, _, amount in found], dtype="Float64"),
        }
    )


def ledger_rows(frame: pd.DataFrame, leads: Mapping[str, str]) -> tuple[Aid, ...]:
    """The edited ledger as rows; an empty cell is "" or None."""
    ids = {words: organization for organization, words in leads.items()}
    return tuple(
        (ids.get(str(cell(who) or ""), str(cell(who) or "")), ledger_day(cell(on)), cell(amount))
        for who, on, amount in zip(
            frame["Organization"], frame["Granted on"], frame["Amount"], strict=True
        )
    )


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
            "Level": numbers(each.level for each in found),
            "Value": numbers(each.value for each in found),
            "In words": pd.array([each.text for each in found], dtype="string"),
        }
    )


def anchor_rows(frame: pd.DataFrame) -> tuple[tuple[object, object, object], ...]:
    """Edited answers as level, value and words; None where a cell is empty."""
    return tuple(
        (cell(level), cell(value), cell(text))
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
            "Chair": pd.Series([each[3] for each in found], dtype="bool"),
        }
    )


def board_rows(frame: pd.DataFrame) -> tuple[BoardRow, ...]:
    """The edited board as rows."""
    return tuple(
        (str(cell(i) or ""), str(cell(name) or ""), str(cell(of) or ""), cell(chair) is True)
        for i, name, of, chair in zip(
            frame["Id"], frame["Name"], frame["Organization"], frame["Chair"], strict=True
        )
    )
