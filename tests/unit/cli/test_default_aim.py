"""What a list that states no aim is asked for: the first aim that its figures can answer."""

from dataclasses import replace
from datetime import date

import pytest

from dashboard.services.default_aim import with_default_aim
from portfolio.cluster import Cluster
from portfolio.pool import Pool
from portfolio.project import CashYear, Project, ThreePoint
from portfolio.scoring.value import values
from portfolio.units import Calendar

PAYOFF = ThreePoint(1, 2, 3)


def pool_of(*projects: Project) -> Pool:
    return Pool(Cluster("c", "List", "EUR", Calendar(date(2027, 1, 1), 12, 1)), projects=projects)


@pytest.mark.parametrize(
    ("known", "aim", "method"),
    [
        ({"benefit": 5.0, "payoff": PAYOFF}, "benefit", "ecv"),
        ({"payoff": PAYOFF, "cash": (CashYear(0, 5),)}, "payoff", "ecv"),
        ({"cash": (CashYear(0, 5),)}, "payoff", "rnpv"),
        ({"cost": 20}, "score", "ecv"),
    ],
)
def test_the_first_aim_that_any_project_can_answer_is_taken(
    known: dict[str, object], aim: str, method: str
) -> None:
    bare = Project("A", "Bare", cost=10, grant=10)
    pool, notes = with_default_aim(pool_of(bare, replace(bare, id="B", name="Known", **known)))
    objective = pool.scenario.objective
    assert (objective.aim, objective.method) == (aim, method)
    assert len(notes) == 1


def test_a_list_of_costs_and_dates_is_scored_by_leverage_and_duration() -> None:
    year = {"start": date(2027, 1, 1), "end": date(2028, 1, 1)}
    long = {"start": date(2027, 1, 1), "end": date(2030, 1, 1)}
    pool, (note,) = with_default_aim(
        pool_of(
            Project("best", "Much other money, soon", cost=400, grant=100, **year),
            Project("worst", "No other money, late", cost=100, grant=100, **long),
            Project("between", "Half, late", cost=250, grant=100, **long),
        )
    )
    assert [criterion.measure for criterion in pool.criteria] == ["leverage ratio", "duration"]
    assert "other money for each unit of grant and duration" in note
    # Weights 100 and 40 of 140. The best is best on both, the worst worst on both; the third has
    # half of the leverage (1.5 of 0 to 3) and the worst duration: 100/140 · 50 points.
    assert values(pool, pool.scenario.objective) == {
        "best": 100_000_000,
        "between": 35_714_286,
        "worst": 0,
    }


def test_a_list_with_costs_alone_prefers_the_cheaper() -> None:
    pool, _ = with_default_aim(
        pool_of(Project("A", "Dear", cost=30, grant=30), Project("B", "Cheap", cost=10, grant=10))
    )
    assert values(pool, pool.scenario.objective) == {"A": 0, "B": 100_000_000}


def test_projects_that_nothing_tells_apart_count_as_one_each() -> None:
    pool, (note,) = with_default_aim(
        pool_of(*(Project(i, i, cost=10, grant=10) for i in ("A", "B")))
    )
    assert values(pool, pool.scenario.objective) == {"A": 100_000_000, "B": 100_000_000}
    assert "as many as it can" in note


def test_one_outlier_does_not_flatten_the_others() -> None:
    # Twenty projects with leverage 0 to 1.9 and one with a million: the others still differ.
    projects = [Project(f"P{k:02}", "P", cost=100 + 10 * k, grant=100) for k in range(20)]
    outlier = Project("X", "X", cost=100_000_000, grant=100)
    pool, _ = with_default_aim(pool_of(*projects, outlier))
    points = values(pool, pool.scenario.objective)
    assert points["P15"] - points["P05"] > 50_000_000
