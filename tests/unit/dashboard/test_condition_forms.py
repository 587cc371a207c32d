"""Rates, fees, conditions, aid, leaders, synergies and ties as forms: what they make and refuse."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pandas as pd
import pytest

from dashboard import frames
from dashboard.services import source_forms
from dashboard.services.condition_forms import CONDITION_WORDS
from dashboard.services.mix import check_words
from dashboard.services.question_differences import Posed, differences
from dashboard.services.rule_fields import Fields
from dashboard.services.rule_forms import KINDS, build, fields_of, said
from portfolio.errors import InputError
from portfolio.funding.admission import MEASURES
from portfolio.funding.rules import (
    Admission,
    AidGrant,
    CostReserve,
    DeMinimis,
    LeaderLoad,
    LossLimit,
    LossWeight,
    NewTies,
    PayoffReserve,
    Rule,
    Synergy,
)
from portfolio.funding.sources import Rate, Source
from portfolio.scenario import Objective, Scenario
from portfolio.selection import RuleCheck
from tests.support.harbor import harbor

POOL = harbor()
COMMON = {
    "sentence": "As we say it",
    "origin": "Call 7",
    "valid_from": date(2027, 1, 1),
    "valid_to": date(2028, 1, 1),
}
RULES: tuple[Rule, ...] = (
    Admission(id="r", measure="partners", at_least=Decimal(2), **COMMON),
    Admission(id="r", measure="cost", at_least=Decimal(12_345), at_most=Decimal(9_900_000)),
    Admission(
        id="r", measure="grant share", at_most=Decimal("0.955"), classes=("mid", "large"), **COMMON
    ),
    Admission(id="r", measure="wait", at_most=Decimal(18)),
    DeMinimis(
        id="r",
        ceiling=90_000_050,
        years=2,
        granted=(
            AidGrant("dock", date(2025, 3, 1), 12_000_000),
            AidGrant("uni", date(2026, 3, 1), 1),
        ),
        **COMMON,
    ),
    LeaderLoad(id="r", at_most=3, **COMMON),
    CostReserve(id="r", limit=220_000_050, overrun=Decimal("0.205"), projects=3, **COMMON),
    LossLimit(id="r", at_most=-1_500_000, level=Decimal("0.95"), outcomes=500, seed=7, **COMMON),
    LossWeight(id="r", worth=Decimal("0.5"), level=Decimal("0.8"), outcomes=50, **COMMON),
    PayoffReserve(id="r", shortfall=Decimal("0.35"), projects=2, **COMMON),
    Synergy(id="r", projects=("buoy", "pier"), worth=Decimal("-1.25"), **COMMON),
    NewTies(id="r", worth=Decimal("0.1"), **COMMON),
)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.kind)
def test_a_rule_comes_back_from_its_form_as_it_was(rule: Rule) -> None:
    assert rule.kind in KINDS
    assert build(rule.kind, "r", fields_of(rule), POOL) == rule


def test_every_condition_has_words() -> None:
    assert set(CONDITION_WORDS) == set(MEASURES)


def test_what_is_left_empty_is_as_the_regulation_has_it() -> None:
    usual = build("de minimis", "r", Fields(granted=(("", None, None),)), POOL)
    assert usual == DeMinimis(id="r", ceiling=300_000_00, years=3)


def refused(kind: str, told: Fields) -> list[str]:
    with pytest.raises(InputError) as caught:
        build(kind, "r", told, POOL)
    return [str(problem) for problem in caught.value.problems]


def test_forms_say_everything_that_is_wrong_with_them() -> None:
    assert refused("admission", Fields()) == ["At least, at most: Write at least one of the two."]
    assert refused("admission", Fields(condition="grant share", at_least=120.0, at_most=10.0)) == [
        "At least: “120”. Write a number from 0 to 100.",
        "At least: “120”. It is above “at most”. Correct one of the two.",
    ]
    assert refused("admission", Fields(condition="partners", at_least=1.5)) == [
        "At least: “1.5”. Write a whole number from 0 to 10,000."
    ]
    ledger = (("nobody", date(2025, 1, 1), 5.0), ("dock", None, -1.0))
    assert refused("de minimis", Fields(limit=-1.0, years=0, granted=ledger)) == [
        "At most: “-1”. Write an amount, not below zero.",
        "Within years: “0”. Write a whole number of years from 1 to 50.",
        "Row 1, Granted before, organization: “nobody”. Choose an organization from the list.",
        "Row 2, Granted before, day: Write the day of the grant.",
        "Row 2, Granted before, amount: “-1”. Write an amount, not below zero.",
    ]
    assert refused("leader load", Fields()) == ["At most: Write a whole number of projects."]
    assert refused("cost reserve", Fields(share=-1.0, count=-1)) == [
        "Money: Write an amount, not below zero.",
        "More than planned: “-1”. Write a number from 0 to 10,000.",
        "Projects: “-1”. Write a whole number of projects.",
    ]
    assert refused("loss limit", Fields(share=0.0, outcomes=0)) == [
        "Loses at most: Write an amount; below zero it has to gain.",
        "In the worst: “0”. Write a number above 0, up to 100.",
        "Outcomes: “0”. Write a whole number from 1 to 20,000.",
    ]
    assert refused("loss weight", Fields(share=101.0, worth=-1.0)) == [
        "Worth: “-1”. Write a number, not below zero.",
        "In the worst: “101”. Write a number above 0, up to 100.",
    ]
    assert refused("payoff reserve", Fields(share=101.0, count=0)) == [
        "Less than promised: “101”. Write a number from 0 to 100.",
        "Projects: “0”. Write a whole number of projects, from 1 on.",
    ]
    assert refused("synergy", Fields(projects=("pier",))) == [
        "Projects: Choose at least 2 projects.",
        "Worth: Write a number.",
    ]
    assert refused("new ties", Fields(worth=-1.0)) == [
        "Worth: “-1”. Write a number, not below zero."
    ]


def test_worth_is_said_in_what_the_aim_counts() -> None:
    ties = NewTies(id="r", worth=Decimal(2000))
    words = "Each pair that works together for the first time adds"
    for aim, told in (
        ("payoff", "€2,000"),
        ("score", "2,000 points"),
        ("benefit", "2,000 in benefit"),
    ):
        scenario = Scenario(objective=Objective(aim=aim))  # type: ignore[arg-type]
        assert said(ties, POOL, scenario) == f"{words} {told}"


def test_one_of_something_is_said_in_the_singular() -> None:
    one = Admission(id="r", measure="partners", at_least=Decimal(1))
    assert said(one, POOL, POOL.scenario) == "Each project has at least 1 partner"
    two = replace(one, at_least=Decimal(2))
    assert said(two, POOL, POOL.scenario) == "Each project has at least 2 partners"


def test_how_often_a_bonus_is_earned_is_said() -> None:
    for used, told in ((0, "not earned"), (1, "earned 1 time"), (3, "earned 3 times")):
        assert check_words(RuleCheck("r", "", "", used, None, None, "times"), "EUR") == told


def test_rules_on_what_could_go_wrong_say_what_they_take_off() -> None:
    weight = LossWeight(id="r", worth=Decimal(50_000), level=Decimal("0.8"))
    reserve = PayoffReserve(id="r", shortfall=Decimal("0.35"), projects=2)
    one = replace(reserve, projects=1)
    assert said(weight, POOL, POOL.scenario) == (
        "Each €100,000 lost on average in the worst 20\u00a0% of outcomes takes off €50,000"
    )
    words = "The mix counts for what it is worth if any"
    assert said(reserve, POOL, POOL.scenario) == f"{words} 2 projects bring 35\u00a0% less"
    assert said(one, POOL, POOL.scenario) == f"{words} 1 project brings 35\u00a0% less"


def test_what_a_mix_loses_in_bad_outcomes_is_said_as_a_loss_or_a_gain() -> None:
    for used, told in ((120_000_00, "loses €120,000 there"), (-5_000_00, "gains €5,000 there")):
        check = RuleCheck("r", "", "", Fraction(used), None, None, "lost")
        assert check_words(check, "EUR") == told


# The ledger as a table


def test_the_ledger_goes_through_its_table_and_back() -> None:
    leads = {"dock": "Dock Works", "uni": "Coast University"}
    rows = (("dock", date(2025, 3, 1), 1200.5), ("gone", date(2026, 1, 31), 7.0))
    assert frames.ledger_rows(frames.ledger(rows, leads), leads) == rows
    assert frames.ledger_rows(frames.ledger((), leads), leads) == ()
    added = pd.concat([frames.ledger(rows[:1], leads), frames.ledger(rows[:1], leads)])
    added.iloc[1] = [None, None, None]
    assert frames.ledger_rows(added, leads)[1] == ("", None, None)


# Funders


REGION = Source(
    "region",
    "Region",
    (100, 200, 300, 400),
    rates=(Rate("small", Decimal("0.7")), Rate("*", Decimal("0.455"))),
    fee=Decimal("0.04"),
)


def test_a_funder_with_rates_and_a_fee_comes_back_from_its_form() -> None:
    assert (
        source_forms.build("region", source_forms.fields_of(REGION), REGION.budgets, ()) == REGION
    )


def test_new_amounts_of_a_funder_leave_its_rates_and_fee_alone() -> None:
    scenario = Scenario(sources=(REGION,))
    sources, problems = source_forms.with_envelopes(POOL, scenario, {0: {"2027 H1": 5.0}})
    assert problems == ()
    assert sources == (replace(REGION, budgets=(500, 200, 300, 400)),)


def test_a_funder_says_its_rates_and_its_fee() -> None:
    assert source_forms.says(REGION) == (
        "It pays for anything. Of what a project costs in a period it pays at most "
        "70\u00a0% where a small firm leads and 45.5\u00a0% otherwise. It keeps 4\u00a0% of its "
        "money for administration. Money not spent in its period goes back."
    )
    same = replace(REGION, rates=(Rate("*", Decimal("0.5")),), fee=Decimal(0))
    assert source_forms.rate_words(same) == "50\u00a0% whoever leads"
    assert "costs" not in source_forms.says(replace(same, rates=()))


def test_a_funder_that_keeps_all_or_pays_more_than_all_is_refused() -> None:
    told = source_forms.Fields(name="", rates=(("small", 101.0),), fee=100.0)
    with pytest.raises(InputError) as caught:
        source_forms.build("f", told, (), ())
    assert [problem.field for problem in caught.value.problems] == [
        "Name",
        "Rate for small firms",
        "Kept for administration",
    ]


def test_other_rates_and_fees_are_told_between_two_questions() -> None:
    bare = replace(REGION, rates=(), fee=Decimal(0))
    one, other = (Posed(Scenario(sources=(source,)), POOL) for source in (bare, REGION))
    assert differences(one, other) == (
        "Of a project's cost Region pays at most 70\u00a0% where a small firm leads and 45.5\u00a0% "
        "otherwise instead of any share.",
        "Region keeps 4\u00a0% instead of 0\u00a0% of its money for administration.",
    )
