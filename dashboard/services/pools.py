"""The pool that a name or a file stands for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from dashboard.services.default_aim import with_default_aim
from dashboard.services.profiles import profile_named
from dashboard.services.store import open_store
from data.importer import Profile, pool_of, read_file, read_result
from portfolio.errors import InputError, Problem
from portfolio.pool import Pool

ENDINGS = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".ods", ".pb")


@dataclass(frozen=True, slots=True)
class Found:
    """A pool, what of it could not be read, and what was assumed, as sentences.

    `cluster` is the id of the stored cluster, "" for a file.
    """

    pool: Pool
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    cluster: str = ""


def find(text: str, profile: str | None = None, store_url: str | None = None) -> Found:
    """The pool of a file when there is one of this name, else of the stored cluster.

    InputError for a file that is missing or holds no project, NotFoundError for a name that the
    store does not know.
    """
    path = Path(text)
    if path.is_file():
        return _from_file(path, profile_named(profile, store_url))
    if path.suffix.lower() in ENDINGS or len(path.parts) > 1:
        kind = "This is a folder, not a file." if path.is_dir() else "There is no such file."
        raise InputError((Problem("POOL", text, kind),))
    if profile is not None:
        remedy = "A profile reads a file; a stored cluster needs none. Leave --profile out."
        raise InputError((Problem("--profile", profile, remedy),))
    store = open_store(store_url)
    cluster = store.find(text)
    return Found(store.pool(cluster), cluster=cluster)


def _from_file(path: Path, profile: Profile | None) -> Found:
    result = read_result(read_file(path), path.name, profile)
    if not result.projects:
        nothing = Problem("POOL", str(path), "No project could be read from it.")
        raise InputError((*result.problems, nothing))
    pool, notes = pool_of(result, path.name), result.notes
    if result.scenario is None:
        pool, aims = with_default_aim(pool)
        notes = (*notes, *aims)
    return Found(pool, result.problems, notes)
