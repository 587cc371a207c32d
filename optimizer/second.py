"""What value may be traded for: how much of it a mix has, and how at least so much is asked for."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from math import ceil
from typing import Literal

import numpy as np

from optimizer.facts import Facts, facts
from optimizer.lazy import tail_sums
from optimizer.model import Floats, at_least
from optimizer.objective import own_worths, value
from optimizer.search import Question
from optimizer.validate import check
from portfolio.funding.rules import LossLimit
from portfolio.pool import Pool
from portfolio.scenario import Objective, Scenario, numbered_id, with_rules
from portfolio.selection import Choice
from portfolio.simulation.cvar import cvar
from portfolio.simulation.tail import loss_table

USUAL = LossLimit(id="", at_most=0)
"""Level, outcomes and seed where nothing else is said."""
LOSSES = "losses"
"""Id of the rule that limits losses, with a number no other rule has."""


@dataclass(frozen=True, slots=True)
class WorstOutcomes:
    """What a mix brings on average in the worst outcomes: −CVaR, as `LossLimit` takes it."""

    level: Decimal = USUAL.level
    outcomes: int = USUAL.outcomes
    seed: int = USUAL.seed

    def limited(self, scenario: Scenario, at_most: int) -> Scenario:
        """The scenario under a limit on these losses, in cents."""
        rule = LossLimit(
            id=numbered_id(scenario, LOSSES),
            at_most=at_most,
            level=self.level,
            outcomes=self.outcomes,
            seed=self.seed,
        )
        return with_rules(scenario, rule)


USUAL_WORST = WorstOutcomes()
Second = Objective | WorstOutcomes | Literal["spend", "projects"]
"""Another aim, the return in bad outcomes, money not spent, or the number of projects."""


def check_second(pool: Pool, scenario: Scenario, second: Second) -> None:
    """Raise InputError with what keeps the second criterion from being counted."""
    if isinstance(second, Objective):
        check(pool, replace(scenario, objective=second))
    if isinstance(second, WorstOutcomes):
        check(pool, second.limited(scenario, 0))


@dataclass(frozen=True, slots=True)
class Slope:
    """Σ entries · x ≤ −factor · least holds for every x that has at least so much."""

    entries: tuple[int, ...]
    factor: int


class Measure(ABC):
    """How much of the second criterion a mix has, in whole numbers; more is better."""

    costs: tuple[int, ...] | None = None
    """What each column adds, where it adds up."""

    @property
    @abstractmethod
    def ceiling(self) -> int:
        """More than any columns together have."""

    @abstractmethod
    def of(self, mix: Collection[int]) -> int:
        """How much a mix has."""

    @abstractmethod
    def having(self, question: Question, least: int) -> Question:
        """The same question, of mixes that have at least so much."""

    @abstractmethod
    def slope(self, x: Floats) -> Slope:
        """The row that says so, or of many such rows the one that is worst at a point."""


def measure(known: Facts, second: Second) -> Measure:
    """How the second criterion is counted over a question's columns."""
    if isinstance(second, WorstOutcomes):
        return _Worst(known, second)
    return _Sum(_costs(known, second))


def second_of(pool: Pool, scenario: Scenario, second: Second, chosen: Iterable[Choice]) -> int:
    """How much of the second criterion a mix has, as `measure` counts it."""
    known = facts(pool, scenario)
    return measure(known, second).of(known.mix(chosen))


def _costs(known: Facts, second: Objective | Literal["spend", "projects"]) -> tuple[int, ...]:
    if second == "spend":
        return tuple(-grant for grant in known.grants)
    ways = len(known.variants)
    nothing = (0,) * (known.width - ways)
    if second == "projects":
        return (1,) * ways + nothing
    return own_worths(known, second) + nothing


class _Sum(Measure):
    def __init__(self, costs: tuple[int, ...]) -> None:
        self.costs: tuple[int, ...] = costs
        self._slope = Slope(tuple(-cost for cost in costs), 1)

    @property
    def ceiling(self) -> int:
        return sum(max(cost, 0) for cost in self.costs)

    def of(self, mix: Collection[int]) -> int:
        return value(self.costs, mix)

    def having(self, question: Question, least: int) -> Question:
        return question.having(at_least((), "second", dict(enumerate(self.costs)), least))

    def slope(self, x: Floats) -> Slope:
        return self._slope


class _Worst(Measure):
    def __init__(self, known: Facts, second: WorstOutcomes) -> None:
        self._second = second
        self._table = loss_table(known.projects, second.outcomes, second.seed)
        self._width = known.width

    @property
    def ceiling(self) -> int:
        return int(np.abs(self._table).max(axis=0, initial=0).sum())

    def of(self, mix: Collection[int]) -> int:
        own = [j for j in mix if j < self._table.shape[1]]
        return -ceil(cvar(self._table[:, own].sum(axis=1), self._second.level))

    def having(self, question: Question, least: int) -> Question:
        return question.under(self._second.limited(question.facts.scenario, -least))

    def slope(self, x: Floats) -> Slope:
        sums, whole = tail_sums(self._table, self._second.level, x)
        return Slope((*sums, *[0] * (self._width - len(sums))), whole)
