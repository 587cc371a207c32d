"""What money is turned up or down: all of it in the proportions agreed, or that of one source."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from portfolio.funding.sources import Source
from portfolio.scenario import Scenario, with_money, with_source_totals


@dataclass(frozen=True, slots=True)
class Dial:
    """A scenario whose money in all (`source` "") or whose one source is set to any total, in cents.

    All money moves as by `with_money`, one source as by `with_source_totals`.
    """

    scenario: Scenario
    source: str = ""

    @property
    def present(self) -> int | None:
        """Cents that it stands at; None where nothing limits money in all."""
        if not self.source:
            return self.scenario.money
        return self.moving[0].total

    @property
    def moving(self) -> tuple[Source, ...]:
        """The sources that it moves."""
        if not self.source:
            return self.scenario.sources
        return tuple(source for source in self.scenario.sources if source.id == self.source)

    def under(self, total: int) -> Scenario:
        """The scenario with so much money."""
        if not self.source:
            return with_money(self.scenario, total)
        return with_source_totals(self.scenario, {self.source: total})

    def shares(self) -> dict[tuple[str, int], Fraction]:
        """What part of each cent a source can pay out in a period, fees off, roundings left aside."""
        whole = sum(source.total for source in self.moving)
        parts = {}
        for source in self.moving:
            own = Fraction(source.total, whole) if whole else Fraction(1, len(self.moving))
            own *= 1 - Fraction(source.fee)
            for t, part in enumerate(source.budgets):
                even = Fraction(1, len(source.budgets))
                parts[source.id, t] = own * (Fraction(part, source.total) if source.total else even)
        return parts

    def rounded(self, total: int, *, up: bool) -> dict[str, tuple[int, ...]]:
        """The budgets of each source that moves, every share and every part of it rounded up, or down.

        What `under` gives lies between the two, and either grows with the total.
        """
        whole = sum(source.total for source in self.moving)
        shares = [source.total if whole else 1 for source in self.moving]
        budgets = {}
        for source, share in zip(self.moving, shares, strict=True):
            own = _part(share, total, sum(shares), up)
            parts = source.budgets if source.total else (1,) * len(source.budgets)
            budgets[source.id] = tuple(_part(part, own, sum(parts), up) for part in parts)
        return budgets

    def enough(self, asked: int) -> int:
        """A total from which on more money changes nothing, where `asked` cents are asked for in all."""
        if not self.moving:
            return asked
        # A part that is d / whole of the money holds all that is asked for, roundings included.
        whole = sum(source.total for source in self.moving)
        parts = [part for source in self.moving for part in source.budgets if part]
        if not whole:
            whole, parts = sum(len(source.budgets) for source in self.moving), [1]
        gross = max(source.gross(asked) for source in self.moving)
        return (gross + len(self.moving) + 2) * whole // min(parts) + whole


def _part(amount: int, of: int, whole: int, up: bool) -> int:
    return -(-amount * of // whole) if up else amount * of // whole
