"""The list of projects in a real browser: cells edited, sheets opened, hostile names doing nothing."""

from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from data.store import Store
from tests.browser.driver import Visitor, serving, settled, violations
from tests.support.clusters import hostile

HEADER, ROW = 35, 35
HALF_ROW = 17


def cell(page: Page, x: float) -> tuple[float, float]:
    """A place in the first row of the table, `x` pixels from its left edge."""
    table = page.locator("[data-testid=stDataFrame]").first
    table.scroll_into_view_if_needed()
    box = table.bounding_box()
    assert box is not None
    return box["x"] + x, box["y"] + HEADER + HALF_ROW


def test_a_cell_is_edited_by_hand_saved_and_taken_back(own_visitor: Visitor) -> None:
    page = own_visitor.open("/projects?projects.search=Ice+radar")
    page.mouse.dblclick(*cell(page, 40))
    page.locator(".gdg-input").last.fill("Ice radar, second try")
    page.keyboard.press("Enter")
    settled(page)
    page.get_by_role("button", name="Save 1 change").click()
    expect(page.get_by_text("Saved 1 change.")).to_be_visible()
    settled(page)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Undone.")).to_be_visible()


def test_a_sheet_opens_by_its_row_and_by_the_list_and_escape_leaves_it(visitor: Visitor) -> None:
    page = visitor.open("/projects?projects.search=Ice+radar")
    page.mouse.click(*cell(page, 117))
    expect(page.get_by_role("dialog")).to_be_visible()
    assert "sheet=ice-radar" in page.url
    settled(page)
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).not_to_be_visible()
    settled(page)
    assert "sheet=" not in page.url
    page.get_by_label("Open a project's sheet").click()
    page.get_by_role("option", name="Ice radar").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    settled(page)
    page.get_by_role("button", name="Why in or out: see it in Mix").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The mix we suggest")
    assert "project=ice-radar" in page.url


def test_back_returns_to_the_list_as_it_was_filtered(visitor: Visitor) -> None:
    page = visitor.open("/projects")
    page.get_by_role("button", name="Skills", exact=True).click()
    settled(page)
    assert "projects.theme=Skills" in page.url
    page.get_by_role("link", name="Score").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Where do we agree")
    settled(page)
    page.get_by_role("link", name="Projects").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What is on the table")
    settled(page)
    assert "projects.theme=Skills" in page.url


def test_hostile_names_call_nobody_and_show_as_typed(browser: Browser, tmp_path: Path) -> None:
    with Store.open(f"sqlite:///{tmp_path / 'clusterfolio.db'}") as store:
        store.create_cluster(hostile(), "Anna")
    with serving(tmp_path) as address:
        guest = Visitor(browser, address)
        paths = [*guest.paths().values(), "/import_list", "/projects?sheet=a"]
        for path in paths:
            page = guest.open(f"{path}{'&' if '?' in path else '?'}cluster=hostile")
            page.on("dialog", lambda dialog: guest.called_out.append(dialog.message))
            assert page.locator("img[src*=evil], img[src=x], a[href^=javascript]").count() == 0
            assert page.locator("[data-testid=stException]").count() == 0
            guest.close()
        assert guest.called_out == []
