"""Rules with more rows than can be written down: each is made when a mix, or a part of one, breaks it.

A loss limit has a row for each set of outcomes that might be the worst, a cost reserve one for each
set of projects that might be overrun. All are met exactly when the one is met that is worst for the
mix at hand (Künzi-Bay and Mayer, 2006, for CVaR; Fischetti and Monaci, 2012, for overruns).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from optimizer.facts import Facts
from optimizer.model import Floats, Row, at_most
from portfolio.funding.reserve import overrun
from portfolio.funding.rules import CostReserve, LossLimit
from portfolio.simulation.tail import loss_table, worst

Point = NDArray[np.float64] | NDArray[np.int64]
SLIGHT = 1e-7
"""A row that a point breaks by less, as a share of what it adds up, is not worth adding."""


def broken_between(known: Facts, x: Floats) -> list[Row]:
    """Rows that a point between mixes breaks by more than a slight part of what they add up."""
    found = []
    for row in _worst(known, x):
        terms = np.array(row.coefficients, dtype=np.float64) * x[list(row.columns)]
        if terms.sum() - row.limit > SLIGHT * np.abs(terms).sum():
            found.append(row)
    return found


def broken_by(known: Facts, mix: Collection[int]) -> Row | None:
    """A row that a mix breaks, exactly; None when it meets all rules of this kind."""
    if not known.unwritten:
        return None
    chosen = np.zeros(known.width, dtype=np.int64)
    chosen[list(mix)] = 1
    return next((row for row in _worst(known, chosen) if not row.holds(mix)), None)


def _worst(known: Facts, x: Point) -> Iterator[Row]:
    """For each rule of this kind the row that is worst at a point."""
    for rule in known.unwritten:
        if isinstance(rule, LossLimit):
            yield loss_row(rule, known, x)
        else:
            yield reserve_row(rule, known, x)


def loss_row(rule: LossLimit, known: Facts, x: Point) -> Row:
    """Σ_j (Σ_{s∈S} w_s · L_sj) · x_j ≤ w · at_most, over the worst outcomes S at x, Σ_S w_s = w.

    L_sj is what column j loses in outcome s.
    """
    table = loss_table(known.projects, rule.outcomes, rule.seed)
    tail = worst(table @ x[: len(known.projects)], rule.level)
    full, last = (table[list(places)].sum(axis=0).tolist() for places in (tail.full, tail.last))
    # Beyond 64 bits: weights are as long as the level has decimals.
    sums = [tail.weight * all_ + tail.rest * part for all_, part in zip(full, last, strict=True)]
    return at_most((rule.id,), "", dict(enumerate(sums)), tail.whole * rule.at_most)


def reserve_row(rule: CostReserve, known: Facts, x: Point) -> Row:
    """Σ_j g_j · x_j + Σ_{i∈S} Σ_{j of i} d_j · x_j ≤ limit, over the largest overruns S at x.

    d_j is the overrun of column j.
    """
    over = [overrun(rule, grant) for grant in known.grants[: len(known.projects)]]
    together = list(known.columns_of.values())
    overruns = [sum(over[j] * x[j].item() for j in columns) for columns in together]
    sums = dict(enumerate(known.grants))
    for place in largest(overruns, rule.projects):
        for j in together[place]:
            sums[j] += over[j]
    return at_most((rule.id,), "", sums, rule.limit)


def largest(amounts: Sequence[float], count: int) -> list[int]:
    """Places of the largest of these amounts, so many, the first of equal ones.

    max Σ_{i∈S} a_i over sets S of so many: what Γ-robust rows protect against.
    """
    return sorted(range(len(amounts)), key=lambda k: (-amounts[k], k))[:count]
