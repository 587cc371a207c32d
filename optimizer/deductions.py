"""Columns that write down what is taken off the worth of a mix, in twos as a computer does.

Σ_k part_k · x_k steps come off, with parts 1, 2, 4 … and, where the amount may be below zero, a last
part of −2^K (two's complement). So each amount in reach is one set of columns, and only one, and all
that is known of columns that are in or out holds for these too. A solver may take a part of them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

import numpy as np

from portfolio.funding.rules import Deducting, LossWeight
from portfolio.pool import Pool
from portfolio.scenario import Scenario
from portfolio.scoring.deductions import deducting, micro_a_cent, short, step
from portfolio.scoring.value import variant_values
from portfolio.simulation.cvar import cvar
from portfolio.simulation.outcome_table import Cents
from portfolio.simulation.tail import loss_table
from portfolio.variants import Variant


@dataclass(frozen=True, slots=True)
class Deduction:
    """What a rule takes off, in steps of `step` millionths.

    Column `first` + k stands for `parts[k]` steps. `shorts` are the millionths by which each way to
    choose a project may fall short, () for losses.
    """

    rule: Deducting
    first: int
    parts: tuple[int, ...]
    step: int
    shorts: tuple[int, ...] = ()

    @property
    def columns(self) -> dict[int, int]:
        """Its columns and the millionths that each takes off."""
        return {self.first + k: part * self.step for k, part in enumerate(self.parts)}

    def written(self, amount: int) -> frozenset[int]:
        """The columns that write down so many steps.

        >>> rule = LossWeight(id="", worth=1)
        >>> [sorted(Deduction(rule, 10, (1, 2, 4, -8), 1).written(n)) for n in (0, 5, -3)]
        [[], [10, 12], [10, 12, 13]]
        """
        return frozenset(self.first + k for k in range(len(self.parts)) if amount >> k & 1)

    def amount(self, mix: Collection[int], losses: Callable[[LossWeight], Cents]) -> int:
        """Steps that come off a mix of these columns; `losses` has what each loses, by outcome."""
        if isinstance(self.rule, LossWeight):
            tail = cvar(losses(self.rule)[:, sorted(mix)].sum(axis=1), self.rule.level)
            return ceil(tail * micro_a_cent(self.rule) / self.step)
        falls = sorted((self.shorts[j] for j in mix), reverse=True)
        return -(-sum(falls[: self.rule.projects]) // self.step)


def deductions(
    pool: Pool, scenario: Scenario, ways: tuple[Variant, ...], first: int
) -> tuple[Deduction, ...]:
    """What the active rules take off, in columns from `first` on. Raises as `variant_values`."""
    found: list[Deduction] = []
    for rule in deducting(scenario):
        found.append(_deduction(rule, pool, scenario, ways, first))
        first += len(found[-1].parts)
    return tuple(found)


def _deduction(
    rule: Deducting, pool: Pool, scenario: Scenario, ways: tuple[Variant, ...], first: int
) -> Deduction:
    size = step(scenario.objective)
    if isinstance(rule, LossWeight):
        table = loss_table(tuple(one.project for one in ways), rule.outcomes, rule.seed)
        most = np.abs(table).max(axis=0, initial=0).tolist()
        bits = ceil(Fraction(sum(most)) * micro_a_cent(rule) / size).bit_length()
        return Deduction(rule, first, (*_twos(bits), -(1 << bits)), size)
    worths = variant_values(pool, scenario.objective, ways)
    shorts = tuple(short(rule, worth) for worth in worths)
    bits = (-(-sum(shorts) // size)).bit_length()
    return Deduction(rule, first, _twos(bits), size, shorts)


def _twos(bits: int) -> tuple[int, ...]:
    return tuple(1 << k for k in range(bits))
