"""The best mix by listing what is near the relaxation's optimum, further and further from it.

The relaxation only guides. What is proven is proven by weak duality and in whole numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np

from optimizer.near import Cut, Mix, near
from optimizer.warm import Warm

FIRST_COLUMNS = 14
MOST_LISTED = 32768


@dataclass(frozen=True, slots=True)
class Nearest:
    """The best mix met, its value, and whether none is better or comes before it.

    No mix with `proven`: no mix is allowed.
    """

    mix: Mix | None
    value: int | None
    proven: bool


def nearest(
    warm: Warm, rungs: Sequence[int], cut: Cut, least: int | None, most: int = MOST_LISTED
) -> Nearest:
    """The first of the best mixes: most value, least spend, then the order of ids.

    `rungs` are the limits that money gives, `cut` tells why a mix is not allowed. Mixes worth less
    than `least` are of no interest: with none worth as much the answer is proven and empty. Where
    more than `most` would have to be listed, the best mix met is returned, not proven.
    """
    point = warm.solve(rungs)
    if warm.grid is None or point is None:
        return Nearest(None, None, proven=False)
    certificate = warm.certificate(point.rates, rungs)
    if least is not None and certificate.whole < least:
        return Nearest(None, None, proven=True)
    limits = warm.limits(rungs)
    losses = np.sort(np.abs(certificate.losses))
    every = ceil(losses.sum())
    reach = ceil(losses[min(FIRST_COLUMNS, len(losses)) - 1])
    best: Mix | None = None
    wanted = every if least is None else min(certificate.whole - least, every)
    while True:
        reach = min(reach, wanted)
        close = near(warm.grid, certificate, limits, reach, most)
        if close is None:
            return Nearest(best, None if best is None else least, proven=False)
        first = close.first(cut, lambda: warm.over)
        if warm.over:
            return Nearest(best, None if best is None else least, proven=False)
        if first is not None and (least is None or first[1] >= least):
            best, least = first
            wanted = min(certificate.whole - least, every)
        if reach >= wanted:
            return Nearest(best, None if best is None else least, proven=True)
        reach = max(2 * reach, 1)
