"""A question with one row whose limit moves: at least so much of a second criterion."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from math import gcd

from optimizer.ladder import Rung
from optimizer.model import Row, at_least
from optimizer.search import Question


class Threshold:
    """What `optimizer.warm` asks of a ladder, its one rung the second criterion.

    Of mixes that tie in value the one with most of it comes first.
    """

    def __init__(self, question: Question, costs: Sequence[int]) -> None:
        self._question = question
        self._divisor = gcd(*costs) or 1
        self.facts = question.facts
        self.worth = question.worth
        self.thrift = tuple(-cost for cost in costs)
        self.rows = (*question.rows, at_least((), "second", dict(enumerate(costs)), 0))
        self.rungs: tuple[Rung, ...] = (Rung(len(question.rows), (), self._divisor),)

    @property
    def still(self) -> Sequence[Row]:
        """The rows that do not move."""
        return self.rows[:-1]

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self.worth)

    def limits(self, least: int) -> list[int]:
        """The limit of the rung for at least so much."""
        return [-least // self._divisor]

    def question(self, least: int) -> Question:
        """The question with at least so much, its cuts kept for all others."""
        row = replace(self.rows[-1], limit=-least // self._divisor)
        return self._question.having(row)

    def rows_at(self, limits: Sequence[int]) -> list[Row]:
        """All rows, with this limit of the rung."""
        return [*self.still, replace(self.rows[-1], limit=limits[0])]

    def used(self, mix: Collection[int]) -> list[int]:
        """What a mix takes of the rung."""
        return [self.rows[-1].used(mix)]
