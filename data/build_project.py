"""The values read from one row as a project, and what does not fit together among them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from data.first_stages import first_stage
from data.organizations import Register
from data.parse_date import NotRead
from data.text import plain
from data.versions import with_grants
from portfolio.project import (
    FirstStage,
    Outcome,
    Partner,
    Project,
    ProjectStatus,
    Report,
    Scope,
    ThreePoint,
    Version,
)

Values = dict[str, Any]
Complain = Callable[[str, str], None]

# Which attributes of a project each field speaks of; a field that is not named here is its own.
ATTRIBUTES: dict[str, tuple[str, ...]] = {
    "payoff_low": ("payoff",),
    "payoff_high": ("payoff",),
    "report_on": ("reports",),
    "complete": ("reports",),
    "spent": ("reports",),
    "forecast_end": ("reports",),
    "succeeded": ("outcome",),
    "payoff_reached": ("outcome",),
    "spent_in_the_end": ("outcome",),
    "reason": ("outcome",),
    "lesson": ("outcome",),
    "first_grant": ("first_stage",),
    "first_periods": ("first_stage",),
    "first_chance": ("first_stage",),
}
_AS_THEY_ARE = (
    "summary", "leader", "theme", "region", "technology", "international", "newcomer", "launch_cost",
    "p_technical", "p_commercial", "benefit", "months_to_payoff", "start", "end", "spend",
    "sources", "resources", "cash", "rating", "closed_on", "least_share", "latest_start",
    "waiting_loss",
)  # fmt: skip
_TOTALS = {
    "total", "totals", "grand total", "sum", "subtotal", "summe", "gesamt", "gesamtsumme", "i alt",
    "yhteensa", "totaal", "totale", "suma", "razem", "summa", "total general",
}  # fmt: skip


@dataclass(slots=True)
class Row:
    """The values of a row by field; `complain` reports a field with its remedy."""

    values: Values
    complain: Complain
    unread: set[str] = field(default_factory=set)


def is_total(name: str) -> bool:
    """Whether a name is a word for the sum of a list, which no project is called."""
    return plain(name) in _TOTALS


def build_project(project_id: str, row: Row, register: Register) -> Project:
    """The project of a row that has a name. What does not fit together is left unknown, and said."""
    values = row.values
    cost, grant = _money(row)
    _check_dates(row)
    _check_ways(row)
    told = {name: values[name] for name in _AS_THEY_ARE if values.get(name) is not None}
    lead = register.id_of(values["lead"]) if values.get("lead") else ""
    partners = dict.fromkeys(register.id_of(name) for name in values.get("partners") or ())
    return Project(
        id=project_id,
        name=values["name"],
        cost=cost or 0,
        grant=grant or 0,
        cost_known=cost is not None and grant is not None,
        status=ProjectStatus(values.get("status") or ProjectStatus.PROPOSAL),
        lead=lead,
        partners=tuple(Partner(name) for name in partners if name != lead),
        scope=None if values.get("scope") is None else Scope(values["scope"]),
        payoff=_payoff(row),
        reports=_reports(row),
        outcome=_outcome(values),
        versions=_versions(row, cost, grant),
        first_stage=_first_stage(row, grant),
        **told,
    )


def _versions(row: Row, cost: int | None, grant: int | None) -> tuple[Version, ...]:
    """The versions, with grants in proportion to the project's own where none is stated."""
    least = row.values.get("least_share")
    found = with_grants(row.values.get("versions") or (), cost, grant, least)
    if isinstance(found, NotRead):
        row.complain("versions", found.remedy)
        return ()
    return found


def _first_stage(row: Row, grant: int | None) -> FirstStage | None:
    """The first stage; its chance is that of technical success where none is stated."""
    first, periods, chance = (
        row.values.get(name) for name in ("first_grant", "first_periods", "first_chance")
    )
    if first is None:
        if (periods is not None or chance is not None) and "first_grant" not in row.unread:
            row.complain(
                "first_grant", "A first stage needs its grant. Write it, or empty the rest."
            )
        return None
    found = first_stage(first, periods, chance, grant, row.values.get("p_technical"))
    if isinstance(found, NotRead):
        row.complain("first_grant", found.remedy)
        return None
    return found


def _check_ways(row: Row) -> None:
    """The least share and the latest start; what makes no sense is left out, and said."""
    if row.values.get("least_share") == 0:
        row.complain("least_share", "Write a share above 0, or leave it empty.")
        row.values["least_share"] = None
    start, latest = row.values.get("start"), row.values.get("latest_start")
    if isinstance(start, date) and isinstance(latest, date) and latest < start:
        row.complain("latest_start", "It lies before the start. Correct one of the two.")
        row.values["latest_start"] = None


def _money(row: Row) -> tuple[int | None, int | None]:
    """Cost and grant in cents, None where not known. Without a grant the whole cost is asked for."""
    cost, grant = row.values.get("cost"), row.values.get("grant")
    if "cost" not in row.values and grant is not None:
        cost = grant
    if cost is None:
        if "cost" in row.values and not row.unread & {"cost", "grant"}:
            row.complain("cost", "The cost is missing. No mix can hold this project without one.")
        return None, grant
    if "grant" in row.unread:
        return cost, None
    if grant is not None and grant > cost:
        row.complain("grant", "The grant is above the cost. Correct one of the two.")
        return cost, None
    return cost, cost if grant is None else grant


def _check_dates(row: Row) -> None:
    start, end = row.values.get("start"), row.values.get("end")
    if isinstance(start, date) and isinstance(end, date) and end < start:
        row.complain("end", "The end lies before the start. Correct one of the two.")
        row.values["end"] = None


def _payoff(row: Row) -> ThreePoint | None:
    low, likely, high = (row.values.get(f) for f in ("payoff_low", "payoff", "payoff_high"))
    if likely is None:
        if low is not None or high is not None:
            row.complain("payoff", "A low or high payoff needs a likely one beside it.")
        return None
    points = ThreePoint(likely if low is None else low, likely, likely if high is None else high)
    if not points.low <= points.likely <= points.high:
        row.complain("payoff", "Low, likely and high payoff have to rise in this order.")
        return None
    return points


def _reports(row: Row) -> tuple[Report, ...]:
    on, complete, spent = (row.values.get(f) for f in ("report_on", "complete", "spent"))
    if on is None or complete is None or spent is None:
        if complete is not None or spent is not None:
            row.complain("report_on", "A report needs its day, the work done and the money spent.")
        return ()
    rating = row.values.get("rating") or ""
    return (Report(on, complete, spent, row.values.get("forecast_end"), rating),)


def _outcome(values: Values) -> Outcome | None:
    success = values.get("succeeded")
    payoff, spent = values.get("payoff_reached"), values.get("spent_in_the_end")
    if success is None or payoff is None or spent is None:
        return None
    return Outcome(payoff, spent, success, values.get("reason") or "", values.get("lesson") or "")
