"""How long do 10,000 rows take from the bytes of a file to the disk of the store?

Reading, guessing, matching columns, checking each cell, comparing with what is stored, writing with
the log; over pandas reading the cells of the same bytes and doing nothing with them.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from benchmarks.lists import as_csv, as_xlsx, rows
from benchmarks.table import Row
from data.importer import compare, read_result
from data.store import Store
from portfolio.cluster import Cluster
from portfolio.units import Calendar

COUNT = 10_000
CLUSTER = Cluster("b", "Benchmark", "EUR", Calendar(date(2027, 1, 1), 12, 1))
AIM = 3.0
TRIES = 3
Seconds = tuple[float, float]
"""On the clock, and of the processor: they differ where other work keeps the machine busy."""


def measure() -> Iterator[Row]:
    """CSV and Excel; the median of three imports, each into a new store."""
    table = rows(COUNT)
    for name, content, read in (
        ("rows.csv", as_csv(table), lambda c: pd.read_csv(io.BytesIO(c), dtype=str)),
        (
            "rows.xlsx",
            as_xlsx(table),
            lambda c: pd.read_excel(io.BytesIO(c), dtype=str, engine="calamine"),
        ),
    ):
        taken, work = middle(lambda c=content, n=name: import_once(c, n))
        plain, _ = middle(lambda c=content, r=read: seconds(lambda: r(c)))
        kind = name.rpartition(".")[2]
        yield Row(
            f"Import a list ({kind})",
            f"{COUNT:,} rows × {len(table[0])} columns",
            taken,
            "s",
            "pandas reading the same bytes as text",
            plain,
            most=AIM,
            note=f"CPU {work:.3g}",
        )


def import_once(content: bytes, name: str) -> Seconds:
    """From bytes to the disk, into a store that exists and is empty."""

    def work() -> None:
        result = read_result(content, name)
        store.apply_import(CLUSTER.id, compare(store.pool(CLUSTER.id), result), "Ann")

    with TemporaryDirectory() as folder, Store.open(address(folder), demo=False) as store:
        store.create_cluster(CLUSTER, "Ann")
        taken = seconds(work)
        stored = len(store.pool(CLUSTER.id).projects)
    if stored != COUNT:
        raise RuntimeError(f"{stored} of {COUNT} rows arrived in the store.")
    return taken


def address(folder: str) -> str:
    """The URL of a store in a folder."""
    return f"sqlite:///{Path(folder) / 'bench.db'}"


def seconds(work: Callable[[], object]) -> Seconds:
    """How long some work takes."""
    begun, worked = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - begun, time.process_time() - worked


def middle(work: Callable[[], Seconds]) -> Seconds:
    """The middle one of several tries."""
    return sorted(work() for _ in range(TRIES))[TRIES // 2]
