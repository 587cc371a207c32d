"""Visits to the dashboard without a browser: each with a store of its own, jobs waited for."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from data.store import Store
from optimizer import Options
from tests.support.visits import Visit


@pytest.fixture(scope="session")
def demo_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the demo, to be copied."""
    file = tmp_path_factory.mktemp("store") / "demo.db"
    Store.open(f"sqlite:///{file}").close()
    return file


@pytest.fixture
def store_url(tmp_path: Path, demo_store: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of a store with the demo, for this test alone; the dashboard uses it."""
    file = tmp_path / "clusterfolio.db"
    shutil.copyfile(demo_store, file)
    url = f"sqlite:///{file}"
    monkeypatch.setenv("CLUSTERFOLIO_STORE", url)
    return url


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    """The same store that the pages use."""
    opened = Store.open(store_url)
    yield opened
    opened.close()


@pytest.fixture
def empty_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A store without any cluster; the dashboard does not add the demo to it."""
    url = f"sqlite:///{tmp_path / 'empty.db'}"
    monkeypatch.setenv("CLUSTERFOLIO_STORE", url)
    monkeypatch.setattr("dashboard.cache.open_store", lambda url: Store.open(url, demo=False))
    opened = Store.open(url, demo=False)
    yield opened
    opened.close()


@pytest.fixture
def visit() -> Callable[[], Visit]:
    """Makes visitors."""
    return Visit


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Work that only follows an answer ends early, for tests that look at the answer."""
    hasty = Options(time_limit=1.0)
    monkeypatch.setattr("dashboard.components.curve_panel.PATIENCE", hasty)
    monkeypatch.setattr("dashboard.components.curve_panel.STEPS_PATIENCE", hasty)
    monkeypatch.setattr("dashboard.components.next_money_panel.PATIENCE", hasty)
    monkeypatch.setattr("dashboard.components.rules_panel.PATIENCE", hasty)
    monkeypatch.setattr("dashboard.components.trade_panel.PATIENCE", hasty)
    monkeypatch.setattr("dashboard.components.why_panel.PATIENCE", hasty)
    monkeypatch.setattr("dashboard.services.budgets.POINTS", 3)
