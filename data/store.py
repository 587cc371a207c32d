"""The store: clusters with their projects, people and question, the log, and the decisions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from sqlalchemy import Connection, delete, func, insert, select, text

from data import changes, decisions, pools, sentences
from data.changes import THE_ONE, Edit, LogEntry, judgement_key
from data.checks import (
    id_problems,
    judgement_problems,
    must_be_fit,
    pool_problems,
    projects_problems,
    scenario_problems,
)
from data.codec import from_json, to_json
from data.database import Database
from data.mapping import Profile
from data.plan import ImportPlan
from data.rows import cluster_of, cluster_values
from data.samples import demo_pools, past_decision
from data.tables import cluster, metadata, profile
from data.upgrade import head, upgrade, version
from portfolio.cluster import Cluster
from portfolio.decision import Decision
from portfolio.errors import ConflictError, InputError, NotFoundError, Problem
from portfolio.organization import Member
from portfolio.pool import Pool
from portfolio.project import Project
from portfolio.scenario import Scenario
from portfolio.scoring.criteria import Criterion, Judgement
from portfolio.selection import Selection
from portfolio.wording import count, listed

DEMO_ALIAS = "demo"
OURSELVES = "Clusterfolio"

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class StoreInfo:
    """Where the store is, its version beside this program's own, and rows by table."""

    path: Path
    version: str
    newest: str
    counts: dict[str, int]


class Store:
    """Clusters in one file. Safe for any number of threads and processes.

    Every write is one transaction and one entry in the log; when the method returns, it is on the
    disk. Methods that write answer the number of that entry, for `undo`, or None when nothing was
    different. `who` is the person who acts. Where a method takes what the caller had `expected`
    to find, it raises ConflictError when somebody changed that first.
    """

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    @classmethod
    def open(
        cls,
        url: str,
        demo: bool = True,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> Store:
        """The store at a SQLAlchemy URL, made or brought to the present version as needed.

        With `demo`, a store without any cluster gets the demo's two. Raises InputError for an
        address that cannot be used, StoreError for a file that is no store of ours.
        """
        store = cls(Database(url), clock)
        try:
            with store._database.writing() as connection:
                upgrade(connection)
                empty = connection.execute(select(cluster.c.id).limit(1)).first() is None
                if demo and empty:
                    store._add_demo(connection)
        except BaseException:
            store.close()
            raise
        return store

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def __enter__(self) -> Self:
        """The store itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the file."""
        self.close()

    # What is there

    def clusters(self) -> tuple[Cluster, ...]:
        """All clusters, oldest first."""
        with self._database.reading() as connection:
            rows = connection.execute(select(cluster).order_by(cluster.c.position))
            return tuple(cluster_of(row) for row in rows)

    def aliases(self) -> dict[str, str]:
        """The other names that `find` knows, by the cluster's id; of clusters that have one."""
        with self._database.reading() as connection:
            rows = connection.execute(select(cluster.c.id, cluster.c.alias))
            return {str(row.id): str(row.alias) for row in rows if row.alias}

    def find(self, name: str) -> str:
        """The id of the cluster with this id, alias or name; NotFoundError names those there are.

        Capitals do not matter. An id goes before an alias, and an alias before a name.
        """
        wanted = name.strip().casefold()
        with self._database.reading() as connection:
            rows = connection.execute(select(cluster).order_by(cluster.c.position)).all()
        for column in ("id", "alias", "name"):
            for row in rows:
                if (getattr(row, column) or "").casefold() == wanted and wanted:
                    return str(row.id)
        there = listed((f"{row.alias or row.id} ({row.name})" for row in rows), most=20)
        hint = f"There is: {there}." if there else "The store has none yet."
        raise NotFoundError(f"There is no cluster “{name}” in this store. {hint}")

    def pool(self, cluster_id: str) -> Pool:
        """The whole cluster as it is now. NotFoundError when there is none of this id."""
        with self._database.reading() as connection:
            return pools.read_pool(connection, cluster_id)

    def revision(self, cluster_id: str) -> int:
        """How often the cluster was written to; its pool is the same while this is.

        A decision changes nothing in the pool and does not count.
        """
        with self._database.reading() as connection:
            return _revision(connection, cluster_id)

    def info(self) -> StoreInfo:
        """What `clusterfolio db info` tells."""
        with self._database.reading() as connection:
            counts = {
                table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
                for table in metadata.sorted_tables
            }
            return StoreInfo(self._database.path, version(connection), head(), counts)

    # Writing

    def create_cluster(self, new: Pool | Cluster, who: str, alias: str = "") -> None:
        """Add a cluster, with all that a pool holds.

        InputError with every problem for ids that are empty or taken, and for judgements of what
        is not there. It cannot be taken back.
        """
        pool = Pool(new) if isinstance(new, Cluster) else new
        with self._database.writing() as connection:
            self._create(connection, pool, who, alias)

    def save_project(
        self, cluster_id: str, project: Project, who: str, expected: Project | None
    ) -> int | None:
        """Add a project (`expected` None) or put it in place of the one that was read."""
        return self.save_projects(cluster_id, [(expected, project)], who)

    def save_projects(
        self, cluster_id: str, edits: Sequence[tuple[Project | None, Project | None]], who: str
    ) -> int | None:
        """Several projects as one act: pairs of what was read and what to keep.

        None on the left adds a project, None on the right removes one.
        """
        either = (before if after is None else after for before, after in edits)
        must_be_fit(projects_problems(project for project in either if project is not None))
        with self._database.writing() as connection:
            now = pools.read_cluster(connection, cluster_id)
            changed = [
                Edit("project", _id_of(before, after), before, after) for before, after in edits
            ]
            _expect(connection, cluster_id, changed)
            told = [pair for pair in edits if pair[0] != pair[1]]
            words = sentences.projects_changed(who, told, now.currency) if told else ""
            return self._apply(connection, cluster_id, changed, who, words)

    def apply_import(self, cluster_id: str, plan: ImportPlan, who: str) -> int | None:
        """Write what an import would change, as one act. What is gone from the file stays.

        ConflictError when projects or organizations are no longer those that the plan was made
        over.
        """
        incoming = (*plan.new, *(entry.after for entry in plan.changed))
        must_be_fit(
            (
                *projects_problems(incoming),
                *id_problems("organization", [entry.after.id for entry in plan.organizations]),
            )
        )
        with self._database.writing() as connection:
            pools.read_cluster(connection, cluster_id)
            edits = [Edit("project", project.id, None, project) for project in plan.new]
            edits += [
                Edit("project", entry.after.id, entry.before, entry.after) for entry in plan.changed
            ]
            edits += [
                Edit("organization", entry.after.id, entry.before, entry.after)
                for entry in plan.organizations
            ]
            _expect(connection, cluster_id, edits)
            words = sentences.import_taken(
                who, len(plan.new), len(plan.changed), len(plan.organizations)
            )
            return self._apply(connection, cluster_id, edits, who, words)

    def save_standing_scenario(
        self, cluster_id: str, scenario: Scenario, who: str, expected: Scenario | None = None
    ) -> int | None:
        """Replace the standing question: money, rules, aim."""
        must_be_fit(scenario_problems(scenario))
        with self._database.writing() as connection:
            pool = pools.read_pool(connection, cluster_id)
            edit = _replacing("scenario", pool.scenario, scenario)
            _expect_one(connection, cluster_id, edit, expected)
            words = sentences.scenario_changed(who, pool.scenario, scenario, pool)
            return self._apply(connection, cluster_id, [edit], who, words)

    def save_criteria(
        self,
        cluster_id: str,
        criteria: tuple[Criterion, ...],
        who: str,
        expected: tuple[Criterion, ...] | None = None,
    ) -> int | None:
        """Replace the criteria. Judgements by one that goes away come back with it."""
        must_be_fit(id_problems("criterion", [criterion.id for criterion in criteria]))
        with self._database.writing() as connection:
            pools.read_cluster(connection, cluster_id)
            now = pools.read_criteria(connection, cluster_id)
            edit = _replacing("criteria", now, criteria)
            _expect_one(connection, cluster_id, edit, expected)
            words = sentences.criteria_changed(who, now, criteria)
            return self._apply(connection, cluster_id, [edit], who, words)

    def save_members(
        self,
        cluster_id: str,
        members: tuple[Member, ...],
        who: str,
        expected: tuple[Member, ...] | None = None,
    ) -> int | None:
        """Replace the board. Judgements of a member who leaves come back with the member."""
        must_be_fit(id_problems("member", [member.id for member in members]))
        with self._database.writing() as connection:
            pools.read_cluster(connection, cluster_id)
            edit = _replacing("members", pools.read_members(connection, cluster_id), members)
            _expect_one(connection, cluster_id, edit, expected)
            words = f"{who or sentences.NOBODY} changed the board."
            return self._apply(connection, cluster_id, [edit], who, words)

    def save_cluster(self, new: Cluster, who: str, expected: Cluster | None = None) -> int | None:
        """Replace what is said of a cluster itself: name, calendar, next board and so on."""
        with self._database.writing() as connection:
            now = pools.read_cluster(connection, new.id)
            edit = _replacing("cluster", now, new)
            _expect_one(connection, new.id, edit, expected)
            words = sentences.cluster_changed(who, now, new)
            return self._apply(connection, new.id, [edit], who, words)

    def save_judgements(
        self, cluster_id: str, judgements: Sequence[Judgement], who: str
    ) -> int | None:
        """Keep what members said, as one act, in place of what each of them said before."""
        with self._database.writing() as connection:
            pool = pools.read_pool(connection, cluster_id)
            must_be_fit(judgement_problems(pool, judgements))
            keys = [judgement_key(entry) for entry in judgements]
            now = changes.stored(connection, cluster_id, "judgement", keys)
            edits = [
                Edit("judgement", key, now.get(key), entry)
                for key, entry in zip(keys, judgements, strict=True)
            ]
            names = dict.fromkeys(pool.project(entry.project).name for entry in judgements)
            words = sentences.judged(who, tuple(names), len(judgements))
            return self._apply(connection, cluster_id, edits, who, words)

    # The log

    def changes(self, cluster_id: str, limit: int = 50) -> tuple[LogEntry, ...]:
        """The latest acts on a cluster, newest first."""
        with self._database.reading() as connection:
            return changes.entries(connection, cluster_id, limit)

    def last_act(self, cluster_id: str, project_id: str) -> str:
        """The sentence of the latest act on a project, "" when the log has none."""
        with self._database.reading() as connection:
            return changes.last_act(connection, cluster_id, "project", project_id)

    def undo(self, change_id: int, who: str) -> int:
        """Take an act back, an import too, as one act that can be taken back in turn.

        NotFoundError when there is no such act. ConflictError when it was taken back already or
        what it changed was changed again since.
        """
        with self._database.writing() as connection:
            return changes.undo(connection, change_id, self._clock(), who)

    # Decisions

    def save_decision(
        self,
        cluster_id: str,
        title: str,
        who: str,
        why: str,
        scenario: Scenario,
        selection: Selection,
        revision: int | None = None,
    ) -> Decision:
        """Keep a decision for good, with the pool as it is now.

        With the `revision` that the answer was computed on, ConflictError when the pool has
        changed since.
        """
        with self._database.writing() as connection:
            now = _revision(connection, cluster_id)
            if revision is not None and revision != now:
                raise ConflictError(
                    "The data was changed while you looked at this mix. Find the best mix again."
                )
            pool = pools.read_pool(connection, cluster_id)
            at = self._clock()
            return self._decide(connection, pool, title, who, why, at, scenario, selection)

    def decisions(self, cluster_id: str) -> tuple[Decision, ...]:
        """A cluster's decisions without their pools, newest first."""
        with self._database.reading() as connection:
            return decisions.every(connection, cluster_id)

    def decision(self, decision_id: int) -> Decision:
        """One decision with the pool as it was. NotFoundError when there is none."""
        with self._database.reading() as connection:
            return decisions.read(connection, decision_id)

    def verify(self) -> tuple[str, ...]:
        """Everything wrong with the file and with the chain of decisions; empty when whole."""
        with self._database.reading() as connection:
            checks = connection.execute(text("PRAGMA integrity_check")).scalars()
            broken = connection.execute(text("PRAGMA foreign_key_check")).all()
            return (
                *(f"The file is damaged: {check}." for check in checks if check != "ok"),
                *(f"The table {row[0]} speaks of what is not there." for row in broken),
                *decisions.faults(connection),
                *changes.lost_decisions(connection),
            )

    # Profiles

    def save_profile(self, new: Profile, who: str) -> None:
        """Keep a mapping by its name, in place of an older one of the same name."""
        if not new.name.strip():
            raise InputError((Problem("profile", "", "Give it a name."),))
        with self._database.writing() as connection:
            connection.execute(delete(profile).where(profile.c.name == new.name))
            connection.execute(
                insert(profile).values(
                    name=new.name,
                    body=to_json(new),
                    saved_by=who,
                    saved_at=self._clock().isoformat(),
                )
            )

    def profiles(self) -> tuple[Profile, ...]:
        """The kept mappings by name."""
        with self._database.reading() as connection:
            rows = connection.execute(select(profile.c.body).order_by(profile.c.name))
            return tuple(from_json(Profile, body) for (body,) in rows)

    def _apply(
        self,
        connection: Connection,
        cluster_id: str,
        edits: Iterable[Edit],
        who: str,
        sentence: str,
    ) -> int | None:
        different = [edit for edit in edits if edit.before != edit.after]
        if not different:
            return None
        return changes.apply(connection, cluster_id, different, self._clock(), who, sentence)

    def _decide(
        self,
        connection: Connection,
        pool: Pool,
        title: str,
        who: str,
        why: str,
        at: datetime,
        scenario: Scenario,
        selection: Selection,
    ) -> Decision:
        made = decisions.save(connection, pool, title, who, why, at, scenario, selection)
        words = f"{who or sentences.NOBODY} decided: {title}."
        note = Edit(changes.DECISION, str(made.id), None, made.fingerprint)
        changes.log(connection, pool.cluster.id, at, who, words, [note])
        return made

    def _add_demo(self, connection: Connection) -> None:
        for place, pool in enumerate(demo_pools()):
            self._create(connection, pool, OURSELVES, "" if place else DEMO_ALIAS)
        made, then = past_decision()
        self._decide(
            connection, then, made.title, made.who, made.why, made.at, made.scenario, made.selection
        )

    def _create(self, connection: Connection, pool: Pool, who: str, alias: str) -> None:
        cluster_id = pool.cluster.id
        must_be_fit((*pool_problems(pool), *_names_taken(connection, cluster_id, alias)))
        place = connection.execute(select(func.count()).select_from(cluster)).scalar_one()
        connection.execute(
            insert(cluster).values(
                **cluster_values(pool.cluster), position=place, alias=alias or None, revision=1
            )
        )
        pools.write_projects(connection, cluster_id, {entry.id: entry for entry in pool.projects})
        pools.write_organizations(
            connection, cluster_id, {entry.id: entry for entry in pool.organizations}
        )
        pools.write_members(connection, cluster_id, pool.members)
        pools.write_criteria(connection, cluster_id, pool.criteria)
        pools.write_judgements(
            connection,
            cluster_id,
            {(entry.member, entry.project, entry.criterion): entry for entry in pool.judgements},
        )
        pools.write_scenario(connection, cluster_id, pool.scenario)
        words = (
            f"{who or sentences.NOBODY} added {pool.cluster.name} "
            f"with {count(len(pool.projects), 'project')}."
        )
        changes.log(connection, cluster_id, self._clock(), who, words)


def _revision(connection: Connection, cluster_id: str) -> int:
    number = connection.execute(
        select(cluster.c.revision).where(cluster.c.id == cluster_id)
    ).scalar()
    if number is None:
        raise NotFoundError(f"There is no cluster “{cluster_id}” in this store.")
    return int(number)


def _names_taken(connection: Connection, cluster_id: str, alias: str) -> list[Problem]:
    taken = connection.execute(select(cluster.c.id, cluster.c.alias)).all()
    problems = []
    if any(row.id == cluster_id for row in taken):
        problems.append(Problem("cluster id", cluster_id, "Another cluster has it already."))
    if alias and any(row.alias == alias for row in taken):
        problems.append(Problem("alias", alias, "Another cluster has it already."))
    return problems


def _id_of(before: Project | None, after: Project | None) -> str:
    if before is not None and after is not None and before.id != after.id:
        raise InputError((Problem("project id", after.id, f"The id {before.id} stays as it is."),))
    return next(project.id for project in (after, before) if project is not None)


def _replacing(entity: str, before: object, after: object) -> Edit:
    return Edit(entity, THE_ONE, before, after)


def _expect(connection: Connection, cluster_id: str, edits: Sequence[Edit]) -> None:
    """ConflictError unless projects and organizations are as the caller had read them."""
    for entity in dict.fromkeys(edit.entity for edit in edits):
        same = [edit for edit in edits if edit.entity == entity]
        now = changes.stored(connection, cluster_id, entity, [edit.key for edit in same])
        for edit in same:
            if now.get(edit.key) != edit.before:
                raise ConflictError(_conflict(connection, cluster_id, edit, now.get(edit.key)))


def _expect_one(
    connection: Connection, cluster_id: str, edit: Edit, expected: object | None
) -> None:
    if expected is not None and expected != edit.before:
        raise ConflictError(_conflict(connection, cluster_id, edit, edit.before))


def _conflict(connection: Connection, cluster_id: str, edit: Edit, now: object | None) -> str:
    last = changes.last_act(connection, cluster_id, edit.entity, edit.key)
    if now is None:
        return f"“{edit.key}” is no longer there. {last}".strip()
    if edit.before is None and edit.entity in ("project", "organization"):
        a = "a project" if edit.entity == "project" else "an organization"
        return f"There is {a} “{edit.key}” already. {last}".strip()
    return f"This was changed while you edited: {last or 'look at it again.'}"
