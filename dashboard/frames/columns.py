"""Columns of numbers in which what is not known stays empty."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

import pandas as pd


def numbers(values: Iterable[Fraction | float | None]) -> object:
    """Numbers as a column of floats."""
    return pd.array([None if v is None else float(v) for v in values], dtype="Float64")


def units(cents: Iterable[Fraction | int | None]) -> object:
    """Whole currency units of cents."""
    return pd.array([None if c is None else round(c / 100) for c in cents], dtype="Int64")


def cell(value: Any) -> Any:
    """A cell of an edited table as a plain value."""
    if pd.isna(value):
        return None
    return value.item() if hasattr(value, "item") else value
