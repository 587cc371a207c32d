"""Rows of a cluster, its organizations, board, criteria and judgements, and the values they hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, cast

from sqlalchemy import Row

from portfolio.cluster import Cluster
from portfolio.organization import HelixRole, Member, Organization, SizeClass
from portfolio.scoring.criteria import Anchor, Criterion, Judgement, Shape
from portfolio.units import Calendar

Values = dict[str, Any]
AnyRow = Row[Any]


def day_text(day: date | None) -> str | None:
    """ISO text of a day."""
    return None if day is None else day.isoformat()


def day_of(text: str | None) -> date | None:
    """The day of ISO text."""
    return None if text is None else date.fromisoformat(text)


def grouped(rows: Iterable[AnyRow], key: str) -> dict[str, list[AnyRow]]:
    """Rows by the column that names what they belong to, in the order given."""
    groups: dict[str, list[AnyRow]] = {}
    for row in rows:
        groups.setdefault(getattr(row, key), []).append(row)
    return groups


def cluster_values(cluster: Cluster) -> Values:
    """Columns of a cluster, but for its place, alias and revision."""
    return {
        "id": cluster.id,
        "name": cluster.name,
        "currency": cluster.currency,
        "calendar_start": cluster.calendar.start.isoformat(),
        "calendar_months": cluster.calendar.months,
        "calendar_count": cluster.calendar.count,
        "purpose": cluster.purpose,
        "discount_rate": cluster.discount_rate,
        "next_board": day_text(cluster.next_board),
        "fictional": int(cluster.fictional),
    }


def cluster_of(row: AnyRow) -> Cluster:
    """The cluster of a row."""
    start = date.fromisoformat(row.calendar_start)
    return Cluster(
        id=row.id,
        name=row.name,
        currency=row.currency,
        calendar=Calendar(start, row.calendar_months, row.calendar_count),
        purpose=row.purpose,
        discount_rate=row.discount_rate,
        next_board=day_of(row.next_board),
        fictional=bool(row.fictional),
    )


def organization_values(cluster_id: str, organization: Organization, position: int) -> Values:
    """Columns of an organization. `undertaking` is its group: GROUP is a word of SQL."""
    return {
        "cluster_id": cluster_id,
        "id": organization.id,
        "position": position,
        "name": organization.name,
        "role": organization.role.value,
        "size": organization.size.value,
        "undertaking": organization.group,
        "sector": organization.sector,
        "region": organization.region,
        "country": organization.country,
        "newcomer": int(organization.newcomer),
        "on_board": int(organization.on_board),
    }


def organization_of(row: AnyRow) -> Organization:
    """The organization of a row."""
    return Organization(
        id=row.id,
        name=row.name,
        role=HelixRole(row.role),
        size=SizeClass(row.size),
        group=row.undertaking,
        sector=row.sector,
        region=row.region,
        country=row.country,
        newcomer=bool(row.newcomer),
        on_board=bool(row.on_board),
    )


def member_values(cluster_id: str, member: Member, position: int) -> Values:
    """Columns of a board member."""
    return {
        "cluster_id": cluster_id,
        "id": member.id,
        "position": position,
        "name": member.name,
        "organization": member.organization,
        "chair": int(member.chair),
    }


def member_of(row: AnyRow) -> Member:
    """The board member of a row."""
    return Member(row.id, row.name, row.organization, bool(row.chair))


def criterion_values(cluster_id: str, criterion: Criterion, position: int) -> Values:
    """Columns of a criterion, but for its anchors."""
    return {
        "cluster_id": cluster_id,
        "id": criterion.id,
        "position": position,
        "name": criterion.name,
        "swing": criterion.swing,
        "measure": criterion.measure,
        "shape": criterion.shape,
        "question": criterion.question,
    }


def anchor_values(cluster_id: str, criterion: Criterion) -> list[Values]:
    """Columns of a criterion's anchors."""
    return [
        {
            "cluster_id": cluster_id,
            "criterion_id": criterion.id,
            "position": position,
            "level": anchor.level,
            "value": anchor.value,
            "text": anchor.text,
        }
        for position, anchor in enumerate(criterion.anchors)
    ]


def criterion_of(row: AnyRow, anchors: Sequence[AnyRow]) -> Criterion:
    """The criterion of a row and those of its anchors, in order."""
    return Criterion(
        id=row.id,
        name=row.name,
        swing=row.swing,
        anchors=tuple(Anchor(anchor.level, anchor.value, anchor.text) for anchor in anchors),
        measure=row.measure,
        shape=cast("Shape", row.shape),
        question=row.question,
    )


def judgement_values(cluster_id: str, judgement: Judgement, position: int) -> Values:
    """Columns of a judgement."""
    return {
        "cluster_id": cluster_id,
        "member_id": judgement.member,
        "project_id": judgement.project,
        "criterion_id": judgement.criterion,
        "position": position,
        "level": judgement.level,
        "interest": int(judgement.interest),
    }


def judgement_of(row: AnyRow) -> Judgement:
    """The judgement of a row."""
    return Judgement(row.member_id, row.project_id, row.criterion_id, row.level, bool(row.interest))
