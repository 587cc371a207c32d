"""A program over the columns that may still move; those that are settled are counted into it.

What is known of the best mix settles most columns of a large question before a solver is asked.
Left out, they cost it nothing, and its floats have fewer digits to hold.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
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
    place = {column: k for k, column in enumerate(columns)}
    fixed = {j: low for j, low in enumerate(program.lows) if low and j not in place}
    left = Program(
        [program.costs[j] for j in columns],
        [_left(row, place, fixed) for row in program.rows],
        [program.lows[j] for j in columns],
        [program.highs[j] for j in columns],
        [program.whole[j] for j in columns],
    )
    settled = sum(program.costs[j] * low for j, low in fixed.items())
    return Moving(left, columns, program.lows, settled)


def _left(row: Row, place: Mapping[int, int], fixed: Mapping[int, int]) -> Row:
    pairs = list(zip(row.columns, row.coefficients, strict=True))
    used = sum(value * fixed[column] for column, value in pairs if column in fixed) if fixed else 0
    columns = tuple([place[column] for column in row.columns if column in place])
    values = tuple([value for column, value in pairs if column in place])
    return Row(row.rules, row.label, columns, values, row.limit - used)
