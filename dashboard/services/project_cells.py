"""A project as the cells that a person may edit, and the project that edited cells make.

Cells are plain values: text, numbers in whole units, per cent 0 to 100, days as ISO text, yes or no;
None is not known. They are what a screen shows and what it sends back, so all of it is checked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from math import isfinite

from portfolio.errors import Problem
from portfolio.pool import Pool
from portfolio.project import Project, ProjectStatus, Scope, ThreePoint
from portfolio.units import to_cents

Cell = str | int | float | bool | None
Cells = Mapping[str, Cell]

MOST_UNITS = 10**13
LONGEST = 2_000
_REFUSED = object()


@dataclass(frozen=True, slots=True)
class Column:
    """A column to edit: its name in the project, its label, and the kind of its cells."""

    name: str
    label: str
    kind: str


COLUMNS = (
    Column("name", "Name", "text"),
    Column("status", "Status", "choice"),
    Column("theme", "Theme", "text"),
    Column("lead", "Lead", "lead"),
    Column("cost", "Cost", "money"),
    Column("grant", "Grant asked", "money"),
    Column("payoff_low", "Payoff, low", "money"),
    Column("payoff", "Payoff, likely", "money"),
    Column("payoff_high", "Payoff, high", "money"),
    Column("p_technical", "Technical success", "percent"),
    Column("p_commercial", "Commercial success", "percent"),
    Column("launch_cost", "Launch cost", "money"),
    Column("months_to_payoff", "Months to payoff", "whole"),
    Column("start", "Start", "day"),
    Column("end", "End", "day"),
    Column("scope", "Scope", "choice"),
    Column("region", "Region", "text"),
    Column("international", "International", "flag"),
    Column("newcomer", "Newcomer", "flag"),
)
BY_NAME = {column.name: column for column in COLUMNS}
CHOICES = {"status": tuple(s.value for s in ProjectStatus), "scope": tuple(s.value for s in Scope)}


def lead_words(pool: Pool) -> dict[str, str]:
    """Organizations as choices, by id: the name, with the id where names are equal."""
    names = Counter(organization.name for organization in pool.organizations)
    return {
        each.id: each.name if names[each.name] == 1 and each.name else f"{each.name} ({each.id})"
        for each in pool.organizations
    }


def cells(pool: Pool, project: Project, leads: Mapping[str, str] | None = None) -> dict[str, Cell]:
    """The cells of a project by column name. `leads` is `lead_words`, for many projects in a row."""
    names = lead_words(pool) if leads is None else leads
    known = project.cost_known
    payoff = project.payoff
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
        "region": project.region,
        "international": project.international,
        "newcomer": project.newcomer,
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

    values = {name: _read(pool, name, cell, refuse) for name, cell in told.items()}
    if problems:
        return project, tuple(problems)
    changed = _with_payoff(project, values, refuse)
    changed = _with_money(changed, values, refuse)
    plain = {name: value for name, value in values.items() if name not in _TOGETHER}
    changed = replace(changed, **plain)
    _check(changed, told, refuse)
    return (project, tuple(problems)) if problems else (changed, ())


_TOGETHER = frozenset({"payoff_low", "payoff", "payoff_high", "cost", "grant"})
Refuse = Callable[[str, str], None]


def _read(pool: Pool, name: str, cell: Cell, refuse: Refuse) -> object:
    """A cell as the project holds it; `refuse` is told when it cannot be read."""
    column = BY_NAME.get(name)
    value = _REFUSED if column is None else _READERS[column.kind](pool, name, cell)
    if value is _REFUSED:
        refuse(name, _REMEDIES["unknown" if column is None else column.kind])
        return None
    return value


def _text(pool: Pool, name: str, cell: Cell) -> object:
    text = "" if cell is None else str(cell).strip()
    return _REFUSED if len(text) > LONGEST or (name == "name" and not text) else text


def _choice(pool: Pool, name: str, cell: Cell) -> object:
    if name == "scope":
        return None if cell is None else next((s for s in Scope if s.value == cell), _REFUSED)
    return next((s for s in ProjectStatus if s.value == cell), _REFUSED)


def _lead(pool: Pool, name: str, cell: Cell) -> object:
    if cell is None or not str(cell).strip():
        return ""
    text = str(cell).strip()
    if pool.organization(text) is not None:
        return text
    return next((key for key, name in lead_words(pool).items() if name == text), _REFUSED)


def _money(pool: Pool, name: str, cell: Cell) -> object:
    if cell is None:
        return 0 if name == "launch_cost" else None
    number = _number(cell)
    if number is None or abs(number) > MOST_UNITS or (number < 0 and name in _NOT_NEGATIVE):
        return _REFUSED
    return to_cents(Decimal(str(cell)))


def _chance(pool: Pool, name: str, cell: Cell) -> object:
    if cell is None:
        return None
    number = _number(cell)
    return _REFUSED if number is None or not 0 <= number <= 100 else round(number / 100, 6)


def _whole(pool: Pool, name: str, cell: Cell) -> object:
    if cell is None:
        return None
    number = _number(cell)
    if number is None or number != int(number) or not 0 <= number <= 1_200:
        return _REFUSED
    return int(number)


def _day(pool: Pool, name: str, cell: Cell) -> object:
    if cell is None:
        return None
    try:
        day = date.fromisoformat(str(cell)[:10])
    except ValueError:
        return _REFUSED
    return day if 1900 <= day.year <= 2200 else _REFUSED


def _flag(pool: Pool, name: str, cell: Cell) -> object:
    return bool(cell) if isinstance(cell, bool) or cell is None else _REFUSED


_NOT_NEGATIVE = frozenset({"cost", "grant", "launch_cost"})
_READERS: dict[str, Callable[[Pool, str, Cell], object]] = {
    "text": _text,
    "choice": _choice,
    "lead": _lead,
    "money": _money,
    "percent": _chance,
    "whole": _whole,
    "day": _day,
    "flag": _flag,
}
_REMEDIES = {
    "text": f"Write one to {LONGEST:,} signs.",
    "choice": "Choose one from the list.",
    "lead": "Choose an organization from the list.",
    "money": "Write an amount in whole units, not below zero.",
    "percent": "Write a number from 0 to 100.",
    "whole": "Write a whole number of months, from 0 to 1,200.",
    "day": "Write a day between 1900 and 2200.",
    "flag": "Choose yes or no.",
    "unknown": "There is no such column.",
}


def _number(cell: Cell) -> float | None:
    if isinstance(cell, bool) or not isinstance(cell, (int, float)):
        return None
    return cell if isfinite(cell) else None


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


def _check(project: Project, told: Cells, refuse: Refuse) -> None:
    if project.start and project.end and project.end < project.start:
        refuse("end" if "end" in told else "start", "The end lies before the start.")


def _cents(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError(f"{value!r} is no amount in cents")
    return value


def _units(cents: int) -> int | float:
    return cents // 100 if cents % 100 == 0 else cents / 100


def _percent(chance: float | None) -> int | float | None:
    if chance is None:
        return None
    percent = round(chance * 100, 4)
    return int(percent) if percent == int(percent) else percent
