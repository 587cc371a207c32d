"""One question at any amount of money: rows are made once, and only limits move with the total."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import gcd

from optimizer.constraints import rule_rows, structure, total_budget
from optimizer.dial import Dial
from optimizer.facts import Facts, facts
from optimizer.funding import exact_from_the_start, held_together
from optimizer.lazy import broken_by
from optimizer.model import Row, at_most
from optimizer.objective import worths
from optimizer.search import Question
from portfolio.funding.allocation import allocate
from portfolio.funding.rules import TotalBudget
from portfolio.pool import Pool
from portfolio.scenario import Scenario, active_rules

Budgets = Mapping[str, Sequence[int]]


@dataclass(frozen=True, slots=True)
class Rung:
    """A row whose limit moves: money by envelope, or the total where it has none, over a divisor."""

    number: int
    envelopes: tuple[tuple[str, int], ...]
    divisor: int

    def limit(self, total: int, budgets: Budgets) -> int:
        """The row's limit with so much money in all and in each envelope."""
        if not self.envelopes:
            return total // self.divisor
        return sum(budgets[name][t] for name, t in self.envelopes) // self.divisor


class At(Question):
    """The question at one amount of money, its rows given instead of made."""

    def __init__(
        self, known: Facts, worth: tuple[int, ...], made: Sequence[Row], payable: bool
    ) -> None:
        self.facts = known
        self.worth = worth
        self.rows = list(made)
        self._payable = payable


class Ladder:
    """A scenario under every amount of money in all, or under every amount from one `source`."""

    def __init__(self, pool: Pool, scenario: Scenario, source: str = "") -> None:
        self.scenario = scenario
        self.dial = Dial(scenario, source)
        self.facts = facts(pool, self.dial.under(0))
        self.worth = worths(self.facts)
        self.rows, self.rungs = _rows(self.facts, total_moves=not source)
        self.exact = not scenario.sources or exact_from_the_start(self.facts)
        """Whether the rows alone say which mixes can be paid."""
        self._most = [row.most for row in self.rows]
        self.thrift = self.facts.grants

    @property
    def still(self) -> list[Row]:
        """The rows that no money moves."""
        moving = {rung.number for rung in self.rungs}
        return [row for number, row in enumerate(self.rows) if number not in moving]

    @property
    def width(self) -> int:
        """Number of candidates."""
        return len(self.worth)

    def under(self, total: int) -> Scenario:
        """The scenario with so much money."""
        return self.dial.under(total)

    def limits(self, asked: Scenario, total: int) -> list[int]:
        """Limits of the rungs when the envelopes hold what those of `asked` do."""
        budgets = {source.id: source.payable for source in asked.sources}
        return [rung.limit(total, budgets) for rung in self.rungs]

    def limits_at(self, total: int) -> list[int]:
        """Limits of the rungs with so much money in all."""
        if not self.scenario.sources:
            return [rung.limit(total, {}) for rung in self.rungs]
        return self.limits(self.under(total), total)

    def question(self, asked: Scenario, limits: Sequence[int]) -> Question:
        """The question under other envelopes and limits of the rungs."""
        known = replace(self.facts, scenario=asked)
        made = self.rows_at(limits)
        kept = [row for row, most in zip(made, self._most, strict=True) if most > row.limit]
        return At(known, self.worth, kept, self.exact)

    def rows_at(self, limits: Sequence[int]) -> list[Row]:
        """All rows, with these limits of the rungs."""
        made = list(self.rows)
        for rung, limit in zip(self.rungs, limits, strict=True):
            made[rung.number] = replace(made[rung.number], limit=limit)
        return made

    def used(self, mix: Collection[int]) -> list[int]:
        """What a mix takes of each rung."""
        return [self.rows[rung.number].used(mix) for rung in self.rungs]

    def fits(self, limits: Sequence[int], mix: Collection[int]) -> bool:
        """Whether a mix keeps to these limits of the rungs."""
        return all(use <= limit for use, limit in zip(self.used(mix), limits, strict=True))

    def pays(self, asked: Scenario, mix: Collection[int]) -> bool:
        """Whether a mix that fits can be paid and keeps the rules without rows; no others are looked at.

        What is asked does not matter where the ladder is `exact`.
        """
        if broken_by(self.facts, mix) is not None:
            return False
        return self.exact or (
            allocate(self.facts.pool, asked, self.facts.choices(mix)).shortage is None
        )

    def slopes(self) -> list[Fraction]:
        """What one cent more adds to the limit of each rung, roundings left aside."""
        share = self.dial.shares()
        return [
            sum(
                (share.get(one, Fraction(0)) for one in rung.envelopes),
                Fraction(0 if rung.envelopes else 1),
            )
            / rung.divisor
            for rung in self.rungs
        ]


def _rows(known: Facts, *, total_moves: bool) -> tuple[tuple[Row, ...], tuple[Rung, ...]]:
    """All rows at no money at all, less those that no mix can break, and which of them move."""
    made: list[Row] = structure(known)
    rungs: list[Rung] = []
    for one in held_together(known):
        if one.envelopes:
            rungs.append(Rung(len(made), one.envelopes, gcd(*one.needs.values()) or 1))
        made.append(at_most(one.rules, one.label, one.needs, 0))
    for rule in active_rules(known.scenario):
        if isinstance(rule, TotalBudget) and total_moves:
            rungs.append(Rung(len(made), (), gcd(*known.grants) or 1))
            made.append(total_budget(rule, known))
        else:
            made += (row for row in rule_rows(rule, known) if row.most > row.limit)
    return tuple(made), tuple(rungs)
