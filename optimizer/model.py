"""The question as a whole-number program: rows that carry the rules which made them, and columns."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import chain
from math import floor, gcd, lcm
from typing import cast

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Indices = NDArray[np.int32]
Wholes = NDArray[np.int64] | NDArray[np.object_]
"""Whole numbers, of 64 bits or of any length: sums and products are exact in both."""
LONGEST = 2**62
"""Whole numbers below this are safe in 64 bits."""


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
        return sum([coefficient for column, coefficient in pairs if column in chosen])

    def holds(self, chosen: Collection[int]) -> bool:
        """Whether the row is met by the chosen columns."""
        return self.used(chosen) <= self.limit

    @property
    def most(self) -> int:
        """The largest left-hand side that zeros and ones can give."""
        return sum([coefficient for coefficient in self.coefficients if coefficient > 0])


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
    if {int}.issuperset(map(type, kept.values())):
        numbers = cast(list[int], [*kept.values()])
    else:
        unit = lcm(*(value.denominator for value in kept.values()))
        numbers = [int(value * unit) for value in kept.values()]
    divisor = gcd(*numbers) or 1
    if divisor != 1:
        numbers = [number // divisor for number in numbers]
    return Row(rules, label, tuple(kept), tuple(numbers), _down(limit * unit, divisor))


def all_at_most(
    rules: tuple[str, ...], label: str, coefficients: Wholes, limit: int | Fraction
) -> Row:
    """`at_most` with a coefficient for each column in order, as an array, shape (columns,)."""
    (columns,) = np.nonzero(coefficients)
    numbers = coefficients[columns]
    divisor = int(np.gcd.reduce(numbers)) if len(numbers) else 1
    whole = tuple((numbers // divisor).tolist())
    return Row(rules, label, tuple(columns.tolist()), whole, _down(limit, divisor))


def wholes(numbers: Sequence[int] | Sequence[Sequence[int]], most: int) -> Wholes:
    """Whole numbers as an array, where neither they nor what is made of them passes `most`."""
    if most < LONGEST:
        return np.array(numbers, dtype=np.int64)
    return np.array(numbers, dtype=np.object_)


def _down(limit: int | Fraction, divisor: int) -> int:
    return limit // divisor if type(limit) is int else floor(Fraction(limit) / divisor)


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


def sparse(rows: Sequence[Row], width: int) -> Sparse:
    """The rows as arrays."""
    number, column, value = _entries(rows)
    limits = np.array([row.limit for row in rows], dtype=np.float64)
    return Sparse(width, number, column, value, limits)


def dense(rows: Sequence[Row], width: int) -> Floats:
    """The coefficients of the rows, shape (rows, columns)."""
    number, column, value = _entries(rows)
    matrix = np.zeros((len(rows), width))
    matrix[number, column] = value
    return matrix


def _entries(rows: Sequence[Row]) -> tuple[Indices, Indices, Floats]:
    """Row, column and value of every entry."""
    counts = [len(row.columns) for row in rows]
    number = np.repeat(np.arange(len(rows), dtype=np.int32), counts)
    columns = chain.from_iterable(row.columns for row in rows)
    values = chain.from_iterable(row.coefficients for row in rows)
    return (
        number,
        np.fromiter(columns, np.int32, len(number)),
        np.fromiter(values, np.float64, len(number)),
    )


def _sums(places: Indices, weights: Floats, length: int) -> Floats:
    return np.bincount(places, weights=weights, minlength=length).astype(np.float64, copy=False)
