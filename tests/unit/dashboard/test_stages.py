"""Plans of two stages in one sentence, which claims no more than was proven."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from dashboard.services.stages import headline, sure
from optimizer import AtOnce, Stages
from portfolio.cluster import Cluster
from portfolio.pool import Pool
from portfolio.scenario import Scenario
from portfolio.selection import Choice, Status
from portfolio.staging.plan import Plan
from portfolio.units import Calendar

POOL = Pool(Cluster("c", "Harbor", "EUR", Calendar(date(2027, 1, 1), 6, 4)), ())
ONE = AtOnce(Status.OPTIMAL, (Choice("a"),), 10_000_000, 10_000_000)


def found(status: Status, plan: Plan | None, gap: int = 0) -> Stages:
    value = None if plan is None else Fraction(10_000_000)
    bound = None if value is None else value + gap
    return Stages(status, ONE, 4, True, 1, 0.1, plan, value=value, bound=bound)


AT_ONCE, NOTHING = Plan((Choice("a"),), ()), Plan((), ())
NO_SEEDS = {
    "proven": (
        found(Status.OPTIMAL, AT_ONCE),
        "Plant nothing: funding 1 project at once is worth as much as any seeds.",
    ),
    "not proven": (
        found(Status.FEASIBLE, AT_ONCE, 300_000),
        "No seeds were found that beat funding 1 project at once; some may.",
    ),
    "nothing at all": (
        found(Status.OPTIMAL, NOTHING),
        "Plant nothing: no first stage is worth its money.",
    ),
    "not found in time": (
        found(Status.NO_SOLUTION_FOUND, None),
        "No plan was found in time; one may exist.",
    ),
    "impossible": (
        found(Status.INFEASIBLE, None),
        "No plan keeps all rules however the gates turn out.",
    ),
}


@pytest.mark.parametrize(("told", "words"), NO_SEEDS.values(), ids=NO_SEEDS)
def test_a_plan_without_seeds_says_why(told: Stages, words: str) -> None:
    assert headline(POOL, Scenario(), told) == words


def test_how_sure_a_plan_is_goes_by_its_bound() -> None:
    assert sure(found(Status.OPTIMAL, AT_ONCE)) == "No other plan is better over all 4 outcomes."
    near = sure(found(Status.FEASIBLE, AT_ONCE, 300_000)).replace("\u00a0", " ")
    assert near == "A plan that is up to 3 % better over all 4 outcomes may exist."
