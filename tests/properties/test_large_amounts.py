"""Amounts in billions where a cent decides: the answer is as exact as with small ones."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given

from optimizer import optimize
from portfolio.funding.rules import Limit, Rule, TotalBudget
from portfolio.pool import Pool
from portfolio.scenario import Scenario
from tests.support.cases import cases
from tests.support.large import money, pool_of, project, to_the_cent
from tests.support.oracle import Question
from tests.support.pools import SEEDS
from tests.support.verdicts import agrees
from tests.support.worth import worth

Lines = list[tuple[str, int, int, str, str]]

# Each of these once came out wrong: grant and worth in cents, theme, region; then the rules.
KNOTS: dict[str, tuple[Lines, list[Rule]]] = {
    "exact money for a class": (
        [
            ("P0", 300000000003, -999997, "a", "c"),
            ("P1", 300000000000, 3000002, "a", "c"),
            ("P4", 300000000000, 1000000, "a", "c"),
            ("P5", 3, 0, "b", "d"),
            ("P6", 200000000000, 3000002, "a", "d"),
            ("P8", 200000000002, -999998, "a", "c"),
            ("P9", 100000000002, 2000001, "b", "c"),
        ],
        [
            TotalBudget(id="budget", limit=700000000009),
            money("theme", "a", 700000000005, 700000000005),
            money("theme", "b", 3, 3),
            money("region", "c", 500000000005),
            Limit(
                id="share",
                attribute="theme",
                value="a",
                at_most=Decimal("0.9999999999957142857143346939"),
            ),
        ],
    ),
    "a budget and exact money for a class": (
        [
            ("P1", 300000000000, 1000000000001, "a", "c"),
            ("P2", 100000000000, 3000000000000, "b", "c"),
            ("P3", 200000000001, 1000000000000, "a", "c"),
            ("P5", 200000000000, 2000000000000, "b", "c"),
            ("P6", 300000000001, 2000000000001, "a", "d"),
            ("P7", 100000000001, 1000000000000, "b", "d"),
            ("P8", 200000000000, 1000000000000, "a", "c"),
        ],
        [
            TotalBudget(id="budget", limit=900000000001),
            money("theme", "b", 200000000000, 200000000000),
        ],
    ),
    "one budget": (
        [
            ("P0", 29614378, 2000000000000, "b", "d"),
            ("P10", 13577034, 0, "a", "c"),
            ("P11", 16347698, 2000000000001, "b", "d"),
            ("P2", 28454290, 1000000000000, "a", "d"),
            ("P4", 39505396, 3000000000001, "b", "c"),
            ("P5", 37606759, 3000000000001, "b", "d"),
            ("P6", 5167438, 2000000000001, "b", "d"),
            ("P7", 8118278, 3000000000001, "a", "d"),
            ("P8", 30993986, 1000000000000, "b", "d"),
            ("P9", 31561270, 2000000000001, "b", "c"),
        ],
        [TotalBudget(id="budget", limit=161792293)],
    ),
    "ties to the cent": (
        [
            ("P0", 300000000001, 100000000001, "a", "d"),
            ("P1", 200000000001, 200000000002, "a", "d"),
            ("P10", 300000000001, 3, "b", "d"),
            ("P2", 200000000001, 200000000002, "b", "c"),
            ("P3", 0, 100000000002, "b", "d"),
            ("P4", 100000000001, 100000000003, "a", "d"),
            ("P5", 0, 200000000001, "b", "c"),
            ("P6", 100000000000, 200000000003, "b", "d"),
            ("P7", 300000000001, 200000000002, "b", "c"),
            ("P8", 300000000001, 3, "b", "d"),
        ],
        [
            TotalBudget(id="budget", limit=800000000002),
            money("theme", "a", 300000000001, 300000000001),
        ],
    ),
    "hardly any mix": (
        [
            ("P1", 1000000000063, 1167100792, "a", "d"),
            ("P3", 54, -54471437, "a", "d"),
            ("P4", 1000000000077, 1349761065, "b", "d"),
            ("P5", 45, 1590231390, "a", "d"),
            ("P6", 1000000000002, -961541770, "a", "c"),
        ],
        [TotalBudget(id="budget", limit=1000000000100), money("theme", "a", 1000000000101)],
    ),
    "one way to an exact sum": (
        [
            ("P1", 200000000001, 200000000002, "a", "d"),
            ("P4", 100000000001, 100000000003, "a", "d"),
            ("P9", 300000000001, -99999999997, "a", "c"),
        ],
        [money("theme", "a", 300000000001, 300000000001)],
    ),
    "a share of 25 decimals": (
        [
            ("P0", 30000003, 10000000, "a", "d"),
            ("P2", 30000000, 20000002, "a", "d"),
            ("P5", 20000001, 20000001, "a", "c"),
            ("P6", 20000002, 10000001, "a", "c"),
            ("P9", 20000001, 3, "b", "c"),
        ],
        [
            money("theme", "a", 40000003, 40000003),
            Limit(
                id="share",
                attribute="theme",
                value="a",
                at_most=Decimal("0.9999999500000062499992187501"),
            ),
        ],
    ),
    "worth of tens of billions, and a budget a cent short of two projects": (
        [
            ("P1", 1000000000, 3000000000001, "b", "d"),
            ("P4", 3000000001, 1000000000001, "b", "d"),
            ("P5", 1000000000, 1000000000001, "b", "c"),
            ("P7", 1000000000, 2000000000001, "b", "c"),
        ],
        [
            TotalBudget(id="budget", limit=1999999999),
            money("theme", "b", most=2000000000),
        ],
    ),
}


def is_exact(pool: Pool, scenario: Scenario) -> None:
    question = Question(pool, scenario, worth(pool, scenario.objective))
    agrees(question, optimize(pool, scenario))


@pytest.mark.parametrize("name", KNOTS)
def test_a_knot_of_large_amounts_is_solved_to_the_cent(name: str) -> None:
    lines, rules = KNOTS[name]
    pool = pool_of([project(*line) for line in lines])
    is_exact(pool, Scenario(rules=tuple(rules)))


@cases(300)
@given(SEEDS)
def test_large_amounts_are_exact_to_the_cent(seed: int) -> None:
    is_exact(*to_the_cent(seed))
