"""The best scale-ups once the gates are known, exact, for one plan after another."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from optimizer import solver
from optimizer.model import Floats, Program, Row, at_most
from optimizer.options import Options, Watch
from optimizer.staging_question import Mix, StagedQuestion
from optimizer.staging_sets import SAFE, Flags, Whole, best_sets
from optimizer.tree import Tree

WORK, PATIENCE = 40_000_000, 60.0
"""How far a tree is grown in an outcome, and for how many seconds when nobody watches."""


class _UnprovenError(Exception):
    """The best scale-ups of an outcome were not found out, or not in time."""


@dataclass(frozen=True, slots=True)
class First:
    """What is decided before the gates: columns funded at once, and seeds by their place."""

    at_once: frozenset[int]
    seeds: frozenset[int]


@dataclass(frozen=True, slots=True)
class ScaleUps:
    """The best that an outcome allows: its worth in millionths, and the seeds that are scaled up."""

    worth: int
    scaled_up: frozenset[int]


class Recourse:
    """Best scale-ups of a question, as long as the watch allows."""

    def __init__(self, question: StagedQuestion, watch: Watch | None = None) -> None:
        self._question = question
        self._watch = Watch(Options(time_limit=PATIENCE)) if watch is None else watch
        self._rows = 0
        self._matrix: Whole = np.zeros((0, 0), np.int64)
        self._limits: Whole = np.zeros(0, np.int64)
        ends = question.ends
        self._gains = [one.scaled_up - one.stopped for one in ends]

    def best(self, first: First, passing: Collection[frozenset[int]]) -> list[ScaleUps | None]:
        """The best scale-ups of a plan for each set of seeds that pass; None where no set is allowed.

        Of equal worth the one with least spending, then the first by order of id, where the best
        sets are few enough to list. Everything here is proven: the list ends before the first
        outcome whose best could not be, or for which there was no time. Without a scale-up to
        choose there is nothing to look for, and no time is needed.
        """
        self._refresh()
        known: dict[frozenset[int], ScaleUps | None] = {}
        found = []
        for passed in passing:
            own = passed & first.seeds
            if own not in known:
                try:
                    known[own] = self._second(first, sorted(own))
                except _UnprovenError:
                    break
            found.append(known[own])
        return found

    def quick(self, first: First, passing: Flags, weights: Floats) -> float | None:
        """A little less than what a plan is worth, in a moment: scale-ups taken one after another.

        `passing` says who passes, shape `(outcomes, seeds)`. None where a rule is broken before any
        scale-up, or has none. What is earned together is left out.
        """
        self._refresh()
        question = self._question
        seeds = sorted(first.seeds)
        room = self._limits - self._matrix[:, list(self.mix(first, ()))].sum(axis=1)
        grown = [question.grown[k] for k in seeds]
        more = self._matrix[:, grown] - self._matrix[:, [question.stopped[k] for k in seeds]]
        binding = np.maximum(more, 0).sum(axis=1) > room
        room, more = room[binding].astype(np.float64), more[binding].astype(np.float64)
        if (np.minimum(more, 0.0).sum(axis=1) > room).any():
            return None
        gains = np.array([self._gains[k] for k in seeds], dtype=np.float64)
        load = (more / np.maximum(room, 1.0)[:, None]).clip(min=0.0).sum(axis=0)
        left = np.broadcast_to(room, (len(passing), len(room))).copy()
        worth = np.zeros(len(passing))
        helps = (more < 0).any(axis=0)
        order = np.argsort(-gains / np.maximum(load, 1e-9), kind="stable").tolist()
        open_ = passing[:, seeds]
        for place in [*order, *(order if helps.any() else ())]:
            if gains[place] <= 0 and not helps[place]:
                continue
            own = more[:, place]
            fits = open_[:, place] & ((own <= left) | (own <= 0)).all(axis=1)
            if gains[place] <= 0:
                fits &= (left < 0).any(axis=1)
            left[fits] -= own
            worth[fits] += gains[place]
            open_[fits, place] = False
        if (left < 0).any():
            return None
        base = sum(question.worth[j] for j in first.at_once)
        base += sum(question.ends[k].stopped for k in first.seeds)
        return float(base * weights.sum() + worth @ weights)

    def mix(self, first: First, scaled_up: Collection[int]) -> Mix:
        """The columns that are funded."""
        question = self._question
        seeds = {question.grown[k] if k in scaled_up else question.stopped[k] for k in first.seeds}
        return first.at_once | seeds

    def _refresh(self) -> None:
        question = self._question
        if self._rows == len(question.rows) and self._rows:
            return
        sizes = [sum(map(abs, row.coefficients)) + abs(row.limit) for row in question.rows]
        kind: Any = np.int64 if max(sizes, default=0) < SAFE else object
        matrix = np.zeros((len(question.rows), question.known.width), dtype=kind)
        for number, row in enumerate(question.rows):
            matrix[number, list(row.columns)] = row.coefficients
        self._matrix = matrix
        self._limits = np.array([row.limit for row in question.rows], dtype=kind)
        self._rows = len(question.rows)

    def _second(self, first: First, passed: list[int]) -> ScaleUps | None:
        """The best set of those that passed; rules without rows are looked at last."""
        while True:
            if passed and self._watch.over:
                raise _UnprovenError
            up = self._chosen(first, passed)
            if up is None:
                return None
            mix = self.mix(first, up)
            row = self._question.beyond(mix)
            if row is None:
                return ScaleUps(self._question.value(mix), up)
            self._question.rows.append(row)
            self._refresh()

    def _chosen(self, first: First, passed: list[int]) -> frozenset[int] | None:
        question = self._question
        mix = list(self.mix(first, ()))
        room = self._limits - self._matrix[:, mix].sum(axis=1)
        grown = [question.grown[k] for k in passed]
        stopped = [question.stopped[k] for k in passed]
        more = self._matrix[:, grown] - self._matrix[:, stopped]
        most = np.maximum(more, 0).sum(axis=1)
        binding = most > room
        room, more = room[binding], more[binding]
        if (np.minimum(more, 0).sum(axis=1) > room).any():
            return None
        if not passed:
            return frozenset()
        spare = sum(abs(bonus.worth) for bonus in question.bonuses)
        gains = [self._gains[k] for k in passed]
        sets = best_sets(gains, more, room, spare, lambda: self._watch.over)
        if sets is None:
            return self._grown(first, passed, more, room)
        if not len(sets):
            return None
        worth = self._worths(first, passed, sets)
        best = sets[worth == worth.max()]
        rests = [question.staged[k].rest for k in passed]

        def rank(one: list[bool]) -> tuple[int, list[bool]]:
            spend = sum(rest for rest, taken in zip(rests, one, strict=True) if taken)
            return spend, [not taken for taken in one]

        first_of = min(best.tolist(), key=rank)
        return frozenset(k for k, taken in zip(passed, first_of, strict=True) if taken)

    def _worths(self, first: First, passed: Sequence[int], sets: Flags) -> Whole:
        """What each set adds, with what is earned together."""
        question = self._question
        gains = [self._gains[k] for k in passed]
        beside = sum(abs(bonus.worth) for bonus in question.bonuses)
        kind: Any = np.int64 if sum(map(abs, gains)) + beside < SAFE else object
        worth: Whole = sets.astype(kind) @ np.array(gains, dtype=kind)
        if not question.bonuses:
            return worth
        at_once = {question.known.projects[j].id for j in first.at_once}
        ids = [question.staged[k].whole.id for k in passed]
        for bonus in question.bonuses:
            earned = np.ones(len(sets), dtype=np.bool_)
            for group in bonus.groups:
                if group.isdisjoint(at_once):
                    inside = [place for place, one in enumerate(ids) if one in group]
                    earned &= sets[:, inside].any(axis=1)
            worth = worth + earned.astype(kind) * bonus.worth
        return worth

    def _grown(
        self, first: First, passed: list[int], more: Whole, room: Whole
    ) -> frozenset[int] | None:
        """The same by a tree; by the solver where that grows too large.

        What stays unproven is not taken for the best: raises _UnprovenError.
        """
        program = self._program(first, passed, more, room)
        grown = Tree(program, lambda mix: None, self._watch).grow(None, WORK, ties=False)
        mix = grown.mix
        if not grown.done:
            mix = self._solved(program, mix)
        return None if mix is None else frozenset(passed[j] for j in mix if j < len(passed))

    def _solved(self, program: Program, start: frozenset[int] | None) -> frozenset[int]:
        """The solver's best, where it is proven and its rows hold in whole numbers."""
        outcome = solver.solve(program, self._watch, start=start)
        if outcome.answer != "proven" or outcome.x is None:
            raise _UnprovenError
        found = frozenset(j for j, x in enumerate(outcome.x) if x)
        if not all(row.holds(found) for row in program.rows):
            raise _UnprovenError
        # What it began from may be better by less than floats can tell.
        both = (found,) if start is None else (found, start)
        return max(both, key=lambda one: sum(program.costs[j] for j in one))

    def _program(self, first: First, passed: Sequence[int], more: Whole, room: Whole) -> Program:
        question = self._question
        rows = [
            at_most((), "", dict(enumerate(map(int, line))), int(limit))
            for line, limit in zip(more, room, strict=True)
        ]
        costs = [self._gains[k] for k in passed]
        on = {question.known.projects[j].id: () for j in first.at_once}
        ids = {question.staged[k].whole.id: (place,) for place, k in enumerate(passed)}
        for bonus in question.bonuses:
            made = bonus_rows(bonus.worth, bonus.groups, len(costs), {**ids, **on})
            if made is not None:
                rows += made
                costs.append(bonus.worth)
        width = len(costs)
        return Program(costs, rows, [0] * width, [1] * width, [True] * width)


def bonus_rows(
    worth: int,
    groups: Sequence[frozenset[str]],
    own: int,
    columns: dict[str, tuple[int, ...]],
) -> list[Row] | None:
    """Rows that hold the column `own` to what is earned together; None where it is never earned.

    `columns` are those in which each project goes on, none for one that does in any case.
    """
    if any(group.isdisjoint(columns) for group in groups):
        return None
    sure = [any(not columns[i] for i in group & columns.keys()) for group in groups]
    left = [group for group, known in zip(groups, sure, strict=True) if not known]
    ways = [[j for i in sorted(group & columns.keys()) for j in columns[i]] for group in left]
    if worth > 0:
        return [at_most((), "", {own: 1, **dict.fromkeys(way, -1)}, 0) for way in ways]
    together = {j: 1 for way in ways for j in way}
    return [at_most((), "", {**together, own: -1}, len(ways) - 1)]
