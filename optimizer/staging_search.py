"""The best plan in two stages over given outcomes of the gates, with a bound that is proven.

A plan is judged by the best scale-ups in each outcome, exactly. Plans come from the program over all
outcomes: first with scale-ups that may be split, which leaves few whole columns, then with whole
ones; and from small changes of the best so far.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil
from random import Random

import numpy as np

from optimizer import solver
from optimizer.bounds import certify
from optimizer.model import Row
from optimizer.options import Watch
from optimizer.staging_program import Extensive, Together, Weighed, each, extensive, grouped
from optimizer.staging_question import StagedQuestion
from optimizer.staging_recourse import First, Recourse, ScaleUps
from optimizer.tree import Tree
from portfolio.errors import EngineError

WORK = 4_000_000
"""How far a tree is grown over all outcomes together."""
SMALL, WIDEST = 100, 1_000
"""Scale-ups in all outcomes together, up to which that is tried at once, and later on."""
REBUILT, SPLIT, CHANGES = 0.1, 0.7, 0.2
"""Shares of the time left for plans built anew, for split scale-ups, and for small changes."""
FINEST = 1e-9
"""Of its worth, so much can be told of a plan by a solver's floats."""
SEED, MOST_OUT = 1, 6
"""Projects that are taken out at a time when a plan is built anew."""
PASSES = 2
"""How often all are gone through when a plan is put together: a rule may let in later what it barred."""
FEW, WIDE = 24, 10_000
"""Over so many outcomes a first plan is looked for; with more scale-ups in all, first by groups."""
NEAR, ROUGH = 0.0005, 0.005
"""With split scale-ups a plan this near to the best is near enough, over all and over few."""


@dataclass(frozen=True, slots=True)
class FoundPlan:
    """The best plan found: None for none. `value` and `bound` are millionths times weights.

    `proven`: no plan is better by as much as a millionth of expected worth, or by 10⁻⁹ of it, which
    is what the solver's floats can tell; without a plan, that there is none.
    """

    first: First | None
    seconds: tuple[ScaleUps, ...]
    value: int | None
    bound: int | None
    proven: bool


class StagedSearch:
    """One search. `outcomes` are sets of seeds that pass, with their weights."""

    def __init__(self, question: StagedQuestion, outcomes: Sequence[Weighed], watch: Watch) -> None:
        self._question = question
        self._outcomes = outcomes
        self._weight = sum(weight for _, weight in outcomes)
        self._watch = watch
        self._recourse = Recourse(question, watch)
        self._passing = np.zeros((len(outcomes), len(question.staged)), dtype=np.bool_)
        for s, (passed, _) in enumerate(outcomes):
            self._passing[s, list(passed)] = True
        self._weights = np.array([float(weight) for _, weight in outcomes])
        self._gap = 0.0
        self._order: list[First] = []
        self._known: dict[First, int | None] = {}
        self._open: set[First] = set()
        self._best: First | None = None
        self._best_seconds: list[ScaleUps] = []
        self._value: int | None = None
        self._bound: int | None = None

    def best(self, starts: Iterable[First], gap: float = 0.0) -> FoundPlan:
        """The best plan, from these to begin with; it may end within `gap` of the best."""
        self._gap = gap
        for first in starts:
            self._judge(first)
        done, impossible = self._by_tree(SMALL)
        if not done:
            self._put_together()
            self._changed(self._watch.within(CHANGES))
            self._rebuilt(self._watch.within(REBUILT))
            done, impossible = (False, False) if self._enough else self._by_tree(WIDEST)
        if not (done or self._enough):
            impossible = self._by_solver(gap)
        return self._answer(impossible)

    def _relaxed(self, whole: Extensive) -> None:
        """A bound from the relaxation's rates, and plans near its optimum."""
        relaxed = solver.Relaxation(whole.program)
        point = relaxed.solve(self._watch)
        if point is None:
            return
        program = whole.program
        bound = certify(program.costs, relaxed.rows, point.rates, program.lows, program.highs).whole
        self._bounded(bound)
        before = point.x[: whole.before]
        for least in (0.999, 0.5):
            self._judge(whole.first([int(x >= least) for x in before]))

    def _by_tree(self, widest: int) -> tuple[bool, bool]:
        """Prove the best plan in whole numbers where that is little work; done, and impossible."""
        if sum(len(passed) for passed, _ in self._outcomes) > widest:
            return False, False
        whole = extensive(self._question, each(self._outcomes), shared=False)
        self._relaxed(whole)
        start = None
        if self._best is not None and not self._question.bonuses:
            start = whole.columns(self._best, self._best_seconds)
        tree = Tree(whole.program, lambda mix: self._cut(whole, mix), self._watch)
        grown = tree.grow(start, WORK, ties=False)
        if grown.mix is not None:
            worth = sum(whole.program.costs[j] for j in grown.mix)
            if grown.done:
                self._bounded(worth)
            self._agree(whole.first([int(j in grown.mix) for j in range(whole.before)]), worth)
        return grown.done, grown.done and grown.mix is None

    def _agree(self, first: First, worth: int) -> None:
        """Judge a plan of which a mix in whole numbers says that it is worth so much or more."""
        self._judge(first)
        value = self._known.get(first)
        if first not in self._open and (value is None or value < worth):
            raise EngineError("The best scale-ups of a plan were missed. No answer is given.")

    def _cut(self, whole: Extensive, mix: frozenset[int]) -> Row | None:
        """A row that a point of the program breaks in an outcome, of rules without rows."""
        if self._question.payable and not self._question.known.unwritten:
            return None
        first = whole.first([int(j in mix) for j in range(whole.before)])
        for s, (passed, _) in enumerate(self._outcomes):
            up = [k for k in sorted(passed) if whole.scaled_up[s, k] in mix]
            row = self._question.beyond(self._recourse.mix(first, up))
            if row is not None:
                self._question.rows.append(row)
                return whole.row(row, self._question, s)
        return None

    def _by_solver(self, gap: float) -> bool:
        """Search on with the solver's help; whether there is no plan."""
        watch = self._watch
        for made, near, every in self._splits():
            if self._enough:
                return False
            split = extensive(self._question, made, whole=False)
            if self._solved(split, max(gap, near), watch.within(SPLIT), every):
                return True
            self._changed(watch.within(CHANGES))
        while not (self._watch.over or self._enough):
            whole = extensive(self._question, each(self._outcomes))
            rows = len(self._question.rows)
            impossible = self._solved(whole, gap, self._watch)
            if impossible or rows == len(self._question.rows):
                return impossible
        return False

    def _splits(self) -> Iterator[tuple[list[Together], float, bool]]:
        """Outcomes to begin with, how near to the best, and whether a bound over them counts.

        All of them where they are not too many; else a few for a plan, and groups of all for a bound.
        """
        outcomes = self._outcomes
        ups = sum(len(passed) for passed, _ in outcomes)
        if ups <= WIDE:
            yield each(outcomes), NEAR, True
            return
        yield each(outcomes[:FEW]), ROUGH, False
        yield grouped(outcomes, max(len(outcomes) * WIDE // ups // 4, 1)), NEAR, True

    def _put_together(self) -> None:
        """Plans put together in the order in which the mean of all outcomes would take projects.

        Its relaxation is small, and its bound holds (see `grouped`).
        """
        mean = extensive(self._question, grouped(self._outcomes, 1), whole=False)
        program, relaxed = mean.program, solver.Relaxation(mean.program)
        point = relaxed.solve(self._watch)
        if point is None:
            return
        found = certify(program.costs, relaxed.rows, point.rates, program.lows, program.highs)
        self._bounded(found.whole)
        before = range(mean.before)
        order = sorted(before, key=lambda j: (-point.x[j], -found.losses[j], j))
        self._order = [mean.first([int(j == column) for j in before]) for column in order]
        plan = First(frozenset(), frozenset())
        for _ in range(PASSES):
            plan, _ = self._filled(plan, self._order, self._watch)
        self._judge(plan)

    def _filled(
        self, plan: First, order: Sequence[First], watch: Watch
    ) -> tuple[First, float | None]:
        """A plan with more of these, one after another, wherever it looks better for it."""
        worth = self._quick(plan)
        taken = self._projects(plan)
        for one in order:
            if taken & self._projects(one) or watch.over:
                continue
            first = First(plan.at_once | one.at_once, plan.seeds | one.seeds)
            seems = self._quick(first)
            if seems is not None and (worth is None or seems > worth):
                plan, worth = first, seems
                taken = taken | self._projects(one)
        return plan, worth

    def _projects(self, first: First) -> set[str]:
        """The projects of a plan."""
        question = self._question
        once = {question.known.projects[j].id for j in first.at_once}
        return once | {question.staged[k].whole.id for k in first.seeds}

    def _rebuilt(self, watch: Watch) -> None:
        """Better plans by taking a few projects out and filling up, again and again.

        Ruin and recreate (Schrimpf and others, 2000), with the same draws each time.
        """
        if self._best is None or not self._order:
            return
        draw = Random(SEED)  # noqa: S311 - no secret hangs on it
        best = self._best
        mark = self._quick(best)
        places = range(len(self._order))
        while not (watch.over or self._enough):
            parts = [First(frozenset({j}), frozenset()) for j in sorted(best.at_once)]
            parts += [First(frozenset(), frozenset({k})) for k in sorted(best.seeds)]
            out = draw.sample(parts, min(draw.randint(1, MOST_OUT), len(parts)))
            gone = First(
                frozenset().union(*(one.at_once for one in out)),
                frozenset().union(*(one.seeds for one in out)),
            )
            left = First(best.at_once - gone.at_once, best.seeds - gone.seeds)
            ranks = sorted(places, key=lambda place: (place + 1) * draw.random())
            plan, seems = self._filled(left, [self._order[place] for place in ranks], watch)
            if seems is not None and (mark is None or seems > mark):
                best, mark = plan, seems
                self._judge(plan)

    def _solved(self, made: Extensive, gap: float, watch: Watch, every: bool = True) -> bool:
        """Ask the solver once; whether it says that there is no plan.

        Of a program over `every` outcome the bound counts; over some of them it says nothing.
        """
        start = None
        if self._best is not None:
            start = made.columns(self._best, self._best_seconds)
        outcome = solver.solve(made.program, watch, gap=gap, start=start)
        if outcome.bound is not None and every:
            self._bounded(outcome.bound)
        if outcome.x is not None:
            self._judge(made.first(outcome.x))
        return outcome.answer == "infeasible" and self._best is None

    def _changed(self, watch: Watch) -> None:
        """Better plans by one change of the best after another, as long as there is time.

        Changes are weighed in a moment first, and only those that look better are worked out.
        """
        improved = True
        while improved and self._best is not None and not self._enough:
            improved = False
            mark = self._quick(self._best)
            for first in self._beside(self._best):
                if watch.over:
                    return
                seems = self._quick(first)
                if mark is not None and (seems is None or seems <= mark):
                    continue
                before = self._value
                self._judge(first)
                if self._value != before:
                    improved = True
                    break

    def _quick(self, first: First) -> float | None:
        return self._recourse.quick(first, self._passing, self._weights)

    def _beside(self, first: First) -> Iterator[First]:
        """Plans that differ in one project, or in two that are exchanged."""
        question = self._question
        project = {j: question.known.projects[j].id for j in question.at_once}
        own = {k: one.whole.id for k, one in enumerate(question.staged)}
        taken = {project[j] for j in first.at_once} | {own[k] for k in first.seeds}
        seeds = sorted(k for k in own if own[k] not in taken)
        ways = sorted(j for j in project if project[j] not in taken)
        smaller = [replace(first, seeds=first.seeds - {k}) for k in sorted(first.seeds)]
        smaller += [replace(first, at_once=first.at_once - {j}) for j in sorted(first.at_once)]
        for k in sorted(first.seeds):
            for j in (j for j in sorted(project) if project[j] == own[k]):
                yield First(first.at_once | {j}, first.seeds - {k})
        for j in sorted(first.at_once):
            for k in (k for k in sorted(own) if own[k] == project[j]):
                yield First(first.at_once - {j}, first.seeds | {k})
        for one in (first, *smaller):
            for k in seeds:
                yield replace(one, seeds=one.seeds | {k})
            for j in ways:
                yield replace(one, at_once=one.at_once | {j})
        yield from smaller

    def _judge(self, first: First) -> None:
        """Work out what a plan is worth, and keep it where it is the best so far.

        A plan whose scale-ups could not be proven in every outcome, or not in time, says nothing:
        it is left open, and the best so far stays what it is.
        """
        if first in self._known or first in self._open:
            return
        found = self._recourse.best(first, [passed for passed, _ in self._outcomes])
        if len(found) < len(self._outcomes) and None not in found:
            self._open.add(first)
            return
        seconds = [one for one in found if one is not None]
        if len(seconds) < len(self._outcomes):
            self._known[first] = None
            return
        both = zip(self._outcomes, seconds, strict=True)
        value = sum(weight * one.worth for (_, weight), one in both)
        self._known[first] = value
        if self._value is None or value > self._value:
            self._best, self._best_seconds, self._value = first, seconds, value
            self._tell()

    def _bounded(self, bound: int) -> None:
        self._bound = bound if self._bound is None else min(self._bound, bound)
        self._tell()

    def _tell(self) -> None:
        value = None if self._value is None else self._value // self._weight
        bound = None if self._bound is None else -(-self._bound // self._weight)
        self._watch.tell(value, bound)

    @property
    def _slight(self) -> int:
        """What is too little to tell one plan from another."""
        return max(self._weight - 1, int(abs(self._value or 0) * FINEST))

    @property
    def _enough(self) -> bool:
        """Whether the best plan is as near to the bound as was asked for."""
        if self._value is None or self._bound is None:
            return False
        slack = max(ceil(self._gap * abs(self._value)), self._slight)
        return self._bound - self._value <= slack

    def _answer(self, impossible: bool) -> FoundPlan:
        if self._best is None or self._value is None:
            return FoundPlan(None, (), None, None if impossible else self._bound, impossible)
        # A bound that a plan passes is no bound, whoever gave it; then none is known.
        sound = self._bound is not None and self._bound >= self._value - self._slight
        bound = max(self._bound, self._value) if sound and self._bound is not None else None
        proven = bound is not None and bound - self._value <= self._slight
        return FoundPlan(self._best, tuple(self._best_seconds), self._value, bound, proven)
