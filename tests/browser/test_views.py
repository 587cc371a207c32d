"""Views that the navigation does not list: they fit, and can be read by all, in both themes."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.driver import Visitor, settled, violations

VIEWS = (
    "/score?score.view=Four+parts",
    "/score?score.view=Give+my+scores",
    "/settings?settings.view=Funders",
    "/settings?settings.view=Criteria",
    "/settings?settings.view=Cluster",
    "/settings?settings.view=Changes",
    "/projects?sheet=battery-barge",
    "/projects?sheet=ice-radar",
    "/import_list",
    "/budgets?budgets.against=Number+of+projects",
)


def faults(page: Page) -> list[str]:
    """What no view may show: an exception, an error, sideways scrolling, what axe-core objects to."""
    found = violations(page)
    for test_id in ("stException", "stAlertContentError"):
        if page.locator(f"[data-testid={test_id}]").count():
            found.append(test_id)
    wider = page.evaluate(
        "() => { const main = document.querySelector('[data-testid=stMain]');"
        " return main.scrollWidth - main.clientWidth; }"
    )
    return [*found, f"{wider} pixels too wide"] if wider > 0 else found


@pytest.mark.parametrize(("width", "theme"), [(1440, "light"), (390, "dark")])
def test_every_view_fits_and_can_be_read(visitor: Visitor, width: int, theme: str) -> None:
    found = {}
    for path in VIEWS:
        found[path] = faults(visitor.open(path, width=width, theme=theme))
        visitor.close()
    assert {path: wrong for path, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize(("width", "theme"), [(390, "light"), (1440, "dark")])
def test_every_step_of_an_import_can_be_read(
    own_visitor: Visitor, tmp_path: Path, width: int, theme: str
) -> None:
    file = tmp_path / "list.csv"
    file.write_text("Name;Cost;Start\nAlpha;12;03/04/2027\nBeta;twelve;05/06/2027\n;3;\n")
    page = own_visitor.open("/import_list", width=width, theme=theme)
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_text("03/04/2027 is:")).to_be_visible()
    assert faults(settled(page)) == []
    page.get_by_role("button", name="Match the columns").click()
    expect(page.get_by_text("3 of 3 columns are matched.")).to_be_visible()
    assert faults(settled(page)) == []
    page.get_by_role("button", name="Check the list").click()
    expect(page.get_by_text("2 rows are ready, 1 needs you.")).to_be_visible()
    assert faults(settled(page)) == []


def test_a_member_scores_on_a_phone(own_visitor: Visitor) -> None:
    page = own_visitor.open("/score?score.view=Give+my+scores", width=390)
    page.get_by_label("You are").click()
    page.get_by_role("option", name="Sofie Lund").click()
    settled(page)
    page.get_by_role("button", name="Look at them again").click()
    expect(page.get_by_text("1 of 5").first).to_be_visible()
    settled(page)
    assert faults(page) == []
    page.get_by_text("a customer has signed").click()
    page.get_by_role("button", name="Save and next").click()
    expect(page.get_by_text("2 of 5").first).to_be_visible()
