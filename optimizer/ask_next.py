"""Which number to ask for next: what deciding after knowing it is worth more than deciding now.

Expected value of (partial) perfect information (Raiffa and Schlaifer, 1961), among the mixes that
are at hand: E_θ[max_d E(worth of d | θ)] − max_d E(worth of d) for a number θ, never below 0 and
never above the value of knowing everything, by Jensen's inequality.

Scores are drawn evenly between their ends, each for itself and apart from the weights. So what is
expected of a mix is a straight line in any one score, and that score's value an integral of the
highest line, worked out without drawing. Weights hang together by their sum: there, draws of
nearly the same weight are taken together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
MOST_ASKED = 50
"""Numbers that are told, those worth most first."""
BINS = 10
DRAWS_A_BIN = 10
DIGITS = 6
"""Worth of knowing is told to the millionth of a point; less is nothing."""
CHUNK = 2_000_000
"""Worths of mixes at draws that are held at once."""


@dataclass(frozen=True, slots=True)
class Ask:
    """A number that is not known, and what it is worth to know it before deciding.

    `project` is "" where the number is the criterion's weight, else it is the project's score on
    the criterion. `value` in points, with its standard `error` over the draws of weights.
    `settles`: borderline places that it decides on average (between 0 and their number).
    """

    project: str
    criterion: str
    value: float
    error: float
    settles: float


@dataclass(frozen=True, slots=True)
class Knowing:
    """The mix to decide for now, and what knowing more is worth.

    `now` holds the projects of the mix with the best expected worth. `perfect` is what knowing
    all numbers is worth, in points, with its standard `error`. `asked` holds the numbers that are
    worth anything, the best first.
    """

    now: tuple[str, ...] = ()
    perfect: float = 0.0
    error: float = 0.0
    asked: tuple[Ask, ...] = ()


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is known, and draws of it; values in points, weights as shares.

    Shapes: `low` and `high` (projects, criteria), `weights` (draws, criteria), `values` (draws,
    projects, criteria).
    """

    projects: tuple[str, ...]
    criteria: tuple[str, ...]
    low: Floats
    high: Floats
    weights: Floats
    values: Floats


def knowing(mixes: Floats, drawn: Drawn) -> Knowing:
    """What each number is worth, deciding among `mixes`: shares of projects, (mixes, projects)."""
    if not len(mixes) or not len(drawn.weights):
        return Knowing()
    case = _Case(mixes, drawn)
    gain, best = case.after_all()
    worth = [*case.scores(), *case.of_weights()]
    told = [each for each in worth if each.value > 0]
    told.sort(key=lambda each: (-each.value, each.project, each.criterion))
    inside = mixes[best] > 0
    asked = tuple(case.settling(each, inside) for each in told[:MOST_ASKED])
    # Each number alone is worth no more than all of them, whatever the draws happened to say.
    perfect = max([round(float(gain.mean()), DIGITS), *(each.value for each in told)])
    now = tuple(np.array(drawn.projects)[mixes[case.now] > 0].tolist())
    return Knowing(now, perfect, _error(gain), asked)


class _Case:
    """Mixes, what is expected of them, and the draws."""

    def __init__(self, mixes: Floats, drawn: Drawn) -> None:
        self._mixes, self._drawn = mixes, drawn
        self._weights = drawn.weights
        self._mean = drawn.weights.mean(axis=0)
        self._by_criterion = mixes @ ((drawn.low + drawn.high) / 2)
        self._expected = self._by_criterion @ self._mean
        self.now = int(np.argmax(self._expected))

    def after_all(self) -> tuple[Floats, Whole]:
        """By draw: what the mix that is best there has more than the one of now, and which it is."""
        size = max(CHUNK // len(self._mixes), 1)
        gain, best = [], []
        for first in range(0, len(self._weights), size):
            weights = self._weights[first : first + size]
            values = self._drawn.values[first : first + size]
            worth = np.einsum("kpc,kc->kp", values, weights) @ self._mixes.T
            best.append(worth.argmax(axis=1))
            gain.append(worth.max(axis=1) - worth[:, self.now])
        return np.concatenate(gain), np.concatenate(best)

    def scores(self) -> Iterator[Ask]:
        """Each score that lies between two ends."""
        reach = (self._drawn.high - self._drawn.low) / 2
        for project in np.flatnonzero(reach.any(axis=1)).tolist():
            levels, leaders = self._leaders(project)
            for criterion in np.flatnonzero(reach[project] * self._mean).tolist():
                yield self._score(project, criterion, levels, leaders, reach)

    def _leaders(self, project: int) -> tuple[Floats, Whole]:
        """The shares in which mixes hold a project, and the best mix with each."""
        shares = self._mixes[:, project]
        levels = np.unique(shares)
        ahead = [np.flatnonzero(shares == level) for level in levels]
        return levels, np.array([rows[np.argmax(self._expected[rows])] for rows in ahead])

    def _score(
        self, project: int, criterion: int, levels: Floats, leaders: Whole, reach: Floats
    ) -> Ask:
        half = float(reach[project, criterion])
        lines = [
            (float(self._expected[mix]), float(level * self._mean[criterion]))
            for level, mix in zip(levels, leaders, strict=True)
        ]
        value = -float(self._expected[self.now])
        slope = -self._by_criterion[self.now]
        for share, middle, winner in _highest(lines, half):
            level, line = lines[winner]
            value += share * (level + line * middle)
            slope = slope + share * self._by_criterion[leaders[winner]]
            slope[criterion] += share * float(levels[winner]) * middle
        # How the value moves with the mean weights, which are known from draws alone.
        error = _error(self._weights @ slope)
        return Ask(*self._named(project, criterion), round(max(value, 0.0), DIGITS), error, 0.0)

    def of_weights(self) -> Iterator[Ask]:
        """Each weight that differs between draws."""
        for criterion in range(len(self._mean)):
            bins = _bins(self._weights[:, criterion])
            means = np.array([self._weights[inside].mean(axis=0) for inside in bins])
            then = (means @ self._by_criterion.T).argmax(axis=1)
            gain = np.zeros(len(self._weights))
            for inside, mix in zip(bins, then, strict=True):
                more = self._by_criterion[mix] - self._by_criterion[self.now]
                gain[inside] = self._weights[inside] @ more
            value = round(max(float(gain.mean()), 0.0), DIGITS)
            yield Ask("", self._drawn.criteria[criterion], value, _error(gain), 0.0)

    def settling(self, each: Ask, inside: NDArray[np.bool_]) -> Ask:
        """The same, with the places it settles, by which projects each draw's best mix holds."""
        criterion = self._drawn.criteria.index(each.criterion)
        if each.project:
            numbers = self._drawn.values[:, self._drawn.projects.index(each.project), criterion]
        else:
            numbers = self._weights[:, criterion]
        settles = settled(inside, _bins(numbers))
        return Ask(each.project, each.criterion, each.value, each.error, settles)

    def _named(self, project: int, criterion: int) -> tuple[str, str]:
        return self._drawn.projects[project], self._drawn.criteria[criterion]


def settled(inside: NDArray[np.bool_], bins: Sequence[Whole]) -> float:
    """Borderline places that are decided once it is known in which bin a number lies, on average.

    `inside` tells by draw which projects the best mix holds, (draws, projects). A place is
    borderline over some draws when it is taken in some of them and not in all, and what further
    information takes from the borderline is Liesiö, Mild and Salo's measure of it (2007). Few
    draws show fewer mixes by chance alone: what as many draws picked blindly would decide is taken
    off, as in Cohen's kappa.
    """
    draws = len(inside)
    held = inside.sum(axis=0)
    open_ = (held > 0) & (held < draws)
    if not open_.any() or len(bins) < 2:
        return 0.0
    held = held[open_]
    seen, blind = np.zeros(len(held)), np.zeros(len(held))
    for rows in bins:
        part = inside[np.ix_(rows, open_)]
        share = len(rows) / draws
        seen += share * (part.all(axis=0) | ~part.any(axis=0))
        blind += share * (
            _none_of(held, draws, len(rows)) + _none_of(draws - held, draws, len(rows))
        )
    room = 1 - blind
    more = np.divide(seen - blind, room, out=np.zeros(len(held)), where=room > 1e-9)
    return round(max(float(more.sum()), 0.0), 3)


def _none_of(held: Whole, draws: int, picked: int) -> Floats:
    """Chance that `picked` draws of all, picked blindly, are none of the `held` ones."""
    steps = np.arange(picked)[:, None]
    left = np.maximum(draws - held[None, :] - steps, 0)
    return np.asarray((left / (draws - steps)).prod(axis=0))


def _highest(
    lines: Sequence[tuple[float, float]], half: float
) -> Iterator[tuple[float, float, int]]:
    """The highest of some lines between −half and half: share, middle and line of each stretch.

    A line is its level in the middle and its slope.
    """
    cuts = {-half, half}
    for (level, slope), (other, steep) in combinations(lines, 2):
        if slope != steep and abs(cross := (level - other) / (steep - slope)) < half:
            cuts.add(cross)
    for left, right in pairwise(sorted(cuts)):
        middle = (left + right) / 2
        winner = max(range(len(lines)), key=lambda k: lines[k][0] + lines[k][1] * middle)
        yield (right - left) / (2 * half), middle, winner


def _bins(numbers: Floats) -> list[Whole]:
    """Places of the draws, those with nearly the same number together, equal ones always."""
    levels, place = np.unique(numbers, return_inverse=True)
    most = min(BINS, max(len(numbers) // DRAWS_A_BIN, 1))
    if len(levels) > most:
        edges = np.quantile(numbers, np.arange(1, most) / most)
        place = np.searchsorted(edges, numbers, side="right")
    return [np.flatnonzero(place == each) for each in np.unique(place)]


def _error(numbers: Floats) -> float:
    """Standard error of a mean."""
    if len(numbers) < 2:
        return 0.0
    return round(float(numbers.std(ddof=1) / np.sqrt(len(numbers))), DIGITS)
