"""Versions, parts, later starts and what makes a project ineligible, as the screens tell them."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from data.store import Store
from portfolio.organization import HelixRole
from portfolio.pool import Pool
from tests.support.harbor import harbor
from tests.support.visits import Visit

Visitor = Callable[[], Visit]


@pytest.fixture
def barred() -> Pool:
    """The harbor whose one funder pays only where a firm leads: the buoy is not eligible."""
    pool = harbor()
    (region,) = pool.scenario.sources
    strict = replace(region, lead_roles=(HelixRole.BUSINESS,))
    return replace(pool, scenario=replace(pool.scenario, sources=(strict,)))


WHY = (
    "Each source pays only for what it is meant for: no source may pay for it (Region: the lead "
    "has to be business); **Region could pay if its lead were business**."
)


@pytest.mark.usefixtures("impatient")
def test_why_not_mine_says_what_makes_it_ineligible_and_what_would_do(
    visit: Visitor, empty_store: Store, barred: Pool
) -> None:
    empty_store.create_cluster(barred, "test")
    page = visit().open("mix", project="buoy")
    assert page.errors == []
    assert "No mix that meets the rules can hold" in page.text
    assert "Not eligible: no mix can hold it as it stands." in page.text
    assert WHY in page.text
    assert "Not eligible" not in visit().open("mix", project="crane").text


def test_the_sheet_says_what_makes_a_proposal_ineligible(
    visit: Visitor, empty_store: Store, barred: Pool
) -> None:
    empty_store.create_cluster(barred, "test")
    assert WHY in visit().open("projects", sheet="buoy").text
    assert "Not eligible" not in visit().open("projects", sheet="crane").text
