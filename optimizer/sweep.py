"""The exact best mix at each of many budgets, neighbors helping each other."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cached_property
from math import inf

from optimizer.fanout import Workers, at_home
from optimizer.guesses import Guess
from optimizer.ladder import Ladder
from optimizer.nearest import nearest
from optimizer.optimize import DEFAULT, answer, selected
from optimizer.options import Flag, Listener, Options, Watch
from optimizer.preview import check_budgets, guesses
from optimizer.search import Found, Mix
from optimizer.warm import Warm
from portfolio.pool import Pool
from portfolio.scenario import Scenario
from portfolio.selection import Selection

THREADS = 2
SMALL = 3_000
"""Entries (rows times projects) below which time is spent in Python, where threads only queue."""
MOST_STARTS = 3


@dataclass(frozen=True, slots=True)
class BudgetPoint:
    """The answer at a budget in cents."""

    budget: int
    selection: Selection


def sweep(
    pool: Pool,
    scenario: Scenario,
    budgets: Sequence[int],
    options: Options = DEFAULT,
    *,
    progress: Listener | None = None,
    cancel: threading.Event | None = None,
    arrived: Callable[[BudgetPoint], None] | None = None,
    workers: Workers | None = None,
) -> tuple[BudgetPoint, ...]:
    """The best mix at each budget in cents, in the order given: the same as `optimize` gives.

    Budgets are applied by `with_money`. `options.time_limit` is for each point. `arrived` is
    called on the caller's thread with each point as soon as it is known, in any order. Setting
    `cancel` returns the points that were finished. `workers` do the searching where they are
    given, threads of this process where not: with the same points, but for `seconds`. Raises
    InputError.
    """
    check_budgets(pool, scenario, budgets, options)
    totals = sorted(set(budgets))
    whole = Watch(replace(options, time_limit=inf), progress, cancel)
    points: dict[int, BudgetPoint] = {}
    for point in _Sweep(pool, scenario, options, cancel, workers).points(totals):
        points[point.budget] = point
        if arrived is not None:
            arrived(point)
        whole.part(len(points), len(totals))
    return tuple(points[budget] for budget in budgets if budget in points)


class _Points:
    """Works out points. It goes to other machines as the question alone, without its ladder."""

    def __init__(self, pool: Pool, scenario: Scenario, options: Options) -> None:
        self.question = pool, scenario, options

    def __reduce__(self) -> tuple[type[_Points], tuple[Pool, Scenario, Options]]:
        return _Points, self.question

    @cached_property
    def ladder(self) -> Ladder:
        """The question at any amount of money, made where it is needed."""
        pool, scenario, _ = self.question
        return Ladder(pool, scenario)

    def __call__(self, piece: _Piece, stop: Flag) -> _Answer | None:
        """The answer at a total; None when it was stopped."""
        watch = Watch(self.question[2], None, stop)
        if watch.cancelled:
            return None
        asked = self.ladder.under(piece.total)
        question = self.ladder.question(asked, self.ladder.limits(asked, piece.total))
        found = piece.found
        if found is None:
            found = answer(question, watch, piece.starts, gap=watch.options.gap)
        if watch.cancelled:
            return None
        return _Answer(found, BudgetPoint(piece.total, selected(question, found, watch)))


@dataclass(frozen=True, slots=True)
class _Piece:
    """A total to be worked out: from mixes to begin with, or found already and only to be told."""

    total: int
    starts: tuple[Mix, ...] = ()
    found: Found | None = None


@dataclass(frozen=True, slots=True)
class _Answer:
    found: Found
    point: BudgetPoint


class _Sweep:
    """One sweep. What needs no search is answered first, the rest on threads or by workers."""

    def __init__(
        self,
        pool: Pool,
        scenario: Scenario,
        options: Options,
        cancel: threading.Event | None,
        workers: Workers | None,
    ) -> None:
        self._work = _Points(pool, scenario, options)
        self._ladder = self._work.ladder
        self._options = options
        self._cancel = cancel
        self._workers = workers
        self._found: dict[int, Found] = {}
        self._guesses: dict[int, Guess] = {}

    def points(self, totals: Sequence[int]) -> Iterator[BudgetPoint]:
        """The points as they are found; those of a sweep that is cancelled are left out."""
        endless = Watch(replace(self._options, time_limit=inf), None, self._cancel)
        made = guesses(self._ladder, warm := Warm(self._ladder, endless), totals)
        self._guesses = {guess.total: guess for guess in made}
        falling = sorted(made, key=lambda guess: -guess.total)
        hard: list[Guess] = []
        for guess in falling:
            watch = Watch(self._options, None, self._cancel)
            if watch.cancelled:
                return
            found = self._at_once(guess, warm)
            if found is None:
                hard.append(guess)
            else:
                self._found[guess.total] = found
                question = self._ladder.question(guess.asked, guess.rungs)
                yield BudgetPoint(guess.total, selected(question, found, watch))
        yield from self._searched(hard)

    def _at_once(self, guess: Guess, warm: Warm) -> Found | None:
        """The answer by what is known already or by listing mixes; None when that is not enough."""
        if self._ladder.scenario.stay_close is not None:
            return None
        return self._inherited(guess) or self._by_listing(guess, warm)

    def _inherited(self, guess: Guess) -> Found | None:
        """The best mix with more money, if it can be paid: then it is best, and first, here too."""
        above = [total for total in list(self._found) if total > guess.total]
        if not above or self._ladder.scenario.stay_close is not None:
            return None
        total = min(above)
        found = self._found[total]
        if not found.proven or not _no_more(guess, self._guesses[total]):
            return None
        if found.mix is None or guess.pays(found.mix, self._ladder.used(found.mix)):
            return found
        return None

    def _by_listing(self, guess: Guess, warm: Warm) -> Found | None:
        question = self._ladder.question(guess.asked, guess.rungs)
        close = nearest(warm, guess.rungs, question.cut, guess.value)
        if close.proven:
            return Found(close.mix, close.value, close.value, proven=True)
        if close.mix is not None:
            guess.mix, guess.value = close.mix, close.value
        return None

    def _searched(self, hard: Sequence[Guess]) -> Iterator[BudgetPoint]:
        small = len(self._ladder.rows) * self._ladder.width < SMALL
        threads = 1 if small else THREADS
        # Halving, so that a point has neighbors on both sides to learn from.
        pieces = (self._piece(hard[place]) for place in _halving(len(hard)))
        if self._workers is None:
            answers = at_home(self._work, pieces, threads, self._cancel)
        else:
            patience = self._options.time_limit
            answers = self._workers.results(self._work, pieces, threads, patience, self._cancel)
        with closing(answers):
            for one in answers:
                if one is not None:
                    self._found[one.point.budget] = one.found
                    yield one.point

    def _piece(self, guess: Guess) -> _Piece:
        """What is asked at a total, with what is known when its turn comes.

        Mixes to begin from are the one guessed, and the best that less money buys.
        """
        below = [total for total in list(self._found) if total < guess.total]
        mixes = [self._found[total].mix for total in sorted(below)[-MOST_STARTS:]]
        starts = tuple(mix for mix in (guess.mix, *mixes) if mix is not None)
        return _Piece(guess.total, starts, self._inherited(guess))


def _halving(count: int) -> Iterator[int]:
    """0, count − 1, and then again and again the middle of what is left between two."""
    spans = [(0, count - 1)]
    yield from dict.fromkeys(spans[0]) if count else ()
    for low, high in spans:
        middle = (low + high) // 2
        if low < middle:
            yield middle
            spans += [(low, middle), (middle, high)]


def _no_more(guess: Guess, other: Guess) -> bool:
    """Whether no envelope holds more than in the other, so that all that can be paid here can there."""
    pairs = zip(guess.asked.sources, other.asked.sources, strict=True)
    return guess.total <= other.total and all(
        less <= more
        for one, two in pairs
        for less, more in zip(one.budgets, two.budgets, strict=True)
    )
