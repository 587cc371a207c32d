"""A better mix by small steps: one project in, one out, or one for another, while pairs count.

Filling up in one order looks at each project alone. Where projects are worth much together, what
one adds depends on the rest; so from a mix the best small step is taken until there is none, then
a few projects are thrown out and it is tried again (iterated local search: Lourenço, Martin and
Stützle, 2003). What comes of it is a proposal: nothing is proven.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from optimizer.facts import Facts
from optimizer.joined import pairs
from optimizer.model import Floats, Row, dense
from optimizer.options import Watch

KICKS, THROWN, LEAST_THROWN = 500, 0.5, 4
"""So many tries after the last success, each after throwing out up to such a share of the mix."""
NOISE = 0.5
"""How much by chance a project may seem to add more when a mix is filled up again."""
SLIGHT = 1e-9

Mix = frozenset[int]


class Swaps:
    """Small steps under the rows over ways to choose a project; the worth of pairs counts."""

    def __init__(self, known: Facts, worth: Sequence[int], rows: Sequence[Row]) -> None:
        width = len(known.variants)
        over = [row for row in rows if max(row.columns, default=width) < width]
        scale = np.array([max(map(abs, row.coefficients)) for row in over], dtype=np.float64)
        self._rows = dense(over, width) / scale[:, None]
        self._limits = np.array([row.limit for row in over], dtype=np.float64) / scale
        shares = np.maximum(self._rows, 0.0) / np.maximum(self._limits, SLIGHT)[:, None]
        self._uses = shares.sum(axis=0) + SLIGHT
        self._alone = np.array(worth[:width], dtype=np.float64)
        self._together = np.zeros((width, width))
        for one, other, place in pairs(known):
            for j in known.columns_of[one]:
                for k in known.columns_of[other]:
                    self._together[j, k] += worth[width + place]
                    self._together[k, j] += worth[width + place]

    def better(self, mix: Mix, watch: Watch) -> Mix:
        """A mix that is worth no less, as far as this can tell."""
        inside = np.zeros(len(self._alone), dtype=np.bool_)
        inside[[j for j in mix if j < len(inside)]] = True
        chance = np.random.default_rng(0)  # the same steps each time
        best, worth = self._climbed(inside, watch)
        failed = 0
        while failed < KICKS and best.any() and not watch.over:
            held = np.flatnonzero(best)
            most = max(LEAST_THROWN, round(len(held) * THROWN))
            size = min(int(chance.integers(1, most + 1)), len(held))
            thrown = best.copy()
            thrown[chance.choice(held, size, replace=False)] = False
            found, its = self._climbed(self._filled(thrown, chance), watch)
            failed += 1
            if its > worth and self._met(found):
                best, worth, failed = found, its, 0
        return frozenset(np.flatnonzero(best).tolist())

    def _filled(self, inside: NDArray[np.bool_], chance: np.random.Generator) -> NDArray[np.bool_]:
        """Filled up with what adds most, or most for what it uses, give or take a chance."""
        inside = inside.copy()
        weight = (1 + NOISE * chance.random(len(inside))) / self._uses ** chance.integers(0, 2)
        room = self._limits - self._rows @ inside
        adds = self._alone + self._together @ inside
        while True:
            fits = ~inside & (self._rows <= room[:, None] + SLIGHT).all(axis=0) & (adds > 0)
            if not fits.any():
                return inside
            column = int(np.where(fits, adds * weight, -np.inf).argmax())
            inside[column] = True
            room = room - self._rows[:, column]
            adds = adds + self._together[column]

    def _met(self, inside: NDArray[np.bool_]) -> bool:
        return bool((self._rows @ inside <= self._limits + SLIGHT).all())

    def _climbed(self, inside: NDArray[np.bool_], watch: Watch) -> tuple[NDArray[np.bool_], float]:
        """The best small step after the other, until none is worth anything."""
        inside = inside.copy()
        room = self._limits - self._rows @ inside
        adds = self._alone + self._together @ inside
        while not watch.over:
            step = self._step(inside, room, adds)
            if step is None:
                break
            for column, sign in step:
                inside[column] = sign > 0
                room = room - sign * self._rows[:, column]
                adds = adds + sign * self._together[column]
        worth = self._alone @ inside + inside @ self._together @ inside / 2
        return inside, float(worth)

    def _step(
        self, inside: NDArray[np.bool_], room: Floats, adds: Floats
    ) -> list[tuple[int, int]] | None:
        """The columns that change in the best step, with 1 for in and −1 for out."""
        held, open_ = np.flatnonzero(inside), np.flatnonzero(~inside)
        uses = self._rows[:, open_]
        best, step = 0.0, None
        for out in (None, *held.tolist()):
            left = room if out is None else room + self._rows[:, out]
            gone = 0.0 if out is None else float(adds[out])
            out_step = [] if out is None else [(out, -1)]
            if out is not None and -gone > best and (left >= -SLIGHT).all():
                best, step = -gone, out_step
            more = adds[open_] - gone
            if out is not None:
                more = more - self._together[out, open_]
            more[~(uses <= left[:, None] + SLIGHT).all(axis=0)] = -np.inf
            if len(more) and more.max() > best:
                place = int(more.argmax())
                best, step = float(more[place]), [*out_step, (int(open_[place]), 1)]
        return step
