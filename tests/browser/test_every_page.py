"""Every page of the demo, in both themes and on a phone: it stands, fits, and can be read by all."""

import pytest
from playwright.sync_api import Page

from tests.browser.driver import Visitor, violations


def faults(page: Page) -> list[str]:
    """What no page may show: an exception, a missing or second title, sideways scrolling."""
    found = violations(page)
    if page.locator("[data-testid=stException]").count():
        found.append("an exception is on the page")
    if (titles := page.locator("h1").count()) != 1:
        found.append(f"{titles} titles")
    wider = page.evaluate(
        "() => { const main = document.querySelector('[data-testid=stMain]');"
        " return main.scrollWidth - main.clientWidth; }"
    )
    if wider > 0:
        found.append(f"the page is {wider} pixels wider than the window")
    return found


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_page_stands_fits_and_can_be_read(visitor: Visitor, width: int, theme: str) -> None:
    pages = visitor.paths()
    assert len(pages) > 1
    found = {}
    for name, path in pages.items():
        found[name] = faults(visitor.open(path, width=width, theme=theme))
        visitor.close()
    assert {name: wrong for name, wrong in found.items() if wrong} == {}
