"""A project as the cells that a person may edit, and the project that edited cells make."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from dashboard.services.cell_columns import BY_NAME, Cell, Cells, lead_words
from dashboard.services.cell_readers import Refuse, read
from data.first_stages import first_stage
from data.flat import versions_text
from data.parse_date import NotRead
from data.versions import with_grants
from portfolio.errors import Problem
from portfolio.pool import Pool
from portfolio.project import Project, ThreePoint

_FIRST_STAGE = ("first_grant", "first_periods", "first_chance")
_TOGETHER = frozenset(
    {"payoff_low", "payoff", "payoff_high", "cost", "grant", "versions", *_FIRST_STAGE}
)


def cells(pool: Pool, project: Project, leads: Mapping[str, str] | None = None) -> dict[str, Cell]:
    """The cells of a project by column name. `leads` is `lead_words`, for many projects in a row."""
    names = lead_words(pool) if leads is None else leads
    known = project.cost_known
    payoff, stage = project.payoff, project.first_stage
    return {
        "name": project.name,
        "status": project.status.value,
        "theme": project.theme,
        "lead": names.get(project.lead, project.lead or None),
        "cost": _units(project.cost) if known else None,
        "grant": _units(project.grant) if known else None,
        "payoff_low": _units(payoff.low) if payoff else None,
        "payoff": _units(payoff.likely) if payoff else None,
        "payoff_high": _units(payoff.high) if payoff else None,
        "p_technical": _percent(project.p_technical),
        "p_commercial": _percent(project.p_commercial),
        "launch_cost": _units(project.launch_cost),
        "months_to_payoff": project.months_to_payoff,
        "start": project.start.isoformat() if project.start else None,
        "end": project.end.isoformat() if project.end else None,
        "scope": project.scope.value if project.scope else None,
        "technology": project.technology,
        "region": project.region,
        "international": project.international,
        "newcomer": project.newcomer,
        "versions": versions_text(project.versions),
        "least_share": _percent(project.least_share),
        "latest_start": project.latest_start.isoformat() if project.latest_start else None,
        "waiting_loss": _percent(project.waiting_loss),
        "first_grant": _units(stage.grant) if stage else None,
        "first_periods": stage.periods if stage else None,
        "first_chance": _percent(stage.chance) if stage else None,
    }


def edited(pool: Pool, project: Project, told: Cells) -> tuple[Project, tuple[Problem, ...]]:
    """The project with some cells written anew, and everything that is wrong with it.

    With any problem the project comes back as it was.
    """
    problems: list[Problem] = []

    def refuse(name: str, remedy: str) -> None:
        shown = "" if told.get(name) is None else str(told[name])[:80]
        label = BY_NAME[name].label if name in BY_NAME else name
        problems.append(Problem(f"{project.name}, {label}", shown, remedy))

    values = {name: read(pool, name, cell, refuse) for name, cell in told.items()}
    if problems:
        return project, tuple(problems)
    changed = _with_payoff(project, values, refuse)
    changed = _with_money(changed, values, refuse)
    plain: dict[str, Any] = {name: value for name, value in values.items() if name not in _TOGETHER}
    changed = replace(changed, **plain)
    changed = _with_versions(changed, values, refuse)
    changed = _with_first_stage(changed, values, refuse)
    _check(changed, told, refuse)
    return (project, tuple(problems)) if problems else (changed, ())


def _with_payoff(project: Project, values: Mapping[str, object], refuse: Refuse) -> Project:
    if not {"payoff_low", "payoff", "payoff_high"} & values.keys():
        return project
    old = project.payoff
    was = {
        "payoff_low": old.low if old else None,
        "payoff": old.likely if old else None,
        "payoff_high": old.high if old else None,
    }
    told = {name: values.get(name, was[name]) for name in was}
    low, likely, high = told["payoff_low"], told["payoff"], told["payoff_high"]
    if likely is None:
        # Clearing the likely payoff takes its low and high along, unless one was just written.
        if any(values.get(name) is not None for name in ("payoff_low", "payoff_high")):
            refuse("payoff", "A low or high payoff needs a likely one beside it.")
        return replace(project, payoff=None)
    points = ThreePoint(
        _cents(likely if low is None else low),
        _cents(likely),
        _cents(likely if high is None else high),
    )
    if not points.low <= points.likely <= points.high:
        refuse("payoff", "Low, likely and high payoff have to rise in this order.")
        return project
    return replace(project, payoff=points)


def _with_money(project: Project, values: Mapping[str, object], refuse: Refuse) -> Project:
    if not {"cost", "grant"} & values.keys():
        return project
    cost = values.get("cost", project.cost if project.cost_known else None)
    grant = values.get("grant", project.grant if project.cost_known else None)
    if cost is None:
        if values.get("grant") is not None:
            refuse("cost", "Write the whole cost too.")
        return replace(project, cost=0, grant=0, cost_known=False)
    asked = _cents(cost) if grant is None else _cents(grant)
    if asked > _cents(cost):
        refuse("grant", "The grant is above the cost. Correct one of the two.")
        return project
    return replace(project, cost=_cents(cost), grant=asked, cost_known=True)


def _with_versions(project: Project, values: Mapping[str, object], refuse: Refuse) -> Project:
    """Versions written anew, their grants in proportion where none is stated."""
    if not {"versions", "least_share"} & values.keys():
        return project
    told = values.get("versions", project.versions)
    known = (project.cost, project.grant) if project.cost_known else (None, None)
    found = with_grants(told, *known, project.least_share)  # type: ignore[arg-type]
    if isinstance(found, NotRead):
        refuse("versions" if "versions" in values else "least_share", found.remedy)
        return project
    return replace(project, versions=found)


def _with_first_stage(project: Project, values: Mapping[str, object], refuse: Refuse) -> Project:
    """The first stage written anew; without its grant there is none, unless the rest was written."""
    old = project.first_stage
    if not set(_FIRST_STAGE) & values.keys() and old is None:
        return project
    was = (None, None, None) if old is None else (old.grant, old.periods, old.chance)
    told = {name: values.get(name, cell) for name, cell in zip(_FIRST_STAGE, was, strict=True)}
    first, periods, chance = told.values()
    if first is None:
        if any(values.get(name) is not None for name in _FIRST_STAGE[1:]):
            refuse("first_grant", "A first stage needs its grant.")
        return replace(project, first_stage=None)
    grant = project.grant if project.cost_known else None
    found = first_stage(
        _cents(first),
        periods,  # type: ignore[arg-type]
        chance,  # type: ignore[arg-type]
        grant,
        project.p_technical,
    )
    if isinstance(found, NotRead):
        refuse("first_grant" if "first_grant" in values else "grant", found.remedy)
        return project
    return replace(project, first_stage=found)


def _check(project: Project, told: Cells, refuse: Refuse) -> None:
    if project.start and project.end and project.end < project.start:
        refuse("end" if "end" in told else "start", "The end lies before the start.")
    if project.start and project.latest_start and project.latest_start < project.start:
        name = "latest_start" if "latest_start" in told else "start"
        refuse(name, "The latest start lies before the start.")


def _cents(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError(f"{value!r} is no amount in cents")
    return value


def _units(cents: int) -> int | float:
    return cents // 100 if cents % 100 == 0 else cents / 100


def _percent(chance: float | Decimal | None) -> int | float | None:
    if chance is None:
        return None
    percent = float(round(chance * 100, 4))
    return int(percent) if percent == int(percent) else percent
