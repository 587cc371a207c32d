"""Rows that say how far money goes round among projects that are worth more together.

z_ik ≤ x_i and z_ik ≤ x_k alone let a relaxation earn every pair of projects of which it takes a
part. A row Σ_j a_j · x_j ≤ b with a ≥ 0, times x_i, says more: beside i there is room for b − a_i of
the others, so Σ_k a_k · z_ik ≤ (b − a_i) · x_i (Adams and Sherali, 1986; for quadratic knapsacks
Billionnet and Calmels, 1996). It cuts off no mix.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from optimizer.facts import Facts
from optimizer.model import Row, at_most

SLIGHT = 1e-9


def joined_rows(known: Facts, rows: Sequence[Row]) -> list[Row]:
    """For each project with partners the row times it that is scarcest for them, if any is scarce.

    A row is scarce where the partners do not all fit beside the project. Where a project may be
    chosen in several ways j: Σ_k min_k a · z_ik ≤ Σ_{j of i} (b − a_j) · x_j.
    """
    partners = _partners(known)
    if not partners:
        return []
    most = max(map(len, partners.values()))
    shared = [row for row in rows if _shared(known, row, most)]
    scarcest = _scarcest(known, partners, shared)
    return [_times(known, i, partners[i], row) for i, row in scarcest.items()]


def pairs(known: Facts) -> Iterator[tuple[str, str, int]]:
    """Two projects and the place of the bonus that they earn or cost together."""
    for place, bonus in enumerate(known.bonuses):
        if len(bonus.groups) == 2 and all(len(group) == 1 for group in bonus.groups):
            (one,), (other,) = bonus.groups
            yield one, other, place


def _partners(known: Facts) -> dict[str, dict[str, int]]:
    """By project its partners, each with the column of one positive bonus that they earn together."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for one, other, place in pairs(known):
        if known.bonuses[place].worth > 0:
            column = len(known.variants) + place
            found[one][other] = found[other][one] = column
    return found


def _shared(known: Facts, row: Row, partners: int) -> bool:
    """Whether several projects, and nothing else, use the row up, and so many might overrun it."""
    if not row.columns or max(row.columns) >= len(known.variants):
        return False
    largest = max(row.coefficients)
    if min(row.coefficients) < 0 or partners * largest <= row.limit - largest:
        return False
    first, last = (known.projects[column].id for column in (row.columns[0], row.columns[-1]))
    return first != last


def _scarcest(
    known: Facts, partners: Mapping[str, Mapping[str, int]], rows: Sequence[Row]
) -> dict[str, Row]:
    """By project the row that its partners overrun most beside it, in floats: they only choose."""
    places = {name: k for k, name in enumerate(known.columns_of)}
    first = [columns[0] for columns in known.columns_of.values()]
    own = np.array([places[name] for name in partners])
    others = np.array([places[other] for each in partners.values() for other in each])
    starts = np.cumsum([0, *(len(each) for each in partners.values())])[:-1]
    most = np.full(len(partners), 1 + SLIGHT)
    found: dict[int, Row] = {}
    for row in rows:
        uses = np.zeros(len(known.variants))
        uses[list(row.columns)] = row.coefficients
        least = np.minimum.reduceat(uses, first)
        room = row.limit - least[own]
        needs = np.add.reduceat(least[others], starts)
        times = np.divide(needs, room, out=np.zeros(len(room)), where=room > 0)
        found |= dict.fromkeys(np.flatnonzero(times > most).tolist(), row)
        most = np.maximum(most, times)
    names = list(partners)
    return {names[k]: found[k] for k in sorted(found)}


def _times(known: Facts, project: str, others: Mapping[str, int], row: Row) -> Row:
    """The row times whether the project is in, for one bonus with each partner."""
    uses = dict(zip(row.columns, row.coefficients, strict=True))
    needs = {
        column: min(uses.get(j, 0) for j in known.columns_of[other])
        for other, column in others.items()
    }
    beside = {j: uses.get(j, 0) - row.limit for j in known.columns_of[project]}
    return at_most((), "", needs | beside, 0)
