"""Who would work together for the first time, and which projects bring them together."""

from __future__ import annotations

from itertools import combinations

from portfolio.pool import Pool
from portfolio.project import Project

Pair = tuple[str, str]


def pairs(project: Project) -> frozenset[Pair]:
    """Every two organizations that a project has together, each pair in order of id."""
    names = {partner.organization for partner in project.partners if partner.active}
    names |= {project.lead} if project.lead else set()
    return frozenset(combinations(sorted(names), 2))


def new_ties(pool: Pool) -> dict[Pair, tuple[str, ...]]:
    """Candidates by the pair that they would bring together for the first time.

    Pairs of running and closed projects are no longer new. In order of pair, then of id.
    """
    known = frozenset[Pair]().union(*(pairs(one) for one in (*pool.running, *pool.closed)))
    bring: dict[Pair, list[str]] = {}
    for project in pool.candidates:
        for pair in pairs(project) - known:
            bring.setdefault(pair, []).append(project.id)
    return {pair: tuple(bring[pair]) for pair in sorted(bring)}
