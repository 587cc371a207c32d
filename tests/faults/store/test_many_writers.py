"""Many writers at once: nobody's edit is lost, and nobody waits for good."""

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from data.store import Store
from portfolio.errors import ConflictError
from portfolio.selection import Selection, Status

HALM = "halm-maritime"
WRITERS, EDITS = 8, 4


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'store.db'}"


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    with Store.open(url) as opened:
        yield opened


def raise_cost(store: Store, times: int) -> int:
    """Add a cent so many times, beginning again whenever somebody was first; conflicts met."""
    conflicts = 0
    for _ in range(times):
        while True:
            seen = store.pool(HALM).project("ice-radar")
            try:
                store.save_project(HALM, replace(seen, cost=seen.cost + 1), "W", seen)
            except ConflictError:
                conflicts += 1
            else:
                break
    return conflicts


def test_no_edit_of_many_threads_is_lost(store: Store) -> None:
    before = store.pool(HALM).project("ice-radar").cost
    with ThreadPoolExecutor(WRITERS) as threads:
        conflicts = list(threads.map(lambda _: raise_cost(store, EDITS), range(WRITERS)))
    assert store.pool(HALM).project("ice-radar").cost == before + WRITERS * EDITS
    assert sum(conflicts) > 0
    edits = [entry for entry in store.changes(HALM, 1000) if entry.who == "W"]
    assert len(edits) == WRITERS * EDITS


def test_decisions_of_many_threads_make_one_chain(store: Store) -> None:
    scenario = store.pool(HALM).scenario

    def decide(number: int) -> None:
        store.save_decision(HALM, f"T{number}", "W", "", scenario, Selection(Status.OPTIMAL))

    with ThreadPoolExecutor(WRITERS) as threads:
        list(threads.map(decide, range(2 * WRITERS)))
    chain = store.decisions(HALM)[::-1]
    assert len(chain) == 2 * WRITERS + 1
    assert [made.previous for made in chain[1:]] == [made.fingerprint for made in chain[:-1]]
    assert store.verify() == ()


def test_no_edit_of_many_processes_is_lost(repository: Path, store: Store, url: str) -> None:
    before = store.pool(HALM).project("ice-radar").cost
    program = (
        "import sys; from data.store import Store; "
        "from tests.faults.store.test_many_writers import raise_cost; "
        "raise_cost(Store.open(sys.argv[1]), 6)"
    )
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", program, url], cwd=repository, stderr=subprocess.PIPE, text=True
        )
        for _ in range(3)
    ]
    for writer in writers:
        errors = writer.communicate(timeout=120)[1]
        assert writer.returncode == 0, errors
    assert store.pool(HALM).project("ice-radar").cost == before + 3 * 6


def test_programs_that_open_a_new_store_at_once_make_it_once(repository: Path, url: str) -> None:
    program = "import sys; from data.store import Store; Store.open(sys.argv[1]).close()"
    openers = [
        subprocess.Popen(
            [sys.executable, "-c", program, url], cwd=repository, stderr=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]
    for opener in openers:
        errors = opener.communicate(timeout=120)[1]
        assert opener.returncode == 0, errors
    with Store.open(url) as store:
        assert len(store.clusters()) == 2
        assert store.verify() == ()


def test_a_reader_sees_the_last_whole_state_while_somebody_writes(store: Store) -> None:
    with store._database.writing() as connection:
        connection.exec_driver_sql("UPDATE project SET name = 'half done'")
        assert store.pool(HALM).project("ice-radar").name == "Ice radar"
        connection.rollback()
    assert store.verify() == ()
