"""Rules with more rows than can be written down: each is made when a mix, or a part of one, breaks it.

A loss limit has a row for each set of outcomes that might be the worst, a cost reserve one for each
set of projects that might be overrun, and so has what `optimizer.deductions` writes down. All are
met exactly when the one is met that is worst for the mix at hand (Künzi-Bay and Mayer, 2006, for
CVaR; Fischetti and Monaci, 2012, for overruns).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from optimizer.facts import Facts
from optimizer.model import Floats, Row, at_most
from portfolio.funding.reserve import overrun
from portfolio.funding.rules import CostReserve, LossLimit, LossWeight
from portfolio.scoring.deductions import micro_a_cent
from portfolio.simulation.outcome_table import Cents
from portfolio.simulation.tail import worst

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
    if not (known.unwritten or known.deductions):
        return None
    return next((row for row in _worst(known, _flags(known, mix)) if not row.holds(mix)), None)


def counting(known: Facts, mix: Collection[int]) -> list[Row]:
    """The rows by which no less comes off a mix than does."""
    return list(deduction_rows(known, _flags(known, mix))) if known.deductions else []


def _flags(known: Facts, mix: Collection[int]) -> Point:
    chosen = np.zeros(known.width, dtype=np.int64)
    chosen[list(mix)] = 1
    return chosen


def _worst(known: Facts, x: Point) -> Iterator[Row]:
    """For each rule of this kind the row that is worst at a point."""
    for rule in known.unwritten:
        if isinstance(rule, LossLimit):
            yield loss_row(rule, known, x)
        else:
            yield reserve_row(rule, known, x)
    yield from deduction_rows(known, x)


def deduction_rows(known: Facts, x: Point) -> Iterator[Row]:
    """For each deduction the row that is worst at a point: no less comes off than that."""
    for one in known.deductions:
        off = {column: -micro for column, micro in one.columns.items()}
        if isinstance(one.rule, LossWeight):
            yield _weight_row(one.rule, off, known, x)
        else:
            # Σ_{i∈S} Σ_{j of i} d_j · x_j ≤ what comes off, over the largest shortfalls S at x.
            falls = _largest(one.shorts, known, x, one.rule.projects)
            yield at_most((), "", falls | off, 0)


def _weight_row(rule: LossWeight, off: Mapping[int, int], known: Facts, x: Point) -> Row:
    """m · Σ_j (Σ_{s∈S} w_s · L_sj) · x_j ≤ w · what comes off, as in `loss_row`, m millionths a cent."""
    sums, whole = tail_sums(known.losses(rule), rule.level, x)
    rate = micro_a_cent(rule)
    lost: dict[int, Fraction | int] = {j: rate * cents for j, cents in enumerate(sums)}
    return at_most((), "", lost | {j: whole * micro for j, micro in off.items()}, 0)


def loss_row(rule: LossLimit, known: Facts, x: Point) -> Row:
    """Σ_j (Σ_{s∈S} w_s · L_sj) · x_j ≤ w · at_most, over the worst outcomes S at x, Σ_S w_s = w.

    L_sj is what column j loses in outcome s.
    """
    sums, whole = tail_sums(known.losses(rule), rule.level, x)
    return at_most((rule.id,), "", dict(enumerate(sums)), whole * rule.at_most)


def reserve_row(rule: CostReserve, known: Facts, x: Point) -> Row:
    """Σ_j g_j · x_j + Σ_{i∈S} Σ_{j of i} d_j · x_j ≤ limit, over the largest overruns S at x.

    d_j is the overrun of column j.
    """
    over = [overrun(rule, grant) for grant in known.grants[: len(known.projects)]]
    sums = dict(enumerate(known.grants))
    for j, cents in _largest(over, known, x, rule.projects).items():
        sums[j] += cents
    return at_most((rule.id,), "", sums, rule.limit)


def tail_sums(table: Cents, level: Decimal, x: Point) -> tuple[list[int], int]:
    """Σ_{s∈S} w_s · L_sj for each column j, over the worst outcomes S at a point, and Σ_S w_s."""
    tail = worst(table @ x[: table.shape[1]], level)
    full, last = (table[list(places)].sum(axis=0).tolist() for places in (tail.full, tail.last))
    # Beyond 64 bits: weights are as long as the level has decimals.
    sums = [tail.weight * all_ + tail.rest * part for all_, part in zip(full, last, strict=True)]
    return sums, tail.whole


def _largest(amounts: Sequence[int], known: Facts, x: Point, count: int) -> dict[int, int]:
    """The amounts of the columns of those projects, so many, that have most of them at a point."""
    together = list(known.columns_of.values())
    sums = [sum(amounts[j] * x[j].item() for j in columns) for columns in together]
    return {j: amounts[j] for place in largest(sums, count) for j in together[place]}


def largest(amounts: Sequence[float], count: int) -> list[int]:
    """Places of the largest of these amounts, so many, the first of equal ones.

    max Σ_{i∈S} a_i over sets S of so many: what Γ-robust rows protect against.
    """
    return sorted(range(len(amounts)), key=lambda k: (-amounts[k], k))[:count]
