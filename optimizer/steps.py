"""What more money buys: the next steps to a better mix, exact to the cent."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace

from optimizer.explain import standing_mix
from optimizer.ladder import Ladder
from optimizer.nearest import nearest
from optimizer.optimize import DEFAULT, answer, selected
from optimizer.options import Listener, Options, Watch
from optimizer.search import Found, Mix, Question, Search
from optimizer.spans import Money, Spans
from optimizer.validate import check
from optimizer.warm import Warm
from portfolio.pool import Pool
from portfolio.scenario import Scenario
from portfolio.selection import Selection, Status

FIRST_REACH = 256
"""The search for a step begins with so small a part of the money more, and doubles it."""


@dataclass(frozen=True, slots=True)
class Step:
    """A budget in cents at which a better mix exists than at any below, and what it brings.

    `more` cents than the question has, `gain` in millionths, and who enters and leaves are all
    told against the mix begun from. `selection` is the best mix at `budget`.
    """

    budget: int
    more: int
    gain: int
    enters: tuple[str, ...]
    leaves: tuple[str, ...]
    selection: Selection


def next_steps(
    pool: Pool,
    scenario: Scenario,
    base: Selection,
    count: int,
    options: Options = DEFAULT,
    *,
    progress: Listener | None = None,
    cancel: threading.Event | None = None,
) -> tuple[Step, ...]:
    """The next `count` steps of the curve of best values against money in all.

    The first step is the smallest whole number of cents T above `scenario.money` with
    V*(with_money(T)) > V, where V is the value of `base` (its bound, if proven); each next one is
    the smallest T with a value above the step before. Every step is proven: no total between has
    a better mix. Fewer are returned when no more money helps, and when time or `cancel` ends the
    search; none when nothing limits money in all. What was agreed before (`stay_close`) plays no
    part. `options.time_limit` is for all steps together. Raises InputError, also for a base whose
    mix is no answer to this question.
    """
    scenario = replace(scenario, stay_close=None)
    check(pool, scenario, options)
    money = scenario.money
    if money is None:
        return ()
    watch = Watch(options, progress, cancel)
    if base.status.has_mix:
        standing_mix(Question.of(pool, scenario), base)
    climb = _Climb(Ladder(pool, scenario), watch)
    inside = frozenset(base.ids)
    best = base.bound if base.status is Status.OPTIMAL else base.value
    found: list[Step] = []
    total = money
    while len(found) < count:
        watch.part(len(found), count)
        step = climb.next(total + 1, best)
        if step is None:
            break
        total, selection = step
        best = selection.value
        mix = frozenset(selection.ids)
        found.append(
            Step(
                total,
                total - money,
                (selection.value or 0) - (base.value or 0),
                tuple(sorted(mix - inside)),
                tuple(sorted(inside - mix)),
                selection,
            )
        )
    watch.part(len(found), count)
    return tuple(found)


class _Climb:
    """The search for steps on a ladder."""

    def __init__(self, ladder: Ladder, watch: Watch) -> None:
        self._ladder = ladder
        self._watch = watch
        self._warm = Warm(ladder, watch.silent())
        self._spans = Spans(ladder)
        self._enough = self._spans.enough()

    def next(self, low: int, best: int | None) -> tuple[int, Selection] | None:
        """The smallest total from `low` on with a mix worth more than `best`, and its answer."""
        begin, reach = low, max(low // FIRST_REACH, 1)
        while begin <= max(self._enough, low):
            total, proven = self._first_within(begin, begin + reach, best)
            if not proven:
                return None
            if total is not None:
                return self._answer(total, best)
            begin, reach = begin + reach + 1, 2 * reach
        return None

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
            mix, proven = self._better(self._spans.most(begin, end), best)
            if mix is None:
                if not proven:
                    return None, False
                continue
            first = self._spans.first(mix, begin, end)
            if first is not None:
                total = first
                spans.append((begin, end))
                continue
            middle = self._spans.last_without(mix, begin, end)
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
        asked, rungs = self._spans.at(total)
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
