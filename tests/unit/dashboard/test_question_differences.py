"""What differs between two questions is said, thing by thing; the same question says nothing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from dashboard.services.question_differences import Posed, differences
from portfolio.cluster import Cluster
from portfolio.funding.rules import Capacity, Limit, Must, TotalBudget
from portfolio.funding.sources import Source
from portfolio.organization import HelixRole
from portfolio.pool import Pool
from portfolio.project import Project, Scope
from portfolio.scenario import Objective, Scenario, StayClose
from portfolio.units import Calendar

POOL = Pool(
    Cluster("c", "Cluster", "EUR", Calendar(date(2027, 1, 1), 6, 4)),
    projects=tuple(Project(i, i.upper(), 100, 100) for i in ("a", "b", "d")),
)
CITY = Source("city", "City", (10_000_00, 10_000_00, 0, 0), themes=("Ice",))
BASE = Scenario(
    sources=(CITY, Source("seed", "Seed fund", (5_000_00, 0, 0, 0))),
    rules=(
        Limit(id="lead", attribute="lead", at_most=Decimal("0.3")),
        Must(id="spring", projects=("a",), valid_from=date(2027, 3, 1)),
        Capacity(id="staff", resource="engineers", amounts=tuple(map(Decimal, (4, 4, 4, 4)))),
    ),
    stay_close=StayClose(("a", "b")),
)


def told(other: Scenario, one: Scenario = BASE) -> list[str]:
    return [
        sentence.replace("\u00a0", " ")
        for sentence in differences(Posed(one, POOL), Posed(other, POOL))
    ]


def city(**changed: object) -> Scenario:
    """The question with another city."""
    return replace(BASE, sources=(replace(CITY, **changed), *BASE.sources[1:]))  # type: ignore[arg-type]


def rule(rule_id: str, **changed: object) -> Scenario:
    """The question with one rule changed."""
    rules = (replace(r, **changed) if r.id == rule_id else r for r in BASE.rules)  # type: ignore[arg-type]
    return replace(BASE, rules=tuple(rules))


def test_the_same_question_differs_in_nothing() -> None:
    assert told(BASE) == []


def test_names_origins_and_wording_of_rules_are_not_the_question() -> None:
    assert told(rule("lead", id="other-name", origin="A law", sentence="As we say it")) == []


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (
            city(budgets=(15_000_00, 5_000_00, 0, 0)),
            ["City gives €15,000 instead of €10,000 in 2027 H1 and €5,000 instead of €10,000 in 2027 H2."],
        ),
        (
            city(budgets=(5_000_00, 5_000_00, 5_000_00, 5_000_00)),
            [
                "City gives €5,000 instead of €10,000 in 2027 H1, €5,000 instead of €10,000 in "
                "2027 H2, €5,000 instead of €0 in 2028 H1 and other amounts in 1 more period."
            ],
        ),
        (city(carry_over=True), ["What City does not spend in a period may be spent later."]),
        (city(themes=()), ["City pays for all themes instead of the themes Ice."]),
        (
            city(scopes=(Scope.HOT_SPOT,)),
            ["City pays for the scopes hot spot instead of all scopes."],
        ),
        (
            city(lead_roles=(HelixRole.ACADEMIA, HelixRole.BUSINESS)),
            ["City pays for the roles of the lead academia and business instead of all roles of the lead."],
        ),
        (city(public=False), ["City gives private money instead of public money."]),
        (city(name="Town"), ["City is called Town."]),
        (
            replace(BASE, on=date(2027, 4, 1)),
            ["Rules with dates count as on 1 April 2027 instead of whatever their dates."],
        ),
        (
            replace(BASE, stay_close=None),
            ["Only the earlier one stays close to an agreed mix of 2 proposals, within 0.5 % of the best."],
        ),
        (
            replace(BASE, stay_close=StayClose(("a", "d"))),
            ["It stays close to another mix: the earlier one's with D and without B."],
        ),
        (
            replace(BASE, stay_close=StayClose(("b", "a"), Decimal("0.02"))),
            ["To stay close it may lose up to 2 % instead of 0.5 % of the best."],
        ),
        (
            replace(BASE, objective=Objective(aim="score")),
            ["It aims for the highest score instead of the highest expected payoff."],
        ),
        (
            replace(BASE, objective=Objective(caution=0.25)),
            ["Payoffs are moved 25 % instead of 0 % of the way to their low estimates."],
        ),
        (
            rule("staff", amounts=tuple(map(Decimal, (4, 6, 4, 4)))),
            ["Of engineers at most 6 instead of 4 in 2027 H2."],
        ),
        (
            rule("lead", at_most=Decimal("0.25")),
            [
                "At most 25 % of the money to any one organization; the earlier one asks: "
                "At most 30 % of the money to any one organization."
            ],
        ),
        (
            rule("lead", at_most=Decimal("0.25"), sentence="Nobody gets too much"),
            [
                "Nobody gets too much; the earlier one asks: "
                "At most 30 % of the money to any one organization."
            ],
        ),
        (
            replace(BASE, off=("lead",)),
            ["Only the earlier one asks: At most 30 % of the money to any one organization."],
        ),
        (
            replace(BASE, off=("eligibility",)),
            ["Only the earlier one asks: Each source pays only for what it is meant for."],
        ),
    ],
)  # fmt: skip
def test_each_thing_that_differs_is_said(other: Scenario, expected: list[str]) -> None:
    assert told(other) == expected


def test_a_rule_that_keeps_its_wording_and_changes_its_limit_is_told_by_its_values() -> None:
    one, other = (
        rule("lead", at_most=Decimal(limit), sentence="Nobody gets too much")
        for limit in ("0.3", "0.2")
    )
    assert told(other, one) == [
        "At most 20 % of the money to any one organization; the earlier one asks: "
        "At most 30 % of the money to any one organization."
    ]


def test_a_funder_that_comes_is_told_once_with_the_money_it_brings() -> None:
    without = replace(BASE, sources=(CITY,))
    assert told(BASE, without) == [
        "The money in all is €25,000 instead of €20,000.",
        "Only the later one has money from Seed fund: €5,000 in all.",
    ]
    assert told(without, BASE)[1] == "Only the earlier one has money from Seed fund: €5,000 in all."


def test_amounts_that_read_alike_are_told_to_the_cent() -> None:
    def budget(cents: int) -> Scenario:
        return Scenario(rules=(TotalBudget(id="budget", limit=cents),))

    assert told(budget(2_000_000_01), budget(2_000_000_00)) == [
        "The money in all is €2,000,000.01 instead of €2,000,000.00."
    ]


def test_no_limit_on_the_money_is_told_both_ways() -> None:
    limited = Scenario(rules=(TotalBudget(id="budget", limit=500_00),))
    assert told(Scenario(), limited) == ["The money in all has no limit instead of €500."]
    assert told(limited, Scenario()) == ["The money in all is €500 instead of having no limit."]


def question(budget: int | None, city_gives: int | None) -> Scenario:
    """A question of a total budget and a funder, in euros; None leaves one out."""
    sources = () if city_gives is None else (Source("city", "City", (city_gives * 100,)),)
    rules = () if budget is None else (TotalBudget(id="budget", limit=budget * 100),)
    return Scenario(sources=sources, rules=rules)


FUNDER_COMES = "Only the later one has money from City: €50 in all."


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (
            question(100, None),
            question(100, 50),
            ["The money in all is €50 instead of €100.", FUNDER_COMES],
        ),
        (
            question(100, 80),
            question(100, 120),
            [
                "The money in all is €100 instead of €80.",
                "City gives €120 instead of €80 in all.",
            ],
        ),
        (
            question(100, 200),
            question(120, 200),
            ["The money in all is €120 instead of €100."],
        ),
        (
            question(100, None),
            question(120, 50),
            [
                "The money in all is €50 instead of €100.",
                FUNDER_COMES,
                "The mix costs at most €120; the earlier one asks: The mix costs at most €100.",
            ],
        ),
        (
            question(None, 80),
            question(80, 120),
            [
                "City gives €120 instead of €80 in all.",
                "Only the later one asks: The mix costs at most €80.",
            ],
        ),
    ],
)
def test_a_total_budget_is_told_where_it_differs_and_the_money_in_all_does_not_tell_it(
    one: Scenario, other: Scenario, expected: list[str]
) -> None:
    assert told(other, one) == expected


def test_a_rule_is_told_whose_id_a_total_budget_takes_over() -> None:
    limit = Scenario(rules=(Limit(id="cap", attribute="lead", at_most=Decimal("0.3")),))
    budget = Scenario(rules=(TotalBudget(id="cap", limit=100_00),))
    asks = "At most 30 % of the money to any one organization."
    assert told(budget, limit) == [
        "The money in all is €100 instead of having no limit.",
        f"Only the earlier one asks: {asks}",
    ]
    assert told(limit, budget) == [
        "The money in all has no limit instead of €100.",
        f"Only the later one asks: {asks}",
    ]


@pytest.mark.parametrize("turned", [lambda a, b: (a, b), lambda a, b: (b, a)])
def test_other_periods_are_said(
    turned: Callable[[Posed, Posed], tuple[Posed, Posed]],
) -> None:
    years = replace(POOL, cluster=replace(POOL.cluster, calendar=Calendar(date(2027, 1, 1), 12, 4)))
    assert "The two have other periods." in differences(
        *turned(Posed(BASE, POOL), Posed(BASE, years))
    )
