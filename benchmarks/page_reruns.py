"""How long does a visitor wait for a page to redraw, on the demo and on a cluster of 1,000 projects?

A rerun is the whole script of the page, as Streamlit's own test runner executes it: no browser, no
network. Each page is opened first and its long work waited for; then it is run again as it stands,
or with a change of a widget every second time. A page that did not come to rest within the patience
shows progress in place of its figures, so its time is told but no aim is judged by it.
"""

from __future__ import annotations

import logging
import os
import time
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from typing import Any

from streamlit import config
from streamlit.testing.v1 import AppTest

from benchmarks.table import Row
from dashboard import cache
from dashboard.navigation import SCREENS, Screen
from data.samples import demo_pools
from data.store import Store
from optimizer import Options, optimize
from portfolio.pool import Pool
from portfolio.scenario import Scenario

ROOT = Path(__file__).resolve().parents[1]
RERUNS = 20
LIMIT = 0.3
LARGE = 1_000
PATIENCE = 45.0
# Widgets whose change redraws and begins no new solve, by page, with two values to go between.
CHANGES: dict[str, tuple[str, str, tuple[Any, Any]]] = {
    "projects": ("toggle", "projects.incomplete", (True, False)),
    "score": ("button_group", "score.view", ("Four parts", "Where we agree")),
}


def measure() -> Iterator[Row]:
    """Every page of the demo, then every page of the large cluster."""
    told = tomllib.loads((ROOT / "dashboard" / ".streamlit" / "config.toml").read_text())
    for option, value in told["runner"].items():
        config.set_option(f"runner.{option}", value)
    # Streamlit's loggers each have a level of their own; they warn that there is no browser.
    for name in [name for name in logging.root.manager.loggerDict if name.startswith("streamlit")]:
        logging.getLogger(name).setLevel(logging.ERROR)
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'bench.db'}"
        os.environ["CLUSTERFOLIO_STORE"] = url
        with Store.open(url) as store:
            decided(store, grown(demo_pools()[0], LARGE))
        yield from visited("demo", "", LIMIT)
        yield from visited(f"{LARGE:,} projects", "grown", None)


def decided(store: Store, pool: Pool) -> None:
    """Keep a cluster with a decision on record, so that no page is empty."""
    scenario = pool.scenario or Scenario()
    selection = optimize(pool, scenario, Options(time_limit=5.0))
    store.create_cluster(pool, "Benchmark")
    store.save_decision(pool.cluster.id, "First mix", "Benchmark", "", scenario, selection)


def grown(pool: Pool, size: int) -> Pool:
    """The demo's main cluster, its projects and what the board said of them repeated to this size."""
    turns = range(1, size // len(pool.projects) + 1)
    copies = [
        replace(project, id=f"{project.id}-{turn}", name=f"{project.name} {turn}")
        for turn in turns
        for project in pool.projects
    ]
    projects = (*pool.projects, *copies)[:size]
    there = {project.id for project in projects}
    said = [
        replace(judgement, project=f"{judgement.project}-{turn}")
        for turn in turns
        for judgement in pool.judgements
        if f"{judgement.project}-{turn}" in there
    ]
    cluster = replace(pool.cluster, id="grown", name="Grown")
    return replace(pool, cluster=cluster, projects=projects, judgements=(*pool.judgements, *said))


def visited(size: str, cluster: str, most: float | None) -> Iterator[Row]:
    """One visitor going through every page of a cluster."""
    visitor = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=120)
    if cluster:
        visitor.query_params["cluster"] = cluster
    visitor.run()
    for screen in SCREENS:
        walls, works = reruns(visitor, screen)
        at_rest = not visitor.get("progress")
        yield Row(
            f"Rerun of {screen.name}",
            size,
            p95(walls),
            "s",
            "the limit",
            LIMIT,
            most=most if at_rest else None,
            note=f"median {median(walls):.3f}, CPU {p95(works):.3f}{'' if at_rest else ', still solving'}",
        )


def p95(taken: list[float]) -> float:
    """The 95th percentile, of observed values only."""
    return quantiles(taken, n=20, method="inclusive")[-1]


def reruns(visitor: AppTest, screen: Screen) -> tuple[list[float], list[float]]:
    """Seconds of each rerun of a page that has come to rest: on the clock, and of the processor."""
    visitor.switch_page(str(screen.path.relative_to(ROOT))).run()
    until = time.monotonic() + PATIENCE
    while (left := until - time.monotonic()) > 0 and visitor.get("progress"):
        cache.desk().idle(left)
        visitor.run()
    kind, key, values = CHANGES.get(screen.path.stem, ("", "", (None, None)))
    walls, works = [], []
    for turn, value in zip(range(RERUNS), cycle(values), strict=False):
        if key and turn % 2:
            widget = next(each for each in visitor.get(kind) if each.key == key)
            widget.set_value(value)
        begun, worked = time.perf_counter(), time.process_time()
        visitor.run()
        walls.append(time.perf_counter() - begun)
        works.append(time.process_time() - worked)
    if visitor.exception or visitor.error:
        raise RuntimeError(f"{screen.name} shows an error: {[*visitor.exception, *visitor.error]}")
    return walls, works
