"""A list on its way into the store: where it goes, what it would change, and writing it."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.services.new_cluster import cluster_from
from data.importer import ImportPlan, ImportResult, OrganizationChange, compare
from data.store import Store
from portfolio.errors import NotFoundError
from portfolio.pool import Pool

ONE_PERIOD = "One for all"


@dataclass(frozen=True, slots=True)
class Intake:
    """What taking in a list means: the cluster it goes to, and its plan.

    `created`: the cluster is not there yet; `pool` is what it will hold, or holds now. `notes` are
    sentences on what was assumed.
    """

    pool: Pool
    created: bool
    plan: ImportPlan
    notes: tuple[str, ...]


def prepare(store: Store, name: str, result: ImportResult) -> Intake:
    """What taking in a list under a cluster's name, id or alias would do; nothing is written.

    A cluster that is not there would be made, with the list's currency, one period over all its
    projects, the list's own question where it brings one, else an aim that its figures can answer.
    Raises InputError when the cluster keeps its money in another currency.
    """
    try:
        existing = store.pool(store.find(name))
    except NotFoundError:
        return _new(store, name, result)
    notes = result.notes
    if result.scenario is not None:
        notes = (*notes, "The list brings a question of its own; the cluster keeps the one it has.")
    return Intake(existing, False, compare(existing, result), notes)


def write(store: Store, intake: Intake, who: str) -> bool:
    """Write it, as one act; whether anything was written."""
    if intake.created:
        store.create_cluster(intake.pool, who)
        return True
    return store.apply_import(intake.pool.cluster.id, intake.plan, who) is not None


def _new(store: Store, name: str, result: ImportResult) -> Intake:
    taken = {cluster.id for cluster in store.clusters()}
    pool, aims = cluster_from(result, name, name, ONE_PERIOD, taken)
    organizations = tuple(OrganizationChange(None, each) for each in pool.organizations)
    plan = ImportPlan(new=pool.projects, organizations=organizations)
    return Intake(pool, True, plan, (*result.notes, *aims))
