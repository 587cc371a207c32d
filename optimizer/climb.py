"""The smallest amount of money from which on a mix worth more can be had, exact to the cent."""

from __future__ import annotations

from optimizer.ladder import Ladder
from optimizer.nearest import nearest
from optimizer.optimize import answer, selected
from optimizer.options import Watch
from optimizer.search import Found, Mix, Search
from optimizer.spans import Money, Spans
from optimizer.warm import Warm
from portfolio.selection import Selection

FIRST_REACH = 256
"""The search for a step begins with so small a part of the money more, and doubles it."""


class Climb:
    """The search for steps on a ladder, exact to the cent."""

    def __init__(self, ladder: Ladder, watch: Watch) -> None:
        self._ladder = ladder
        self._watch = watch
        self._warm = Warm(ladder, watch.silent())
        self.spans = Spans(ladder)
        self.enough = self.spans.enough()

    def step(self, low: int, best: int | None) -> tuple[int, Selection] | None:
        """The smallest total from `low` on with a mix worth more than `best`, and its answer."""
        total, _ = self.first(low, best)
        return None if total is None else self._answer(total, best)

    def first(self, low: int, best: int | None) -> tuple[int | None, bool]:
        """The smallest total from `low` on with a mix worth more than `best` (any mix for None).

        None for none; and whether it is proven.
        """
        begin, reach = low, max(low // FIRST_REACH, 1)
        while begin <= max(self.enough, low):
            total, proven = self._first_within(begin, begin + reach, best)
            if total is not None or not proven:
                return total, proven
            begin, reach = begin + reach + 1, 2 * reach
        return None, True

    def _first_within(self, begin: int, end: int, best: int | None) -> tuple[int | None, bool]:
        """The smallest total of a span with a better mix, None for none; and whether it is proven.

        A span is ruled out under the most that its totals give. Where a mix fits that and none of
        the totals, the span is split where the mix begins to fit.
        """
        total: int | None = None
        spans = [(begin, end)]
        while spans:
            begin, end = spans.pop()
            end = end if total is None else min(end, total - 1)
            if begin > end:
                continue
            mix, proven = self._better(self.spans.most(begin, end), best)
            if mix is None:
                if not proven:
                    return None, False
                continue
            first = self.spans.first(mix, begin, end)
            if first is not None:
                total = first
                spans.append((begin, end))
                continue
            middle = self.spans.last_without(mix, begin, end)
            spans += [(middle + 1, end), (begin, middle)]
        return total, True

    def _better(self, given: Money, best: int | None) -> tuple[Mix | None, bool]:
        """A mix worth more than `best` with so much money; or none, and whether that is proven."""
        least = None if best is None else best + 1
        question = self._ladder.question(*given)
        close = nearest(self._warm, given[1], question.cut, least)
        if close.mix is not None or close.proven:
            return close.mix, close.proven
        if self._watch.over:
            return None, False
        return Search(question, self._watch.silent()).worth_at_least(least)

    def _answer(self, total: int, best: int | None) -> tuple[int, Selection] | None:
        asked, rungs = self.spans.at(total)
        question = self._ladder.question(asked, rungs)
        close = nearest(self._warm, rungs, question.cut, None if best is None else best + 1)
        if close.proven:
            found = Found(close.mix, close.value, close.value, proven=True)
        else:
            known = [] if close.mix is None else [close.mix]
            found = answer(question, self._watch.silent(), known)
        if not found.proven or found.mix is None:
            return None
        return total, selected(question, found, self._watch)
