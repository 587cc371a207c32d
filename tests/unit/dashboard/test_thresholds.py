"""Thresholds in sentences: what is said is enough, or as little as it takes, never just short of it."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from dashboard.services.budgets import context
from dashboard.services.mix import Answered
from dashboard.services.words import money_beyond, percent_beyond, worth_beyond
from portfolio.cluster import Cluster
from portfolio.pool import Pool
from portfolio.scenario import Objective, Scenario
from portfolio.selection import Choice, Selection, Status
from portfolio.units import Calendar

SIZES = {"million": 10**6, "billion": 10**9}


def told(words: str) -> Fraction:
    """The number that words say, in plain units."""
    amount, _, size = words.replace("€", "").replace(",", "").partition("\N{NO-BREAK SPACE}")
    return Fraction(amount.replace("\N{MINUS SIGN}", "-")) * SIZES.get(size, 1)


@given(st.integers(0, 10**15), st.booleans())
def test_money_is_rounded_to_the_side_that_holds(cents: int, up: bool) -> None:
    said = told(money_beyond(cents, "EUR", up=up)) * 100
    assert said >= cents if up else said <= cents
    assert abs(said - cents) <= max(cents // 90, 100)


@given(st.integers(0, 10**12), st.booleans())
def test_a_worth_is_rounded_to_the_side_that_holds(micro: int, up: bool) -> None:
    said = told(worth_beyond(micro, "points", "", up=up).removesuffix(" points")) * 10**6
    assert said >= micro if up else said <= micro
    assert abs(said - micro) <= 10**6


def test_a_share_is_rounded_to_the_side_that_holds() -> None:
    assert percent_beyond(0.4841, up=True) == "48.5\N{NO-BREAK SPACE}%"
    assert percent_beyond(0.4849, up=False) == "48.4\N{NO-BREAK SPACE}%"
    assert percent_beyond(0.1 + 0.2, up=True) == "30\N{NO-BREAK SPACE}%"


def test_a_rate_is_told_for_as_much_money_as_makes_it_readable() -> None:
    pool = Pool(Cluster("c", "Cluster", "EUR", Calendar(date(2027, 1, 1), 6, 2)))
    found = Selection(Status.OPTIMAL, (Choice("a"),), 5_000_000, 5_000_000)
    points = Answered(pool, Scenario(objective=Objective(aim="benefit")), found)
    assert "The next €10,000 is worth about 0.759 in benefit (rate)." in context(
        points, None, 100, 100, 7.59e-05
    )
    money = Answered(pool, Scenario(objective=Objective(aim="payoff")), found)
    assert "The next euro is worth about €1.83 (rate)." in context(money, None, 100, 100, 1.83)
