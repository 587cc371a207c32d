"""A project's profile on the screen: four parts, each in figures and a sentence."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from portfolio.cluster import Cluster
from portfolio.funding.sources import Source
from portfolio.pool import Pool
from portfolio.project import Project, ResourceNeed, ThreePoint
from portfolio.scenario import Scenario
from portfolio.scoring.profile import Aspect, profile, profiles
from portfolio.scoring.quadrants import Quadrant, Thresholds, median_thresholds, quadrants
from portfolio.scoring.resources import resources
from portfolio.scoring.risk import risk
from portfolio.units import Calendar

CLUSTER = Cluster("c", "Cluster", "EUR", Calendar(date(2027, 1, 1), 6, 4))
RADAR = Project(
    id="radar",
    name="Ice radar",
    cost=300_000_00,
    grant=100_000_00,
    theme="Arctic",
    payoff=ThreePoint(1_000_000_00, 2_000_000_00, 9_000_000_00),
    launch_cost=200_000_00,
    p_technical=0.8,
    p_commercial=0.5,
    months_to_payoff=30,
    start=date(2027, 1, 1),
    end=date(2028, 6, 30),
    resources=(ResourceNeed("staff days", Decimal("90")), ResourceNeed("staff days", Decimal(30))),
)
SOURCES = (
    Source("region", "Region", (1, 1, 1, 1)),
    Source("eu", "EU fund", (1, 1, 1, 1), themes=("Ports",)),
)
POOL = Pool(CLUSTER, (RADAR,), scenario=Scenario(sources=SOURCES))


def by_label(aspect: Aspect) -> dict[str, object]:
    return {figure.label: figure.value for figure in aspect.figures}


def test_payoff_shows_three_points_mean_and_what_is_expected_after_all() -> None:
    found = profile(POOL, RADAR).payoff
    assert by_label(found) == {
        "Low": 1_000_000,
        "Likely": 2_000_000,
        "High": 9_000_000,
        "Mean, if it succeeds": 3_000_000,
        "Expected after all costs": 740_000,  # (3.0 × .5 − .2) × .8 − .3 million
    }
    assert found.sentence == (
        "If it succeeds it should return €3.00\u00a0million (between €1.00\u00a0million and "
        "€9.00\u00a0million); after the chance of success and all costs, €740,000 is expected."
    )


def test_risk_shows_chances_and_what_may_be_lost() -> None:
    found = profile(POOL, RADAR, thresholds=Thresholds(Fraction(1), Fraction(1, 2))).risk
    figures = by_label(found)
    assert figures["Success in all"] == pytest.approx(0.4)
    assert figures["The whole cost is lost"] == pytest.approx(0.6)
    assert figures["Low outcome, given success"] == 500_000
    assert found.sentence == (
        "It works in 40 of 100 cases, an oyster; in the others up to €500,000 is lost."
    )


def test_resources_show_money_by_period_who_may_pay_and_what_else_it_takes() -> None:
    found = profile(POOL, RADAR).resources
    figures = by_label(found)
    assert figures["Co-funding"] == 200_000
    assert figures["Grant in 2027 H1"] == pytest.approx(33_333.34)
    assert figures["staff days"] == 120
    assert figures["Sources that may pay"] == 1
    assert found.sentence == (
        "It asks for €100,000 of its €300,000 over 3 periods; Region may pay; "
        "it takes 120 staff days."
    )


def test_a_source_that_may_not_pay_says_why() -> None:
    (_, eu) = resources(POOL, RADAR).sources
    assert not eu.may_pay
    assert eu.objections == ("it pays only for Ports",)


def test_timeline_shows_dates_length_and_horizon() -> None:
    found = profile(POOL, RADAR).timeline
    assert by_label(found)["Horizon"] == "medium"
    assert found.sentence == (
        "It runs from 1 January 2027 to 30 June 2028; "
        "it pays off after 30 months, a medium horizon."
    )


def test_a_bare_project_says_what_is_not_known_in_every_part_and_invents_no_number() -> None:
    bare = Project(id="x", name="X", cost_known=False)
    found = profile(Pool(CLUSTER, (bare,)), bare)
    assert found.quadrant is None
    for aspect in found.aspects:
        assert "not known" in aspect.sentence
        assert {figure.value for figure in aspect.figures} == {None}
        assert {figure.text for figure in aspect.figures} == {"not known"}


def test_the_others_are_lost_with_the_launch_they_paid_for() -> None:
    assert risk(RADAR).most_lost == 500_000_00


def four_corners() -> Pool:
    corners = {"oyster": (9, 0.2), "pearl": (9, 0.8), "bread": (1, 0.8), "elephant": (1, 0.2)}
    return Pool(
        CLUSTER,
        tuple(
            Project(id=name, name=name, payoff=ThreePoint(*[payoff] * 3), p_technical=chance)
            for name, (payoff, chance) in corners.items()
        ),
    )


def test_the_four_corners_at_the_medians_of_the_pool() -> None:
    pool = four_corners()
    assert median_thresholds(pool) == Thresholds(Fraction(5), Fraction(1, 2))
    assert quadrants(pool) == {
        "oyster": Quadrant.OYSTER,
        "pearl": Quadrant.PEARL,
        "bread": Quadrant.BREAD_AND_BUTTER,
        "elephant": Quadrant.WHITE_ELEPHANT,
    }


def test_given_thresholds_move_the_lines_and_what_lies_on_them_is_high() -> None:
    lines = Thresholds(Fraction(9), Fraction(8, 10))
    assert quadrants(four_corners(), lines)["pearl"] is Quadrant.PEARL
    lines = Thresholds(Fraction(10), Fraction(9, 10))
    assert set(quadrants(four_corners(), lines).values()) == {Quadrant.WHITE_ELEPHANT}


def test_without_known_payoffs_nobody_stands_in_a_corner() -> None:
    pool = Pool(CLUSTER, (Project(id="x", name="X", p_technical=0.5),))
    assert quadrants(pool) == {"x": None}


def test_profiles_of_a_pool_are_those_of_its_candidates() -> None:
    assert [p.project for p in profiles(four_corners())] == ["bread", "elephant", "oyster", "pearl"]
