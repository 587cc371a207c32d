"""Long numbers as short ones: rows split as one adds on paper, so that no tolerance can blur them.

A solver takes x = 0.999999999 for 1. Times a grant of billions in cents that is money, so a row
with such numbers is split: with a = Σ_k K^k · a_k, Σ a · x ≤ b becomes a row for each digit k,
Σ a_k · x + z_{k−1} − K · z_k ≤ b_k, with a whole carry z_k to the next digit.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from optimizer.model import Program, Row

LONG = 36
DIGIT = 24


@dataclass(frozen=True, slots=True)
class Carry:
    """A column for what digit rows carry: the least whole number that meets `row` but for it."""

    row: Row
    base: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Shortened:
    """A program without long rows; its columns after those of the original are `carries`."""

    program: Program
    carries: tuple[Carry, ...]

    def point(self, chosen: Collection[int], width: int) -> list[int]:
        """All columns for a mix: ones where chosen, then the carries that go with them."""
        values = [int(column in chosen) for column in range(width)]
        for carry in self.carries:
            pairs = zip(carry.row.columns, carry.row.coefficients, strict=True)
            over = sum(values[column] * digit for column, digit in pairs) - carry.row.limit
            values.append(-(-over // carry.base))
        return values


def shortened(program: Program) -> Shortened:
    """The same program with its long rows split; rows over columns that are not whole stay."""
    rows: list[Row] = []
    carries: list[Carry] = []
    for row in program.rows:
        if _length(row) > LONG and all(program.whole[column] for column in row.columns):
            made = _split(row, program, len(carries))
            rows += made[0]
            carries += made[1]
        else:
            rows.append(row)
    if not carries:
        return Shortened(program, ())
    more = len(carries)
    return Shortened(
        Program(
            (*program.costs, *(0,) * more),
            rows,
            (*program.lows, *(carry.low for carry in carries)),
            (*program.highs, *(carry.high for carry in carries)),
            (*program.whole, *(True,) * more),
        ),
        tuple(carries),
    )


def _length(row: Row) -> int:
    return max(map(abs, row.coefficients), default=0).bit_length()


def _split(row: Row, program: Program, known: int) -> tuple[list[Row], list[Carry]]:
    count = -(-_length(row) // DIGIT)
    bits = -(-_length(row) // count)
    base = 1 << bits
    rows: list[Row] = []
    carries: list[Carry] = []
    for k in range(count):
        last = k == count - 1
        pairs = [
            (column, digit)
            for column, value in zip(row.columns, row.coefficients, strict=True)
            if (digit := _digit(value, k, bits, last))
        ]
        if carries:
            pairs.append((program.width + known + len(carries) - 1, 1))
        limit = _digit(row.limit, k, bits, last)
        columns = tuple(column for column, _ in pairs)
        digits = tuple(digit for _, digit in pairs)
        if last:
            rows.append(Row(row.rules, row.label, columns, digits, limit))
            break
        own = program.width + known + len(carries)
        low, high = _range(pairs, program, carries, known)
        carry = Carry(
            Row(row.rules, row.label, columns, digits, limit),
            base,
            -(-(low - limit) // base),
            -(-(high - limit) // base),
        )
        rows.append(Row(row.rules, row.label, (*columns, own), (*digits, -base), limit))
        carries.append(carry)
    return rows, carries


def _digit(value: int, k: int, bits: int, last: bool) -> int:
    rest = value >> (k * bits)
    return rest if last else rest & ((1 << bits) - 1)


def _range(
    pairs: Sequence[tuple[int, int]], program: Program, carries: Sequence[Carry], known: int
) -> tuple[int, int]:
    """Least and greatest left-hand side within the bounds of the columns."""
    low = high = 0
    for column, digit in pairs:
        if column < program.width:
            ends = (digit * program.lows[column], digit * program.highs[column])
        else:
            carry = carries[column - program.width - known]
            ends = (digit * carry.low, digit * carry.high)
        low, high = low + min(ends), high + max(ends)
    return low, high
