"""What each project is worth under an objective, as exact integers that can be added up."""

from __future__ import annotations

from portfolio.pool import Pool
from portfolio.scenario import Objective

MICRO = 1_000_000


def values(pool: Pool, objective: Objective) -> dict[str, int]:
    """Worth of each candidate in millionths: of a currency unit, a score point, or a benefit."""
    return {project.id: round((project.benefit or 0.0) * MICRO) for project in pool.candidates}
