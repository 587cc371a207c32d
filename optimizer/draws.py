"""Weights and scores drawn evenly from what is known of them, the same for the same seed."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from optimizer.model import Floats, Row
from portfolio.scoring.information import PARTS, Information, Ratings, bounds, groups

Whole = NDArray[np.int64]
MICRO = 1_000_000
STEPS = 12
"""Steps of the walk between two draws, for each criterion."""


def drawn_weights(
    weights: Sequence[Fraction], information: Information, draws: int, seed: int
) -> Whole:
    """Weights in whole millionths that sum to one, even over what is allowed: (draws, criteria)."""
    chance = np.random.default_rng(seed)
    drawn = _ordered if information.weights == "order" else _within
    whole = np.floor(drawn(weights, information, draws, chance) * PARTS).astype(np.int64)
    # What rounding took goes to the largest, which changes no order.
    whole[np.arange(draws), whole.argmax(axis=1)] += PARTS - whole.sum(axis=1)
    return whole


def drawn_values(ratings: Ratings, draws: int, seed: int) -> NDArray[np.int64]:
    """Values in whole millionths, even between their ends: (draws, candidates, criteria)."""
    low, high = ends(ratings)
    if ratings.exact:
        return np.broadcast_to(low, (draws, *low.shape))
    chance = np.random.default_rng([seed, 1])
    spread = chance.random((draws, *low.shape)) * (high - low)
    return low + np.rint(spread).astype(np.int64)


def corners(weights: Sequence[Fraction], information: Information) -> list[Whole]:
    """Weights in whole millionths between which all allowed ones lie, as few as criteria.

    Intervals: all lie above the least of each weight. Order: (1, 0, 0 …), (½, ½, 0 …) and so on
    where no two criteria are equal, and each criterion alone where some are.
    """
    count = len(weights)
    if information.weights == "interval":
        low, _ = bounds(weights, information.width)
        rest = PARTS - sum(low)
        return [np.array(low) + rest * (np.arange(count) == j) for j in range(count)]
    ranked = groups(weights)
    if len(ranked) < count:
        return [PARTS * (np.arange(count) == j).astype(np.int64) for j in range(count)]
    found = []
    for size in range(1, count + 1):
        point = np.zeros(count, dtype=np.int64)
        first = [group[0] for group in ranked[:size]]
        point[first] = PARTS // size
        point[first[0]] += PARTS - point.sum()
        found.append(point)
    return found


def allowed_rows(weights: Sequence[Fraction], information: Information) -> list[Row]:
    """The weights that the information allows, as rows over them beside their sum."""
    if information.weights == "interval":
        low, high = bounds(weights, information.width)
        most = [Row((), "", (j,), (1,), bound) for j, bound in enumerate(high)]
        return [*most, *(Row((), "", (j,), (-1,), -bound) for j, bound in enumerate(low))]
    ranked = groups(weights)
    return [
        Row((), "", (high, low), (-1, 1), 0)
        for above, below in pairwise(ranked)
        for high in above
        for low in below
    ]


def ends(ratings: Ratings) -> tuple[Whole, Whole]:
    """Least and most of each value in whole millionths: (candidates, criteria) each."""
    shape = (len(ratings.ids), len(ratings.criteria))
    low, high = (
        np.array([[round(value * MICRO) for value in row] for row in side], dtype=np.int64)
        for side in (ratings.low, ratings.high)
    )
    return low.reshape(shape), high.reshape(shape)


def _ordered(
    weights: Sequence[Fraction], _: Information, draws: int, chance: np.random.Generator
) -> Floats:
    """Even over the simplex, sorted; the places within a group of equal criteria are shuffled."""
    ranked = groups(weights)
    found = np.empty((draws, len(weights)))
    for k in range(draws):
        parts = chance.exponential(size=len(weights))
        order = [place for group in ranked for place in chance.permutation(group)]
        found[k, order] = np.sort(parts / parts.sum())[::-1]
    return found


def _within(
    weights: Sequence[Fraction], information: Information, draws: int, chance: np.random.Generator
) -> Floats:
    """A walk through the intervals that keeps the sum: hit-and-run along pairs of criteria."""
    low, high = (np.array(side) / PARTS for side in bounds(weights, information.width))
    point = np.array([float(weight) for weight in weights])
    found = np.empty((draws, len(weights)))
    for k in range(draws):
        for _ in range(STEPS * len(weights) if len(weights) > 1 else 0):
            one, other = chance.choice(len(weights), 2, replace=False)
            least = max(low[one] - point[one], point[other] - high[other])
            most = min(high[one] - point[one], point[other] - low[other])
            step = least + chance.random() * max(most - least, 0.0)
            point[one] += step
            point[other] -= step
        found[k] = point
    return found
