"""Presets, sliders and switches used while other work still runs: what is asked is what stands."""

import re
from collections.abc import Iterable

import pytest
from playwright.sync_api import Page, expect

from data.store import Store
from portfolio.funding.rules import Limit
from portfolio.scenario import Scenario
from tests.browser.driver import Visitor

PATIENCE_MS = 60_000
CENTS_OF_A_MILLION = 100_000_000


@pytest.fixture(scope="module")
def agreed(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    """What the first cluster of a fresh store asks: the served store begins with the same."""
    store = Store.open(f"sqlite:///{tmp_path_factory.mktemp('read') / 'read.db'}")
    scenario = store.pool(store.clusters()[0].id).scenario
    store.close()
    return scenario


def said(cents: int) -> str:
    """An amount in whole euros or millions, as a pattern for a sentence."""
    if cents < CENTS_OF_A_MILLION:
        return re.escape(f"€{cents // 100:,}")
    return re.escape(f"€{cents / CENTS_OF_A_MILLION:.2f}") + r"\smillion"


def cut_by_a_fifth(totals: Iterable[int]) -> list[int]:
    """Four fifths of each amount in cents, down to whole euros."""
    return [total * 4 // 500 * 100 for total in totals]


def answer(page: Page, pattern: str) -> None:
    """Wait for an answer that says this."""
    expect(page.get_by_text(re.compile(pattern)).first).to_be_visible(timeout=PATIENCE_MS)


def test_a_cut_a_slider_and_the_way_into_mix(visitor: Visitor, agreed: Scenario) -> None:
    totals = {source.name: sum(source.budgets) for source in agreed.sources}
    whole = said(sum(totals.values()))
    lowered = dict(zip(totals, cut_by_a_fifth(totals.values()), strict=True))
    page = visitor.open("/budgets")
    answer(page, f"{whole} buys")
    page.get_by_role("button", name="20 % cut").click()
    instead = f"With {said(sum(lowered.values()))} instead of {whole}"
    answer(page, instead)
    page.wait_for_timeout(3_000)  # lines of progress run again in between
    answer(page, instead)
    funder = max(totals, key=lambda name: totals[name])
    slider = page.get_by_role("slider", name=funder)
    assert int(slider.input_value()) == lowered[funder] // 100
    slider.focus()
    for _ in range(5):
        slider.press("ArrowLeft")
    units = int(slider.input_value())
    assert units < lowered[funder] // 100
    lowered[funder] = units * 100
    answer(page, f"With {said(sum(lowered.values()))} instead of {whole}")
    page.get_by_role("button", name="Use this budget in Mix").click()
    answer(page, r"Fund \d+ of \d+ proposals for €")
    assert "source=" in page.url
    page.get_by_role("button", name="Ask as agreed").click()
    expect(page.get_by_role("button", name="Ask as agreed")).to_have_count(0, timeout=PATIENCE_MS)
    assert "source=" not in page.url


def test_a_rule_is_switched_off_while_its_price_is_still_sought(
    visitor: Visitor, agreed: Scenario
) -> None:
    # One rule holds each funder to its envelope, one all of them to what they pay for, and where
    # any has rates one more to these.
    rates = any(source.rates for source in agreed.sources)
    rules = len(agreed.sources) + 1 + rates + len(agreed.rules)
    quick = next(
        rule for rule in agreed.rules if isinstance(rule, Limit) and rule.value == "quick win"
    )
    page = visitor.open("/mix")
    answer(page, f"{rules} of {rules} rules met")
    page.get_by_text(f"All {rules} rules").or_(page.get_by_text("cost nothing")).first.click()
    page.get_by_text(f"At least {quick.at_least} quick wins").first.click()
    fewer = f"{rules - 1} of {rules - 1} rules met"
    answer(page, fewer)
    page.wait_for_timeout(3_000)
    answer(page, fewer)
    assert f"off={quick.id}" in page.url
