"""How much memory do the heaviest jobs take at their peak, each in a fresh process?

The peak is the largest resident set since the process began its own program (VmHWM of Linux). The
peak that `getrusage` tells will not do: a child inherits its parent's. The yardstick is a process
that makes the input and imports the job's own modules, and then ends.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.table import Row

ROOT = Path(__file__).resolve().parents[1]
STATUS = Path("/proc/self/status")
TIME_LIMIT = 20.0
SIZES = {
    "visit": "demo, every page opened once",
    "import": "10,000 rows of CSV",
    "solve": "1,000 projects",
}
NAMES = {"visit": "Serve the demo", "import": "Import a list", "solve": "Solve"}


def measure() -> Iterator[Row]:
    """Peak of each job beside its imports; nothing where the system is not Linux."""
    if not STATUS.is_file():
        return
    for job, size in SIZES.items():
        base, peak = peak_of(job, "imports"), peak_of(job, "all")
        yield Row(f"Memory: {NAMES[job]}", size, peak, "MB", "imports alone", base)


def peak_of(job: str, part: str) -> float:
    """Megabytes at the peak of a fresh process that does a job, or only its imports."""
    command = [sys.executable, "-m", "benchmarks.memory", job, part]
    with TemporaryDirectory() as folder:
        told = {**os.environ, "CLUSTERFOLIO_STORE": f"sqlite:///{Path(folder) / 'bench.db'}"}
        done = subprocess.run(
            command, cwd=ROOT, env=told, capture_output=True, text=True, check=True
        )
    return float(done.stdout.split()[-1])


def visit() -> Callable[[], None]:
    """Open the store with the demo, and each page once."""
    from streamlit.testing.v1 import AppTest

    from dashboard.navigation import SCREENS
    from dashboard.server import warm

    def work() -> None:
        warm()
        visitor = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=120).run()
        for screen in SCREENS:
            visitor.switch_page(str(screen.path.relative_to(ROOT))).run()

    return work


def import_list() -> Callable[[], None]:
    """Take in the list of `import_rows`."""
    from benchmarks import import_rows, lists

    content = lists.as_csv(lists.rows(import_rows.COUNT))
    return lambda: print(import_rows.import_once(content, "rows.csv"))


def solve() -> Callable[[], None]:
    """The best mix of the everyday question."""
    from benchmarks.everyday import everyday
    from optimizer import Options, optimize

    return lambda: print(optimize(*everyday(1_000), Options(time_limit=TIME_LIMIT)).status)


JOBS = {"visit": visit, "import": import_list, "solve": solve}


def largest_resident_set() -> float:
    """Megabytes at this process's own peak; 0 where the system is not Linux."""
    if not STATUS.is_file():
        return 0.0
    lines = STATUS.read_text().splitlines()
    kilobytes = next(line.split()[1] for line in lines if line.startswith("VmHWM"))
    return int(kilobytes) * 1024 / 1e6


def main(job: str, part: str) -> None:
    """Do a job, or only its imports, and print the peak in megabytes as the last word."""
    work = JOBS[job]()
    if part == "all":
        work()
    peak = largest_resident_set()
    # Nobody waits for threads that still solve.
    print(f"\n{peak:.1f}", flush=True)
    os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
