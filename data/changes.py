"""The log: every act with what it changed, written and taken back as one."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from data import pools
from data.codec import from_json, to_json
from data.sentences import done_again, taken_back
from data.tables import change, change_entry, cluster, decision
from portfolio.cluster import Cluster
from portfolio.errors import ConflictError, NotFoundError
from portfolio.organization import Member, Organization
from portfolio.project import Project
from portfolio.scenario import Scenario
from portfolio.scoring.criteria import Criterion, Judgement

THE_ONE = ""
"""The key of what a cluster has one of."""
DECISION = "decision"
"""What a decision is called in the log: noted there, never put back."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One thing that an act changes: `before` or `after` is None where it is not there."""

    entity: str
    key: str
    before: object | None
    after: object | None


@dataclass(frozen=True, slots=True)
class LogEntry:
    """An act in the log. `at` is in UTC; `undo_of` and `undone_by` name other entries.

    `can_undo` is False for what changed nothing that could be put back, such as a decision.
    """

    id: int
    at: datetime
    who: str
    sentence: str
    undo_of: int | None
    undone_by: int | None
    can_undo: bool


@dataclass(frozen=True, slots=True)
class _Kind:
    """How one kind of thing is read by keys, written by keys, and parsed from its JSON."""

    parse: Callable[[str], Any]
    read: Callable[[Connection, str, Sequence[str]], Mapping[str, Any]]
    write: Callable[[Connection, str, Mapping[str, Any]], None]


def _one(
    parse: Callable[[str], Any],
    read: Callable[[Connection, str], Any],
    write: Callable[[Connection, str, Any], None],
) -> _Kind:
    return _Kind(
        parse,
        lambda connection, cluster_id, _: {THE_ONE: read(connection, cluster_id)},
        lambda connection, cluster_id, values: write(connection, cluster_id, values[THE_ONE]),
    )


def judgement_key(judgement: Judgement) -> str:
    """The key of a judgement: whose, on what, by which criterion."""
    return json.dumps(
        [judgement.member, judgement.project, judgement.criterion], ensure_ascii=False
    )


def _judgement_parts(key: str) -> pools.JudgementKey:
    member, project, criterion = json.loads(key)
    return member, project, criterion


def _read_judgements(
    connection: Connection, cluster_id: str, keys: Sequence[str]
) -> dict[str, Judgement]:
    found = pools.read_judgements(connection, cluster_id)
    parts = {key: _judgement_parts(key) for key in keys}
    return {key: found[part] for key, part in parts.items() if part in found}


def _write_judgements(
    connection: Connection, cluster_id: str, values: Mapping[str, Judgement | None]
) -> None:
    by_parts = {_judgement_parts(key): value for key, value in values.items()}
    pools.write_judgements(connection, cluster_id, by_parts)


KINDS: dict[str, _Kind] = {
    "project": _Kind(
        lambda text: from_json(Project, text), pools.read_projects, pools.write_projects
    ),
    "organization": _Kind(
        lambda text: from_json(Organization, text),
        pools.read_organizations,
        pools.write_organizations,
    ),
    "judgement": _Kind(
        lambda text: from_json(Judgement, text), _read_judgements, _write_judgements
    ),
    "members": _one(
        lambda text: from_json(tuple[Member, ...], text), pools.read_members, pools.write_members
    ),
    "criteria": _one(
        lambda text: from_json(tuple[Criterion, ...], text),
        pools.read_criteria,
        pools.write_criteria,
    ),
    "scenario": _one(
        lambda text: from_json(Scenario, text), pools.read_scenario, pools.write_scenario
    ),
    "cluster": _one(lambda text: from_json(Cluster, text), pools.read_cluster, pools.write_cluster),
}


def stored(connection: Connection, cluster_id: str, entity: str, keys: Sequence[str]) -> Any:
    """Things of one kind as they are now, by key; those that are not there are left out."""
    return KINDS[entity].read(connection, cluster_id, keys)


def apply(
    connection: Connection,
    cluster_id: str,
    edits: Sequence[Edit],
    at: datetime,
    who: str,
    sentence: str,
    undo_of: int | None = None,
) -> int:
    """Write the edits and log them as one act; its id. The cluster's revision goes up by one."""
    # The log first: it refuses values that have no JSON before anything is written.
    number = log(connection, cluster_id, at, who, sentence, edits, undo_of)
    for entity in dict.fromkeys(edit.entity for edit in edits):
        values = {edit.key: edit.after for edit in edits if edit.entity == entity}
        KINDS[entity].write(connection, cluster_id, values)
    revision = cluster.c.revision + 1
    connection.execute(update(cluster).where(cluster.c.id == cluster_id).values(revision=revision))
    return number


def log(
    connection: Connection,
    cluster_id: str,
    at: datetime,
    who: str,
    sentence: str,
    edits: Sequence[Edit] = (),
    undo_of: int | None = None,
) -> int:
    """Note an act without writing anything else; its id."""
    change_id = int(
        connection.execute(
            insert(change)
            .values(
                cluster_id=cluster_id,
                made_at=at.isoformat(),
                made_by=who,
                sentence=sentence,
                undo_of=undo_of,
            )
            .returning(change.c.id)
        ).scalar_one()
    )
    entries = [
        {
            "change_id": change_id,
            "position": position,
            "entity": edit.entity,
            "entity_id": edit.key,
            "before": None if edit.before is None else to_json(edit.before),
            "after": None if edit.after is None else to_json(edit.after),
        }
        for position, edit in enumerate(edits)
    ]
    if entries:
        connection.execute(insert(change_entry), entries)
    return change_id


def entries(connection: Connection, cluster_id: str, limit: int) -> tuple[LogEntry, ...]:
    """The latest acts on a cluster, newest first."""
    undo = change.alias("undo")
    has_edits = (
        select(change_entry.c.change_id)
        .where(change_entry.c.change_id == change.c.id, change_entry.c.entity != DECISION)
        .exists()
    )
    undone_by = (
        select(undo.c.id)
        .where(undo.c.undo_of == change.c.id)
        .order_by(undo.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    rows = connection.execute(
        select(change, undone_by.label("undone_by"), has_edits.label("has_edits"))
        .where(change.c.cluster_id == cluster_id)
        .order_by(change.c.made_at.desc(), change.c.id.desc())
        .limit(limit)
    )
    return tuple(
        LogEntry(
            id=row.id,
            at=datetime.fromisoformat(row.made_at),
            who=row.made_by,
            sentence=row.sentence,
            undo_of=row.undo_of,
            undone_by=row.undone_by,
            can_undo=bool(row.has_edits) and row.undone_by is None,
        )
        for row in rows
    )


def undo(connection: Connection, change_id: int, at: datetime, who: str) -> int:
    """Take an act back as one; the id of the act that does so.

    NotFoundError when there is no such act. ConflictError when it was taken back already, when
    what it changed was changed again since, or when there is nothing to put back.
    """
    row = connection.execute(select(change).where(change.c.id == change_id)).one_or_none()
    if row is None:
        raise NotFoundError(f"There is no change number {change_id} in this store.")
    if connection.execute(select(change.c.id).where(change.c.undo_of == change_id)).first():
        raise ConflictError(f"This was taken back already: {row.sentence}")
    edits = [
        _edit(entry)
        for entry in connection.execute(
            select(change_entry)
            .where(change_entry.c.change_id == change_id, change_entry.c.entity != DECISION)
            .order_by(change_entry.c.position)
        )
    ]
    if not edits:
        raise ConflictError(f"This cannot be taken back: {row.sentence}")
    _still_there(connection, row.cluster_id, edits)
    back = [Edit(edit.entity, edit.key, edit.after, edit.before) for edit in edits]
    sentence = _undo_sentence(connection, row, who)
    return apply(connection, row.cluster_id, back, at, who, sentence, change_id)


def _undo_sentence(connection: Connection, row: Any, who: str) -> str:
    """The sentence of the first act of a chain of undos, and whether it now stands again."""
    again = False
    while row.undo_of is not None:
        row = connection.execute(select(change).where(change.c.id == row.undo_of)).one()
        again = not again
    return done_again(who, row.sentence) if again else taken_back(who, row.sentence)


def _edit(entry: Any) -> Edit:
    def value(text: str | None) -> object | None:
        return None if text is None else KINDS[entry.entity].parse(text)

    return Edit(entry.entity, entry.entity_id, value(entry.before), value(entry.after))


def _still_there(connection: Connection, cluster_id: str, edits: Sequence[Edit]) -> None:
    for entity in dict.fromkeys(edit.entity for edit in edits):
        expected = {edit.key: edit.after for edit in edits if edit.entity == entity}
        now = stored(connection, cluster_id, entity, list(expected))
        for key, value in expected.items():
            if now.get(key) != value:
                raise ConflictError(
                    "What this changed was changed again since. "
                    f"{last_act(connection, cluster_id, entity, key)} Take that back first."
                )


def lost_decisions(connection: Connection) -> Iterator[str]:
    """Decisions that the log knows and the store no longer has, as sentences."""
    noted = select(change_entry.c.entity_id, change_entry.c.after).where(
        change_entry.c.entity == DECISION
    )
    kept = {
        str(row.id): row.fingerprint
        for row in connection.execute(select(decision.c.id, decision.c.fingerprint))
    }
    for row in connection.execute(noted):
        if kept.get(row.entity_id) != json.loads(row.after):
            yield f"Decision {row.entity_id} of the log is not the one that is kept."


def last_act(connection: Connection, cluster_id: str, entity: str, key: str) -> str:
    """The sentence of the latest act on a thing, "" when the log has none."""
    return (
        connection.execute(
            select(change.c.sentence)
            .join(change_entry, change_entry.c.change_id == change.c.id)
            .where(
                change.c.cluster_id == cluster_id,
                change_entry.c.entity == entity,
                change_entry.c.entity_id == key,
            )
            .order_by(change.c.id.desc())
            .limit(1)
        ).scalar()
        or ""
    )
