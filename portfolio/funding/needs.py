"""What a mix has to bring of the projects that one of its own needs, and what it never can."""

from __future__ import annotations

from portfolio.funding.rules import Requires
from portfolio.pool import Pool
from portfolio.project import ProjectStatus


def to_bring(rule: Requires, pool: Pool) -> frozenset[str]:
    """The needed projects that are not there by themselves: all but those that are running."""
    return frozenset(i for i in rule.needs if pool.project(i).status is not ProjectStatus.RUNNING)


def out_of_reach(rule: Requires, pool: Pool) -> tuple[str, ...]:
    """The needed projects that no mix can bring, in the rule's order.

    They are closed, or proposals whose cost is not known. With any of them, `rule.project` cannot
    be in a mix.
    """
    candidates = {project.id for project in pool.candidates}
    missing = to_bring(rule, pool) - candidates
    return tuple(i for i in dict.fromkeys(rule.needs) if i in missing)
