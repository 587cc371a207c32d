"""A writer that is killed at any moment loses nothing that it was told is saved."""

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from data.store import Store

HALM = "halm-maritime"
ROUNDS = 8

# Raises the cost of a project by one cent each time, decides every third time, and says so only
# when the store has answered.
WRITER = """
import sys
from dataclasses import replace
from data.store import Store
from portfolio.selection import Selection, Status

store = Store.open(sys.argv[1])
print("open", flush=True)
while True:
    pool = store.pool("halm-maritime")
    project = pool.project("ice-radar")
    store.save_project("halm-maritime", replace(project, cost=project.cost + 1), "W", project)
    print("cost", project.cost + 1, flush=True)
    if project.cost % 3 == 0:
        made = store.save_decision(
            "halm-maritime", "T", "W", "", pool.scenario, Selection(Status.OPTIMAL)
        )
        print("decision", made.id, flush=True)
"""


@pytest.mark.slow
def test_a_killed_writer_loses_no_write_that_was_acknowledged(
    repository: Path, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path / 'store.db'}"
    chance = random.Random(7)
    cost = decision = 0
    for _ in range(ROUNDS):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, url],
            cwd=repository,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert writer.stdout is not None
        acknowledged = []
        for _ in range(chance.randint(2, 25)):
            acknowledged.append(writer.stdout.readline())
        os.kill(writer.pid, signal.SIGKILL)
        rest, errors = writer.communicate()
        assert writer.returncode == -signal.SIGKILL, errors
        # The last line may have been cut by the kill; a whole line is an acknowledgment.
        lines = [line for line in (*acknowledged, *rest.splitlines(True)) if line.endswith("\n")]
        words = [line.split() for line in lines]
        cost = max(
            [cost, *(int(number) for what, *rest in words if what == "cost" for number in rest)]
        )
        decision = max(
            [decision, *(int(n) for what, *rest in words if what == "decision" for n in rest)]
        )
        with Store.open(url) as store:
            assert store.verify() == ()
            stored = store.pool(HALM).project("ice-radar").cost
            # One write more may have reached the disk before the kill came.
            assert stored in (cost, cost + 1) or cost == 0
            ids = [made.id for made in store.decisions(HALM)]
            assert decision in ids or decision == 0
            edits = [c for c in store.changes(HALM, 10_000) if "Ice radar" in c.sentence]
            assert len(edits) == stored - 42_000_000
            cost = stored
    assert cost > 42_000_000
    assert decision > 0
