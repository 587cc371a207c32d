"""The question as a whole-number program: rows that carry the rules which made them, and columns."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import chain
from math import floor, gcd, lcm

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Indices = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Row:
    """Σ coefficient · x[column] ≤ limit, in whole numbers, exact.

    `rules` are the ids of the rules that made it (several budgets where sources pay together)
    and `label` names it within the rule ("Port energy", "2027 H1"), "" where a rule has one row.
    """

    rules: tuple[str, ...]
    label: str
    columns: tuple[int, ...]
    coefficients: tuple[int, ...]
    limit: int

    def used(self, chosen: Collection[int]) -> int:
        """The left-hand side for the chosen columns at one, all others at zero."""
        pairs = zip(self.columns, self.coefficients, strict=True)
        return sum(coefficient for column, coefficient in pairs if column in chosen)

    def holds(self, chosen: Collection[int]) -> bool:
        """Whether the row is met by the chosen columns."""
        return self.used(chosen) <= self.limit

    @property
    def most(self) -> int:
        """The largest left-hand side that zeros and ones can give."""
        return sum(coefficient for coefficient in self.coefficients if coefficient > 0)


def at_most(
    rules: tuple[str, ...],
    label: str,
    coefficients: Mapping[int, int | Fraction],
    limit: int | Fraction,
) -> Row:
    """Σ coefficient · x ≤ limit as a row in the smallest whole numbers that say the same.

    Fractions are cleared and the common divisor is taken out; since the left-hand side is whole,
    the limit may then be rounded down.
    """
    kept = {column: value for column, value in coefficients.items() if value}
    unit = 1
    if not {int}.issuperset(map(type, kept.values())):
        unit = lcm(*(value.denominator for value in kept.values()))
        kept = {column: value * unit for column, value in kept.items()}
    numbers = tuple(map(int, kept.values()))
    divisor = gcd(*numbers) or 1
    if divisor != 1:
        numbers = tuple([number // divisor for number in numbers])
    most = limit * unit // divisor if type(limit) is int else floor(limit * unit / divisor)
    return Row(rules, label, tuple(kept), numbers, most)


def at_least(
    rules: tuple[str, ...],
    label: str,
    coefficients: Mapping[int, int | Fraction],
    limit: int | Fraction,
) -> Row:
    """Σ coefficient · x ≥ limit, turned round into an `at_most` row."""
    turned = {column: -value for column, value in coefficients.items()}
    return at_most(rules, label, turned, -limit)


@dataclass(frozen=True, slots=True)
class Program:
    """Maximize Σ costs · x under rows, lows ≤ x ≤ highs, with x whole where `whole` says so.

    Everything is exact; numbers become floats in `optimizer.solver` alone.
    """

    costs: Sequence[int]
    rows: Sequence[Row]
    lows: Sequence[int]
    highs: Sequence[int]
    whole: Sequence[bool]

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self.costs)


@dataclass(slots=True)
class Sparse:
    """Rows as arrays: entry k stands in row `row[k]`, column `column[k]`, and is `value[k]`."""

    width: int
    row: Indices
    column: Indices
    value: Floats
    limits: Floats
    start: Indices = field(init=False)

    def __post_init__(self) -> None:
        """Where each row starts."""
        counts = np.bincount(self.row, minlength=len(self.limits))
        self.start = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)

    def times(self, x: Floats) -> Floats:
        """The left-hand side of each row."""
        weights = self.value * x[self.column]
        return _sums(self.row, weights, len(self.limits))

    def weighed(self, prices: Floats) -> Floats:
        """For each column, the sum of its entries at these prices of the rows."""
        weights = self.value * prices[self.row]
        return _sums(self.column, weights, self.width)


def sparse(rows: Iterable[Row], width: int) -> Sparse:
    """The rows as arrays."""
    numbers: list[int] = []
    columns: list[int] = []
    values: list[int] = []
    limits: list[int] = []
    for number, row in enumerate(rows):
        numbers.extend([number] * len(row.columns))
        columns.extend(row.columns)
        values.extend(row.coefficients)
        limits.append(row.limit)
    return Sparse(
        width,
        np.array(numbers, dtype=np.int32),
        np.array(columns, dtype=np.int32),
        np.array(values, dtype=np.float64),
        np.array(limits, dtype=np.float64),
    )


def dense(rows: Sequence[Row], width: int) -> Floats:
    """The coefficients of the rows, shape (rows, columns)."""
    counts = np.fromiter((len(row.columns) for row in rows), np.intp, len(rows))
    numbers = np.repeat(np.arange(len(rows)), counts)
    columns = np.fromiter(chain.from_iterable(row.columns for row in rows), np.intp)
    values = chain.from_iterable(row.coefficients for row in rows)
    matrix = np.zeros((len(rows), width))
    matrix[numbers, columns] = np.fromiter(values, np.float64, len(columns))
    return matrix


def _sums(places: Indices, weights: Floats, length: int) -> Floats:
    return np.bincount(places, weights=weights, minlength=length).astype(np.float64, copy=False)
