"""What the mix should have most of, exact in whole numbers, and how ties are broken."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from math import gcd

from optimizer.model import Row, at_least
from portfolio.pool import Pool
from portfolio.scenario import Objective
from portfolio.scoring.value import values

EXACT_BITS = 24
BLOCK = 20


def worths(pool: Pool, objective: Objective) -> tuple[int, ...]:
    """Worth of each candidate in millionths, in order of id."""
    return tuple(values(pool, objective).values())


def value(costs: Sequence[int], chosen: Collection[int]) -> int:
    """What the chosen columns come to."""
    return sum(costs[column] for column in chosen)


def floor_rows(costs: Sequence[int], least: int, carry: int) -> tuple[list[Row], int]:
    """Rows that say Σ costs · x ≥ least, and how many whole columns they add from `carry` on.

    Long numbers are split, cost = K · high + low with 0 ≤ low < K, as one would add them on paper:
    Σ high · x + z ≥ ⌊least / K⌋ and Σ low · x − K · z ≥ least mod K with a whole z from −1 to the
    number of columns. So no number is longer than a solver's tolerance can tell apart.
    """
    divisor = gcd(*costs) or 1
    short = [cost // divisor for cost in costs]
    least = -(-least // divisor)
    bits = max((abs(cost).bit_length() for cost in short), default=0)
    if bits <= EXACT_BITS:
        return [at_least((), "value", dict(enumerate(short)), least)], 0
    half = (bits + 1) // 2
    high = dict(enumerate(cost >> half for cost in short))
    low = dict(enumerate(cost & ((1 << half) - 1) for cost in short))
    rows = [
        at_least((), "value", {**high, carry: 1}, least >> half),
        at_least((), "value", {**low, carry: -(1 << half)}, least & ((1 << half) - 1)),
    ]
    return rows, 1


def another(chosen: Collection[int], width: int) -> Row:
    """Any mix but this one: Σ_{i in it} (1 − x_i) + Σ_{i not in it} x_i ≥ 1."""
    signs = tuple(1 if column in chosen else -1 for column in range(width))
    return Row((), "another", tuple(range(width)), signs, len(chosen) - 1)


def changes(agreed: Collection[int], width: int) -> list[int]:
    """Costs whose maximum has fewest changes from what was agreed."""
    return [1 if column in agreed else -1 for column in range(width)]


def precedence(columns: Sequence[int], width: int) -> Iterator[list[int]]:
    """Costs that, maximized one after the other, pick the first of tied mixes.

    The first is the one that has the first project, in order of id, in which two differ. Powers
    of two do this for a block of projects at once.
    """
    for begin in range(0, len(columns), BLOCK):
        block = columns[begin : begin + BLOCK]
        costs = [0] * width
        for place, column in enumerate(block):
            costs[column] = 1 << (BLOCK - 1 - place)
        yield costs
