"""The core index: how sure a place in the mix is while weights and scores are not agreed."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from optimizer.ask_next import Drawn, Knowing, knowing
from optimizer.draws import MICRO, Whole, allowed_rows, corners, drawn_values, drawn_weights, ends
from optimizer.hull import SURE, Hull
from optimizer.model import Row
from optimizer.nondominated import MOST_CANDIDATES, Table, nondominated
from optimizer.optimize import DEFAULT
from optimizer.options import Listener, Options, Watch
from optimizer.search import Found, Mix, Question, Search
from optimizer.validate import check
from portfolio.errors import InputError, Problem
from portfolio.funding.rules import WorthRule
from portfolio.pool import Pool
from portfolio.scenario import Objective, Scenario
from portfolio.scoring.information import (
    PARTS,
    Information,
    Ratings,
    extreme_weights,
    missing,
    ratings,
)

Method = Literal["exact", "sample"]
Kind = Literal["core", "borderline", "exterior"]
MOST_DRAWS = 100_000
MOST_CRITERIA = 12
LOSS = 0.0002
"""Share of a draw's best worth that the mix counted for it may lack."""
UNSURE = 0.02
"""Share of the draws whose best mix may stay uncertain."""
NARROW = 2e-9
"""How narrowly a single solve is bounded: within what floats tell apart between weights."""
CLEAR = 0.5
"""How far apart two means of a weight lie, in its standard deviations, to be worth telling."""
MOST_SOLVES = 400
BATCH, LOOK = 8, 32
"""Draws that are solved for, and looked at anew, in one round."""


@dataclass(frozen=True, slots=True)
class CoreIndex:
    """A candidate's core index, and the band in which it lies for certain.

    `turns_on` is the criterion on whose weight the place in the mix depends most, over the draws,
    and `favors` whether more weight on it speaks for the project; "" where none does clearly.
    """

    project: str
    index: float
    at_least: float
    at_most: float
    turns_on: str = ""
    favors: bool = False

    @property
    def kind(self) -> Kind:
        """Core: in every one of the mixes. Exterior: in none. Borderline: what is left."""
        return "core" if self.index == 1 else "exterior" if self.index == 0 else "borderline"


@dataclass(frozen=True, slots=True)
class Robustness:
    """Core indices in order of id, and what they are taken over.

    "exact": the share of the non-dominated mixes that hold a project (Liesiö, Mild and Salo,
    2007); `mixes` counts them. "sample": the share of `draws` of weights and scores whose best mix
    holds it; `mixes` counts different ones, and a mix may lack `mean_loss` of a draw's best worth
    on average, which the band allows for. No mix at all: no index. `knowing` says what it is worth
    to know a number before deciding, among the mixes found, each as likely as it is drawn.
    """

    method: Method
    indices: tuple[CoreIndex, ...]
    mixes: int
    draws: int = 0
    mean_loss: float = 0.0
    information: Information = field(default_factory=Information)
    knowing: Knowing = field(default_factory=Knowing)


def robustness(
    pool: Pool,
    scenario: Scenario,
    information: Information | None = None,
    options: Options = DEFAULT,
    *,
    draws: int = 1_000,
    method: Method | None = None,
    progress: Listener | None = None,
    cancel: threading.Event | None = None,
) -> Robustness:
    """The core index of each candidate, by the criteria's scores under the scenario's rules.

    Exact up to 16 candidates, and a sample of `draws` beyond; `method` asks for one of them, and
    exact beyond 16 is refused. When time runs out, the sample is taken over the draws done, and
    what was to be exact becomes a sample. Raises InputError with every problem.
    """
    known = information or Information()
    scored = _scored(scenario)
    _check(pool, scored, known, options, draws, method)
    watch = Watch(options, progress, cancel)
    question = Question.of(pool, scored)
    scores = ratings(pool, known)
    rated = _of_each_way(question, scores)
    if method == "exact" or (method is None and question.width <= MOST_CANDIDATES):
        extremes = extreme_weights(rated.weights, known)
        mixes = nondominated(question, rated, extremes, lambda: watch.over)
        if mixes is not None:
            weights = drawn_weights(rated.weights, known, draws, options.seed)
            values = drawn_values(scores, draws, options.seed)
            worth = _knowing(question, mixes, scores, weights, values)
            return _exact(question, mixes, known, worth)
    return _Sample(question, scores, rated, known, watch, draws).taken()


def _scored(scenario: Scenario) -> Scenario:
    """The question with worth by the criteria alone: what a mix earns together does not count."""
    more = (rule.id for rule in scenario.rules if isinstance(rule, WorthRule))
    off = tuple(sorted({*scenario.off, *more}))
    return replace(scenario, objective=Objective(aim="score"), stay_close=None, off=off)


def _of_each_way(question: Question, rated: Ratings) -> Ratings:
    """The ratings of each way to choose a project: its share of those of the project."""
    ways = _ways(question)

    def scaled(table: Table) -> Table:
        return tuple(tuple(part * share for part in table[k]) for k, share in ways)

    ids = tuple(one.project.id for one in question.facts.variants)
    return replace(rated, ids=ids, low=scaled(rated.low), high=scaled(rated.high))


def _ways(question: Question) -> list[tuple[int, Fraction]]:
    """Of each way to choose a project, its place among the candidates and its share."""
    places = {project.id: k for k, project in enumerate(question.facts.pool.candidates)}
    return [(places[one.project.id], one.share) for one in question.facts.variants]


def _knowing(
    question: Question, mixes: Sequence[Mix], scores: Ratings, weights: Whole, values: Whole
) -> Knowing:
    """What each number is worth, over these draws; in a fixed order of the mixes."""
    ways = _ways(question)
    held = np.zeros((len(mixes), len(scores.ids)))
    for row, mix in enumerate(sorted(mixes, key=sorted)):
        for way in mix:
            place, share = ways[way]
            held[row, place] = share
    low, high = ends(scores)
    drawn = Drawn(
        scores.ids,
        scores.criteria,
        low / MICRO,
        high / MICRO,
        weights / PARTS,
        np.broadcast_to(low / MICRO, values.shape) if scores.exact else values / MICRO,
    )
    return knowing(held, drawn)


def _exact(question: Question, mixes: list[Mix], known: Information, worth: Knowing) -> Robustness:
    indices = []
    for project_id, columns in question.facts.columns_of.items():
        held = sum(not mix.isdisjoint(columns) for mix in mixes)
        share = float(Fraction(held, len(mixes) or 1))
        indices.append(CoreIndex(project_id, share, share, share))
    told = tuple(indices) if mixes else ()
    return Robustness("exact", told, len(mixes), information=known, knowing=worth)


class _Sample:
    """The best mix of each draw of weights and scores.

    Where every value is known, few draws have to be solved: a mix met before is worth so much at
    a draw's weights, and what is known of other weights bounds the best worth there.
    """

    def __init__(
        self,
        question: Question,
        scores: Ratings,
        rated: Ratings,
        known: Information,
        watch: Watch,
        draws: int,
    ) -> None:
        self._question = question
        self._known = known
        self._watch = watch
        self._scores = scores
        self._rated = rated
        seed = watch.options.seed
        self._weights = drawn_weights(rated.weights, known, draws, seed)
        self._values = drawn_values(scores, draws, seed)
        self._met: list[Mix] = []
        self._matrix = np.zeros((0, question.width), dtype=np.int64)
        self._tally = _Tally(question.width)

    def taken(self) -> Robustness:
        """Go through the draws until they or the time end."""
        if self._rated.exact:
            self._between()
        else:
            self._one_by_one()
        tally = self._tally
        indices = tuple(
            CoreIndex(project_id, *tally.share(columns), *self._turns_on(columns))
            for project_id, columns in self._question.facts.columns_of.items()
            if tally.done
        )
        loss = tally.lost / (tally.done or 1)
        mixes = len(tally.mixes)
        worth = self._worth_knowing()
        return Robustness("sample", indices, mixes, tally.done, loss, self._known, worth)

    def _worth_knowing(self) -> Knowing:
        """What each number is worth; the mix that is best on average is looked for on its own."""
        done = self._tally.done
        if not done:
            return Knowing()
        weights, values = self._weights[:done], self._values[:done]
        low, high = ends(self._rated)
        self._solved((low + high) // 2 @ np.rint(weights.mean(axis=0)).astype(np.int64))
        return _knowing(self._question, self._met, self._scores, weights, values)

    def _turns_on(self, columns: Sequence[int]) -> tuple[str, bool]:
        """The weight that differs most, in its own spread, between draws with and without it."""
        weights = self._weights[: self._tally.done]
        inside = self._tally.inside(columns)
        if inside.all() or not inside.any():
            return "", False
        spread = weights.std(axis=0)
        apart = weights[inside].mean(axis=0) - weights[~inside].mean(axis=0)
        clear = np.divide(apart, spread, out=np.zeros(len(spread)), where=spread > 0)
        place = int(np.argmax(np.abs(clear)))
        if abs(clear[place]) < CLEAR:
            return "", False
        return self._rated.criteria[place], bool(clear[place] > 0)

    def _one_by_one(self) -> None:
        ways = _ways(self._question)
        places = [place for place, _ in ways]
        shares = np.array([float(share) for _, share in ways])[:, None]
        for weights, scores in zip(self._weights, self._values, strict=True):
            # All ways to choose a project share its score.
            value = np.rint(scores[places] * shares).astype(np.int64)
            found = self._solved(value @ weights)
            if found is None or found.mix is None:
                return
            value_found = found.value or 0
            gap = _share((found.bound or value_found) - value_found, value_found)
            self._tally.count(found.mix, gap, sure=gap <= SURE)
            self._watch.part(self._tally.done, len(self._weights))

    def _between(self) -> None:
        """Solve at corners around all weights, then where most may be missing, until little is."""
        value, _ = ends(self._rated)
        hull = Hull(value)
        allowed = allowed_rows(self._rated.weights, self._known)

        def solve(weights: Whole) -> bool:
            found = self._solved(value @ weights)
            if found is None or found.mix is None or found.bound is None:
                return False
            hull.add(weights, found.bound)
            return True

        if not all(solve(corner) for corner in corners(self._rated.weights, self._known)):
            return
        gaps = {k: self._gap(hull, value, k) for k in range(len(self._weights))}
        unsure, solves = _by_gap(gaps), 0
        few = UNSURE * len(self._weights)
        # A gap only ever falls, so one that was worked out earlier is still a bound on itself.
        while unsure and solves < MOST_SOLVES and not self._watch.over:
            looked = unsure[:LOOK]
            gaps |= {k: self._gap(hull, value, k) for k in looked}
            unsure = _by_gap({k: gaps[k] for k in unsure})
            self._watch.part(len(self._weights) - len(unsure), len(self._weights))
            if not unsure or (len(unsure) <= few and gaps[unsure[0]] <= LOSS):
                break
            for k in [k for k in unsure if k in looked][:BATCH]:
                solves += 1
                if not solve(self._where(hull, value, allowed, k)):
                    solves = MOST_SOLVES  # stopped: what is known by now has to do
                    break
        left = {k: gaps[k] for k in unsure}
        for k, weights in enumerate(self._weights):
            mix, _ = self._best_met(value @ weights)
            self._tally.count(mix, left.get(k, 0.0), sure=k not in left)

    def _gap(self, hull: Hull, value: Whole, draw: int) -> float:
        """Share of a draw's best worth that the best mix met may lack."""
        weights = self._weights[draw]
        _, worth = self._best_met(value @ weights)
        bound = hull.bound(weights)
        return 1.0 if bound is None else _share(bound - worth, worth)

    def _where(self, hull: Hull, value: Whole, allowed: Sequence[Row], draw: int) -> Whole:
        """Where to solve next for a draw: as far beyond it as its mix may be best, or there."""
        weights = self._weights[draw]
        mix, _ = self._best_met(value @ weights)
        corner = hull.beyond(weights, self._column(mix), self._matrix, allowed)
        return weights if corner is None or hull.knows(corner) else corner

    def _solved(self, worth: Whole) -> Found | None:
        if self._watch.over:
            return None
        costs = tuple(int(each) for each in worth)
        known = [self._best_met(worth)[0]] if self._met else []
        found = Search(self._question.priced(costs), self._watch.silent()).best(
            known, gap=NARROW, ties=False
        )
        if found.mix is not None and found.mix not in self._met:
            self._met.append(found.mix)
            self._matrix = np.vstack([self._matrix, self._column(found.mix)[None, :]])
        return found

    def _best_met(self, worth: Whole) -> tuple[Mix, int]:
        values = self._matrix @ worth
        best = int(np.argmax(values))
        return self._met[best], int(values[best])

    def _column(self, mix: Mix) -> Whole:
        return _column(mix, self._question.width)


def _column(mix: Mix, width: int) -> Whole:
    """A mix as zeros and ones."""
    inside = np.zeros(width, dtype=np.int64)
    inside[list(mix)] = 1
    return inside


def _by_gap(gaps: Mapping[int, float]) -> list[int]:
    """The draws whose gap is more than floats can tell, the widest first."""
    return sorted((k for k in gaps if gaps[k] > SURE), key=lambda k: (-gaps[k], k))


def _share(missing_worth: int, worth: int) -> float:
    """What is missing as a share of a worth, of one point where that is less."""
    return missing_worth / max(abs(worth), PARTS * MICRO)


class _Tally:
    """Draws counted: how often each project is in the mix, and how often for certain."""

    def __init__(self, width: int) -> None:
        self._order: list[Mix] = []
        self.lost = 0.0
        self._held = np.zeros(width, dtype=np.int64)
        self._surely = np.zeros(width, dtype=np.int64)
        self._sure = 0

    def count(self, mix: Mix, gap: float, *, sure: bool) -> None:
        """One more draw; `sure`: its best mix is this one. Else it may lack a share `gap`."""
        self._order.append(mix)
        inside = _column(mix, len(self._held))
        self._held += inside
        if sure:
            self._surely += inside
            self._sure += 1
        else:
            self.lost += gap

    @property
    def done(self) -> int:
        """How many draws."""
        return len(self._order)

    @property
    def mixes(self) -> frozenset[Mix]:
        """The different mixes."""
        return frozenset(self._order)

    def inside(self, columns: Sequence[int]) -> NDArray[np.bool_]:
        """Whether each draw's mix holds a project, in one way or another."""
        return np.array([not mix.isdisjoint(columns) for mix in self._order], dtype=np.bool_)

    def share(self, columns: Sequence[int]) -> tuple[float, float, float]:
        """A project's share of the draws, and at least and at most what it is for certain."""
        done, own = self.done, list(columns)
        held, surely = int(self._held[own].sum()), int(self._surely[own].sum())
        return held / done, surely / done, (done - (self._sure - surely)) / done


def _check(
    pool: Pool,
    scenario: Scenario,
    known: Information,
    options: Options,
    draws: int,
    method: Method | None,
) -> None:
    problems = []
    if reason := missing(pool):
        problems.append(Problem("criteria", "", reason))
    if len(pool.criteria) > MOST_CRITERIA:
        text = f"The core index takes up to {MOST_CRITERIA} criteria."
        problems.append(Problem("criteria", str(len(pool.criteria)), text))
    if not 0 <= known.width <= 1:
        problems.append(Problem("width", str(known.width), "Write a share from 0 to 1."))
    if not 1 <= draws <= MOST_DRAWS:
        text = f"Write a whole number from 1 to {MOST_DRAWS:,}."
        problems.append(Problem("draws", str(draws), text))
    if method == "exact" and len(pool.candidates) > MOST_CANDIDATES:
        text = f"Exact up to {MOST_CANDIDATES} proposals; leave it out for a sample."
        problems.append(Problem("method", "exact", text))
    if problems:
        raise InputError(tuple(problems))
    check(pool, scenario, options)
