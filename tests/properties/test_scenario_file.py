"""A question written as TOML and read back is the same question, whatever it holds."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from data.scenario_file import parse_scenario
from data.scenario_toml import write_scenario
from portfolio.cluster import Cluster
from portfolio.funding.rules import (
    EVERY,
    Admission,
    AidGrant,
    AtMostOf,
    Capacity,
    CoFunding,
    CostReserve,
    DeMinimis,
    LeaderLoad,
    Limit,
    LossLimit,
    LossWeight,
    Must,
    MustNot,
    NewTies,
    PayoffReserve,
    Requires,
    Rule,
    Synergy,
    TotalBudget,
)
from portfolio.funding.sources import Rate, Source
from portfolio.organization import HelixRole, Organization
from portfolio.pool import Pool
from portfolio.project import Project, Scope
from portfolio.scenario import Objective, Scenario, StayClose, all_rules
from portfolio.units import Calendar

IDS = ("P-1", "P “2”", "ø\\3\t")
PERIODS = 3
POOL = Pool(
    Cluster("c", "Cluster", "EUR", Calendar(date(2027, 1, 1), 6, PERIODS)),
    organizations=(Organization("acme", "Acme"),),
    projects=tuple(Project(i, f"Name of {i}", cost=100, grant=50, theme="Port") for i in IDS),
    scenario=Scenario(
        name="Standing",
        sources=(Source("standing", "Standing", (1,) * PERIODS),),
        rules=(TotalBudget(id="total", limit=7), Must(id="standing must", projects=IDS[:1])),
        off=("standing must",),
        on=date(2027, 5, 5),
        stay_close=StayClose(IDS[:1]),
    ),
)

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
cents = st.integers(0, 10**17)
shares = st.decimals(0, 1, places=4)
chances = st.floats(0, 1).filter(lambda x: x == 0 or x > 1e-9).map(lambda x: round(x, 12))
some_ids = st.lists(st.sampled_from(IDS), min_size=1, unique=True).map(tuple)


def tuples_of(values: st.SearchStrategy, most: int = 2) -> st.SearchStrategy:
    return st.lists(values, max_size=most, unique=True).map(tuple)


@st.composite
def rules(draw: st.DrawFn, number: int) -> Rule:
    begins, ends = sorted(draw(st.tuples(st.dates(), st.dates())))
    shared = {
        "id": f"{draw(texts)} {number}",
        "sentence": draw(texts),
        "origin": draw(texts),
        "valid_from": draw(st.sampled_from([None, begins])),
        "valid_to": draw(st.sampled_from([None, ends])),
    }
    low, high = sorted(draw(st.tuples(shares, shares)))
    whole = draw(st.integers(0, 9))
    return draw(
        st.sampled_from(
            [
                TotalBudget(limit=draw(cents), **shared),
                Capacity(resource="days", amounts=(low,), **shared),
                Capacity(resource="days", amounts=(low, high, Decimal(whole)), **shared),
                Limit(attribute="theme", value="Port", at_least=low, at_most=high, **shared),
                Limit(
                    attribute="risk", value=EVERY, measure="project share", at_most=low, **shared
                ),
                Limit(attribute="all", measure="money", at_least=Decimal(draw(cents)), **shared),
                Limit(attribute="all", measure="projects", at_most=Decimal(whole), **shared),
                Must(projects=draw(some_ids), **shared),
                MustNot(projects=draw(some_ids), **shared),
                Requires(project=IDS[0], needs=draw(some_ids), **shared),
                AtMostOf(projects=draw(some_ids), count=whole, **shared),
                CoFunding(**shared),
                Admission(measure="partners", at_least=Decimal(whole), **shared),
                Admission(measure="grant share", at_most=high, classes=("small",), **shared),
                Admission(measure="cost", at_most=Decimal(draw(cents)), **shared),
                DeMinimis(
                    ceiling=draw(cents), granted=(AidGrant("acme", begins, draw(cents)),), **shared
                ),
                LeaderLoad(at_most=whole, **shared),
                Synergy(projects=IDS, worth=draw(st.sampled_from([low, -high])), **shared),
                NewTies(worth=high, **shared),
                LossWeight(worth=high, outcomes=whole, **shared),
                PayoffReserve(shortfall=low, projects=whole, **shared),
                CostReserve(limit=draw(cents), overrun=low, projects=whole, **shared),
                LossLimit(at_most=-draw(cents), level=Decimal("0.75"), outcomes=9, **shared),
            ]
        )
    )


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    sources = tuple(
        Source(
            id=f"source {k}",
            name=draw(texts.filter(str.strip)),
            budgets=tuple(draw(st.lists(cents, min_size=PERIODS, max_size=PERIODS))),
            carry_over=draw(st.booleans()),
            public=draw(st.booleans()),
            themes=draw(tuples_of(texts)),
            scopes=draw(tuples_of(st.sampled_from(Scope))),
            lead_roles=draw(tuples_of(st.sampled_from(HelixRole))),
            note=draw(texts),
            rates=draw(
                st.sampled_from([(), (Rate("small", Decimal("0.7")), Rate("*", Decimal(1)))])
            ),
            fee=draw(shares.filter(lambda fee: fee < 1)),
        )
        for k in range(draw(st.integers(0, 2)))
    )
    scenario = Scenario(
        name=draw(texts),
        objective=Objective(
            aim=draw(st.sampled_from(["payoff", "score", "blend", "benefit"])),
            method=draw(st.sampled_from(["ecv", "rnpv"])),
            payoff_weight=draw(chances),
            caution=draw(chances),
        ),
        sources=sources,
        rules=tuple(draw(rules(k)) for k in range(draw(st.integers(0, 4)))),
        on=draw(st.none() | st.dates()),
        stay_close=draw(st.none() | st.builds(StayClose, tuples_of(st.sampled_from(IDS)), shares)),
    )
    ids = [rule.id for rule in all_rules(scenario)]
    off = draw(st.lists(st.sampled_from(ids), unique=True)) if ids else []
    return Scenario(
        **{
            name: getattr(scenario, name)
            for name in ("name", "objective", "sources", "rules", "on", "stay_close")
        },
        off=tuple(sorted(off)),
    )


@given(scenarios())
def test_a_question_written_and_read_back_is_the_same_question(scenario: Scenario) -> None:
    assert parse_scenario(write_scenario(scenario).encode(), POOL) == scenario
