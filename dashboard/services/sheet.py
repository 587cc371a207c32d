"""A project's own sheet: what stands at its head, and its milestones, reports and partners as rows."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from dashboard.services import proposals, words
from portfolio.pool import Pool
from portfolio.project import Project, ProjectStatus
from portfolio.scoring.scorecard import Scorecard
from portfolio.variants import variants
from portfolio.wording import count, money, percent


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
        _versions(project, pool.cluster.currency),
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


def ways_words(pool: Pool, project: Project) -> str:
    """In which ways a mix may choose a proposal, as sentences; "" for as proposed or not at all."""
    told = []
    if project.versions:
        number = count(len(project.versions), "other version")
        told.append(f"A mix may hold it as proposed or in {number}.")
    if project.least_share is not None and project.least_share < 1:
        told.append(
            f"It may be funded in part, from {percent(project.least_share)}, in steps of a tenth."
        )
    starts = [
        one.choice.start
        for one in variants(project, pool.cluster.calendar)
        if one.choice.start is not None
    ]
    if starts:
        label = pool.cluster.calendar.label
        loss = f"; each period of waiting loses {percent(project.waiting_loss)} of its worth"
        told.append(
            f"It may start from {label(min(starts))} to {label(max(starts))}"
            f"{loss if project.waiting_loss else ''}."
        )
    if (stage := project.first_stage) is not None:
        first = money(stage.grant, pool.cluster.currency)
        told.append(
            f"Its first stage takes {first} over {count(stage.periods, 'period')}; it passes its "
            f"gate in {words.chance(stage.chance)} cases."
        )
    return " ".join(told)


def _versions(project: Project, currency: str) -> Table:
    """The project as proposed and its versions."""
    ways = [("As proposed", project.cost, project.grant, Decimal(1))] if project.versions else []
    ways += [(one.name, one.cost, one.grant, one.worth) for one in project.versions]
    rows = tuple(
        (name, money(cost, currency), money(grant, currency), percent(worth))
        for name, cost, grant, worth in ways
    )
    return Table("Versions", ("Version", "Cost", "Grant asked", "Share of the worth"), rows)


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
