"""Plans of two stages in one sentence, which claims no more than was proven."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from dashboard.services.stages import basis, gain, headline, money_basis, numbers, proof, sure
from optimizer import AtOnce, Stages
from optimizer.stages import Seed, Trial
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


def drawn(mean: int, error: float = 500_000.0, status: Status = Status.OPTIMAL) -> Stages:
    """Three seeds for 60, 80 kept back; tried on a thousand outcomes, against 10 at once."""
    seed = Seed("a", None, 0.5, 1, 2_000, 8_000, Fraction(1, 2), Fraction(1, 2))
    return Stages(
        status,
        ONE,
        200,
        False,
        3,
        0.1,
        Plan((), (Choice("a"), Choice("b"), Choice("c"))),
        seeds=(seed,) * 3,
        value=Fraction(12_000_000),
        bound=Fraction(12_000_000),
        planted=6_000,
        kept_back=8_000,
        numbers=(Fraction(1, 8), Fraction(7, 8)),
        trial=Trial(1_000, Fraction(mean), error, 0, 0, 0),
    )


def test_what_was_drawn_is_told_as_drawn() -> None:
    told = headline(POOL, Scenario(), drawn(12_000_000)).replace("\u00a0", " ")
    assert told == (
        "Plant 3 seeds for €60, keep €80 back; in the drawn outcomes about 0.9 prove themselves and "
        "are scaled up. Worth 20 % more than committing at once."
    )
    notes = [each.note for each in numbers(POOL, Scenario(), drawn(12_000_000))]
    assert notes == ["€60", "most drawn", "of 3 on average drawn", "on average"]
    assert money_basis(drawn(0)) == (
        "The most that each period grants in any drawn outcome of the gates."
    )
    assert basis(drawn(0)).endswith("how many are scaled up is told of the drawn ones.")


def test_a_gain_that_may_as_well_be_none_is_told_as_none() -> None:
    # 10.9 ± 1.96 · 0.5 holds 10, and 11 ± 0.98 does not.
    near = gain(POOL, Scenario(), drawn(10_900_000))
    assert near == "Worth about as much as committing at once."
    apart = gain(POOL, Scenario(), drawn(11_000_000)).replace("\u00a0", " ")
    assert apart == "Worth 10 % more than committing at once."


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (Status.INFEASIBLE, "Without seeds no mix meets all rules."),
        (Status.NO_SOLUTION_FOUND, "No mix without seeds was found in time to set it against."),
    ],
)
def test_no_mix_without_seeds_is_not_told_impossible_unless_it_is(
    status: Status, words: str
) -> None:
    alone = replace(drawn(12_000_000), at_once=AtOnce(status, (), None, None))
    assert gain(POOL, Scenario(), alone) == words


def test_the_badge_says_what_was_proven() -> None:
    assert proof(found(Status.OPTIMAL, AT_ONCE)) == "Proven best over all outcomes"
    assert proof(drawn(0)) == "Proven best over the drawn outcomes"
    assert proof(drawn(0, status=Status.FEASIBLE)) == "Good, not proven best"
