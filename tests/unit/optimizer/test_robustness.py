"""Core indices worked out by hand: where each mix is best, and what is told when time is short."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from optimizer import Options, robustness
from portfolio.cluster import Cluster
from portfolio.errors import InputError
from portfolio.funding.rules import AtMostOf, Must, MustNot
from portfolio.pool import Pool
from portfolio.project import Project, ThreePoint, Version
from portfolio.scenario import Scenario
from portfolio.scoring.criteria import Anchor, Criterion, Judgement
from portfolio.scoring.information import Information, extreme_weights, ratings
from portfolio.units import Calendar

SCALE = (Anchor(0, 0), Anchor(100, 100))
ONE_OF = AtMostOf(id="one", projects=("a", "b", "c", "d"), count=1)


def scored(swings: dict[str, float], values: dict[str, tuple[float, ...]]) -> Pool:
    """Projects with these values, one judge's, on criteria with these swings."""
    criteria = tuple(Criterion(name, name, swing, SCALE) for name, swing in swings.items())
    return Pool(
        Cluster("c", "Cluster", "EUR", Calendar(date(2027, 1, 1), 6, 2)),
        tuple(Project(name, name, 100, 100) for name in values),
        criteria=criteria,
        judgements=tuple(
            Judgement("judge", project, criterion, level)
            for project, levels in values.items()
            for criterion, level in zip(swings, levels, strict=True)
        ),
    )


# With w on the first criterion, w from ½ to 1: a is worth 100w, b 60, c 40 + 50w, d 90 − 40w.
# So d is best below 5/9, c from there to 4/5, a above; b never is.
FOUR = scored(
    {"first": 100, "second": 50},
    {"a": (100, 0), "b": (60, 60), "c": (90, 40), "d": (50, 90)},
)


def test_a_sample_finds_what_is_best_between_the_corners_and_proves_it() -> None:
    found = robustness(FOUR, Scenario(rules=(ONE_OF,)), draws=4_000, method="sample")
    index = {each.project: each for each in found.indices}
    shares = {"a": Fraction(2, 5), "b": 0, "c": Fraction(22, 45), "d": Fraction(1, 9)}
    for name, share in shares.items():
        # Four standard deviations of a share over 4,000 draws are 0.032 at most.
        assert index[name].index == pytest.approx(float(share), abs=0.032)
        assert index[name].at_most - index[name].at_least <= 0.02
    assert (found.mixes, found.draws) == (3, 4_000)
    # a is in where w is large, d where it is small, so the first criterion speaks for a; the
    # weight on the second mirrors it, and either may be named.
    assert (index["a"].turns_on, index["a"].favors) in {("first", True), ("second", False)}
    assert (index["d"].turns_on, index["d"].favors) in {("first", False), ("second", True)}
    assert index["b"].turns_on == ""
    assert found.mean_loss <= 0.0002


def test_the_exact_index_counts_mixes_and_not_weights() -> None:
    found = robustness(FOUR, Scenario(rules=(ONE_OF,)))
    third = pytest.approx(1 / 3)
    assert found.method == "exact"
    # b, 60 everywhere, is worth less than c at both corners: 90 and 65.
    assert [each.index for each in found.indices] == [third, 0.0, third, third]
    assert [each.kind for each in found.indices] == [
        "borderline",
        "exterior",
        "borderline",
        "borderline",
    ]


def test_the_extreme_points_of_an_order_are_the_published_ones() -> None:
    half, third = Fraction(1, 2), Fraction(1, 3)
    weights = (Fraction(3, 6), Fraction(2, 6), Fraction(1, 6))
    assert set(extreme_weights(weights, Information())) == {
        (1, 0, 0),
        (half, half, 0),
        (third, third, third),
    }
    tied = (Fraction(2, 5), Fraction(2, 5), Fraction(1, 5))
    assert set(extreme_weights(tied, Information())) == {
        (1, 0, 0),
        (0, 1, 0),
        (half, half, 0),
        (third, third, third),
    }


def test_the_extreme_points_of_intervals_sum_to_one_and_keep_to_them() -> None:
    weights = (Fraction(1, 2), Fraction(3, 10), Fraction(1, 5))
    points = extreme_weights(weights, Information("interval", Decimal("0.1")))
    # 0.45–0.55, 0.27–0.33, 0.18–0.22: two at a bound and the third between its own.
    expected = {
        ("0.45", "0.33", "0.22"),
        ("0.55", "0.27", "0.18"),
        ("0.49", "0.33", "0.18"),
        ("0.51", "0.27", "0.22"),
    }
    assert set(points) == {tuple(Fraction(part) for part in point) for point in expected}


def test_narrow_intervals_leave_the_mix_of_the_agreed_weights() -> None:
    known = Information("interval", Decimal("0.01"))
    found = robustness(FOUR, Scenario(rules=(ONE_OF,)), known, method="sample", draws=50)
    # Weights 2/3 and 1/3: c is worth 73⅓, a 66⅔.
    assert [each.index for each in found.indices] == [0, 0, 1, 0]
    assert [each.at_least for each in found.indices] == [0, 0, 1, 0]


def test_no_mix_has_no_index() -> None:
    rules = (Must(id="in", projects=("a",)), MustNot(id="out", projects=("a",)))
    for method in ("exact", "sample"):
        found = robustness(FOUR, Scenario(rules=rules), method=method)
        assert (found.indices, found.mixes) == ((), 0)


def test_stopped_before_anything_is_known_it_tells_nothing() -> None:
    stop = threading.Event()
    stop.set()
    found = robustness(FOUR, Scenario(rules=(ONE_OF,)), cancel=stop)
    assert (found.method, found.indices, found.draws) == ("sample", (), 0)


def test_what_cannot_be_asked_is_told_together() -> None:
    bare = Pool(FOUR.cluster, FOUR.projects)
    with pytest.raises(InputError) as told:
        robustness(bare, Scenario(), Information(width=Decimal(2)), draws=0)
    assert [problem.field for problem in told.value.problems] == ["criteria", "width", "draws"]
    many = scored({"c": 100}, {f"p{k:02}": (k,) for k in range(17)})
    with pytest.raises(InputError) as told:
        robustness(many, Scenario(), method="exact")
    assert told.value.problems[0].field == "method"


def test_options_steer_the_draws_by_their_seed() -> None:
    rules = Scenario(rules=(ONE_OF,))
    one = robustness(FOUR, rules, options=Options(seed=1), draws=100, method="sample")
    other = robustness(FOUR, rules, options=Options(seed=2), draws=100, method="sample")
    assert one.indices != other.indices
    assert one == robustness(FOUR, rules, options=Options(seed=1), draws=100, method="sample")


def test_ways_to_choose_a_project_share_its_score() -> None:
    # Nobody said what a is worth, but half of it is never worth more than all of it.
    half = Version("half", 50, 50, Decimal("0.5"))
    pool = scored({"first": 100}, {"a": (50,)})
    pool = replace(pool, projects=(replace(pool.projects[0], versions=(half,)),), judgements=())
    assert robustness(pool, Scenario()).mixes == 1


def test_a_payoff_lies_between_its_low_and_its_high_where_scores_do() -> None:
    # A payoff of 0 to 100 for 20 is worth from -20 to 80 after all costs; 0 is the worst level.
    project = Project("a", "a", 20_00, 20_00, payoff=ThreePoint(0, 60_00, 100_00))
    payoff = Criterion("p", "Payoff", 100, SCALE, measure="expected payoff")
    pool = Pool(FOUR.cluster, (project,), criteria=(payoff,))
    known = ratings(pool, Information(scores="range"))
    assert (known.low, known.high) == (((0,),), ((80,),))
    mean = ratings(pool, Information())
    assert mean.low == mean.high == ((Fraction(340, 6) - 20,),)
    found = robustness(pool, Scenario(), Information(scores="range"))
    assert found.knowing.now == ("a",)
    assert found.knowing.asked == ()


def test_the_number_to_ask_for_is_the_one_between_two_mixes() -> None:
    # One of a and b, on one criterion: a is worth 50, b anything, so knowing b is worth 12.5.
    pool = scored({"first": 100}, {"a": (50,), "b": (50,)})
    pool = replace(pool, judgements=tuple(j for j in pool.judgements if j.project == "a"))
    one_of = Scenario(rules=(AtMostOf(id="one", projects=("a", "b"), count=1),))
    found = robustness(pool, one_of, draws=2_000)
    assert found.method == "exact"
    (ask,) = found.knowing.asked
    assert (ask.project, ask.criterion, ask.value) == ("b", "first", 12.5)
    assert found.knowing.perfect == pytest.approx(12.5, abs=4 * found.knowing.error)
    sample = robustness(pool, one_of, draws=200, method="sample")
    assert [each.value for each in sample.knowing.asked] == [12.5]


def test_a_weight_that_may_turn_the_mix_is_worth_asking_for() -> None:
    found = robustness(FOUR, Scenario(rules=(ONE_OF,)), draws=4_000, method="sample")
    # With w even from 1/2 to 1 the best is worth on average
    # 2 (∫ 90 − 40w to 5/9 + ∫ 40 + 50w to 4/5 + ∫ 100w) = 79.7778; now it is c, 77.5.
    assert found.knowing.now == ("c",)
    known = {each.criterion: each for each in found.knowing.asked}
    assert set(known) == {"first", "second"}
    for each in known.values():
        assert each.value == pytest.approx(2.2778, abs=0.1 + 4 * each.error)
        assert each.value <= found.knowing.perfect
        assert each.settles >= 2
