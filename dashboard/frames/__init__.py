"""Tables of the screens as DataFrames: column names in the reader's words, numbers in plain units."""

from dashboard.frames.basic import problems, rows
from dashboard.frames.listed import changed, editable, named
from dashboard.frames.mixes import alternatives, decided, decisions, proposals, spending
from dashboard.frames.reviews import slips
from dashboard.frames.scoring import agenda, asking, four_parts, score_parts, scores
from dashboard.frames.settings import (
    anchor_rows,
    anchors,
    board,
    board_rows,
    criteria,
    envelopes,
    ledger,
    ledger_rows,
)
from dashboard.frames.staging import at_once, seeds

__all__ = [
    "agenda",
    "alternatives",
    "anchor_rows",
    "anchors",
    "asking",
    "at_once",
    "board",
    "board_rows",
    "changed",
    "criteria",
    "decided",
    "decisions",
    "editable",
    "envelopes",
    "four_parts",
    "ledger",
    "ledger_rows",
    "named",
    "problems",
    "proposals",
    "rows",
    "score_parts",
    "scores",
    "seeds",
    "slips",
    "spending",
]
