"""What the mix should have most of, exact in whole numbers, and how ties are broken."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from optimizer.model import Row, at_least
from portfolio.errors import InputError, Problem
from portfolio.pool import Pool
from portfolio.scenario import Objective
from portfolio.scoring.value import values

BLOCK = 20


MOST = 10**30
"""No project is worth more millionths, up or down."""


def worths(pool: Pool, objective: Objective) -> tuple[int, ...]:
    """Worth of each candidate in millionths, in order of id.

    Raises InputError for what no project can be worth, and as `values` does.
    """
    worth = values(pool, objective)
    remedy = "Its worth is too large to reckon with. Correct its payoff, cost or benefit."
    strange = [i for i, micro in worth.items() if abs(micro) > MOST]
    if strange:
        raise InputError(tuple(Problem(pool.project(i).name, "", remedy) for i in strange))
    return tuple(worth.values())


def value(costs: Sequence[int], chosen: Collection[int]) -> int:
    """What the chosen columns come to."""
    return sum(costs[column] for column in chosen)


def floor_row(costs: Sequence[int], least: int) -> Row:
    """Σ costs · x ≥ least."""
    return at_least((), "value", dict(enumerate(costs)), least)


def another(chosen: Collection[int], width: int) -> Row:
    """Any mix but this one."""
    return apart(chosen, width, 1)


def apart(chosen: Collection[int], width: int, least: int) -> Row:
    """Mixes this far from a mix: Σ_{i in it} (1 − x_i) + Σ_{i not in it} x_i ≥ least."""
    signs = tuple(1 if column in chosen else -1 for column in range(width))
    return Row((), "another", tuple(range(width)), signs, len(chosen) - least)


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
