"""What projects are worth under each aim, and what is said where data is missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from portfolio.cluster import Cluster
from portfolio.errors import InputError
from portfolio.pool import Pool
from portfolio.project import CashYear, Project, ThreePoint
from portfolio.scenario import Objective
from portfolio.scoring.criteria import Anchor, Criterion, Judgement
from portfolio.scoring.value import assumed, incomplete, total, unit, values
from portfolio.units import Calendar

CLUSTER = Cluster("c", "Cluster", "EUR", Calendar(date(2027, 1, 1), 12, 1), discount_rate=0.25)
FIT = Criterion("fit", "Fit", 100, (Anchor(0, 0), Anchor(10, 100)))
TEAM = Criterion("team", "Team", 100, (Anchor(0, 0), Anchor(10, 100)))
MICRO = 1_000_000


def project(name: str, payoff: int | None, **changes: object) -> Project:
    """A sure project without cost whose payoff is given in currency units."""
    points = None if payoff is None else ThreePoint(*[payoff * 100] * 3)
    sure = Project(id=name, name=name, payoff=points, p_technical=1.0, p_commercial=1.0)
    return replace(sure, **changes)  # type: ignore[arg-type]


POOL = Pool(
    CLUSTER,
    (project("a", 30), project("b", 90), project("c", None), project("d", -60)),
    criteria=(FIT,),
    judgements=(Judgement("ann", "a", "fit", 9), Judgement("ann", "b", "fit", 1)),
)


def test_payoff_counts_in_currency_units() -> None:
    assert values(POOL, Objective()) == {"a": 30 * MICRO, "b": 90 * MICRO, "c": 0, "d": -60 * MICRO}
    assert unit(Objective()) == "money"


def test_score_counts_in_points() -> None:
    worth = values(POOL, Objective(aim="score"))
    assert worth == {"a": 90 * MICRO, "b": 10 * MICRO, "c": 0, "d": 0}
    assert unit(Objective(aim="score")) == "points"


def test_benefit_is_taken_as_it_came() -> None:
    pool = Pool(CLUSTER, (project("a", None, benefit=0.1), project("b", None, benefit=-2)))
    assert values(pool, Objective(aim="benefit")) == {"a": 100_000, "b": -2 * MICRO}
    assert unit(Objective(aim="benefit")) == "benefit"


def test_a_blend_measures_each_part_against_all_that_is_positive_on_the_table() -> None:
    # Payoff shares of 120: 1/4, 3/4, 0, −1/2. Score shares of 100: .9, .1, 0, 0.
    worth = values(POOL, Objective(aim="blend", payoff_weight=0.5))
    assert worth == {
        "a": 57_500_000,
        "b": 42_500_000,
        "c": 0,
        "d": -25_000_000,
    }
    assert unit(Objective(aim="blend")) == "points"


@pytest.mark.parametrize("weight", [0.0, 0.3, 1.0])
def test_all_of_positive_worth_makes_a_hundred_points_whatever_the_weight(weight: float) -> None:
    pool = replace(POOL, projects=tuple(p for p in POOL.projects if p.id in "ab"))
    assert total(pool, Objective(aim="blend", payoff_weight=weight), ["a", "b"]) == 100 * MICRO


def test_a_blend_does_not_depend_on_the_unit_of_money() -> None:
    def in_units(factor: int) -> Pool:
        return Pool(
            CLUSTER,
            (project("a", 30 * factor), project("b", 90 * factor)),
            criteria=(FIT,),
            judgements=POOL.judgements,
        )

    objective = Objective(aim="blend", payoff_weight=0.4)
    assert values(in_units(1), objective) == values(in_units(1000), objective)


def test_a_blend_of_a_pool_without_scores_is_payoff_alone_at_its_weight() -> None:
    pool = replace(POOL, judgements=())
    worth = values(pool, Objective(aim="blend", payoff_weight=0.5))
    assert (worth["a"], worth["b"]) == (12_500_000, 37_500_000)


def test_rnpv_takes_the_clusters_discount_rate() -> None:
    plan = (CashYear(0, -100_00, 0.5), CashYear(2, 625_00))
    pool = Pool(CLUSTER, (project("v", None, cash=plan),))
    # −100 + 625 × .5 / 1.25²
    assert values(pool, Objective(method="rnpv")) == {"v": 100 * MICRO}


def test_a_payoff_that_is_not_known_is_worth_nothing_and_never_silently() -> None:
    assert incomplete(POOL, Objective()) == {"c": "its payoff is not known"}
    assert incomplete(POOL, Objective(method="rnpv")) == dict.fromkeys(
        "abcd", "its plan of cash flows is not known"
    )
    assert incomplete(POOL, Objective(aim="score")) == dict.fromkeys("cd", "nobody has scored it")
    assert incomplete(POOL, Objective(aim="benefit")) == dict.fromkeys(
        "abcd", "its benefit is not known"
    )
    assert incomplete(POOL, Objective(aim="blend")) == {
        "c": "its payoff is not known and nobody has scored it",
        "d": "nobody has scored it",
    }


def test_a_chance_taken_as_certain_is_said_apart_from_what_is_missing() -> None:
    pool = Pool(
        CLUSTER,
        (
            project("a", 30, p_technical=None),
            project("b", 30, p_technical=None, p_commercial=None),
            project("c", None, p_technical=None),
            project("d", 30),
        ),
    )
    assert assumed(pool, Objective()) == {
        "a": "its technical success counts as certain",
        "b": "its technical and commercial success counts as certain",
    }
    assert incomplete(pool, Objective()) == {"c": "its payoff is not known"}


def test_a_score_over_part_of_the_criteria_says_what_it_leaves_out() -> None:
    pool = replace(POOL, criteria=(FIT, TEAM))
    notes = assumed(pool, Objective(aim="score"))
    assert notes == dict.fromkeys("ab", "its score leaves out Team")


def test_income_that_takes_no_caution_is_said() -> None:
    plan = (CashYear(0, -100), CashYear(1, 200))
    pool = Pool(CLUSTER, (project("v", None, cash=plan), project("w", 5, cash=plan)))
    notes = assumed(pool, Objective(method="rnpv", caution=0.5))
    assert notes == {"v": "its income takes no caution"}


def test_the_order_of_rows_and_judgements_changes_nothing() -> None:
    judgements = (
        *(Judgement(f"m{k}", "a", "fit", k / 7) for k in range(7)),
        *(Judgement(f"m{k}", "b", "team", k / 3) for k in range(3)),
    )
    pool = replace(POOL, criteria=(FIT, TEAM), judgements=judgements)
    backwards = replace(
        pool, projects=pool.projects[::-1], judgements=judgements[::-1], criteria=(TEAM, FIT)
    )
    objective = Objective(aim="blend", payoff_weight=0.37)
    assert values(pool, objective) == values(backwards, objective)


def test_numbers_that_are_none_and_chances_out_of_range_are_all_refused_at_once() -> None:
    pool = Pool(
        CLUSTER,
        (
            project("a", 1, p_technical=1.2, p_commercial=-0.1),
            project("b", 1, benefit=float("nan")),
            project("c", 1, p_technical=float("nan")),
            project("d", 1, cash=(CashYear(0, 1, 7.0),)),
        ),
    )
    with pytest.raises(InputError) as refused:
        values(pool, Objective(caution=1.5, payoff_weight=float("nan")))
    assert len(refused.value.problems) == 7
