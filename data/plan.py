"""What a second import of a list would change: new, changed, gone and unchanged projects."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from data.fields import Of, fields_of
from data.flat import texts_of
from data.take_in import ImportResult
from data.text import plain
from portfolio.errors import InputError, Problem
from portfolio.organization import Organization
from portfolio.pool import Pool
from portfolio.project import Partner, Project, Report

# Attributes that are put together with what is stored, not put in its place.
_MERGED = {"id", "reports", "partners", "cost", "grant", "cost_known"}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a project, as it is stored and as the file has it: text as in a table's cell."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Change:
    """A stored project and what the file makes of it."""

    before: Project
    after: Project
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class OrganizationChange:
    """An organization that an import adds (`before` None), or describes otherwise than stored."""

    before: Organization | None
    after: Organization
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import would write, shown before anything is written.

    `gone` are stored projects that the file lacks: an import leaves them alone. `organizations`
    are those that it adds, and those that it changes.
    """

    new: tuple[Project, ...] = ()
    changed: tuple[Change, ...] = ()
    gone: tuple[Project, ...] = ()
    unchanged: tuple[Project, ...] = ()
    organizations: tuple[OrganizationChange, ...] = ()

    @property
    def new_organizations(self) -> tuple[Organization, ...]:
        """Organizations that are not stored yet."""
        return tuple(entry.after for entry in self.organizations if entry.before is None)

    @property
    def changed_organizations(self) -> tuple[OrganizationChange, ...]:
        """Organizations that are stored, and described otherwise."""
        return tuple(entry for entry in self.organizations if entry.before is not None)

    @property
    def writes(self) -> bool:
        """Whether anything would be written."""
        return bool(self.new or self.changed or self.organizations)


def compare(existing: Pool, result: ImportResult) -> ImportPlan:
    """What the result of an import would change in a pool. Nothing is written.

    Projects are the same when their ids are; a project whose id was made from its name is also
    the stored one of that name. Organizations are the same when their names are. What the file
    does not speak of stays as it is stored, and reports are added to, never replaced. Raises
    InputError when the list and the cluster are in different currencies.
    """
    currency = existing.cluster.currency
    if result.currency and currency and result.currency != currency:
        remedy = (
            f"The cluster counts in {currency}. Convert the list, or say that it is in {currency}."
        )
        raise InputError((Problem("Currency", result.currency, remedy),))
    same = _same_organizations(existing, result.organizations)
    stored = {project.id: project for project in existing.projects}
    ids = _ids_by_name(existing, result)
    new, changed, unchanged = [], [], []
    for incoming in result.projects:
        project = _renamed(incoming, ids.get(incoming.id, incoming.id), same)
        before = stored.pop(project.id, None)
        if before is None:
            new.append(project)
            continue
        after = _merged(before, project, result.attributes)
        if after == before:
            unchanged.append(before)
        else:
            changed.append(Change(before, after, _differences(before, after, existing, result)))
    return ImportPlan(
        new=tuple(new),
        changed=tuple(changed),
        gone=tuple(stored.values()),
        unchanged=tuple(unchanged),
        organizations=tuple(_organizations(existing, result, same)),
    )


def _same_organizations(existing: Pool, incoming: tuple[Organization, ...]) -> dict[str, str]:
    """The stored id of each incoming organization that is stored already."""
    by_name = {plain(o.name): o.id for o in existing.organizations}
    by_id = {o.id: o.id for o in existing.organizations}
    found = ((o.id, by_name.get(plain(o.name)) or by_id.get(o.id)) for o in incoming)
    return {own: stored for own, stored in found if stored is not None}


def _organizations(
    existing: Pool, result: ImportResult, same: dict[str, str]
) -> Iterator[OrganizationChange]:
    """Those that are not stored, and those that the file describes in another way than stored."""
    for organization in result.organizations:
        stored = existing.organization(same.get(organization.id, ""))
        if stored is None:
            yield OrganizationChange(None, organization)
        elif organization.id in result.described:
            told = replace(organization, id=stored.id)
            if told != stored:
                old, new = (texts_of("organization", each, existing) for each in (stored, told))
                yield OrganizationChange(stored, told, _different("organization", old, new))


def _ids_by_name(existing: Pool, result: ImportResult) -> dict[str, str]:
    """Stored ids for projects whose own id was made from a name that one stored project has."""
    stored = {project.id for project in existing.projects}
    by_name: dict[str, list[str]] = {}
    for project in existing.projects:
        by_name.setdefault(plain(project.name), []).append(project.id)
    named = Counter(plain(project.name) for project in result.projects)
    made = result.derived_ids - stored
    return {
        project.id: by_name[name][0]
        for project in result.projects
        if project.id in made
        and len(by_name.get(name := plain(project.name), ())) == 1
        and named[name] == 1
    }


def _renamed(project: Project, project_id: str, same: dict[str, str]) -> Project:
    partners = tuple(
        Partner(same.get(partner.organization, partner.organization), partner.active)
        for partner in project.partners
    )
    lead = same.get(project.lead, project.lead)
    return replace(project, id=project_id, lead=lead, partners=partners)


def _merged(before: Project, incoming: Project, attributes: frozenset[str]) -> Project:
    """The stored project with what the file says of it put in its place."""
    told: dict[str, Any] = {name: getattr(incoming, name) for name in attributes - _MERGED}
    if "partners" in attributes:
        active = {partner.organization: partner.active for partner in before.partners}
        told["partners"] = tuple(
            replace(partner, active=active.get(partner.organization, True))
            for partner in incoming.partners
        )
    return replace(
        before, **told, **_money(before, incoming, attributes), reports=_reports(before, incoming)
    )


def _money(before: Project, incoming: Project, attributes: frozenset[str]) -> dict[str, Any]:
    """Cost and grant. Where the file tells only one of them, the other stays as far as it fits."""
    if not attributes & {"cost", "grant"}:
        return {}
    cost, grant = incoming.cost, incoming.grant
    if incoming.cost_known and before.cost_known:
        if "grant" not in attributes and before.grant != before.cost:
            grant = min(before.grant, cost)
        if "cost" not in attributes:
            cost = max(before.cost, grant)
    return {"cost": cost, "grant": grant, "cost_known": incoming.cost_known}


def _reports(before: Project, incoming: Project) -> tuple[Report, ...]:
    """Stored reports with those of the file; one that says the same of the same day stays."""

    def says(report: Report) -> tuple[object, ...]:
        return report.on, report.complete, report.spent, report.forecast_end

    known = {says(report) for report in before.reports}
    fresh = tuple(report for report in incoming.reports if says(report) not in known)
    days = {report.on for report in fresh}
    kept = tuple(report for report in before.reports if report.on not in days)
    return tuple(sorted((*kept, *fresh), key=lambda report: report.on))


def _differences(
    before: Project, after: Project, existing: Pool, result: ImportResult
) -> tuple[FieldChange, ...]:
    everyone = replace(existing, organizations=(*existing.organizations, *result.organizations))
    old, new = texts_of("project", before, existing), texts_of("project", after, everyone)
    return _different("project", old, new)


def _different(of: Of, old: dict[str, str], new: dict[str, str]) -> tuple[FieldChange, ...]:
    return tuple(
        FieldChange(name, old[name], new[name]) for name in fields_of(of) if old[name] != new[name]
    )
