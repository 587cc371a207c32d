"""One real server and one real Chromium for all browser tests, and a visitor for each."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, expect, sync_playwright

from tests.browser import driver
from tests.browser.driver import PATIENCE_MS, Visitor, launch, serving

HERE = Path(__file__).resolve().parent
expect.set_options(timeout=PATIENCE_MS)
IN_CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the browser tests on one worker, and skip them in a sentence where Chromium is missing."""
    for item in items:
        if HERE not in item.path.parents:
            continue
        item.add_marker(pytest.mark.browser)
        item.add_marker(pytest.mark.xdist_group("browser"))
        if driver.chromium() is None and not IN_CI:
            item.add_marker(pytest.mark.skip(reason=driver.NO_CHROMIUM))


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Playwright, started once."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Chromium, started once."""
    executable = driver.chromium()
    if executable is None:
        pytest.fail(driver.NO_CHROMIUM)
    started = launch(playwright, executable)
    yield started
    started.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the dashboard with the demo, for tests that change nothing."""
    with serving(tmp_path_factory.mktemp("served")) as address:
        yield address


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[str]:
    """The address of a dashboard with its own fresh store, for a test that writes."""
    with serving(tmp_path) as address:
        yield address


@pytest.fixture
def visitor(browser: Browser, server: str) -> Iterator[Visitor]:
    """Opens pages of the shared dashboard; no page may call another machine."""
    yield from _visit(browser, server)


@pytest.fixture
def own_visitor(browser: Browser, own_server: str) -> Iterator[Visitor]:
    """Opens pages of a dashboard whose store belongs to this test."""
    yield from _visit(browser, own_server)


def _visit(browser: Browser, address: str) -> Iterator[Visitor]:
    guest = Visitor(browser, address)
    yield guest
    guest.close()
    assert guest.called_out == [], "a page called another machine"
