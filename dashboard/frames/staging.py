"""Seeds of a plan, the money of its periods, and what is funded at once."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dashboard.frames.columns import units
from optimizer import Stages
from portfolio.pool import Pool
from portfolio.selection import Choice


def seeds(pool: Pool, found: Stages) -> pd.DataFrame:
    """One row a seed."""
    return pd.DataFrame(
        {
            "Seed": [pool.project(each.project).name for each in found.seeds],
            "Passes its gate": [round(each.chance * 100) for each in found.seeds],
            "Scaled up": [round(float(each.scaled_up) * 100) for each in found.seeds],
            "First grant": units(each.first for each in found.seeds),
            "Scale-up": units(each.rest for each in found.seeds),
        }
    )


def at_once(pool: Pool, chosen: Sequence[tuple[Choice, int]]) -> pd.DataFrame:
    """One row a project that is funded without a gate, with its grant."""
    return pd.DataFrame(
        {
            "Project": [pool.project(choice.project).name for choice, _ in chosen],
            "Grant": units(grant for _, grant in chosen),
        }
    )
