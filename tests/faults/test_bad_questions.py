"""Questions that make no sense are refused, with every problem at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from optimizer import (
    Options,
    explain_project,
    forced_costs,
    next_steps,
    optimize,
    preview,
    purchases,
    rule_prices,
    sweep,
    why_not,
)
from portfolio.errors import InputError
from portfolio.funding.rules import (
    Admission,
    AidGrant,
    AtMostOf,
    Capacity,
    DeMinimis,
    LeaderLoad,
    Limit,
    LossWeight,
    Must,
    MustNot,
    NewTies,
    PayoffReserve,
    Requires,
    Rule,
    SourceBudget,
    Synergy,
    TotalBudget,
)
from portfolio.funding.sources import Rate, Source
from portfolio.pool import Pool
from portfolio.project import Project, Version
from portfolio.scenario import Objective, Scenario, StayClose
from tests.support.worked_table import worked_pool, worked_scenario

BAD_RULES: dict[str, Rule] = {
    "a budget below zero": TotalBudget(id="r", limit=-1),
    "a stranger who must be in": Must(id="r", projects=("Alpha", "Omega")),
    "a stranger who must stay out": MustNot(id="r", projects=("Omega",)),
    "a stranger who needs another": Requires(id="r", project="Omega", needs=("Alpha",)),
    "a need for a stranger": Requires(id="r", project="Alpha", needs=("Omega",)),
    "a stranger among several": AtMostOf(id="r", projects=("Alpha", "Omega"), count=1),
    "a budget of a source that is none": SourceBudget(id="r", source="nowhere"),
    "a count below zero": AtMostOf(id="r", projects=("Alpha", "Beta"), count=-1),
    "an attribute that is none": Limit(id="r", attribute="color", at_most=Decimal("0.5")),
    "more at least than at most": Limit(
        id="r", attribute="theme", at_least=Decimal("0.6"), at_most=Decimal("0.5")
    ),
    "a share that is no number": Limit(id="r", attribute="theme", at_most=Decimal("NaN")),
    "an endless share": Limit(id="r", attribute="theme", at_most=Decimal("Infinity")),
    "a capacity that is no number": Capacity(id="r", resource="staff", amounts=(Decimal("NaN"),)),
    "capacities for periods that are none": Capacity(
        id="r", resource="staff", amounts=(Decimal(1), Decimal(2), Decimal(3))
    ),
    "a measure that is none": Admission(id="r", measure="charm", at_most=Decimal(1)),
    "a class that is none": Admission(
        id="r", measure="cost", at_most=Decimal(1), classes=("tiny",)
    ),
    "a condition without a limit": Admission(id="r", measure="cost"),
    "a condition that is no number": Admission(id="r", measure="wait", at_most=Decimal("NaN")),
    "a grant share above one": Admission(id="r", measure="grant share", at_most=Decimal("1.5")),
    "aid of the past below zero": DeMinimis(
        id="r", granted=(AidGrant("acme", date(2026, 1, 1), -1),)
    ),
    "years below zero": DeMinimis(id="r", years=-1),
    "fewer projects of a leader than none": LeaderLoad(id="r", at_most=-1),
    "a synergy of one": Synergy(id="r", projects=("Alpha", "Alpha"), worth=Decimal(1)),
    "a synergy with a stranger": Synergy(id="r", projects=("Alpha", "Omega"), worth=Decimal(1)),
    "a synergy that is no number": Synergy(
        id="r", projects=("Alpha", "Beta"), worth=Decimal("Infinity")
    ),
    "losses that add worth": LossWeight(id="r", worth=Decimal(-1)),
    "losses weighed by no number": LossWeight(id="r", worth=Decimal("NaN")),
    "losses over no outcomes": LossWeight(id="r", worth=Decimal(1), outcomes=0),
    "the mean of all but the worst": LossWeight(id="r", worth=Decimal(1), level=Decimal(1)),
    "a shortfall above the whole": PayoffReserve(id="r", shortfall=Decimal("1.1"), projects=1),
    "a shortfall of no project": PayoffReserve(id="r", shortfall=Decimal("0.1"), projects=0),
    "a shortfall that is no number": PayoffReserve(id="r", shortfall=Decimal("NaN"), projects=1),
    "ties that cost": NewTies(id="r", worth=Decimal(-1)),
}
BAD_WAYS: dict[str, dict[str, Any]] = {
    "a share of nothing": {"least_share": Decimal(0)},
    "a share above the whole": {"least_share": Decimal("1.1")},
    "a share that is no number": {"least_share": Decimal("NaN")},
    "an endless share": {"least_share": Decimal("Infinity")},
    "a loss above the whole": {"waiting_loss": Decimal("1.1")},
    "a loss that is no number": {"waiting_loss": Decimal("NaN")},
    "a version without a name": {"versions": (Version("", 2, 1, Decimal(1)),)},
    "a version named as a part": {
        "versions": (Version("90 %", 2, 1, Decimal(1)),),
        "least_share": Decimal("0.8"),
    },
    "a grant above the cost": {"versions": (Version("v", 1, 2, Decimal(1)),)},
    "a cost below zero": {"versions": (Version("v", -1, -1, Decimal(1)),)},
    "a cost that is not whole": {"versions": (Version("v", 1.5, 1, Decimal(1)),)},
    "a cost that is no number": {"versions": (Version("v", float("nan"), 1, Decimal(1)),)},
    "a cost beyond all bounds": {"versions": (Version("v", 10**30, 1, Decimal(1)),)},
    "a worth below zero": {"versions": (Version("v", 2, 1, Decimal(-1)),)},
    "a worth that is no number": {"versions": (Version("v", 2, 1, Decimal("NaN")),)},
}
BAD_TERMS: dict[str, dict[str, Any]] = {
    "a fee of all": {"fee": Decimal(1)},
    "a fee below zero": {"fee": Decimal("-0.1")},
    "a fee that is no number": {"fee": Decimal("NaN")},
    "a rate of a class that is none": {"rates": (Rate("tiny", Decimal("0.5")),)},
    "a rate above the whole": {"rates": (Rate("small", Decimal("1.5")),)},
    "a rate that is no number": {"rates": (Rate("*", Decimal("NaN")),)},
}


def refused(pool: Pool, scenario: Scenario, options: Options | None = None) -> InputError:
    with pytest.raises(InputError) as caught:
        optimize(pool, scenario, options or Options())
    assert all(problem.remedy for problem in caught.value.problems)
    return caught.value


@pytest.mark.parametrize("name", BAD_RULES)
def test_a_rule_that_makes_no_sense_is_refused(name: str) -> None:
    error = refused(worked_pool(), Scenario(rules=(BAD_RULES[name],)))
    assert len(error.problems) == 1


@pytest.mark.parametrize("name", BAD_WAYS)
def test_a_way_that_makes_no_sense_is_refused(name: str) -> None:
    pool = worked_pool()
    first = replace(pool.projects[0], **BAD_WAYS[name])
    error = refused(replace(pool, projects=(first, *pool.projects[1:])), Scenario())
    assert len(error.problems) == 1


@pytest.mark.parametrize("name", BAD_TERMS)
def test_terms_of_a_source_that_make_no_sense_are_refused(name: str) -> None:
    source = replace(Source("s", "S", (100,)), **BAD_TERMS[name])
    error = refused(worked_pool(), Scenario(sources=(source,)))
    assert len(error.problems) == 1


def test_every_problem_is_told_at_once() -> None:
    rules = tuple(replace(rule, id=f"rule-{k}") for k, rule in enumerate(BAD_RULES.values()))
    error = refused(worked_pool(), Scenario(rules=rules))
    assert len(error.problems) >= len(rules)


def test_problems_of_the_list_and_of_the_question_are_told_together() -> None:
    pool = worked_pool()
    odd = Project("Omega", "Omega", grant=-1, benefit=float("nan"), p_technical=1.2)
    error = refused(
        replace(pool, projects=(*pool.projects, odd)),
        Scenario(
            objective=Objective("benefit", caution=2.0),
            rules=(TotalBudget(id="r", limit=-1), Must(id="s", projects=("Nobody",))),
        ),
    )
    told = str(error)
    for fact in ("Omega", "nan", "caution", "r", "Nobody"):
        assert fact in told
    assert len(error.problems) >= 5


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_worth_that_is_no_number_is_refused(number: float) -> None:
    pool = worked_pool()
    odd = replace(pool, projects=(*pool.projects, Project("Omega", "Omega", benefit=number)))
    error = refused(odd, Scenario(objective=Objective("benefit")))
    assert "Omega" in str(error)


@pytest.mark.parametrize(
    "objective",
    [
        Objective(caution=float("nan")),
        Objective(caution=1.5),
        Objective("blend", payoff_weight=float("nan")),
        Objective("blend", payoff_weight=-0.1),
    ],
)
def test_an_aim_outside_its_range_is_refused(objective: Objective) -> None:
    refused(worked_pool(), Scenario(objective=objective))


def test_chances_outside_0_to_1_are_refused_for_each_project() -> None:
    pool = worked_pool()
    odd = tuple(replace(project, p_technical=1.2) for project in pool.projects)
    assert len(refused(replace(pool, projects=odd), Scenario()).problems) >= len(odd)


def test_two_rules_may_not_share_an_id() -> None:
    rules = (TotalBudget(id="r", limit=1), Must(id="r", projects=("Alpha",)))
    refused(worked_pool(), Scenario(rules=rules))


def test_an_envelope_has_an_amount_for_each_period_and_none_below_zero() -> None:
    short = Source("city", "City", (100, 100))
    below = Source("bank", "Bank", (-5,))
    assert len(refused(worked_pool(), Scenario(sources=(short, below))).problems) == 2


def test_staying_close_to_a_loss_below_zero_is_refused() -> None:
    close = StayClose(("Alpha",), Decimal("-0.1"))
    refused(worked_pool(), Scenario(stay_close=close))


@pytest.mark.parametrize(
    "options", [Options(time_limit=0), Options(time_limit=float("nan")), Options(gap=-0.1)]
)
def test_options_outside_their_range_are_refused(options: Options) -> None:
    refused(worked_pool(), Scenario(), options)


ABOUT_A_MIX = {
    "prices": lambda pool, scenario, base: rule_prices(pool, scenario, base),
    "costs": lambda pool, scenario, base: forced_costs(pool, scenario, base),
    "explanation": lambda pool, scenario, base: explain_project(pool, scenario, base, "Delta"),
    "ways in": lambda pool, scenario, base: why_not(pool, scenario, base, "Delta"),
    "next money": lambda pool, scenario, base: purchases(pool, scenario, base, 100),
    "steps": lambda pool, scenario, base: next_steps(pool, scenario, base, 1),
}


@pytest.mark.parametrize("name", ABOUT_A_MIX)
def test_a_mix_with_a_project_that_has_gone_is_refused(name: str) -> None:
    pool, scenario = worked_pool(), worked_scenario("15")
    base = optimize(pool, scenario)
    left = replace(pool, projects=tuple(p for p in pool.projects if p.id != "Beta"))
    with pytest.raises(InputError):
        ABOUT_A_MIX[name](left, scenario, base)


@pytest.mark.parametrize("name", ["prices", "costs", "explanation", "ways in", "next money"])
def test_a_mix_found_for_another_question_is_refused(name: str) -> None:
    pool, scenario = worked_pool(), worked_scenario("15")
    too_dear = optimize(pool, worked_scenario("20"))
    with pytest.raises(InputError):
        ABOUT_A_MIX[name](pool, scenario, too_dear)


@pytest.mark.parametrize("name", ABOUT_A_MIX)
def test_a_mix_whose_value_is_not_its_own_is_refused(name: str) -> None:
    pool, scenario = worked_pool(), worked_scenario("15")
    base = optimize(pool, scenario)
    with pytest.raises(InputError):
        ABOUT_A_MIX[name](pool, scenario, replace(base, value=1, bound=1))


@pytest.mark.parametrize("ask", [sweep, preview])
def test_budgets_below_zero_are_refused(
    ask: Callable[[Pool, Scenario, list[int]], object],
) -> None:
    with pytest.raises(InputError):
        ask(worked_pool(), worked_scenario("15"), [100, -1])
