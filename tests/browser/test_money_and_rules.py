"""Presets, sliders and switches used while other work still runs: what is asked is what stands."""

import re

from playwright.sync_api import Page, expect

from tests.browser.driver import Visitor

PATIENCE_MS = 60_000


def answer(page: Page, words: str) -> None:
    """Wait for an answer that says this."""
    expect(page.get_by_text(re.compile(words)).first).to_be_visible(timeout=PATIENCE_MS)


def test_a_cut_a_slider_and_the_way_into_mix(visitor: Visitor) -> None:
    page = visitor.open("/budgets")
    answer(page, r"€2\.10\smillion buys")
    page.get_by_role("button", name="20 % cut").click()
    answer(page, r"With €1\.68\smillion instead of €2\.10\smillion")
    page.wait_for_timeout(3_000)  # lines of progress run again in between
    answer(page, r"With €1\.68\smillion instead of €2\.10\smillion")
    slider = page.get_by_role("slider", name="National agency")
    slider.focus()
    for _ in range(5):
        slider.press("ArrowLeft")
    answer(page, r"With €1\.6[0-7]\smillion instead of €2\.10\smillion")
    page.get_by_role("button", name="Use this budget in Mix").click()
    answer(page, r"Fund \d+ of \d+ proposals for €1\.")
    assert "source=" in page.url
    page.get_by_role("button", name="Ask as agreed").click()
    expect(page.get_by_role("button", name="Ask as agreed")).to_have_count(0, timeout=PATIENCE_MS)
    assert "source=" not in page.url


def test_a_rule_is_switched_off_while_its_price_is_still_sought(visitor: Visitor) -> None:
    page = visitor.open("/mix")
    answer(page, r"16 of 16 rules met")
    page.get_by_text("All 16 rules").or_(page.get_by_text("cost nothing")).first.click()
    page.get_by_text("At least 5 quick wins").first.click()
    answer(page, r"15 of 15 rules met")
    page.wait_for_timeout(3_000)
    answer(page, r"15 of 15 rules met")
    assert "off=quick-wins" in page.url
