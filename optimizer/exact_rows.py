"""Rows over the columns that are still open, in whole numbers that floats hold and add exactly."""

from __future__ import annotations

import numpy as np

from optimizer.model import Floats, Program, Row

EXACT = 52
"""Whole numbers whose sums stay within so many bits are exact in floats."""


class ExactRows:
    """Σ coefficient · x ≤ limit as arrays; the columns that the program settles are taken out.

    `free` are the open columns, `inside` those settled at one. `matrix` has shape `(rows, free)`,
    `limits` `(rows,)`. Rows that always hold are left out, and `possible` is False when one never
    does. Numbers too long lose their last digits, rounded so that no x that meets the row is lost.
    `large`: the arrays would have more than `most` entries and were not made.
    """

    def __init__(self, program: Program, most: int) -> None:
        self.inside = frozenset(j for j, low in enumerate(program.lows) if low)
        self.free = [j for j, low in enumerate(program.lows) if low < program.highs[j]]
        self.possible = all(
            low <= high for low, high in zip(program.lows, program.highs, strict=True)
        )
        self._place = {column: place for place, column in enumerate(self.free)}
        lines: list[tuple[list[int], list[int], int]] = []
        self.large = False
        for row in program.rows:
            if (line := self._line(row)) is not None:
                lines.append(line)
            if len(lines) * len(self.free) > most:
                self.large = True
                return
        self.matrix: Floats = np.zeros((len(lines), len(self.free)))
        for number, (places, values, _) in enumerate(lines):
            self.matrix[number, places] = values
        self.limits: Floats = np.array([limit for _, _, limit in lines], dtype=np.float64)
        self._split()

    def add(self, row: Row) -> tuple[Floats, float] | None:
        """One more row, given back as it stands in the arrays; None when it always holds."""
        line = self._line(row)
        if line is None:
            return None
        places, values, limit = line
        entries = np.zeros(len(self.free))
        entries[places] = values
        self.matrix = np.vstack([self.matrix, entries])
        self.limits = np.append(self.limits, float(limit))
        self._split()
        return entries, float(limit)

    def settle(self, lows: Floats, highs: Floats) -> bool:
        """Narrow a box of zeros and ones, in place, to what rows leave; False when nothing is left."""
        while True:
            room = self.limits - self._above @ lows - self._below @ highs
            if room.size and room.min() < 0:
                return False
            tight = self.size > room[:, None]
            if not tight.any():
                return True
            open_ = lows < highs
            out = open_ & (tight & (self.matrix > 0)).any(axis=0)
            into = open_ & (tight & (self.matrix < 0)).any(axis=0)
            if (out & into).any():
                return False
            if not (out.any() or into.any()):
                return True
            highs[out] = 0.0
            lows[into] = 1.0

    def _split(self) -> None:
        self.size = np.abs(self.matrix)
        self._above = np.maximum(self.matrix, 0.0)
        self._below = np.minimum(self.matrix, 0.0)

    def _line(self, row: Row) -> tuple[list[int], list[int], int] | None:
        """Places, values and limit of a row; None when it always holds."""
        places: list[int] = []
        values: list[int] = []
        limit = row.limit
        for column, value in zip(row.columns, row.coefficients, strict=True):
            place = self._place.get(column)
            if place is not None:
                places.append(place)
                values.append(value)
            elif column in self.inside:
                limit -= value
        most = sum(value for value in values if value > 0)
        least = sum(value for value in values if value < 0)
        if least > limit:
            self.possible = False
        if most <= limit or not values:
            return None
        shift = max((most - least + abs(limit)).bit_length() - EXACT, 0)
        return places, [value >> shift for value in values], limit >> shift
