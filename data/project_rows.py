"""Rows of a project and of what it has many of, and the project they hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy import Table

from data.rows import AnyRow, Values, day_of, day_text, grouped
from data.tables import (
    PROJECT_PARTS,
    project_cash,
    project_milestone,
    project_partner,
    project_report,
    project_resource,
    project_source,
    project_spend,
    project_version,
)
from portfolio.project import (
    CashYear,
    FirstStage,
    Milestone,
    Outcome,
    Partner,
    Project,
    ProjectStatus,
    Report,
    ResourceNeed,
    Scope,
    ThreePoint,
    Version,
)

Parts = Mapping[str, Sequence[AnyRow]]


def project_values(cluster_id: str, project: Project) -> Values:
    """Columns of a project, but for what it has many of."""
    payoff, outcome, stage = project.payoff, project.outcome, project.first_stage
    return {
        "cluster_id": cluster_id,
        "id": project.id,
        "name": project.name,
        "cost": project.cost,
        "grant_asked": project.grant,
        "cost_known": int(project.cost_known),
        "summary": project.summary,
        "status": project.status.value,
        "lead": project.lead,
        "leader": project.leader,
        "theme": project.theme,
        "scope": project.scope.value if project.scope else None,
        "region": project.region,
        "technology": project.technology,
        "international": int(project.international),
        "newcomer": int(project.newcomer),
        "payoff_low": payoff.low if payoff else None,
        "payoff_likely": payoff.likely if payoff else None,
        "payoff_high": payoff.high if payoff else None,
        "launch_cost": project.launch_cost,
        "p_technical": project.p_technical,
        "p_commercial": project.p_commercial,
        "benefit": project.benefit,
        "months_to_payoff": project.months_to_payoff,
        "start_on": day_text(project.start),
        "end_on": day_text(project.end),
        "rating": project.rating,
        "closed_on": day_text(project.closed_on),
        "outcome_payoff": outcome.payoff if outcome else None,
        "outcome_spent": outcome.spent if outcome else None,
        "outcome_success": int(outcome.success) if outcome else None,
        "outcome_reason": outcome.reason if outcome else None,
        "outcome_lesson": outcome.lesson if outcome else None,
        "least_share": None if project.least_share is None else str(project.least_share),
        "latest_start": day_text(project.latest_start),
        "waiting_loss": str(project.waiting_loss),
        "first_grant": stage.grant if stage else None,
        "first_periods": stage.periods if stage else None,
        "first_chance": stage.chance if stage else None,
    }


def part_values(cluster_id: str, projects: Iterable[Project]) -> dict[Table, list[Values]]:
    """Columns of all that these projects have many of, by table."""
    values: dict[Table, list[Values]] = {table: [] for table in PROJECT_PARTS}
    for project in projects:
        for table, entries in _parts(project):
            values[table] += (
                {
                    "cluster_id": cluster_id,
                    "project_id": project.id,
                    "position": position,
                    **entry,
                }
                for position, entry in enumerate(entries)
            )
    return values


def _parts(project: Project) -> tuple[tuple[Table, Iterable[Values]], ...]:
    return (
        (
            project_partner,
            ({"organization": p.organization, "active": int(p.active)} for p in project.partners),
        ),
        (
            project_cash,
            (
                {"year": cash.year, "amount": cash.amount, "p_pass": cash.p_pass}
                for cash in project.cash
            ),
        ),
        (project_spend, ({"share": share} for share in project.spend)),
        (
            project_resource,
            ({"resource": need.resource, "amount": str(need.amount)} for need in project.resources),
        ),
        (project_source, ({"source": source} for source in project.sources)),
        (
            project_version,
            (
                {
                    "name": version.name,
                    "cost": version.cost,
                    "grant_asked": version.grant,
                    "worth": str(version.worth),
                }
                for version in project.versions
            ),
        ),
        (
            project_milestone,
            (
                {
                    "name": milestone.name,
                    "baseline": milestone.baseline.isoformat(),
                    "forecast": day_text(milestone.forecast),
                    "done": day_text(milestone.done),
                    "gate": int(milestone.gate),
                }
                for milestone in project.milestones
            ),
        ),
        (
            project_report,
            (
                {
                    "reported_on": report.on.isoformat(),
                    "complete": report.complete,
                    "spent": report.spent,
                    "forecast_end": day_text(report.forecast_end),
                    "rating": report.rating,
                    "note": report.note,
                }
                for report in project.reports
            ),
        ),
    )


def projects_of(rows: Iterable[AnyRow], parts: Mapping[Table, Iterable[AnyRow]]) -> list[Project]:
    """The projects of their rows. `parts` has, by table, the rows of what they have many of."""
    by_table = {table: grouped(entries, "project_id") for table, entries in parts.items()}

    def project(row: AnyRow) -> Project:
        return _project(row, {t.name: by_table[t].get(row.id, ()) for t in PROJECT_PARTS})

    return [project(row) for row in rows]


def _project(row: AnyRow, parts: Parts) -> Project:
    return Project(
        id=row.id,
        name=row.name,
        cost=row.cost,
        grant=row.grant_asked,
        summary=row.summary,
        status=ProjectStatus(row.status),
        lead=row.lead,
        leader=row.leader,
        partners=tuple(
            Partner(part.organization, bool(part.active)) for part in parts["project_partner"]
        ),
        theme=row.theme,
        scope=None if row.scope is None else Scope(row.scope),
        region=row.region,
        technology=row.technology,
        international=bool(row.international),
        newcomer=bool(row.newcomer),
        payoff=_payoff(row),
        launch_cost=row.launch_cost,
        p_technical=row.p_technical,
        p_commercial=row.p_commercial,
        cash=tuple(CashYear(p.year, p.amount, p.p_pass) for p in parts["project_cash"]),
        benefit=row.benefit,
        months_to_payoff=row.months_to_payoff,
        start=day_of(row.start_on),
        end=day_of(row.end_on),
        spend=tuple(part.share for part in parts["project_spend"]),
        resources=tuple(
            ResourceNeed(part.resource, Decimal(part.amount)) for part in parts["project_resource"]
        ),
        sources=tuple(part.source for part in parts["project_source"]),
        rating=row.rating,
        milestones=tuple(_milestone(part) for part in parts["project_milestone"]),
        reports=tuple(_report(part) for part in parts["project_report"]),
        closed_on=day_of(row.closed_on),
        outcome=_outcome(row),
        cost_known=bool(row.cost_known),
        versions=tuple(
            Version(part.name, part.cost, part.grant_asked, Decimal(part.worth))
            for part in parts["project_version"]
        ),
        least_share=None if row.least_share is None else Decimal(row.least_share),
        latest_start=day_of(row.latest_start),
        waiting_loss=Decimal(row.waiting_loss),
        first_stage=_first_stage(row),
    )


def _payoff(row: AnyRow) -> ThreePoint | None:
    if row.payoff_likely is None:
        return None
    return ThreePoint(row.payoff_low, row.payoff_likely, row.payoff_high)


def _first_stage(row: AnyRow) -> FirstStage | None:
    if row.first_grant is None:
        return None
    return FirstStage(row.first_grant, row.first_periods, row.first_chance)


def _outcome(row: AnyRow) -> Outcome | None:
    if row.outcome_success is None:
        return None
    return Outcome(
        payoff=row.outcome_payoff,
        spent=row.outcome_spent,
        success=bool(row.outcome_success),
        reason=row.outcome_reason,
        lesson=row.outcome_lesson,
    )


def _milestone(part: AnyRow) -> Milestone:
    return Milestone(
        name=part.name,
        baseline=date.fromisoformat(part.baseline),
        forecast=day_of(part.forecast),
        done=day_of(part.done),
        gate=bool(part.gate),
    )


def _report(part: AnyRow) -> Report:
    return Report(
        on=date.fromisoformat(part.reported_on),
        complete=part.complete,
        spent=part.spent,
        forecast_end=day_of(part.forecast_end),
        rating=part.rating,
        note=part.note,
    )
