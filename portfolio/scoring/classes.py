"""The attributes by which a mix is balanced, and the class of each project on each of them."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from portfolio.pool import Pool
from portfolio.project import Project
from portfolio.scoring.risk import risk

HIGH_RISK_BELOW = Fraction("0.4")
LOW_RISK_FROM = Fraction("0.7")
UNKNOWN = "not known"


def risk_class(project: Project) -> str:
    """High risk below 40 in 100, low from 70 in 100, medium between; by chance of success."""
    chance = risk(project).success
    if chance is None:
        return UNKNOWN
    if chance < HIGH_RISK_BELOW:
        return "high"
    return "low" if chance >= LOW_RISK_FROM else "medium"


ATTRIBUTES: dict[str, Callable[[Project], str]] = {
    "all": lambda project: "all",
    "theme": lambda project: project.theme or UNKNOWN,
    "scope": lambda project: project.scope.value if project.scope else UNKNOWN,
    "horizon": lambda project: project.horizon.value if project.horizon else UNKNOWN,
    "risk": risk_class,
    "region": lambda project: project.region or UNKNOWN,
    "international": lambda project: "yes" if project.international else "no",
    "newcomer": lambda project: "yes" if project.newcomer else "no",
    "lead": lambda project: project.lead or UNKNOWN,
    "leader": lambda project: project.leader or UNKNOWN,
    "rating": lambda project: project.rating or UNKNOWN,
}


def groups(pool: Pool, attribute: str) -> dict[str, tuple[str, ...]]:
    """Ids of the candidates by their class on an attribute, classes in alphabetical order.

    Raises KeyError for an attribute that is not in `ATTRIBUTES`.
    """
    class_of = ATTRIBUTES[attribute]
    members: dict[str, list[str]] = {}
    for project in pool.candidates:
        members.setdefault(class_of(project), []).append(project.id)
    return {name: tuple(members[name]) for name in sorted(members)}
