"""Why not mine: a page for one proposal that is out, opened by its address, to print and to send."""

from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from dashboard.services.why_not_letter import letter
from data.store import Store
from portfolio.funding.rules import MustNot, TotalBudget
from portfolio.scenario import with_rules
from tests.support.clusters import HOSTILE, acting, hostile
from tests.support.visits import Visit
from tests.support.worked_table import worked_pool, worked_scenario

Visitor = Callable[[], Visit]
SOLVER_WORDS = ("solver", "feasible", "constraint", "optimal", "dual", "infeasible", "bound", "V*")


@pytest.fixture
def worked(empty_store: Store) -> Store:
    """The published example: 15 to spend, best is Alpha, Beta, Gamma and Echo for 42.29875."""
    empty_store.create_cluster(replace(worked_pool(), scenario=worked_scenario("15")), "Ann")
    return empty_store


@pytest.mark.usefixtures("worked")
def test_the_address_opens_on_the_proposal_with_its_ways_in(visit: Visitor) -> None:
    page = visit().open("why_not", project="Foxtrot")
    assert page.errors == []
    assert page.at.title[0].value == "Why not mine?"
    assert "Foxtrot* is not in the mix. Three changes would put that right" in page.text
    # 20 buy Beta, Echo and Foxtrot, and nothing less holds Foxtrot.
    assert (
        "€20,000,000 in all instead of €15,000,000, shared as agreed: €5,000,000 more." in page.text
    )
    # At 7 it fits beside Alpha and Beta for 43.0; a cent more and it does not.
    assert "If it cost €7,000,000 instead of €10,000,000" in page.text
    assert "€3,000,000 less." in page.text
    # ((PV · 0.8 − 2) · 0.5) − 10 = 22.79875
    assert "payoff given success were €84,496,875 instead of €66,250,000" in page.text
    assert page.text.count("Exact: no smaller change is enough.") == 3
    assert not any(word in page.text for word in SOLVER_WORDS)


@pytest.mark.usefixtures("worked")
def test_mix_leads_to_the_page(visit: Visitor) -> None:
    page = visit().open("mix", project="Foxtrot").click("Every way in")
    page.settle()
    assert page.at.title[0].value == "Why not mine?"
    assert "Foxtrot" in page.text


@pytest.mark.usefixtures("worked")
def test_without_a_proposal_in_the_address_one_is_picked(visit: Visitor) -> None:
    page = visit().open("why_not")
    assert page.errors == []
    assert "Pick a proposal." in page.text
    (box,) = page.at.selectbox
    assert box.options == ["Delta", "Foxtrot"]
    box.select("Foxtrot").run()
    page.settle()
    assert page.at.query_params["project"] in ("Foxtrot", ["Foxtrot"])
    assert "would put that right" in page.text


@pytest.mark.usefixtures("worked")
def test_one_that_is_in_is_told_so(visit: Visitor) -> None:
    page = visit().open("why_not", project="Echo")
    assert page.errors == []
    assert "Echo* is in the mix." in page.text


def test_a_rule_that_shuts_it_out_is_named(visit: Visitor, worked: Store) -> None:
    pool = worked.pool(worked.clusters()[0].id)
    rule = MustNot(id="out", projects=("Beta",))
    worked.save_standing_scenario(pool.cluster.id, with_rules(pool.scenario, rule), "Ann")
    page = visit().open("why_not", project="Beta")
    assert page.errors == []
    assert "This rule shuts it out: *Beta must stay out*." in page.text
    assert "If this rule did not hold" in page.text
    assert "a higher payoff" in page.text


def test_names_of_strangers_do_nothing_on_the_page(visit: Visitor, empty_store: Store) -> None:
    pool = hostile()
    rich = [replace(pool.candidates[0], id=name, name=f"{name} {HOSTILE}") for name in "ab"]
    empty_store.create_cluster(replace(pool, projects=(*rich, *pool.running)), "Ann")
    limit = replace(
        pool.scenario, rules=(TotalBudget(id="budget", limit=50_00), *pool.scenario.rules[1:])
    )
    empty_store.save_standing_scenario("hostile", limit, "Ann")
    page = visit().open("why_not", project="b")
    assert page.errors == []
    raw = [str(each.value) for kind in ("markdown", "caption") for each in page.at.get(kind)]
    assert any(HOSTILE[:5] in text for text in page.text.splitlines())
    assert acting(raw) == []


class Texts(HTMLParser):
    """Tags and texts of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        assert not any(name in ("src", "href") or name.startswith("on") for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_the_file_to_send_holds_the_texts_as_typed_and_nothing_that_acts() -> None:
    texts = Texts()
    texts.feed(letter(HOSTILE, HOSTILE, [HOSTILE], (), 3, HOSTILE).decode())
    assert texts.tags == {"html", "head", "meta", "title", "style", "body", "h1", "p", "strong"}
    assert "".join(texts.texts).count(HOSTILE) == 5
