"""How near to the best is a plan of seeds and scale-ups, and how does it do on fresh outcomes?

Every project of the everyday question has a first stage of a fifth of its grant.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from benchmarks.everyday import everyday
from benchmarks.table import Row
from optimizer import Options, stages
from portfolio.scoring.value import MICRO
from portfolio.staging.first_stages import Assumed
from portfolio.staging.gates import Luck

SIZE, OUTCOMES = 60, (100, 200)
SECONDS = float(os.environ.get("SECONDS", "30"))


def measure() -> Iterator[Row]:
    """One pool, drawn outcomes of all its gates."""
    pool, scenario = everyday(SIZE)
    for number in OUTCOMES:
        found = stages(pool, scenario, Assumed(), Luck(outcomes=number), Options(SECONDS))
        if found.trial is None or found.value is None or found.at_once.value is None:
            raise RuntimeError("no plan, or no trial of it")
        gap = "no bound" if found.gap is None else f"gap {found.gap:.2%}"
        yield Row(
            "Seeds and scale-ups",
            f"{SIZE} gates, {number} outcomes",
            float(found.trial.mean) / MICRO,
            f"± {found.trial.error / MICRO:,.0f} on fresh outcomes",
            "the best mix without seeds",
            found.at_once.value / MICRO,
            note=f"{len(found.seeds)} seeds, {found.status} over its own, {gap}, {found.seconds:.0f} s",
        )
