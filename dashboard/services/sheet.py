"""A project's own sheet: what stands at its head, and its milestones, reports and partners as rows."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.services import proposals, words
from portfolio.pool import Pool
from portfolio.project import Project, ProjectStatus
from portfolio.scoring.scorecard import Scorecard
from portfolio.wording import money, percent


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text under a heading."""

    heading: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def what(pool: Pool, project: Project, mark: words.Mark) -> str:
    """What it is, who leads it, and where it belongs, as a sentence."""
    lead = proposals.lead_name(pool, project)
    kinds = {
        ProjectStatus.PROPOSAL: "A proposal",
        ProjectStatus.RUNNING: "A running project",
        ProjectStatus.CLOSED: "A closed project",
    }
    led = f" of {mark(lead)}" if lead else ""
    theme = f", under {mark(project.theme)}" if project.theme else ""
    return f"{kinds[project.status]}{led}{theme}."


def score_words(card: Scorecard) -> str:
    """The score as a sentence."""
    if card.points is None:
        return "It has no score yet."
    sentence = f"It scores {round(card.points)} of 100, place {card.rank}"
    if card.spread is not None and card.spread.count > 1:
        low, high = round(card.spread.low), round(card.spread.high)
        sentence += f"; {card.spread.count} members' scores lie between {low} and {high}"
    return f"{sentence}."


def tables(pool: Pool, project: Project) -> tuple[Table, ...]:
    """The tables that have any row."""
    found = (
        _milestones(project),
        _reports(project, pool.cluster.currency),
        _partners(pool, project),
    )
    return tuple(table for table in found if table.rows)


def outcome_words(project: Project, currency: str) -> str:
    """How a closed project ended, as sentences; "" where it is not known."""
    if project.outcome is None:
        return ""
    end = project.outcome
    verb = "reached its aim" if end.success else "did not reach its aim"
    closed = f" on {words.day(project.closed_on)}" if project.closed_on else ""
    return (
        f"It was closed{closed}, {verb}, returned {money(end.payoff, currency)} and cost "
        f"{money(end.spent, currency)}."
    )


def _milestones(project: Project) -> Table:
    ordered = sorted(project.milestones, key=lambda each: (each.baseline, each.name))
    rows = tuple(
        (
            f"{each.name} (gate)" if each.gate and "gate" not in each.name.lower() else each.name,
            words.short_day(each.baseline),
            words.short_day(each.forecast) if each.forecast else "",
            words.short_day(each.done) if each.done else "",
        )
        for each in ordered
    )
    return Table("Milestones", ("Milestone", "Planned", "Expected", "Done"), rows)


def _reports(project: Project, currency: str) -> Table:
    ordered = sorted(project.reports, key=lambda each: each.on, reverse=True)
    rows = tuple(
        (
            words.short_day(each.on),
            percent(round(each.complete, 2)),
            words.short_money(each.spent, currency),
            words.short_day(each.forecast_end) if each.forecast_end else "",
            each.rating,
            each.note,
        )
        for each in ordered
    )
    return Table("Reports", ("Day", "Work done", "Spent", "Expected end", "Rating", "Note"), rows)


def _partners(pool: Pool, project: Project) -> Table:
    def name(organization_id: str) -> str:
        organization = pool.organization(organization_id)
        return organization.name if organization else organization_id

    rows = tuple(
        (name(each.organization), "on board" if each.active else "left")
        for each in project.partners
    )
    return Table("Partners", ("Partner", "Now"), rows)
