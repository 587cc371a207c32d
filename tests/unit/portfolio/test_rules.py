"""Each kind of rule, its sentence, and how it stands in a mix, counted by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from portfolio.cluster import Cluster
from portfolio.feasibility import checks, feasible, violations
from portfolio.funding.allocation import allocate
from portfolio.funding.eligibility import eligible_sources, objections
from portfolio.funding.rules import (
    AtMostOf,
    Capacity,
    Limit,
    Must,
    MustNot,
    Requires,
    Rule,
    TotalBudget,
)
from portfolio.funding.sentences import sentence
from portfolio.funding.sources import Source
from portfolio.organization import HelixRole, Organization
from portfolio.pool import Pool
from portfolio.project import Project, ProjectStatus, ResourceNeed, Scope
from portfolio.scenario import Scenario, active_rules, with_money, with_rules, without
from portfolio.selection import Choice, Payment, RuleCheck, Selection, Status
from portfolio.units import Calendar

NB = "\u00a0"
FIRST, SECOND = date(2027, 1, 1), date(2027, 7, 1)


def project(name: str, grant: int, **fields: object) -> Project:
    return Project(id=name, name=name.title(), cost=2 * grant, grant=grant, **fields)  # type: ignore[arg-type]


POOL = Pool(
    Cluster("c", "Cluster", "EUR", Calendar(FIRST, 6, 2)),
    (
        project("ada", 600, theme="ports", lead="acme", newcomer=True, start=FIRST, end=SECOND),
        project("bo", 300, theme="wind", lead="uni", scope=Scope.HOT_SPOT, start=SECOND),
        project("cy", 100, lead="acme", resources=(ResourceNeed("staff days", Decimal(10)),)),
        project("di", 0, theme="wind"),
    ),
    (
        Organization("acme", "Acme", HelixRole.BUSINESS),
        Organization("uni", "University", HelixRole.ACADEMIA),
    ),
)
STAFFED = replace(
    POOL,
    projects=tuple(
        replace(p, resources=(ResourceNeed("staff days", Decimal(n)),))
        for p, n in zip(POOL.projects, (9, 4, 10, 0), strict=True)
    ),
)


def check(rule: Rule, *mix: str, pool: Pool = POOL) -> RuleCheck:
    (found,) = checks(pool, Scenario(rules=(rule,)), mix, ())
    return found


# How rules stand


@pytest.mark.parametrize(("limit", "met"), [(900, True), (899, False)])
def test_a_total_budget_is_held_to_the_cent(limit: int, met: bool) -> None:
    found = check(TotalBudget(id="b", limit=limit), "ada", "bo")
    assert (found.used, found.met, found.slack) == (900, met, limit - 900)


def test_a_share_of_money_is_exact_where_floats_would_slip() -> None:
    third = Limit(id="l", attribute="theme", value="wind", at_most=Decimal("0.3333"))
    assert check(third, "ada", "bo").used == Fraction(1, 3)
    assert not check(third, "ada", "bo").met
    assert check(replace(third, at_most=Decimal("0.3334")), "ada", "bo").met


def test_an_empty_mix_meets_every_share() -> None:
    limit = Limit(id="l", attribute="theme", value="wind", at_least=Decimal(1))
    assert check(limit).met
    assert check(replace(limit, measure="project share")).met


def test_a_mix_that_costs_nothing_meets_every_share_of_money_but_not_of_projects() -> None:
    limit = Limit(id="l", attribute="theme", value="ports", at_least=Decimal(1))
    assert check(limit, "di").met
    assert not check(replace(limit, measure="project share"), "di").met


@pytest.mark.parametrize(
    ("measure", "at_least", "met"),
    [("money", "300", True), ("money", "301", False), ("projects", "2", True)],
)
def test_amounts_and_counts_have_a_least(measure: str, at_least: str, met: bool) -> None:
    rule = Limit(
        id="l",
        attribute="theme",
        value="wind",
        measure=measure,  # type: ignore[arg-type]
        at_least=Decimal(at_least),
    )
    assert check(rule, "ada", "bo", "di").met is met


def test_a_rule_for_each_class_shows_its_tightest() -> None:
    found = check(Limit(id="l", attribute="lead", at_most=Decimal("0.65")), "ada", "bo", "cy")
    assert (found.label, found.used, found.met) == ("acme", Fraction(7, 10), False)


def test_projects_whose_lead_is_not_known_are_no_one_organization() -> None:
    nameless = replace(POOL, projects=tuple(replace(p, lead="") for p in POOL.projects))
    cap = Limit(id="l", attribute="lead", at_most=Decimal("0.1"))
    assert check(cap, "ada", "bo", pool=nameless).met
    assert not check(replace(cap, value="not known"), "ada", "bo", pool=nameless).met


def test_a_least_for_each_class_counts_classes_that_no_chosen_project_has() -> None:
    rule = Limit(id="l", attribute="theme", measure="projects", at_least=Decimal(1))
    assert check(rule, "ada").label == "wind"
    assert not check(rule, "ada").met
    assert check(rule, "ada", "di").met


def test_all_speaks_of_the_whole_mix() -> None:
    rule = Limit(id="l", attribute="all", value="all", measure="projects", at_most=Decimal(2))
    assert check(rule, "ada", "bo").met
    assert not check(rule, "ada", "bo", "cy").met


def test_a_capacity_over_the_horizon_adds_whole_needs() -> None:
    rule = Capacity(id="c", resource="staff days", amounts=(Decimal(13),))
    found = check(rule, "ada", "bo", pool=STAFFED)
    assert (found.used, found.met, found.unit) == (13, True, "staff days")
    assert not check(rule, "ada", "bo", "cy", pool=STAFFED).met


def test_a_capacity_by_period_spreads_needs_over_the_projects_own_periods() -> None:
    # Ada's 9 days fall half into each period; Bo's 4 all into the second: 4.5 and 8.5.
    rule = Capacity(id="c", resource="staff days", amounts=(Decimal("4.5"), Decimal("8.4")))
    found = check(rule, "ada", "bo", pool=STAFFED)
    assert (found.label, found.used, found.met) == ("2027 H2", Fraction(17, 2), False)
    loose = replace(rule, amounts=(Decimal("4.5"), Decimal("8.5")))
    assert check(loose, "ada", "bo", pool=STAFFED).met


@pytest.mark.parametrize(
    ("rule", "good", "bad"),
    [
        (Must(id="r", projects=("ada", "bo")), ("ada", "bo"), ("ada",)),
        (MustNot(id="r", projects=("ada", "bo")), ("cy",), ("bo", "cy")),
        (Requires(id="r", project="ada", needs=("bo", "cy")), ("bo",), ("ada", "bo")),
        (Requires(id="r", project="ada", needs=("bo", "cy")), ("ada", "bo", "cy"), ("ada",)),
        (AtMostOf(id="r", projects=("ada", "bo", "cy"), count=1), ("bo",), ("bo", "cy")),
        (AtMostOf(id="r", projects=("ada", "bo", "cy"), count=0), ("di",), ("ada",)),
    ],
)
def test_rules_on_named_projects(rule: Rule, good: tuple[str, ...], bad: tuple[str, ...]) -> None:
    assert check(rule, *good).met
    assert not check(rule, *bad).met


# Which rules count


def test_rules_switched_off_or_out_of_date_do_not_count() -> None:
    dated = TotalBudget(id="old", limit=0, valid_to=date(2026, 12, 31))
    scenario = Scenario(rules=(dated, Must(id="m", projects=("ada",))), on=FIRST)
    assert [rule.id for rule in active_rules(scenario)] == ["m"]
    assert active_rules(without(scenario, "m")) == ()
    last_day = replace(scenario, on=date(2026, 12, 31))
    assert [rule.id for rule in active_rules(last_day)] == ["old", "m"]


def test_a_rule_of_the_same_id_is_replaced() -> None:
    scenario = Scenario(rules=(TotalBudget(id="b", limit=5),))
    assert with_rules(scenario, TotalBudget(id="b", limit=7)).money == 7


REGION = Source("region", "Region", (500, 300))
CITY = Source("city", "City", (100, 100), carry_over=True, themes=("ports",))
SOURCED = Scenario(sources=(REGION, CITY))


def test_the_money_is_the_least_of_the_limits_that_count() -> None:
    assert Scenario().money is None
    assert SOURCED.money == 1000
    capped = with_rules(SOURCED, TotalBudget(id="cap", limit=700))
    assert capped.money == 700
    assert without(capped, "cap").money == 1000
    assert without(SOURCED, "budget:city").money is None


def test_other_money_scales_every_source_and_every_limit_to_the_cent() -> None:
    halved = with_money(with_rules(SOURCED, TotalBudget(id="cap", limit=700)), 501)
    assert halved.money == 501
    assert [source.budgets for source in halved.sources] == [(251, 150), (50, 50)]


def test_other_money_limits_a_question_that_had_no_limit() -> None:
    assert with_money(Scenario(), 70).money == 70
    assert with_money(without(SOURCED, "budget:city"), 70).money == 70


# Who may pay


def test_a_source_says_every_reason_why_it_may_not_pay() -> None:
    strict = Source(
        "strict",
        "Strict",
        (1, 1),
        themes=("ports", "wind"),
        scopes=(Scope.PRIVATE,),
        lead_roles=(HelixRole.PUBLIC,),
    )
    picky = replace(POOL.project("cy"), sources=("region",))
    assert [(found.why, found.remedy) for found in objections(POOL, picky, strict)] == [
        (
            "the project does not name it among its sources",
            "the project named it among its sources",
        ),
        ("it pays only for ports or wind", "its theme were ports or wind"),
        ("it pays only for private collaboration", "its scope were private collaboration"),
        ("the lead has to be public", "its lead were public"),
    ]
    assert objections(POOL, picky, REGION) == ()


def test_conditions_do_not_count_when_their_rule_is_off() -> None:
    assert eligible_sources(POOL, SOURCED)["bo"] == {"region"}
    assert eligible_sources(POOL, without(SOURCED, "eligibility"))["bo"] == {"region", "city"}


# Money by source and period


def test_money_of_a_period_may_not_be_spent_before_it_comes_nor_after_without_carry_over() -> None:
    # Bo needs 300 in the second period: all of the region's money there.
    assert feasible(POOL, SOURCED, ["bo"])
    poorer = replace(SOURCED, sources=(replace(REGION, budgets=(800, 299)), CITY))
    assert not feasible(POOL, poorer, ["bo"])
    carried = replace(REGION, budgets=(800, 0), carry_over=True)
    assert feasible(POOL, replace(SOURCED, sources=(carried, CITY)), ["bo"])


def test_a_shortage_says_who_needs_what_from_which_envelopes() -> None:
    shortage = allocate(POOL, SOURCED, ["ada", "bo"]).shortage
    assert shortage is not None
    # In the second period the region holds 300 for Bo's 300; Ada's 300 finds the city's 200.
    assert shortage.missing == 100
    assert set(shortage.supplies) == {("region", 1), ("city", 0), ("city", 1)}
    assert {period for _, period in shortage.cells} == {1}


def test_an_envelope_with_room_is_no_part_of_a_shortage() -> None:
    unlucky = replace(
        SOURCED, sources=(replace(REGION, budgets=(0, 300)), replace(CITY, themes=("sea",)))
    )
    shortage = allocate(POOL, unlucky, ["bo", "cy"]).shortage
    assert shortage is not None
    assert shortage.supplies == (("region", 0),)


def test_money_without_limits_pays_everything() -> None:
    free = without(without(SOURCED, "budget:region"), "budget:city")
    assert allocate(POOL, free, ["ada", "bo", "cy", "di"]).shortage is None


# The re-check of an answer


def answer(*mix: str, **fields: object) -> Selection:
    spend = sum(POOL.project(name).grant for name in mix)
    payments = allocate(POOL, SOURCED, mix).payments
    whole = Selection(
        Status.OPTIMAL,
        tuple(Choice(name) for name in mix),
        value=0,
        spend=spend,
        payments=payments,
    )
    return replace(whole, **fields)  # type: ignore[arg-type]


def faults(selection: Selection, scenario: Scenario = SOURCED) -> list[str]:
    return [violation.message for violation in violations(POOL, scenario, selection)]


def test_an_honest_answer_has_no_fault() -> None:
    assert faults(answer("ada", "cy")) == []


def test_an_answer_that_breaks_a_rule_is_caught_by_the_rules_sentence() -> None:
    scenario = with_rules(SOURCED, MustNot(id="no", projects=("cy",)))
    (found,) = violations(POOL, scenario, answer("ada", "cy"))
    assert (found.rule, found.message) == ("no", "Broken: Cy must stay out")


def test_strangers_and_doubles_are_caught() -> None:
    assert faults(answer(chosen=(Choice("zed"),))) == ["“zed” is no candidate."]
    twice = answer(chosen=(Choice("di"), Choice("di")))
    assert faults(twice) == ["A project is chosen twice."]


def test_a_running_project_is_no_candidate() -> None:
    pool = replace(POOL, projects=(replace(POOL.project("ada"), status=ProjectStatus.RUNNING),))
    (found,) = violations(pool, Scenario(), answer("ada", payments=()))
    assert found.message == "“ada” is no candidate."


def test_a_spend_that_is_not_the_sum_of_the_grants_is_caught() -> None:
    assert faults(answer("cy", spend=99)) == ["The spend 99 is not the sum of the grants 100."]


def test_a_grant_that_is_not_paid_in_full_is_caught_to_the_cent() -> None:
    short = (Payment("cy", "region", 0, 99),)
    assert faults(answer("cy", payments=short)) == ["“cy” is not paid its grant of 2027 H1."]


@pytest.mark.parametrize(
    "payment",
    [
        Payment("bo", "region", 0, 50),
        Payment("zed", "region", 0, 50),
        Payment("cy", "nobody", 0, 50),
        Payment("cy", "region", 2, 50),
        Payment("cy", "region", -1, 50),
        Payment("cy", "region", 0, -50),
        Payment("cy", "region", 0, 0),
    ],
)
def test_a_payment_that_does_not_belong_is_a_fault_and_no_crash(payment: Payment) -> None:
    right = allocate(POOL, SOURCED, ["cy"]).payments
    (message,) = faults(answer("cy", payments=(*right, payment)))
    assert "does not belong to the mix" in message


def test_a_payment_from_a_source_that_may_not_pay_is_caught() -> None:
    wrong = (Payment("cy", "city", 0, 100),)
    assert faults(answer("cy", payments=wrong)) == [
        "Broken: Each source pays only for what it is meant for"
    ]


def test_an_overdrawn_envelope_is_caught_by_its_period() -> None:
    poorer = replace(SOURCED, sources=(replace(REGION, budgets=(99, 701)), CITY))
    selection = answer("cy")
    (found,) = violations(POOL, poorer, selection)
    assert found.rule == "budget:region"
    (row, *_) = checks(POOL, poorer, ["cy"], selection.payments)
    assert (row.label, row.used, row.at_most) == ("2027 H1", 100, 99)


def test_carried_money_counts_from_the_start_on() -> None:
    carried = replace(REGION, budgets=(0, 300), carry_over=True)
    scenario = replace(SOURCED, sources=(carried, CITY))
    assert allocate(POOL, scenario, ["cy"]).shortage is not None
    early = replace(carried, budgets=(300, 0))
    assert allocate(POOL, replace(SOURCED, sources=(early, CITY)), ["bo"]).shortage is None


def test_carried_money_may_not_be_spent_before_it_comes() -> None:
    carried = replace(REGION, budgets=(0, 300), carry_over=True)
    early = answer("cy", payments=(Payment("cy", "region", 0, 100),))
    (found,) = violations(POOL, replace(SOURCED, sources=(carried, CITY)), early)
    assert found.rule == "budget:region"


# Sentences


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (TotalBudget(id="r", limit=200_000_000), f"The mix costs at most €2.00{NB}million"),
        (Must(id="r", projects=("ada", "bo")), "Ada and Bo must be in"),
        (MustNot(id="r", projects=("ada",)), "Ada must stay out"),
        (Requires(id="r", project="ada", needs=("bo", "cy")), "Ada needs Bo and Cy"),
        (AtMostOf(id="r", projects=("ada", "bo"), count=1), "At most 1 of Ada or Bo"),
        (
            Capacity(id="r", resource="staff days", amounts=(Decimal("1200.50"),)),
            "At most 1,200.5 staff days",
        ),
        (
            Capacity(id="r", resource="staff days", amounts=(Decimal(30), Decimal(30))),
            "At most 30 staff days in each period",
        ),
        (
            Capacity(id="r", resource="staff days", amounts=(Decimal(10), Decimal(30))),
            "At most 40 staff days, period by period",
        ),
        (
            Limit(id="r", attribute="newcomer", value="yes", at_least=Decimal("0.15")),
            f"At least 15{NB}% of the money to newcomers",
        ),
        (
            Limit(id="r", attribute="lead", value="acme", at_most=Decimal("0.3")),
            f"At most 30{NB}% of the money to Acme",
        ),
        (
            Limit(id="r", attribute="lead", measure="projects", at_most=Decimal(1)),
            "At most 1 project of any one organization",
        ),
        (
            Limit(
                id="r",
                attribute="theme",
                value="wind",
                measure="project share",
                at_least=Decimal("0.1"),
                at_most=Decimal("0.5"),
            ),
            f"Between 10{NB}% and 50{NB}% of the projects are projects of the theme wind",
        ),
        (
            Limit(
                id="r",
                attribute="all",
                value="all",
                measure="projects",
                at_least=Decimal(3),
                at_most=Decimal(3),
            ),
            "Exactly 3 projects in all",
        ),
        (
            Limit(
                id="r",
                attribute="horizon",
                value="quick win",
                measure="projects",
                at_least=Decimal(4),
            ),
            "At least 4 quick wins",
        ),
        (Must(id="r", sentence="As the law says", projects=("ada",)), "As the law says"),
    ],
)
def test_a_rule_says_what_its_values_say(rule: Rule, words: str) -> None:
    assert sentence(rule, POOL, SOURCED) == words


def test_a_sources_budget_says_whether_money_is_carried_over() -> None:
    region, city, *_ = active_rules(SOURCED)
    assert sentence(region, POOL, SOURCED) == "Region pays at most €8 in all, period by period"
    assert sentence(city, POOL, SOURCED) == (
        "City pays at most €2 in all, unspent money carried over"
    )
