"""The ways to choose a project, worked out by hand: versions, parts, later starts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from portfolio.cluster import Cluster
from portfolio.errors import NotFoundError
from portfolio.pool import Pool
from portfolio.project import (
    CashYear,
    Project,
    ProjectStatus,
    ResourceNeed,
    ThreePoint,
    Version,
)
from portfolio.selection import Choice
from portfolio.units import Calendar
from portfolio.variants import Variant, parts, realized, variant, variants

HALF_YEARS = Calendar(date(2027, 1, 1), 6, 4)
PLAIN = Project(
    "a",
    "A",
    cost=1_000,
    grant=800,
    launch_cost=105,
    payoff=ThreePoint(1_000, 2_001, 3_003),
    cash=(CashYear(0, -401), CashYear(1, 901, 0.5), CashYear(2031, 100)),
    benefit=7.5,
    start=date(2027, 3, 31),
    end=date(2027, 9, 30),
    resources=(ResourceNeed("staff", Decimal(10)), ResourceNeed("ships", Decimal("0.5"))),
)
SMALL = Version("small", 600, 500, Decimal("0.72"))


def only(project: Project, version: str | None, start: int | None = None) -> Variant:
    return variant(project, Choice("a", version, start), HALF_YEARS)


def test_a_project_that_leaves_nothing_open_has_one_way() -> None:
    assert variants(PLAIN, HALF_YEARS) == (Variant(Choice("a"), PLAIN, Fraction(1)),)


def test_ways_come_as_proposed_then_by_version_part_and_start() -> None:
    open_ = replace(
        PLAIN,
        versions=(replace(SMALL, name="tiny"), SMALL),
        least_share=Decimal("0.85"),
        latest_start=date(2027, 12, 31),
    )
    names = [(one.choice.version, one.choice.start) for one in variants(open_, HALF_YEARS)]
    versions = (None, "tiny", "small", "90 %", "85 %")
    assert names == [(version, start) for version in versions for start in (0, 1)]


@pytest.mark.parametrize(
    ("least", "names"),
    [
        ("1", []),
        ("0.95", ["95 %"]),
        ("0.9", ["90 %"]),
        ("0.75", ["90 %", "80 %", "75 %"]),
        ("0.70", ["90 %", "80 %", "70 %"]),
        ("0.125", ["90 %", "80 %", "70 %", "60 %", "50 %", "40 %", "30 %", "20 %", "12.5 %"]),
    ],
)
def test_parts_are_tenths_down_to_the_least_share(least: str, names: list[str]) -> None:
    project = replace(PLAIN, least_share=Decimal(least))
    assert [part.name for part in parts(project)] == names


def test_a_part_has_everything_in_proportion_halves_to_even() -> None:
    half = only(replace(PLAIN, cost=1_001, grant=801, least_share=Decimal("0.5")), "50 %")
    run = half.project
    # 500.5 and 400.5 go to the even cent; what hangs on the cost follows 500 of 1,001.
    assert (run.cost, run.grant, half.share) == (500, 400, Fraction(1, 2))
    assert run.launch_cost == 52
    assert run.resources[0].amount == Decimal("4.995005")
    assert run.payoff == ThreePoint(500, 1_000, 1_502)
    assert [one.amount for one in run.cash] == [-200, 450, 50]
    assert run.benefit == 3.75


def test_a_version_needs_as_its_cost_says_and_returns_as_its_worth_says() -> None:
    small = only(replace(PLAIN, versions=(SMALL,)), "small")
    run = small.project
    assert (run.cost, run.grant, small.share) == (600, 500, Fraction(72, 100))
    assert run.launch_cost == 63
    assert [need.amount for need in run.resources] == [Decimal(6), Decimal("0.3")]
    assert run.payoff == ThreePoint(720, 1_441, 2_162)
    # Spending 401 · 0.6 = 240.6; income 901 · 0.72 = 648.72.
    assert [one.amount for one in run.cash] == [-241, 649, 72]
    assert run.benefit == 5.4


def test_a_version_of_a_project_without_cost_needs_what_the_project_does() -> None:
    free = replace(PLAIN, cost=0, grant=0, versions=(SMALL,))
    run = only(free, "small").project
    assert (run.cost, run.launch_cost, run.resources) == (600, 105, PLAIN.resources)


def test_what_is_not_known_stays_unknown_in_every_version() -> None:
    bare = replace(PLAIN, payoff=None, benefit=None, cash=(), versions=(SMALL,))
    run = only(bare, "small").project
    assert (run.payoff, run.benefit, run.cash) == (None, None, ())


def test_each_period_of_waiting_loses_its_part_and_moves_dates_by_whole_months() -> None:
    waits = replace(PLAIN, latest_start=date(2028, 1, 1), waiting_loss=Decimal("0.1"))
    ways = variants(waits, HALF_YEARS)
    assert [one.choice.start for one in ways] == [0, 1, 2]
    assert [one.share for one in ways] == [1, Fraction(9, 10), Fraction(81, 100)]
    # 31 March and six months: September has no 31st.
    assert [one.project.start for one in ways] == [
        date(2027, 3, 31),
        date(2027, 9, 30),
        date(2028, 3, 31),
    ]
    assert ways[1].project.end == date(2028, 3, 30)
    assert ways[2].project.payoff == ThreePoint(810, 1_621, 2_432)
    assert [one.project.grant_by_period(HALF_YEARS) for one in ways] == [
        (400, 400, 0, 0),
        (0, 400, 400, 0),
        (0, 0, 400, 400),
    ]


def test_a_month_end_in_february_is_the_28th_or_the_29th() -> None:
    quarters = Calendar(date(2027, 1, 1), 3, 8)
    late = replace(PLAIN, start=date(2027, 11, 30), end=None, latest_start=date(2028, 12, 31))
    starts = [one.project.start for one in variants(late, quarters)]
    assert starts == [
        date(2027, 11, 30),
        date(2028, 2, 29),
        date(2028, 5, 30),
        date(2028, 8, 30),
        date(2028, 11, 30),
    ]


def test_only_whole_years_of_waiting_move_the_cash() -> None:
    waits = replace(PLAIN, latest_start=date(2028, 12, 31))
    years = [[one.year for one in way.project.cash] for way in variants(waits, HALF_YEARS)]
    assert years == [[0, 1, 2031], [0, 1, 2031], [1, 2, 2032], [1, 2, 2032]]


def test_no_start_lies_past_the_horizon() -> None:
    waits = replace(PLAIN, start=date(2028, 2, 1), latest_start=date(2040, 1, 1))
    assert [one.choice.start for one in variants(waits, HALF_YEARS)] == [2, 3]
    last = variants(waits, HALF_YEARS)[-1].project
    assert last.grant_by_period(HALF_YEARS) == (0, 0, 0, 800)
    beyond = replace(PLAIN, start=date(2031, 1, 1), latest_start=date(2040, 1, 1))
    assert [one.choice for one in variants(beyond, HALF_YEARS)] == [Choice("a")]


@pytest.mark.parametrize("latest", [date(2027, 6, 30), date(2026, 1, 1)])
def test_a_latest_start_in_the_same_period_or_before_leaves_nothing_open(latest: date) -> None:
    ways = variants(replace(PLAIN, latest_start=latest), HALF_YEARS)
    assert [one.choice for one in ways] == [Choice("a")]


def test_what_began_before_the_horizon_waits_from_its_first_day() -> None:
    early = replace(PLAIN, start=date(2026, 5, 1), latest_start=date(2027, 7, 1))
    ways = variants(early, HALF_YEARS)
    assert [one.project.start for one in ways] == [date(2026, 5, 1), date(2027, 7, 1)]
    undated = replace(early, start=None, end=None)
    assert [one.project.start for one in variants(undated, HALF_YEARS)] == [None, date(2027, 7, 1)]


def test_an_end_at_the_end_of_time_stays_there() -> None:
    endless = replace(PLAIN, end=date.max, latest_start=date(2027, 7, 1))
    assert variants(endless, HALF_YEARS)[1].project.end == date.max


def test_a_benefit_beyond_all_floats_does_not_break_the_list() -> None:
    huge = replace(PLAIN, benefit=1e308, versions=(replace(SMALL, worth=Decimal(100)),))
    assert variants(huge, HALF_YEARS)[1].project.benefit == float("inf")


def test_a_plain_id_stands_for_the_project_as_proposed_at_its_own_start() -> None:
    waits = replace(PLAIN, start=date(2027, 7, 1), latest_start=date(2028, 7, 1))
    assert variant(waits, "a", HALF_YEARS).choice == Choice("a", None, 1)
    assert variant(PLAIN, "a", HALF_YEARS).choice == Choice("a")


@pytest.mark.parametrize(
    "choice",
    [
        Choice("a", "large"),
        Choice("a", "50 %"),
        Choice("a", None, 0),
        Choice("a", "small", 1),
    ],
)
def test_a_choice_that_the_project_does_not_offer_is_refused(choice: Choice) -> None:
    with pytest.raises(NotFoundError):
        variant(replace(PLAIN, versions=(SMALL,)), choice, HALF_YEARS)


@pytest.mark.parametrize("choice", [Choice("a"), Choice("a", None, 2), Choice("a", None, -1)])
def test_a_project_that_may_wait_is_chosen_with_one_of_its_starts(choice: Choice) -> None:
    waits = replace(PLAIN, latest_start=date(2027, 12, 1))
    with pytest.raises(NotFoundError):
        variant(waits, choice, HALF_YEARS)


def test_a_mix_is_made_of_candidates_only() -> None:
    cluster = Cluster("c", "C", "EUR", HALF_YEARS)
    running = replace(PLAIN, id="r", status=ProjectStatus.RUNNING)
    unpriced = replace(PLAIN, id="u", cost_known=False)
    pool = Pool(cluster, (replace(PLAIN, versions=(SMALL,)), running, unpriced))
    assert [one.project.cost for one in realized(pool, ["a"])] == [1_000]
    assert [one.project.cost for one in realized(pool, [Choice("a", "small")])] == [600]
    for stranger in ("r", "u", "nobody"):
        with pytest.raises(NotFoundError):
            realized(pool, [stranger])
