"""Which proposals have a first stage: their own, or one that is assumed for those that have none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from portfolio.errors import InputError, Problem
from portfolio.pool import Pool
from portfolio.project import FirstStage, Project
from portfolio.units import Calendar
from portfolio.wording import count


@dataclass(frozen=True, slots=True)
class Assumed:
    """A first stage for every proposal that states none: a share of its grant, for some periods.

    Its gate is passed with the project's chance of technical success, as in Cooper's ECV. A project
    whose chance is not known, or that asks for no money, has nothing to stage and gets none.
    """

    share: Decimal = Decimal("0.2")
    periods: int = 1


def first_stages(pool: Pool, assumed: Assumed | None = None) -> dict[str, FirstStage]:
    """The first stage of each candidate that has one, by id, in order of id.

    Raises InputError with everything that is wrong with them, and when nobody has one.
    """
    calendar = pool.cluster.calendar
    problems = [*(_assumed_problems(assumed, calendar) if assumed else ())]
    for project in pool.candidates:
        problems += first_stage_problems(project, calendar)
    if problems:
        raise InputError(tuple(problems))
    found = {
        project.id: stage
        for project in pool.candidates
        if (stage := project.first_stage or _assumed(project, assumed)) is not None
    }
    if not found:
        raise InputError((Problem("first stage", "", _nobody(assumed)),))
    return found


def with_first_stages(pool: Pool, stages: dict[str, FirstStage]) -> Pool:
    """The pool with these first stages written into its projects."""
    projects = tuple(
        replace(one, first_stage=stages[one.id]) if one.id in stages else one
        for one in pool.projects
    )
    return replace(pool, projects=projects)


def first_stage_problems(project: Project, calendar: Calendar) -> Iterator[Problem]:
    """What is wrong with the first stage that a project states."""
    stage = project.first_stage
    if stage is None:
        return
    name = f"{project.name}, first stage"
    if not 0 <= stage.grant <= project.grant:
        remedy = f"It is part of the whole grant: write cents from 0 to {project.grant}."
        yield Problem(f"{name}, grant", str(stage.grant), remedy)
    if not 1 <= stage.periods <= calendar.count:
        yield Problem(f"{name}, periods", str(stage.periods), _periods_remedy(calendar))
    if not 0 <= stage.chance <= 1:
        remedy = "Write the chance to pass the gate, from 0 to 1."
        yield Problem(f"{name}, chance", str(stage.chance), remedy)


def _assumed_problems(assumed: Assumed, calendar: Calendar) -> Iterator[Problem]:
    if not (assumed.share.is_finite() and 0 < assumed.share < 1):
        remedy = "Write a share of the grant above 0 and below 1, such as 0.2."
        yield Problem("first share", str(assumed.share), remedy)
    if not 1 <= assumed.periods <= calendar.count:
        yield Problem("periods", str(assumed.periods), _periods_remedy(calendar))


def _periods_remedy(calendar: Calendar) -> str:
    most = count(calendar.count, "period")
    return f"The calendar has {most}. Write a whole number from 1 to {calendar.count}."


def _assumed(project: Project, assumed: Assumed | None) -> FirstStage | None:
    if assumed is None or project.p_technical is None or project.grant <= 0:
        return None
    if not 0 <= project.p_technical <= 1:
        return None
    cents = round(project.grant * Fraction(assumed.share))
    return FirstStage(cents, assumed.periods, project.p_technical)


def _nobody(assumed: Assumed | None) -> str:
    if assumed is None:
        return (
            "No proposal has a first stage. Fill in its grant, periods and chance, or assume one "
            "for all, such as 0.2 of each grant."
        )
    return (
        "No proposal has a first stage, and none can be assumed: it takes a grant and a chance of "
        "technical success."
    )
