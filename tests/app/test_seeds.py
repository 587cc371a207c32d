"""Seeds: what to plant and what to keep back, told first; then the money, and the seeds one by one."""

from collections.abc import Callable
from typing import Any

import pytest

import optimizer
from optimizer import Options
from tests.support.visits import Visit

Visitor = Callable[[], Visit]
CLUSTER = "halm-maritime"


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any plan will do for what is tested here."""
    whole = optimizer.stages

    def shorter(*args: Any, **named: Any) -> optimizer.Stages:
        return whole(*args, **{**named, "options": Options(gap=5.0)})

    monkeypatch.setattr(optimizer, "stages", shorter)


@pytest.mark.usefixtures("store_url")
def test_the_page_says_what_to_plant_and_shows_the_money_and_the_projects(visit: Visitor) -> None:
    page = visit().open("seeds", cluster=CLUSTER)
    assert page.errors == []
    text = page.text.replace("\u00a0", " ")
    assert any(words in text for words in ("than committing at once", "No seeds were found"))
    assert "The best mix without seeds returns" in text
    assert "All 64 ways in which the gates may turn out were counted" in text
    labels = [metric.label for metric in page.at.metric]
    assert labels == ["Seeds", "Kept back", "Scaled up", "Staging adds"]
    at_once = next(each.value for each in page.at.dataframe if "Grant" in each.value)
    assert len(at_once) > 0


@pytest.mark.usefixtures("store_url")
def test_a_first_stage_may_be_assumed_for_all(visit: Visitor) -> None:
    page = visit()
    page.at.query_params["seeds.which"] = "All of them"
    page.open("seeds", cluster=CLUSTER)
    assert page.errors == []
    labels = [slider.label for slider in page.at.slider]
    assert labels == ["First grant, of the whole grant", "Periods until the gate"]
    assert "drawn outcomes of the gates" in page.text


@pytest.mark.usefixtures("store_url")
def test_without_any_first_stage_the_page_says_how_to_get_one(visit: Visitor) -> None:
    page = visit()
    page.at.query_params["seeds.which"] = "Those that state one"
    page.open("seeds", cluster="weidenau-food")
    assert page.errors == []
    assert "No proposal has a first stage yet." in page.text
