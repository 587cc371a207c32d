"""The whole line in a real browser: a file comes in, and a decision comes out and is opened again."""

import re
from fractions import Fraction
from itertools import chain, combinations
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.driver import Visitor, settled

HEAD = "Name;Theme;Cost;Payoff, likely;Chance of technical success\n"
ROWS = (
    ("Alder pier", "Piers", 120, 900, 50),
    ("Birch crane", "Cranes", 200, 800, 80),
    ("Cedar dock", "Docks", 300, 1500, 60),
    ("Elm ferry", "Ferries", 150, 400, 90),
    ("Fir radar", "Radars", 90, 700, 40),
    ("Hazel slip", "Docks", 60, 150, 90),
    ("Larch buoy", "Radars", 40, 120, 70),
    ("Maple quay", "Piers", 250, 1000, 70),
    ("Oak tug", "Ferries", 180, 600, 75),
    ("Pine shed", "Docks", 110, 500, 55),
)
BUDGET, SHARE = 700, 50


def best_mix() -> tuple[set[str], int]:
    """The best mix by trying all: ECV is payoff times chance less cost; shares are of its money."""

    def worth(mix: tuple[tuple[str, str, int, int, int], ...]) -> Fraction:
        return sum((Fraction(r[3] * r[4], 100) - r[2] for r in mix), Fraction(0))

    def allowed(mix: tuple[tuple[str, str, int, int, int], ...]) -> bool:
        spend = sum(r[2] for r in mix)
        themes = {r[1] for r in mix}
        by_theme = (sum(r[2] for r in mix if r[1] == theme) for theme in themes)
        return spend <= BUDGET and all(100 * money <= SHARE * spend for money in by_theme)

    every = chain.from_iterable(combinations(ROWS, size) for size in range(len(ROWS) + 1))
    best = max((mix for mix in every if allowed(mix)), key=worth)
    return {row[0] for row in best}, int(worth(best))


def press(page: Page, name: str) -> None:
    """Press the button with this name and wait until the page is at rest."""
    page.get_by_role("button", name=name, exact=True).click()
    settled(page)


def choose(page: Page, name: str, option: str) -> None:
    """Choose from a list. A list closes when the page moves, so it is brought into view first."""
    box = page.get_by_role("combobox", name=name, exact=True)
    box.scroll_into_view_if_needed()
    settled(page)
    box.click()
    page.get_by_role("option", name=option, exact=True).click()
    settled(page)


def add_rule(page: Page, kind: str, at_most: int) -> None:
    """Add a rule of a kind with one upper limit, and put it into the draft."""
    choose(page, "Another rule about", kind)
    press(page, "Add a rule…")
    field = page.get_by_label(re.compile(r"^At most"))
    field.fill(str(at_most))
    field.press("Tab")
    settled(page)
    press(page, "Put it into the draft")


def test_a_list_becomes_a_mix_that_a_board_can_defend(own_visitor: Visitor, tmp_path: Path) -> None:
    mix, worth = best_mix()
    lines = (f"{name};{theme};{cost};{payoff};{p} %" for name, theme, cost, payoff, p in ROWS)
    file = tmp_path / "bay.csv"
    file.write_text(HEAD + "\n".join(lines) + "\n;broken;;;\n", encoding="utf-8")

    # Import a file into a cluster of its own.
    page = own_visitor.open("/projects")
    press(page, "Import a list…")
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_text("Is this how bay.csv reads?")).to_be_visible()
    settled(page)
    press(page, "Match the columns")
    expect(page.get_by_text("5 of 5 columns are matched.")).to_be_visible()
    press(page, "Check the list")
    expect(page.get_by_text("10 rows are ready, 1 needs you.")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the 1 row to correct").click()
    assert "broken" in Path(download.value.path()).read_text(encoding="utf-8-sig")
    page.get_by_label("Name of the new cluster").fill("Bay of trees")
    page.get_by_label("Name of the new cluster").press("Tab")
    settled(page)
    press(page, "Import the 10 projects into a new cluster")
    expect(page.get_by_text("All 10 proposals are ready to choose from.")).to_be_visible()

    # Set a budget and a rule.
    page.get_by_role("link", name="Settings").click()
    expect(page.get_by_text("There is no rule yet.")).to_be_visible()
    add_rule(page, "The money in all", BUDGET)
    add_rule(page, "A share or an amount for some projects", SHARE)
    press(page, "Save for everybody")
    expect(page.get_by_text("All 2 rules hold")).to_be_visible()

    # Solve, and read why a project is out.
    page.get_by_role("link", name="Mix").click()
    expect(page.get_by_text("Proven best")).to_be_visible()
    spend = sum(row[2] for row in ROWS if row[0] in mix)
    answer = page.get_by_text(re.compile(r"^Fund \d+ of 10 proposals"))
    expect(answer).to_contain_text(f"Fund {len(mix)} of 10 proposals for")
    expect(answer).to_contain_text(f"{spend:,}")
    expect(answer).to_contain_text(f"{worth:,}")
    out = sorted({row[0] for row in ROWS} - mix)[0]
    expect(page.get_by_text(re.compile("in would cost|can hold|just as good"))).to_be_visible()
    settled(page)
    choose(page, "A proposal", f"{out} · out")
    expect(
        page.get_by_text(re.compile(f"(Putting {out} in would cost|No mix .* can hold {out})"))
    ).to_be_visible()

    # Save the decision.
    settled(page)
    press(page, "Put to the board…")
    page.get_by_label("Title").fill("Mix for the bay")
    page.get_by_label("Decided by").fill("The board of the bay")
    page.get_by_label("Why").fill("It returns most, and no theme takes more than half.")
    page.get_by_role("button", name="Save the decision").click()
    expect(page.get_by_text("Saved as decision")).to_be_visible()
    settled(page)
    link = page.url

    # Reopen it, in another visit, by its link.
    again = own_visitor.open(link.removeprefix(own_visitor.address))
    expect(again.get_by_text("Mix for the bay").first).to_be_visible()
    press(again, "Ask again")
    expect(again.get_by_text("Same question, same answer")).to_be_visible()
    press(again, "Reopen in Mix")
    expect(again.get_by_text(re.compile(r"^Fund \d+ of 10 proposals"))).to_contain_text(
        f"{worth:,}"
    )
