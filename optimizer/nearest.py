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
MOST_LISTED = 4_096


@dataclass(frozen=True, slots=True)
class Nearest:
    """The best mix met, its value, and whether none is better or comes before it.

    No mix with `proven`: no mix is allowed.
    """

    mix: Mix | None
    value: int | None
    proven: bool


def nearest(warm: Warm, rungs: Sequence[int], cut: Cut, known: int | None) -> Nearest:
    """The first of the best mixes: most value, least spend, then the order of ids.

    `rungs` are the limits that money gives, `cut` tells why a mix is not allowed, `known` is the
    value of some allowed mix. Where more would have to be listed than is worth it, the best mix
    met is returned, not proven.
    """
    best, value = None, None
    point = warm.solve(rungs)
    if warm.grid is None or point is None:
        return Nearest(None, None, proven=False)
    certificate = warm.certificate(point.rates, rungs)
    limits = warm.limits(rungs)
    losses = np.sort(np.abs(certificate.losses))
    every = ceil(losses.sum())
    reach = ceil(losses[min(FIRST_COLUMNS, len(losses)) - 1])
    while True:
        least = max((one for one in (known, value) if one is not None), default=None)
        reach = min(reach, every if least is None else max(certificate.whole - least, 0))
        close = near(warm.grid, certificate, limits, reach, MOST_LISTED)
        if close is None:
            return Nearest(best, value, proven=False)
        first = close.first(cut)
        if first is not None and (value is None or first[1] > value):
            best, value = first
        if (value is not None and value >= certificate.whole - reach) or reach >= every:
            return Nearest(best, value, proven=True)
        reach = max(2 * reach, 1)
