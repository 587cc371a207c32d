"""Decisions: kept as they were made, each holding the fingerprint of the one before."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, insert, select

from data.codec import pool_from_json, scenario_from_json, selection_from_json, to_json
from data.rows import AnyRow
from data.tables import decision, decision_pool
from portfolio.decision import Decision
from portfolio.errors import NotFoundError, StoreError
from portfolio.pool import Pool
from portfolio.scenario import Scenario
from portfolio.selection import Selection


def save(
    connection: Connection,
    pool: Pool,
    title: str,
    who: str,
    why: str,
    at: datetime,
    scenario: Scenario,
    selection: Selection,
) -> Decision:
    """Add a decision to the cluster's chain."""
    cluster_id = pool.cluster.id
    body = to_json(pool)
    columns = {
        "cluster_id": cluster_id,
        "title": title,
        "made_by": who,
        "why": why,
        "made_at": at.isoformat(),
        "scenario": to_json(scenario),
        "selection": to_json(selection),
        "pool": sha256(body.encode()).hexdigest(),
        "previous": _last_fingerprint(connection, cluster_id),
    }
    columns["fingerprint"] = _fingerprint(columns)
    _keep_pool(connection, columns["pool"], body)
    number = connection.execute(insert(decision).values(columns).returning(decision.c.id))
    return read(connection, int(number.scalar_one()))


def _last_fingerprint(connection: Connection, cluster_id: str) -> str:
    return (
        connection.execute(
            select(decision.c.fingerprint)
            .where(decision.c.cluster_id == cluster_id)
            .order_by(decision.c.id.desc())
            .limit(1)
        ).scalar()
        or ""
    )


def _keep_pool(connection: Connection, fingerprint: str, body: str) -> None:
    known = select(decision_pool.c.fingerprint).where(decision_pool.c.fingerprint == fingerprint)
    if connection.execute(known).first() is None:
        connection.execute(
            insert(decision_pool).values(fingerprint=fingerprint, body=zlib.compress(body.encode()))
        )


def _fingerprint(columns: dict[str, Any]) -> str:
    """SHA-256 over every column as it is stored, the fingerprint before it included."""
    names = sorted(columns.keys() - {"id", "fingerprint"})
    text = json.dumps({name: columns[name] for name in names}, ensure_ascii=False)
    return sha256(text.encode()).hexdigest()


def read(connection: Connection, decision_id: int) -> Decision:
    """One decision with the pool as it was. NotFoundError when there is none of this number.

    StoreError when the kept pool is not the one that was decided on.
    """
    row = connection.execute(
        select(decision, decision_pool.c.body)
        .join(decision_pool, decision_pool.c.fingerprint == decision.c.pool)
        .where(decision.c.id == decision_id)
    ).one_or_none()
    if row is None:
        raise NotFoundError(f"There is no decision number {decision_id} in this store.")
    body = _unpacked(row.body)
    if body is None or sha256(body).hexdigest() != row.pool:
        raise StoreError(f"The data kept with decision {decision_id} was altered.")
    return _decision(row, pool_from_json(body))


def every(connection: Connection, cluster_id: str) -> tuple[Decision, ...]:
    """A cluster's decisions without their pools, newest first."""
    rows = connection.execute(
        select(decision).where(decision.c.cluster_id == cluster_id).order_by(decision.c.id.desc())
    )
    return tuple(_decision(row, None) for row in rows)


def _decision(row: AnyRow, pool: Pool | None) -> Decision:
    return Decision(
        id=row.id,
        cluster=row.cluster_id,
        title=row.title,
        who=row.made_by,
        why=row.why,
        at=datetime.fromisoformat(row.made_at),
        scenario=scenario_from_json(row.scenario),
        selection=selection_from_json(row.selection),
        pool_fingerprint=row.pool,
        previous=row.previous,
        fingerprint=row.fingerprint,
        pool=pool,
    )


def _unpacked(body: bytes) -> bytes | None:
    try:
        return zlib.decompress(body)
    except zlib.error:
        return None


def faults(connection: Connection) -> Iterator[str]:
    """What is wrong with the chains of decisions and with the pools they keep, as sentences."""
    before: dict[str, str] = {}
    for row in connection.execute(select(decision).order_by(decision.c.id)):
        if row.previous != before.get(row.cluster_id, ""):
            yield f"Decision {row.id} does not follow the one before it: one was taken out."
        if row.fingerprint != _fingerprint(dict(row._mapping)):
            yield f"Decision {row.id}, “{row.title}”, was altered."
        before[row.cluster_id] = row.fingerprint
    for row in connection.execute(select(decision_pool)):
        body = _unpacked(row.body)
        if body is None or sha256(body).hexdigest() != row.fingerprint:
            yield f"The data kept under {row.fingerprint[:12]} was altered."
