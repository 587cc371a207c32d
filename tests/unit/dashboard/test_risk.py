"""What could go wrong, as bars and in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.services import risk
from dashboard.services.mix import Answered
from data.uplifts import uplifts
from portfolio.cluster import Cluster
from portfolio.funding.rules import Synergy
from portfolio.pool import Pool
from portfolio.project import Project, ThreePoint, Version
from portfolio.scenario import Scenario
from portfolio.selection import Choice, Selection, Status
from portfolio.simulation.assumptions import Assumptions
from portfolio.units import Calendar

nets = st.lists(st.integers(-(10**12), 10**12), min_size=1, max_size=300)


@given(nets)
def test_the_bars_hold_every_case_once(net: list[int]) -> None:
    found = risk.bars(np.array(net, dtype=np.int64))
    for bar in found:
        inside = [
            each
            for each in net
            if (bar.low is None or bar.low <= each) and (bar.high is None or each < bar.high)
        ]
        assert len(inside) == bar.cases
    assert sum(bar.cases for bar in found) == len(net)
    assert len(found) <= risk.MOST_BARS + 3


@given(nets)
def test_no_bar_holds_both_losses_and_gains(net: list[int]) -> None:
    found = risk.bars(np.array(net, dtype=np.int64))
    closed = [(bar.low, bar.high) for bar in found if bar.low is not None and bar.high is not None]
    assert not any(low < 0 < high for low, high in closed)


@pytest.mark.parametrize(
    ("share", "told"),
    [
        (0.0, "none of 100"),
        (0.0001, "under 1 of 100"),
        (0.072, "7 of 100"),
        (0.9999, "over 99 of 100"),
        (1.0, "all of 100"),
    ],
)
def test_a_chance_reads_as_none_or_all_only_where_it_is(share: float, told: str) -> None:
    assert risk.cases(share) == told


def test_money_of_the_future_has_three_digits() -> None:
    assert risk.about(56_766_406, "EUR") == "€568,000"
    assert risk.about(-1_603_264_574, "EUR") == "−€16.00\u00a0million"
    assert risk.about(0, "EUR") == "€0"


def test_a_mix_of_unknown_payoffs_is_said_to_be_one() -> None:
    seen = risk.look([Project("a", "A", cost=100)], Assumptions(outcomes=10))
    assert seen.empty
    assert risk.headline(seen, "EUR").startswith("No payoff of this mix is known")


def test_gaps_are_told_one_by_one() -> None:
    one = ThreePoint(100, 100, 100)
    mix = [
        Project("a", "A", cost=1),
        Project("b", "B", cost=1, payoff=one, p_technical=0.5, p_commercial=0.5),
        Project("c", "C", cost=1, payoff=ThreePoint(1, 2, 3)),
    ]
    told = risk.unknown(risk.look(mix, Assumptions(outcomes=10)))
    assert [words.split(",")[0].split(" that")[0] for words in told] == [
        "1 project counts for nothing",
        "1 project has a chance",
        "1 project names a single payoff",
    ]


def test_screens_draw_fewer_cases_of_larger_mixes() -> None:
    asked = [risk.for_screen(projects).outcomes for projects in (0, 16, 1_000, 10_000)]
    assert asked == [10_000, 10_000, 2_000, 1_000]


def test_reference_classes_are_those_of_the_source() -> None:
    # Mott MacDonald (2002), table 2, in percent: works duration upper, lower; cost upper, lower.
    table = {
        "non-standard buildings": (39, 2, 51, 4),
        "standard buildings": (4, 1, 24, 2),
        "non-standard civil engineering": (25, 3, 66, 6),
        "standard civil engineering": (20, 1, 44, 3),
        "equipment and development": (54, 10, 200, 10),
    }
    found = {
        each.id: tuple(
            round(share * 100)
            for share in (
                each.duration_upper,
                each.duration_lower,
                each.cost_upper,
                each.cost_lower,
            )
        )
        for each in uplifts().classes
    }
    assert found == table
    assert uplifts().verified


def test_a_mix_is_simulated_in_the_versions_and_parts_that_it_holds() -> None:
    calendar = Calendar(date(2027, 1, 1), 12, 3)
    points = ThreePoint(1_000, 1_000, 1_000)
    half = Version("half", 50, 50, Decimal("0.6"))
    projects = (
        Project("a", "A", cost=100, grant=100, payoff=points, versions=(half,)),
        Project("b", "B", cost=100, grant=100, payoff=points, least_share=Decimal("0.5")),
    )
    pool = Pool(Cluster("c", "C", "EUR", calendar), projects)
    together = Synergy(id="pair", projects=("a", "b"), worth=Decimal(7))
    chosen = (Choice("b", "80 %"), Choice("a", "half"))
    answered = Answered(
        pool, Scenario(rules=(together,)), Selection(status=Status.OPTIMAL, chosen=chosen)
    )
    mix = answered.mix
    assert [(each.id, each.cost) for each in mix] == [("a", 50), ("b", 80)]
    # .6 · 1,000 − 50 and .8 · 1,000 − 80
    assert risk.look(mix, Assumptions(outcomes=10)).figures.expected == 1_270
    assert "(€7)" in risk.together(answered)
    assert risk.together(replace(answered, scenario=Scenario())) == ""
