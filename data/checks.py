"""What a cluster has to be before it is stored: every fault at once, by field, with its remedy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from portfolio.errors import InputError, Problem
from portfolio.pool import Pool
from portfolio.project import Project
from portfolio.scenario import Scenario
from portfolio.scoring.criteria import Judgement

MOST_CENTS = 10**17
"""A thousand million million: far below what a column of whole numbers holds."""


def must_be_fit(problems: Iterable[Problem]) -> None:
    """InputError with all problems, when there are any."""
    found = tuple(problems)
    if found:
        raise InputError(found)


def pool_problems(pool: Pool) -> Iterator[Problem]:
    """Faults of a whole cluster."""
    yield from id_problems("cluster", [pool.cluster.id])
    yield from id_problems("organization", [organization.id for organization in pool.organizations])
    yield from id_problems("member", [member.id for member in pool.members])
    yield from id_problems("criterion", [criterion.id for criterion in pool.criteria])
    yield from projects_problems(pool.projects)
    yield from scenario_problems(pool.scenario)
    yield from judgement_problems(pool, pool.judgements)


def projects_problems(projects: Iterable[Project]) -> Iterator[Problem]:
    """Faults of projects that the store could not keep: ids, and money beyond all bounds."""
    known = tuple(projects)
    yield from id_problems("project", [project.id for project in known])
    for project in known:
        name = project.name or project.id
        amounts = {
            "cost": project.cost,
            "grant": project.grant,
            "launch cost": project.launch_cost,
            **{f"payoff of year {cash.year}": cash.amount for cash in project.cash},
        }
        if project.payoff is not None:
            points = project.payoff
            amounts |= {"low": points.low, "likely": points.likely, "high": points.high}
        for field, cents in amounts.items():
            if abs(cents) > MOST_CENTS:
                yield Problem(f"{name}, {field}", str(cents), "Write a smaller amount.")


def scenario_problems(scenario: Scenario) -> Iterator[Problem]:
    """Faults of a standing question that the store could not keep."""
    yield from id_problems("source", [source.id for source in scenario.sources])
    yield from id_problems("rule", [rule.id for rule in scenario.rules])


def judgement_problems(pool: Pool, judgements: Sequence[Judgement]) -> Iterator[Problem]:
    """Judgements that speak of what is not there, or twice of the same."""
    known = {
        "member": {member.id for member in pool.members},
        "project": {project.id for project in pool.projects},
        "criterion": {criterion.id for criterion in pool.criteria},
    }
    for judgement in judgements:
        for field, ids in known.items():
            value = getattr(judgement, field)
            if value not in ids:
                yield Problem(f"judgement, {field}", value, f"Name a {field} of this cluster.")
    keys = Counter((entry.member, entry.project, entry.criterion) for entry in judgements)
    for key, times in keys.items():
        if times > 1:
            yield Problem("judgement", ", ".join(key), "Judge it once.")


def id_problems(what: str, ids: Sequence[str]) -> Iterator[Problem]:
    """Ids that are empty or stand for two things."""
    for value, times in Counter(ids).items():
        if times > 1:
            yield Problem(f"{what} id", value, f"Each {what} needs an id of its own.")
        if not value:
            yield Problem(f"{what} id", value, "Give it an id.")
