"""What each condition on projects reads, worked out by hand, and what would meet it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from portfolio.cluster import Cluster
from portfolio.feasibility import feasible
from portfolio.funding.admission import MEASURES, Shortfall, admitted, shortfall
from portfolio.funding.classes import CLASSES, aid_class, lead_class
from portfolio.funding.rules import Admission
from portfolio.organization import HelixRole, Organization, SizeClass
from portfolio.pool import Pool
from portfolio.project import Partner, Project, Version
from portfolio.scenario import Scenario
from portfolio.selection import Choice
from portfolio.units import Calendar

DAY = date(2027, 1, 31)
ORGANIZATIONS = (
    Organization("acme", "Acme", HelixRole.BUSINESS, SizeClass.SMALL, newcomer=True),
    Organization("bolt", "Bolt", HelixRole.BUSINESS, SizeClass.MID),
    Organization("corp", "Corp", HelixRole.BUSINESS, SizeClass.LARGE),
    Organization("uni", "University", HelixRole.ACADEMIA, SizeClass.NOT_A_FIRM, newcomer=True),
    Organization("agency", "Agency", HelixRole.PUBLIC, SizeClass.LARGE),
    Organization("club", "Club", HelixRole.ASSOCIATION, SizeClass.SMALL),
    Organization("odd", "Odd", HelixRole.BUSINESS, SizeClass.NOT_A_FIRM),
)
PROJECT = Project(
    "a",
    "A",
    cost=1_000,
    grant=333,
    lead="acme",
    partners=(
        Partner("uni"),
        Partner("uni"),
        Partner("acme"),
        Partner("agency", active=False),
        Partner("club"),
        Partner("stranger"),
    ),
    start=date(2027, 3, 1),
    end=date(2028, 2, 29),
)
POOL = Pool(Cluster("c", "C", "EUR", Calendar(date(2027, 1, 1), 6, 2)), (PROJECT,), ORGANIZATIONS)


def measured(name: str, project: Project = PROJECT, day: date = DAY) -> Fraction | None:
    return MEASURES[name].of(POOL, project, day)


@pytest.mark.parametrize(
    ("organization", "kind"),
    [
        ("acme", "small"),
        ("bolt", "mid"),
        ("corp", "large"),
        ("uni", "academia"),
        ("agency", "public"),
        ("club", "other"),
        ("odd", "other"),
        ("stranger", "other"),
        ("", "other"),
    ],
)
def test_the_class_of_a_lead_is_told_by_its_role_and_its_size(organization: str, kind: str) -> None:
    assert kind in CLASSES
    assert aid_class(POOL.organization(organization)) == kind
    assert lead_class(POOL, replace(PROJECT, lead=organization)) == kind


@pytest.mark.parametrize(
    ("measure", "found"),
    [
        # uni, club and a stranger; the agency has left, and the lead is no partner of itself.
        ("partners", 3),
        ("helix roles", 2),
        ("small firms", 1),
        ("newcomers", 2),
        ("cost", 1_000),
        ("grant", 333),
        ("grant share", Fraction(333, 1000)),
        # 1 March 2027 to 29 February 2028: eleven months end on 1 February.
        ("duration", 12),
        # From 31 January, one month ends on 28 February.
        ("wait", 2),
    ],
)
def test_each_measure_reads_what_its_name_says(measure: str, found: Fraction) -> None:
    assert measured(measure) == found


def test_all_three_roles_make_a_full_helix_and_no_other_role_counts() -> None:
    names = ("uni", "agency", "club")
    full = replace(PROJECT, partners=tuple(Partner(name) for name in names))
    assert measured("helix roles", full) == 3
    assert measured("helix roles", replace(full, lead="club")) == 2


def test_a_project_without_lead_has_its_partners_only() -> None:
    bare = replace(PROJECT, lead="", partners=(Partner("acme"),))
    assert measured("partners", bare) == 1
    assert measured("small firms", bare) == 1
    assert measured("newcomers", replace(bare, partners=())) == 0


@pytest.mark.parametrize(
    ("change", "measure"),
    [
        ({"cost": 0, "grant": 0}, "grant share"),
        ({"start": None}, "duration"),
        ({"end": None}, "duration"),
        ({"end": date(2027, 2, 28)}, "duration"),
    ],
)
def test_what_is_not_known_is_not_admitted_and_asked_for(
    change: dict[str, object], measure: str
) -> None:
    project = replace(PROJECT, **change)  # type: ignore[arg-type]
    assert measured(measure, project) is None
    words = MEASURES[measure].words
    rule = Admission(id="r", measure=measure, at_least=Decimal(0))
    expected = Shortfall("r", f"its {words} is not known", f"its {words} has to be stated")
    assert shortfall(rule, POOL, project, DAY) == expected
    assert not admitted((rule,), POOL, project, DAY)


@pytest.mark.parametrize(
    ("start", "day", "months"),
    [
        (None, DAY, 0),
        (date(2027, 1, 31), DAY, 0),
        (date(2026, 1, 1), DAY, 0),
        (date(2027, 2, 1), DAY, 1),
        (date(2027, 2, 28), DAY, 1),
        (date(2027, 3, 1), DAY, 2),
        (date(2028, 2, 28), date(2027, 2, 28), 12),
        (date(2028, 2, 29), date(2027, 2, 28), 13),
        (date(2029, 2, 28), date(2028, 2, 29), 12),
    ],
)
def test_waiting_is_counted_in_months_a_part_of_one_whole(
    start: date | None, day: date, months: int
) -> None:
    assert measured("wait", replace(PROJECT, start=start), day) == months


@pytest.mark.parametrize(
    ("end", "months"),
    [(date(2027, 3, 1), 0), (date(2027, 3, 31), 1), (date(2027, 4, 1), 1), (date(2027, 4, 2), 2)],
)
def test_a_duration_counts_a_begun_month_whole(end: date, months: int) -> None:
    assert measured("duration", replace(PROJECT, end=end)) == months


@pytest.mark.parametrize(
    ("measure", "low", "high", "has", "change"),
    [
        ("partners", "5", None, "it has 3 partners", "2 more partners would do"),
        ("cost", None, "900", "it costs €10", "costing €1 less would do"),
        ("grant", "334", None, "it asks for €3.33", "asking for €0.01 more would do"),
        ("wait", None, "1", "it starts in 2 months", "starting 1 month sooner would do"),
        ("newcomers", "3", None, "it has 2 newcomers", "1 more newcomer would do"),
    ],
)
def test_a_project_that_misses_a_condition_says_what_the_smallest_change_is(
    measure: str, low: str | None, high: str | None, has: str, change: str
) -> None:
    rule = Admission(
        id="r",
        measure=measure,
        at_least=None if low is None else Decimal(low),
        at_most=None if high is None else Decimal(high),
    )
    found = shortfall(rule, POOL, PROJECT, DAY)
    assert found is not None
    assert (found.rule, found.has, found.change) == ("r", has, change)


@pytest.mark.parametrize(
    ("low", "high", "met"),
    [
        ("0.333", None, True),
        ("0.3330000001", None, False),
        (None, "0.333", True),
        (None, "0.3329999999", False),
        ("0.333", "0.333", True),
    ],
)
def test_limits_are_met_exactly(low: str | None, high: str | None, met: bool) -> None:
    rule = Admission(
        id="r",
        measure="grant share",
        at_least=None if low is None else Decimal(low),
        at_most=None if high is None else Decimal(high),
    )
    assert admitted((rule,), POOL, PROJECT, DAY) == met
    assert feasible(POOL, Scenario(rules=(rule,)), ["a"]) == met


def test_a_condition_for_some_classes_leaves_the_others_alone() -> None:
    rule = Admission(id="r", measure="cost", at_most=Decimal(1), classes=("mid", "public"))
    assert shortfall(rule, POOL, PROJECT, DAY) is None
    assert shortfall(rule, POOL, replace(PROJECT, lead="agency"), DAY) is not None


def test_each_version_is_looked_at_by_itself() -> None:
    small = replace(PROJECT, versions=(Version("small", 500, 333, Decimal(1)),))
    pool = replace(POOL, projects=(small,))
    question = Scenario(rules=(Admission(id="r", measure="cost", at_most=Decimal(500)),))
    assert not feasible(pool, question, ["a"])
    assert feasible(pool, question, [Choice("a", "small")])
