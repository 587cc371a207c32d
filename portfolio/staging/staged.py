"""A staged project as the two it may turn out to be: stopped at its gate, or scaled up."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from portfolio.pool import Pool
from portfolio.project import FirstStage, Project, ResourceNeed
from portfolio.selection import Choice
from portfolio.units import Calendar, scale
from portfolio.variants import Variant, times, variants

STOPPED, SCALED_UP = "first stage only", "first stage, then the rest"


@dataclass(frozen=True, slots=True)
class Staged:
    """A project with its first stage from one period on, and as it is funded in either case.

    `choice` names project and start, `whole` is the project as it would run then. `stopped` has the
    first grant and the cost that goes with it, `grown` the whole of both, the rest from the period
    after the gate on. Neither can be chosen in another way. `gate` is the period that it stands at.
    """

    choice: Choice
    whole: Project
    stage: FirstStage
    stopped: Project
    grown: Project
    gate: int

    @property
    def rest(self) -> int:
        """Cents of the scale-up."""
        return self.whole.grant - self.stage.grant

    @property
    def ways(self) -> tuple[Variant, Variant]:
        """Both as ways to choose the project; the shares of its worth say nothing here."""
        project_id, start = self.choice.project, self.choice.start
        return (
            Variant(Choice(project_id, STOPPED, start), self.stopped, Fraction(0)),
            Variant(Choice(project_id, SCALED_UP, start), self.grown, Fraction(1)),
        )


def staged(project: Project, stage: FirstStage, calendar: Calendar) -> tuple[Staged, ...]:
    """A project under a first stage that was checked, from each period on in which it may start.

    The first grant falls over the first `periods` of its periods, the rest over those that are
    left, or into the one after the gate where none is; each as the project's own profile falls
    there. Costs, launch apart, and resources go with the grants. What lies past the horizon falls
    into its last period, as everything does.

    >>> from datetime import date
    >>> years = Calendar(date(2027, 1, 1), 12, 4)
    >>> one = Project("a", "A", cost=1_000, grant=800, start=date(2027, 3, 1), end=date(2029, 2, 1))
    >>> (found,) = staged(one, FirstStage(200, 1, 0.5), years)
    >>> found.stopped.cost, found.stopped.grant_by_period(years)
    (250, (200, 0, 0, 0))
    >>> found.grown.cost, found.grown.grant_by_period(years)
    (1000, (200, 300, 300, 0))
    """
    ways = (one for one in variants(project, calendar) if one.choice.version is None)
    return tuple(_staged(one, stage, calendar) for one in ways)


def _staged(way: Variant, stage: FirstStage, calendar: Calendar) -> Staged:
    project = way.project
    plain = replace(project, versions=(), least_share=None, latest_start=None, first_stage=None)
    runs = project.periods(calendar)
    profile = project.spend or (1,) * len(runs)
    first = scale(profile[: stage.periods] or (1,), stage.grant)
    rest = scale(profile[stage.periods :] or (1,), project.grant - stage.grant)
    first += (0,) * (stage.periods - len(first))
    gate = min(runs.start + stage.periods, calendar.count) - 1
    share = Fraction(stage.grant, project.grant) if project.grant else Fraction(0)
    last = min(gate + 1, calendar.count - 1)
    longer = runs[-1] < last
    return Staged(
        choice=way.choice,
        whole=project,
        stage=stage,
        stopped=replace(
            plain,
            cost=max(round(project.cost * share), stage.grant),
            grant=stage.grant,
            launch_cost=0,
            spend=first,
            end=calendar.last_day(gate),
            resources=tuple(
                ResourceNeed(need.resource, times(need.amount, share)) for need in project.resources
            ),
        ),
        grown=replace(
            plain,
            spend=first + rest,
            end=calendar.last_day(last) if longer else project.end,
        ),
        gate=gate,
    )


def all_staged(pool: Pool) -> tuple[Staged, ...]:
    """Every candidate that has a first stage, by order of id, then of its start."""
    calendar = pool.cluster.calendar
    return tuple(
        one
        for project in pool.candidates
        if project.first_stage is not None
        for one in staged(project, project.first_stage, calendar)
    )
