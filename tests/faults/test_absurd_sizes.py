"""Numbers that nobody means are refused with a remedy; they never break the engine."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from optimizer import optimize
from portfolio.errors import InputError
from portfolio.funding.rules import AtMostOf, Capacity, Limit, Rule, TotalBudget
from portfolio.project import ResourceNeed, ThreePoint
from portfolio.scenario import Objective, Scenario
from portfolio.selection import Status
from tests.support.worked_table import worked_pool

HUGE = 10**400
RULES: dict[str, Rule] = {
    "budget": TotalBudget(id="r", limit=HUGE),
    "count": AtMostOf(id="r", projects=("Alpha", "Beta"), count=HUGE),
    "capacity": Capacity(id="r", resource="staff", amounts=(Decimal("1E+400"),)),
    "money for a class": Limit(
        id="r", attribute="theme", measure="money", at_most=Decimal("1E+400")
    ),
    "a share of endless places": Limit(id="r", attribute="theme", at_most=Decimal("1E-400")),
}


def refused(pool, scenario: Scenario) -> str:
    with pytest.raises(InputError) as caught:
        optimize(pool, scenario)
    assert all(problem.remedy for problem in caught.value.problems)
    return str(caught.value)


@pytest.mark.parametrize("name", RULES)
def test_a_rule_with_a_number_nobody_means_is_refused(name: str) -> None:
    assert "rule r" in refused(worked_pool(), Scenario(rules=(RULES[name],)))


def test_a_grant_of_four_hundred_digits_is_refused_by_name() -> None:
    pool = worked_pool()
    odd = replace(pool.projects[0], grant=HUGE, cost=HUGE)
    assert odd.name in refused(replace(pool, projects=(odd, *pool.projects[1:])), Scenario())


def test_a_need_of_four_hundred_digits_is_refused_by_name() -> None:
    pool = worked_pool()
    odd = replace(pool.projects[0], resources=(ResourceNeed("staff", Decimal("1E+400")),))
    assert odd.name in refused(replace(pool, projects=(odd, *pool.projects[1:])), Scenario())


@pytest.mark.parametrize(
    ("objective", "change"),
    [
        (Objective("benefit"), {"benefit": 1e308}),
        (Objective("payoff"), {"payoff": ThreePoint(HUGE, HUGE, HUGE)}),
    ],
)
def test_worth_beyond_all_reckoning_is_refused_by_name(objective, change) -> None:
    pool = worked_pool()
    odd = replace(pool.projects[0], **change)
    changed = replace(pool, projects=(odd, *pool.projects[1:]))
    assert odd.name in refused(changed, Scenario(objective=objective))


def test_amounts_of_a_million_billion_are_still_reckoned_with() -> None:
    pool = worked_pool()
    grown = tuple(replace(p, grant=10**17 + k) for k, p in enumerate(pool.projects))
    least = 3 * 10**17 + sum(sorted(range(len(grown)))[:3])
    scenario = Scenario(
        objective=Objective("benefit"), rules=(TotalBudget(id="budget", limit=least),)
    )
    projects = tuple(replace(p, benefit=1.0) for p in grown)
    selection = optimize(replace(pool, projects=projects), scenario)
    assert selection.status is Status.OPTIMAL
    assert (len(selection.chosen), selection.spend) == (3, least)
