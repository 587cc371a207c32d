"""Why a project is eligible nowhere, and the smallest change that would make it so."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import pytest

from portfolio.cluster import Cluster
from portfolio.funding.barriers import barriers
from portfolio.funding.rules import Admission, AidGrant, DeMinimis, LeaderLoad, Rule
from portfolio.funding.sources import Rate, Source
from portfolio.organization import HelixRole, Organization, SizeClass
from portfolio.pool import Pool
from portfolio.project import Partner, Project, ProjectStatus, Scope, Version
from portfolio.scenario import Scenario, without
from portfolio.selection import Choice
from portfolio.units import Calendar

EURO = 100
PIER = Project(
    "pier",
    "Pier",
    cost=100_000 * EURO,
    grant=80_000 * EURO,
    lead="dock",
    leader="Kim",
    theme="Quays",
    scope=Scope.PRIVATE,
    partners=(Partner("uni"), Partner("gone", active=False)),
    start=date(2027, 1, 1),
    end=date(2027, 12, 31),
)
POOL = Pool(
    Cluster("c", "Cluster", "EUR", Calendar(date(2027, 1, 1), 6, 4)),
    (PIER,),
    (
        Organization("dock", "Dock Works", HelixRole.BUSINESS, SizeClass.MID, group="Dock Group"),
        Organization("ropes", "Ropes", HelixRole.BUSINESS, SizeClass.SMALL, group="Dock Group"),
        Organization("uni", "University", HelixRole.ACADEMIA, SizeClass.NOT_A_FIRM),
    ),
)
MUCH = (10**12,) * 4


def asked(*rules: Rule, sources: tuple[Source, ...] = (), on: date | None = None) -> Scenario:
    return Scenario(sources=sources, rules=rules, on=on)


@dataclass(frozen=True)
class Said:
    """What is told of a barrier."""

    rule: str
    why: str
    change: str


def one(scenario: Scenario, project: Project = PIER, pool: Pool = POOL) -> Said:
    (found,) = barriers(pool, scenario, project)
    assert found.choice == Choice(project.id)
    return Said(found.rule, found.why, found.change)


def test_what_nothing_speaks_against_has_no_barrier() -> None:
    region = Source("region", "Region", MUCH, themes=("Quays",))
    state = Source("state", "State", MUCH, themes=("Skills",))
    assert barriers(POOL, asked(sources=(region, state)), PIER) == ()
    assert barriers(POOL, Scenario(), PIER) == ()


def test_where_no_source_may_pay_the_nearest_one_says_what_would_do() -> None:
    region = Source(
        "region", "Region", MUCH, themes=("Skills",), scopes=(Scope.CLUSTER_WIDE, Scope.HOT_SPOT)
    )
    state = Source("state", "State", MUCH, lead_roles=(HelixRole.ACADEMIA,))
    scenario = asked(sources=(region, state))
    assert one(scenario) == Said(
        "eligibility",
        "no source may pay for it (Region: it pays only for Skills and it pays only for "
        "cluster-wide or hot spot; State: the lead has to be academia)",
        "State could pay if its lead were academia",
    )
    assert barriers(POOL, without(scenario, "eligibility"), PIER) == ()


def test_a_source_that_could_pay_by_its_conditions_says_what_its_rate_leaves() -> None:
    region = Source(
        "region", "Region", MUCH, themes=("Skills",), rates=(Rate("mid", Decimal("0.5")),)
    )
    # Half of 100,000 is 50,000 of the 80,000.
    assert one(asked(sources=(region,))).change == (
        "Region could pay if its theme were Skills and it asked for €30,000 less"
    )


def test_rates_that_do_not_reach_say_by_how_much_period_by_period() -> None:
    half = Source("half", "Half", MUCH, rates=(Rate("*", Decimal("0.5")),))
    tenth = Source("tenth", "Tenth", MUCH, rates=(Rate("mid", Decimal("0.1")),))
    scenario = asked(sources=(half, tenth))
    assert one(scenario) == Said(
        "co-funding",
        "Half and Tenth may together pay at most €60,000 of the €80,000 that it asks for",
        "asking for €20,000 less would do",
    )
    fits = replace(PIER, grant=60_000 * EURO)
    assert barriers(POOL, scenario, fits) == ()
    # A cent more, and the rates of 30,000 a half-year do not reach.
    assert one(scenario, replace(fits, grant=fits.grant + 1)).change == (
        "asking for €0.01 less would do"
    )
    assert barriers(POOL, without(scenario, "co-funding"), PIER) == ()


@pytest.mark.parametrize(
    ("measure", "at_least", "at_most", "why", "change"),
    [
        ("partners", "3", None, "it has 1 partner", "2 more partners would do"),
        ("partners", None, "0", "it has 1 partner", "1 fewer partner would do"),
        (
            "helix roles",
            "3",
            None,
            "it has 2 roles of the triple helix",
            "1 more role of the triple helix would do",
        ),
        ("small firms", "1", None, "it has 0 small firms", "1 more small firm would do"),
        ("cost", None, "99999950", "it costs €100,000", None),
        ("cost", None, "9000000", "it costs €100,000", "costing €10,000 less would do"),
        ("grant", "8000050", None, "it asks for €80,000", "asking for €0.50 more would do"),
        (
            "grant share",
            None,
            "0.7533",
            "it asks for 80\N{NO-BREAK SPACE}% of its cost",
            "asking for €4,670 less would do",
        ),
        ("duration", None, "9", "it takes 12 months", "taking 3 months less would do"),
        ("wait", None, "2", "it starts in 6 months", "starting 4 months sooner would do"),
    ],
)
def test_a_condition_that_is_missed_says_what_there_is_and_what_would_do(
    measure: str, at_least: str | None, at_most: str | None, why: str, change: str | None
) -> None:
    rule = Admission(
        id="a",
        measure=measure,
        at_least=None if at_least is None else Decimal(at_least),
        at_most=None if at_most is None else Decimal(at_most),
    )
    scenario = asked(rule, on=date(2026, 7, 1))
    if change is None:
        assert barriers(POOL, scenario, PIER) == ()
    else:
        assert one(scenario) == Said("a", why, change)
    assert barriers(POOL, asked(replace(rule, classes=("public",))), PIER) == ()


def test_a_condition_on_what_is_not_known_asks_for_it() -> None:
    rule = Admission(id="a", measure="duration", at_most=Decimal(24))
    assert one(asked(rule), replace(PIER, end=None)) == Said(
        "a", "its duration is not known", "its duration has to be stated"
    )


def test_aid_that_a_group_had_before_leaves_less_until_it_lies_three_years_back() -> None:
    had = (
        AidGrant("ropes", date(2025, 2, 1), 150_000 * EURO),
        AidGrant("dock", date(2026, 5, 1), 90_000 * EURO),
        AidGrant("uni", date(2026, 5, 1), 500_000 * EURO),
    )
    rule = DeMinimis(id="aid", granted=had)
    assert one(asked(rule)) == Said(
        "aid",
        "Dock Group has had €240,000 in 3 years and may have €60,000 more; it asks for €80,000",
        "asking for €20,000 less or deciding from 1 February 2028 on would do",
    )
    assert barriers(POOL, asked(rule, on=date(2028, 1, 31)), PIER) != ()
    assert barriers(POOL, asked(rule, on=date(2028, 2, 1)), PIER) == ()
    # Exactly the ceiling is allowed.
    assert barriers(POOL, asked(rule), replace(PIER, grant=60_000 * EURO)) == ()
    used = replace(rule, granted=(AidGrant("dock", date(2026, 5, 1), 300_000 * EURO),))
    assert one(asked(used)).change == "deciding from 1 May 2029 on would do"
    large = replace(PIER, grant=400_000 * EURO)
    assert one(asked(used), large).change == "a lead that is no part of it would do"
    assert one(asked(DeMinimis(id="aid")), large) == Said(
        "aid",
        "Dock Group may have €300,000; it asks for €400,000",
        "asking for €100,000 less would do",
    )


def test_a_leader_who_is_busy_already_is_told_with_the_periods() -> None:
    running = replace(PIER, id="run", status=ProjectStatus.RUNNING, end=date(2027, 6, 30))
    pool = replace(POOL, projects=(PIER, running))
    assert one(asked(LeaderLoad(id="load", at_most=1)), pool=pool) == Said(
        "load", "Kim leads 1 running project in 2027 H1", "another leader would do"
    )
    assert barriers(pool, asked(LeaderLoad(id="load", at_most=2)), PIER) == ()
    later = replace(PIER, latest_start=date(2027, 7, 1))
    assert barriers(pool, asked(LeaderLoad(id="load", at_most=1)), later) == ()


def test_one_way_to_run_it_is_enough_and_else_the_nearest_way_is_told() -> None:
    cap = Admission(id="cap", measure="cost", at_most=Decimal(50_000 * EURO))
    least = Admission(id="least", measure="grant", at_least=Decimal(50_000 * EURO))
    small = Version("small", 50_000 * EURO, 30_000 * EURO, Decimal("0.4"))
    with_small = replace(PIER, versions=(small,))
    assert barriers(POOL, asked(cap), with_small) == ()
    # As proposed it costs 50,000 too much; the small one asks for 20,000 too little.
    assert [found.rule for found in barriers(POOL, asked(cap, least), with_small)] == ["least"]
    partners = Admission(id="many", measure="partners", at_least=Decimal(3))
    found = barriers(POOL, asked(cap, least, partners), with_small)
    assert [each.rule for each in found] == ["least", "many"]
    tight = replace(cap, at_most=Decimal(40_000 * EURO))
    (nearest,) = barriers(POOL, asked(tight), with_small)
    assert (nearest.choice.version, nearest.change) == ("small", "costing €10,000 less would do")
