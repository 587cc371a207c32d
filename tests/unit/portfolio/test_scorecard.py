"""The scorecard: weights, value functions, what members said, and what nobody said."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from portfolio.cluster import Cluster
from portfolio.pool import Pool
from portfolio.project import Partner, Project, ThreePoint
from portfolio.scoring.criteria import Anchor, Criterion, Judgement
from portfolio.scoring.measures import MEASURES
from portfolio.scoring.scorecard import Scorecard, scorecards, spread_of
from portfolio.scoring.value_functions import level_value
from portfolio.scoring.weights import swing_weights
from portfolio.units import Calendar

CLUSTER = Cluster("c", "Cluster", "EUR", Calendar(date(2027, 1, 1), 12, 1))
TEN = (Anchor(0, 0), Anchor(10, 100))
FIT = Criterion("fit", "Fit", 100, TEN)
TEAM = Criterion("team", "Team", 50, TEN)
CHANCE = Criterion(
    "chance", "Chance", 50, (Anchor(0, 0), Anchor(1, 100)), measure="chance of success"
)


def said(member: str, criterion: str, level: float | None, **changes: object) -> Judgement:
    return Judgement(member, "p", criterion, level, **changes)  # type: ignore[arg-type]


def card(
    *judgements: Judgement, criteria: tuple[Criterion, ...] = (FIT, TEAM), **project: object
) -> Scorecard:
    pool = Pool(
        CLUSTER,
        (Project(id="p", name="P", **project),),  # type: ignore[arg-type]
        criteria=criteria,
        judgements=judgements,
    )
    (found,) = scorecards(pool)
    return found


def test_swing_weights_of_the_worked_example() -> None:
    weights = [round(float(weight), 4) for weight in swing_weights([100, 80, 60, 40])]
    assert weights == [0.3571, 0.2857, 0.2143, 0.1429]


def test_swing_weights_of_all_zero_are_equal_and_below_zero_are_refused() -> None:
    assert swing_weights([0, 0, 0, 0]) == (Fraction(1, 4),) * 4
    assert swing_weights([]) == ()
    with pytest.raises(ValueError, match="at least 0"):
        swing_weights([10, -1])


@pytest.mark.parametrize(
    ("level", "value"), [(-5, 100), (0, 100), (6, 75), (12, 50), (30, 25), (48, 0), (99, 0)]
)
def test_a_linear_value_lies_between_its_anchors_and_may_fall(level: float, value: int) -> None:
    anchors = (Anchor(48, 0), Anchor(0, 100), Anchor(12, 50))
    assert level_value(Criterion("m", "Months", 100, anchors), level) == value


@pytest.mark.parametrize(
    ("level", "value"), [(-1, 0), (0, 0), (1.99, 0), (2, 60), (4.99, 60), (5, 100), (7, 100)]
)
def test_a_threshold_steps_when_the_next_anchor_is_reached(level: float, value: int) -> None:
    anchors = (Anchor(0, 0), Anchor(2, 60), Anchor(5, 100))
    assert level_value(Criterion("t", "T", 100, anchors, shape="threshold"), level) == value


def test_an_anchored_value_interpolates_between_sentences() -> None:
    anchors = (Anchor(1, 0, "an idea"), Anchor(2, 20, "a draft"), Anchor(4, 100, "signed"))
    assert level_value(Criterion("a", "A", 100, anchors, shape="anchored"), 3) == 60


def test_values_never_leave_zero_to_a_hundred() -> None:
    wild = Criterion("w", "W", 100, (Anchor(0, -50), Anchor(1, 300)))
    assert level_value(wild, 0) == 0
    assert level_value(wild, 1) == 100
    assert level_value(Criterion("n", "N", 100, ()), 130) == 100


def test_a_project_scores_the_weighted_mean_of_its_criteria() -> None:
    found = card(said("ann", "fit", 9), said("bo", "fit", 6), said("ann", "team", 3))
    # Fit: mean 7.5 → 75 at 2/3; team: 30 at 1/3.
    assert [part.level for part in found.parts] == [Fraction(15, 2), 3]
    assert [part.contribution for part in found.parts] == [50, 10]
    assert found.points == 60
    assert found.coverage == 1
    assert found.at_least == found.at_most == 60


def test_contributions_sum_to_the_points_with_computed_criteria_among_them() -> None:
    found = card(said("ann", "fit", 8), criteria=(FIT, CHANCE), p_technical=0.8, p_commercial=0.5)
    assert [part.value for part in found.parts] == [80, 40]
    assert found.points == sum(part.contribution for part in found.parts)
    assert found.points == Fraction(2, 3) * 80 + Fraction(1, 3) * 40


def test_a_criterion_that_nobody_judged_is_left_out_and_never_read_as_zero() -> None:
    found = card(said("ann", "fit", 9))
    assert found.points == 90
    assert found.coverage == Fraction(2, 3)
    assert found.unknown == ("Team",)
    assert [part.weight for part in found.parts] == [1, 0]


def test_the_range_says_what_the_unknown_criterion_could_still_do() -> None:
    found = card(said("ann", "fit", 9))
    worst = card(said("ann", "fit", 9), said("ann", "team", 0))
    best = card(said("ann", "fit", 9), said("ann", "team", 10))
    assert (found.at_least, found.at_most) == (worst.points, best.points)


def test_a_project_that_nobody_judged_has_no_score_and_no_rank() -> None:
    found = card()
    assert found.points is None
    assert found.rank is None
    assert (found.at_least, found.at_most) == (0, 100)


def test_i_do_not_know_counts_for_nothing() -> None:
    found = card(said("ann", "fit", 8), said("bo", "fit", None))
    assert found.parts[0].level == 8
    assert found.parts[0].judges == 1


def test_an_interest_on_one_criterion_takes_a_member_out_of_the_whole_project() -> None:
    found = card(
        said("ann", "fit", 8),
        said("bo", "fit", 2, interest=True),
        said("bo", "team", 2),
        said("ann", "team", 8),
    )
    assert found.points == 80
    assert [member.member for member in found.members] == ["ann"]


def test_the_spread_shows_least_most_and_the_middle_half_of_members() -> None:
    levels = {"a": 2, "b": 4, "c": 5, "d": 9}
    found = card(*(said(member, "fit", level) for member, level in levels.items()))
    assert found.spread is not None
    # The quartiles that numpy gives for 20, 40, 50 and 90.
    assert (found.spread.low, found.spread.lower, found.spread.middle) == (20, 35, 45)
    assert (found.spread.upper, found.spread.high) == (60, 90)
    assert found.spread.width == 70
    assert found.parts[0].spread is not None
    assert found.parts[0].spread.high == 9


def test_the_spread_of_nothing_is_none() -> None:
    assert spread_of([]) is None


def test_equal_scores_share_a_rank_and_the_next_one_is_skipped() -> None:
    levels = {"p1": 5, "p2": 9, "p3": 5, "p4": 1}
    pool = Pool(
        CLUSTER,
        tuple(Project(id=name, name=name) for name in (*levels, "p5")),
        criteria=(FIT,),
        judgements=tuple(Judgement("ann", p, "fit", level) for p, level in levels.items()),
    )
    assert [found.rank for found in scorecards(pool)] == [2, 1, 2, 4, None]


def test_every_computed_measure_answers_for_a_full_project_and_none_invents_a_number() -> None:
    full = Project(
        id="f",
        name="F",
        cost=300_00,
        grant=100_00,
        payoff=ThreePoint(1000_00, 1000_00, 1000_00),
        p_technical=0.5,
        p_commercial=0.8,
        launch_cost=200_00,
        months_to_payoff=18,
        benefit=7.5,
        partners=(Partner("a"), Partner("b", active=False), Partner("c")),
        start=date(2027, 1, 1),
        end=date(2031, 1, 1),
    )
    found = {name: measure.of(full) for name, measure in MEASURES.items()}
    assert found == {
        "benefit": Fraction(15, 2),
        "chance of success": Fraction(2, 5),
        "cost": 300,
        "duration": 48,
        "expected payoff": 0,  # (1000 × .8 − 200) × .5 − 300
        "expected payoff per unit of grant": 0,
        "grant": 100,
        "leverage ratio": 2,
        "months to payoff": 18,
        "partners": 2,
    }
    empty = Project(id="e", name="E", cost_known=False)
    unknown = {name for name, measure in MEASURES.items() if measure.of(empty) is None}
    assert unknown == set(MEASURES) - {"partners"}
