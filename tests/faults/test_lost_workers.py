"""Sweeps on a real Dask cluster of two processes: the same points, with workers lost on the way."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache

import pytest

from dashboard.cli import main
from optimizer import BudgetPoint, Workers, sweep
from portfolio.errors import InputError
from portfolio.selection import Selection, Status
from tests.support.dask_cluster import DaskCluster, dask_cluster, waited
from tests.support.hard import tight_curve

pytestmark = [pytest.mark.xdist_group("dask cluster"), pytest.mark.own_thread]

Points = dict[int, Selection]


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DaskCluster]:
    with ThreadPoolExecutor(1) as beside:
        around = dask_cluster(tmp_path_factory.mktemp("dask"))
        yield beside.submit(around.__enter__).result()
        beside.submit(around.__exit__, None, None, None).result()


def but_for_seconds(points: Sequence[BudgetPoint]) -> Points:
    return {point.budget: replace(point.selection, seconds=0.0) for point in points}


@cache
def at_home() -> Points:
    points = but_for_seconds(sweep(*tight_curve()))
    assert {selection.status for selection in points.values()} == {Status.OPTIMAL}
    return points


def test_without_workers_a_scheduler_is_no_help(cluster: DaskCluster) -> None:
    with pytest.raises(InputError, match="has no workers"):
        Workers.at(cluster.address)


def test_two_processes_give_the_same_points_as_threads_bit_for_bit(cluster: DaskCluster) -> None:
    cluster.staff(2)
    before = cluster.finished()
    with Workers.at(cluster.address) as workers:
        points = sweep(*tight_curve(), workers=workers)
    assert but_for_seconds(points) == at_home()
    assert workers.lost == ""
    done = [count - before[worker] for worker, count in cluster.finished().items()]
    assert len(done) == 2
    assert min(done) > 0


def test_cancelling_comes_back_at_once_and_frees_the_workers(cluster: DaskCluster) -> None:
    cluster.staff(2)
    cancel = threading.Event()
    pressed: list[float] = []

    def press() -> None:
        pressed.append(time.monotonic())
        cancel.set()

    def when_searching(point: BudgetPoint) -> None:
        if not pressed and all(cluster.at_work.values()):
            press()

    with Workers.at(cluster.address) as workers:
        points = sweep(*tight_curve(), cancel=cancel, arrived=when_searching, workers=workers)
        assert time.monotonic() - pressed[0] < 0.5
        assert 0 < len(points) < len(at_home())
        assert but_for_seconds(points).items() <= at_home().items()
        waited(lambda: not any(cluster.at_work.values()), "idle workers")
        assert time.monotonic() - pressed[0] < 5


def test_the_command_gives_the_same_answer_with_workers_as_without(
    cluster: DaskCluster,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    cluster.staff(2)
    store = tmp_path_factory.mktemp("store") / "cli.db"
    monkeypatch.setenv("CLUSTERFOLIO_STORE", f"sqlite:///{store}")
    typed = ["sweep", "demo", "--from", "1_000_000", "--to", "3_000_000", "--steps", "8", "--json"]
    assert main(typed) == 0
    alone = json.loads(capsys.readouterr().out)
    assert main([*typed, "--workers", cluster.address]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    assert json.loads(said.out) == alone
    assert len(alone["points"]) == 8


def killed_in_the_middle(cluster: DaskCluster, *, all_of_them: bool) -> tuple[Points, str]:
    """A sweep during which workers that are at work are killed; its points, and what it says."""
    killed: list[str] = []

    def kill(point: BudgetPoint) -> None:
        busy = [worker for worker, tasks in cluster.at_work.items() if tasks]
        if not killed and len(busy) == len(cluster.workers):
            killed.extend(busy if all_of_them else busy[:1])
            for worker in killed:
                cluster.kill(worker)

    with Workers.at(cluster.address) as workers:
        points = sweep(*tight_curve(), arrived=kill, workers=workers)
    assert killed
    assert not set(killed) & set(cluster.workers)
    return but_for_seconds(points), workers.lost


def test_the_points_of_a_killed_worker_are_run_again(cluster: DaskCluster) -> None:
    cluster.staff(2)
    points, lost = killed_in_the_middle(cluster, all_of_them=False)
    assert points == at_home()
    assert lost == ""


def test_without_any_worker_left_the_rest_is_done_at_home(cluster: DaskCluster) -> None:
    cluster.staff(1)
    points, lost = killed_in_the_middle(cluster, all_of_them=True)
    assert points == at_home()
    assert lost


def test_a_scheduler_that_goes_away_leaves_the_rest_to_this_machine(cluster: DaskCluster) -> None:
    cluster.staff(1)
    ended: list[bool] = []

    def end(point: BudgetPoint) -> None:
        if not ended and all(cluster.at_work.values()):
            ended.append(True)
            cluster.end_scheduler()

    with Workers.at(cluster.address) as workers:
        points = sweep(*tight_curve(), arrived=end, workers=workers)
    assert ended
    assert but_for_seconds(points) == at_home()
    assert workers.lost
