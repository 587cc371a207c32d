"""Spans of totals: the most money that any total in a span gives, and where a mix fits first.

Parts of sources are rounded to whole cents by largest remainder, so one cent more in all can be a
cent less for one envelope. Hence nothing here supposes that more money is never
worse. What does grow with the total are each envelope's two nearest whole numbers, which largest
remainders never leave.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from optimizer.ladder import Ladder
from optimizer.search import Mix
from portfolio.funding.sources import Source
from portfolio.scenario import Scenario

NEAR = 16
"""So many cents below the end of a span are looked at one by one."""

Money = tuple[Scenario, list[int]]
"""A scenario's envelopes, and the limits of the rungs that go with them."""


class Spans:
    """What a ladder's totals give, one by one and in spans."""

    def __init__(self, ladder: Ladder) -> None:
        self._ladder = ladder

    def at(self, total: int) -> Money:
        """What a total gives."""
        asked = self._ladder.under(total)
        return asked, self._ladder.limits(asked, total)

    def most(self, begin: int, end: int) -> Money:
        """Each envelope and each limit as large as it ever is from begin to end."""
        if not self._ladder.scenario.sources:
            return self.at(end)
        near = range(max(begin, end - NEAR), end + 1)
        given = [self.at(total) for total in near]
        if near.start > begin:
            given.append(self._rounded(near.start - 1, up=True))
        sources = zip(*(asked.sources for asked, _ in given), strict=True)
        fullest = tuple(_fullest(same) for same in sources)
        limits = [max(column) for column in zip(*(limits for _, limits in given), strict=True)]
        return replace(given[0][0], sources=fullest), limits

    def first(self, mix: Mix, begin: int, end: int) -> int | None:
        """The smallest total from begin to end that can pay a mix; None when none can."""
        least = _smallest(begin, end, lambda t: self._pays(self._rounded(t, up=True), mix))
        if least is None:
            return None
        surely = _smallest(least, end, lambda t: self._pays(self._rounded(t, up=False), mix))
        between = range(least, (end if surely is None else surely) + 1)
        return next((total for total in between if self._pays(self.at(total), mix)), None)

    def last_without(self, mix: Mix, begin: int, end: int) -> int:
        """The last total such that the most from begin to there cannot pay a mix; at least begin."""
        fits = _smallest(begin, end, lambda t: self._pays(self.most(begin, t), mix))
        return end - 1 if fits is None else max(fits - 1, begin)

    def enough(self) -> int:
        """A total from which on more money changes nothing."""
        return self._ladder.dial.enough(sum(self._ladder.facts.grants))

    def first_without(self, mix: Mix, begin: int, end: int, most: int) -> tuple[int | None, bool]:
        """The smallest total from begin to end that cannot pay a mix, and whether that is settled.

        From the total on whose shares, all rounded down, pay the mix, every one does. Of those
        before it, `most` are looked at one by one.
        """
        lasting = _smallest(begin, end, lambda t: self._pays(self._rounded(t, up=False), mix))
        last = end if lasting is None else lasting - 1
        near = range(begin, min(last, begin + most - 1) + 1)
        first = next((total for total in near if not self._pays(self.at(total), mix)), None)
        return first, first is not None or near.stop > last

    def _pays(self, given: Money, mix: Mix) -> bool:
        asked, limits = given
        return self._ladder.fits(limits, mix) and self._ladder.pays(asked, mix)

    def _rounded(self, total: int, *, up: bool) -> Money:
        """A total with each source's share, and each period's part of it, rounded up, or down."""
        asked = self._ladder.under(total)
        budgets = self._ladder.dial.rounded(total, up=up)
        sources = tuple(
            replace(source, budgets=budgets.get(source.id, source.budgets))
            for source in asked.sources
        )
        given = replace(asked, sources=sources)
        return given, self._ladder.limits(given, total)


def _fullest(same: Sequence[Source]) -> Source:
    columns = zip(*(source.budgets for source in same), strict=True)
    return replace(same[0], budgets=tuple(max(column) for column in columns))


def _smallest(low: int, high: int, holds: Callable[[int], bool]) -> int | None:
    """The smallest number from low to high for which something holds that holds ever after."""
    if low > high or not holds(high):
        return None
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle + 1, high)
    return low
