"""What the mix should have most of, exact in whole numbers, and how ties are broken."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from optimizer.facts import Facts
from optimizer.model import Row, at_least
from portfolio.errors import InputError, Problem
from portfolio.scenario import Objective
from portfolio.scoring.value import variant_values

BLOCK = 20


MOST = 10**30
"""No project is worth more millionths, up or down."""


def worths(known: Facts) -> tuple[int, ...]:
    """Worth of each column in millionths: of ways to choose a project, bonuses and deductions.

    Raises InputError for what no project can be worth, and as `values` does.
    """
    return own_worths(known, known.scenario.objective) + beyond(known)


def beyond(known: Facts) -> tuple[int, ...]:
    """Worth of the columns that stand for no way to choose a project, in millionths."""
    earned = tuple(bonus.worth for bonus in known.bonuses)
    return earned + tuple(-micro for one in known.deductions for micro in one.columns.values())


def own_worths(known: Facts, objective: Objective) -> tuple[int, ...]:
    """Worth of each way to choose a project under an aim, in millionths. Raises as `worths`."""
    own = variant_values(known.pool, objective, known.variants)
    remedy = "Its worth is too large to reckon with. Correct its payoff, cost or benefit."
    strange = [known.projects[j].name for j, micro in enumerate(own) if abs(micro) > MOST]
    if strange:
        raise InputError(tuple(Problem(name, "", remedy) for name in dict.fromkeys(strange)))
    return own


def value(costs: Sequence[int], chosen: Collection[int]) -> int:
    """What the chosen columns come to."""
    return sum(costs[column] for column in chosen)


def floor_row(costs: Sequence[int], least: int) -> Row:
    """Σ costs · x ≥ least."""
    return at_least((), "value", dict(enumerate(costs)), least)


def another(chosen: Collection[int], known: Facts) -> Row:
    """Any mix but this one, other versions of the same projects included.

    Of one that earns what it says, the projects alone tell it from others.
    """
    entire = frozenset(chosen) == known.whole(chosen)
    width = len(known.variants) if entire else known.width
    signs = tuple(1 if column in chosen else -1 for column in range(width))
    return Row((), "another", tuple(range(width)), signs, signs.count(1) - 1)


def apart(chosen: Collection[int], known: Facts, least: int) -> Row:
    """Mixes this far from a mix, in projects: Σ_{i in it} (1 − X_i) + Σ_{i not in it} X_i ≥ least."""
    ids = set(known.ids(chosen))
    signs = tuple(1 if project.id in ids else -1 for project in known.projects)
    return Row((), "another", tuple(range(len(signs))), signs, len(ids) - least)


def changes(agreed: Collection[str], known: Facts) -> list[int]:
    """Costs whose maximum has fewest projects changed from what was agreed."""
    own = [1 if project.id in agreed else -1 for project in known.projects]
    return own + [0] * (known.width - len(own))


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
