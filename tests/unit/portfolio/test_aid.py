"""Small aid under its ceiling, on the dates and to the cents that the regulation turns on."""

from __future__ import annotations

from datetime import date

import pytest

from portfolio.cluster import Cluster
from portfolio.feasibility import checks, feasible
from portfolio.funding.aid import granted_before, receiver, undertaking
from portfolio.funding.rules import AidGrant, DeMinimis
from portfolio.organization import HelixRole, Organization, SizeClass
from portfolio.pool import Pool
from portfolio.project import Project
from portfolio.scenario import Scenario
from portfolio.units import Calendar

DAY = date(2027, 6, 1)
ORGANIZATIONS = (
    Organization("acme", "Acme", HelixRole.BUSINESS, SizeClass.SMALL, group="holding"),
    Organization("bolt", "Bolt", HelixRole.BUSINESS, SizeClass.MID, group="holding"),
    Organization("corp", "Corp", HelixRole.BUSINESS, SizeClass.LARGE),
    Organization("uni", "University", HelixRole.ACADEMIA, SizeClass.NOT_A_FIRM),
    Organization("odd", "Odd", HelixRole.BUSINESS, SizeClass.NOT_A_FIRM),
)


def pool(*grants: tuple[str, int]) -> Pool:
    """One project for each pair of lead and grant in cents."""
    projects = tuple(
        Project(f"p{k}", f"P{k}", cost=2 * cents, grant=cents, lead=lead)
        for k, (lead, cents) in enumerate(grants)
    )
    return Pool(
        Cluster("c", "C", "EUR", Calendar(date(2027, 1, 1), 12, 1)), projects, ORGANIZATIONS
    )


def asked(*granted: AidGrant, on: date | None = DAY) -> Scenario:
    return Scenario(rules=(DeMinimis(id="aid", granted=granted),), on=on)


def test_linked_companies_are_one_undertaking_and_who_is_no_firm_is_none() -> None:
    here = pool(("acme", 1), ("", 1), ("nobody", 1))
    owners = [undertaking(here, one) for one in ("acme", "bolt", "corp", "uni", "odd", "nobody")]
    assert owners == ["holding", "holding", "corp", None, None, None]
    assert [receiver(here, project) for project in here.projects] == ["holding", None, None]


@pytest.mark.parametrize(
    ("cents", "allowed"), [(30_000_000, True), (30_000_001, False), (29_999_999, True)]
)
def test_300_000_exactly_is_allowed_and_a_cent_more_is_not(cents: int, allowed: bool) -> None:
    assert feasible(pool(("acme", cents)), asked(), ["p0"]) == allowed


def test_grants_of_a_mix_add_up_over_the_group() -> None:
    here = pool(("acme", 20_000_000), ("bolt", 10_000_000), ("corp", 30_000_000), ("bolt", 1))
    assert feasible(here, asked(), ["p0", "p1", "p2"])
    assert not feasible(here, asked(), ["p0", "p1", "p3"])
    (found,) = checks(here, asked(), ["p0", "p1", "p3"], ())
    assert (found.label, found.used, found.at_most) == ("holding", 30_000_001, 30_000_000)


def test_research_and_unknown_leads_do_not_count() -> None:
    here = pool(("uni", 90_000_000), ("nobody", 90_000_000), ("", 90_000_000))
    assert feasible(here, asked(), ["p0", "p1", "p2"])


@pytest.mark.parametrize(
    ("on", "granted", "counts"),
    [
        (date(2027, 6, 1), date(2024, 6, 1), False),
        (date(2027, 6, 1), date(2024, 6, 2), True),
        (date(2027, 6, 1), date(2024, 5, 31), False),
        (date(2027, 6, 1), date(2027, 6, 1), True),
        (date(2027, 6, 1), date(2027, 6, 2), True),
        # Three years before 29 February 2028 is the 28th of 2025.
        (date(2028, 2, 29), date(2025, 2, 28), False),
        (date(2028, 2, 29), date(2025, 3, 1), True),
        # 29 February 2024 is less than three years before 28 February 2027.
        (date(2027, 2, 28), date(2024, 2, 29), True),
        (date(2027, 3, 1), date(2024, 2, 29), False),
    ],
)
def test_a_grant_leaves_the_window_on_its_third_anniversary(
    on: date, granted: date, counts: bool
) -> None:
    rule = DeMinimis(id="aid", granted=(AidGrant("bolt", granted, 7),))
    assert granted_before(rule, pool(), on) == ({"holding": 7} if counts else {})
    here = pool(("acme", 29_999_994))
    assert feasible(here, asked(*rule.granted, on=on), ["p0"]) != counts


def test_without_a_day_aid_counts_from_the_first_of_the_calendar() -> None:
    here = pool(("corp", 30_000_000))
    assert not feasible(here, asked(AidGrant("corp", date(2024, 1, 2), 1), on=None), ["p0"])
    assert feasible(here, asked(AidGrant("corp", date(2024, 1, 1), 1), on=None), ["p0"])


def test_what_was_above_the_ceiling_before_forbids_only_more() -> None:
    here = pool(("corp", 1), ("corp", 0), ("acme", 5))
    had = asked(AidGrant("corp", DAY, 30_000_001))
    assert feasible(here, had, [])
    assert feasible(here, had, ["p1", "p2"])
    assert not feasible(here, had, ["p0"])


@pytest.mark.parametrize("years", [2027, 5000, 10**18])
def test_a_window_longer_than_the_calendar_holds_every_grant(years: int) -> None:
    rule = DeMinimis(id="aid", years=years, granted=(AidGrant("corp", date(1900, 1, 1), 7),))
    assert granted_before(rule, pool(), DAY) == {"corp": 7}
