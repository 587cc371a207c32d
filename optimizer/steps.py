"""What more money buys: the next steps to a better mix, exact to the cent, and the rate.

`with_money` rounds the parts of sources to whole cents by largest remainder, so one cent more in
all can be a cent less for one envelope. Hence nothing here supposes that more money is never
worse: a span of totals is ruled out under the most that each envelope holds anywhere in it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from optimizer.constraints import Facts, facts, rule_rows
from optimizer.explain import standing_mix
from optimizer.funding import funding_rows
from optimizer.model import Program, Row
from optimizer.objective import worths
from optimizer.optimize import DEFAULT, answer, selected
from optimizer.options import Listener, Options, Watch
from optimizer.search import Mix, Question, Search
from optimizer.solver import Relaxation, solve
from optimizer.validate import check
from portfolio.funding.sources import Source
from portfolio.pool import Pool
from portfolio.scenario import Scenario, active_rules, with_money
from portfolio.scoring.value import MICRO
from portfolio.selection import Selection, Status

NEAR = 64
"""So many cents below a total are looked at one by one."""
CENTS = 100


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
    question = Question.of(pool, scenario)
    if base.status.has_mix:
        standing_mix(question, base)
    climb = _Climb(question, watch)
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


def lp_rate(pool: Pool, scenario: Scenario) -> float | None:
    """Payoff per extra unit of money by the relaxation's rates, along the way of `with_money`.

    Σ_r rate_r · d limit_r / d money. Points or benefit a unit of money for other aims. None when
    nothing limits money in all or the relaxation has no optimum. At a kink of the relaxation's
    curve it is a rate between those on both sides.
    """
    check(pool, scenario)
    money = scenario.money
    if money is None:
        return None
    known = facts(pool, scenario)
    worth = worths(pool, scenario.objective)
    rows, slopes = _sloped(known, money)
    width = len(worth)
    program = Program(worth, rows, (0,) * width, (1,) * width, (True,) * width)
    point = Relaxation(program).solve(Watch(DEFAULT))
    if point is None:
        return None
    micro_a_cent = sum(rate * slope for rate, slope in zip(point.rates, slopes, strict=True))
    return float(micro_a_cent) * CENTS / MICRO


def _all_rows(known: Facts, total: int) -> list[Row]:
    """Rows at a total, none left out, so that those of two totals stand side by side."""
    at = known.under(with_money(known.scenario, total))
    calendar = known.pool.cluster.calendar
    made = funding_rows(at.scenario, calendar, at.by_period, at.eligible)
    for rule in active_rules(at.scenario):
        made += rule_rows(rule, at)
    return made


def _sloped(known: Facts, total: int) -> tuple[list[Row], list[float]]:
    """The rows at a total, and what one cent more adds to the limit of each."""
    rows = _all_rows(known, total)
    far = 10**15
    then = _all_rows(known, total + far)
    slopes = [(b.limit - a.limit) / far for a, b in zip(rows, then, strict=True)]
    return rows, slopes


class _Climb:
    """The search for steps from one question."""

    def __init__(self, question: Question, watch: Watch) -> None:
        self.question = question
        self.watch = watch
        self._known: list[Mix] = []

    def next(self, low: int, best: int | None) -> tuple[int, Selection] | None:
        """The smallest total from `low` on with a mix worth more than `best`, and its answer."""
        high = max(self._enough(), low)
        total = None
        guess = self._guess(low, high, best)
        if guess is not None and self._better(guess, best):
            total = self._first(guess, low, high)
        spans = [(low, high if total is None else total - 1)]
        while spans:
            begin, end = spans.pop()
            if total is not None:
                end = min(end, total - 1)
            if begin > end:
                continue
            mix, proven = self._within(begin, end, best)
            if mix is None:
                if not proven:
                    return None
                continue
            first = self._first(mix, begin, end)
            if first is not None:
                total = first
                spans.append((begin, end))
                continue
            middle = self._refuted(mix, begin, end)
            spans += [(middle + 1, end), (begin, middle)]
        if total is None:
            return None
        return self._answer(total, best)

    def _better(self, mix: Mix, best: int | None) -> bool:
        return best is None or self.question.value(mix) > best

    def _answer(self, total: int, best: int | None) -> tuple[int, Selection] | None:
        question = self.question.under(with_money(self.question.facts.scenario, total))
        found = answer(question, self.watch.silent(), self._known)
        if not found.proven or found.mix is None or not self._better(found.mix, best):
            return None
        return total, selected(question, found, self.watch)

    def _enough(self) -> int:
        """A total from which on more money changes nothing."""
        known = self.question.facts
        scenario = known.scenario
        asked = sum(known.grants)
        whole = sum(source.total for source in scenario.sources)
        parts = [b for source in scenario.sources for b in source.budgets if b]
        if not scenario.sources:
            return asked
        if not whole:
            parts, whole = [1], sum(len(source.budgets) for source in scenario.sources)
        return (asked + len(scenario.sources) + 2) * whole // min(parts) + whole

    def _guess(self, low: int, high: int, best: int | None) -> Mix | None:
        """The mix that a search over mix and total together finds; a float's word, to be checked."""
        known, worth = self.question.facts, self.question.worth
        width = len(worth)
        rows, slopes = _sloped(known, low)
        unit = 2**40
        lifted = [
            Row(
                row.rules,
                row.label,
                (*row.columns, width),
                (*(c * unit for c in row.coefficients), -round(slope * unit)),
                row.limit * unit,
            )
            if slope
            else row
            for row, slope in zip(rows, slopes, strict=True)
        ]
        if best is not None:
            signs = tuple(-w for w in worth)
            lifted.append(Row((), "value", tuple(range(width)), signs, -best - 1))
        program = Program(
            (*(0,) * width, -1),
            lifted,
            (0,) * (width + 1),
            (*(1,) * width, high - low),
            (*(True,) * width, False),
        )
        outcome = solve(program, self.watch)
        if outcome.x is None:
            return None
        return frozenset(j for j in range(width) if outcome.x[j])

    def _within(self, begin: int, end: int, best: int | None) -> tuple[Mix | None, bool]:
        """A mix worth more than `best` under the most money of a span, or none, proven or not."""
        question = self.question.under(_most(self.question.facts.scenario, begin, end))
        search = Search(question, self.watch.silent())
        floors = [] if best is None else [(question.worth, best + 1)]
        outcome, mix = search._ask((0,) * question.width, search.box, None, floors)
        return mix, outcome.answer == "infeasible"

    def _first(self, mix: Mix, begin: int, end: int) -> int | None:
        """The smallest total of a span at which a mix can be paid and meets every rule."""
        fits = self._fits(mix, begin, end)
        for total in fits:
            return total
        return None

    def _fits(self, mix: Mix, begin: int, end: int) -> Iterator[int]:
        scenario = self.question.facts.scenario
        least = _bisect(begin, end, lambda t: self._allows(_upper(scenario, t), mix))
        if least is None:
            return
        surely = _bisect(least, end, lambda t: self._allows(_lower(scenario, t), mix))
        for total in range(least, (end if surely is None else surely) + 1):
            if self._allows(with_money(scenario, total), mix):
                yield total

    def _allows(self, scenario: Scenario, mix: Mix) -> bool:
        return self.question.under(scenario).allows(mix)

    def _refuted(self, mix: Mix, begin: int, end: int) -> int:
        """The last total such that the mix cannot be paid under the most money up to there."""
        scenario = self.question.facts.scenario
        fits = _bisect(begin, end, lambda t: self._allows(_most(scenario, begin, t), mix))
        return end - 1 if fits is None else max(fits - 1, begin)


def _bisect(low: int, high: int, holds: Callable[[int], bool]) -> int | None:
    """The smallest number from low to high for which something holds that holds ever after."""
    if low > high or not holds(high):
        return None
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle + 1, high)
    return low


def _enveloped(scenario: Scenario, total: int, up: bool) -> Scenario:
    """The question at a total with each envelope rounded up, or down, twice: its share, its part.

    Largest remainders never leave a share's two nearest whole numbers, so `with_money` lies
    between both; and both grow with the total.
    """

    def part(amount: int, of: int, whole: int) -> int:
        return -(-amount * of // whole) if up else amount * of // whole

    scaled = with_money(scenario, total)
    whole = sum(source.total for source in scenario.sources)
    sources = []
    for source in scenario.sources:
        share = (source.total, whole) if whole else (1, len(scenario.sources))
        own = part(share[0], total, share[1])
        parts = source.budgets if source.total else (1,) * len(source.budgets)
        sources.append(replace(source, budgets=tuple(part(p, own, sum(parts)) for p in parts)))
    return replace(scaled, sources=tuple(sources))


def _upper(scenario: Scenario, total: int) -> Scenario:
    return _enveloped(scenario, total, up=True)


def _lower(scenario: Scenario, total: int) -> Scenario:
    return _enveloped(scenario, total, up=False)


def _most(scenario: Scenario, begin: int, end: int) -> Scenario:
    """The question at the end of a span, each envelope as full as it ever is in the span."""
    exact = range(max(begin, end - NEAR), end + 1)
    all_sources = [with_money(scenario, total).sources for total in exact]
    if exact.start > begin:
        all_sources.append(_upper(scenario, exact.start - 1).sources)
    fullest = tuple(_fullest(same) for same in zip(*all_sources, strict=True))
    return replace(with_money(scenario, end), sources=fullest)


def _fullest(same: tuple[Source, ...]) -> Source:
    columns = zip(*(source.budgets for source in same), strict=True)
    return replace(same[0], budgets=tuple(max(column) for column in columns))
