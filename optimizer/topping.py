"""Many mixes filled up at once, each with what is best for it as long as its limits last."""

from __future__ import annotations

import numpy as np

from optimizer.around import Flags, Numbers
from optimizer.model import Floats


def topped(rows: Floats, room: Floats, held: Flags, gains: Floats, steps: int) -> Flags:
    """Mixes with more columns: those of most gain, where no row is broken by it, nor more than before.

    At most `steps` columns are tried at each mix. Shapes: rows `(rows, columns)`, room to the
    limits `(mixes, rows)`, held `(mixes, columns)`, gains `(mixes, columns)`, −∞ for columns that
    are not to be taken. Floats choose; count the mixes again.
    """
    columns = np.ascontiguousarray(rows.T)
    filled, left = held.copy(), room.copy()
    least = np.minimum(room, 0.0)
    every = np.arange(len(held))
    merit = np.where(held, -np.inf, gains)
    for column in _first(merit, steps).T:
        then = left - columns[column]
        fits = (then >= least).all(axis=1) & (merit[every, column] > -np.inf)
        left[fits] = then[fits]
        filled[every[fits], column[fits]] = True
    return filled


def _first(merit: Floats, steps: int) -> Numbers:
    """The first columns of each row by merit, best first, shape (mixes, steps)."""
    steps = min(steps, merit.shape[1])
    best = np.argpartition(-merit, steps - 1, axis=1)[:, :steps]
    order = np.argsort(-np.take_along_axis(merit, best, axis=1), axis=1)
    return np.take_along_axis(best, order, axis=1)
