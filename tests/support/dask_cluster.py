"""A real Dask cluster on this machine: a scheduler and workers, each a process of its own."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

PATIENCE = 30.0


class DaskCluster:
    """Starts and ends the processes, and looks at them from outside."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = folder / "scheduler.json"
        self._processes: list[subprocess.Popen[bytes]] = []
        self._start("dask_scheduler", "--host", "127.0.0.1", "--port", "0")
        waited(self._file.is_file, "a scheduler")
        self.address: str = json.loads(self._file.read_text())["address"]

        from distributed import Client

        self.looking = Client(self.address, set_as_default=False)

    def staff(self, count: int) -> None:
        """Have at least so many workers, each with one thread."""
        for _ in range(count - len(self.workers)):
            self._start(
                "dask_worker", "--nthreads", "1", "--no-nanny", "--local-directory", "scratch"
            )
        waited(lambda: len(self.workers) >= count, f"{count} workers")

    @property
    def workers(self) -> list[str]:
        """Addresses of the workers."""
        return sorted(self.looking.scheduler_info()["workers"])

    @property
    def at_work(self) -> dict[str, int]:
        """How many tasks each worker has been given and has not finished."""
        return {worker: len(tasks) for worker, tasks in self.looking.processing().items()}

    def finished(self) -> dict[str, int]:
        """How many tasks each worker has finished."""

        def count(dask_worker: Any) -> int:
            return int(dask_worker.state.executed_count)

        return dict(self.looking.run(count))

    def kill(self, worker: str) -> None:
        """End a worker without a warning: kill -9."""
        (pid,) = self.looking.run(os.getpid, workers=[worker]).values()
        os.kill(pid, signal.SIGKILL)

    def end_scheduler(self) -> None:
        """End the scheduler without a warning; nothing is left to look at from then on."""
        self._processes[0].kill()

    def close(self) -> None:
        """End all of it."""
        self.looking.close()
        for process in self._processes:
            process.kill()
        for process in self._processes:
            process.wait()

    def _start(self, program: str, *options: str) -> None:
        command = [sys.executable, "-m", f"distributed.cli.{program}"]
        command += ["--scheduler-file", str(self._file), "--no-dashboard", *options]
        with (self._folder / "log").open("ab") as log:
            self._processes.append(
                subprocess.Popen(command, cwd=self._folder, stdout=log, stderr=log)
            )


@contextlib.contextmanager
def dask_cluster(folder: Path) -> Iterator[DaskCluster]:
    """A cluster without workers, ended when it is left."""
    cluster = DaskCluster(folder)
    try:
        yield cluster
    finally:
        cluster.close()


def waited(holds: Callable[[], bool], what: str) -> None:
    """Wait until something holds."""
    end = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > end:
            raise TimeoutError(f"There is still not {what}.")
        time.sleep(0.05)
