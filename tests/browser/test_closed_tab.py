"""A visitor who closes the tab leaves no work behind that others wait for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from data.store import Store
from portfolio.funding.rules import TotalBudget
from portfolio.pool import Pool
from tests.browser.driver import Visitor, serving
from tests.support.hard import tight_knapsack

HARD = "hard"
BEGINS_WITHIN = 45.0
"""Seconds: a closed tab may come back for ten, and the machine may be busy."""
DONE_WITHIN = 120.0
BEGUN = re.compile("Looking for the next steps|exact points are on their way|next steps from here")


def hard_curve() -> Pool:
    """A cluster whose best mix is found in a second or so, its steps and its curve in minutes."""
    knapsack = tight_knapsack(items=60, resources=5)
    pool, scenario = knapsack.question()
    thousands = [int(weight) * 1000_00 for weight in knapsack.weights[0]]
    projects = tuple(
        replace(project, cost=cents, grant=cents)
        for project, cents in zip(pool.projects, thousands, strict=True)
    )
    budget = TotalBudget(id="budget", limit=int(knapsack.capacities[0]) * 1000_00)
    cluster = replace(pool.cluster, id=HARD, name="Hard")
    asked = replace(scenario, rules=(*scenario.rules[1:], budget))
    return Pool(cluster, projects, scenario=asked)


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """A dashboard with the demo, and the hard cluster beside it."""
    with Store.open(f"sqlite:///{tmp_path / 'clusterfolio.db'}") as store:
        store.create_cluster(hard_curve(), "Ann")
    with serving(tmp_path) as served:
        yield served


@pytest.fixture
def leaving(browser: Browser, address: str) -> Iterator[Visitor]:
    """Opens the tabs that are closed."""
    guest = Visitor(browser, address)
    yield guest
    guest.close()


@pytest.fixture
def staying(browser: Browser, address: str) -> Iterator[Visitor]:
    """Opens the tab that stays."""
    guest = Visitor(browser, address)
    yield guest
    guest.close()


def to_budgets(page: Page) -> Page:
    """Go to Budgets; its lines of progress never let the page rest, so that is not waited for."""
    page.get_by_role("link", name="Budgets", exact=True).click()
    expect(page.get_by_role("heading", name="What the money buys")).to_be_visible()
    return page


def test_closed_tabs_hold_up_nobody(leaving: Visitor, staying: Visitor) -> None:
    for _ in range(2):  # as many as may work in the background at once
        heavy = to_budgets(leaving.open(f"/projects?cluster={HARD}"))
        expect(heavy.get_by_text("Looking for the next steps.")).to_be_visible()

    page = staying.open("/mix?caution=high")  # nobody asked it before
    expect(page.get_by_text("Proven best").first).to_be_visible()
    to_budgets(page)
    expect(page.get_by_text("Waiting for").first).to_be_visible()

    leaving.close()
    # This visitor's own curve and steps take turns, so one may wait on; but one has begun.
    expect(page.get_by_text(BEGUN).first).to_be_visible(timeout=BEGINS_WITHIN * 1000)
    steps = page.get_by_role("heading", name="The next steps from here")
    expect(steps).to_be_visible(timeout=DONE_WITHIN * 1000)
