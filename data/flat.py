"""A project or organization as the flat cells that a table has for it, field by field."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from data.fields import Of, fields_of
from portfolio.organization import Organization
from portfolio.pool import Pool
from portfolio.project import Project, Version
from portfolio.units import from_cents

Flat = str | bool | int | float | Decimal | date | None


def flat_project(project: Project, pool: Pool) -> dict[str, Flat]:
    """The cells of a project by field; None where nothing is known. Money is in currency units.

    Of several reports the latest is told.
    """
    cells: dict[str, Any] = {name: getattr(project, name, None) for name in fields_of("project")}
    cells |= {name: read(project, pool) for name, read in _COMPOSED.items()}
    return {name: _plain(value) for name, value in cells.items()}


def flat_organization(organization: Organization) -> dict[str, Flat]:
    """The cells of an organization by field."""
    return {name: _plain(getattr(organization, name)) for name in fields_of("organization")}


def as_text(value: Flat) -> str:
    """A cell as text that reads back to the same value, with a decimal point and ISO dates."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case Decimal():
            return str(int(value)) if value == value.to_integral_value() else f"{value:f}"
        case float():
            return as_text(Decimal(repr(value)))
        case date():
            return value.isoformat()
        case _:
            return str(value)


def _plain(value: Any) -> Flat:
    """Enums as their words, empty text as nothing."""
    if isinstance(value, str):
        return str(value) or None
    return value  # type: ignore[no-any-return]


def _money(cents: int | None) -> Decimal | None:
    return None if cents is None else from_cents(cents)


def _name(organization_id: str, pool: Pool) -> str:
    organization = pool.organization(organization_id)
    return organization.name if organization else organization_id


def _partners(project: Project, pool: Pool) -> str:
    return "; ".join(_name(partner.organization, pool) for partner in project.partners)


def _resources(project: Project, pool: Pool) -> str:
    return "; ".join(f"{need.resource}: {as_text(need.amount)}" for need in project.resources)


def _cash(project: Project, pool: Pool) -> str:
    def item(year: int, cents: int, p_pass: float) -> str:
        gate = "" if p_pass == 1 else f" @ {as_text(p_pass)}"
        return f"{year}: {as_text(from_cents(cents))}{gate}"

    return "; ".join(item(cash.year, cash.amount, cash.p_pass) for cash in project.cash)


def versions_text(versions: Iterable[Version]) -> str:
    """Versions as a cell that reads back to the same."""
    return "; ".join(
        f"{one.name}: {as_text(from_cents(one.cost))} / {as_text(from_cents(one.grant))}"
        f" @ {as_text(one.worth)}"
        for one in versions
    )


def _known(cents: int, project: Project) -> Decimal | None:
    return from_cents(cents) if project.cost_known else None


def _payoff(which: str) -> Callable[[Project, Pool], Flat]:
    def read(project: Project, pool: Pool) -> Flat:
        return None if project.payoff is None else from_cents(getattr(project.payoff, which))

    return read


def _latest(which: str) -> Callable[[Project, Pool], Any]:
    def read(project: Project, pool: Pool) -> Any:
        return getattr(project.reports[-1], which) if project.reports else None

    return read


def _first(which: str) -> Callable[[Project, Pool], Any]:
    return lambda project, _: project.first_stage and getattr(project.first_stage, which)


def _outcome(which: str) -> Callable[[Project, Pool], Any]:
    return lambda project, _: project.outcome and getattr(project.outcome, which)


def _in_units(read: Callable[[Project, Pool], Any]) -> Callable[[Project, Pool], Flat]:
    return lambda project, pool: _money(read(project, pool))


_COMPOSED: dict[str, Callable[[Project, Pool], Any]] = {
    "lead": lambda project, pool: _name(project.lead, pool),
    "partners": _partners,
    "cost": lambda project, _: _known(project.cost, project),
    "grant": lambda project, _: _known(project.grant, project),
    "payoff_low": _payoff("low"),
    "payoff": _payoff("likely"),
    "payoff_high": _payoff("high"),
    "launch_cost": lambda project, _: from_cents(project.launch_cost),
    "spend": lambda project, _: "; ".join(as_text(from_cents(cents)) for cents in project.spend),
    "sources": lambda project, _: "; ".join(project.sources),
    "resources": _resources,
    "cash": _cash,
    "versions": lambda project, _: versions_text(project.versions),
    "first_grant": _in_units(_first("grant")),
    "first_periods": _first("periods"),
    "first_chance": _first("chance"),
    "report_on": _latest("on"),
    "complete": _latest("complete"),
    "spent": _in_units(_latest("spent")),
    "forecast_end": _latest("forecast_end"),
    "succeeded": _outcome("success"),
    "payoff_reached": _in_units(_outcome("payoff")),
    "spent_in_the_end": _in_units(_outcome("spent")),
    "reason": _outcome("reason"),
    "lesson": _outcome("lesson"),
}


def texts_of(of: Of, value: Project | Organization, pool: Pool) -> dict[str, str]:
    """The cells of a project or organization as text."""
    flat = flat_project(value, pool) if isinstance(value, Project) else flat_organization(value)
    return {name: as_text(flat[name]) for name in fields_of(of)}
