"""Reading and writing the parts of a cluster on an open connection."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, func, insert, select, update

from data import rows
from data.project_rows import part_values, project_values, projects_of
from data.rows import AnyRow, Values
from data.scenario_rows import scenario_of, scenario_values
from data.tables import (
    PROJECT_PARTS,
    cluster,
    criterion,
    criterion_anchor,
    judgement,
    member,
    organization,
    project,
    rule,
    scenario,
    source,
    source_budget,
    source_condition,
    source_rate,
)
from portfolio.cluster import Cluster
from portfolio.errors import NotFoundError
from portfolio.organization import Member, Organization
from portfolio.pool import Pool
from portfolio.project import Project
from portfolio.scenario import Scenario
from portfolio.scoring.criteria import Criterion, Judgement

JudgementKey = tuple[str, str, str]
FEW = 200
"""Up to so many things are fetched one by one; for more, the whole table is read."""


def read_pool(connection: Connection, cluster_id: str) -> Pool:
    """The whole cluster. NotFoundError when there is none of this id."""
    found = read_cluster(connection, cluster_id)
    projects = read_projects(connection, cluster_id)
    members = read_members(connection, cluster_id)
    criteria = read_criteria(connection, cluster_id)
    return Pool(
        cluster=found,
        projects=tuple(projects.values()),
        organizations=tuple(read_organizations(connection, cluster_id).values()),
        members=members,
        criteria=criteria,
        judgements=_of_the_present(
            read_judgements(connection, cluster_id).values(), projects, members, criteria
        ),
        scenario=read_scenario(connection, cluster_id),
    )


def _of_the_present(
    judgements: Iterable[Judgement],
    projects: Mapping[str, Project],
    members: Iterable[Member],
    criteria: Iterable[Criterion],
) -> tuple[Judgement, ...]:
    judges = {entry.id for entry in members}
    asked = {entry.id for entry in criteria}
    return tuple(
        entry
        for entry in judgements
        if entry.project in projects and entry.member in judges and entry.criterion in asked
    )


def read_cluster(connection: Connection, cluster_id: str) -> Cluster:
    """The cluster alone. NotFoundError when there is none of this id."""
    row = connection.execute(select(cluster).where(cluster.c.id == cluster_id)).one_or_none()
    if row is None:
        raise NotFoundError(f"There is no cluster “{cluster_id}” in this store.")
    return rows.cluster_of(row)


def write_cluster(connection: Connection, cluster_id: str, value: Cluster) -> None:
    """Replace what is said of a cluster itself; its id stays."""
    values = {**rows.cluster_values(value), "id": cluster_id}
    connection.execute(update(cluster).where(cluster.c.id == cluster_id).values(values))


def read_projects(
    connection: Connection, cluster_id: str, ids: Sequence[str] | None = None
) -> dict[str, Project]:
    """Projects by id, all or those named. An id that is not there is left out."""
    if ids is not None and len(ids) > FEW:
        wanted = set(ids)
        everything = read_projects(connection, cluster_id)
        return {key: value for key, value in everything.items() if key in wanted}
    found = _rows(connection, project, cluster_id, (project.c.id,), "id", ids)
    parts = {
        table: _rows(connection, table, cluster_id, (table.c.position,), "project_id", ids)
        for table in PROJECT_PARTS
    }
    return {value.id: value for value in projects_of(found, parts)}


def write_projects(
    connection: Connection, cluster_id: str, values: Mapping[str, Project | None]
) -> None:
    """Put projects in place of those of the same ids; None takes one away."""
    _delete(connection, project, cluster_id, "id", values)
    kept = [value for value in values.values() if value is not None]
    _insert(connection, project, [project_values(cluster_id, value) for value in kept])
    for table, entries in part_values(cluster_id, kept).items():
        _insert(connection, table, entries)


def read_organizations(
    connection: Connection, cluster_id: str, ids: Sequence[str] | None = None
) -> dict[str, Organization]:
    """Organizations by id in their order, all or those named."""
    few = ids if ids is None or len(ids) <= FEW else None
    found = _rows(connection, organization, cluster_id, (organization.c.position,), "id", few)
    wanted = None if ids is None else set(ids)
    return {
        row.id: rows.organization_of(row) for row in found if wanted is None or row.id in wanted
    }


def write_organizations(
    connection: Connection, cluster_id: str, values: Mapping[str, Organization | None]
) -> None:
    """Put organizations in place of those of the same ids; new ones come last."""
    places = _places(connection, organization, cluster_id, lambda row: str(row.id))
    _delete(connection, organization, cluster_id, "id", values)
    _insert(
        connection,
        organization,
        [
            rows.organization_values(cluster_id, value, places(key))
            for key, value in values.items()
            if value is not None
        ],
    )


def read_members(connection: Connection, cluster_id: str) -> tuple[Member, ...]:
    """The board, in its order."""
    found = _rows(connection, member, cluster_id, (member.c.position,))
    return tuple(rows.member_of(row) for row in found)


def write_members(connection: Connection, cluster_id: str, values: Sequence[Member]) -> None:
    """Replace the board."""
    connection.execute(delete(member).where(member.c.cluster_id == cluster_id))
    _insert(
        connection,
        member,
        [rows.member_values(cluster_id, value, place) for place, value in enumerate(values)],
    )


def read_criteria(connection: Connection, cluster_id: str) -> tuple[Criterion, ...]:
    """The criteria, in their order."""
    found = _rows(connection, criterion, cluster_id, (criterion.c.position,))
    anchors = rows.grouped(
        _rows(connection, criterion_anchor, cluster_id, (criterion_anchor.c.position,)),
        "criterion_id",
    )
    return tuple(rows.criterion_of(row, anchors.get(row.id, [])) for row in found)


def write_criteria(connection: Connection, cluster_id: str, values: Sequence[Criterion]) -> None:
    """Replace the criteria."""
    connection.execute(delete(criterion).where(criterion.c.cluster_id == cluster_id))
    _insert(
        connection,
        criterion,
        [rows.criterion_values(cluster_id, value, place) for place, value in enumerate(values)],
    )
    anchors = [anchor for value in values for anchor in rows.anchor_values(cluster_id, value)]
    _insert(connection, criterion_anchor, anchors)


def read_judgements(connection: Connection, cluster_id: str) -> dict[JudgementKey, Judgement]:
    """Judgements by member, project and criterion, those of what is gone included."""
    found = _rows(connection, judgement, cluster_id, (judgement.c.position,))
    return {_judgement_key(row): rows.judgement_of(row) for row in found}


def write_judgements(
    connection: Connection, cluster_id: str, values: Mapping[JudgementKey, Judgement | None]
) -> None:
    """Put judgements in place of those of the same keys; None takes one away."""
    places = _places(connection, judgement, cluster_id, _judgement_key)
    table = judgement.c
    if values:
        connection.execute(
            delete(judgement).where(
                table.cluster_id == cluster_id,
                table.member_id == bindparam("member"),
                table.project_id == bindparam("project"),
                table.criterion_id == bindparam("criterion"),
            ),
            [dict(zip(("member", "project", "criterion"), key, strict=True)) for key in values],
        )
    _insert(
        connection,
        judgement,
        [
            rows.judgement_values(cluster_id, value, places(key))
            for key, value in values.items()
            if value is not None
        ],
    )


def _judgement_key(row: AnyRow) -> JudgementKey:
    return row.member_id, row.project_id, row.criterion_id


def read_scenario(connection: Connection, cluster_id: str) -> Scenario:
    """The standing question; an empty one where none was saved."""
    heads = _rows(connection, scenario, cluster_id, ())
    return scenario_of(
        heads[0] if heads else None,
        _rows(connection, source, cluster_id, (source.c.position,)),
        _rows(connection, source_budget, cluster_id, (source_budget.c.position,)),
        _rows(connection, source_condition, cluster_id, (source_condition.c.position,)),
        _rows(connection, source_rate, cluster_id, (source_rate.c.position,)),
        _rows(connection, rule, cluster_id, (rule.c.position,)),
    )


def write_scenario(connection: Connection, cluster_id: str, value: Scenario) -> None:
    """Replace the standing question."""
    for table in (scenario, source, rule):
        connection.execute(delete(table).where(table.c.cluster_id == cluster_id))
    for table, entries in scenario_values(cluster_id, value).items():
        _insert(connection, table, entries)


def _rows(
    connection: Connection,
    table: Table,
    cluster_id: str,
    order: Sequence[Any],
    key: str = "id",
    ids: Sequence[str] | None = None,
) -> Sequence[AnyRow]:
    query = select(table).where(table.c.cluster_id == cluster_id).order_by(*order)
    if ids is not None:
        query = query.where(table.c[key].in_(ids))
    return connection.execute(query).all()


def _insert(connection: Connection, table: Table, entries: list[Values]) -> None:
    if entries:
        connection.execute(insert(table), entries)


def _delete(
    connection: Connection, table: Table, cluster_id: str, key: str, ids: Iterable[str]
) -> None:
    wanted = list(ids)
    for start in range(0, len(wanted), FEW):
        chunk = wanted[start : start + FEW]
        connection.execute(
            delete(table).where(table.c.cluster_id == cluster_id, table.c[key].in_(chunk))
        )


def _places(
    connection: Connection, table: Table, cluster_id: str, key_of: Callable[[AnyRow], Any]
) -> Callable[[Any], int]:
    """What place a thing keeps, or gets at the end of the line."""
    taken = {key_of(row): row.position for row in _rows(connection, table, cluster_id, ())}
    last = connection.execute(
        select(func.max(table.c.position)).where(table.c.cluster_id == cluster_id)
    ).scalar()
    end = -1 if last is None else last

    def place(key: Any) -> int:
        nonlocal end
        if key not in taken:
            end += 1
            taken[key] = end
        return int(taken[key])

    return place
