"""Make the demo's committed JSON from the hand-written tables beside it.

`python -m data.samples.make_demo` writes the files; the same tables and seed always give the same
bytes. Figures that nobody wants to write by hand (judgements around a common view, the series of
reports before the last one, yearly cash flows) are drawn here.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from data.codec import plain
from data.samples import (
    PAST_DECISION_FILE,
    PastDecision,
    as_it_was,
    halm_organizations,
    halm_projects,
    halm_proposals,
    halm_question,
    weidenau,
)
from data.samples import halm_september as september
from portfolio.cluster import Cluster
from portfolio.feasibility import checks
from portfolio.funding.allocation import allocate
from portfolio.organization import HelixRole, Member, Organization, SizeClass
from portfolio.pool import Pool
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
from portfolio.scenario import Scenario, with_money
from portfolio.scoring.criteria import Criterion, Judgement
from portfolio.scoring.value import total
from portfolio.selection import Choice, Selection, Status

SEED = 20261124
HOME = "DE"
SIZES = {"S": SizeClass.SMALL, "M": SizeClass.MID, "L": SizeClass.LARGE, "-": SizeClass.NOT_A_FIRM}
SCOPES = {"C": Scope.CLUSTER_WIDE, "H": Scope.HOT_SPOT, "P": Scope.PRIVATE}
YEARS_OF_INCOME = 6
USUAL = {"waiting_loss": "0", "fee": "0"}
"""Defaults that are not empty."""
MILESTONE = re.compile(
    r"(?P<name>[^@]+)@(?P<baseline>[\d-]+)(>(?P<forecast>[\d-]+))?(=(?P<done>[\d-]+))?(?P<gate>\*)?"
)

Row = dict[str, str]


@dataclass(frozen=True)
class Source:
    """The hand-written material of one cluster."""

    cluster: Cluster
    organizations: str
    members: str
    proposals: str
    summaries: dict[str, str]
    running: str
    running_summaries: dict[str, str]
    notes: dict[str, str]
    closed: str
    criteria: tuple[Criterion, ...]
    splits: dict[str, dict[str, int]]
    unsure: dict[str, tuple[str, ...]]
    scenario: Scenario
    ways: str = ""
    technologies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    first_stages: str = ""


HALM = Source(
    cluster=halm_question.CLUSTER,
    organizations=halm_organizations.ORGANIZATIONS,
    members=halm_organizations.MEMBERS,
    proposals=halm_proposals.PROPOSALS,
    summaries=halm_proposals.SUMMARIES,
    running=halm_projects.RUNNING,
    running_summaries=halm_projects.RUNNING_SUMMARIES,
    notes=halm_projects.NOTES,
    closed=halm_projects.CLOSED,
    criteria=halm_question.CRITERIA,
    splits=halm_proposals.SPLITS,
    unsure=halm_proposals.UNSURE,
    scenario=halm_question.SCENARIO,
    ways=halm_proposals.WAYS,
    technologies=halm_proposals.TECHNOLOGIES,
    first_stages=halm_proposals.FIRST_STAGES,
)
WEIDENAU = Source(
    cluster=weidenau.CLUSTER,
    organizations=weidenau.ORGANIZATIONS,
    members=weidenau.MEMBERS,
    proposals=weidenau.PROPOSALS,
    summaries=weidenau.SUMMARIES,
    running=weidenau.RUNNING,
    running_summaries=weidenau.RUNNING_SUMMARIES,
    notes=weidenau.NOTES,
    closed=weidenau.CLOSED,
    criteria=weidenau.CRITERIA,
    splits=weidenau.SPLITS,
    unsure=weidenau.UNSURE,
    scenario=weidenau.SCENARIO,
)


def make_pool(source: Source) -> Pool:
    """The whole cluster from its tables; the same every time."""
    draw = random.Random(SEED)
    organizations = tuple(organization(row) for row in rows(source.organizations))
    known = {entry.id: entry for entry in organizations}
    members = [(member(row), float(row["lean"])) for row in rows(source.members)]
    proposal_rows = rows(source.proposals)
    ways = {row["id"]: row for row in rows(source.ways)}
    first = {row["id"]: row for row in rows(source.first_stages)}
    proposals = [
        in_stages(
            in_other_ways(proposal(row, source, known), ways.get(row["id"])), first.get(row["id"])
        )
        for row in proposal_rows
    ]
    running = [running_project(row, source, known, draw) for row in rows(source.running)]
    closed = [closed_project(row, known) for row in rows(source.closed)]
    views = {row["id"]: row["view"] for row in proposal_rows}
    built_on = {each: name for name, ids in source.technologies.items() for each in ids}
    return Pool(
        cluster=source.cluster,
        projects=tuple(
            replace(each, technology=built_on.get(each.id, ""))
            for each in (*proposals, *running, *closed)
        ),
        organizations=organizations,
        members=tuple(entry for entry, _ in members),
        criteria=source.criteria,
        judgements=tuple(
            judgement
            for project in sorted(proposals, key=lambda entry: entry.id)
            for entry, lean in members
            for judgement in judgements(project, views[project.id], entry, lean, source, draw)
        ),
        scenario=source.scenario,
    )


def rows(table: str) -> list[Row]:
    """The rows of a table drawn with bars: cells by column name."""
    lines = [line for line in table.strip().splitlines() if line.strip()]
    if not lines:
        return []
    names = cells(lines[0])
    return [dict(zip(names, cells(line), strict=True)) for line in lines[1:]]


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")]


def organization(row: Row) -> Organization:
    return Organization(
        id=row["id"],
        name=row["name"],
        role=HelixRole(row["role"]),
        size=SIZES[row["size"]],
        group=row["group"],
        sector=row["sector"],
        region=row["region"],
        country=row["country"],
        newcomer="n" in row["flags"],
        on_board="b" in row["flags"],
    )


def member(row: Row) -> Member:
    return Member(row["id"], row["name"], row["organization"], row["chair"] == "yes")


def proposal(row: Row, source: Source, known: dict[str, Organization]) -> Project:
    start = date.fromisoformat(f"{row['begin']}-01")
    end = months_after(start, int(row["months"])) - timedelta(days=1)
    payoff = three_point([row["low"], row["likely"], row["high"]])
    project = Project(
        **shared(row, known),
        summary=source.summaries[row["id"]],
        payoff=payoff,
        launch_cost=thousand(row["launch"]),
        months_to_payoff=int(row["pay"]),
        start=start,
        end=end,
        spend=tuple(int(share) for share in row["profile"].split(",")),
        resources=needs(row),
    )
    if row["plan"] != "y":
        return project
    return replace(project, cash=cash_plan(project, source.cluster.discount_rate))


def in_other_ways(project: Project, row: Row | None) -> Project:
    """The proposal with the other ways to run it, if it has any."""
    if row is None:
        return project
    version = Version(
        row["version"], thousand(row["cost"]), thousand(row["grant"]), hundredth(row["worth"])
    )
    return replace(
        project,
        versions=(version,) if row["version"] else (),
        least_share=hundredth(row["least"]) or None,
        latest_start=day(row["waits"]),
        waiting_loss=hundredth(row["loss"]),
    )


def in_stages(project: Project, row: Row | None) -> Project:
    """The proposal with its first stage, if it has one."""
    if row is None:
        return project
    stage = FirstStage(thousand(row["first"]), int(row["periods"]), int(row["gate"]) / 100)
    return replace(project, first_stage=stage)


def hundredth(percent: str) -> Decimal:
    """A share of a number in 100; nothing said is 0."""
    return Decimal(percent or 0) / 100


def shared(row: Row, known: dict[str, Organization]) -> dict[str, Any]:
    """What proposals, running and closed projects have in common."""
    names = [name for name in row.get("partners", "").split(",") if name]
    partners = tuple(Partner(name.lstrip("-"), not name.startswith("-")) for name in names)
    lead = known[row["lead"]]
    return {
        "id": row["id"],
        "name": row["name"],
        "cost": thousand(row["cost"]),
        "grant": thousand(row["grant"]),
        "cost_known": bool(row["cost"]),
        "lead": lead.id,
        "leader": row.get("leader", ""),
        "partners": partners,
        "theme": row["theme"],
        "scope": SCOPES[row["scope"]] if row.get("scope") else None,
        "region": lead.region,
        "international": any(known[p.organization].country != HOME for p in partners),
        "newcomer": lead.newcomer,
        "p_technical": chance(row["pts"]),
        "p_commercial": chance(row["pcs"]),
    }


def needs(row: Row) -> tuple[ResourceNeed, ...]:
    wanted = (("staff days", row["staff"]), ("test vessel days", row["ship"]))
    return tuple(ResourceNeed(name, Decimal(days)) for name, days in wanted if days != "0")


def cash_plan(project: Project, rate: float) -> tuple[CashYear, ...]:
    """A plan by calendar year that says the same as the three points.

    The cost falls evenly over the years of work, with the technical gate at their end; then
    comes the launch with the commercial gate; then level income over six years whose present
    value (at the launch) is the likely payoff.
    """
    assert project.start and project.end and project.payoff
    work = list(range(project.start.year, project.end.year + 1))
    share = project.cost // len(work)
    amounts = [-share] * len(work)
    amounts[0] -= project.cost - share * len(work)
    plan = [
        CashYear(year, amount, project.p_technical or 1.0 if year == work[-1] else 1.0)
        for year, amount in zip(work, amounts, strict=True)
    ]
    launch = work[-1] + 1
    plan.append(CashYear(launch, -project.launch_cost, project.p_commercial or 1.0))
    level = project.payoff.likely / sum((1 + rate) ** -k for k in range(1, YEARS_OF_INCOME + 1))
    income = round(level / 100_000) * 100_000
    plan += [CashYear(launch + k, income) for k in range(1, YEARS_OF_INCOME + 1)]
    return tuple(plan)


def running_project(
    row: Row, source: Source, known: dict[str, Organization], draw: random.Random
) -> Project:
    return Project(
        **shared(row, known),
        status=ProjectStatus.RUNNING,
        summary=source.running_summaries[row["id"]],
        payoff=three_point(row["payoff"].split(",")),
        start=day(row["begin"]),
        end=day(row["end"]),
        milestones=tuple(
            milestone(text) for text in row["milestones"].split(";") if text.strip()
        ),
        reports=reports(row, source.notes.get(row["id"], ""), draw),
    )


def milestone(text: str) -> Milestone:
    match = MILESTONE.fullmatch(text.strip())
    assert match, text
    return Milestone(
        name=match["name"].strip(),
        baseline=date.fromisoformat(match["baseline"]),
        forecast=day(match["forecast"] or ""),
        done=day(match["done"] or ""),
        gate=bool(match["gate"]),
    )


def reports(row: Row, note: str, draw: random.Random) -> tuple[Report, ...]:
    """The reports of a running project, back from the last one, which the table gives."""
    last, start, planned, forecast = (day(row[key]) for key in ("last", "begin", "end", "forecast"))
    if last is None or start is None or planned is None or forecast is None:
        return ()
    days = [last]
    while (earlier := days[-1] - timedelta(weeks=int(row["weeks"]))) > start + timedelta(days=20):
        days.append(earlier)
    series = []
    for on in reversed(days):
        passed = (on - start).days / (last - start).days
        wobble = 1.0 if on == last else draw.uniform(0.96, 1.04)
        slip = timedelta(days=round((forecast - planned).days * max(0.0, 2 * passed - 1)))
        end = forecast if on == last else planned + slip
        series.append(
            Report(
                on=on,
                complete=round(min(int(row["done"]) / 100 * passed**1.1 * wobble, 1.0), 2),
                spent=round(int(row["spent"]) * passed * wobble) * 100_000,
                forecast_end=end,
                rating=rating((end - planned).days),
                note=note if on == last else "",
            )
        )
    return tuple(series)


def rating(days_late: int) -> str:
    if days_late <= 14:
        return "Green"
    return "Amber" if days_late <= 180 else "Red"


def closed_project(row: Row, known: dict[str, Organization]) -> Project:
    return Project(
        **shared(row, known),
        status=ProjectStatus.CLOSED,
        payoff=three_point(row["payoff"].split(",")),
        start=date.fromisoformat(f"{row['begin']}-01"),
        end=day(row["end"]),
        closed_on=day(row["closed"]),
        outcome=Outcome(
            payoff=thousand(row["paid"]),
            spent=thousand(row["spent"]),
            success=row["ok"] == "y",
            reason=row["reason"],
            lesson=row["lesson"],
        ),
    )


def judgements(
    project: Project,
    view: str,
    judge: Member,
    lean: float,
    source: Source,
    draw: random.Random,
) -> list[Judgement]:
    """What one member says of one proposal: the common view, bent by the member's lean."""
    interest = judge.organization in {project.lead, *(p.organization for p in project.partners)}
    split = source.splits.get(project.id, {}).get(judge.id)
    unsure = project.id in source.unsure.get(judge.id, ())
    given = []
    for place, (criterion, step) in enumerate(zip(source.criteria, view, strict=True)):
        levels = [anchor.level for anchor in criterion.anchors]
        around = int(step) if split is None else split
        own = round(around + lean + draw.gauss(0, 0.45 if split is None else 0.15))
        level = levels[min(max(own, 0), len(levels) - 1)]
        silent = unsure and place >= len(view) // 2
        given.append(
            Judgement(judge.id, project.id, criterion.id, None if silent else level, interest)
        )
    return given


def three_point(amounts: list[str]) -> ThreePoint | None:
    return ThreePoint(*(thousand(amount) for amount in amounts)) if all(amounts) else None


def thousand(amount: str) -> int:
    """Cents of an amount in thousand euros; nothing said is 0."""
    return int(amount or 0) * 100_000


def chance(percent: str) -> float | None:
    return int(percent) / 100 if percent else None


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def months_after(start: date, months: int) -> date:
    month = start.month - 1 + months
    return date(start.year + month // 12, month % 12 + 1, 1)


def layout(pool: Pool) -> str:
    """JSON that reads and diffs well: a record a line, projects and the question over many."""
    parts = []
    for name, value in plain(pool).items():
        if name in ("projects", "scenario"):
            text = json.dumps(without_empty(value), ensure_ascii=False, indent=1)
        elif isinstance(value, list):
            text = "[\n" + ",\n".join(json.dumps(v, ensure_ascii=False) for v in value) + "\n]"
        else:
            text = json.dumps(value, ensure_ascii=False)
        parts.append(f'"{name}": {text}')
    return "{\n" + ",\n".join(parts) + "\n}\n"


def without_empty(value: Any) -> Any:
    """The same without what is empty or as usual: reading it back gives the defaults."""
    if isinstance(value, dict):
        return {
            key: without_empty(item)
            for key, item in value.items()
            if item not in (None, "", []) and USUAL.get(key) != item
        }
    if isinstance(value, list):
        return [without_empty(item) for item in value]
    return value


def past_decision(pool: Pool) -> PastDecision:
    """The September decision over a main cluster, with its money and rules worked out."""
    then = as_it_was(pool, september.AT.date(), september.NOT_YET)
    scenario = replace(with_money(then.scenario, september.MONEY), name=september.NAME)
    payments = allocate(then, scenario, september.CHOSEN).payments
    worth = total(then, scenario.objective, september.CHOSEN)
    return PastDecision(
        title=september.TITLE,
        who=september.WHO,
        why=september.WHY,
        at=september.AT,
        not_yet=september.NOT_YET,
        scenario=scenario,
        selection=Selection(
            status=Status.OPTIMAL,
            chosen=tuple(Choice(project_id) for project_id in september.CHOSEN),
            value=worth,
            bound=worth,
            spend=sum(payment.cents for payment in payments),
            payments=payments,
            checks=checks(then, scenario, september.CHOSEN, payments),
            message="Proven best.",
        ),
    )


def main() -> None:
    folder = Path(__file__).parent
    for source in (HALM, WEIDENAU):
        pool = make_pool(source)
        (folder / f"{pool.cluster.id}.json").write_text(layout(pool), encoding="utf-8")
    record = plain(past_decision(make_pool(HALM)))
    text = json.dumps(record, ensure_ascii=False, indent=1)
    (folder / PAST_DECISION_FILE).write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
