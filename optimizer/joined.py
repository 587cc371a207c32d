"""Rows that say how far money goes round among projects that are worth more together.

z_ik ≤ x_i and z_ik ≤ x_k alone let a relaxation earn every pair of projects of which it takes a
part. A row Σ_j a_j · x_j ≤ b with a ≥ 0, times x_i, says more: beside i there is room for b − a_i of
the others, so Σ_k a_k · z_ik ≤ (b − a_i) · x_i (Adams and Sherali, 1986; for quadratic knapsacks
Billionnet and Calmels, 1996). It cuts off no mix.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from optimizer.facts import Facts
from optimizer.model import Row, at_most


def joined_rows(known: Facts, rows: Sequence[Row]) -> list[Row]:
    """For each project with partners the row times it that is scarcest for them, if any is scarce.

    A row is scarce where the partners do not all fit beside the project. Where a project may be
    chosen in several ways j: Σ_k min_k a · z_ik ≤ Σ_{j of i} (b − a_j) · x_j.
    """
    partners = _partners(known)
    if not partners:
        return []
    limits = [dict(zip(row.columns, row.coefficients, strict=True)) for row in rows]
    sharing = [
        (uses, row)
        for uses, row in zip(limits, rows, strict=True)
        if min(uses.values(), default=-1) >= 0 and max(uses) < len(known.variants)
    ]
    made = (_scarcest(known, i, others, sharing) for i, others in partners.items())
    return [row for row in made if row is not None]


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


def _scarcest(
    known: Facts,
    project: str,
    others: Mapping[str, int],
    sharing: Sequence[tuple[Mapping[int, int], Row]],
) -> Row | None:
    best, scarcity = None, Fraction(1)
    for uses, row in sharing:
        own = {j: row.limit - uses.get(j, 0) for j in known.columns_of[project]}
        room = max(own.values())
        if room <= 0:
            continue
        needs = {
            column: min(uses.get(j, 0) for j in known.columns_of[other])
            for other, column in others.items()
        }
        times = Fraction(sum(needs.values()), room)
        if times > scarcity:
            scarcity = times
            best = at_most((), "", {**needs, **{j: -left for j, left in own.items()}}, 0)
    return best
