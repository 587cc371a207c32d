"""A program over the columns that may still move; those that are settled are counted into it.

What is known of the best mix settles most columns of a large question before a solver is asked.
Left out, they cost it nothing, and its floats have fewer digits to hold.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from optimizer.model import Program, Row


@dataclass(frozen=True, slots=True)
class Moving:
    """A program over `columns` of another; the others stand at `lows`, worth `settled` in all."""

    program: Program
    columns: tuple[int, ...]
    lows: Sequence[int]
    settled: int

    @property
    def impossible(self) -> bool:
        """Whether the settled columns break a row by themselves."""
        return any(not row.columns and row.limit < 0 for row in self.program.rows)

    def inside(self, chosen: Collection[int]) -> frozenset[int]:
        """Columns at one of the whole program, as columns of this one."""
        return frozenset(k for k, column in enumerate(self.columns) if column in chosen)

    def whole(self, x: Sequence[int]) -> tuple[int, ...]:
        """Values of these columns as values of all columns."""
        values = list(self.lows)
        for column, value in zip(self.columns, x, strict=True):
            values[column] = value
        return tuple(values)


def moving(program: Program) -> Moving:
    """The same program without the columns whose bounds leave one value."""
    columns = tuple(j for j in range(program.width) if program.lows[j] != program.highs[j])
    if len(columns) == program.width:
        return Moving(program, columns, program.lows, 0)
    place = [-1] * program.width
    for k, column in enumerate(columns):
        place[column] = k
    left = Program(
        [program.costs[j] for j in columns],
        [_left(row, place, program.lows) for row in program.rows],
        [program.lows[j] for j in columns],
        [program.highs[j] for j in columns],
        [program.whole[j] for j in columns],
    )
    settled = sum(
        cost * low
        for cost, low, own in zip(program.costs, program.lows, place, strict=True)
        if low and own < 0
    )
    return Moving(left, columns, program.lows, settled)


def _left(row: Row, place: Sequence[int], lows: Sequence[int]) -> Row:
    """A row less the columns without a place, which stand at their lows."""
    columns: list[int] = []
    values: list[int] = []
    limit = row.limit
    for column, value in zip(row.columns, row.coefficients, strict=True):
        if place[column] >= 0:
            columns.append(place[column])
            values.append(value)
        elif lows[column]:
            limit -= value * lows[column]
    return Row(row.rules, row.label, tuple(columns), tuple(values), limit)
