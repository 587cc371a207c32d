"""All best sets of a few that fit together: sets are grown one member at a time, hopeless ones dropped."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from optimizer.model import Floats

Whole = NDArray[Any]
"""Whole numbers: of 64 bits where all sums fit, else Python's own."""
Flags = NDArray[np.bool_]
SAFE = 2**62
BEAM, MOST = 100, 1 << 18
"""So many sets at a time lead to a good one; with more than the most on the way it is given up."""
MARGIN = 1e-9
"""Of what is added up, so much is allowed for the rounding of a bound in floats."""


@dataclass(slots=True)
class _Grown:
    """Sets so far: their members, what they gain, what they use, and a bound on what they may gain."""

    sets: Flags
    value: Whole
    use: Whole
    bound: Floats


def going_on() -> bool:
    """Nothing says that it is time to stop."""
    return False


def best_sets(
    gains: Sequence[int],
    more: Whole,
    room: Whole,
    spare: int,
    stop: Callable[[], bool] = going_on,
) -> Flags | None:
    """Every set with Σ more ≤ room whose gain is within `spare` of the most; shape `(sets, members)`.

    Others may be among them. None when there are too many to look at, at the end or on the way, or
    when it is time to `stop`. Shapes: `more` `(rows, members)`, `room` `(rows,)`. A set is dropped
    when what can still join it does not make it fit, or when weak duality at the rate of one row
    shows it to stay behind a set that is known: first one that a few sets at a time lead to, then
    all are looked at.
    """
    kind: Any = np.int64 if sum(map(abs, gains)) < SAFE else object
    growth = _Growth(np.array(gains, dtype=kind), more, room, spare)
    first = growth.promising(BEAM)
    known = int(first.value.max()) if len(first.sets) else None
    whole = growth.all_of_them(known, MOST, stop)
    return None if whole is None else whole.sets


class _Growth:
    """How sets grow: who joins in which order, and what bounds them."""

    def __init__(self, gain: Whole, more: Whole, room: Whole, spare: int) -> None:
        self.gain, self.more, self.room, self.spare = gain, more, room, spare
        worth, loads, rooms = (one.astype(np.float64) for one in (gain, more, room))
        self.order = np.argsort(-_density(worth, loads, rooms), kind="stable").tolist()
        row, rate = _rate(worth, loads, rooms)
        load = loads[row] if len(loads) else np.zeros(len(worth))
        self.row, self.rate, self.rooms = row, rate, rooms
        self.rest = np.maximum(worth - rate * load, 0.0)
        self.error = MARGIN * float(np.abs(worth).sum() + rate * np.abs(load).sum())

    def promising(self, most: int) -> _Grown:
        """A few sets grown to the end, at most so many at a time."""
        for grown in self._steps(None):
            if len(grown.sets) > most:
                self._keep(grown, np.argsort(-grown.bound, kind="stable")[:most])
        return grown

    def all_of_them(self, known: int | None, most: int, stop: Callable[[], bool]) -> _Grown | None:
        """All sets that may be as good as one known; None once they are more, or time to stop.

        None is left out to come below the most again: what is left out might be the best.
        """
        for grown in self._steps(known):
            if len(grown.sets) > most or stop():
                return None
        return grown

    def _steps(self, known: int | None) -> Iterator[_Grown]:
        """The sets after each member, the same object each time; at first the empty one."""
        sets = np.zeros((1, len(self.gain)), dtype=np.bool_)
        value = np.zeros(1, dtype=self.gain.dtype)
        use = np.zeros((1, len(self.room)), dtype=self.more.dtype)
        grown = _Grown(sets, value, use, np.zeros(1))
        yield grown
        relief = np.minimum(self.more, 0).sum(axis=1)
        later = float(self.rest.sum())
        for member in self.order:
            relief = relief - np.minimum(self.more[:, member], 0)
            later -= float(self.rest[member])
            self._join(grown, member, later)
            kept = (grown.use <= self.room - relief).all(axis=1)
            if known is not None:
                kept &= grown.bound >= float(known - self.spare)
            self._keep(grown, kept)
            yield grown

    def _join(self, grown: _Grown, member: int, later: float) -> None:
        with_it = grown.sets.copy()
        with_it[:, member] = True
        grown.sets = np.concatenate([with_it, grown.sets])
        grown.value = np.concatenate([grown.value + self.gain[member], grown.value])
        grown.use = np.concatenate([grown.use + self.more[:, member], grown.use])
        grown.bound = grown.value.astype(np.float64) + (later + self.error)
        if len(self.room):
            used = grown.use[:, self.row].astype(np.float64)
            grown.bound += self.rate * (self.rooms[self.row] - used)

    def _keep(self, grown: _Grown, kept: NDArray[Any]) -> None:
        grown.sets, grown.value = grown.sets[kept], grown.value[kept]
        grown.use, grown.bound = grown.use[kept], grown.bound[kept]


def _density(worth: Floats, loads: Floats, rooms: Floats) -> Floats:
    """Worth by the share of the room that it takes."""
    taken = (loads / np.maximum(rooms, 1.0)[:, None]).clip(min=0.0).sum(axis=0)
    density: Floats = worth / np.maximum(taken, MARGIN)
    return density


def _rate(worth: Floats, loads: Floats, rooms: Floats) -> tuple[int, float]:
    """The row, and the rate for it, that bound the gain best: Σ (worth − rate · load)⁺ + rate · room."""
    best = (0, 0.0)
    least = np.maximum(worth, 0.0).sum()
    for row, (load, room) in enumerate(zip(loads, rooms, strict=True)):
        rates = worth[(load > 0) & (worth > 0)] / load[(load > 0) & (worth > 0)]
        if not len(rates):
            continue
        bounds = np.maximum(worth - rates[:, None] * load, 0.0).sum(axis=1) + rates * room
        at = int(bounds.argmin())
        if bounds[at] < least:
            least, best = bounds[at], (row, float(rates[at]))
    return best
